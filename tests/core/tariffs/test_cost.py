"""What an amount costs, to the last digit (S105, S106, Q12, Q23)."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given, settings, strategies as st
import pytest

from custom_components.legrand_ews.ews.tariffs import (
    Charge,
    TariffPlan,
    TariffTimeline,
    charges,
    cost_of,
    merged,
)
from custom_components.legrand_ews.ews.timegrid import Span

from .oracle import minutes, verdicts
from .plans import plan, plans, rule

ROME = ZoneInfo("Europe/Rome")
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("amount_milli", "price", "cost"),
    [
        (1_000_000, "0.25", "0.25"),  # 1 kWh
        (1, "0.25", "0.00000025"),  # 1 mWh
        (12_345_678, "0.123456", "1.524148023168"),  # 12.345678 kWh
        (2_000_000, "-0.05", "-0.10"),  # a negative price
        (10**15, "0.000001", "1000"),  # a TWh
        (0, "9", "0"),
    ],
)
def test_costs_are_exact(amount_milli: int, price: str, cost: str) -> None:
    assert cost_of(amount_milli, Decimal(price)) == Decimal(cost)


def charged(
    rules: TariffPlan, start: datetime, length: timedelta, amount: int
) -> tuple[Charge, ...]:
    span = Span(start, start + length)
    segments = TariffTimeline(rules, ROME).segments(span)
    return charges(amount, span.start, span.end, segments)


def test_a_sample_across_an_edge_is_shared_evenly() -> None:
    """Ten minutes of which six are before 19:00: 600 Wh are 360 and 240."""
    start = datetime(2024, 6, 3, 18, 54, tzinfo=ROME).astimezone(UTC)
    rules = plan(rule(1, "00:00", "18:59"), rule(2, "19:00", "23:59"))
    assert charged(rules, start, 10 * MINUTE, 600_000) == (
        Charge(1, 360_000, Decimal("0.36")),
        Charge(2, 240_000, Decimal("0.48")),
    )


def test_a_sample_may_be_longer_than_a_frame() -> None:
    """A day's gap in one row: 24 kWh, of which 22:00 to 05:59 is a third."""
    start = datetime(2024, 6, 3, 0, 0, tzinfo=ROME).astimezone(UTC)
    rules = plan(rule(2, "22:00", "05:59"), rule(1, "06:00", "21:59"))
    assert charged(rules, start, timedelta(days=1), 24_000_000) == (
        Charge(2, 8_000_000, Decimal(16)),
        Charge(1, 16_000_000, Decimal(16)),
    )


def test_what_no_rule_prices_is_counted_apart_and_free() -> None:
    start = datetime(2024, 6, 3, 11, 55, tzinfo=ROME).astimezone(UTC)
    rules = plan(rule(1, "12:00", "12:59"))
    assert charged(rules, start, 10 * MINUTE, 1_000) == (
        Charge(None, 500, Decimal(0)),
        Charge(1, 500, Decimal("0.0005")),
    )


@given(
    rules=plans(),
    first=st.datetimes(datetime(2024, 1, 2), datetime(2024, 1, 6)),
    lengths=st.lists(st.integers(1, 2_000), min_size=1, max_size=4),
    amounts=st.lists(st.integers(0, 10**12), min_size=4, max_size=4),
)
@settings(max_examples=40, deadline=None)
def test_tariffs_add_up_to_the_energy_and_to_the_cost(
    rules: TariffPlan, first: datetime, lengths: list[int], amounts: list[int]
) -> None:
    start = first.replace(tzinfo=UTC, second=0, microsecond=0)
    end = start + sum(lengths) * MINUTE
    # The oracle begins at New Year, when the list of rules is read anew.
    year = datetime(2024, 1, 1, tzinfo=ROME).astimezone(UTC)
    prices = [Fraction(p) for _, p in verdicts(rules, minutes(year, end, ROME))]
    parts: list[Charge] = []
    by_minute, slack = Fraction(0), Fraction(0)
    for count, amount in zip(lengths, amounts, strict=False):
        sample = charged(rules, start, count * MINUTE, amount)
        assert sum(charge.amount_milli for charge in sample) == amount
        parts.extend(sample)
        known = prices[(start - year) // MINUTE :][:count]
        by_minute += Fraction(amount, count) * sum(known)
        # Shares are whole thousandths: every edge may move one.
        edges = 1 + sum(one != other for one, other in pairwise(known))
        slack += edges * max(abs(price) for price in known)
        start += count * MINUTE
    sums = merged(parts)
    assert len({charge.tariff_id for charge in sums}) == len(sums)
    assert sum(charge.amount_milli for charge in sums) == sum(amounts[: len(lengths)])
    total = sum((Fraction(charge.cost) for charge in sums), Fraction(0))
    assert total == sum((Fraction(charge.cost) for charge in parts), Fraction(0))
    assert abs(total * 1_000_000 - by_minute) <= slack
