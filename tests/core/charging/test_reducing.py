"""Who is reduced or stopped, and who is not: phase by phase, and by what was received."""

import pytest

from custom_components.legrand_ews.ews.charging import Action, ReasonKind, Sharing

from .world import PERIOD_S, World, config, station

HOUR = 3600


def limits_a(world: World, kind: ReasonKind) -> list[tuple[int | None, str]]:
    """What the last step ordered for a reason."""
    return [
        (reason.station_id, dict(reason.values)["limit_a"])
        for reason in world.events[-1].reasons
        if reason.kind is kind
    ]


def one_conductor() -> World:
    """1 has three phases and its car takes 32 A of L1 only; 2 is on L2."""
    stations = [station(1), station(2, phases=(2,))]
    world = World(config(*stations, maximum=60, charging=40, guaranteed_ah=0))
    world.plug(1, conductors=1)
    world.plug(2, conductors=1)
    world.run(120)
    assert world.drawn == {1: 32, 2: 32}
    assert [world.phase_a(phase) for phase in (1, 2, 3)] == [32, 32, 0]
    return world


def test_red_takes_nothing_for_a_phase_from_who_does_not_load_it() -> None:
    """Q28: L1 has to lose 12 A and L2 as many; what 1 loses helps L1 alone."""
    world = one_conductor()
    world.load({1: 40, 2: 40, 3: 0})
    world.run(5)
    assert limits_a(world, ReasonKind.REDUCED_IN_RED) == [
        (1, "24"),
        (2, "24"),
        (1, "16"),
        (2, "16"),
    ]


def test_red_stops_nobody_for_a_phase_that_he_does_not_load() -> None:
    """Q28, S276: L2 is red by other loads; 1 was plugged in first, but is on L1."""
    world = one_conductor()
    world.load({1: 0, 2: 60, 3: 0})
    world.run(30)
    assert world.limits == {1: 32, 2: 0}
    assert world.kinds(ReasonKind.STOPPED_IN_RED) == [(ReasonKind.STOPPED_IN_RED, 2)]


def test_the_hard_limit_stops_nobody_for_a_phase_that_he_does_not_load() -> None:
    """Q15 with Q28: even with nobody left who could help."""
    stations = [station(1), station(2, phases=(2,))]
    world = World(config(*stations, maximum=60, charging=40))
    world.plug(1, conductors=1)
    world.plug(2, conductors=1)
    world.run(120)
    world.load({1: 0, 2: 61, 3: 0})
    world.run(300)
    assert world.limits == {1: 32, 2: 0}
    assert world.state.hard_stops == 1


def test_who_has_his_quantity_is_stopped_though_others_have_not() -> None:
    """S276: 2 came later and has little, 3 waits and has nothing; 1 has its 1 Ah."""
    stations = [station(number) for number in (1, 2, 3)]
    world = World(
        config(
            *stations,
            maximum=100,
            charging=80,
            guaranteed_ah=1,
            has_hard_limit=False,
        ),
        base=10,
    )
    world.plug(1)
    world.run(HOUR // 20)
    world.plug(2)
    world.run(30)
    world.plug(3)
    world.load(80)
    world.run(30)
    assert world.limits == {1: 0, 2: 16, 3: 0}
    assert world.kinds(ReasonKind.STOPPED_IN_RED) == [(ReasonKind.STOPPED_IN_RED, 1)]


def test_in_red_a_vehicle_is_stopped_in_the_step_that_completes_its_quantity() -> None:
    """S276, S123: 1 Ah at 16 A takes 225 s, which are 45 whole periods."""
    only = station(1, rated=16, minimum_a=16)
    world = World(
        config(only, maximum=60, charging=40, guaranteed_ah=1, has_hard_limit=False)
    )
    world.plug(1)
    world.run(30)
    world.load(50)
    world.run(HOUR // 10)
    (event,) = [
        event
        for event in world.events
        if ReasonKind.STOPPED_IN_RED in {reason.kind for reason in event.reasons}
    ]
    assert [reason.kind for reason in event.reasons] == [
        ReasonKind.GUARANTEE_REACHED,
        ReasonKind.STOPPED_IN_RED,
    ]
    assert dict(event.reasons[1].values) == {"charge_ah": "1.00"}


def test_a_refused_stop_is_made_by_another() -> None:
    """Both have their quantity; 1 would be first and does not listen."""
    stations = [station(1), station(2)]
    world = World(
        config(
            *stations,
            maximum=100,
            charging=90,
            guaranteed_ah=0,
            has_hard_limit=False,
        ),
        base=20,
    )
    for number in (1, 2):
        world.plug(number)
    world.run(60)
    world.plugs[1].refuses = True
    world.load(60)  # 108 A with 1 at 32 A and 2 at its second step
    world.run(60)
    assert world.limits == {1: 32, 2: 0}
    assert world.phase_a(1) == 92


def test_room_is_made_down_to_where_the_zone_is_green_again() -> None:
    """S275, S121: with a band of 20 A yellow ends at 60 A, not at 80 A.

    1 at its first step would leave 64 A: room for 2, which may yet not start in yellow.
    """
    world = World(
        config(station(1), station(2), maximum=100, charging=80, hysteresis_percent=20),
        base=40,
    )
    world.plug(1)
    world.run(60)
    world.load(50)  # 82 A
    world.run(10)
    world.load(40)
    world.plug(2)
    world.run(5)
    assert limits_a(world, ReasonKind.REDUCED_TO_MAKE_ROOM) == [(1, "24"), (1, "16")]
    world.run(60)
    assert world.limits == {1: 16, 2: 24}


def test_in_green_a_band_asks_for_no_more_room_than_is_needed() -> None:
    """S121: it counts on the way down only; 1 at its first step leaves 16 A for 2."""
    world = World(
        config(station(1), station(2), maximum=100, charging=80, hysteresis_percent=20),
        base=40,
    )
    world.plug(1)
    world.run(60)
    world.plug(2)
    world.run(60)
    assert world.limits == {1: 24, 2: 16}


def test_of_two_at_their_minimum_the_hard_limit_stops_who_ignores_his() -> None:
    """Q15: 1 was plugged in first, but 2 draws 32 A instead of 6 A."""
    world = World(config(station(1), station(2), maximum=100, charging=90), base=20)
    for number in (1, 2):
        world.plug(number)
    world.run(60)
    world.load(88)
    world.run(120)
    assert world.limits == {1: 6, 2: 6}
    assert world.phase_a(1) == 100
    car = world.plugs[2].car
    assert car is not None
    car.obeys = False
    world.run(120)
    assert world.limits == {1: 6, 2: 0}
    assert world.state.hard_stops == 1


@pytest.mark.parametrize("sharing", list(Sharing))
def test_nobody_starts_on_what_another_has_not_let_go_yet(sharing: Sharing) -> None:
    """2 is started when 1 draws less, not when it is told to: 40 A are never passed."""
    world = World(
        config(station(1), station(2), maximum=40, charging=40, sharing=sharing)
    )
    world.plug(1)
    world.run(60)
    world.plug(2)
    seen = []
    for _ in range(60 // PERIOD_S):
        event = world.period()
        seen += [
            world.drawn[1] + command.limit_a
            for command in event.commands
            if command.action is Action.START and command.station_id == 2
        ]
        assert world.phase_a(1) <= 40
    (promised,) = seen
    assert promised <= 40
