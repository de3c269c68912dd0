"""Books and settings as the options of a site keep them, readable or not."""

from datetime import date
import json
from typing import Any

from hypothesis import given, settings
import pytest

from custom_components.legrand_ews.ews.quantities import Fluid
from custom_components.legrand_ews.ews.tariffs import TariffPlan, encode_plan
from custom_components.legrand_ews.ews.tariffs.book import (
    FrozenPeriod,
    PlanVersion,
    TariffBook,
)
from custom_components.legrand_ews.ews.tariffs.settings import (
    BillingSettings,
    decode_book,
    decode_settings,
    encode_book,
    encode_settings,
)

from .plans import plan, rule
from .test_book import books

PLAN = plan(rule(1, "07:00", "21:59"), rule(2))
DATA = encode_plan(PLAN)


@given(books(), books())
@settings(max_examples=40, deadline=None)
def test_what_is_written_reads_back(one: TariffBook, other: TariffBook) -> None:
    kept = BillingSettings(currency="CHF", books={Fluid.ELECTRICITY: one})
    stored = json.loads(json.dumps(encode_settings(kept)))
    assert decode_settings(stored, "EUR") == (kept, [])
    assert decode_book(Fluid.ELECTRICITY, encode_book(other)) == (other, [])


@pytest.mark.parametrize(
    ("data", "versions", "frozen", "problems"),
    [
        (
            {"versions": [{"since": "2024-02-01", "plan": DATA}]},
            [None],
            [],
            [],
        ),
        (
            {
                "versions": [
                    {"since": "2024-02-01", "plan": DATA},
                    {"since": None, "plan": DATA},
                ],
                "frozen": [{"first": "2024-01-01", "last": "2024-01-31"}],
            },
            [None, "2024-02-01"],
            ["2024-01-01"],
            [],
        ),
        (
            {"versions": [{"since": "soon", "plan": DATA}, {"plan": DATA}, 3]},
            [None],
            [],
            [
                ("versions[0].since", "date_invalid"),
                ("versions[2]", "list_expected"),
            ],
        ),
        (
            {"versions": [{"since": None, "plan": "x"}, {"plan": {"rules": [{}]}}]},
            [None],
            [],
            [
                ("versions[0].plan", "list_expected"),
                ("versions[1].plan.rules[0].tariff", "tariff_unknown"),
            ],
        ),
        (
            {
                "versions": [{"plan": DATA}],
                "frozen": [
                    {"first": "2024-02-30", "last": "2024-03-01"},
                    {"first": "2024-02-02", "last": "2024-02-01"},
                    {"first": "2024-02-02"},
                ],
            },
            [None],
            [],
            [
                ("frozen[0].first", "date_invalid"),
                ("frozen[1].last", "period_reversed"),
                ("frozen[2].last", "date_invalid"),
            ],
        ),
        ({}, [None], [], []),
        ("nonsense", [None], [], [("versions", "list_expected")]),
        ({"versions": 5}, [None], [], [("versions", "list_expected")]),
    ],
)
def test_what_cannot_be_read_is_named_and_left_out(
    data: object,
    versions: list[str | None],
    frozen: list[str],
    problems: list[tuple[str, str]],
) -> None:
    book, found = decode_book(Fluid.GAS, data)
    assert [(x.field, x.key) for x in found] == problems
    since = [None if v.since is None else v.since.isoformat() for v in book.versions]
    assert since == versions
    assert [period.first_day.isoformat() for period in book.frozen] == frozen
    assert book.fluid is Fluid.GAS
    assert all(version.plan.fluid is Fluid.GAS for version in book.versions)


@pytest.mark.parametrize(
    ("data", "currency", "fluids", "problems"),
    [
        (None, "EUR", [], []),
        ({}, "EUR", [], []),
        ({"currency": ""}, "EUR", [], []),
        ({"currency": "GBP", "water": {"versions": []}}, "GBP", [Fluid.WATER], []),
        ({"gas": None, "solar": 1}, "EUR", [], []),
        ({"gas": 7}, "EUR", [Fluid.GAS], [("gas.versions", "list_expected")]),
        (
            {"gas": {"versions": [{"since": 9, "plan": DATA}]}},
            "EUR",
            [Fluid.GAS],
            [("gas.versions[0].since", "date_invalid")],
        ),
        ([], "EUR", [], [("tariffs", "list_expected")]),
    ],
)
def test_settings_of_a_site(
    data: Any, currency: str, fluids: list[Fluid], problems: list[tuple[str, str]]
) -> None:
    found, wrong = decode_settings(data, "EUR")
    assert found.currency == currency
    assert list(found.books) == fluids
    assert [(x.field, x.key) for x in wrong] == problems


def test_a_fluid_without_a_book_is_free_and_gas_has_one() -> None:
    gas = TariffBook.of(TariffPlan(fluid=Fluid.GAS, tariffs=PLAN.tariffs))
    kept = BillingSettings(currency="EUR", books={Fluid.GAS: gas})
    assert kept.book_of(Fluid.GAS_KWH) is gas
    assert kept.book_of(Fluid.WATER) == TariffBook(
        fluid=Fluid.WATER, versions=(PlanVersion(plan=TariffPlan(fluid=Fluid.WATER)),)
    )


def test_bills_come_back_in_order_of_time() -> None:
    periods = [
        FrozenPeriod(first_day=date(2024, month, 1), last_day=date(2024, month, 28))
        for month in (5, 2)
    ]
    book = TariffBook(
        fluid=Fluid.WATER,
        versions=TariffBook.of(TariffPlan(fluid=Fluid.WATER)).versions,
        frozen=tuple(periods),
    )
    read, _ = decode_book(Fluid.WATER, encode_book(book))
    assert read.frozen == tuple(reversed(periods))
