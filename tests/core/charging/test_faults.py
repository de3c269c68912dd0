"""Faults are normal: what each leads to, and the event that says so."""

from copy import replace
from datetime import timedelta
import json

import pytest

from custom_components.legrand_ews.ews.charging import (
    Action,
    Fallback,
    ReasonKind,
    Request,
    Sharing,
    State,
    Zone,
    decode_state,
    encode_state,
)

from .world import World, config, station

HOUR = 3600


def charging(**more: object) -> World:
    """Two stations at 32 A beside 20 A of other loads; limits 100 and 90 A."""
    world = World(
        config(station(1), station(2), maximum=100, charging=90, **more), base=20
    )
    world.plug(1)
    world.plug(2)
    world.run(60)
    assert world.drawn == {1: 32, 2: 32}
    return world


class TestMeterSilent:
    """Q33."""

    def test_at_first_nothing_changes_but_nobody_starts(self) -> None:
        world = charging()
        world.unplug(2)
        world.run(30)
        world.is_meter_silent = True
        world.run(25)
        world.plug(2)
        world.run(25)
        assert world.limits == {1: 32, 2: 0}

    def test_then_every_process_gets_its_fallback(self) -> None:
        world = charging()
        world.is_meter_silent = True
        world.run(60)
        assert world.limits == {1: 32, 2: 32}
        world.run(5)
        assert world.limits == {1: 16, 2: 16}
        assert world.kinds(ReasonKind.METER_LOST) == [(ReasonKind.METER_LOST, None)]
        assert world.kinds(ReasonKind.FALLBACK) == [
            (ReasonKind.FALLBACK, 1),
            (ReasonKind.FALLBACK, 2),
        ]

    @pytest.mark.parametrize(
        ("last_resort", "limit"), [(Fallback.MINIMUM, 6), (Fallback.PAUSE, 0)]
    )
    def test_after_long_the_last_resort(
        self, last_resort: Fallback, limit: int
    ) -> None:
        world = charging(last_resort=last_resort)
        world.is_meter_silent = True
        world.run(900)
        assert world.limits == {1: 16, 2: 16}
        world.run(10)
        assert world.limits == {1: limit, 2: limit}

    def test_it_recovers_by_itself(self) -> None:
        world = charging()
        world.is_meter_silent = True
        world.run(HOUR)
        world.is_meter_silent = False
        world.run(180)
        assert world.limits == {1: 32, 2: 32}
        assert world.kinds(ReasonKind.METER_BACK) == [(ReasonKind.METER_BACK, None)]

    def test_a_meter_never_heard_lets_nobody_start(self) -> None:
        world = World(config(station(1), maximum=100, charging=90))
        world.is_meter_silent = True
        world.plug(1)
        world.run(HOUR)
        assert world.limits == {1: 0}


class TestStationSilent:
    def test_it_is_expected_to_draw_its_limit(self) -> None:
        """1 sleeps at 32 A and falls silent: what it may draw is kept for it."""
        world = World(config(station(1), station(2), maximum=100, charging=50), base=0)
        car = world.plug(1)
        world.run(60)
        car.is_awake = False
        world.plugs[1].is_silent = True
        world.run(90)
        assert world.kinds(ReasonKind.STATION_LOST) == [(ReasonKind.STATION_LOST, 1)]
        world.plug(2)
        world.run(300)
        # 50 A less 32 A hold a second step of 16 A.
        assert world.limits == {1: 32, 2: 16}

    def test_its_session_goes_on_when_it_is_back(self) -> None:
        world = charging()
        world.plugs[1].is_silent = True
        world.run(300)
        world.plugs[1].is_silent = False
        world.run(30)
        assert world.kinds(ReasonKind.STATION_BACK) == [(ReasonKind.STATION_BACK, 1)]
        assert len(world.kinds(ReasonKind.SESSION_BEGAN)) == 2
        assert world.limits == {1: 32, 2: 32}

    def test_silence_is_not_counted_as_charge(self) -> None:
        world = charging()
        before = world.state.stations[1].session
        world.plugs[1].is_silent = True
        world.run(HOUR)
        after = world.state.stations[1].session
        assert before is not None
        assert after is not None
        # At most while the last value was still fresh: 20 s and one period of 32 A.
        assert after.charge_ah - before.charge_ah <= 32 * 25 / HOUR

    def test_the_others_make_up_for_it_in_red(self) -> None:
        world = charging()
        world.plugs[1].is_silent = True
        world.run(30)
        world.load(52)  # 116 A
        world.run(60)
        assert world.limits == {1: 32, 2: 16}
        assert world.phase_a(1) == 100


class TestNoStations:
    @pytest.mark.parametrize("way", list(Sharing))
    def test_a_building_without_any_has_zones_all_the_same(self, way: Sharing) -> None:
        world = World(config(maximum=40, charging=30, sharing=way), base=20)
        world.run(60)
        assert world.state.worst_zone is Zone.GREEN
        world.load({1: 50, 2: 20, 3: 20})
        world.run(120)
        assert world.state.worst_zone is Zone.RED
        assert world.commands() == []


class TestRestart:
    def test_in_red_it_goes_on_where_it_was(self) -> None:
        world = charging(guaranteed_ah=0)
        world.load(92)
        world.run(10)
        assert world.state.worst_zone is Zone.RED
        before = world.limits
        world.restart(after_s=300)
        world.run(30)
        assert world.limits == before == {1: 0, 2: 0}
        assert world.state.queue == [1, 2]

    def test_quantities_and_order_outlive_it(self) -> None:
        world = charging()
        world.run(HOUR // 4)
        before = world.state.stations[1].session
        world.restart(after_s=120)
        world.run(5)
        after = world.state.stations[1].session
        assert before is not None
        assert after is not None
        assert after.charge_uas >= before.charge_uas
        assert after.connected_ms == before.connected_ms

    def test_being_away_is_no_fallback(self) -> None:
        world = charging()
        world.restart(after_s=1200)
        world.run(60)
        assert world.limits == {1: 32, 2: 32}
        assert ReasonKind.FALLBACK not in [kind for kind, _ in world.kinds()]

    def test_without_a_state_those_that_charge_go_on(self) -> None:
        world = charging()
        world.state = State()
        world.run(60)
        assert world.limits == {1: 32, 2: 32}
        assert (1, Action.STOP, 0) not in world.commands()

    def test_a_state_that_cannot_be_read_is_none(self) -> None:
        good = encode_state(charging().state)
        assert decode_state(good) != State()
        for wrong in (
            None,
            [],
            {},
            good | {"version": 99},
            good | {"at": "yesterday"},
            good | {"at": "2026-03-02T08:00:00"},
            good | {"clock_ms": "1"},
            good | {"stations": [{"id": 1}]},
            good | {"meters": {}},
        ):
            assert decode_state(wrong) == State()

    def test_a_state_stored_before_cars_were_measured_is_kept(self) -> None:
        """Nothing was known then of how much of its limit a car takes: all of it."""
        state = charging().state
        stored = json.loads(json.dumps(encode_state(state)))
        for row in stored["stations"]:
            row["session"]["uses_permille"] = 950
        measured = decode_state(stored)
        for row in stored["stations"]:
            del row["session"]["uses_permille"]
        kept = decode_state(stored)
        assert list(kept.stations) == [1, 2]
        for number, known in measured.stations.items():
            assert known.session is not None
            assert known.session.uses_permille == 950
            session = replace(known.session, uses_permille=1000)
            assert kept.stations[number] == replace(known, session=session)


class TestClock:
    @pytest.mark.parametrize("hours", [-1, 1, -24 * 365])
    def test_setting_it_changes_no_limit(self, hours: int) -> None:
        world = charging()
        before = len(world.commands())
        world.clock_offset = timedelta(hours=hours)
        world.run(600)
        assert world.limits == {1: 32, 2: 32}
        assert len(world.commands()) == before
        assert world.kinds(ReasonKind.CLOCK_STEPPED) == [
            (ReasonKind.CLOCK_STEPPED, None)
        ]

    def test_setting_it_adds_nothing_to_a_quantity(self) -> None:
        world = charging()
        before = world.state.stations[1].session
        world.clock_offset = timedelta(hours=2)
        world.run(5)
        after = world.state.stations[1].session
        assert before is not None
        assert after is not None
        # Fifteen seconds are counted between two steps at most.
        assert after.charge_ah - before.charge_ah <= 32 * 15 / HOUR

    def test_readings_with_the_old_time_cause_no_fallback(self) -> None:
        """The clock is set between reading and deciding."""
        world = charging()
        world.is_meter_silent = True
        world.clock_offset = timedelta(hours=1)
        world.run(5)
        world.is_meter_silent = False
        world.run(60)
        assert world.kinds(ReasonKind.METER_LOST) == []


class TestRefusedCommand:
    def test_a_refused_start_leaves_it_waiting_and_others_start(self) -> None:
        world = World(config(station(1), station(2), maximum=60, charging=40))
        world.plugs[1].refuses = True
        world.plug(1)
        world.plug(2)
        world.run(30)
        assert world.limits == {1: 0, 2: 32}
        assert ReasonKind.COMMAND_REFUSED in [kind for kind, _ in world.kinds()]
        assert world.state.queue == [1]

    def test_a_refused_reduction_is_made_by_another(self) -> None:
        world = charging()
        world.plugs[1].refuses = True
        world.load(40)  # 104 A
        world.run(60)
        assert world.limits == {1: 32, 2: 24}
        assert world.phase_a(1) == 96

    def test_it_is_asked_again_and_then_obeys(self) -> None:
        world = World(config(station(1), maximum=60, charging=40))
        world.plugs[1].refuses = True
        world.plug(1)
        world.run(60)
        world.plugs[1].refuses = False
        world.run(60)
        assert world.limits == {1: 32}

    @pytest.mark.parametrize("sharing", list(Sharing))
    def test_it_is_asked_again_after_many_refusals(self, sharing: Sharing) -> None:
        world = World(config(station(1), maximum=60, charging=40, sharing=sharing))
        world.plugs[1].refuses = True
        world.plug(1)
        world.run(HOUR)
        world.plugs[1].refuses = False
        world.run(420)
        assert world.limits == {1: 32}

    @pytest.mark.parametrize("sharing", list(Sharing))
    def test_a_refusal_that_is_told_late_counts_as_well(self, sharing: Sharing) -> None:
        """Orders are carried out while steps go on."""
        world = World(config(station(1), maximum=60, charging=40, sharing=sharing))
        world.answers_after = 4
        world.plugs[1].refuses = True
        world.plug(1)
        world.run(60)
        assert ReasonKind.COMMAND_REFUSED in [kind for kind, _ in world.kinds()]
        world.plugs[1].refuses = False
        world.run(120)
        assert world.limits == {1: 32}

    def test_an_increase_that_was_withheld_is_given_again_at_once(self) -> None:
        world = World(config(station(1), maximum=60, charging=40))
        world.plug(1)
        world.plugs[1].refuses = True
        event = world.period()
        assert [command.action for command in event.commands] == [Action.START]
        world.refused = frozenset()
        world.withheld = frozenset({1})
        world.plugs[1].refuses = False
        event = world.period()
        assert [command.action for command in event.commands] == [Action.START]
        assert world.kinds(ReasonKind.COMMAND_REFUSED) == []

    def test_it_is_asked_ever_more_rarely(self) -> None:
        world = World(config(station(1), maximum=60, charging=40))
        world.plugs[1].refuses = True
        world.plug(1)
        world.run(HOUR)
        # 10 + 20 + 40 + 80 + 160 s, then every 320 s and a period.
        assert len(world.commands()) <= 6 + (HOUR - 310) // 320 + 1


class TestStationOfItsOwnMind:
    def test_a_car_that_ignores_its_limit_is_told_and_others_make_up(self) -> None:
        world = charging()
        car = world.plugs[1].car
        assert car is not None
        car.obeys = False
        world.load(40)  # 104 A
        world.run(5)
        assert world.limits == {1: 24, 2: 32}
        world.run(60)
        assert world.kinds(ReasonKind.LIMIT_IGNORED) == [(ReasonKind.LIMIT_IGNORED, 1)]
        assert world.limits == {1: 24, 2: 24}
        assert world.phase_a(1) == 96

    def test_the_hard_limit_stops_it_first(self) -> None:
        world = charging()
        car = world.plugs[2].car
        assert car is not None
        car.obeys = False
        world.load(66)
        world.run(150)
        assert world.limits[2] == 0
        assert world.limits[1] >= 6
        # It is not let in again where only another, obedient car would fit.
        world.run(HOUR)
        assert world.state.hard_stops == 1
        assert world.phase_a(1) <= 100

    def test_a_station_that_forgot_its_limit_is_told_again(self) -> None:
        world = World(config(station(1), maximum=60, charging=40), base=20)
        world.plug(1)
        world.run(60)
        assert world.limits == {1: 16}
        world.plugs[1].limit_a = 32
        world.plugs[1].orders.append((world.second, 32))
        world.run(60)
        assert world.limits == {1: 16}
        assert ReasonKind.COMMAND_REPEATED in [kind for kind, _ in world.kinds()]

    def test_a_station_that_starts_by_itself_outside_green_is_stopped(self) -> None:
        world = World(config(station(1), maximum=60, charging=40), base=50)
        world.run(10)
        world.plug(1)
        world.plugs[1].limit_a = 32
        world.plugs[1].orders.append((world.second - 10, 32))
        world.run(10)
        assert world.limits == {1: 0}
        assert world.kinds(ReasonKind.OWN_START_STOPPED) == [
            (ReasonKind.OWN_START_STOPPED, 1)
        ]

    def test_a_sleeping_car_keeps_its_share_only_for_a_while(self) -> None:
        world = World(config(station(1), station(2), maximum=60, charging=40))
        world.plug(1, is_awake=False)
        world.run(10)
        world.plug(2)
        world.run(100)
        assert world.limits == {1: 32, 2: 0}
        world.run(60)
        assert world.limits[2] >= 16


class TestHardLimit:
    """Q15."""

    def test_it_reduces_to_the_minimum_before_it_stops(self) -> None:
        world = charging()
        world.load(86)  # 86 + 2 x 6 = 98 A
        world.run(60)
        assert world.limits == {1: 16, 2: 16}
        world.run(30)
        assert world.limits == {1: 6, 2: 6}
        assert world.state.hard_stops == 0

    def test_it_stops_before_the_guarantee_and_counts(self) -> None:
        world = charging()
        world.load(96)
        world.run(120)
        assert world.limits == {1: 0, 2: 0}
        assert world.state.hard_stops == 2
        assert world.phase_a(1) == 96

    def test_switched_off_it_leaves_the_guarantee(self) -> None:
        world = charging(has_hard_limit=False)
        world.load(96)
        world.run(600)
        assert world.limits == {1: 16, 2: 16}


class TestBounds:
    def test_a_bound_of_a_station_holds_at_once_and_is_given_back(self) -> None:
        world = charging()
        world.caps_a = {1: 10}
        world.run(5)
        assert world.limits == {1: 10, 2: 32}
        world.caps_a = {}
        world.run(60)
        assert world.limits == {1: 32, 2: 32}

    def test_a_bound_below_the_minimum_means_not_now(self) -> None:
        world = charging()
        world.caps_a = {1: 5}
        world.run(5)
        assert world.limits == {1: 0, 2: 32}
        world.caps_a = {}
        world.run(60)
        assert world.limits == {1: 32, 2: 32}

    def test_a_grid_operator_lowers_the_limit(self) -> None:
        world = charging()
        world.external_a = 60
        world.run(60)
        assert world.phase_a(1) <= 60

    def test_waiting_by_the_user_is_kept_over_a_restart(self) -> None:
        world = charging()
        world.ask(1, Request.WAIT)
        world.run(5)
        world.restart()
        world.run(300)
        assert world.limits == {1: 0, 2: 32}
