"""When current is given back: at what time, to whom, and one thing after another."""

import pytest

from custom_components.legrand_ews.ews.charging import (
    Action,
    Charge,
    ReasonKind,
    Request,
    Sharing,
    StationReading,
    Zone,
)

from .world import PERIOD_S, World, config, station

INCREASES = {ReasonKind.STARTED, ReasonKind.RESUMED, ReasonKind.RAISED}


def increases(world: World) -> list[tuple[int, ReasonKind, int | None]]:
    """When who was given more, in seconds."""
    return [
        (event.second, reason.kind, reason.station_id)
        for event in world.events
        for reason in event.reasons
        if reason.kind in INCREASES
    ]


def seconds_of(world: World, kind: ReasonKind) -> list[int]:
    return [
        event.second
        for event in world.events
        for reason in event.reasons
        if reason.kind is kind
    ]


def stopped() -> World:
    """One station of 16 A, stopped in red in the last step."""
    only = station(1, rated=16, minimum_a=16)
    world = World(config(only, maximum=60, charging=40, guaranteed_ah=0))
    world.plug(1)
    world.run(60)
    world.load(50)
    world.run(5)
    assert world.limits == {1: 0}
    world.events.clear()
    return world


def test_nothing_is_resumed_sooner_than_half_a_minute_after_it_was_stopped() -> None:
    """The load is gone at once, and the zone is green from the next step on."""
    world = stopped()
    at = world.second
    world.load(0)
    world.run(120)
    # Green since the first period after the stop, for 30 s.
    assert increases(world) == [(at + PERIOD_S + 30, ReasonKind.RESUMED, 1)]


def test_nothing_is_resumed_before_it_was_green_for_half_a_minute() -> None:
    """Five minutes of yellow, then green."""
    world = stopped()
    world.load(41)
    world.run(300)
    assert increases(world) == []
    world.load(0)
    at = world.second + PERIOD_S
    world.run(120)
    assert increases(world) == [(at + 30, ReasonKind.RESUMED, 1)]


def test_each_time_in_yellow_begins_the_half_minute_anew() -> None:
    world = stopped()
    for _ in range(10):
        world.load(0)
        world.run(25)
        world.load(41)
        world.run(5)
    assert increases(world) == []


@pytest.mark.parametrize("sharing", list(Sharing))
def test_a_vehicle_stopped_by_a_bound_waits_half_a_minute_in_green_too(
    sharing: Sharing,
) -> None:
    """It is green all the time: only its own rest counts."""
    world = World(config(station(1), maximum=60, charging=40, sharing=sharing))
    world.plug(1)
    world.run(60)
    world.events.clear()
    world.caps_a = {1: 0}
    world.run(5)
    at = world.second
    world.caps_a = {}
    world.run(120)
    assert increases(world) == [(at + 30, ReasonKind.RESUMED, 1)]


@pytest.mark.parametrize("sharing", list(Sharing))
def test_in_yellow_nobody_begins_whatever_room_there_is(sharing: Sharing) -> None:
    """S275, S121: with a band of 20 A it is yellow down to 60 A; 30 A would fit."""
    world = World(
        config(
            station(1), maximum=100, charging=80, hysteresis_percent=20, sharing=sharing
        ),
        base=85,
    )
    world.plug(1)
    world.run(10)
    world.load(61)
    world.run(120)
    assert world.state.worst_zone is Zone.YELLOW
    assert world.limits == {1: 0}
    world.load(48)
    world.run(60)
    assert world.limits == {1: 32}


def test_nothing_is_raised_sooner_than_half_a_minute_after_a_change() -> None:
    """1 makes room for 2 in green, and 2 leaves before it was started."""
    world = World(config(station(1), station(2), maximum=60, charging=40))
    world.plug(1)
    world.run(300)
    world.plug(2)
    world.run(5)
    assert world.limits == {1: 24, 2: 0}
    at = world.second
    world.events.clear()
    world.unplug(2)
    world.run(120)
    assert increases(world) == [(at + 30, ReasonKind.RAISED, 1)]


def test_one_increase_a_step_also_on_different_phases() -> None:
    """S277: one action a period; 2 is started, and 1 raised a step later."""
    stations = [station(1, phases=(1,)), station(2, phases=(2,))]
    world = World(config(*stations, maximum=60, charging=40))
    world.plug(1, conductors=1)
    world.run(60)
    world.load({1: 40, 2: 0, 3: 0})
    world.run(60)
    assert world.limits == {1: 16, 2: 0}
    world.load(0)
    world.run(30)
    assert world.limits == {1: 16, 2: 0}
    world.events.clear()
    at = world.second + PERIOD_S
    world.plug(2, conductors=1)
    world.run(60)
    assert increases(world) == [
        (at, ReasonKind.STARTED, 2),
        (at + PERIOD_S, ReasonKind.RAISED, 1),
    ]


def test_who_cannot_be_raised_does_not_keep_others_from_it() -> None:
    """S277: 1 was reduced first; L1 has no room for more, L2 has."""
    stations = [station(1, phases=(1,)), station(2, phases=(2,))]
    world = World(config(*stations, maximum=60, charging=40))
    for number in (1, 2):
        world.plug(number, conductors=1)
    world.run(60)
    world.load({1: 40, 2: 0, 3: 0})
    world.run(5)
    world.load({1: 40, 2: 40, 3: 0})
    world.run(60)
    assert world.limits == {1: 16, 2: 16}
    world.load({1: 24, 2: 0, 3: 0})  # 40 A on L1: green, and full
    world.run(120)
    assert world.limits == {1: 16, 2: 32}


def test_what_is_kept_for_the_first_who_waits_is_given_to_nobody_else() -> None:
    """S277: 1 is reduced so that 2 can begin with 16 A; 3 would fit at once with 6 A.

    10 A, 16 A and 6 A together are above 30 A: 2 waits longer and goes first.
    """
    stations = [station(1, rated=20), station(2), station(3, rated=6)]
    world = World(config(*stations, maximum=60, charging=30))
    world.plug(1)
    world.run(60)
    world.ask(2, Request.PRIORITY)
    world.plug(2)
    world.plug(3)
    world.run(120)
    assert world.limits == {1: 10, 2: 16, 3: 0}


def test_who_fits_begins_beside_one_for_whom_no_room_can_be_made() -> None:
    """30 A of other loads leave 10 A: 1 would need 16 A, 2 begins with its 10 A."""
    stations = [station(1, is_priority=True), station(2, rated=10)]
    world = World(config(*stations, maximum=60, charging=40), base=30)
    for number in (1, 2):
        world.plug(number)
    world.run(60)
    assert world.limits == {1: 0, 2: 10}


def test_who_refuses_to_begin_costs_the_others_nothing_after_the_first_time() -> None:
    """1 made room for 2 once, and is raised although 2 goes on waiting."""
    world = World(config(station(1), station(2), maximum=60, charging=40))
    world.plug(1)
    world.run(60)
    world.plugs[2].refuses = True
    world.plug(2)
    world.run(3600)
    assert world.limits == {1: 32, 2: 0}
    assert world.state.queue == [2]
    assert len(seconds_of(world, ReasonKind.REDUCED_TO_MAKE_ROOM)) == 1


def test_room_is_not_made_by_what_an_old_value_says() -> None:
    """Q33: until the fallback an old value permits no start, and moves nobody."""
    world = World(config(station(1), station(2), maximum=60, charging=40))
    world.plug(1)
    world.run(60)
    world.is_meter_silent = True
    world.run(25)
    world.plug(2)
    world.run(30)
    assert world.limits == {1: 32, 2: 0}
    world.is_meter_silent = False
    world.run(60)
    assert world.limits == {1: 24, 2: 16}


def test_a_car_on_one_conductor_keeps_no_current_of_the_others() -> None:
    """1 has just been told 16 A and has yet to follow; on L2 it takes nothing.

    8 A of other loads and 32 A for 2 are the 40 A of L2.
    """
    stations = [station(1), station(2, phases=(2,))]
    world = World(config(*stations, maximum=60, charging=40), base={1: 0, 2: 8, 3: 0})
    world.plug(1, conductors=1)
    world.run(60)
    world.caps_a = {1: 16}
    world.plug(2, conductors=1)
    world.run(5)
    assert world.limits == {1: 16, 2: 32}


def test_who_is_below_his_steps_does_not_keep_others_from_theirs() -> None:
    """Q15, S277: the hard limit has left 1 at 6 A, and 16 A would be 46 A on L1."""
    stations = [station(1, phases=(1,)), station(2, phases=(2,))]
    world = World(config(*stations, maximum=60, charging=40))
    for number in (1, 2):
        world.plug(number, conductors=1)
    world.run(60)
    world.load({1: 54, 2: 0, 3: 0})
    world.run(120)
    assert world.limits == {1: 6, 2: 32}
    world.load({1: 30, 2: 40, 3: 0})
    world.run(30)
    assert world.limits == {1: 6, 2: 16}
    world.load({1: 30, 2: 0, 3: 0})
    world.run(120)
    assert world.limits == {1: 6, 2: 32}


def test_who_may_go_on_keeps_his_share_for_two_minutes_without_using_it() -> None:
    """1 has charged and was let wait; its car sleeps when it may go on."""
    world = World(config(station(1), station(2), maximum=60, charging=40))
    car = world.plug(1)
    world.run(60)
    world.ask(1, Request.WAIT)
    world.run(60)
    car.is_awake = False
    world.ask(1, Request.START)
    world.run(35)
    (resumed,) = seconds_of(world, ReasonKind.RESUMED)
    world.plug(2)
    world.run(resumed + 115 - world.second)
    assert world.limits == {1: 32, 2: 0}
    world.run(5)
    assert world.limits == {1: 32, 2: 32}


def test_what_is_kept_is_no_more_than_is_needed_to_begin() -> None:
    """2 waits for 16 A of L1; on L2 14 A, its 16 A and the 10 A of 3 are 40 A."""
    stations = [
        station(1, phases=(1,)),
        station(2, is_priority=True),
        station(3, rated=10, phases=(2,)),
    ]
    world = World(config(*stations, maximum=60, charging=40), base={1: 0, 2: 14, 3: 0})
    world.plug(1, conductors=1)
    world.run(60)
    world.plug(2)
    world.plug(3, conductors=1)
    world.run(5)
    assert world.limits == {1: 24, 2: 0, 3: 10}
    world.run(60)
    assert world.limits == {1: 24, 2: 16, 3: 10}


def test_who_waits_and_cannot_be_heard_does_not_keep_others_from_their_current() -> (
    None
):
    """S277: while 2 is silent, it cannot begin, and 1 is raised."""
    world = World(config(station(1), station(2), maximum=60, charging=40), base=30)
    world.plug(1)
    world.run(30)
    world.load(8)
    world.run(30)
    world.load(40)
    world.run(60)
    assert world.limits == {1: 16, 2: 0}
    world.plug(2)
    world.run(5)
    world.plugs[2].is_silent = True
    world.run(30)
    world.load(8)
    world.run(60)
    assert world.limits == {1: 32, 2: 0}
    assert world.state.queue == [2]


def test_a_vehicle_that_asks_for_nothing_is_not_started() -> None:
    """It is full when it comes; nobody waits for it either."""
    world = World(config(station(1), station(2), maximum=60, charging=40))
    world.plug(1, wanted_ah=0)
    world.plug(2)
    world.run(60)
    assert world.limits == {1: 0, 2: 32}


def test_a_plug_that_is_switched_off_is_not_started() -> None:
    """S158: nothing is asked of it until it is switched on again."""
    world = World(config(station(1), maximum=60, charging=40))
    world.plug(1)
    plug = world.plugs[1]
    plug.is_silent = True
    for is_enabled in (False, True):
        assert world.commands() == []
        for _ in range(12):
            plug.reading = StationReading(
                read_at=world.now,
                charge=Charge.CONNECTED,
                drawn_ma=(0, 0, 0),
                is_enabled=is_enabled,
            )
            world.period()
    assert world.commands()[0] == (1, Action.START, 32)
