"""Runs a way of managing through weeks of the building, and counts.

Cars follow a limit after their lag, at 98 % of it, and taper at the end. One frame in
fifty is lost, one order in a hundred refused.
"""

from collections.abc import Mapping
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

    def decide(self, inputs: Inputs, second: int, told: Told) -> tuple[Command, ...]:
        """Return the orders of one period."""


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

    car: Visit | None = None
    limit_a: int = 0
    orders: list[tuple[int, int]] = field(default_factory=list)
    followed_a: int = 0
    drawn_ma: int = 0
    received_mas: int = 0

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
    def charge(self) -> Charge:
        """State as the station tells it."""
        if self.car is None:
            return Charge.NO_VEHICLE
        if self.drawn_ma:
            return Charge.CHARGING
        if self.received_mas >= self.car.wanted_mas:
            return Charge.FINISHED
        return Charge.SUSPENDED if self.limit_a else Charge.CONNECTED


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
    rng = Random(f"{seed} {week} frames")
    bays = {spec.id: Bay() for spec in config.stations}
    phases = {spec.id: spec.phases for spec in config.stations}
    coming = visits(seed, week, config)[::-1]
    readings: dict[int, StationReading] = {}
    meter: MeterReading | None = None
    over_s = [0, 0, 0]
    refused: frozenset[int] = frozenset()
    for index, base in enumerate(base_loads(seed, week)):
        second = index * PERIOD_S
        for bay in bays.values():
            if bay.car is not None and second >= bay.car.leaves_s:
                _leave(bay, figures)
        while coming and second >= coming[-1].arrives_s:
            car = coming.pop()
            bay = bays[car.station]
            if bay.car is not None:
                continue
            bay.car, bay.received_mas, bay.followed_a = car, 0, 0
            bay.orders = [(second, bay.limit_a)] if bay.limit_a else []
            figures.cars += 1
            figures.wanted_kwh += _kwh(car.wanted_mas, car.conductors)
        load = list(base)
        for number, bay in bays.items():
            bay.flow(second)
            if bay.drawn_ma and bay.car is not None:
                for phase in phases[number][: bay.car.conductors]:
                    load[phase - 1] += bay.drawn_ma
        _count_over(load, over_s, figures, grace_s)
        now = START + timedelta(seconds=week * WEEK_S + second)
        if meter is None or rng.random() > _LOST:
            meter = MeterReading(
                read_at=now, currents_ma=dict(zip(PHASES, load, strict=True))
            )
        for number, bay in bays.items():
            if number not in readings or rng.random() > _LOST:
                conductors = 0 if bay.car is None else bay.car.conductors
                readings[number] = StationReading(
                    read_at=now,
                    charge=bay.charge,
                    drawn_ma=tuple(
                        bay.drawn_ma if place < conductors else 0
                        for place in range(len(phases[number]))
                    ),
                    limit_a=bay.limit_a or None,
                )
        inputs = Inputs(meters={MAIN: meter}, stations=readings, refused=refused)
        told = _told(bays, START + timedelta(seconds=week * WEEK_S))
        commands = manager.decide(inputs, week * WEEK_S + second, told)
        refused = _carry_out(commands, bays, second, rng, figures)
    for bay in bays.values():
        if bay.car is not None:
            _leave(bay, figures)


def _told(bays: Mapping[int, Bay], begin: datetime) -> Told:
    departures, received_wh = {}, {}
    for number, bay in bays.items():
        if (car := bay.car) is not None:
            departures[number] = Departure(
                at=begin + timedelta(seconds=car.leaves_s),
                wanted_wh=int(1000 * _kwh(car.wanted_mas, car.conductors)),
            )
            received_wh[number] = int(1000 * _kwh(bay.received_mas, car.conductors))
    return Told(departures=departures, received_wh=received_wh)


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


def _carry_out(
    commands: tuple[Command, ...],
    bays: Mapping[int, Bay],
    second: int,
    rng: Random,
    figures: Figures,
) -> frozenset[int]:
    refused = set()
    for command in commands:
        bay = bays[command.station_id]
        if rng.random() < _REFUSED:
            refused.add(command.station_id)
            continue
        if bay.car is not None:
            is_hungry = bay.received_mas < bay.car.wanted_mas
            if command.action is Action.STOP and bay.limit_a and is_hungry:
                figures.stops += 1
                figures.guarantees_broken += bay.received_mas < GUARANTEE_MAS
            elif command.action is Action.START and not bay.limit_a:
                figures.starts += 1
            else:
                figures.limits_set += 1
        bay.limit_a = command.limit_a
        bay.orders.append((second, command.limit_a))
    return frozenset(refused)
