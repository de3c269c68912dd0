"""What a plan may not be, and what its owner should know of it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
import pytest

from custom_components.legrand_ews.ews.tariffs import (
    CostRule,
    Gap,
    Tariff,
    TariffPlan,
    Unreachable,
    check_plan,
    decode_plan,
    encode_plan,
    gaps,
    unreachable,
)

from .plans import (
    CHRISTMAS,
    DAY_RULE,
    EVENING_RULE,
    MANUAL,
    MARCH_2020,
    WORKDAYS,
    plan,
    plans,
    rule,
    tariff,
)


def named(rules: TariffPlan, *, is_edition: bool = False) -> dict[str, str]:
    return {p.field: p.key for p in check_plan(rules, is_edition=is_edition)}


GOOD = plan(*MANUAL)


@pytest.mark.parametrize(
    ("tariffs", "expected"),
    [
        ((tariff(1),), {"tariffs[0].prices": "price_missing"}),
        (
            (tariff(1, ("2024-01-01", "1"), ("2024-01-01", "2")),),
            {
                "tariffs[0].prices[0].from": "price_date_twice",
                "tariffs[0].prices[1].from": "price_date_twice",
            },
        ),
        (
            (tariff(1, "1", "2"),),
            {
                "tariffs[0].prices[0].from": "price_date_missing",
                "tariffs[0].prices[1].from": "price_date_missing",
            },
        ),
        ((tariff(1, "1", ("2024-01-01", "2")),), {}),
        (
            (tariff(1, "1"), replace(tariff(2, "1"), name=" TARIFF 1 ")),
            {"tariffs[0].name": "name_taken", "tariffs[1].name": "name_taken"},
        ),
        ((replace(tariff(1, "1"), name=" "),), {"tariffs[0].name": "name_missing"}),
        (
            (tariff(1, "1"), replace(tariff(1, "1"), name="Other")),
            {
                "tariffs[0].id": "tariff_number_twice",
                "tariffs[1].id": "tariff_number_twice",
            },
        ),
    ],
)
def test_tariffs_are_refused_at_the_field(
    tariffs: tuple[Tariff, ...], expected: dict[str, str]
) -> None:
    assert named(replace(GOOD, tariffs=tariffs, rules=())) == expected


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        (rule(9), {"rules[0].tariff": "tariff_unknown"}),
        (
            rule(1, start="2024-02-01", end="2024-01-31"),
            {"rules[0].end_date": "period_reversed"},
        ),
        (rule(1, start="2024-12-24", end="2024-01-06", yearly=True), {}),
        (
            rule(1, yearly=True),
            {
                "rules[0].start_date": "yearly_date_missing",
                "rules[0].end_date": "yearly_date_missing",
            },
        ),
        (rule(1, weekdays=frozenset()), {"rules[0].weekdays": "weekdays_missing"}),
        (replace(rule(1), last_minute=1440), {"rules[0].to": "time_invalid"}),
    ],
)
def test_rules_are_refused_at_the_field(
    wrong: CostRule, expected: dict[str, str]
) -> None:
    assert named(plan(wrong)) == expected


def test_limits_hold_in_edition_mode_only() -> None:
    """S104, S105."""
    prices = [(f"202{n}-01-01", "1") for n in range(6)]
    many = replace(
        GOOD,
        tariffs=(tariff(1, *prices), *(tariff(n, "1") for n in range(2, 7))),
        rules=(),
    )
    assert named(many) == {}
    assert named(many, is_edition=True) == {
        "tariffs": "tariffs_too_many",
        "tariffs[0].prices": "prices_too_many",
    }


def test_gaps_are_named_by_weekday_and_time() -> None:
    """The manual's four examples leave the week-ends free (S272)."""
    found = gaps(plan(DAY_RULE, EVENING_RULE), date(2024, 1, 1))
    assert found == [
        Gap(
            weekday=5,
            first_minute=0,
            last_minute=1439,
            first_day=date(2024, 1, 6),
            days=52,
        ),
        Gap(
            weekday=6,
            first_minute=0,
            last_minute=1439,
            first_day=date(2024, 1, 7),
            days=52,
        ),
    ]
    assert gaps(plan(DAY_RULE, EVENING_RULE, rule(1)), date(2024, 1, 1)) == []
    lunch = plan(rule(1, "13:00", "11:59"))
    assert {(g.first_minute, g.last_minute) for g in gaps(lunch, date(2024, 1, 1))} == {
        (12 * 60, 13 * 60 - 1)
    }


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        (MANUAL, []),
        (
            (DAY_RULE, EVENING_RULE, CHRISTMAS, MARCH_2020),
            [],  # both still win on Saturdays and Sundays
        ),
        ((rule(1), DAY_RULE), [Unreachable(rule=1, hidden_by=(0,))]),
        (
            (DAY_RULE, EVENING_RULE, rule(3, "10:00", "20:00", weekdays=WORKDAYS)),
            [Unreachable(rule=2, hidden_by=(0, 1))],
        ),
        # 1 June 2024 is a Saturday: never a Monday.
        (
            (rule(1, start="2024-06-01", end="2024-06-01", weekdays=frozenset({0})),),
            [Unreachable(rule=0, hidden_by=())],
        ),
        ((rule(1, start="2024-02-29", end="2024-02-29", yearly=True),), []),
        # Past periods were reachable in their time.
        ((MARCH_2020, rule(1)), []),
        ((rule(2, end="2010-12-31"), rule(1)), []),
        ((rule(1), MARCH_2020), [Unreachable(rule=1, hidden_by=(0,))]),
    ],
)
def test_rules_that_never_win_are_found_with_what_hides_them(
    rules: tuple[CostRule, ...], expected: list[Unreachable]
) -> None:
    assert unreachable(plan(*rules), date(2024, 5, 1)) == expected


@given(plans())
@settings(max_examples=80, deadline=None)
def test_a_plan_survives_its_way_through_plain_data(random: TariffPlan) -> None:
    again, problems = decode_plan(encode_plan(random))
    assert problems == []
    assert again == random


def test_numbers_are_given_to_new_tariffs() -> None:
    """The page of interface.md: names tie rules to tariffs, numbers may be left out."""
    data = {
        "fluid": "gas",
        "tariffs": [
            {"name": "Winter", "prices": [{"price": "0.2000"}]},
            {
                "id": 1,
                "name": "Summer",
                "color": "#112233",
                "prices": [{"from": "2024-04-01", "price": "0.1"}],
            },
        ],
        "rules": [
            {
                "tariff": "summer",
                "start_date": "2024-04-01",
                "end_date": "2024-09-30",
                "repeat_yearly": True,
                "from": "00:00",
                "to": "18:59",
                "weekdays": ["mon", "tue"],
            },
            {"tariff": 2},
        ],
    }
    decoded, problems = decode_plan(data)
    assert problems == []
    assert [t.id for t in decoded.tariffs] == [2, 1]
    assert decoded.tariffs[0].prices[0].amount == Decimal("0.2000")
    assert [r.tariff_id for r in decoded.rules] == [1, 2]
    assert decoded.rules[0].weekdays == {0, 1}
    assert decoded.rules[0].last_minute == 18 * 60 + 59
    assert decoded.rules[1] == rule(2)


@pytest.mark.parametrize(
    ("data", "field", "key"),
    [
        ({"mode": "clever"}, "mode", "choice_unknown"),
        ({"fluid": "steam"}, "fluid", "choice_unknown"),
        ({"tariffs": "many"}, "tariffs", "list_expected"),
        ({"rules": ["all"]}, "rules[0]", "list_expected"),
        ({"rules": [{"tariff": "x"}]}, "rules[0].tariff", "tariff_unknown"),
        *(
            (
                {"tariffs": [{"name": "A", "prices": [{"price": price}]}]},
                "tariffs[0].prices[0].price",
                "price_invalid",
            )
            for price in ("cheap", None, "", "NaN", "Infinity")
        ),
        *(
            (
                {
                    "tariffs": [{"id": 1, "name": "A", "prices": [{"price": "1"}]}],
                    "rules": [{"tariff": 1} | wrong],
                },
                f"rules[0].{field}",
                key,
            )
            for wrong, field, key in (
                ({"start_date": "29.02.2024"}, "start_date", "date_invalid"),
                ({"end_date": "2023-02-29"}, "end_date", "date_invalid"),
                ({"from": "24:30"}, "from", "time_invalid"),
                ({"to": "noon"}, "to", "time_invalid"),
                ({"weekdays": ["monday"]}, "weekdays", "weekday_unknown"),
                ({"weekdays": "mon"}, "weekdays", "weekday_unknown"),
            )
        ),
    ],
)
def test_what_cannot_be_read_is_named(
    data: Mapping[str, object], field: str, key: str
) -> None:
    _, problems = decode_plan(data)
    assert [(p.field, p.key) for p in problems] == [(field, key)]
