"""Fair sharing: evenly on shared lines, priority first, whole amperes, never below 6 A."""

from hypothesis import given, strategies as st
import pytest

from custom_components.legrand_ews.ews.charging import (
    Circuit,
    ReasonKind,
    Request,
    Sharing,
)
from custom_components.legrand_ews.ews.charging.sharing import Share, fill

from .world import PHASES, World, config, station


def fair(*stations: object, maximum: int, charging: int, **more: object) -> World:
    return World(
        config(
            *stations,  # type: ignore[arg-type]
            maximum=maximum,
            charging=charging,
            sharing=Sharing.FAIR,
            **more,
        )
    )


def test_two_cars_share_evenly() -> None:
    world = fair(station(1), station(2), maximum=60, charging=40)
    world.plug(1)
    world.run(60)
    assert world.limits == {1: 32, 2: 0}
    world.plug(2)
    world.run(240)
    assert world.limits == {1: 20, 2: 20}


def test_priority_is_served_first() -> None:
    world = fair(station(1), station(2, is_priority=True), maximum=60, charging=40)
    world.plug(1)
    world.plug(2)
    world.run(240)
    assert world.limits == {1: 8, 2: 32}


def test_a_phase_that_is_full_takes_nothing_from_the_others() -> None:
    """Exact per phase: other loads fill L1, the car on L2 charges in full."""
    stations = [station(1, phases=(1,)), station(2, phases=(2,))]
    world = fair(*stations, maximum=60, charging=40)
    world.load({1: 30, 2: 0, 3: 0})
    world.plug(1, conductors=1)
    world.plug(2, conductors=1)
    world.run(120)
    assert world.limits == {1: 10, 2: 32}


def test_a_car_that_takes_less_leaves_the_rest() -> None:
    """Two amperes more than it takes are kept for it, so that one sees when it would."""
    world = fair(station(1), station(2), maximum=60, charging=44)
    world.plug(1, highest_a=10)
    world.plug(2)
    world.run(300)
    assert world.limits == {1: 12, 2: 32}


def test_room_is_made_down_to_the_minimum_and_no_further() -> None:
    stations = [station(number) for number in (1, 2, 3)]
    world = fair(*stations, maximum=40, charging=18)
    for number in (1, 2, 3):
        world.plug(number)
    world.run(240)
    assert world.limits == {1: 6, 2: 6, 3: 6}


def test_who_has_his_quantity_gives_way_to_who_has_not() -> None:
    stations = [station(number) for number in (1, 2)]
    world = fair(*stations, maximum=40, charging=10, guaranteed_ah=1)
    world.plug(1)
    world.run(30)
    world.plug(2)
    world.run(300)
    assert world.limits == {1: 10, 2: 0}
    world.run(120)
    assert world.kinds(ReasonKind.GAVE_WAY) == [(ReasonKind.GAVE_WAY, 1)]
    assert world.limits == {1: 0, 2: 10}


def test_loads_of_the_building_are_given_way_at_once() -> None:
    world = fair(station(1), station(2), maximum=60, charging=50)
    world.plug(1)
    world.plug(2)
    world.run(240)
    assert world.limits == {1: 25, 2: 25}
    world.load(20)
    world.run(5)
    assert world.limits == {1: 15, 2: 15}


def test_in_red_nobody_is_stopped_who_can_have_less() -> None:
    """Both have their quantity; two steps would leave 77 A, two minima leave 57 A."""
    world = fair(station(1), station(2), maximum=60, charging=50, guaranteed_ah=0)
    world.plug(1)
    world.plug(2)
    world.run(240)
    world.load(45)
    world.run(5)
    assert world.limits == {1: 6, 2: 6}
    assert world.kinds(ReasonKind.REDUCED_IN_RED) == [
        (ReasonKind.REDUCED_IN_RED, 1),
        (ReasonKind.REDUCED_IN_RED, 2),
    ]
    world.run(600)
    assert world.limits == {1: 6, 2: 6}
    assert world.kinds(ReasonKind.STOPPED_IN_RED) == []


def test_many_vehicles_begin_in_turn() -> None:
    """64 a step: nobody waits for a minute."""
    stations = [station(number) for number in range(1, 101)]
    world = fair(*stations, maximum=5000, charging=5000)
    for number in world.plugs:
        world.plug(number)
    begun = []
    for _ in range(3):
        world.run(5)
        begun.append(sum(limit > 0 for limit in world.limits.values()))
    assert begun == [64, 100, 100]


@pytest.mark.parametrize("sharing", list(Sharing))
def test_a_feeder_has_a_limit_of_its_own(sharing: Sharing) -> None:
    """A feeder of 40 A for 1 and 2 inside 200 A; its load is the sum of its stations."""
    feeder = Circuit(id=1, maximum_a=40, charging_a=40)
    stations = [station(1, circuit_id=1), station(2, circuit_id=1), station(3)]
    settings = config(
        *stations, maximum=200, charging=180, feeders=(feeder,), sharing=sharing
    )
    world = World(settings)
    for number in (1, 2, 3):
        world.plug(number)
    world.run(300)
    assert world.limits[3] == 32
    assert 32 <= world.limits[1] + world.limits[2] <= 40
    assert min(world.limits.values()) >= 16


def test_a_feeder_inside_a_feeder() -> None:
    outer = Circuit(id=1, maximum_a=50, charging_a=50)
    inner = Circuit(id=2, maximum_a=20, charging_a=20, parent_id=1)
    stations = [
        station(1, circuit_id=2),
        station(2, circuit_id=2),
        station(3, circuit_id=1),
    ]
    world = fair(*stations, maximum=200, charging=180, feeders=(outer, inner))
    for number in (1, 2, 3):
        world.plug(number)
    world.run(400)
    assert world.limits == {1: 10, 2: 10, 3: 30}


def test_a_session_at_priority_gets_more_until_it_ends() -> None:
    world = fair(station(1), station(2), maximum=60, charging=40)
    world.plug(1)
    world.plug(2)
    world.run(240)
    world.ask(2, Request.PRIORITY)
    world.run(240)
    assert world.limits == {1: 8, 2: 32}


@st.composite
def shares(draw: st.DrawFn) -> list[Share]:
    return [
        Share(
            number=number,
            lines=draw(st.sampled_from([(0,), (1,), (2,), (0, 1, 2), (0, 3)])),
            given_a=0,
            most_a=draw(st.integers(0, 32)),
            tier=draw(st.integers(0, 1)),
        )
        for number in range(draw(st.integers(1, 8)))
    ]


@given(
    parts=shares(),
    room=st.fixed_dictionaries({line: st.integers(0, 90_000) for line in range(4)}),
)
def test_no_line_is_overfull_and_nothing_is_left_that_somebody_could_take(
    parts: list[Share], room: dict[int, int]
) -> None:
    fill(parts, room)
    left = dict(room)
    for share in parts:
        for line in share.lines:
            left[line] -= share.given_a * 1000
    assert min(left.values()) >= 0
    for share in parts:
        is_bounded = any(left[line] < 1000 for line in share.lines)
        assert share.given_a == share.most_a or is_bounded


def share(number: int, **more: object) -> Share:
    settings = {"lines": (0,), "given_a": 0, "most_a": 32} | more
    return Share(number=number, **settings)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("parts", "room_a", "given"),
    [
        # Twice the weight, twice the current.
        ([share(1, weight=2), share(2)], 30, [20, 10]),
        ([share(1, weight=2, most_a=16), share(2)], 30, [16, 14]),
        # What is given for certain stays, whatever the weight.
        ([share(1, weight=9), share(2, given_a=6)], 20, [20, 6]),
        ([share(1, weight=2), share(2, given_a=6)], 10, [10, 6]),
        ([share(1, weight=2), share(2, given_a=6)], 20, [17, 9]),
        # An ampere that cannot be divided stays with who has it, else the first.
        ([share(1), share(2)], 21, [11, 10]),
        ([share(1), share(2, held_a=11)], 21, [10, 11]),
        # Cars that take 95 % of what they may leave the rest to others.
        ([share(1, ampere_ma=950), share(2, ampere_ma=950)], 19, [10, 10]),
    ],
)
def test_shares_are_in_proportion_to_their_weights(
    parts: list[Share], room_a: int, given: list[int]
) -> None:
    fill(parts, {0: room_a * 1000})
    assert [part.given_a for part in parts] == given


@given(
    parts=shares(),
    room=st.fixed_dictionaries({line: st.integers(0, 90_000) for line in range(4)}),
)
def test_it_is_max_min_fair(parts: list[Share], room: dict[int, int]) -> None:
    """Who could take more is on a full line where nobody of his tier has more."""
    fill(parts, room)
    left = dict(room)
    for share in parts:
        for line in share.lines:
            left[line] -= share.given_a * 1000
    for share in parts:
        if share.given_a == share.most_a:
            continue
        assert any(
            left[line] < 1000
            and all(
                other.given_a <= share.given_a + 1
                for other in parts
                if line in other.lines and other.tier >= share.tier
            )
            for line in share.lines
        )


def test_a_car_on_one_conductor_loads_the_phase_it_sits_on() -> None:
    world = fair(station(1, phases=(2, 3, 1)), maximum=60, charging=40)
    world.plug(1, conductors=1)
    world.run(60)
    assert [world.phase_a(phase) for phase in PHASES] == [0, 32, 0]


def test_a_vehicle_begins_with_its_whole_share() -> None:
    world = fair(station(1), station(2), maximum=60, charging=40)
    world.plug(1)
    world.run(5)
    assert world.limits == {1: 32, 2: 0}


def test_one_ampere_is_taken_where_a_line_needs_it() -> None:
    """41 A on a line of 40 A: the one with the higher number gives it."""
    world = fair(station(1), station(2), maximum=60, charging=40)
    world.plug(1)
    world.plug(2)
    world.run(240)
    assert world.limits == {1: 20, 2: 20}
    world.load(1)
    world.run(5)
    assert sorted(world.limits.values()) == [19, 20]
    world.run(60)
    assert world.phase_a(1) == 40


def test_ups_and_downs_of_other_loads_move_nothing() -> None:
    """Shares rest on the highest of the last half minute at least: 60 A less 20 A."""
    world = fair(station(1), station(2), maximum=80, charging=60)
    world.load(20)
    world.plug(1)
    world.plug(2)
    world.run(240)
    assert world.limits == {1: 20, 2: 20}
    before = len(world.commands())
    for load in (10, 20) * 20:
        world.load(load)
        world.run(15)
    assert len(world.commands()) == before
    world.load(10)
    world.run(120)
    assert world.limits == {1: 25, 2: 25}


def test_as_many_give_way_as_are_needed_and_no_more() -> None:
    """19 A for three at 6 A; 4 cannot do with less than 10 A: two have to go.

    Those plugged in first, who all have their quantity. The rest is shared evenly.
    """
    stations = [station(number) for number in (1, 2, 3)]
    world = fair(
        *stations, station(4, minimum_a=10), maximum=40, charging=19, guaranteed_ah=1
    )
    for number in (1, 2, 3):
        world.plug(number)
        world.run(5)
    world.run(900)
    assert world.limits == {1: 7, 2: 6, 3: 6, 4: 0}
    world.plug(4)
    world.run(5)
    assert world.kinds(ReasonKind.GAVE_WAY) == [
        (ReasonKind.GAVE_WAY, 1),
        (ReasonKind.GAVE_WAY, 2),
    ]
    world.run(60)
    assert world.limits == {1: 0, 2: 0, 3: 9, 4: 10}


def test_a_car_that_sleeps_keeps_its_share_for_two_minutes_and_its_minimum_then() -> (
    None
):
    world = fair(station(1), station(2), maximum=60, charging=40)
    car = world.plug(1, is_awake=False)
    world.run(5)
    seen = []
    for _ in range(3):
        world.run(55)
        seen.append(world.limits[1])
    assert seen == [32, 32, 6]
    ordered = len(world.commands())
    world.run(600)
    assert len(world.commands()) == ordered
    car.is_awake = True
    world.run(60)
    assert world.limits == {1: 32, 2: 0}


@pytest.mark.parametrize(
    ("first", "second", "limits"),
    [
        (False, False, {1: 0, 2: 10}),
        (False, True, {1: 0, 2: 10}),
        (True, True, {1: 0, 2: 10}),
        (True, False, {1: 10, 2: 0}),
    ],
)
def test_with_its_quantity_priority_gives_way_to_priority_alone(
    first: bool, second: bool, limits: dict[int, int]
) -> None:
    """1 has its 1 Ah at 10 A after six minutes; 2 has nothing yet."""
    stations = [station(1, is_priority=first), station(2, is_priority=second)]
    world = fair(*stations, maximum=40, charging=10, guaranteed_ah=1)
    world.plug(1)
    world.run(420)
    assert world.limits == {1: 10, 2: 0}
    world.plug(2)
    world.run(120)
    assert world.limits == limits


def test_many_vehicles_are_raised_in_turn() -> None:
    """A grid operator lifts his limit: 64 of 100 in one step, the others in the next."""
    stations = [station(number) for number in range(1, 101)]
    world = fair(*stations, maximum=5000, charging=5000)
    world.external_a = 1000
    for number in world.plugs:
        world.plug(number)
    world.run(120)
    assert set(world.limits.values()) == {10}
    world.external_a = None
    raised = []
    for _ in range(3):
        world.run(5)
        raised.append(sum(limit > 10 for limit in world.limits.values()))
    assert raised == [64, 100, 100]


def test_on_one_conductor_a_car_keeps_its_share_while_it_changes() -> None:
    """1 has three phases and takes L1 only: with 2 on L1 each has half, by four orders."""
    world = fair(station(1), station(2, phases=(1,)), maximum=60, charging=40)
    world.plug(1, conductors=1)
    world.run(60)
    world.plug(2, conductors=1)
    for _ in range(60):
        world.run(5)
        assert world.phase_a(1) <= 40
    assert world.limits == {1: 20, 2: 20}
    assert [(n, limit) for n, _, limit in world.commands()] == [
        (1, 32),
        (1, 20),
        (2, 8),
        (2, 20),
    ]
