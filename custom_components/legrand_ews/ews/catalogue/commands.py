"""What a device can be told: writes with their values, limits and read-back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from ..quantities import Unit
from .known import Provenance
from .values import Space, ValueType

PRESS: Final = "press"
"""The one value of a button."""


class CommandKind(StrEnum):
    """What a command looks like to a user."""

    SWITCH = "switch"
    """Values ``off`` and ``on``."""
    BUTTON = "button"
    """One value, ``press``."""
    NUMBER = "number"
    SELECT = "select"
    """One of the named values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlock:
    """A word that must be written right before the command (T1.4)."""

    address: int
    value: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One order; ``key`` is also its translation key.

    A number is written as value / ``multiplier`` and lies within ``minimum`` ...
    ``maximum`` (inclusive, in ``unit``); the other kinds write the raw number of
    ``values``. ``read_back`` names the quantity whose value shows that the order
    was obeyed, ``settle_ms`` after the write; without it the written word itself
    is read again, unless it is a button. A button's quantity shows one of
    ``expects`` then. ``unlock`` is written before.
    """

    key: str
    kind: CommandKind
    space: Space
    """``holding`` (functions 06, 16) or ``coil`` (05)."""
    address: int
    type: ValueType
    values: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    multiplier: Decimal = Decimal(1)
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    up_to_rated: bool = False
    """Whether a model's rated current is the maximum where it is known."""
    step: Decimal = Decimal(1)
    unit: Unit = Unit.NONE
    read_back: str | None = None
    expects: tuple[str, ...] = ()
    unlock: Unlock | None = None
    settle_ms: int = 0
    provenance: Provenance

    @property
    def options(self) -> tuple[str, ...]:
        """The names that it takes; none for a number."""
        return tuple(self.values)

    def raw(self, value: str | Decimal) -> int | None:
        """Return what to write for an option or a number; None where it is wrong."""
        if self.kind is not CommandKind.NUMBER:
            return self.values.get(value) if isinstance(value, str) else None
        if isinstance(value, str) or not value.is_finite():
            return None
        if self.minimum is not None and value < self.minimum:
            return None
        if self.maximum is not None and value > self.maximum:
            return None
        raw = value / self.multiplier
        return int(raw) if raw == raw.to_integral_value() else None
