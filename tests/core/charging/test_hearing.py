"""What is believed of readings: by their age, and while conductors are changed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from custom_components.legrand_ews.ews.charging import (
    MeterReading,
    ReasonKind,
    Sharing,
    with_conductors,
)

from .world import PERIOD_S, PHASES, World, config, station


def hear_late(world: World, seconds: int, age_s: int) -> None:
    """Let a new value of the meter come every period, each so old already."""
    world.is_meter_silent = True
    for _ in range(seconds // PERIOD_S):
        at = world.now + timedelta(seconds=PERIOD_S - age_s)
        currents = {phase: world.phase_a(phase) * 1000 for phase in PHASES}
        world.meter = MeterReading(read_at=at, currents_ma=currents)
        world.period()


@pytest.mark.parametrize("sharing", list(Sharing))
@pytest.mark.parametrize(("age_s", "limit"), [(0, 32), (20, 32), (21, 0), (300, 0)])
def test_a_value_that_is_old_when_it_comes_permits_no_start(
    sharing: Sharing, age_s: int, limit: int
) -> None:
    """Q33: twenty seconds at most. But it comes: a clock may have been set."""
    world = World(config(station(1), maximum=60, charging=40, sharing=sharing))
    world.plug(1)
    hear_late(world, 300, age_s)
    assert world.limits == {1: limit}
    assert world.kinds(ReasonKind.METER_LOST) == []


@pytest.mark.parametrize("sharing", list(Sharing))
def test_a_meter_that_misses_a_phase_says_nothing(sharing: Sharing) -> None:
    """What flows on the third phase is not known, so nobody is started."""
    world = World(config(station(1), maximum=60, charging=40, sharing=sharing))
    world.plug(1)
    world.is_meter_silent = True
    for _ in range(20):
        world.meter = MeterReading(read_at=world.now, currents_ma={1: 0, 2: 0})
        world.period()
    assert world.limits == {1: 0}
    assert world.kinds(ReasonKind.METER_LOST) == [(ReasonKind.METER_LOST, None)]


@pytest.mark.parametrize("sharing", list(Sharing))
def test_conductors_change_while_nothing_is_heard(sharing: Sharing) -> None:
    """The last reading is of three conductors; what it said of the first counts on.

    20 A of other loads and 10 A of the car are seen on L1, and 20 A on the others.
    """
    settings = config(station(1), maximum=60, charging=40, sharing=sharing)
    world = World(settings, base=20)
    world.plug(1, highest_a=10)
    world.run(120)
    plug = world.plugs[1]
    plug.is_silent = True
    world.config = with_conductors(settings, {1: 1})
    plug.spec = replace(plug.spec, phases=(1,))
    assert plug.car is not None
    plug.car.conductors = 1
    world.run(30)
    assert [world.phase_a(phase) for phase in PHASES] == [30, 20, 20]
    assert world.kinds(ReasonKind.ZONE_CHANGED) == []
    plug.is_silent = False
    world.config, plug.spec = settings, settings.stations[0]
    plug.car.conductors = 3
    world.run(60)
    assert [world.phase_a(phase) for phase in PHASES] == [30, 30, 30]


def test_other_loads_count_between_two_readings_of_a_station() -> None:
    """It is read every 15 s, and every 15 s other loads are 20 A for 5 s in between.

    What a car takes that has followed its limit is known: shares rest on the 20 A.
    """
    stations = [station(1), station(2)]
    world = World(config(*stations, maximum=80, charging=60, sharing=Sharing.FAIR))
    for number in (1, 2):
        world.plug(number)
    limits = []
    for period in range(120):
        world.load(20 if period % 3 == 1 else 10)
        for plug in world.plugs.values():
            plug.is_silent = period % 3 != 0
        world.period()
        limits.append(world.limits)
    assert limits[60:] == [{1: 20, 2: 20}] * 60


def test_a_meter_that_is_behind_is_held_against_what_stations_said_then() -> None:
    """It tells what flowed a period ago: 1 draws 32 A, and the meter has none of them.

    Nothing of that is free for 2, which comes at that moment: 40 A are never passed.
    """
    world = World(config(station(1), station(2), maximum=60, charging=40))
    world.plug(1)
    world.is_meter_silent = True
    most = 0
    for _ in range(30):
        at, seen = world.now, {p: world.phase_a(p) * 1000 for p in PHASES}
        world.meter = MeterReading(read_at=at, currents_ma=seen)
        world.period()
        if world.drawn[1] and world.plugs[2].car is None:
            world.plug(2)
        most = max(most, world.phase_a(1))
    assert world.plugs[2].car is not None
    assert 32 <= most <= 40
    assert world.limits == {1: 24, 2: 16}


@pytest.mark.parametrize("sharing", list(Sharing))
def test_nobody_begins_at_a_station_that_is_not_heard(sharing: Sharing) -> None:
    """S274 with Q33: twenty seconds; when it is heard again it begins at once."""
    world = World(config(station(1), maximum=60, charging=40, sharing=sharing), base=50)
    world.plug(1)
    world.run(30)
    world.plugs[1].is_silent = True
    world.run(25)
    world.load(0)
    world.run(120)
    assert world.commands() == []
    world.plugs[1].is_silent = False
    world.run(5)
    assert world.limits == {1: 32}


def test_a_silent_station_is_not_waited_for_longer_than_a_value_is_fresh() -> None:
    """S276: 1 is told 24 A, falls silent and goes on with 32 A: 104 A of 100 A.

    Its lag and reading take 15 s; 20 s later it is taken to draw what it drew last.
    """
    world = World(config(station(1), station(2), maximum=100, charging=90), base=20)
    for number in (1, 2):
        world.plug(number)
    world.run(60)
    plug = world.plugs[1]
    assert plug.car is not None
    plug.car.obeys = False
    world.load(40)
    world.run(5)
    assert world.limits == {1: 24, 2: 32}
    plug.is_silent = True
    world.run(30)
    assert world.limits == {1: 24, 2: 32}
    world.run(5)
    assert world.limits == {1: 24, 2: 24}


def test_a_silent_station_counts_with_what_it_drew_and_what_it_may() -> None:
    """16 A that the meter sees as before, and 16 A that may come on top: 28 A are left."""
    world = World(config(station(1), station(2), maximum=100, charging=60))
    world.caps_a = {1: 16}
    world.plug(1)
    world.run(120)
    world.plugs[1].is_silent = True
    world.run(120)
    assert world.kinds(ReasonKind.STATION_LOST) == [(ReasonKind.STATION_LOST, 1)]
    world.plug(2)
    world.run(5)
    assert world.limits == {1: 16, 2: 24}
