"""A charging station's side: cars that come and go, orders, and accidents.

Until somebody interferes, cars come by a timetable drawn from (seed, day),
each within one civil day, and energies are a pure function of the instant:
``StationCurve``, from which history is written. ``StationFlow`` follows it and
takes its own way from the first intervention on; cars of the timetable still
come where the place is free.
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final, override

from .charging import (
    CHARGE_ERRORS,
    LOWEST_LIMIT_A,
    STATION_ERRORS,
    Car,
    Course,
    Moment,
    Plug,
    Side,
)
from .curve import MICRO
from .flow import Flow, Switchable
from .randomness import stream
from .weather import SLOT, Calendar, Day, DayKind

AT_WORK: Final = "cars_at_work"
AT_HOME: Final = "cars_at_home"
TIMETABLES: Final = (AT_WORK, AT_HOME)
"""Profiles of circuits that feed a charging station."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A car of the timetable."""

    arrives: datetime
    leaves: datetime
    car: Car


class StationCurve(Flow):
    """The undisturbed course of one side: total and rate at any instant."""

    def __init__(
        self,
        *,
        seed: int,
        name: str,
        timetable: str,
        side: Side,
        installed: date,
        calendar: Calendar,
    ) -> None:
        """Start counting at the midnight that begins ``installed``."""
        self.course = Course(side)
        self.calendar = calendar
        self._seed = seed
        self._name = name
        self._timetable = timetable
        self._installed = installed
        self._midnight_totals = [0]
        self.courses_drawn = 0
        """How many days have been drawn in full: the cost of a history."""
        self._day_moments: Callable[[date], tuple[Moment, ...]] = lru_cache(maxsize=64)(
            self._run
        )

    def visits(self, day: Day) -> tuple[Visit, ...]:
        """Cars of one day, in order; never two at a time."""
        rng = stream(self._seed, self._name, day.day, "cars")
        presence, arrival, stay, thirst = (rng.random() for _ in range(4))
        is_working = day.kind is DayKind.WORKING
        if self._timetable == AT_WORK:
            likelihood, hour, hours = (0.9 if is_working else 0.08), 7.75, 8.5
        else:
            likelihood, hour, hours = (0.65 if is_working else 0.4), 17.5, 5.0
        if presence > likelihood:
            return ()
        # Whole seconds; the last hours leave room in days of 23 hours.
        arrives = day.start + timedelta(seconds=int(3600 * (hour + 1.2 * arrival)))
        leaves = arrives + timedelta(seconds=int(3600 * hours * (0.8 + 0.2 * stay)))
        leaves = min(leaves, day.end - timedelta(minutes=10))
        car = Car(
            plug=Plug.EV,
            highest_a=(16, 20, 32)[rng.randrange(3)],
            wanted=int(6_000 + 20_000 * thirst) * MICRO,
        )
        return (Visit(arrives=arrives, leaves=leaves, car=car),)

    def moments(self, day: Day) -> Sequence[Moment]:
        """The day's moments, the first at midnight."""
        return self._day_moments(day.day)

    def moment(self, instant: datetime) -> Moment:
        """The moment that holds ``instant``."""
        return _holding(self.moments(self.calendar.holding(instant)), instant)

    @override
    def total(self, instant: datetime) -> int:
        """Millionths of a Wh counted up to ``instant``."""
        moment = self.moment(instant)
        return moment.total + self.course.grown(moment, instant)

    @override
    def rate(self, instant: datetime) -> float:
        """W at ``instant``."""
        return self.course.rate(self.moment(instant))

    @override
    def slot_totals(self, day: Day) -> Sequence[int]:
        """Totals at the edges of the day's slots, midnight to midnight."""
        return _slot_totals(self.course, self.moments(day), day)

    def _run(self, on: date) -> tuple[Moment, ...]:
        self.courses_drawn += 1
        day = self.calendar.at(on)
        start = Moment(
            since=day.start,
            total=self._midnight(on),
            limit_a=self.course.side.rated_a,
        )
        return self._course_of(day, start)

    def _course_of(self, day: Day, start: Moment) -> tuple[Moment, ...]:
        moments = [start]
        for visit in self.visits(day):
            moments.append(self.course.plug_in(moments[-1], visit.car, visit.arrives))
            moments.extend(self.course.until(moments[-1], visit.leaves))
            moments.append(self.course.unplug(moments[-1], visit.leaves))
        return tuple(moments)

    def _midnight(self, on: date) -> int:
        index = (on - self._installed).days
        if index < 0:
            raise ValueError(
                f"{self._name} was installed on {self._installed}, not {on}"
            )
        totals = self._midnight_totals
        while len(totals) <= index:
            last = self._installed + timedelta(days=len(totals) - 1)
            day = self.calendar.at(last)
            start = Moment(
                since=day.start, total=totals[-1], limit_a=self.course.side.rated_a
            )
            totals.append(self._course_of(day, start)[-1].total)
        return totals[index]


class StationFlow(Switchable):
    """The side as it really is; orders and accidents change it."""

    def __init__(self, curve: StationCurve) -> None:
        """Follow ``curve`` until the first intervention."""
        self.side = curve.course.side
        self._curve = curve
        self._course = curve.course
        self._open: set[str] = set()
        self._moments: list[Moment] = []
        self._known_until = datetime.max

    def moment(self, instant: datetime) -> Moment:
        """The moment that holds ``instant``."""
        if not self._moments or instant < self._moments[0].since:
            return self._curve.moment(instant)
        self._go_on(instant)
        return _holding(self._moments, instant)

    def delivered(self, instant: datetime) -> int:
        """Millionths of a Wh of the present session."""
        moment = self.moment(instant)
        return moment.delivered + self._course.grown(moment, instant)

    @override
    def total(self, instant: datetime) -> int:
        """Millionths of a Wh counted up to ``instant``."""
        moment = self.moment(instant)
        return moment.total + self._course.grown(moment, instant)

    @override
    def rate(self, instant: datetime) -> float:
        """W at ``instant``."""
        return self._course.rate(self.moment(instant))

    @override
    def slot_totals(self, day: Day) -> Sequence[int]:
        """Totals at the edges of the day's slots; beyond now as foreseen."""
        if not self._moments or day.end <= self._moments[0].since:
            return self._curve.slot_totals(day)
        # What is to come is not fixed before it comes: it stands still.
        edges = len(day.slot_minutes) + 1
        known = self._known_until
        return [
            self.total(min(day.start + slot * SLOT, known)) for slot in range(edges)
        ]

    @override
    def cut(self, switch: str, instant: datetime) -> None:
        """Take the mains away at ``instant``."""
        self._open.add(switch)
        self._change(instant, lambda m: replace(m, has_mains=False))

    @override
    def restore(self, switch: str, instant: datetime) -> None:
        """Give the mains back, if no other switch is open."""
        self._open.discard(switch)
        self._change(instant, lambda m: replace(m, has_mains=not self._open))

    def plug_in(self, car: Car, now: datetime) -> None:
        """Connect a car; ValueError where one is connected already."""
        if self.moment(now).car is not None:
            raise ValueError("a car is plugged in already")
        if car.wanted <= 0 or car.highest_a < LOWEST_LIMIT_A:
            raise ValueError("a car wants energy, and takes 7 A or more")
        self._add(self._course.plug_in(self._begin(now), car, now))

    def unplug(self, now: datetime) -> None:
        """Take the car away; ValueError where there is none."""
        if self.moment(now).car is None:
            raise ValueError("no car is plugged in")
        self._add(self._course.unplug(self._begin(now), now))

    def set_limit(self, limit_a: int, now: datetime) -> None:
        """Limit the current; ValueError for what the board cannot keep."""
        if not LOWEST_LIMIT_A <= limit_a <= self.side.rated_a:
            raise ValueError(f"a limit is 7 to {self.side.rated_a} A")
        self._change(now, lambda m: replace(m, limit_a=limit_a))

    def set_started(self, now: datetime, *, is_started: bool) -> None:
        """Let cars charge, or wait."""
        self._change(now, lambda m: replace(m, is_started=is_started))

    def set_plug_enabled(self, plug: Plug, now: datetime, *, is_enabled: bool) -> None:
        """Enable or disable a plug."""
        if plug is Plug.EV:
            self._change(now, lambda m: replace(m, is_ev_enabled=is_enabled))
        else:
            self._change(now, lambda m: replace(m, is_domestic_enabled=is_enabled))

    def set_error(self, error: str | None, now: datetime) -> None:
        """Let the side fail, or heal it with None; ValueError if unknown."""
        if error is not None and error not in (*STATION_ERRORS, *CHARGE_ERRORS):
            raise ValueError(f"error {error!r} is not known")
        self._change(now, lambda m: replace(m, error=error))

    def _change(self, now: datetime, change: Callable[[Moment], Moment]) -> None:
        self._add(change(self._course.at(self._begin(now), now)))

    def _begin(self, now: datetime) -> Moment:
        """The moment that holds ``now``; from here on this flow is on its own."""
        if not self._moments:
            self._moments.append(self._course.at(self._curve.moment(now), now))
            self._known_until = now
        return self.moment(now)

    def _add(self, moment: Moment) -> None:
        self._moments.append(moment)

    def _go_on(self, instant: datetime) -> None:
        """Let pass what happens by itself up to ``instant``."""
        if instant <= self._known_until:
            return
        for at, visit in self._timetable(self._known_until, instant):
            self._moments.extend(self._course.until(self._moments[-1], at))
            last = self._moments[-1]
            if visit.arrives == at and last.car is None:
                self._add(self._course.plug_in(last, visit.car, at))
            elif visit.leaves == at and last.plugged_at == visit.arrives:
                self._add(self._course.unplug(last, at))
        self._moments.extend(self._course.until(self._moments[-1], instant))
        self._known_until = instant

    def _timetable(
        self, after: datetime, until: datetime
    ) -> Sequence[tuple[datetime, Visit]]:
        """Arrivals and departures after ``after``, up to ``until``, in order."""
        events = []
        calendar = self._curve.calendar
        day = calendar.holding(after)
        while day.start <= until:
            for visit in self._curve.visits(day):
                events += [(visit.arrives, visit), (visit.leaves, visit)]
            day = calendar.holding(day.end)
        return [event for event in events if after < event[0] <= until]


def _holding(moments: Sequence[Moment], instant: datetime) -> Moment:
    index = bisect_right(moments, instant, key=lambda moment: moment.since)
    return moments[index - 1]


def _slot_totals(course: Course, moments: Sequence[Moment], day: Day) -> list[int]:
    totals = []
    for slot in range(len(day.slot_minutes) + 1):
        edge = day.start + slot * SLOT
        moment = _holding(moments, edge)
        totals.append(moment.total + course.grown(moment, edge))
    return totals
