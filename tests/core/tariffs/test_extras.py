"""Fees, levies, tiers, capacity and taxes of a plan: stored, checked, dated."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from custom_components.legrand_ews.ews.tariffs import (
    Basis,
    CapacityPrice,
    Extras,
    Fee,
    Levy,
    PeakInterval,
    Per,
    Price,
    Tax,
    Tier,
    check_plan,
    decode_plan,
    encode_plan,
    rate_on,
)

from .plans import plan, rule, tariff

MARCH = date(2026, 3, 1)
FULL = Extras(
    fees=(
        Fee(
            name="Subscription", per=Per.MONTH, prices=(Price(amount=Decimal("12.5")),)
        ),
        Fee(name="Meter", per=Per.DAY, prices=(Price(amount=Decimal("0.05")),)),
    ),
    levies=(Levy(name="Excise", prices=(Price(amount=Decimal("0.0205")),)),),
    tiers=(
        Tier(name="First", above=Decimal(0), prices=(Price(amount=Decimal("-0.01")),)),
        Tier(
            name="Second", above=Decimal(500), prices=(Price(amount=Decimal("0.05")),)
        ),
    ),
    capacity=CapacityPrice(
        name="Capacity",
        interval=PeakInterval.SAMPLE,
        minimum=Decimal("2.5"),
        prices=(Price(valid_from=MARCH, amount=Decimal("3.1")),),
    ),
    taxes=(
        Tax(name="CTA", basis=Basis.FEES, percents=(Price(amount=Decimal("21.93")),)),
        Tax(
            name="VAT",
            is_on_taxes=False,
            percents=(
                Price(amount=Decimal("5.5")),
                Price(valid_from=MARCH, amount=Decimal(20)),
            ),
        ),
    ),
    billing_day=15,
)
PLAN = plan(rule(1))


def test_everything_survives_its_way_through_plain_data() -> None:
    full = replace(PLAN, extras=FULL)
    again, problems = decode_plan(encode_plan(full))
    assert problems == []
    assert again == full


def test_a_plan_without_them_is_stored_as_before() -> None:
    assert encode_plan(PLAN).keys() == {"fluid", "mode", "tariffs", "rules"}
    assert decode_plan(encode_plan(PLAN))[0].extras == Extras()


def test_tiers_are_put_in_order() -> None:
    rows = [
        {"name": "High", "above": "900", "prices": [{"price": "2"}]},
        {"name": "Low", "above": "100", "prices": [{"price": "1"}]},
    ]
    decoded, problems = decode_plan({"tiers": rows})
    assert problems == []
    assert [tier.name for tier in decoded.extras.tiers] == ["Low", "High"]


@pytest.mark.parametrize(
    ("data", "field", "key"),
    [
        ({"fees": "none"}, "fees", "list_expected"),
        ({"fees": [{"name": "A", "per": "week"}]}, "fees[0].per", "choice_unknown"),
        (
            {"levies": [{"name": "A", "prices": [{"price": "much"}]}]},
            "levies[0].prices[0].price",
            "price_invalid",
        ),
        (
            {"tiers": [{"name": "A", "above": "high", "prices": []}]},
            "tiers[0].above",
            "price_invalid",
        ),
        ({"taxes": [{"name": "A", "on": "air"}]}, "taxes[0].on", "choice_unknown"),
        (
            {"taxes": [{"name": "A", "percents": [{"percent": "NaN"}]}]},
            "taxes[0].percents[0].percent",
            "price_invalid",
        ),
        ({"capacity": 3}, "capacity", "object_expected"),
        ({"capacity": {"interval": "1h"}}, "capacity.interval", "choice_unknown"),
        ({"billing_day": "first"}, "billing_day", "billing_day_invalid"),
    ],
)
def test_what_cannot_be_read_is_named(
    data: Mapping[str, object], field: str, key: str
) -> None:
    _, problems = decode_plan(data)
    assert [(p.field, p.key) for p in problems] == [(field, key)]


ONE = (Price(amount=Decimal(1)),)
TWICE = (
    Price(valid_from=MARCH, amount=Decimal(1)),
    Price(valid_from=MARCH, amount=Decimal(2)),
)


@pytest.mark.parametrize(
    ("extras", "expected"),
    [
        (FULL, {}),
        (Extras(billing_day=29), {"billing_day": "billing_day_out_of_range"}),
        (Extras(billing_day=0), {"billing_day": "billing_day_out_of_range"}),
        (
            Extras(fees=(Fee(name=" ", per=Per.DAY, prices=()),)),
            {"fees[0].name": "name_missing", "fees[0].prices": "price_missing"},
        ),
        (
            Extras(levies=(Levy(name="A", prices=TWICE),)),
            {
                "levies[0].prices[0].from": "price_date_twice",
                "levies[0].prices[1].from": "price_date_twice",
            },
        ),
        (
            Extras(levies=(Levy(name="A", prices=(*ONE, *ONE)),)),
            {
                "levies[0].prices[0].from": "price_date_missing",
                "levies[0].prices[1].from": "price_date_missing",
            },
        ),
        (
            Extras(levies=(Levy(name="A", prices=ONE), Levy(name="a ", prices=ONE))),
            {"levies[0].name": "name_taken", "levies[1].name": "name_taken"},
        ),
        (
            Extras(
                tiers=(
                    Tier(name="A", above=Decimal(-1), prices=ONE),
                    Tier(name="B", above=Decimal(5), prices=ONE),
                    Tier(name="C", above=Decimal("5.0"), prices=ONE),
                )
            ),
            {
                "tiers[0].above": "amount_negative",
                "tiers[1].above": "tier_twice",
                "tiers[2].above": "tier_twice",
            },
        ),
        (
            Extras(
                tiers=(
                    Tier(
                        name="A",
                        above=Decimal("1e99999"),
                        prices=(
                            Price(amount=Decimal("1e-12")),
                            Price(valid_from=MARCH, amount=Decimal("1e-13")),
                            Price(valid_from=date(2027, 1, 1), amount=Decimal("-1e9")),
                        ),
                    ),
                )
            ),
            {
                "tiers[0].above": "price_digits",
                "tiers[0].prices[1].price": "price_digits",
                "tiers[0].prices[2].price": "price_digits",
            },
        ),
        (
            Extras(taxes=(Tax(name="A", percents=(Price(amount=Decimal(-101)),)),)),
            {"taxes[0].percents[0].percent": "percent_invalid"},
        ),
        (
            Extras(capacity=CapacityPrice(name="", minimum=Decimal(-1), prices=())),
            {
                "capacity.name": "name_missing",
                "capacity.minimum": "amount_negative",
                "capacity.prices": "price_missing",
            },
        ),
    ],
)
def test_they_are_refused_at_the_field(
    extras: Extras, expected: dict[str, str]
) -> None:
    found = check_plan(replace(PLAN, extras=extras))
    assert {p.field: p.key for p in found} == expected


def test_a_dynamic_tariff_needs_no_price_of_its_own() -> None:
    spot = replace(tariff(1), price_source="sensor.spot")
    dynamic = replace(PLAN, tariffs=(spot,))
    assert check_plan(dynamic) == []
    assert dynamic.price_sources == {"sensor.spot"}
    assert decode_plan(encode_plan(dynamic)) == (dynamic, [])


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2025-12-31", None),
        ("2026-01-01", "10"),
        ("2026-02-28", "10"),
        ("2026-03-01", "12"),
    ],
)
def test_what_has_a_date_did_not_exist_before_it(
    day: str, expected: str | None
) -> None:
    rates = (
        Price(valid_from=MARCH, amount=Decimal(12)),
        Price(valid_from=date(2026, 1, 1), amount=Decimal(10)),
    )
    found = rate_on(rates, date.fromisoformat(day))
    assert found == (None if expected is None else Decimal(expected))


@pytest.mark.parametrize(
    ("billing_day", "day", "first", "last"),
    [
        (1, "2024-02-29", "2024-02-01", "2024-02-29"),
        (15, "2026-01-14", "2025-12-15", "2026-01-14"),
        (15, "2026-01-15", "2026-01-15", "2026-02-14"),
        (28, "2026-02-27", "2026-01-28", "2026-02-27"),
        (28, "2025-12-31", "2025-12-28", "2026-01-27"),
    ],
)
def test_the_billing_month_begins_on_its_day(
    billing_day: int, day: str, first: str, last: str
) -> None:
    found = Extras(billing_day=billing_day).month_of(date.fromisoformat(day))
    assert found == (date.fromisoformat(first), date.fromisoformat(last))
