"""Plans that users change: numbers stay, problems are named, nothing is lost."""

from datetime import date

import pytest

from custom_components.legrand_ews.ews.errors import ConfigurationError
from custom_components.legrand_ews.ews.quantities import Fluid
from custom_components.legrand_ews.ews.tariffs import TariffPlan
from custom_components.legrand_ews.ews.tariffs.book import FrozenPeriod, TariffBook
from custom_components.legrand_ews.ews.tariffs.revising import (
    changed_plan,
    changed_since,
    counts_since,
    recounted,
)

from .plans import rule, tariff

TODAY = date(2026, 11, 23)
BOOK = TariffBook.of(
    TariffPlan(
        fluid=Fluid.ELECTRICITY,
        tariffs=(tariff(1, "0.25"), tariff(2, "0.15")),
        rules=(rule(1, "07:00", "21:59"), rule(2)),
    )
)
"""Tariffs are called as ``tariff`` names them: Tariff 1 and Tariff 2."""


def row(name: str, price: str = "0.3", **more: object) -> dict[str, object]:
    return {"name": name, "prices": [{"from": None, "price": price}], **more}


def test_nothing_changes_nothing() -> None:
    assert changed_plan(BOOK, {}) == (BOOK.current, [])


def test_a_tariff_keeps_its_number_by_its_name() -> None:
    """Whoever writes a tariff without its number means the one of that name (Q6)."""
    plan, problems = changed_plan(
        BOOK, {"tariffs": [row("tariff 2"), row("Night"), row("Tariff 1")]}
    )
    assert [(x.id, x.name) for x in plan.tariffs] == [
        (2, "tariff 2"),
        (3, "Night"),
        (1, "Tariff 1"),
    ]
    assert (plan.rules, problems) == (BOOK.current.rules, [])


def test_a_renamed_tariff_keeps_its_rules() -> None:
    plan, problems = changed_plan(
        BOOK, {"tariffs": [row("Peak", id=1), row("Off-peak", id=2)]}
    )
    assert problems == []
    assert [x.tariff_id for x in plan.rules] == [1, 2]


def test_numbers_are_never_given_twice() -> None:
    """What was counted under a tariff that is gone does not become another's."""
    alone, _ = changed_plan(
        BOOK, {"tariffs": [row("Tariff 1")], "rules": [{"tariff": "Tariff 1"}]}
    )
    book = BOOK.revised(alone, TODAY)
    plan, problems = changed_plan(book, {"tariffs": [row("Tariff 1"), row("New")]})
    assert [x.id for x in plan.tariffs] == [1, 3]
    assert problems == []


def test_a_tariff_in_use_is_missed_by_its_name() -> None:
    _, problems = changed_plan(BOOK, {"tariffs": [row("Tariff 1")]})
    assert [(x.field, x.key, dict(x.placeholders)) for x in problems] == [
        ("rules[1].tariff", "tariff_unknown", {"tariff": "Tariff 2"})
    ]


@pytest.mark.parametrize(
    ("changes", "field", "key"),
    [
        ({"tariffs": "cheap"}, "tariffs", "list_expected"),
        ({"tariffs": [7]}, "tariffs[0]", "list_expected"),
        ({"tariffs": [row("A", color="red")]}, "tariffs[0].color", "color_invalid"),
        ({"tariffs": [row("A"), row("a")]}, "tariffs[0].name", "name_taken"),
        (
            {"tariffs": [row("A", "much")]},
            "tariffs[0].prices[0].price",
            "price_invalid",
        ),
        ({"mode": "sticky"}, "mode", "choice_unknown"),
    ],
)
def test_problems_are_at_their_fields(
    changes: dict[str, object], field: str, key: str
) -> None:
    _, problems = changed_plan(BOOK, {"rules": [], **changes})
    assert (problems[0].field, problems[0].key) == (field, key)


@pytest.mark.parametrize(
    ("text", "since"),
    [("all", None), ("none", TODAY), ("from:2026-01-01", date(2026, 1, 1))],
)
def test_what_a_change_counts_for(text: str, since: date | None) -> None:
    assert counts_since(text, TODAY) == since


@pytest.mark.parametrize("text", ["", "some", "from:", "from:yesterday"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ConfigurationError) as refused:
        counts_since(text, TODAY)
    assert (refused.value.field, refused.value.key) == (
        "recompute",
        "recompute_invalid",
    )


@pytest.mark.parametrize(
    ("first", "last", "starts"),
    [
        (None, None, [None]),
        ("2026-10-01", None, [None, "2026-10-01"]),
        (None, "2026-10-31", [None, "2026-11-01", "2026-11-23"]),
        ("2026-10-01", "2026-10-31", [None, "2026-10-01", "2026-11-01", "2026-11-23"]),
    ],
)
def test_todays_plan_counts_for_past_days(
    first: str | None, last: str | None, starts: list[str | None]
) -> None:
    new, _ = changed_plan(BOOK, {"mode": "ews"})
    book = BOOK.revised(new, TODAY)
    days = [None if day is None else date.fromisoformat(day) for day in (first, last)]
    again = recounted(book, *days)
    assert [
        None if version.since is None else version.since.isoformat()
        for version in again.versions
    ] == starts
    inside = (days[0] or date(2020, 1, 1), days[1] or TODAY)
    assert all(again.plan_on(day) == new for day in inside)
    assert again.current == new


def test_billed_days_keep_their_plan_when_all_is_counted_again() -> None:
    october = FrozenPeriod(first_day=date(2026, 10, 1), last_day=date(2026, 10, 31))
    new, _ = changed_plan(BOOK, {"mode": "ews"})
    book = BOOK.with_frozen(october).revised(new, TODAY)
    again = recounted(book, None, None)
    assert again.plan_on(date(2026, 9, 30)) == new
    assert again.plan_on(date(2026, 10, 15)) == BOOK.current
    assert again.plan_on(date(2026, 11, 1)) == new


def test_since_when_two_books_differ() -> None:
    new, _ = changed_plan(BOOK, {"mode": "ews"})
    assert changed_since(BOOK, BOOK) is None
    assert changed_since(BOOK, BOOK.revised(new, TODAY)) == TODAY
    assert changed_since(BOOK, BOOK.revised(new, None)) == date.min
    twice = BOOK.revised(new, TODAY).revised(BOOK.current, date(2026, 12, 1))
    assert changed_since(BOOK.revised(new, TODAY), twice) == date(2026, 12, 1)
