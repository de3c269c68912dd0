"""Meters of circuits: devices of ours, or sensors of Home Assistant."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from math import isfinite
from typing import Final, Protocol

from homeassistant.const import (
    ATTR_UNIT_OF_MEASUREMENT,
    UnitOfElectricCurrent,
    UnitOfPower,
)
from homeassistant.core import HomeAssistant, State
from homeassistant.util.unit_conversion import ElectricCurrentConverter, PowerConverter

from ..bus.coordinator import GatewayCoordinator
from ..ews.bus.fast import FastWatch
from ..ews.bus.readings import Reading
from ..ews.charging.inputs import MeterReading
from ..ews.charging.settings import MeterSource

NOMINAL_VOLTAGE_V: Final = 230
"""Between phase and neutral: where only power is known, the current follows from it."""
_POWER: Final = "active_power"
WATCH_INTERVAL: Final = timedelta(seconds=1)


class Meter(Protocol):
    """What measures the currents of a circuit."""

    def read(self) -> MeterReading | None:
        """Return the latest currents with the time at which they were measured."""


class DeviceMeter:
    """A device of ours; it is read every second, before everything else on its bus."""

    def __init__(
        self,
        source: MeterSource,
        device_id: int,
        coordinator: GatewayCoordinator,
        on_news: Callable[[], None],
    ) -> None:
        """Read the phases of ``source``; ``on_news`` is called with new currents."""
        self.device_id = device_id
        self.coordinator = coordinator
        self._on_news = on_news
        self._quantities = {
            phase: f"current_l{place}"
            for place, phase in enumerate(source.phases, start=1)
        }
        self._watch: FastWatch | None = None

    def watch(self) -> None:
        """Begin to read it often, as soon as its bus is there."""
        bus = self.coordinator.bus
        if self._watch is not None or bus is None:
            return
        try:
            self._watch = bus.watch_fast(
                self.device_id,
                self._quantities.values(),
                WATCH_INTERVAL,
                lambda _: self._on_news(),
            )
        except KeyError:  # not read on this bus: the regular reports say why
            return

    async def stop(self) -> None:
        """End the reading."""
        watch, self._watch = self._watch, None
        if watch is not None:
            await watch.stop()

    def read(self) -> MeterReading | None:
        """Return the latest of what was read in either way."""
        report = self.coordinator.report_of(self.device_id)
        known: list[Mapping[str, Reading]] = [] if report is None else [report.readings]
        if self._watch is not None:
            known.append(self._watch.readings)
        found = [x for values in known if (x := self._reading(values)) is not None]
        return max(found, key=lambda reading: reading.read_at, default=None)

    def power(self) -> tuple[int, datetime] | None:
        """Return the power through it in W, below zero against its direction."""
        report = self.coordinator.report_of(self.device_id)
        power = None if report is None else report.readings.get(_POWER)
        return None if power is None else (round(power.value), power.read_at)

    def _reading(self, values: Mapping[str, Reading]) -> MeterReading | None:
        if not all(name in values for name in self._quantities.values()):
            return None
        return MeterReading(
            read_at=min(values[name].read_at for name in self._quantities.values()),
            currents_ma={
                phase: milliamperes(values[name].value)
                for phase, name in self._quantities.items()
            },
        )


class SensorMeter:
    """Sensors of Home Assistant, one a phase, of current or of power."""

    def __init__(self, hass: HomeAssistant, source: MeterSource) -> None:
        """Read the sensors of ``source``."""
        self._hass = hass
        self._sensors = dict(zip(source.phases, source.entity_ids, strict=False))

    def read(self) -> MeterReading | None:
        """Return the currents, as old as the sensor that was reported longest ago."""
        states = {x: self._hass.states.get(y) for x, y in self._sensors.items()}
        currents = {x: current_ma(state) for x, state in states.items()}
        known = {x: y for x, y in currents.items() if y is not None}
        times = [state.last_reported for state in states.values() if state is not None]
        if not times or len(known) < len(currents):
            return None
        return MeterReading(read_at=min(times), currents_ma=known)


def milliamperes(amperes: Decimal | float) -> int:
    """Return a current in whole mA."""
    return round(amperes * 1000)


def current_ma(
    state: State | None, *, phases: int = 1, usual_unit: str | None = None
) -> int | None:
    """Return the current that a sensor shows, in mA; None where it shows none.

    A power is shared by ``phases`` conductors at `NOMINAL_VOLTAGE_V`. A number without a
    unit is in the usual one, if there is any.
    """
    value = number_of(state)
    if state is None or value is None:
        return None
    unit = state.attributes.get(ATTR_UNIT_OF_MEASUREMENT, usual_unit)
    if unit in ElectricCurrentConverter.VALID_UNITS:
        return round(
            ElectricCurrentConverter.convert(
                value, unit, UnitOfElectricCurrent.MILLIAMPERE
            )
        )
    if unit in PowerConverter.VALID_UNITS:
        watts = PowerConverter.convert(value, unit, UnitOfPower.WATT)
        return round(watts * 1000 / NOMINAL_VOLTAGE_V / phases)
    return None


def number_of(state: State | None) -> float | None:
    """Return the number that a state is; None for unavailable, unknown and words."""
    if state is None:
        return None
    try:
        number = float(state.state)
    except ValueError:
        return None
    return number if isfinite(number) else None
