"""Devices: meters, pulse inputs and other Modbus units behind a gateway."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from .address import Address


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
    """One metering point with its permanent number (S80).

    ``model`` is a catalogue key, or None for a device that still waits for
    its model (S79). ``parameters`` are the values that the model's map asks
    for, by their names there (generic meter: function, register, words,
    factor; S63-S66).
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
    is_excluded_from_totals: bool = False
    is_enabled: bool = True
