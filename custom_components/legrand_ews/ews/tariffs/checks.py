"""What a plan must satisfy, as pure checks that name the field at fault."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from ..model.problems import Problem, problem
from ..model.rules import name_key
from .extras_checks import check_dates, check_extras
from .plan import MAX_PRICES, MAX_TARIFFS, CostRule, Tariff, TariffPlan

_MINUTES: Final = range(24 * 60)


def check_plan(plan: TariffPlan, *, is_edition: bool = False) -> list[Problem]:
    """Return every problem of a plan; an empty list means that it may be stored.

    ``is_edition`` applies the limits of the reference product (S104, S105). Fields are
    named by place, as ``tariffs[0].prices[1].from`` or ``rules[2].end_date``.
    """
    return [
        *_tariffs(plan, is_edition=is_edition),
        *_rules(plan),
        *check_extras(plan.extras),
    ]


def _tariffs(plan: TariffPlan, *, is_edition: bool) -> Iterator[Problem]:
    if is_edition and len(plan.tariffs) > MAX_TARIFFS:
        yield problem("tariffs", "tariffs_too_many", maximum=MAX_TARIFFS)
    names = Counter(name_key(tariff.name) for tariff in plan.tariffs)
    numbers = Counter(tariff.id for tariff in plan.tariffs)
    for index, tariff in enumerate(plan.tariffs):
        at = f"tariffs[{index}]"
        if not tariff.name.strip():
            yield problem(f"{at}.name", "name_missing")
        elif names[name_key(tariff.name)] > 1:
            yield problem(f"{at}.name", "name_taken", name=tariff.name)
        if numbers[tariff.id] > 1:
            yield problem(f"{at}.id", "tariff_number_twice", number=tariff.id)
        yield from _prices(tariff, f"{at}.prices", is_edition=is_edition)


def _prices(tariff: Tariff, at: str, *, is_edition: bool) -> Iterator[Problem]:
    if is_edition and len(tariff.prices) > MAX_PRICES:
        yield problem(at, "prices_too_many", name=tariff.name, maximum=MAX_PRICES)
    if tariff.prices or tariff.price_source is None:
        yield from check_dates(tariff.prices, at, tariff.name)


def _rules(plan: TariffPlan) -> Iterator[Problem]:
    for index, rule in enumerate(plan.rules):
        at = f"rules[{index}]"
        if rule.tariff_id not in plan.tariffs_by_id:
            yield problem(f"{at}.tariff", "tariff_unknown", tariff=rule.tariff_id)
        if not rule.weekdays:
            yield problem(f"{at}.weekdays", "weekdays_missing")
        for field, minute in (("from", rule.first_minute), ("to", rule.last_minute)):
            if minute not in _MINUTES:
                yield problem(f"{at}.{field}", "time_invalid", value=minute)
        yield from _period(rule, at)


def _period(rule: CostRule, at: str) -> Iterator[Problem]:
    first, last = rule.first_day, rule.last_day
    if rule.is_yearly:
        if first is None:
            yield problem(f"{at}.start_date", "yearly_date_missing")
        if last is None:
            yield problem(f"{at}.end_date", "yearly_date_missing")
    elif first is not None and last is not None and last < first:
        yield problem(f"{at}.end_date", "period_reversed", start=first, end=last)
