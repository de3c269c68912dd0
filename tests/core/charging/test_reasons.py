"""What is told with a reason: amperes, ampere-hours and seconds, as people read them."""

from collections.abc import Mapping
from datetime import timedelta

from custom_components.legrand_ews.ews.charging import ReasonKind, Request

from .world import World, config, station

HOUR = 3600


def told(world: World, kind: ReasonKind) -> list[tuple[int | None, Mapping[str, str]]]:
    return [
        (reason.station_id, dict(reason.values))
        for event in world.events
        for reason in event.reasons
        if reason.kind is kind
    ]


def two(**more: object) -> World:
    """Two stations at 32 A beside 20 A of other loads."""
    settings = config(station(1), station(2), maximum=100, charging=90, **more)
    world = World(settings, base=20)
    for number in (1, 2):
        world.plug(number)
    return world.run(60)


def test_a_zone_is_told_with_its_phase_its_load_and_the_zone_before() -> None:
    world = World(config(maximum=100, charging=90), base={1: 80, 2: 95, 3: 120})
    world.run(5)
    (event,) = world.events
    found = [
        (reason.circuit_id, reason.phase, dict(reason.values))
        for reason in event.reasons
    ]
    assert found == [
        (0, 2, {"former": "green", "zone": "yellow", "load_a": "95"}),
        (0, 3, {"former": "green", "zone": "red", "load_a": "120"}),
    ]


def test_a_start_and_a_raise_are_told_with_their_limit() -> None:
    world = World(config(station(1), maximum=60, charging=40), base=20)
    world.plug(1)
    world.run(60)
    world.load(0)
    world.run(60)
    assert told(world, ReasonKind.STARTED) == [(1, {"limit_a": "16"})]
    assert told(world, ReasonKind.RAISED) == [(1, {"limit_a": "32"})]


def test_a_quantity_is_told_in_ampere_hours() -> None:
    """S123, S188: 2 Ah at 32 A take 225 s; the 15 s until it has stopped add 0.13 Ah."""
    world = World(config(station(1), maximum=60, charging=40, guaranteed_ah=2))
    world.plug(1)
    world.run(15 + 225)
    assert told(world, ReasonKind.GUARANTEE_REACHED) == [(1, {"charge_ah": "2.00"})]
    world.ask(1, Request.WAIT)
    world.run(60)
    world.unplug(1)
    world.run(5)
    # It goes on for the step in which it was asked, and the 10 s that the car takes.
    assert told(world, ReasonKind.SESSION_ENDED) == [(1, {"charge_ah": "2.13"})]


def test_a_stop_is_told_with_what_was_received() -> None:
    world = two(guaranteed_ah=0, has_hard_limit=False)
    world.load(80)
    world.run(30)
    ((number, values),) = told(world, ReasonKind.STOPPED_IN_RED)
    # 45 s at 32 A until the load came, and the period in which it did.
    assert (number, values) == (1, {"charge_ah": "0.44"})


def test_a_fallback_and_a_last_resort_are_told_with_their_limit() -> None:
    """Q33."""
    world = two()
    world.is_meter_silent = True
    world.run(HOUR // 2)
    for kind, limit in ((ReasonKind.FALLBACK, "16"), (ReasonKind.LAST_RESORT, "6")):
        assert told(world, kind) == [(1, {"limit_a": limit}), (2, {"limit_a": limit})]


def test_a_refusal_is_told_with_the_time_until_it_is_asked_again() -> None:
    """Ten seconds, then twice as long each time; five doublings at most."""
    world = World(config(station(1), maximum=60, charging=40))
    world.plugs[1].refuses = True
    world.plug(1)
    world.run(HOUR)
    waits = [values["seconds"] for _, values in told(world, ReasonKind.COMMAND_REFUSED)]
    assert waits[:7] == ["10", "20", "40", "80", "160", "320", "320"]


def test_after_it_has_obeyed_a_refusal_is_the_first_again() -> None:
    world = World(config(station(1), maximum=60, charging=40))
    world.plugs[1].refuses = True
    world.plug(1)
    world.run(60)
    world.plugs[1].refuses = False
    world.run(300)
    assert world.limits == {1: 32}
    world.events.clear()
    world.plugs[1].refuses = True
    world.load(40)
    world.run(30)
    assert told(world, ReasonKind.COMMAND_REFUSED)[0] == (1, {"seconds": "10"})


def test_a_car_that_ignores_its_limit_is_told_once_and_when_it_follows_again() -> None:
    """Its lag is 10 s, and reading takes 5 s: then it is certain."""
    world = two()
    car = world.plugs[1].car
    assert car is not None
    car.obeys = False
    world.load(40)  # 104 A
    world.run(5)
    assert world.limits == {1: 24, 2: 32}
    world.run(10)
    assert told(world, ReasonKind.LIMIT_IGNORED) == []
    world.run(5)
    ignored = [(1, {"limit_a": "24", "load_a": "32"})]
    assert told(world, ReasonKind.LIMIT_IGNORED) == ignored
    world.run(300)
    assert told(world, ReasonKind.LIMIT_IGNORED) == ignored
    car.obeys = True
    world.load(20)
    world.run(300)
    followed = told(world, ReasonKind.LIMIT_FOLLOWED)
    assert len(followed) == 1
    assert followed[0][0] == 1


def test_a_clock_that_was_set_is_told_by_how_much() -> None:
    """From one period of 5 s to the next an hour and 5 s are seen."""
    world = two()
    world.clock_offset = timedelta(hours=1)
    world.run(5)
    assert told(world, ReasonKind.CLOCK_STEPPED) == [(None, {"seconds": "3605"})]
