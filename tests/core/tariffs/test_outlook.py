"""What applies now, and when that changes."""

from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from custom_components.legrand_ews.ews.quantities import Fluid
from custom_components.legrand_ews.ews.tariffs import TariffPlan
from custom_components.legrand_ews.ews.tariffs.book import BookTimeline, TariffBook
from custom_components.legrand_ews.ews.tariffs.outlook import (
    Outlook,
    is_cheapest,
    outlook,
)

from .plans import WORKDAYS, rule, tariff

PARIS = ZoneInfo("Europe/Paris")
PEAK = tariff(1, "0.25")
NIGHT = tariff(2, "0.15", ("2027-01-01", "0.16"))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=PARIS).astimezone(UTC)


def look(now: str, *rules: object) -> Outlook:
    plan = TariffPlan(fluid=Fluid.ELECTRICITY, tariffs=(PEAK, NIGHT), rules=rules)  # type: ignore[arg-type]
    return outlook(BookTimeline(TariffBook.of(plan), PARIS), at(now))


DAY = rule(1, "07:00", "21:59", weekdays=WORKDAYS)


@pytest.mark.parametrize(
    ("now", "rules", "tariff_id", "until", "then"),
    [
        # Monday, 23 November 2026.
        ("2026-11-23 12:00", (DAY, rule(2)), 1, "2026-11-23 22:00", 2),
        ("2026-11-23 22:00", (DAY, rule(2)), 2, "2026-11-24 07:00", 1),
        # A weekend is one time.
        ("2026-11-28 12:00", (DAY, rule(2)), 2, "2026-11-30 07:00", 1),
        # No rule is true at night.
        ("2026-11-23 12:00", (DAY,), 1, "2026-11-23 22:00", None),
        # New Year alone changes nothing.
        ("2026-12-31 23:30", (rule(1), rule(2)), 1, None, None),
        # A new price does.
        ("2026-12-31 23:30", (rule(2),), 2, "2027-01-01 00:00", 2),
    ],
)
def test_next_change(
    now: str, rules: object, tariff_id: int, until: str | None, then: int | None
) -> None:
    found = look(now, *rules)  # type: ignore[misc]
    assert found.active.tariff_id == tariff_id
    if until is None:
        assert found.following is None
    else:
        assert found.following is not None
        assert found.active.end == found.following.start == at(until)
        assert found.following.tariff_id == then


def test_a_new_price_is_a_change_of_the_same_tariff() -> None:
    found = look("2026-12-31 12:00", rule(2))
    assert found.following is not None
    assert (found.active.price, found.following.price) == (
        Decimal("0.15"),
        Decimal("0.16"),
    )


@pytest.mark.parametrize(
    ("now", "is_now"),
    [
        # By day a night is to come, by night none is cheaper.
        ("2026-11-23 12:00", False),
        ("2026-11-23 22:00", True),
        # A Saturday is one cheap time.
        ("2026-11-28 12:00", True),
    ],
)
def test_the_cheapest_of_the_day_ahead(now: str, is_now: bool) -> None:
    plan = TariffPlan(
        fluid=Fluid.ELECTRICITY, tariffs=(PEAK, NIGHT), rules=(DAY, rule(2))
    )
    timeline = BookTimeline(TariffBook.of(plan), PARIS)
    assert is_cheapest(timeline, at(now)) is is_now


def test_times_without_a_tariff_are_not_cheap() -> None:
    """They cost nothing because somebody forgot a rule (Q12)."""
    plan = TariffPlan(fluid=Fluid.ELECTRICITY, tariffs=(PEAK,), rules=(DAY,))
    timeline = BookTimeline(TariffBook.of(plan), PARIS)
    assert is_cheapest(timeline, at("2026-11-23 12:00"))
    assert not is_cheapest(timeline, at("2026-11-23 23:00"))
