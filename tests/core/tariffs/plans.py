"""Plans for the tests: the manual's example, and random ones."""

from datetime import date
from decimal import Decimal
from typing import Final

from hypothesis import strategies as st

from custom_components.legrand_ews.ews.quantities import Fluid
from custom_components.legrand_ews.ews.tariffs import (
    CostRule,
    Mode,
    Price,
    Tariff,
    TariffPlan,
)

WORKDAYS: Final = frozenset(range(5))
PEAK, OFF_PEAK, EXCEPTION = 1, 2, 3


def minute(clock: str) -> int:
    """``HH:MM`` as a minute of the day."""
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def tariff(number: int, *prices: str | tuple[str | None, str]) -> Tariff:
    """A tariff with one price, or with dated ones."""
    return Tariff(
        id=number,
        name=f"Tariff {number}",
        color="#1f77b4",
        prices=tuple(
            Price(amount=Decimal(price))
            if isinstance(price, str)
            else Price(
                valid_from=None if price[0] is None else date.fromisoformat(price[0]),
                amount=Decimal(price[1]),
            )
            for price in prices
        ),
    )


def rule(
    tariff_id: int,
    first: str = "00:00",
    last: str = "23:59",
    *,
    start: str | None = None,
    end: str | None = None,
    yearly: bool = False,
    weekdays: frozenset[int] = frozenset(range(7)),
) -> CostRule:
    """A cost rule as the page of the manual writes it."""
    return CostRule(
        tariff_id=tariff_id,
        first_day=None if start is None else date.fromisoformat(start),
        last_day=None if end is None else date.fromisoformat(end),
        is_yearly=yearly,
        first_minute=minute(first),
        last_minute=minute(last),
        weekdays=weekdays,
    )


def plan(*rules: CostRule, mode: Mode = Mode.CONTINUOUS) -> TariffPlan:
    """A plan with five tariffs of 1 to 5 a kWh."""
    return TariffPlan(
        fluid=Fluid.ELECTRICITY,
        tariffs=tuple(tariff(number, str(number)) for number in range(1, 6)),
        rules=rules,
        mode=mode,
    )


# Manual 7.16.3.1, examples 1 to 4.
DAY_RULE: Final = rule(PEAK, "00:00", "18:59", weekdays=WORKDAYS)
EVENING_RULE: Final = rule(OFF_PEAK, "19:00", "23:59", weekdays=WORKDAYS)
CHRISTMAS: Final = rule(OFF_PEAK, start="2019-12-25", end="2019-12-25", yearly=True)
MARCH_2020: Final = rule(EXCEPTION, start="2020-03-01", end="2020-03-31")
MANUAL: Final = (MARCH_2020, CHRISTMAS, DAY_RULE, EVENING_RULE)
"""In the order that the manual asks for."""

_DAYS: Final = st.dates(date(2023, 1, 1), date(2025, 12, 31))
_MINUTES: Final = st.one_of(
    st.integers(0, 1439), st.sampled_from([0, 119, 120, 149, 150, 179, 180, 1439])
)


@st.composite
def cost_rules(draw: st.DrawFn) -> CostRule:
    """Any rule: with dates or without, across midnight, once or every year."""
    dates = draw(st.sampled_from(["none", "once", "yearly", "open"]))
    first = last = None
    if dates == "once":
        first, last = sorted((draw(_DAYS), draw(_DAYS)))
    elif dates == "yearly":
        first, last = draw(_DAYS), draw(_DAYS)
    elif dates == "open":
        first, last = draw(st.sampled_from([(draw(_DAYS), None), (None, draw(_DAYS))]))
    return CostRule(
        tariff_id=draw(st.integers(1, 5)),
        first_day=first,
        last_day=last,
        is_yearly=dates == "yearly",
        first_minute=draw(_MINUTES),
        last_minute=draw(_MINUTES),
        weekdays=frozenset(draw(st.sets(st.integers(0, 6), min_size=1))),
    )


@st.composite
def dated_tariffs(draw: st.DrawFn, number: int) -> Tariff:
    """A tariff with one to three prices, some of them negative."""
    days = draw(st.sets(_DAYS, max_size=2))
    amounts = st.decimals("-1", "2", places=6)
    return Tariff(
        id=number,
        name=f"Tariff {number}",
        color="#1f77b4",
        prices=(
            Price(amount=draw(amounts)),
            *(Price(valid_from=day, amount=draw(amounts)) for day in sorted(days)),
        ),
    )


@st.composite
def plans(draw: st.DrawFn, mode: Mode | None = None) -> TariffPlan:
    """Any plan of up to six rules."""
    return TariffPlan(
        fluid=Fluid.ELECTRICITY,
        tariffs=tuple(draw(dated_tariffs(number)) for number in range(1, 6)),
        rules=tuple(draw(st.lists(cost_rules(), max_size=6))),
        mode=mode or draw(st.sampled_from(Mode)),
    )
