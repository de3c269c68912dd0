"""Charging stations: sessions, limits, accidents, energies."""

from collections.abc import Callable
import contextlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given, settings, strategies as st
import pytest

from simulator.building import Building, Circuit, CircuitSpec
from simulator.charging import Car, Plug, session_charge_ah, session_seconds
from simulator.curve import MICRO
from simulator.electricity import Electricity
from simulator.feed import Feed
from simulator.station import StationCurve, StationFlow

from .places import NOON

HOUR = timedelta(hours=1)
SUNDAY = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
"""Before any car of the timetable."""
LOWEST_V = 230 * 0.984


def building(**spec: object) -> Building:
    wallbox = {"name": "wallbox", "profile": "cars_at_home", "rated": 7360.0}
    return Building(
        seed=5,
        zone=ZoneInfo("Europe/Paris"),
        installed=date(2026, 1, 1),
        circuits=[CircuitSpec(**{**wallbox, "phase": 1, **spec})],  # type: ignore[arg-type]
    )


@pytest.fixture
def circuit() -> Circuit:
    return building(power_factor=0.98).circuits["wallbox"]


@pytest.fixture
def flow(circuit: Circuit) -> StationFlow:
    assert circuit.station is not None
    return circuit.station


def car(wanted_wh: int = 20_000, highest_a: int = 32, plug: Plug = Plug.EV) -> Car:
    return Car(plug=plug, highest_a=highest_a, wanted=wanted_wh * MICRO)


def states(flow: StationFlow, instant: datetime) -> tuple[str, str]:
    moment = flow.moment(instant)
    return moment.station_state, moment.charge_state


def test_a_free_station_is_available(flow: StationFlow) -> None:
    assert states(flow, SUNDAY) == ("available", "no_vehicle")
    assert flow.rate(SUNDAY) == 0
    assert flow.side.rated_a == 32


def test_a_car_charges_at_the_limit_and_is_full_in_the_end(flow: StationFlow) -> None:
    flow.plug_in(car(10_000), SUNDAY)
    watts = 32 * LOWEST_V * 0.98 * 0.99

    assert states(flow, SUNDAY) == ("busy", "charging")
    assert flow.rate(SUNDAY) == pytest.approx(watts, abs=1)
    # 9 kWh at full power, the last one at half of it.
    tapers = SUNDAY + timedelta(hours=9_000 / watts)
    full = tapers + timedelta(hours=1_000 / (watts / 2))
    assert flow.rate(tapers - timedelta(seconds=2)) == pytest.approx(watts, abs=1)
    assert flow.rate(tapers + timedelta(seconds=2)) == pytest.approx(watts / 2, abs=1)
    assert states(flow, full - timedelta(seconds=2)) == ("busy", "charging")
    later = full + timedelta(seconds=2)
    assert states(flow, later) == ("busy", "finished")
    assert flow.rate(later) == 0
    assert flow.delivered(later) == pytest.approx(10_000 * MICRO, abs=5)
    assert flow.total(later) - flow.total(SUNDAY) == flow.delivered(later)


def test_a_session_has_its_charge_and_duration(flow: StationFlow) -> None:
    flow.plug_in(car(2_254), SUNDAY)
    end = SUNDAY + 3 * HOUR
    moment = flow.moment(end)

    # 2254 Wh / (230 V x 0.98) = 10 Ah in the one phase.
    charge = session_charge_ah(flow.delivered(end), flow.side)
    assert charge == pytest.approx(10, abs=1e-6)
    assert moment.ended is not None
    seconds = (moment.ended - SUNDAY).total_seconds()
    assert session_seconds(moment, end) == seconds
    assert session_seconds(flow.moment(SUNDAY + timedelta(seconds=60)), SUNDAY) == 0
    flow.unplug(end)
    assert session_seconds(flow.moment(end), end) == 0
    assert states(flow, end) == ("available", "no_vehicle")


@pytest.mark.parametrize(
    ("limit_a", "visitor", "current_a"),
    [
        (32, car(), 32),
        (10, car(), 10),
        (7, car(), 7),
        (32, car(highest_a=16), 16),
        (10, car(highest_a=16), 10),
        (32, car(plug=Plug.DOMESTIC), 16),
    ],
)
def test_the_smallest_limit_counts(
    flow: StationFlow, limit_a: int, visitor: Car, current_a: int
) -> None:
    flow.set_limit(limit_a, SUNDAY)
    flow.plug_in(visitor, SUNDAY)

    assert flow.moment(SUNDAY).current_a == current_a


def test_a_car_may_ignore_its_limit_and_yet_not_the_permission(
    flow: StationFlow,
) -> None:
    obstinate = replace(car(highest_a=20), ignores_limit=True)
    flow.plug_in(obstinate, SUNDAY)
    flow.set_limit(7, SUNDAY)

    assert flow.moment(SUNDAY).current_a == 20
    flow.set_started(SUNDAY, is_started=False)
    assert flow.moment(SUNDAY).current_a == 0


@pytest.mark.parametrize("limit_a", [0, 1, 6, 33, -1])
def test_a_limit_that_the_board_cannot_keep_is_refused(
    flow: StationFlow, limit_a: int
) -> None:
    with pytest.raises(ValueError, match="7 to 32 A"):
        flow.set_limit(limit_a, SUNDAY)


type Change = Callable[[StationFlow, datetime], None]
CHANGES: dict[str, tuple[Change, Change, tuple[str, str]]] = {
    "told to wait": (
        lambda f, t: f.set_started(t, is_started=False),
        lambda f, t: f.set_started(t, is_started=True),
        ("waiting", "suspended"),
    ),
    "plug disabled": (
        lambda f, t: f.set_plug_enabled(Plug.EV, t, is_enabled=False),
        lambda f, t: f.set_plug_enabled(Plug.EV, t, is_enabled=True),
        ("waiting", "suspended"),
    ),
    "failed": (
        lambda f, t: f.set_error("ev_plug_overload", t),
        lambda f, t: f.set_error(None, t),
        ("fault", "fault"),
    ),
    "without mains": (
        lambda f, t: f.cut("Q1", t),
        lambda f, t: f.restore("Q1", t),
        ("fault", "fault"),
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_charge_is_interrupted_and_goes_on(flow: StationFlow, name: str) -> None:
    stop, go_on, expected = CHANGES[name]
    flow.plug_in(car(), SUNDAY)
    stop(flow, SUNDAY + HOUR)
    stopped = flow.delivered(SUNDAY + HOUR)

    assert states(flow, SUNDAY + 2 * HOUR) == expected
    assert flow.rate(SUNDAY + 2 * HOUR) == 0
    assert flow.delivered(SUNDAY + 2 * HOUR) == stopped > 0
    go_on(flow, SUNDAY + 3 * HOUR)
    assert states(flow, SUNDAY + 3 * HOUR) == ("busy", "charging")
    assert flow.delivered(SUNDAY + 4 * HOUR) > stopped


def test_without_permission_a_car_is_connected(flow: StationFlow) -> None:
    flow.set_started(SUNDAY, is_started=False)
    flow.plug_in(car(), SUNDAY)

    assert states(flow, SUNDAY) == ("busy", "connected")


def test_the_other_plug_may_be_disabled(flow: StationFlow) -> None:
    flow.set_plug_enabled(Plug.DOMESTIC, SUNDAY, is_enabled=False)
    flow.plug_in(car(), SUNDAY)

    assert states(flow, SUNDAY) == ("busy", "charging")


def test_one_car_at_a_time(flow: StationFlow) -> None:
    with pytest.raises(ValueError, match="no car"):
        flow.unplug(SUNDAY)
    flow.plug_in(car(), SUNDAY)
    with pytest.raises(ValueError, match="already"):
        flow.plug_in(car(), SUNDAY)


@pytest.mark.parametrize("visitor", [car(0), car(highest_a=6)])
def test_a_car_must_want_and_take_something(flow: StationFlow, visitor: Car) -> None:
    with pytest.raises(ValueError, match="wants energy"):
        flow.plug_in(visitor, SUNDAY)


def test_an_unknown_error_is_refused(flow: StationFlow) -> None:
    with pytest.raises(ValueError, match="'rust'"):
        flow.set_error("rust", SUNDAY)


@pytest.mark.parametrize("timetable", ["cars_at_home", "cars_at_work"])
def test_the_timetable_is_repeatable_and_adds_up(timetable: str) -> None:
    first, second = (building(profile=timetable).circuits["wallbox"] for _ in range(2))
    curve = first.curve
    assert isinstance(curve, StationCurve)
    day = curve.calendar.at(date(2026, 10, 20))
    charged = 0
    for _ in range(30):
        edges = curve.slot_totals(day)
        assert edges == second.curve.slot_totals(day)
        assert all(before <= after for before, after in pairwise(edges))
        assert edges[-1] == curve.slot_totals(curve.calendar.holding(day.end))[0]
        for visit in curve.visits(day):
            assert day.start < visit.arrives < visit.leaves < day.end
            gained = curve.total(visit.leaves) - curve.total(visit.arrives)
            assert 0 < gained <= visit.car.wanted + 5
            assert curve.total(day.end) - curve.total(day.start) == gained
            charged += 1
        day = curve.calendar.holding(day.end)
    assert 10 <= charged <= 28


def test_undisturbed_the_flow_is_the_curve(circuit: Circuit) -> None:
    instants = [NOON + k * timedelta(minutes=53) for k in range(330)]

    assert [circuit.flow.total(t) for t in instants] == [
        circuit.curve.total(t) for t in instants
    ]
    assert any(circuit.flow.rate(t) > 0 for t in instants)


def test_an_order_changes_the_future_and_not_the_past(
    circuit: Circuit, flow: StationFlow
) -> None:
    """A lower limit: the same cars come, and charge more slowly."""
    curve = circuit.curve
    assert isinstance(curve, StationCurve)
    flow.set_limit(7, SUNDAY)
    day = next(
        day
        for day in (curve.calendar.at(date(2026, 11, n)) for n in range(23, 31))
        if curve.visits(day)
    )
    visit = curve.visits(day)[0]
    soon = visit.arrives + timedelta(minutes=5)

    assert flow.moment(soon).current_a == 7
    assert curve.moment(soon).current_a > 7
    assert flow.total(visit.arrives) <= curve.total(visit.arrives)
    assert flow.moment(visit.leaves).car is None
    past = SUNDAY - timedelta(days=3, minutes=7)
    assert flow.total(past) == curve.total(past)
    totals = [flow.total(SUNDAY + k * timedelta(minutes=11)) for k in range(900)]
    assert all(before <= after for before, after in pairwise(totals))


def test_a_car_of_the_timetable_finds_the_place_taken(
    circuit: Circuit, flow: StationFlow
) -> None:
    curve = circuit.curve
    assert isinstance(curve, StationCurve)
    flow.plug_in(car(5_000), SUNDAY)
    later = SUNDAY + timedelta(days=12)

    assert any(
        curve.visits(curve.calendar.holding(SUNDAY + timedelta(days=n)))
        for n in range(12)
    )
    assert flow.moment(later).plugged_at == SUNDAY
    assert flow.delivered(later) == pytest.approx(5_000 * MICRO, abs=5)


def test_the_current_never_exceeds_the_limit() -> None:
    """Whatever the voltage does, in every phase of a three-phase station."""
    site = building(phase=None, rated=22_080.0, power_factor=0.99)
    circuit = site.circuits["wallbox"]
    assert circuit.station is not None
    circuit.station.set_limit(16, SUNDAY)
    circuit.station.plug_in(car(60_000), SUNDAY)
    electricity = Electricity(Feed(site, [circuit]))

    for minutes in range(0, 120, 7):
        gauges = electricity.gauges(SUNDAY + timedelta(minutes=minutes))
        for phase in ("l1", "l2", "l3"):
            assert 15 < gauges[f"current_{phase}"] <= 16, minutes


ACTIONS: dict[str, Change] = {
    "plug in": lambda f, t: f.plug_in(car(9_000), t),
    "plug in a slow car": lambda f, t: f.plug_in(car(4_000, plug=Plug.DOMESTIC), t),
    "unplug": lambda f, t: f.unplug(t),
    "limit": lambda f, t: f.set_limit(9, t),
    "full": lambda f, t: f.set_limit(32, t),
    "wait": lambda f, t: f.set_started(t, is_started=False),
    "start": lambda f, t: f.set_started(t, is_started=True),
    "fail": lambda f, t: f.set_error("plug_lock", t),
    "heal": lambda f, t: f.set_error(None, t),
    "cut": lambda f, t: f.cut("Q1", t),
    "restore": lambda f, t: f.restore("Q1", t),
}


@settings(max_examples=25, deadline=None)
@given(
    steps=st.lists(
        st.tuples(st.sampled_from(sorted(ACTIONS)), st.integers(1, 40_000_000_000)),
        max_size=12,
    )
)
def test_whatever_happens_energy_is_never_lost_nor_rewritten(
    steps: list[tuple[str, int]],
) -> None:
    """Actions at any microsecond; ``steps`` are what, and how long after."""
    flow = building().circuits["wallbox"].station
    assert flow is not None
    now = SUNDAY
    seen = [(now, flow.total(now))]
    for action, microseconds in steps:
        now += timedelta(microseconds=microseconds)
        seen.append((now, flow.total(now)))
        with contextlib.suppress(ValueError):
            ACTIONS[action](flow, now)
        assert flow.total(now) == seen[-1][1], action
        assert 0 <= flow.rate(now) <= 7_360
    end = now + timedelta(days=1)
    flow.total(end)

    totals = [total for _, total in seen]
    assert totals == sorted(totals)
    assert [flow.total(instant) for instant, _ in seen] == totals
