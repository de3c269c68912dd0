"""A circuit's total: exact, never falling, the integral of its rate."""

from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from hypothesis import given, settings, strategies as st
import pytest

from simulator.curve import MICRO, STEP, CircuitCurve, spread
from simulator.profiles import PROFILES
from simulator.weather import SLOT, Calendar

PARIS = ZoneInfo("Europe/Paris")
INSTALLED = date(2025, 1, 1)
FIRST = datetime(2024, 12, 31, 23, 0, tzinfo=UTC)
YEAR = timedelta(days=365)
instants = st.integers(0, int(YEAR.total_seconds() * 1000)).map(
    lambda ms: FIRST + timedelta(milliseconds=ms)
)
profiles = st.sampled_from(sorted(PROFILES))


def curve(
    profile: str = "workshop", seed: int = 3, rated: float = 1000
) -> CircuitCurve:
    return CircuitCurve(
        seed=seed,
        name="circuit",
        profile=PROFILES[profile],
        rated=rated,
        installed=INSTALLED,
        calendar=Calendar(seed, PARIS),
    )


@given(
    total=st.integers(0, 10**15),
    weights=st.lists(st.floats(0, 1e6), min_size=1, max_size=150).filter(any),
    roughness=st.floats(0, 1),
    seed=st.integers(),
)
def test_parts_of_a_spread_are_never_negative_and_sum_to_the_total(
    total: int, weights: list[float], roughness: float, seed: int
) -> None:
    edges = spread(total, weights, roughness, Random(seed))

    assert (edges[0], edges[-1], len(edges)) == (0, total, len(weights) + 1)
    assert list(edges) == sorted(edges)


@settings(max_examples=40, deadline=None)
@given(profile=profiles, instant=instants)
def test_the_total_grows_by_rate_times_time_within_a_step(
    profile: str, instant: datetime
) -> None:
    circuit = curve(profile)
    begin = instant - (instant - FIRST) % STEP
    grown = circuit.total(begin + STEP) - circuit.total(begin)

    # One millionth of a Wh is the rounding of a total.
    assert circuit.rate(instant) * MICRO * (STEP / timedelta(hours=1)) == pytest.approx(
        grown, abs=1
    )


@settings(max_examples=40, deadline=None)
@given(
    profile=profiles.filter(lambda name: name != "solar"),
    instant=instants,
    later=st.integers(1, 10**7),
)
def test_what_consumes_counts_at_every_second(
    profile: str, instant: datetime, later: int
) -> None:
    circuit = curve(profile)

    assert circuit.total(instant) < circuit.total(instant + timedelta(seconds=later))


def test_the_sun_does_not_shine_at_night() -> None:
    solar = curve("solar")
    midnight = datetime(2025, 6, 20, 23, 0, tzinfo=UTC)

    assert solar.rate(midnight) == 0
    assert solar.rate(midnight + timedelta(hours=12)) > 100
    assert solar.total(midnight) == solar.total(midnight + timedelta(hours=2))


@pytest.mark.parametrize(
    ("day", "hours"),
    [
        (date(2025, 3, 30), 23),
        (date(2025, 7, 1), 24),
        (date(2025, 10, 26), 25),
    ],
)
def test_slots_of_a_day_meet_the_totals_at_their_edges(day: date, hours: int) -> None:
    circuit = curve()
    civil = Calendar(3, PARIS).at(day)
    edges = circuit.slot_totals(civil)

    assert len(edges) == hours * 6 + 1
    assert civil.start + (len(edges) - 1) * SLOT == civil.end
    assert list(edges) == [
        circuit.total(civil.start + k * SLOT) for k in range(len(edges))
    ]


def test_the_same_seed_gives_the_same_building_and_another_seed_another() -> None:
    instant = datetime(2025, 9, 9, 9, 9, 9, tzinfo=UTC)
    backwards = curve()
    backwards.total(instant + timedelta(days=90))

    assert curve().total(instant) == backwards.total(instant)
    assert curve(seed=3).total(instant) != curve(seed=4).total(instant)


def test_nothing_is_known_before_the_installation() -> None:
    with pytest.raises(ValueError, match="2025-01-01"):
        curve().total(FIRST - timedelta(seconds=1))
    assert curve().total(FIRST) == 0


def test_a_rated_circuit_consumes_in_proportion() -> None:
    instant = datetime(2025, 5, 5, 5, 5, tzinfo=UTC)

    assert curve(rated=2000).total(instant) == pytest.approx(
        2 * curve(rated=1000).total(instant), rel=1e-3
    )
