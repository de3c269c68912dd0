"""What fees, levies, tiers, capacity and taxes must satisfy; problems name the field."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from ..model.problems import Problem, problem
from ..model.rules import name_key
from .extras import MAX_BILLING_DAY, Extras, Fee, Levy, Tier
from .price import PRICE_DECIMALS, PRICE_LIMIT, Price

_MOST_PERCENT: Final = Decimal(1000)
"""No tax is higher; a larger number was no percentage."""
_LEAST_PERCENT: Final = Decimal(-100)


def check_extras(extras: Extras) -> Iterator[Problem]:
    """Yield every problem, at ``fees[0].prices[1].from``, ``tiers[0].above`` ..."""
    if not 1 <= extras.billing_day <= MAX_BILLING_DAY:
        yield problem(
            "billing_day",
            "billing_day_out_of_range",
            value=extras.billing_day,
            maximum=MAX_BILLING_DAY,
        )
    named: Mapping[str, Sequence[Fee | Levy | Tier]] = {
        "fees": extras.fees,
        "levies": extras.levies,
        "tiers": extras.tiers,
    }
    for key, items in named.items():
        yield from _names(key, [item.name for item in items])
        for index, item in enumerate(items):
            yield from check_dates(item.prices, f"{key}[{index}].prices", item.name)
    yield from _names("taxes", [tax.name for tax in extras.taxes])
    for index, tax in enumerate(extras.taxes):
        at = f"taxes[{index}].percents"
        yield from check_dates(tax.percents, at, tax.name)
        for place, percent in enumerate(tax.percents):
            if not _LEAST_PERCENT <= percent.amount <= _MOST_PERCENT:
                yield problem(
                    f"{at}[{place}].percent", "percent_invalid", value=percent.amount
                )
    yield from _tiers(extras)
    if (capacity := extras.capacity) is not None:
        if not capacity.name.strip():
            yield problem("capacity.name", "name_missing")
        yield from _digits(capacity.minimum, "capacity.minimum")
        if capacity.minimum < 0:
            yield problem("capacity.minimum", "amount_negative", value=capacity.minimum)
        yield from check_dates(capacity.prices, "capacity.prices", capacity.name)


def check_dates(prices: Sequence[Price], at: str, name: str) -> Iterator[Problem]:
    """Yield what is wrong with dated amounts (S105); there is at least one."""
    if not prices:
        yield problem(at, "price_missing", name=name)
    for index, price in enumerate(prices):
        yield from _digits(price.amount, f"{at}[{index}].price")
    dates = Counter(price.valid_from for price in prices)
    undated = dates.pop(None, 0)
    for index, price in enumerate(prices):
        where = f"{at}[{index}].from"
        if price.valid_from is None:
            # One may hold since ever; a second cannot be told from it (S105).
            if undated > 1:
                yield problem(where, "price_date_missing", name=name)
        elif dates[price.valid_from] > 1:
            day = price.valid_from.isoformat()
            yield problem(where, "price_date_twice", name=name, date=day)


def _digits(amount: Decimal, at: str) -> Iterator[Problem]:
    """Yield that a number has more digits than money is counted with (S106)."""
    exponent = amount.normalize().as_tuple().exponent
    is_fine = isinstance(exponent, int) and exponent >= -PRICE_DECIMALS
    if not is_fine or abs(amount) >= PRICE_LIMIT:
        yield problem(
            at,
            "price_digits",
            value=f"{amount:.3g}",
            decimals=PRICE_DECIMALS,
            limit=f"{PRICE_LIMIT:f}",
        )


def _names(key: str, names: Sequence[str]) -> Iterator[Problem]:
    counts = Counter(name_key(name) for name in names)
    for index, name in enumerate(names):
        if not name.strip():
            yield problem(f"{key}[{index}].name", "name_missing")
        elif counts[name_key(name)] > 1:
            yield problem(f"{key}[{index}].name", "name_taken", name=name)


def _tiers(extras: Extras) -> Iterator[Problem]:
    thresholds = Counter(tier.above for tier in extras.tiers)
    for index, tier in enumerate(extras.tiers):
        at = f"tiers[{index}].above"
        yield from _digits(tier.above, at)
        if tier.above < 0:
            yield problem(at, "amount_negative", value=tier.above)
        if thresholds[tier.above] > 1:
            yield problem(at, "tier_twice", value=tier.above)
