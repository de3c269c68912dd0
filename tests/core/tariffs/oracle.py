"""Cost rules applied minute by minute, by nothing but the words of the requirements.

Independent of the code under test: no edges, no day plans, only `datetime`.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from custom_components.legrand_ews.ews.tariffs import CostRule, Mode, TariffPlan

MINUTE = timedelta(minutes=1)

type Verdict = tuple[int | None, Decimal]
"""The rule that applies, and the price."""


def minutes(start: datetime, end: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    """Every minute from ``start`` to before ``end`` as the wall clock shows it."""
    instant = start.astimezone(UTC)
    while instant < end:
        yield instant.astimezone(zone)
        instant += MINUTE


def verdicts(plan: TariffPlan, local_minutes: Iterator[datetime]) -> Iterator[Verdict]:
    """Say for every minute which rule applies and what a kWh costs."""
    held: tuple[int, date] | None = None
    year = None
    for local in local_minutes:
        day, minute = local.date(), local.hour * 60 + local.minute
        if local.year != year:  # the list is read anew at New Year
            year, held = local.year, None
        if held is not None and _began(plan.rules[held[0]], day, minute) != held[1]:
            held = None
        if held is None:
            held = _first_true(plan, day, minute)
        if held is None:
            yield None, Decimal(0)
        else:
            yield held[0], _price(plan, plan.rules[held[0]].tariff_id, day)
        if plan.mode is Mode.CONTINUOUS:
            held = None


def _first_true(plan: TariffPlan, day: date, minute: int) -> tuple[int, date] | None:
    for number, rule in enumerate(plan.rules):
        began = _began(rule, day, minute)
        if began is not None and _is_day_of(rule, began):
            return number, began
    return None


def _began(rule: CostRule, day: date, minute: int) -> date | None:
    """The day on which the time frame began that holds this minute of the clock."""
    first, last = rule.first_minute, rule.last_minute
    if first <= last:
        return day if first <= minute <= last else None
    if minute >= first:
        return day
    return day - timedelta(days=1) if minute <= last else None


def _is_day_of(rule: CostRule, day: date) -> bool:
    if day.weekday() not in rule.weekdays:
        return False
    first, last = rule.first_day, rule.last_day
    if rule.is_yearly and first and last:
        month_day = f"{day:%m-%d}"
        begin, end = f"{first:%m-%d}", f"{last:%m-%d}"
        if begin <= end:
            return begin <= month_day <= end
        return month_day >= begin or month_day <= end
    return (first is None or day >= first) and (last is None or day <= last)


def _price(plan: TariffPlan, tariff_id: int, day: date) -> Decimal:
    prices = next(t.prices for t in plan.tariffs if t.id == tariff_id)
    begun = [p for p in prices if p.valid_from is None or p.valid_from <= day]
    chosen = begun or [min(prices, key=lambda p: p.valid_from or date.min)]
    return max(chosen, key=lambda p: p.valid_from or date.min).amount
