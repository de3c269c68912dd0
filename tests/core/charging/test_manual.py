"""Each sentence of 7.16.5 and 8.3 of the manual, as a course of events."""

import pytest

from custom_components.legrand_ews.ews.charging import (
    Action,
    Progress,
    ReasonKind,
    Request,
    Zone,
)

from .world import World, config, station

HOUR = 3600


def zones(world: World) -> list[Zone]:
    return [line.zone for line in world.state.lines.values()]


@pytest.mark.parametrize(
    ("load", "zone"),
    [
        (0, Zone.GREEN),
        (230, Zone.GREEN),
        (231, Zone.YELLOW),
        (250, Zone.YELLOW),
        (251, Zone.RED),
    ],
)
def test_the_two_limits_divide_the_zones(load: int, zone: Zone) -> None:
    """S119, S120, Q28: at a threshold the lower zone holds; the manual's 250 and 230 A."""
    world = World(config(maximum=250, charging=230), base=load).run(5)
    assert zones(world) == [zone] * 3


def test_each_phase_has_its_zone_and_the_worst_is_told() -> None:
    world = World(config(maximum=250, charging=230), base={1: 100, 2: 240, 3: 260})
    world.run(5)
    assert zones(world) == [Zone.GREEN, Zone.YELLOW, Zone.RED]
    assert world.state.worst_zone is Zone.RED


@pytest.mark.parametrize(
    ("percent", "course", "zone"),
    [
        (0, [251, 250], Zone.YELLOW),
        (0, [231, 230], Zone.GREEN),
        (4, [251, 241], Zone.RED),
        (4, [251, 240], Zone.YELLOW),
        (4, [231, 221], Zone.YELLOW),
        (4, [231, 220], Zone.GREEN),
        (4, [251, 220], Zone.GREEN),
        (4, [229, 231], Zone.YELLOW),
    ],
)
def test_variations_within_the_hysteresis_are_ignored(
    percent: int, course: list[int], zone: Zone
) -> None:
    """S121, Q13: a band in % of the maximum, on the way down only; 4 % are 10 A."""
    world = World(config(maximum=250, charging=230, hysteresis_percent=percent))
    for load in course:
        world.load(load)
        world.run(5)
    assert zones(world) == [zone] * 3


def test_green_authorises_each_new_request() -> None:
    """S274."""
    stations = [station(number) for number in (1, 2, 3)]
    world = World(config(*stations, maximum=250, charging=230), base=100)
    for number in (1, 2, 3):
        world.plug(number)
    world.run(60)
    assert world.limits == {1: 32, 2: 32, 3: 32}


def test_green_lets_all_processes_continue() -> None:
    """S274: nothing is ordered while nothing changes."""
    world = World(config(station(1), maximum=250, charging=230), base=100)
    world.plug(1)
    world.run(60)
    before = len(world.commands())
    world.run(HOUR)
    assert len(world.commands()) == before


def test_yellow_lets_processes_continue() -> None:
    """S275: without a request nothing is reduced in yellow."""
    world = World(config(station(1), maximum=100, charging=80), base=40)
    world.plug(1)
    world.run(60)
    world.load(60)
    world.run(HOUR // 4)
    assert world.state.worst_zone is Zone.YELLOW
    assert world.limits == {1: 32}


def test_yellow_authorises_no_new_request_until_green() -> None:
    """S275."""
    world = World(config(station(1), maximum=100, charging=80), base=90)
    world.plug(1)
    world.run(600)
    assert world.limits == {1: 0}
    assert world.state.queue == [1]
    world.load(40)
    world.run(5)
    assert world.limits == {1: 32}


def test_yellow_reduces_processes_so_that_a_waiting_one_can_start() -> None:
    """S275: 2 waits in yellow; 1 goes to its second step, then 2 starts."""
    world = World(config(station(1), station(2), maximum=100, charging=80), base=40)
    world.plug(1)
    world.run(60)
    world.load(50)  # 82 A: yellow
    world.plug(2)
    world.run(60)
    # 80 A less 50 A of other loads do not hold two processes at 16 A.
    assert world.limits == {1: 32, 2: 0}
    world.load(48)  # 80 A: green; with both at step 2 it is just enough
    world.run(60)
    assert world.limits == {1: 16, 2: 16}
    assert world.kinds(ReasonKind.REDUCED_TO_MAKE_ROOM)[-1][1] == 1


def test_a_reduction_that_lets_nobody_in_is_not_made() -> None:
    """S275: it is made so that the waiting request can start, or not at all."""
    world = World(config(station(1), station(2), maximum=100, charging=80), base=60)
    world.plug(1, highest_a=16)
    world.run(120)
    world.plug(2)
    world.run(600)
    assert world.limits == {1: 16, 2: 0}


def test_yellow_reduces_only_processes_of_the_phase_that_is_waited_for() -> None:
    """Q28: 3 waits on L1; of 1 on L1 and 2 on L2 only 1 is reduced."""
    stations = [
        station(1, phases=(1,)),
        station(2, phases=(2,)),
        station(3, phases=(1,)),
    ]
    world = World(config(*stations, maximum=60, charging=48), base={1: 15, 2: 15, 3: 0})
    world.plug(1, conductors=1)
    world.plug(2, conductors=1)
    world.run(60)
    world.load({1: 16, 2: 18, 3: 0})
    world.plug(3, conductors=1)
    world.run(120)
    assert world.limits == {1: 16, 2: 32, 3: 16}


def test_red_authorises_no_new_request() -> None:
    """S276."""
    world = World(config(station(1), maximum=100, charging=80), base=101)
    world.plug(1)
    world.run(600)
    assert world.limits == {1: 0}


def test_red_reduces_to_the_first_step_where_that_is_enough() -> None:
    """S276, S122: 75 % of 32 A are 24 A; the one connected longest goes first."""
    world = World(config(station(1), station(2), maximum=100, charging=80), base=10)
    world.plug(1)
    world.run(30)
    world.plug(2)
    world.run(60)
    world.load(40)  # 104 A
    world.run(5)
    assert world.limits == {1: 24, 2: 32}


def test_red_brings_all_to_the_first_step_before_any_goes_to_the_second() -> None:
    """S276, Q28: 122 A less 2 x 8 A is not enough, less another 8 A is."""
    world = World(config(station(1), station(2), maximum=100, charging=80), base=10)
    world.plug(1)
    world.run(30)
    world.plug(2)
    world.run(60)
    world.load(58)
    world.run(5)
    order = [
        (reason.station_id, dict(reason.values)["limit_a"])
        for reason in world.events[-1].reasons
        if reason.kind is ReasonKind.REDUCED_IN_RED
    ]
    assert order == [(1, "24"), (2, "24"), (1, "16")]
    assert world.limits == {1: 16, 2: 24}


def test_red_does_not_reduce_again_what_a_slow_car_has_yet_to_follow() -> None:
    world = World(config(station(1), maximum=100, charging=80), base=40)
    world.plug(1)
    world.run(60)
    world.load(70)  # 102 A; step 1 leaves 94 A
    world.run(10)
    assert world.drawn == {1: 32}
    assert world.limits == {1: 24}
    world.run(60)
    assert world.limits == {1: 24}


def test_red_reduces_only_processes_on_the_red_phase() -> None:
    """Q28."""
    stations = [station(1, phases=(1,)), station(2, phases=(2,))]
    world = World(config(*stations, maximum=60, charging=40))
    world.plug(1, conductors=1)
    world.plug(2, conductors=1)
    world.run(60)
    world.load({1: 0, 2: 40, 3: 0})
    world.run(60)
    assert world.limits == {1: 32, 2: 16}


def charged(*, guaranteed: int = 1, **more: object) -> World:
    """Three stations at 32 A, connected in the order 2, 1, 3, each 30 s apart."""
    stations = [station(number) for number in (1, 2, 3)]
    world = World(
        config(
            *stations,
            maximum=150,
            charging=130,
            guaranteed_ah=guaranteed,
            has_hard_limit=False,
            **more,
        ),
        base=10,
    )
    for number in (2, 1, 3):
        world.plug(number)
        world.run(30)
    world.run(HOUR // 4)
    assert world.limits == {1: 32, 2: 32, 3: 32}
    return world


def stopped(world: World) -> list[int | None]:
    return [number for _, number in world.kinds(ReasonKind.STOPPED_IN_RED)]


def test_red_stops_one_by_one_the_longest_connected_first() -> None:
    """S276: all at step 2 are 48 A; 130 A of other loads leave 20 A."""
    world = charged()
    world.load(130)
    world.run(5)
    assert world.limits == {1: 16, 2: 0, 3: 16}
    world.run(5)
    assert world.limits == {1: 0, 2: 0, 3: 16}
    world.run(60)
    assert stopped(world) == [2, 1]


def test_red_stops_no_process_before_its_guaranteed_quantity() -> None:
    """S276, S123: a new process is not stopped until it has received its quantity."""
    world = charged(guaranteed=32)
    world.load(140)
    world.run(600)
    assert world.limits == {1: 16, 2: 16, 3: 16}
    assert world.state.worst_zone is Zone.RED
    world.run(3 * HOUR)
    assert stopped(world) != []


def test_red_stops_priority_processes_last() -> None:
    """S276, Q30."""
    world = charged()
    world.ask(2, Request.PRIORITY)
    world.load(130)
    world.run(60)
    assert stopped(world) == [1, 3]


def test_red_stops_a_priority_process_when_no_normal_one_runs() -> None:
    """Q30."""
    world = charged()
    for number in (1, 2, 3):
        world.ask(number, Request.PRIORITY)
    world.load(130)
    world.run(60)
    assert stopped(world) == [2, 1]


def test_equal_processes_are_stopped_by_their_number() -> None:
    """S276: a tie goes to the lower device ID."""
    stations = [station(number, phases=(number,)) for number in (1, 2)]
    shared = [station(4), station(3)]
    world = World(
        config(*stations, *shared, maximum=100, charging=100, guaranteed_ah=0)
    )
    for number in (3, 4):
        world.plug(number)
    world.run(60)
    world.load(80)
    world.run(5)
    assert stopped(world) == [3]


def test_recovery_resumes_the_process_that_waits_longest() -> None:
    """S277: 2 was stopped before 1."""
    world = charged()
    world.load(130)
    world.run(120)
    world.load(80)
    world.run(300)
    assert [n for _, n in world.kinds(ReasonKind.RESUMED)] == [2, 1]


def test_recovery_resumes_priority_first() -> None:
    """Q29."""
    world = charged()
    world.load(130)
    world.run(120)
    world.ask(1, Request.PRIORITY)
    world.load(80)
    world.run(300)
    assert [n for _, n in world.kinds(ReasonKind.RESUMED)] == [1, 2]


def test_recovery_raises_the_process_first_reduced_when_nobody_waits() -> None:
    """S277: 2 and 1 were reduced in this order, and are raised in it, one a step."""
    world = charged()
    world.load(70)  # 166 A: two first steps
    world.run(60)
    assert world.limits == {1: 24, 2: 24, 3: 32}
    world.load(10)
    world.run(120)
    assert [n for _, n in world.kinds(ReasonKind.RAISED)] == [2, 1]
    assert world.limits == {1: 32, 2: 32, 3: 32}
    for event in world.events:
        raised = [r for r in event.reasons if r.kind is ReasonKind.RAISED]
        assert len(raised) <= 1


def test_recovery_raises_nothing_while_somebody_waits() -> None:
    """S277: resuming comes first, raising only otherwise."""
    world = charged()
    world.load(130)
    world.run(120)
    world.load(100)  # room for 14 A beside 16 A: nobody can be resumed
    world.run(600)
    assert world.limits == {1: 0, 2: 0, 3: 16}


def test_the_steps_are_of_the_rated_current_and_never_below_the_minimum() -> None:
    """S122, Q14: half of 20 A; half of 10 A is below what a Green'Up board stands."""
    stations = [
        station(1, rated=20),
        station(2, rated=10, minimum_a=7, is_greenup=True),
        station(3, rated=25),
    ]
    settings = config(*stations, maximum=100, charging=80)
    assert [settings.currents_a(spec) for spec in stations] == [
        (20, 15, 10, 6),
        (10, 7, 7, 7),
        (25, 18, 12, 6),
    ]


@pytest.mark.parametrize(
    ("rated", "phases", "hours"), [(32, (1, 2, 3), 1), (16, (1,), 2)]
)
def test_worked_figures_of_the_guaranteed_quantity(
    rated: int, phases: tuple[int, ...], hours: int
) -> None:
    """S278, Q16, Q32: 32 Ah in 1 h at 32 A in three phases, in 2 h at 16 A in one."""
    spec = station(1, rated=rated, phases=phases)
    world = World(config(spec, maximum=100, charging=80))
    world.plug(1, conductors=len(phases))
    # 10 s until the car begins, and the step that began it.
    world.run(15 + hours * HOUR - 5)
    assert world.kinds(ReasonKind.GUARANTEE_REACHED) == []
    world.run(5)
    assert world.kinds(ReasonKind.GUARANTEE_REACHED) == [
        (ReasonKind.GUARANTEE_REACHED, 1)
    ]


def test_off_means_that_stations_give_what_they_are_rated_for() -> None:
    """S124."""
    settings = config(station(1), station(2), maximum=60, charging=40, is_enabled=False)
    world = World(settings, base=50)
    world.plug(1)
    world.plug(2)
    world.run(60)
    assert world.limits == {1: 32, 2: 32}


def test_a_station_is_normal_or_priority_by_default() -> None:
    """S125: 2 asks later and starts first."""
    stations = [station(1), station(2, is_priority=True)]
    world = World(config(*stations, maximum=60, charging=40), base=30)
    world.plug(1)
    world.run(30)
    world.plug(2)
    world.run(30)
    assert world.state.queue == [2, 1]
    world.load(20)
    world.run(60)
    assert world.limits == {1: 0, 2: 16}


def test_a_user_lets_a_process_wait_and_start() -> None:
    """S186."""
    world = World(config(station(1), maximum=60, charging=40))
    world.plug(1)
    world.run(30)
    world.ask(1, Request.WAIT)
    world.run(600)
    assert world.limits == {1: 0}
    assert world.state.queue == []
    world.ask(1, Request.START)
    world.run(60)
    assert world.limits == {1: 32}
    assert [action for _, action, _ in world.commands()] == [
        Action.START,
        Action.STOP,
        Action.START,
    ]


def test_starting_by_hand_does_not_pass_the_limit() -> None:
    """S186 with S275: the request waits like any other."""
    world = World(config(station(1), maximum=60, charging=40), base=50)
    world.plug(1)
    world.run(30)
    world.ask(1, Request.WAIT)
    world.run(30)
    world.ask(1, Request.START)
    world.run(300)
    assert world.limits == {1: 0}
    assert world.state.queue == [1]


def test_settings_of_a_process_end_with_it() -> None:
    """S187, S188: the next vehicle finds the station's defaults."""
    world = World(config(station(1), maximum=60, charging=40))
    world.plug(1)
    world.run(30)
    world.ask(1, Request.PRIORITY)
    world.ask(1, Request.WAIT)
    world.run(30)
    first = world.state.stations[1].session
    assert first is not None
    assert first.is_priority
    assert first.setting.progress is Progress.HELD
    world.unplug(1)
    world.run(30)
    assert world.state.stations[1].session is None
    world.plug(1)
    world.run(30)
    second = world.state.stations[1].session
    assert second is not None
    assert not second.is_priority
    assert second.is_running


def test_the_state_of_a_charge_is_told_by_events() -> None:
    """S189: ready, waiting, charging, and ready again."""
    world = World(config(station(1), maximum=60, charging=40), base=50)
    world.plug(1)
    world.run(30)
    world.load(0)
    world.run(60)
    world.unplug(1)
    world.run(30)
    assert world.kinds(
        ReasonKind.SESSION_BEGAN, ReasonKind.STARTED, ReasonKind.SESSION_ENDED
    ) == [
        (ReasonKind.SESSION_BEGAN, 1),
        (ReasonKind.STARTED, 1),
        (ReasonKind.SESSION_ENDED, 1),
    ]


def test_an_empty_station_is_left_waiting_so_that_the_next_vehicle_asks() -> None:
    world = World(config(station(1), maximum=60, charging=40))
    world.plug(1)
    world.run(60)
    world.unplug(1)
    world.run(10)
    assert world.commands()[-1] == (1, Action.STOP, 0)


@pytest.mark.parametrize(
    ("base", "limit"), [(8, 32), (9, 24), (16, 24), (17, 16), (24, 16), (25, 0)]
)
def test_a_new_process_gets_the_best_step_that_fits(base: int, limit: int) -> None:
    """Q31: at or under the charging limit of 40 A; in green it waits otherwise."""
    world = World(config(station(1), maximum=60, charging=40), base=base)
    world.plug(1)
    world.run(60)
    assert world.limits == {1: limit}


def test_two_limits_may_be_equal() -> None:
    """S120, image 2: a feeder of stations only; there is no yellow."""
    world = World(config(station(1), station(2), maximum=48, charging=48))
    world.plug(1)
    world.run(60)
    world.plug(2)
    world.run(120)
    assert world.limits == {1: 32, 2: 16}
    assert set(zones(world)) == {Zone.GREEN}
