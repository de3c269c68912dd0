"""How a quantity looks as a sensor: class, unit, precision and recording.

Rows are derived from the quantities themselves, so a register map that delivers a
new one needs nothing here. Values keep the unit of the core (Wh, dm³); a larger one
is only suggested for display.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from homeassistant.components.binary_sensor import (
    BinarySensorDeviceClass,
    BinarySensorEntityDescription,
)
from homeassistant.components.sensor import (
    SensorDeviceClass,
    SensorEntityDescription,
    SensorStateClass,
)
from homeassistant.const import (
    EntityCategory,
    UnitOfApparentPower,
    UnitOfElectricCurrent,
    UnitOfElectricPotential,
    UnitOfEnergy,
    UnitOfFrequency,
    UnitOfPower,
    UnitOfRatio,
    UnitOfReactiveEnergy,
    UnitOfReactivePower,
    UnitOfTemperature,
    UnitOfTime,
    UnitOfVolume,
)

from ..ews.bus.readings import DeviceStatus
from ..ews.catalogue import Provenance
from ..ews.quantities import FLUID_COUNTERS, QUANTITIES, Fluid, Kind, Quantity, Unit

RECORDED_FLUIDS: Final = tuple(FLUID_COUNTERS)
"""Fluids with totals."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Traits:
    """What Home Assistant wants to know of a unit."""

    device_class: SensorDeviceClass | None = None
    unit: str | None = None
    suggested_unit: str | None = None


_TRAITS: Final[Mapping[Unit, _Traits]] = MappingProxyType(
    {
        Unit.WATT_HOUR: _Traits(
            device_class=SensorDeviceClass.ENERGY,
            unit=UnitOfEnergy.WATT_HOUR,
            suggested_unit=UnitOfEnergy.KILO_WATT_HOUR,
        ),
        Unit.VAR_HOUR: _Traits(
            device_class=SensorDeviceClass.REACTIVE_ENERGY,
            unit=UnitOfReactiveEnergy.VOLT_AMPERE_REACTIVE_HOUR,
            suggested_unit=UnitOfReactiveEnergy.KILO_VOLT_AMPERE_REACTIVE_HOUR,
        ),
        # Home Assistant has no class for apparent energy.
        Unit.VA_HOUR: _Traits(unit="VAh"),
        Unit.CUBIC_DECIMETRE: _Traits(
            device_class=SensorDeviceClass.VOLUME,
            unit=UnitOfVolume.LITERS,
            suggested_unit=UnitOfVolume.CUBIC_METERS,
        ),
        Unit.WATT: _Traits(device_class=SensorDeviceClass.POWER, unit=UnitOfPower.WATT),
        Unit.VAR: _Traits(
            device_class=SensorDeviceClass.REACTIVE_POWER,
            unit=UnitOfReactivePower.VOLT_AMPERE_REACTIVE,
        ),
        Unit.VOLT_AMPERE: _Traits(
            device_class=SensorDeviceClass.APPARENT_POWER,
            unit=UnitOfApparentPower.VOLT_AMPERE,
        ),
        Unit.VOLT: _Traits(
            device_class=SensorDeviceClass.VOLTAGE, unit=UnitOfElectricPotential.VOLT
        ),
        Unit.AMPERE: _Traits(
            device_class=SensorDeviceClass.CURRENT, unit=UnitOfElectricCurrent.AMPERE
        ),
        Unit.HERTZ: _Traits(
            device_class=SensorDeviceClass.FREQUENCY, unit=UnitOfFrequency.HERTZ
        ),
        Unit.PERCENT: _Traits(unit=UnitOfRatio.PERCENTAGE),
        # ... nor for electric charge.
        Unit.AMPERE_HOUR: _Traits(unit="Ah"),
        Unit.SECOND: _Traits(
            device_class=SensorDeviceClass.DURATION, unit=UnitOfTime.SECONDS
        ),
        Unit.HOUR: _Traits(
            device_class=SensorDeviceClass.DURATION, unit=UnitOfTime.HOURS
        ),
        Unit.CELSIUS: _Traits(
            device_class=SensorDeviceClass.TEMPERATURE, unit=UnitOfTemperature.CELSIUS
        ),
        Unit.COUNT: _Traits(),
        Unit.NONE: _Traits(),
    }
)
_FLUID_CLASSES: Final = MappingProxyType(
    {Fluid.GAS: SensorDeviceClass.GAS, Fluid.WATER: SensorDeviceClass.WATER}
)


def _measurement(quantity: Quantity) -> SensorEntityDescription:
    if quantity.kind is Kind.STATE:
        return SensorEntityDescription(
            key=quantity.key,
            translation_key=quantity.key,
            device_class=SensorDeviceClass.ENUM,
            options=list(quantity.options),
        )
    traits = _TRAITS[quantity.unit]
    device_class = traits.device_class
    if quantity.fluid is not None:
        device_class = _FLUID_CLASSES.get(quantity.fluid, device_class)
    elif quantity.key.startswith("power_factor"):
        device_class = SensorDeviceClass.POWER_FACTOR
    return SensorEntityDescription(
        key=quantity.key,
        translation_key=quantity.key,
        device_class=device_class,
        native_unit_of_measurement=traits.unit,
        suggested_unit_of_measurement=traits.suggested_unit,
        suggested_display_precision=quantity.decimals,
        state_class=_state_class(quantity),
    )


def _state_class(quantity: Quantity) -> SensorStateClass:
    if quantity.kind is Kind.COUNTER:
        return SensorStateClass.TOTAL_INCREASING
    # The energy of a charging session: it starts from zero with every session.
    if quantity.unit is Unit.WATT_HOUR:
        return SensorStateClass.TOTAL
    return SensorStateClass.MEASUREMENT


def _total(fluid: Fluid) -> SensorEntityDescription:
    counter = QUANTITIES[FLUID_COUNTERS[fluid]]
    traits = _TRAITS[counter.unit]
    return SensorEntityDescription(
        key=fluid.value,
        translation_key=f"total_{fluid.value}",
        device_class=_FLUID_CLASSES.get(fluid, traits.device_class),
        native_unit_of_measurement=traits.unit,
        suggested_unit_of_measurement=traits.suggested_unit,
        suggested_display_precision=counter.decimals,
        state_class=SensorStateClass.TOTAL_INCREASING,
    )


MEASUREMENTS: Final[Mapping[str, SensorEntityDescription]] = MappingProxyType(
    {
        key: _measurement(quantity)
        for key, quantity in QUANTITIES.items()
        if not quantity.is_binary
    }
)
"""A sensor for every quantity that is more than off or on, by its key."""

_PROBLEMS: Final = frozenset(
    {"prealarm", "internal_fault", "earth_fault_alarm", "fault_trip"}
)
BINARY_STATES: Final[Mapping[str, BinarySensorEntityDescription]] = MappingProxyType(
    {
        key: BinarySensorEntityDescription(
            key=key,
            translation_key=key,
            device_class=BinarySensorDeviceClass.PROBLEM if key in _PROBLEMS else None,
        )
        for key, quantity in QUANTITIES.items()
        if quantity.is_binary
    }
)
"""A binary sensor for every quantity that is off or on, by its key."""

TOTALS: Final[Mapping[Fluid, SensorEntityDescription]] = MappingProxyType(
    {fluid: _total(fluid) for fluid in RECORDED_FLUIDS}
)
"""A sensor for the total of every recorded fluid."""

STATUS: Final = SensorEntityDescription(
    key="status",
    translation_key="status",
    device_class=SensorDeviceClass.ENUM,
    options=[status.value for status in DeviceStatus],
)
"""Status of a device (S84)."""

PROVENANCE: Final = SensorEntityDescription(
    key="provenance",
    translation_key="provenance",
    device_class=SensorDeviceClass.ENUM,
    options=[provenance.value for provenance in Provenance],
    entity_category=EntityCategory.DIAGNOSTIC,
)
"""Where the knowledge of a device's registers comes from."""

ROUND_TRIP: Final = SensorEntityDescription(
    key="round_trip",
    translation_key="round_trip",
    device_class=SensorDeviceClass.DURATION,
    native_unit_of_measurement=UnitOfTime.MILLISECONDS,
    suggested_display_precision=0,
    state_class=SensorStateClass.MEASUREMENT,
    entity_category=EntityCategory.DIAGNOSTIC,
)
ERROR_RATE: Final = SensorEntityDescription(
    key="error_rate",
    translation_key="error_rate",
    native_unit_of_measurement=UnitOfRatio.PERCENTAGE,
    suggested_display_precision=1,
    state_class=SensorStateClass.MEASUREMENT,
    entity_category=EntityCategory.DIAGNOSTIC,
)
BUS_LOAD: Final = SensorEntityDescription(
    key="bus_load",
    translation_key="bus_load",
    native_unit_of_measurement=UnitOfRatio.PERCENTAGE,
    suggested_display_precision=0,
    state_class=SensorStateClass.MEASUREMENT,
    entity_category=EntityCategory.DIAGNOSTIC,
)
