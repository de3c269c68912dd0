"""Switches in front of circuits: what flows, what is lost, and the past."""

from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from simulator.building import Building, Circuit, CircuitSpec
from simulator.feed import Feed
from simulator.switchgear import Breaker, BreakerState, Switch

from .places import NOON

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


@pytest.fixture
def building() -> Building:
    return Building(
        seed=3,
        zone=ZoneInfo("Europe/Paris"),
        installed=date(2026, 11, 1),
        circuits=[CircuitSpec(name="pump", profile="standby", rated=2000)],
    )


@pytest.fixture
def pump(building: Building) -> Circuit:
    return building.circuits["pump"]


def test_nothing_flows_behind_an_open_switch(pump: Circuit) -> None:
    pump.flow.cut("Q1", NOON)

    at_noon = pump.curve.total(NOON)
    assert pump.flow.rate(NOON) == 0
    assert pump.flow.total(NOON + HOUR) == at_noon
    # Before, everything was as ever; the curve never hears of it.
    assert pump.flow.total(NOON - HOUR) == pump.curve.total(NOON - HOUR)
    assert pump.curve.rate(NOON + HOUR) > 0


def test_what_was_lost_does_not_come_back(pump: Circuit) -> None:
    pump.flow.cut("Q1", NOON)
    pump.flow.restore("Q1", NOON + HOUR)
    later = NOON + 3 * HOUR

    lost = pump.curve.total(NOON + HOUR) - pump.curve.total(NOON)
    assert pump.flow.rate(later) == pump.curve.rate(later)
    assert pump.flow.total(later) == pump.curve.total(later) - lost


def test_switches_in_series_must_all_be_closed(pump: Circuit) -> None:
    pump.flow.cut("Q1", NOON)
    pump.flow.cut("main", NOON + 5 * MINUTE)
    pump.flow.restore("Q1", NOON + 10 * MINUTE)
    assert pump.flow.rate(NOON + 11 * MINUTE) == 0

    pump.flow.restore("main", NOON + 15 * MINUTE)
    assert pump.flow.rate(NOON + 16 * MINUTE) > 0


def test_totals_never_fall_and_slots_agree(building: Building, pump: Circuit) -> None:
    for number, minutes in enumerate((7, 13, 55, 61, 140, 500)):
        change = pump.flow.restore if number % 2 else pump.flow.cut
        change("Q1", NOON + minutes * MINUTE)
    instants = [NOON + 3 * k * MINUTE for k in range(200)]
    totals = [pump.flow.total(instant) for instant in instants]
    day = building.calendar.holding(NOON)
    edges = [day.start + slot * 10 * MINUTE for slot in range(145)]

    assert all(before <= after for before, after in pairwise(totals))
    assert pump.flow.slot_totals(day) == [pump.flow.total(edge) for edge in edges]


def test_a_meter_sees_the_interruption_and_history_does_not(
    building: Building, pump: Circuit
) -> None:
    feed = Feed(building, [pump])
    pump.flow.cut("Q1", NOON)
    later = NOON + HOUR

    assert feed.total(later) == pump.curve.total(NOON)
    assert feed.undisturbed.total(later) == pump.curve.total(later)


@pytest.fixture
def breaker(pump: Circuit) -> Breaker:
    def current_a(instant: datetime) -> float:
        return pump.flow.rate(instant) / 230

    return Breaker(Switch("Q1", [pump]), rated_current_a=63, current_a=current_a)


def test_a_breaker_begins_closed_and_has_never_moved(breaker: Breaker) -> None:
    assert breaker.state is BreakerState.CLOSED
    assert (breaker.trips, breaker.operations) == (0, 0)
    assert (breaker.trip_cause, breaker.trip_current_a) == ("none", 0)


def test_a_trip_is_remembered_until_it_is_reset(
    breaker: Breaker, pump: Circuit
) -> None:
    before = pump.flow.rate(NOON)
    breaker.trip(NOON, "residual_current")

    assert breaker.state is BreakerState.TRIPPED
    assert breaker.trip_cause == "residual_current"
    assert breaker.trip_current_a == before / 230 > 0
    assert (breaker.trips, breaker.operations) == (1, 1)
    assert pump.flow.rate(NOON) == 0
    breaker.open(NOON)
    assert breaker.state is BreakerState.TRIPPED

    breaker.reset()
    assert breaker.state is BreakerState.OPEN
    assert breaker.trip_cause == "none"
    breaker.close(NOON + MINUTE)
    assert breaker.state is BreakerState.CLOSED
    assert (breaker.trips, breaker.operations) == (1, 2)
    assert pump.flow.rate(NOON + MINUTE) > 0


def test_a_trip_can_name_its_current(breaker: Breaker) -> None:
    breaker.trip(NOON, "instantaneous", 4200.5)

    assert breaker.trip_current_a == 4200.5


def test_orders_repeated_move_nothing(breaker: Breaker) -> None:
    breaker.close(NOON)
    breaker.open(NOON)
    breaker.open(NOON + MINUTE)

    assert breaker.state is BreakerState.OPEN
    assert breaker.operations == 1


def test_an_open_breaker_cannot_trip(breaker: Breaker) -> None:
    breaker.open(NOON)

    with pytest.raises(ValueError, match="open cannot trip"):
        breaker.trip(NOON, "test")


def test_a_breaker_trips_for_a_known_cause_only(breaker: Breaker) -> None:
    with pytest.raises(ValueError, match="'boredom' is none of long_delay"):
        breaker.trip(NOON, "boredom")
