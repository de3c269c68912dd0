"""What can be measured: every quantity with its unit, kind and fluid.

A value is always given in the ``unit`` of its quantity. Keys are the public
names of ``get_consumption``, ``test_device`` and the register maps.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Fluid(StrEnum):
    """What is consumed and billed (S101, S163)."""

    ELECTRICITY = "electricity"
    ELECTRICITY_EXPORT = "electricity_export"
    GAS = "gas"
    GAS_KWH = "gas_kwh"
    WATER = "water"


class Unit(StrEnum):
    """Units in which values leave a device; files and actions use the same."""

    WATT_HOUR = "Wh"
    VAR_HOUR = "varh"
    VA_HOUR = "VAh"
    CUBIC_DECIMETRE = "dm³"
    WATT = "W"
    VAR = "var"
    VOLT_AMPERE = "VA"
    VOLT = "V"
    AMPERE = "A"
    HERTZ = "Hz"
    PERCENT = "%"
    AMPERE_HOUR = "Ah"
    HOUR = "h"
    SECOND = "s"
    CELSIUS = "°C"
    COUNT = "count"
    NONE = ""


class Kind(StrEnum):
    """How a quantity behaves over time."""

    COUNTER = "counter"
    """Only grows, until it rolls over, is reset or its meter is exchanged."""
    GAUGE = "gauge"
    """Has a value now; an interval has its average, minimum and maximum."""
    STATE = "state"
    """One of a few named states: its value is the place in ``options``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """One measurable quantity; ``decimals`` is the display precision.

    ``options`` names the values of a state, from 0. What is not ``is_archived`` is
    shown as it is now and has no rows of its own in the archive.
    """

    key: str
    unit: Unit
    kind: Kind
    decimals: int
    fluid: Fluid | None = None
    options: tuple[str, ...] = ()
    is_archived: bool = True

    @property
    def is_binary(self) -> bool:
        """Whether it is a state that is only ever off or on."""
        return self.options == OFF_ON


_PHASES: Final = ("l1", "l2", "l3")
_PAIRS: Final = ("l1_l2", "l2_l3", "l3_l1")
TARIFF_COUNT: Final = 8
INPUT_COUNT: Final = 12
"""Digital inputs that a device may have; the outputs and analogue inputs below."""
OUTPUT_COUNT: Final = 8
ANALOGUE_COUNT: Final = 4
OFF_ON: Final = ("off", "on")
UNKNOWN: Final = "unknown"
"""Option for a raw value that stands for none of the others."""


def _counters() -> Iterator[Quantity]:
    directions = (("import", Fluid.ELECTRICITY), ("export", Fluid.ELECTRICITY_EXPORT))
    for direction, fluid in directions:
        active = f"active_energy_{direction}"
        reactive = f"reactive_energy_{direction}"
        yield _counter(active, Unit.WATT_HOUR, fluid)
        yield _counter(reactive, Unit.VAR_HOUR)
        yield _counter(f"{active}_partial", Unit.WATT_HOUR)
        yield _counter(f"{reactive}_partial", Unit.VAR_HOUR)
        for phase in _PHASES:
            yield _counter(f"{active}_{phase}", Unit.WATT_HOUR)
            yield _counter(f"{reactive}_{phase}", Unit.VAR_HOUR)
    for tariff in range(1, TARIFF_COUNT + 1):
        yield _counter(f"active_energy_import_t{tariff}", Unit.WATT_HOUR)
        yield _counter(f"reactive_energy_import_t{tariff}", Unit.VAR_HOUR)
    yield _counter("apparent_energy", Unit.VA_HOUR)
    yield _counter("apparent_energy_partial", Unit.VA_HOUR)
    yield _counter("gas_volume", Unit.CUBIC_DECIMETRE, Fluid.GAS)
    yield _counter("water_volume", Unit.CUBIC_DECIMETRE, Fluid.WATER)
    yield _counter("pulse_count", Unit.COUNT)
    yield _counter("run_hours", Unit.HOUR, decimals=1)


def _counter(
    key: str, unit: Unit, fluid: Fluid | None = None, decimals: int = 0
) -> Quantity:
    return Quantity(
        key=key, unit=unit, kind=Kind.COUNTER, decimals=decimals, fluid=fluid
    )


def _gauges() -> Iterator[Quantity]:
    powers = (
        ("active_power", Unit.WATT),
        ("reactive_power", Unit.VAR),
        ("apparent_power", Unit.VOLT_AMPERE),
    )
    for key, unit in powers:
        yield _gauge(key, unit, 0)
        for phase in _PHASES:
            yield _gauge(f"{key}_{phase}", unit, 0)
        yield _gauge(f"{key}_average", unit, 0)
        yield _gauge(f"{key}_maximum", unit, 0)
    yield _gauge("power_factor", Unit.NONE, 2)
    for phase in _PHASES:
        yield _gauge(f"power_factor_{phase}", Unit.NONE, 2)
        yield _gauge(f"voltage_{phase}", Unit.VOLT, 1)
        yield _gauge(f"voltage_{phase}_minimum", Unit.VOLT, 1)
        yield _gauge(f"voltage_{phase}_maximum", Unit.VOLT, 1)
        yield _gauge(f"current_{phase}", Unit.AMPERE, 2)
        yield _gauge(f"current_{phase}_average", Unit.AMPERE, 2)
        yield _gauge(f"current_{phase}_maximum", Unit.AMPERE, 2)
        yield _gauge(f"thd_voltage_{phase}", Unit.PERCENT, 1)
        yield _gauge(f"thd_current_{phase}", Unit.PERCENT, 1)
    for pair in _PAIRS:
        yield _gauge(f"voltage_{pair}", Unit.VOLT, 1)
        yield _gauge(f"thd_voltage_{pair}", Unit.PERCENT, 1)
    yield _gauge("current_n", Unit.AMPERE, 2)
    yield _gauge("thd_current_n", Unit.PERCENT, 1)
    yield _gauge("frequency", Unit.HERTZ, 2)
    yield _gauge("temperature", Unit.CELSIUS, 1)


def _gauge(key: str, unit: Unit, decimals: int) -> Quantity:
    return Quantity(key=key, unit=unit, kind=Kind.GAUGE, decimals=decimals)


_STATION_ERRORS: Final = (
    *("none", "plug_lock", "plug_unlock", "pilot_vehicle", "pilot_board"),
    *("domestic_contactor_open", "domestic_contactor_close"),
    *("ev_contactor_open", "ev_contactor_close", "vehicle_diode"),
    *("ev_plug_overload", "domestic_plug_overload", "mains_lost"),
    *("internal_link", "dc_leakage", UNKNOWN),
)
"""What is wrong with a charging station or with a charge (registers.md T10.1)."""
_STATES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "breaker_state": ("open", "closed", "tripped", "drawn_out", UNKNOWN),
        "trip_cause": (
            *("none", "long_delay", "short_delay", "instantaneous", "earth_fault"),
            *("residual_current", "neutral", "temperature", "test", "external"),
            UNKNOWN,
        ),
        "prealarm": OFF_ON,
        "internal_fault": OFF_ON,
        "earth_fault_alarm": OFF_ON,
        "contact_state": ("open", "closed"),
        "fault_trip": OFF_ON,
        "station_state": ("off", "available", "busy", "waiting", "fault", UNKNOWN),
        "charge_state": (
            *("no_vehicle", "connected", "charging", "suspended", "finished", "fault"),
            UNKNOWN,
        ),
        "plug_in_use": ("none", "ev", "domestic", UNKNOWN),
        "station_error": _STATION_ERRORS,
        "charge_error": _STATION_ERRORS,
        "ev_plug": OFF_ON,
        "domestic_plug": OFF_ON,
        "session_state": ("wait", "start"),
    }
    | {f"input_{n}": OFF_ON for n in range(1, INPUT_COUNT + 1)}
    | {f"output_{n}": OFF_ON for n in range(1, OUTPUT_COUNT + 1)}
    | {
        f"output_{n}_normal_state": ("normally_open", "normally_closed")
        for n in range(1, OUTPUT_COUNT + 1)
    }
    | {f"output_{n}_mode": ("direct", "pulse") for n in range(1, OUTPUT_COUNT + 1)}
)
SECTORS: Final = ("unity", "inductive", "capacitive")
"""Sectors of a power factor."""


def _states() -> Iterator[Quantity]:
    for key in ("power_factor_sector", *(f"power_factor_sector_{p}" for p in _PHASES)):
        # They follow the load from minute to minute, and power tells as much.
        yield _state(key, SECTORS, is_archived=False)
    for key, options in _STATES.items():
        yield _state(key, options)


def _state(key: str, options: tuple[str, ...], *, is_archived: bool = True) -> Quantity:
    return Quantity(
        key=key,
        unit=Unit.NONE,
        kind=Kind.STATE,
        decimals=0,
        options=options,
        is_archived=is_archived,
    )


def _live() -> Iterator[Quantity]:
    """Yield what accompanies states: counts, settings and sessions."""
    values = (
        ("trip_current", Unit.AMPERE, Kind.GAUGE, 0),
        ("trip_count", Unit.COUNT, Kind.COUNTER, 0),
        ("operation_count", Unit.COUNT, Kind.COUNTER, 0),
        ("rated_current", Unit.AMPERE, Kind.GAUGE, 0),
        ("current_limit", Unit.AMPERE, Kind.GAUGE, 0),
        ("session_energy", Unit.WATT_HOUR, Kind.GAUGE, 0),
        ("session_charge", Unit.AMPERE_HOUR, Kind.GAUGE, 1),
        ("session_duration", Unit.SECOND, Kind.GAUGE, 0),
        ("station_temperature", Unit.CELSIUS, Kind.GAUGE, 1),
        *(
            (f"analogue_input_{n}", Unit.NONE, Kind.GAUGE, 2)
            for n in range(1, ANALOGUE_COUNT + 1)
        ),
        *(
            (f"output_{n}_on_time", Unit.SECOND, Kind.GAUGE, 0)
            for n in range(1, OUTPUT_COUNT + 1)
        ),
    )
    for key, unit, kind, decimals in values:
        yield Quantity(
            key=key, unit=unit, kind=kind, decimals=decimals, is_archived=False
        )


QUANTITIES: Final[Mapping[str, Quantity]] = MappingProxyType(
    {
        quantity.key: quantity
        for quantity in (*_counters(), *_gauges(), *_states(), *_live())
    }
)
"""Every known quantity by key."""

FLUID_COUNTERS: Final[Mapping[Fluid, str]] = MappingProxyType(
    {
        Fluid.ELECTRICITY: "active_energy_import",
        Fluid.ELECTRICITY_EXPORT: "active_energy_export",
        Fluid.GAS: "gas_volume",
        Fluid.WATER: "water_volume",
    }
)
"""The counter that measures each fluid (gas in kWh is derived from volume)."""
