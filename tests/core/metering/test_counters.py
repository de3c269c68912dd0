"""What flowed between two readings, whatever the counter does (Q27)."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

from hypothesis import given, strategies as st
import pytest

from custom_components.legrand_ews.ews.metering import (
    CorrectionKind,
    CounterReading,
    CounterTrack,
    advance,
    hourly_limit_milli,
    to_milli,
)
from custom_components.legrand_ews.ews.quantities import QUANTITIES

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
LIMIT = 10_000
"""Counts in an hour at most; one hour of it is tolerated on top of the time passed."""

ROLL_OVER, RESET = CorrectionKind.ROLL_OVER, CorrectionKind.RESET
EXCHANGE, REJECTED = CorrectionKind.EXCHANGE, CorrectionKind.REJECTED


def follow(
    values: Sequence[int], *, modulus: int | None = None, minutes: int = 1
) -> tuple[list[int], list[CorrectionKind]]:
    """Read the values a minute apart: what each books, and what was found."""
    track: CounterTrack | None = None
    booked: list[int] = []
    kinds: list[CorrectionKind] = []
    for number, value in enumerate(values):
        read_at = NOON + number * timedelta(minutes=minutes)
        reading = CounterReading(
            value_milli=value, read_at=read_at, modulus_milli=modulus
        )
        step = advance(track, reading, LIMIT)
        track = step.track
        booked.append(step.booked_milli)
        kinds += [change.kind for change in step.changes]
    return booked, kinds


@pytest.mark.parametrize(
    ("values", "modulus", "booked", "kinds"),
    [
        pytest.param([500], None, [0], [], id="the first sight books nothing"),
        pytest.param([500, 520, 520, 570], None, [0, 20, 0, 50], [], id="counting"),
        pytest.param(
            [99_990, 15], 100_000, [0, 25], [ROLL_OVER], id="rolls over at its modulus"
        ),
        pytest.param(
            [99_999, 0], 100_000, [0, 1], [ROLL_OVER], id="rolls over to nothing"
        ),
        pytest.param(
            [50_000, 5, 8, 12],
            None,
            [0, 0, 0, 12],
            [RESET],
            id="a reset books what was counted after it, once it is sure",
        ),
        pytest.param(
            [50_000, 5, 8, 12],
            100_000,
            [0, 0, 0, 12],
            [RESET],
            id="half way round it is a reset and no roll-over",
        ),
        pytest.param(
            [50_000, 9, 3, 4],
            None,
            [0, 0, 0, 13],
            [RESET],
            id="reset twice: both counts are booked",
        ),
        pytest.param(
            [50_000, 0, 50_010],
            None,
            [0, 0, 10],
            [REJECTED],
            id="a device that shows zero once has not been reset",
        ),
        pytest.param(
            [50_000, 0, 0, 50_010, 50_020],
            None,
            [0, 0, 0, 10, 10],
            [REJECTED],
            id="nor one that shows it twice while it starts",
        ),
        pytest.param(
            [500, 900_000, 510],
            None,
            [0, 0, 10],
            [REJECTED],
            id="a jump that cannot have flowed is rejected",
        ),
        pytest.param(
            [500, 900_000, 700_000, 300_000, 510],
            None,
            [0, 0, 0, 0, 10],
            [REJECTED] * 3,
            id="noise is rejected as long as it lasts",
        ),
        pytest.param(
            [500, 900_000, 900_010, 900_030, 900_040],
            None,
            [0, 0, 0, 30, 10],
            [EXCHANGE],
            id="another meter that counts on is believed at the third reading",
        ),
        pytest.param(
            [900_000, 400_000, 400_010, 400_030],
            None,
            [0, 0, 0, 30],
            [EXCHANGE],
            id="another meter that stands lower, but not near zero",
        ),
        pytest.param(
            [900_000, 99_995, 3, 10],
            100_000,
            [0, 0, 0, 15],
            [EXCHANGE],
            id="another meter that rolls over at once",
        ),
    ],
)
def test_what_a_counter_books(
    values: list[int],
    modulus: int | None,
    booked: list[int],
    kinds: list[CorrectionKind],
) -> None:
    assert follow(values, modulus=modulus) == (booked, kinds)


def test_much_may_flow_in_a_long_gap() -> None:
    assert follow([500, 200_500], minutes=24 * 60) == ([0, 200_000], [])
    assert follow([500, 200_500], minutes=60) == ([0, 0], [])


def test_the_limit_grants_one_hour_beyond_the_time_that_passed() -> None:
    assert follow([0, 2 * LIMIT], minutes=60) == ([0, 2 * LIMIT], [])
    assert follow([0, 2 * LIMIT + 1], minutes=60) == ([0, 0], [])


def test_a_clock_that_is_set_back_makes_nothing_negative() -> None:
    first = advance(None, CounterReading(value_milli=100, read_at=NOON), LIMIT)
    earlier = NOON - timedelta(hours=3)
    step = advance(first.track, CounterReading(value_milli=130, read_at=earlier), LIMIT)
    assert step.booked_milli == 30


@given(
    st.lists(st.integers(0, 200_000), min_size=1, max_size=40),
    st.sampled_from([None, 1000, 65_536, 200_001]),
)
def test_nothing_negative_is_ever_booked(
    values: list[int], modulus: int | None
) -> None:
    booked, _ = follow(values, modulus=modulus)
    assert min(booked) >= 0


@given(st.integers(0, 9999), st.lists(st.integers(0, 400), max_size=60))
def test_counting_and_rolling_over_conserve_every_count(
    start: int, flows: list[int]
) -> None:
    values = [start]
    for flow in flows:
        values.append(values[-1] + flow)
    booked, _ = follow([value % 10_000 for value in values], modulus=10_000)
    assert sum(booked) == sum(flows)


@given(st.lists(st.decimals(0, 10_000, places=5), min_size=1))
def test_rounding_counters_down_conserves_their_sum(values: list[Decimal]) -> None:
    counts = [to_milli(value) for value in sorted(values)]
    steps = [later - count for count, later in pairwise(counts)]
    assert sum(steps) == to_milli(max(values)) - to_milli(min(values))


@pytest.mark.parametrize(
    ("quantity", "rated_power_w", "limit"),
    [
        # Twice 14.5 kW for an hour, in mWh.
        ("active_energy_import", 14_500, 29_000_000),
        ("reactive_energy_export_l1", 14_500, 29_000_000),
        ("active_energy_import", None, 10_000_000_000),
        # 1000 m³/h in cm³, a million pulses in thousandths, one hour an hour.
        ("gas_volume", None, 1_000_000_000),
        ("water_volume", 14_500, 1_000_000_000),
        ("pulse_count", None, 1_000_000_000),
        ("run_hours", None, 1000),
    ],
)
def test_the_rating_bounds_what_can_flow(
    quantity: str, rated_power_w: int | None, limit: int
) -> None:
    assert hourly_limit_milli(QUANTITIES[quantity], rated_power_w) == limit
