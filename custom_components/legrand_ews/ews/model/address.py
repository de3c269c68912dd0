"""A device's place on its bus, as the manual writes it: ``12``, ``2-1``."""

from dataclasses import dataclass
from typing import Final, Self, override

from ..errors import ConfigurationError

FIRST_UNIT: Final = 1
LAST_UNIT: Final = 247


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Address:
    """A Modbus unit, with the position or side behind it where there is one.

    ``unit`` is what goes over the wire (1-247). ``position`` is the input of a
    pulse concentrator (S68), the side of an old two-sided station (S74) or,
    with ``is_remote``, the interface of an EMS CX3 module (S60: the manual's
    ``device-interface``).
    """

    unit: int
    position: int | None = None
    is_remote: bool = False

    def __post_init__(self) -> None:
        """Refuse what no Modbus line can carry (S58)."""
        if not FIRST_UNIT <= self.unit <= LAST_UNIT:
            raise ConfigurationError(
                "address_out_of_range",
                field="address",
                address=self.unit,
                first=FIRST_UNIT,
                last=LAST_UNIT,
            )

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``12`` or ``2-1`` (``device-interface``, S60).

        Raises ConfigurationError ``address_invalid`` or ``address_out_of_range``
        on field ``address``.
        """
        unit, dash, interface = text.strip().partition("-")
        if not _is_number(unit) or (dash and not _is_number(interface)):
            raise ConfigurationError("address_invalid", field="address", address=text)
        if not dash:
            return cls(unit=int(unit))
        return cls(unit=int(unit), position=int(interface), is_remote=True)

    @override
    def __str__(self) -> str:
        """Return the manual's spelling, also the default name (S78)."""
        return (
            str(self.unit) if self.position is None else f"{self.unit}-{self.position}"
        )


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and 0 < len(text) <= 3
