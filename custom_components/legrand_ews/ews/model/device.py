"""Devices: meters, pulse inputs and other Modbus units behind a gateway."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from .address import Address
from .remote import REMOTE_ID

SIDES: Final = (1, 2)
"""Sides of an old two-sided charging station (S74)."""
PHASES: Final = (1, 2, 3)
"""Phases that a single-phase charging station can sit on (S73)."""


class Supply(StrEnum):
    """Direction of the current through the sensor (S61, S72, Q4)."""

    UPSTREAM = "upstream"
    DOWNSTREAM = "downstream"
    """Negates P and Q and swaps imported and exported energies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PulseInput:
    """What stands behind one input of a concentrator (S14, S68).

    ``weight`` is Wh or dm³ per count where the concentrator delivers bare
    pulses, 1 where it already delivers the quantity; ``start`` is added to the
    total, in Wh or dm³.
    """

    concentrator: str
    """Catalogue key of the concentrator's model."""
    weight: Decimal = Decimal(1)
    start: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """One metering or control point with its permanent number (S80).

    ``model`` is a catalogue key, or None for a device that still waits for
    its model (S79). ``parameters`` are the values that the model's map asks
    for, by their names there (generic meter: function, register, words,
    factor; S63-S66). ``phase`` is the phase (1-3) of a single-phase charging
    station (S73), ``channel_names`` the user's names of inputs and outputs by
    quantity, ``input_1`` (S86).
    """

    id: int
    name: str
    gateway_id: int
    address: Address
    model: str | None
    load_id: int | None = None
    group_ids: tuple[int, ...] = ()
    supply: Supply = Supply.UPSTREAM
    pulse_input: PulseInput | None = None
    parameters: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    phase: int | None = None
    channel_names: Mapping[str, str] = field(
        default_factory=lambda: MappingProxyType({})
    )
    is_map_confirmed: bool = False
    """Whether the user has stated that a guessed register map was checked (D9)."""
    is_excluded_from_totals: bool = False
    upstream_device_id: int | None = None
    """The meter through which this one's consumption flows: it counts it too (S81)."""
    exclude_alerts: bool = False
    """No reports of events from this device (S82)."""
    is_priority: bool = False
    """Whether this side of a charging station goes before others by default (S125)."""
    is_enabled: bool = True

    @property
    def side(self) -> int | None:
        """The side of an old two-sided charging station; None for all others (S74)."""
        if self.pulse_input is not None or self.address.is_remote:
            return None
        return self.address.position

    @property
    def remote_id(self) -> int | None:
        """What a slave server is asked for (S131-S134); None for all other devices."""
        text = self.parameters.get(REMOTE_ID, "")
        return int(text) if text.isascii() and text.isdigit() else None

    @property
    def place(self) -> str:
        """Where it is on its bus, as the manual writes it: ``12``, ``9-2``, ``5-1``.

        Devices of a slave server differ by what they ask it for: ``247-10012``.
        """
        if self.remote_id is None:
            return str(self.address)
        return f"{self.address}-{self.remote_id}"
