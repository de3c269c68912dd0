"""What is shown of charging stations, as plain values of one moment.

Values are rounded to what is shown, so that equal snapshots are equal to the eye.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from ..entities.values import option_of
from ..ews.bus.readings import DeviceReport, DeviceStatus
from ..ews.charging import (
    MAIN,
    Charge,
    LineState,
    Progress,
    Session,
    State,
    StationReading,
    Zone,
)
from ..ews.charging.settings import ChargingSettings
from ..ews.charging.wishes import Why
from ..ews.metering.charged import ChargedSession
from ..ews.quantities import QUANTITIES
from .management import LoadManagement, ManagedStation

MILLI: Final = 1000
_DRAWS_FROM_MA: Final = 1000
_ERRORS: Final = ("station_error", "charge_error")
_HEALTHY: Final = frozenset({None, "none"})
FAULT: Final = "fault"


class Stage(StrEnum):
    """What a side of a station is doing, in a word (S189)."""

    AVAILABLE = "available"
    WAITING = "waiting"
    """In the queue."""
    HELD = "held"
    """A user lets it wait."""
    READY = "ready"
    """It may charge, and draws nothing."""
    CHARGING = "charging"
    FINISHED = "finished"
    FAULT = "fault"


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionView:
    """The process of a vehicle; ``cost`` is a decimal text, None without tariffs."""

    start: datetime
    seconds: int
    energy_wh: int
    charge_ah: float
    cost: str | None
    is_priority: bool

    @property
    def shown(self) -> tuple[object, ...]:
        """What entities show of it, in steps that do not flood the recorder."""
        return (
            *(self.start, self.minutes, self.energy_hundreds_wh, self.whole_ah),
            *(self.cost, self.is_priority),
        )

    @property
    def minutes(self) -> int:
        """For how long the vehicle has been plugged in."""
        return self.seconds // 60

    @property
    def energy_hundreds_wh(self) -> int:
        """What it was given, in whole tenths of a kWh."""
        return self.energy_wh // 100 * 100

    @property
    def whole_ah(self) -> int:
        """What one loaded phase was given."""
        return int(self.charge_ah)


@dataclass(frozen=True, slots=True, kw_only=True)
class StationView:
    """One side of a station; currents are in A, None and empty while it is silent."""

    id: int
    name: str
    is_managed: bool
    is_priority: bool
    status: DeviceStatus
    charge: Charge | None
    stage: Stage | None
    station_error: str | None
    charge_error: str | None
    limit_a: int | None
    drawn_a: tuple[float, ...]
    session: SessionView | None
    wish: Why | None = None
    process: Session | None = None
    """What the load management knows of it; it changes with every step."""

    @property
    def errors(self) -> tuple[str, ...]:
        """What is wrong with it, each once."""
        found = (self.station_error, self.charge_error)
        return tuple(dict.fromkeys(x for x in found if x is not None))

    @property
    def shown(self) -> tuple[object, ...]:
        """What entities show of it."""
        return (
            *(self.is_managed, self.is_priority, self.status, self.charge, self.stage),
            *(self.station_error, self.charge_error, self.limit_a, self.wish),
            None if self.process is None else self.process.setting.progress,
            None if self.session is None else self.session.shown,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class FeederView:
    """A circuit inside the building: of its phases the worst zone, the least room."""

    zone: Zone | None = None
    room_a: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteView:
    """The load management as a whole; zones and rooms (whole A) by phase."""

    settings: ChargingSettings
    zone: Zone | None
    zones: Mapping[int, Zone]
    rooms_a: Mapping[int, int]
    feeders: Mapping[int, FeederView]
    queue: tuple[int, ...]
    charging: tuple[int, ...]


def site_view(
    management: LoadManagement, stations: Mapping[int, StationView]
) -> SiteView:
    """Return what is shown of the site and of the circuits inside it."""
    state = management.state
    is_known = management.config is not None and bool(state.lines)
    circuits: dict[int, dict[int, LineState]] = defaultdict(dict)
    if is_known:
        for (circuit, phase), line in sorted(state.lines.items()):
            circuits[circuit][phase] = line
    main = circuits.pop(MAIN, {})
    return SiteView(
        settings=management.settings,
        zone=state.worst_zone if is_known else None,
        zones={phase: line.zone for phase, line in main.items()},
        rooms_a=_rooms(main),
        feeders={number: _feeder(lines) for number, lines in circuits.items()},
        queue=tuple(x for x in state.queue if x in stations),
        charging=tuple(x.id for x in stations.values() if x.stage is Stage.CHARGING),
    )


def _rooms(lines: Mapping[int, LineState]) -> dict[int, int]:
    return {
        phase: max(0, line.room_ma // MILLI)
        for phase, line in lines.items()
        if line.is_known
    }


def _feeder(lines: Mapping[int, LineState]) -> FeederView:
    zones = {line.zone for line in lines.values()}
    return FeederView(
        zone=next(zone for zone in reversed(Zone) if zone in zones),
        room_a=min(_rooms(lines).values(), default=None),
    )


def station_view(
    managed: ManagedStation,
    state: State,
    report: DeviceReport | None,
    logged: ChargedSession | None,
    cost: str | None,
    wish: Why | None = None,
) -> StationView:
    """Return what is shown of a station; ``report`` is that of one on our buses."""
    known = state.stations.get(managed.id)
    reading = managed.reading
    is_silent = reading is None or (known is not None and known.is_lost)
    process = None if known is None or not managed.is_managed else known.session
    station_error, charge_error = _errors(report, reading)
    return StationView(
        id=managed.id,
        name=managed.name,
        is_managed=managed.is_managed,
        is_priority=managed.spec.is_priority,
        status=_status(managed, report, is_silent=is_silent),
        charge=None if reading is None else reading.charge,
        stage=None if reading is None or is_silent else _stage(reading, process),
        station_error=station_error,
        charge_error=charge_error,
        limit_a=None if process is None else process.setting.limit_a,
        drawn_a=()
        if reading is None
        else tuple(round(x / MILLI, 1) for x in reading.drawn_ma),
        session=None
        if process is None or logged is None
        else SessionView(
            start=logged.start,
            seconds=logged.duration // timedelta(seconds=1),
            energy_wh=(logged.energy_milli_wh + logged.expected_milli_wh) // MILLI,
            charge_ah=round(process.charge_ah, 1),
            cost=cost,
            is_priority=process.is_priority,
        ),
        wish=None if process is None else wish,
        process=process,
    )


def _stage(reading: StationReading, process: Session | None) -> Stage:
    charge = reading.charge
    if charge is Charge.FAULT:
        return Stage.FAULT
    if charge is Charge.NO_VEHICLE:
        return Stage.AVAILABLE
    is_drawing = max(reading.drawn_ma, default=0) >= _DRAWS_FROM_MA
    if charge is Charge.FINISHED and not is_drawing:
        return Stage.FINISHED
    if process is not None and not is_drawing:
        if process.setting.progress is Progress.HELD:
            return Stage.HELD
        if process.setting.progress is Progress.WAITING:
            return Stage.WAITING
    return Stage.CHARGING if is_drawing else Stage.READY


def _status(
    managed: ManagedStation, report: DeviceReport | None, *, is_silent: bool
) -> DeviceStatus:
    if report is not None:
        return report.condition
    if not managed.device.is_enabled:
        return DeviceStatus.OFF
    reading = managed.reading
    if reading is None or is_silent:
        return DeviceStatus.COMMUNICATION_ERROR
    is_fault = reading.charge is Charge.FAULT
    return DeviceStatus.FAILURE if is_fault else DeviceStatus.ON


def _errors(
    report: DeviceReport | None, reading: StationReading | None
) -> tuple[str | None, str | None]:
    """What the station and its charge report; one of another make only that."""
    found = []
    for key in _ERRORS:
        value = None if report is None else report.readings.get(key)
        option = None if value is None else option_of(QUANTITIES[key], value.value)
        found.append(None if option in _HEALTHY else option)
    is_fault = reading is not None and reading.charge is Charge.FAULT
    if is_fault and not any(found):
        found[1] = FAULT
    return found[0], found[1]
