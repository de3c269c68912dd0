"""The plan until a departure, in figures: what is needed, and the hours that are meant.

At 3600 W a Wh takes a second, so that the rest in Wh is the time in seconds. A tenth more
and ten minutes are added to be sure.
"""

from datetime import timedelta
from decimal import Decimal

import pytest

from custom_components.legrand_ews.ews.charging import Departure, PriceSlot
from custom_components.legrand_ews.ews.charging.departing import Plan, plan, price_at

from .world import START

HOUR = 3600
ONE_HOUR_WH = 2728
"""Takes 2728 s; with a tenth more 3000 s, and with ten minutes an hour."""


def slot(first_s: int, last_s: int, price: str) -> PriceSlot:
    return PriceSlot(
        start=START + timedelta(seconds=first_s),
        end=START + timedelta(seconds=last_s),
        price=Decimal(price),
    )


def hourly(*euros: str) -> tuple[PriceSlot, ...]:
    return tuple(slot(n * HOUR, (n + 1) * HOUR, one) for n, one in enumerate(euros))


def planned(
    left_wh: int,
    *prices: PriceSlot,
    leaves_s: int = 6 * HOUR,
    now_s: int = 0,
    was_short: bool = False,
) -> Plan:
    return plan(
        Departure(at=START + timedelta(seconds=leaves_s), wanted_wh=left_wh),
        left_wh=left_wh,
        power_w=3600,
        prices=prices,
        was_short=was_short,
        now=START + timedelta(seconds=now_s),
    )


@pytest.mark.parametrize(
    ("second", "price"),
    [(-1, None), (0, "0.1"), (3599, "0.1"), (3600, "0.2"), (7199, "0.2"), (7200, None)],
)
def test_a_price_holds_from_its_start_until_the_next(
    second: int, price: str | None
) -> None:
    found = price_at(hourly("0.1", "0.2"), START + timedelta(seconds=second))
    assert found == (None if price is None else Decimal(price))


@pytest.mark.parametrize(
    ("left_wh", "needed_s"),
    [(1, 601), (1000, 1700), (ONE_HOUR_WH, HOUR), (10_000, 11_600)],
)
def test_a_tenth_more_and_ten_minutes_are_needed_to_be_sure(
    left_wh: int, needed_s: int
) -> None:
    assert planned(left_wh).needed_s == needed_s


@pytest.mark.parametrize(
    ("leaves_s", "is_short"), [(1701, False), (1700, True), (60, True), (0, True)]
)
def test_time_is_short_when_all_of_it_is_needed(leaves_s: int, is_short: bool) -> None:
    assert planned(1000, leaves_s=leaves_s).is_short is is_short
    assert planned(1000, leaves_s=leaves_s, was_short=True).is_short


@pytest.mark.parametrize("left_wh", [0, -1])
def test_who_has_what_was_wanted_needs_no_time(left_wh: int) -> None:
    """Nor is time short for it, whatever was said before, and whatever a kWh costs."""
    nothing = Plan(left_wh=0, needed_s=0, meant_s=0, is_now=False, is_short=False)
    assert planned(left_wh, *hourly("0.1"), leaves_s=10, was_short=True) == nothing


def test_an_hour_that_is_just_enough_is_the_only_one() -> None:
    """The second is the cheapest; a second more needs another, the first of the rest."""
    prices = hourly("0.3", "0.1", "0.3")
    enough = planned(ONE_HOUR_WH, *prices)
    assert (enough.needed_s, enough.meant_s, enough.is_now) == (HOUR, HOUR, False)
    assert planned(ONE_HOUR_WH, *prices, now_s=HOUR).is_now is True
    more = planned(ONE_HOUR_WH + 1, *prices)
    assert (more.needed_s, more.meant_s, more.is_now) == (HOUR + 1, 2 * HOUR, True)
    assert planned(ONE_HOUR_WH + 1, *prices, now_s=2 * HOUR).is_now is True


def test_of_an_hour_only_what_lies_before_the_departure_counts() -> None:
    """And only what is yet to come: half of the first hour is over."""
    found = planned(
        ONE_HOUR_WH, *hourly("0.2", "0.3"), leaves_s=HOUR + 2400, now_s=1800
    )
    assert (found.is_short, found.meant_s, found.is_now) == (False, 4200, True)


def test_prices_of_other_times_are_none() -> None:
    """Without a price there is nothing to wait for, and it says so."""
    over, later = slot(-HOUR, 0, "0.1"), slot(6 * HOUR, 7 * HOUR, "0.1")
    for prices in ((), (over,), (later,), (over, later)):
        found = planned(1000, *prices)
        assert (found.is_now, found.meant_s) == (None, 6 * HOUR)


def test_time_without_a_price_is_used_last() -> None:
    """Only the second hour has a price: it is enough, or it is used with all the rest."""
    known = slot(HOUR, 2 * HOUR, "0.9")
    assert planned(ONE_HOUR_WH, known).is_now is False
    assert planned(ONE_HOUR_WH, known, now_s=HOUR).is_now is True
    for now_s in (0, HOUR, 2 * HOUR - 1):
        found = planned(ONE_HOUR_WH + 1, known, now_s=now_s)
        assert (found.is_now, found.meant_s) == (True, 6 * HOUR - now_s)


@pytest.mark.parametrize(
    ("left_wh", "meant_s", "watts"),
    [(1000, 4200, 1100), (1000, 1200, 6600), (1000, 60, 6600), (0, 4200, 0)],
)
def test_the_mean_power_leaves_a_tenth_and_ten_minutes(
    left_wh: int, meant_s: int, watts: int
) -> None:
    """1.1 kWh in an hour of 70 minutes are 1100 W; in the last minutes in ten of them."""
    found = Plan(
        left_wh=left_wh, needed_s=0, meant_s=meant_s, is_now=None, is_short=False
    )
    assert found.mean_w == watts
