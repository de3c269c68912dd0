"""What holds whatever happens: in random courses, and in all courses of a small model."""

from collections.abc import Iterator
from copy import deepcopy
import json

from hypothesis import given, settings, strategies as st
import pytest

from custom_components.legrand_ews.ews.charging import (
    Request,
    Sharing,
    StationSpec,
    decode_state,
    encode_state,
)

from .watch import Watch
from .world import PHASES, World, config, station

WAYS = list(Sharing)

PHASINGS = [(1,), (2,), (3,), (1, 2, 3), (2, 3, 1)]


@st.composite
def stations(draw: st.DrawFn) -> list[StationSpec]:
    return [
        station(
            number,
            rated=draw(st.sampled_from([10, 16, 20, 32])),
            phases=draw(st.sampled_from(PHASINGS)),
            minimum_a=draw(st.sampled_from([6, 7])),
            is_priority=draw(st.booleans()),
        )
        for number in range(1, draw(st.integers(2, 5)) + 1)
    ]


@st.composite
def worlds(draw: st.DrawFn, way: Sharing) -> World:
    maximum = draw(st.integers(30, 120))
    return World(
        config(
            *draw(stations()),
            maximum=maximum,
            charging=draw(st.integers(maximum // 2, maximum)),
            hysteresis_percent=draw(st.sampled_from([0, 3, 10])),
            guaranteed_ah=draw(st.sampled_from([0, 1, 32])),
            sharing=way,
        )
    )


def act(world: World, draw: st.DrawFn) -> None:
    """Let something happen."""
    number = draw(st.sampled_from(sorted(world.plugs)))
    what = draw(
        st.sampled_from(["plug", "plug", "plug", "load", "load", "ask", "none"])
    )
    if what == "load":
        most = world.config.maximum_a + 20
        world.load({phase: draw(st.integers(0, most)) for phase in PHASES})
    elif what == "ask":
        world.ask(number, draw(st.sampled_from(list(Request))))
    elif what == "plug" and world.plugs[number].car is not None:
        world.unplug(number)
    elif what == "plug":
        conductors = len(world.plugs[number].spec.phases)
        world.plug(
            number,
            highest_a=draw(st.sampled_from([8, 13, 16, 32])),
            conductors=draw(st.sampled_from([1, conductors])),
        )


@pytest.mark.parametrize("way", WAYS)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_promises_hold_in_random_courses(way: Sharing, data: st.DataObject) -> None:
    world = data.draw(worlds(way))
    watch = Watch(world)
    for _ in range(data.draw(st.integers(3, 12))):
        act(world, data.draw)
        watch.run(data.draw(st.sampled_from([5, 10, 30, 120, 400])))


@pytest.mark.parametrize("way", WAYS)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_nothing_is_ordered_in_steady_load(way: Sharing, data: st.DataObject) -> None:
    world = data.draw(worlds(way))
    for _ in range(data.draw(st.integers(2, 8))):
        act(world, data.draw)
        world.run(data.draw(st.sampled_from([5, 30])))
    world.run(1800)
    before = len(world.commands())
    world.run(900)
    assert len(world.commands()) == before


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_a_restart_changes_no_decision(data: st.DataObject) -> None:
    """A state written and read back is the same state."""
    world = data.draw(worlds(Sharing.STEPS))
    for _ in range(data.draw(st.integers(2, 8))):
        act(world, data.draw)
        world.run(data.draw(st.sampled_from([5, 30])))
    text = json.dumps(encode_state(world.state))
    assert decode_state(json.loads(text)) == world.state


def acts(world: World) -> Iterator[World]:
    """All that can happen in the small model."""
    yield deepcopy(world)
    for load in (11, 31):
        other = deepcopy(world)
        other.load({1: load, 2: 0, 3: 0})
        yield other
    for number in world.plugs:
        other = deepcopy(world)
        if other.plugs[number].car is None:
            other.plug(number, highest_a=16, conductors=1)
        else:
            other.unplug(number)
        yield other


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("guaranteed", "hysteresis"), [(0, 0), (32, 0), (0, 10), (32, 10)]
)
def test_promises_hold_in_every_course_of_a_small_model(
    way: Sharing, guaranteed: int, hysteresis: int
) -> None:
    """Two stations of 16 A on L1 of 30 A, four things one after another, each 25 s.

    Nothing, another load of the building, or a car that comes or goes.
    """
    world = World(
        config(
            station(1, rated=16, phases=(1,)),
            station(2, rated=16, phases=(1,), is_priority=True),
            maximum=30,
            charging=26,
            guaranteed_ah=guaranteed,
            hysteresis_percent=hysteresis,
            hard_limit_after_s=20,
            sharing=way,
        )
    )
    watch = Watch(world)
    watch.run(5)
    courses = 0
    ends: set[str] = set()

    def explore(watch: Watch, depth: int) -> None:
        nonlocal courses
        for follower in acts(watch.world):
            follower.events.clear()
            next_watch = deepcopy_watch(watch, follower)
            next_watch.run(25)
            courses += 1
            ends.add(str(follower.limits))
            if depth:
                explore(next_watch, depth - 1)

    explore(watch, 3)
    assert courses == 5 + 5**2 + 5**3 + 5**4
    assert len(ends) >= 4


def deepcopy_watch(watch: Watch, world: World) -> Watch:
    other = Watch(world)
    other.could_start_s = watch.could_start_s.copy()
    other.over_s = watch.over_s.copy()
    other.hard_stops = watch.hard_stops
    return other
