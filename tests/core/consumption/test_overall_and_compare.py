"""Overall and Compare: several fluids in one answer, several objects side by side."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from custom_components.legrand_ews.ews.archive import Archive
from custom_components.legrand_ews.ews.consumption import (
    ComparisonQuery,
    ConsumptionQuery,
    Directory,
    answer_comparison,
    answer_overall,
)
from custom_components.legrand_ews.ews.errors import ConfigurationError
from custom_components.legrand_ews.ews.model import Installation, PredefinedLoad, by_id
from custom_components.legrand_ews.ews.model.gas import GasFactor
from custom_components.legrand_ews.ews.model.grouping import PREDEFINED_LOAD_IDS

from ..archive.samples import sample, utc
from .building import BUILDING, GAS, HOUR, LIGHTING, NOW, PARIS, device, open_archive

NINE = utc("2026-03-15T09:00")
WATER = PREDEFINED_LOAD_IDS[PredefinedLoad.WATER]
TOWN = replace(
    BUILDING,
    devices=by_id([*BUILDING.devices.values(), device(8, load=WATER)]),
)
WITH_FACTOR = replace(
    TOWN, gas_factors=(GasFactor(since=None, kwh_per_m3=Decimal("11.2")),)
)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    archive = open_archive(tmp_path, TOWN)
    archive.write(
        [
            sample(NINE, 100_000, device=1, length=HOUR),
            sample(NINE, 40_000, device=2, length=HOUR),
            sample(
                NINE, 9_000, device=1, length=HOUR / 2, quantity="active_energy_export"
            ),
            sample(NINE - 24 * HOUR, 77_000, device=1, length=HOUR),
            sample(NINE, 55_000, device=5, length=HOUR, quantity="gas_volume"),
            sample(NINE, 12_000, device=8, length=HOUR, quantity="water_volume"),
        ]
    )
    yield archive
    archive.close()


def overall(
    archive: Archive, site: Installation, **fields: object
) -> dict[str, object]:
    return answer_overall(
        ConsumptionQuery.from_request(fields, PARIS),
        installation=site,
        directory=Directory(site, archive.objects()),
        source=archive,
        now=NOW,
    ).as_dict()


def totals(answer: Mapping[str, object], key: str = "total") -> dict[str, object]:
    fluids = answer["fluids"]
    assert isinstance(fluids, list)
    return {one["fluid"]: one.get(key) for one in fluids}


@pytest.mark.parametrize(
    ("site", "fields", "expected"),
    [
        pytest.param(
            TOWN,
            {},
            {"electricity": 140, "electricity_export": 9, "gas": 55, "water": 12},
            id="every fluid that was ever recorded",
        ),
        pytest.param(
            WITH_FACTOR,
            {"period": "year"},
            {
                "electricity": 217,
                "electricity_export": 9,
                "gas": 55,
                "gas_kwh": 616,
                "water": 12,
            },
            id="the energy of gas where a factor is known",
        ),
        pytest.param(
            TOWN, {"level": "load", "ids": [GAS]}, {"gas": 55}, id="of one load"
        ),
        pytest.param(
            TOWN,
            {"date": "2026-03-14"},
            {
                "electricity": 77,
                "electricity_export": None,
                "gas": None,
                "water": None,
            },
            id="nothing is not zero",
        ),
    ],
)
def test_overall(
    archive: Archive,
    site: Installation,
    fields: dict[str, object],
    expected: dict[str, object],
) -> None:
    assert totals(overall(archive, site, **fields)) == expected


def test_overall_reads_as_the_interface_says(archive: Archive) -> None:
    answer = overall(archive, TOWN, level="device", ids=[1], compare="previous")
    assert answer == {
        "start": "2026-03-15T00:00:00+01:00",
        "end": "2026-03-16T00:00:00+01:00",
        "complete": False,
        "fluids": [
            {
                "fluid": "electricity",
                "unit": "Wh",
                "color": "#f28e2b",
                "total": 100,
                "complete": False,
                "compare_total": 77,
                "compare_complete": False,
            },
            {
                "fluid": "electricity_export",
                "unit": "Wh",
                "color": "#b07aa1",
                "total": 9,
                "complete": False,
                "compare_total": None,
                "compare_complete": False,
            },
        ],
        "compare": {
            "start": "2026-03-14T00:00:00+01:00",
            "end": "2026-03-15T00:00:00+01:00",
        },
    }


def test_overall_is_complete_where_every_fluid_is(archive: Archive) -> None:
    """From 10:00 to 11:00 nothing is missing but half an hour of what was fed in."""
    hour = {"start": "2026-03-15T10:00:00+01:00", "end": "2026-03-15T11:00:00+01:00"}
    answer = overall(archive, TOWN, period="custom", **hour)
    assert totals(answer, "complete") == {
        "electricity": True,
        "electricity_export": False,
        "gas": True,
        "water": True,
    }
    assert answer["complete"] is False
    load = overall(archive, TOWN, period="custom", level="load", ids=[GAS], **hour)
    assert load["complete"] is True


def test_without_a_comparison_nothing_is_said_of_one(archive: Archive) -> None:
    answer = overall(archive, TOWN)
    assert set(answer) == {"start", "end", "complete", "fluids"}
    fluids = answer["fluids"]
    assert isinstance(fluids, list)
    assert {tuple(one) for one in fluids} == {
        ("fluid", "unit", "color", "total", "complete")
    }


def compare(archive: Archive, **fields: object) -> dict[str, object]:
    return answer_comparison(
        ComparisonQuery.from_request(fields, PARIS),
        installation=WITH_FACTOR,
        directory=Directory(WITH_FACTOR, archive.objects()),
        source=archive,
        now=NOW,
    ).as_dict()


def test_objects_of_any_kind_in_periods_of_their_own(archive: Archive) -> None:
    answer = compare(
        archive,
        items=[
            {"id": 1},
            {"id": 1, "date": "2026-03-14"},
            {"level": "load", "id": LIGHTING},
            {"level": "site"},
            {"id": 3},
        ],
        bucket="day",
    )
    items = answer.pop("items")
    assert answer == {"fluid": "electricity", "unit": "Wh", "bucket": "day"}
    assert isinstance(items, list)
    assert [(one["kind"], one["id"], one["values"]) for one in items] == [
        ("device", 1, [100]),
        ("device", 1, [77]),
        ("load", LIGHTING, [100]),
        ("site", 0, [140]),
        ("device", 3, [None]),
    ]
    assert items[1] == {
        "kind": "device",
        "id": 1,
        "name": "Meter 1",
        "color": None,
        "fluid": "electricity",
        "start": "2026-03-14T00:00:00+01:00",
        "end": "2026-03-15T00:00:00+01:00",
        "buckets": ["2026-03-14T00:00:00+01:00"],
        "values": [77],
        "total": 77,
        "complete": False,
    }
    assert items[2]["key"] == "lighting"


@pytest.mark.parametrize(
    ("items", "unit", "values"),
    [
        ([{"id": 5}, {"level": "load", "id": GAS}], "dm³", [55, 55]),
        ([{"id": 8}, {"level": "load", "id": WATER}], "dm³", [12, 12]),
        (
            [{"id": 5, "fluid": "gas_kwh"}, {"id": 5, "fluid": "gas_kwh"}],
            "Wh",
            [616, 616],
        ),
        (
            [
                {"id": 1, "fluid": "electricity_export"},
                {"level": "group", "id": 1, "fluid": "electricity_export"},
            ],
            "Wh",
            [9, 9],
        ),
    ],
)
def test_an_object_is_compared_in_its_own_fluid(
    archive: Archive, items: list[dict[str, object]], unit: str, values: list[int]
) -> None:
    answer = compare(archive, items=items, bucket="day")
    assert answer["unit"] == unit
    assert isinstance(answer["items"], list)
    assert [one["total"] for one in answer["items"]] == values


@pytest.mark.parametrize(
    "items",
    [
        [{"id": 1}, {"id": 5}],
        [{"id": 8}, {"id": 5}],
        [{"id": 1}, {"id": 5, "fluid": "gas_kwh"}],
        [{"id": 5}, {"id": 5, "fluid": "gas_kwh"}],
        [{"id": 1}, {"id": 2}, {"level": "load", "id": WATER}],
    ],
)
def test_different_fluids_are_not_compared_in_quantity(
    archive: Archive, items: list[dict[str, object]]
) -> None:
    """S168: not even electricity with the energy of gas."""
    with pytest.raises(ConfigurationError) as caught:
        compare(archive, items=items)
    assert (caught.value.key, caught.value.field) == ("fluids_not_comparable", "items")


@pytest.mark.parametrize(
    ("fields", "key", "field"),
    [
        ({}, "list_invalid", "items"),
        ({"items": {"id": 1}}, "list_invalid", "items"),
        ({"items": [1, 2]}, "list_invalid", "items"),
        ({"items": [{"id": 1}]}, "compare_count", "items"),
        ({"items": [{"id": 1}] * 13}, "compare_count", "items"),
        ({"items": [{"id": 1}, {}]}, "compare_id_missing", "items"),
        ({"items": [{"id": 1}, {"id": "two"}]}, "number_invalid", "ids"),
        ({"items": [{"id": 1}, {"id": 99}]}, "unknown_object", "ids"),
        ({"items": [{"id": 1}, {"id": 2, "level": "moon"}]}, "option_unknown", "level"),
        ({"items": [{"id": 1}, {"id": 2}], "date": "soon"}, "date_invalid", "date"),
    ],
)
def test_what_cannot_be_compared_is_an_error_at_its_field(
    archive: Archive, fields: dict[str, object], key: str, field: str
) -> None:
    with pytest.raises(ConfigurationError) as caught:
        compare(archive, **fields)
    assert (caught.value.key, caught.value.field) == (key, field)
