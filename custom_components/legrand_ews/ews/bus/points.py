"""Metering points: what a device of the site makes of its reader's values."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from ..catalogue import Field, Model
from ..model import Device, Supply
from ..model.scaling import scaled, scaled_quantities
from ..quantities import FLUID_COUNTERS, QUANTITIES
from .decoding import supplied_quantity, supplied_value
from .reader import DeviceReader
from .readings import Reading
from .sources import Key

PULSE_QUANTITY: Final = "pulse_count"
_INPUT_UNITS: Final[Mapping[str, Decimal]] = MappingProxyType(
    {
        "Wh": Decimal(1),
        "kWh": Decimal(1000),
        "dm3": Decimal(1),
        "m3": Decimal(1000),
        "pulse": Decimal(1),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeterPoint:
    """A device that is read at its own address."""

    device: Device

    def readings_of(
        self, reader: DeviceReader, readings: Mapping[Key, Reading]
    ) -> dict[str, Reading]:
        """Apply the direction of supply (S61, S72, Q4) and the user's scales."""
        found = self._supplied_readings(reader, readings)
        parameters = self.device.parameters
        for quantity in scaled_quantities(parameters):
            if (reading := found.get(quantity)) is not None:
                value = scaled(reading.value, quantity, parameters)
                found[quantity] = replace(reading, value=value)
        return found

    def _supplied_readings(
        self, reader: DeviceReader, readings: Mapping[Key, Reading]
    ) -> dict[str, Reading]:
        supply = self.device.supply
        if supply is Supply.UPSTREAM:
            # As the meter says it; nothing to be made anew with every report.
            return {
                key: x for (key, position), x in readings.items() if position is None
            }
        found: dict[str, Reading] = {}
        for (quantity, position), reading in readings.items():
            supplied = self.supplied(quantity, reader)
            if position is None:
                found[supplied] = replace(
                    reading,
                    quantity=supplied,
                    value=supplied_value(quantity, reading.value, supply),
                )
        return found

    def supplied(self, quantity: str, reader: DeviceReader) -> str:
        """Return what a quantity of the meter is for the site, and the reverse.

        A meter that counts one direction only counts that of its load, however its
        sensor is said to sit.
        """
        supplied = supplied_quantity(quantity, self.device.supply)
        if supplied is None or supplied not in reader.quantities:
            return quantity
        return supplied


@dataclass(frozen=True, slots=True, kw_only=True)
class PulsePoint:
    """A pulse meter on an input of a concentrator (S14, S68)."""

    device: Device
    model: Model

    @property
    def quantity(self) -> str:
        """The counter that its pulses make."""
        return FLUID_COUNTERS[self.model.fluid]

    def readings_of(
        self, reader: DeviceReader, readings: Mapping[Key, Reading]
    ) -> dict[str, Reading]:
        """Weigh the pulses: Wh for electricity, dm³ for gas and water."""
        pulse_input = self.device.pulse_input
        counted = readings.get((PULSE_QUANTITY, self.device.address.position))
        if pulse_input is None or counted is None:
            return {}
        unit_factor = self._unit_factor(reader)
        if unit_factor is None:
            return {}
        factor = pulse_input.weight * unit_factor
        modulus = None if counted.modulus is None else counted.modulus * factor
        return {
            self.quantity: Reading(
                quantity=self.quantity,
                value=counted.value * factor + pulse_input.start,
                read_at=counted.read_at,
                modulus=modulus,
            )
        }

    def _unit_factor(self, reader: DeviceReader) -> Decimal | None:
        """Return Wh or dm³ per count; None while the unit is still to be read.

        The user's word counts first, then the concentrator's, where it fits. A code
        of another kind (m³ for an electricity meter) tells that nobody has set the
        input up; its counts are taken as they are.
        """
        parameters = self.device.parameters
        chosen = parameters.get("input_unit") or parameters.get("volume_unit")
        given = _INPUT_UNITS.get(chosen or "auto")
        register = self._register(reader)
        if given is not None or register is None:
            return given
        if reader.is_unit_code_awaited(register):
            return None
        code = reader.unit_code(register)
        if code is None or code.unit is not QUANTITIES[self.quantity].unit:
            return Decimal(1)
        return code.factor

    def _register(self, reader: DeviceReader) -> Field | None:
        position = self.device.address.position
        return next(
            (
                field
                for block in reader.profile.blocks
                for field in block.fields
                if field.position == position and field.quantity == PULSE_QUANTITY
            ),
            None,
        )


type Point = MeterPoint | PulsePoint
