"""Runs a way of managing through weeks of the building, and counts.

Cars follow a limit after their lag, at 98 % of it, and taper at the end. One frame in
fifty is lost, one order in a hundred refused. While no car wants anything, and has not for
some minutes, nobody is asked: a decision could change neither current nor energy.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Final, Protocol

from custom_components.legrand_ews.ews.charging import (
    MAIN,
    Action,
    Charge,
    ChargingConfig,
    Command,
    Departure,
    Inputs,
    MeterReading,
    StationReading,
)

from .building import (
    MAXIMUM_A,
    PERIOD_S,
    PHASES,
    START,
    WEEK_S,
    Visit,
    base_loads,
    visits,
)

LAG_S: Final = 30
"""A period to see it, one for a lost frame or a refused order, the slowest car (15 s), and
the period in which it is counted."""
GUARANTEE_MAS: Final = 32 * 3_600_000
_QUIET_S: Final = 300
"""After so long without a hungry car every order has been given and followed."""
_AWAKE_S: Final = 120
"""So long before the next car the loads are looked at again."""
_LOST: Final = 0.02
_REFUSED: Final = 0.01
_DRAWN: Final = 0.98


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What drivers say: when they leave, and how much they want; and what they have."""

    departures: Mapping[int, Departure]
    received_wh: Mapping[int, int]


class Manager(Protocol):
    """A way of managing."""

    def decide(
        self, inputs: Inputs, second: int, told: Callable[[], Told]
    ) -> tuple[Command, ...]:
        """Return the orders of one period; ``told`` is what drivers would say."""


@dataclass(slots=True, kw_only=True)
class Figures:
    """What came of a way of managing."""

    name: str
    over_as: float = 0
    """Ampere-seconds above the maximum, of all phases."""
    over_beyond_lag_as: float = 0
    """Of those what lasted longer than reaction and cars need."""
    over_beyond_grace_as: float = 0
    """And of those what lasted even longer than guarantees may hold out."""
    energy_kwh: float = 0
    wanted_kwh: float = 0
    starts: int = 0
    stops: int = 0
    limits_set: int = 0
    guarantees_broken: int = 0
    satisfied: int = 0
    cars: int = 0
    optimum_kwh: float | None = None
    even_kwh: float = 0


@dataclass(slots=True)
class Bay:
    """One side: the car, the order it follows, and those on their way."""

    phases: tuple[int, ...]
    car: Visit | None = None
    limit_a: int = 0
    orders: list[tuple[int, int]] = field(default_factory=list)
    followed_a: int = 0
    drawn_ma: int = 0
    received_mas: int = 0

    def take(self, car: Visit, second: int) -> None:
        """Let a car come."""
        self.car, self.received_mas, self.followed_a = car, 0, 0
        self.orders = [(second, self.limit_a)] if self.limit_a else []

    def flow(self, second: int) -> None:
        """Let five seconds pass."""
        car = self.car
        if car is None:
            self.drawn_ma = 0
            return
        while self.orders and second - self.orders[0][0] >= car.lag_s:
            self.followed_a = self.orders.pop(0)[1]
        limit = self.followed_a if self.limit_a else 0  # a contactor waits for no car
        left = car.wanted_mas - self.received_mas
        if left <= 0 or limit < 6:
            self.drawn_ma = 0
            return
        highest = car.highest_ma
        if left < car.wanted_mas // 20:
            highest //= 2
        self.drawn_ma = min(int(limit * 1000 * _DRAWN), highest)
        self.received_mas += self.drawn_ma * PERIOD_S

    @property
    def is_hungry(self) -> bool:
        """Whether a car is there that wants more."""
        return self.car is not None and self.received_mas < self.car.wanted_mas

    @property
    def charge(self) -> Charge:
        """State as the station tells it."""
        if self.car is None:
            return Charge.NO_VEHICLE
        if self.drawn_ma:
            return Charge.CHARGING
        if not self.is_hungry:
            return Charge.FINISHED
        return Charge.SUSPENDED if self.limit_a else Charge.CONNECTED

    def read(self, now: datetime) -> StationReading:
        """Return what the station answers."""
        conductors = 0 if self.car is None else self.car.conductors
        idle = len(self.phases) - conductors
        return StationReading(
            read_at=now,
            charge=self.charge,
            drawn_ma=(self.drawn_ma,) * conductors + (0,) * idle,
            limit_a=self.limit_a or None,
        )


class _Week:
    """The building in one week, run by one manager."""

    def __init__(self, config: ChargingConfig, seed: int, week: int) -> None:
        self._rng = Random(f"{seed} {week} frames")
        self._begin = START + timedelta(seconds=week * WEEK_S)
        self._coming = visits(seed, week, config)[::-1]
        self._readings: dict[int, StationReading] = {}
        self._meter: MeterReading | None = None
        self.bays = {spec.id: Bay(spec.phases) for spec in config.stations}
        # Those with a car, or whose car is still noted somewhere; the others are empty.
        self.busy: dict[int, Bay] = {}
        self._hungry_s = -_QUIET_S

    def come_and_go(self, second: int, figures: Figures) -> None:
        """Let cars leave and arrive."""
        for bay in self.busy.values():
            if bay.car is not None and second >= bay.car.leaves_s:
                _leave(bay, figures)
        while self._coming and second >= self._coming[-1].arrives_s:
            car = self._coming.pop()
            bay = self.bays[car.station]
            if bay.car is None:
                bay.take(car, second)
                self.busy[car.station] = bay
                figures.cars += 1
                figures.wanted_kwh += _kwh(car.wanted_mas, car.conductors)

    def flow(self, second: int, base: tuple[int, int, int]) -> list[int]:
        """Let cars charge; return the loads of the phases in mA."""
        load = list(base)
        for bay in self.busy.values():
            if bay.is_hungry:
                self._hungry_s = second
            bay.flow(second)
            if bay.drawn_ma and bay.car is not None:
                for phase in bay.phases[: bay.car.conductors]:
                    load[phase - 1] += bay.drawn_ma
        return load

    def is_quiet(self, second: int) -> bool:
        """Whether nothing anybody orders would make a difference."""
        return second - self._hungry_s > _QUIET_S and (
            not self._coming or second < self._coming[-1].arrives_s - _AWAKE_S
        )

    def read(self, second: int, load: list[int], refused: frozenset[int]) -> Inputs:
        """Return what meter and stations say, as far as their frames arrive."""
        now = self._begin + timedelta(seconds=second)
        lost = self._rng.random
        readings = self._readings
        if self._meter is None or lost() > _LOST:
            self._meter = MeterReading(
                read_at=now, currents_ma=dict(zip(PHASES, load, strict=True))
            )
        empty = {count: Bay(PHASES[:count]).read(now) for count in (1, len(PHASES))}
        for number, bay in self.bays.items():
            if number not in self.busy:
                readings[number] = empty[len(bay.phases)]
            elif number not in readings or lost() > _LOST:
                readings[number] = bay.read(now)
                if bay.car is None and not bay.limit_a:
                    del self.busy[number]
        return Inputs(meters={MAIN: self._meter}, stations=readings, refused=refused)

    def told(self) -> Told:
        """Return what the drivers would say."""
        departures, received_wh = {}, {}
        for number, bay in self.busy.items():
            if (car := bay.car) is not None:
                departures[number] = Departure(
                    at=self._begin + timedelta(seconds=car.leaves_s),
                    wanted_wh=int(1000 * _kwh(car.wanted_mas, car.conductors)),
                )
                received = _kwh(bay.received_mas, car.conductors)
                received_wh[number] = int(1000 * received)
        return Told(departures=departures, received_wh=received_wh)

    def carry_out(
        self, commands: tuple[Command, ...], second: int, figures: Figures
    ) -> frozenset[int]:
        """Give the orders to the stations; return those that refuse."""
        refused = set()
        for command in commands:
            bay = self.bays[command.station_id]
            if self._rng.random() < _REFUSED:
                refused.add(command.station_id)
                continue
            if bay.car is not None:
                _count_order(command, bay, figures)
            bay.limit_a = command.limit_a
            bay.orders.append((second, command.limit_a))
            self.busy[command.station_id] = bay
        return frozenset(refused)


def run_week(
    config: ChargingConfig,
    manager: Manager,
    seed: int,
    week: int,
    figures: Figures,
    *,
    grace_s: int,
) -> None:
    """Run one week and add what happened to the figures.

    ``grace_s`` is how long a guaranteed quantity may hold a phase above the limit.
    """
    course = _Week(config, seed, week)
    over_s = [0, 0, 0]
    refused: frozenset[int] = frozenset()
    for index, base in enumerate(base_loads(seed, week)):
        second = index * PERIOD_S
        course.come_and_go(second, figures)
        load = course.flow(second, base)
        _count_over(load, over_s, figures, grace_s)
        if course.is_quiet(second):
            continue
        inputs = course.read(second, load, refused)
        commands = manager.decide(inputs, week * WEEK_S + second, course.told)
        refused = course.carry_out(commands, second, figures)
    for bay in course.busy.values():
        if bay.car is not None:
            _leave(bay, figures)


def _leave(bay: Bay, figures: Figures) -> None:
    car = bay.car
    if car is not None:
        figures.energy_kwh += _kwh(
            min(bay.received_mas, car.wanted_mas), car.conductors
        )
        figures.satisfied += bay.received_mas >= car.wanted_mas
    bay.car = None


def _kwh(charge_mas: int, conductors: int) -> float:
    return charge_mas * conductors * 230 / 3.6e9


def _count_over(
    load: list[int], over_s: list[int], figures: Figures, grace_s: int
) -> None:
    for place, current in enumerate(load):
        over = current - MAXIMUM_A * 1000
        if over <= 0:
            over_s[place] = 0
            continue
        over_s[place] += PERIOD_S
        figures.over_as += over * PERIOD_S / 1000
        if over_s[place] > LAG_S:
            figures.over_beyond_lag_as += over * PERIOD_S / 1000
        if over_s[place] > LAG_S + grace_s:
            figures.over_beyond_grace_as += over * PERIOD_S / 1000


def _count_order(command: Command, bay: Bay, figures: Figures) -> None:
    if command.action is Action.STOP and bay.limit_a and bay.is_hungry:
        figures.stops += 1
        figures.guarantees_broken += bay.received_mas < GUARANTEE_MAS
    elif command.action is Action.START and not bay.limit_a:
        figures.starts += 1
    else:
        figures.limits_set += 1
