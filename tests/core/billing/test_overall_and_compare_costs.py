"""Every fluid of a site, and objects of any fluid side by side, in money (S165, S168)."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from custom_components.legrand_ews.ews.archive import Archive
from custom_components.legrand_ews.ews.consumption import (
    ComparisonQuery,
    ConsumptionQuery,
)
from custom_components.legrand_ews.ews.errors import ConfigurationError
from custom_components.legrand_ews.ews.model.gas import GasFactor
from custom_components.legrand_ews.ews.quantities import Fluid
from custom_components.legrand_ews.ews.tariffs import TariffPlan
from custom_components.legrand_ews.ews.tariffs.book import TariffBook

from ..archive.samples import HOUR, sample
from ..consumption.building import BUILDING, GAS, NOW, PARIS, open_archive
from ..tariffs.plans import rule, tariff
from .priced import billing, settings_of
from .test_costs import NOON

SITE = replace(
    BUILDING, gas_factors=(GasFactor(since=None, kwh_per_m3=Decimal("11.2")),)
)
SETTINGS = settings_of(
    *(
        TariffBook.of(
            TariffPlan(fluid=fluid, tariffs=(tariff(1, price),), rules=(rule(1),))
        )
        for fluid, price in (
            (Fluid.ELECTRICITY, "0.25"),
            (Fluid.ELECTRICITY_EXPORT, "0.08"),
            (Fluid.GAS, "1.1"),
        )
    )
)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """A day of every fluid, and the day before of some electricity."""
    archive = open_archive(tmp_path, SITE)
    archive.write(
        [
            sample(NOON - 24 * HOUR, 1_000_000, length=HOUR),
            sample(NOON, 2_000_000, length=HOUR),
            sample(NOON, 500_000, device=2, length=HOUR),
            sample(NOON, 3_000_000, device=3, quantity="active_energy_export"),
            sample(NOON, 4_000_000, device=5, quantity="gas_volume", length=HOUR),
            sample(NOON, 9_000_000, device=6, quantity="water_volume", length=HOUR),
        ]
    )
    yield archive
    archive.close()


def compared(archive: Archive, **fields: object) -> dict[str, Any]:
    request = {"period": "day", "date": "2026-03-10", "bucket": "day", **fields}
    query = ComparisonQuery.from_request(request, PARIS)
    return billing(archive, SETTINGS, SITE).compare(query, NOW).as_dict()


def test_overall_tells_what_each_fluid_costs(archive: Archive) -> None:
    fields = {"date": "2026-03-10", "compare": "previous"}
    query = ConsumptionQuery.from_request(fields, PARIS)
    told = billing(archive, SETTINGS, SITE).get_overall(query, NOW).as_dict()
    assert told["currency"] == "EUR"
    fluids = told["fluids"]
    assert isinstance(fluids, list)
    assert [
        (x["fluid"], x["total"], x["cost"], x["compare_cost"], x["is_revenue"])
        for x in fluids
    ] == [
        ("electricity", 2500, "0.625", "0.25", False),
        ("electricity_export", 3000, "0.24", None, True),
        ("gas", 4000, "4.4", None, False),
        ("gas_kwh", 44_800, "4.4", None, False),
        ("water", 9000, None, None, False),  # it has no price, and is not free
    ]
    alone = ConsumptionQuery.from_request({"date": "2026-03-10"}, PARIS)
    told = billing(archive, SETTINGS, SITE).get_overall(alone, NOW).as_dict()
    assert all("compare_cost" not in x for x in told["fluids"])  # type: ignore[union-attr]


def test_different_fluids_are_compared_in_money(archive: Archive) -> None:
    answer = compared(
        archive,
        items=[
            {"id": 1},
            {"id": 5},
            {"level": "load", "id": GAS},
            {"level": "site", "fluid": "electricity_export"},
            {"id": 2, "date": "2026-03-09"},
        ],
        **{"in": "money"},
    )
    items = answer.pop("items")
    assert answer == {
        "in": "money",
        "fluid": None,
        "unit": "EUR",
        "currency": "EUR",
        "bucket": "day",
    }
    assert [(x["kind"], x["id"], x["costs"], x["cost_total"]) for x in items] == [
        ("device", 1, ["0.5"], "0.5"),
        ("device", 5, ["4.4"], "4.4"),
        ("load", GAS, ["4.4"], "4.4"),
        ("site", 0, ["0.24"], "0.24"),
        ("device", 2, [None], None),
    ]
    assert items[1]["name"] == "Meter 5"
    assert (items[1]["fluid"], items[1]["unit"], items[1]["values"]) == (
        "gas",
        "dm³",
        [4000],
    )
    assert items[2]["key"] == "gas"
    assert [x["is_revenue"] for x in items] == [False, False, False, True, False]
    assert items[4]["start"] == "2026-03-09T00:00:00+01:00"


def test_of_one_fluid_the_answer_says_which(archive: Archive) -> None:
    assert compared(archive, items=[{"id": 1}, {"id": 2}])["fluid"] == "electricity"


def test_a_measure_that_is_none_is_refused() -> None:
    with pytest.raises(ConfigurationError) as caught:
        ComparisonQuery.from_request(
            {"items": [{"id": 1}, {"id": 2}], "in": "shells"}, PARIS
        )
    assert (caught.value.key, caught.value.field) == ("option_unknown", "in")
