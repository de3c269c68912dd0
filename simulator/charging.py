"""How a car charges: the course of one station side, in stretches.

Pure: from a moment and a time follows the next moment. Within a moment
everything stands still but time, and power is constant, so energies are exact
integers. Station and charge states are those of registers.md T10.1.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Self

from .curve import MICRO
from .mains import LOWEST_VOLTAGE_V, NOMINAL_VOLTAGE_V

LOWEST_LIMIT_A: Final = 7
"""Below, the board of a station faults (registers.md T10.1)."""
DOMESTIC_LIMIT_A: Final = 16
"""What a domestic socket of these stations carries."""
MAINS_LOST: Final = "mains_lost"
CHARGE_ERRORS: Final = (
    "pilot_vehicle",
    "vehicle_diode",
    "ev_plug_overload",
    "domestic_plug_overload",
)
"""Errors that belong to a charge; the others belong to the station."""
STATION_ERRORS: Final = (
    "plug_lock",
    "plug_unlock",
    "pilot_board",
    "domestic_contactor_open",
    "domestic_contactor_close",
    "ev_contactor_open",
    "ev_contactor_close",
    "internal_link",
    "dc_leakage",
)
_MARGIN_PERMILLE: Final = 990
"""A car draws a little less than it may."""
_TAPER_FROM_PERMILLE: Final = 900
"""From here on the battery takes half of the current, at least 6 A."""
_LOWEST_CURRENT_A: Final = 6
_MICROSECOND: Final = timedelta(microseconds=1)
_MICROSECONDS_PER_HOUR: Final = 3_600_000_000


class Plug(StrEnum):
    """Plugs of a station by the names of ``plug_in_use``."""

    NONE = "none"
    EV = "ev"
    """Mode 3."""
    DOMESTIC = "domestic"
    """Mode 2."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Car:
    """A car at a plug: the current it can take, and millionths of a Wh it wants.

    One that ``ignores_limit`` takes as much, whatever the pilot allows.
    """

    plug: Plug
    highest_a: int
    wanted: int
    ignores_limit: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """The hardware of one side, and the power it gives for 1 A of its limit."""

    phases: int
    rated_a: int
    power_factor: float
    milliwatts_per_ampere: int

    @classmethod
    def of(cls, *, phases: int, rated_w: float, power_factor: float) -> Self:
        """A side whose circuit is rated ``rated_w`` at 230 V."""
        amperes = phases * LOWEST_VOLTAGE_V * power_factor
        return cls(
            phases=phases,
            rated_a=round(rated_w / (NOMINAL_VOLTAGE_V * phases)),
            power_factor=power_factor,
            # At the lowest voltage the current is the highest, and still allowed.
            milliwatts_per_ampere=int(amperes * _MARGIN_PERMILLE),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A side from ``since`` on, until something happens.

    ``total`` and ``delivered`` (in the present session) are millionths of a Wh
    at ``since``. ``ended`` is when the session's charge was complete.
    """

    since: datetime
    total: int
    limit_a: int
    car: Car | None = None
    plugged_at: datetime | None = None
    delivered: int = 0
    ended: datetime | None = None
    is_started: bool = True
    is_ev_enabled: bool = True
    is_domestic_enabled: bool = True
    has_mains: bool = True
    error: str | None = None

    @property
    def is_faulty(self) -> bool:
        """Whether anything is wrong."""
        return self.error is not None or not self.has_mains

    @property
    def is_plug_enabled(self) -> bool:
        """Whether the plug in use, if any, may give current."""
        if self.car is None:
            return True
        if self.car.plug is Plug.EV:
            return self.is_ev_enabled
        return self.is_domestic_enabled

    @property
    def is_charging(self) -> bool:
        """Whether current flows."""
        return (
            self.car is not None
            and self.ended is None
            and not self.is_faulty
            and self.is_started
            and self.is_plug_enabled
        )

    @property
    def current_a(self) -> int:
        """Current that the car may draw now, in every phase that it uses."""
        if self.car is None or not self.is_charging:
            return 0
        allowed = self.car.highest_a
        if not self.car.ignores_limit:
            allowed = min(allowed, self.limit_a)
        if self.car.plug is Plug.DOMESTIC:
            allowed = min(allowed, DOMESTIC_LIMIT_A)
        if self.delivered < _taper_start(self.car):
            return allowed
        return max(_LOWEST_CURRENT_A, allowed // 2)

    @property
    def station_state(self) -> str:
        """State of the station by the names of ``station_state``."""
        if self.is_faulty:
            return "fault"
        if self.car is None:
            return "available"
        return "waiting" if self.charge_state == "suspended" else "busy"

    @property
    def charge_state(self) -> str:
        """State of the charge by the names of ``charge_state``.

        Without permission a car is ``connected`` until it has charged, and
        ``suspended`` afterwards.
        """
        if self.is_faulty:
            return "fault"
        if self.car is None:
            return "no_vehicle"
        if self.ended is not None:
            return "finished"
        if self.is_charging:
            return "charging"
        return "suspended" if self.delivered else "connected"


def _taper_start(car: Car) -> int:
    return car.wanted * _TAPER_FROM_PERMILLE // 1000


class Course:
    """A side's moments: what follows from a moment as time goes by."""

    def __init__(self, side: Side) -> None:
        """Follow ``side``."""
        self.side = side

    def power_milliwatts(self, moment: Moment) -> int:
        """Power during a moment."""
        return moment.current_a * self.side.milliwatts_per_ampere

    def rate(self, moment: Moment) -> float:
        """Power during a moment in W."""
        return self.power_milliwatts(moment) / 1000

    def grown(self, moment: Moment, instant: datetime) -> int:
        """Millionths of a Wh since the moment began."""
        elapsed = (instant - moment.since) // _MICROSECOND
        return self.power_milliwatts(moment) * elapsed * 1000 // _MICROSECONDS_PER_HOUR

    def at(self, moment: Moment, instant: datetime) -> Moment:
        """The same state of affairs, begun anew at ``instant``."""
        grown = self.grown(moment, instant)
        return replace(
            moment,
            since=instant,
            total=moment.total + grown,
            delivered=moment.delivered + grown,
        )

    def until(self, moment: Moment, end: datetime) -> Iterator[Moment]:
        """Moments that follow by themselves up to ``end``: taper, full battery."""
        while moment.car is not None and (power := self.power_milliwatts(moment)):
            start = _taper_start(moment.car)
            goal = start if moment.delivered < start else moment.car.wanted
            needed = (goal - moment.delivered) * _MICROSECONDS_PER_HOUR
            due = moment.since + timedelta(microseconds=-(-needed // (power * 1000)))
            if due > end:
                return
            moment = self.at(moment, due)
            if moment.car is not None and moment.delivered >= moment.car.wanted:
                moment = replace(moment, ended=due)
            yield moment

    def plug_in(self, moment: Moment, car: Car, now: datetime) -> Moment:
        """A car comes: a new session."""
        return replace(
            self.at(moment, now), car=car, plugged_at=now, delivered=0, ended=None
        )

    def unplug(self, moment: Moment, now: datetime) -> Moment:
        """The car leaves; the figures of its session go with it."""
        return replace(
            self.at(moment, now), car=None, plugged_at=None, delivered=0, ended=None
        )


def session_charge_ah(delivered: int, side: Side) -> float:
    """Charge of a session in Ah, through each phase in use."""
    volts = side.phases * NOMINAL_VOLTAGE_V * side.power_factor
    return delivered / MICRO / volts


def session_seconds(moment: Moment, instant: datetime) -> float:
    """Seconds since the car was plugged in; they stop when it is charged."""
    if moment.plugged_at is None:
        return 0.0
    return ((moment.ended or instant) - moment.plugged_at).total_seconds()
