"""Who counts where: levels, series, filters, exclusion and deleted devices."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from custom_components.legrand_ews.ews.archive import Archive
from custom_components.legrand_ews.ews.errors import ConfigurationError

from ..archive.samples import sample, utc
from .building import (
    BUILDING,
    GAS,
    HEATING,
    HOUR,
    LIFTS,
    LIGHTING,
    NOW,
    OTHERS,
    ask,
    open_archive,
    series_of,
    without,
)

NINE = utc("2026-03-15T09:00")
WH = {1: 100, 2: 40, 3: 7, 4: 30, 6: 2000, 7: 500}
"""Between 10:00 and 11:00 in Paris; device 4 is the part of 2 that goes to a boiler."""
SITE_WH = 100 + 40 + 7 + 2000 + 500


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    archive = open_archive(tmp_path)
    archive.write(
        [
            *(sample(NINE, wh * 1000, device=d, length=HOUR) for d, wh in WH.items()),
            sample(NINE, 55_000, device=5, length=HOUR, quantity="gas_volume"),
        ]
    )
    yield archive
    archive.close()


@pytest.mark.parametrize(
    ("fields", "series", "total"),
    [
        pytest.param(
            {},
            {HEATING: 40, LIGHTING: 100, OTHERS: 7, LIFTS: 2500},
            SITE_WH,
            id="the site is stacked by load (S164); no load is others (S95)",
        ),
        pytest.param({"by": "level"}, {0: SITE_WH}, SITE_WH, id="the site as one"),
        pytest.param(
            {"by": "device"},
            {1: 100, 2: 40, 3: 7, 6: 2000, 7: 500},
            SITE_WH,
            id="an excluded device is no part of the site (S81)",
        ),
        pytest.param(
            {"by": "group"},
            {1: 140, 2: 107},
            SITE_WH,
            id="two groups share a device that counts once in the total",
        ),
        pytest.param(
            {"level": "device"},
            WH,
            SITE_WH,
            id="details show the excluded device, totals leave it out (S81)",
        ),
        pytest.param(
            {"level": "device", "ids": [4]},
            {4: 30},
            30,
            id="asked for by number, it counts",
        ),
        pytest.param(
            {"level": "device", "ids": [4, 1]}, {1: 100, 4: 30}, 130, id="two"
        ),
        pytest.param(
            {"level": "load"},
            {HEATING: 40, LIGHTING: 100, OTHERS: 7, LIFTS: 2500},
            SITE_WH,
            id="loads",
        ),
        pytest.param(
            {"level": "load", "ids": [HEATING, LIFTS]},
            {HEATING: 40, LIFTS: 2500},
            2540,
            id="two loads",
        ),
        pytest.param(
            {"level": "load", "ids": [LIFTS], "by": "device"},
            {6: 2000, 7: 500},
            2500,
            id="a load split into its devices",
        ),
        pytest.param(
            {"level": "group", "by": "level"},
            {1: 140, 2: 107},
            147,
            id="groups: their devices, each once",
        ),
        pytest.param(
            {"level": "group", "ids": [2], "by": "load"},
            {LIGHTING: 100, OTHERS: 7},
            107,
            id="a group split into loads",
        ),
        pytest.param(
            {"level": "group", "ids": [1], "by": "group"},
            {1: 140},
            140,
            id="a group by group is that group alone",
        ),
        pytest.param({"level": "board"}, {1: 147, 2: 2000}, 2147, id="boards (S94)"),
        pytest.param(
            {"level": "board", "ids": [2], "by": "device"},
            {6: 2000},
            2000,
            id="the devices of a board",
        ),
        pytest.param({"load": HEATING}, {HEATING: 40}, 40, id="filtered by load"),
        pytest.param(
            {"load": LIGHTING, "group": 2, "by": "device"},
            {1: 100},
            100,
            id="load and group: what is in both (S166)",
        ),
        pytest.param({"load": LIFTS, "group": 1}, {}, None, id="nothing is in both"),
        pytest.param(
            {"level": "load", "ids": [GAS]}, {GAS: None}, None, id="no current in gas"
        ),
        pytest.param({"fluid": "gas"}, {GAS: 55}, 55, id="gas in dm³"),
        pytest.param({"fluid": "water"}, {}, None, id="no water"),
        pytest.param({"date": "2026-03-14"}, {}, None, id="another day"),
    ],
)
def test_who_counts_where(
    archive: Archive,
    fields: dict[str, object],
    series: dict[int, int | None],
    total: int | None,
) -> None:
    consumption = ask(archive, **fields)
    assert series_of(consumption) == series
    found = consumption.asked.total_milli
    assert found == (None if total is None else total * 1000)


@pytest.mark.parametrize(
    ("level", "ids", "kind"),
    [
        ("device", [99], "device"),
        ("load", [1, 77], "load"),
        ("group", [3], "group"),
        ("board", [3], "board"),
    ],
)
def test_an_object_that_never_was_is_an_error_at_its_field(
    archive: Archive, level: str, ids: list[int], kind: str
) -> None:
    with pytest.raises(ConfigurationError) as caught:
        ask(archive, level=level, ids=ids)
    error = caught.value
    assert (error.key, error.field) == ("unknown_object", "ids")
    assert error.placeholders == {"kind": kind, "id": str(ids[-1])}


@pytest.mark.parametrize(
    ("fields", "key", "field"),
    [
        ({"load": 77}, "unknown_object", "load"),
        ({"group": 77}, "unknown_object", "group"),
        ({"ids": [1]}, "ids_without_level", "ids"),
        ({"fluid": "gas_kwh"}, "gas_factor_missing", "fluid"),
    ],
)
def test_a_question_without_an_answer_is_an_error_at_its_field(
    archive: Archive, fields: dict[str, object], key: str, field: str
) -> None:
    with pytest.raises(ConfigurationError) as caught:
        ask(archive, **fields)
    assert (caught.value.key, caught.value.field) == (key, field)


def test_a_deleted_device_stays_in_past_totals(archive: Archive) -> None:
    """With its name, its load and its groups as they were last (Q7)."""
    smaller = without(1, 4)
    archive.remember_objects(smaller, NOW)
    assert series_of(ask(archive, smaller)) == series_of(ask(archive))
    assert series_of(ask(archive, smaller, level="group")) == {1: 140, 2: 107}
    assert ask(archive, smaller).asked.total_milli == SITE_WH * 1000
    (gone,) = ask(archive, smaller, level="device", ids=[1]).asked.series
    assert (gone.name, gone.total_milli) == ("Meter 1", 100_000)


def test_leaving_the_totals_changes_the_past_as_well(archive: Archive) -> None:
    devices = dict(BUILDING.devices)
    devices[6] = replace(devices[6], is_excluded_from_totals=True)
    changed = replace(BUILDING, devices=devices)
    assert ask(archive, changed).asked.total_milli == (SITE_WH - 2000) * 1000


def test_the_answer_reads_as_the_interface_says(archive: Archive) -> None:
    archive.write([sample(NINE + HOUR, 1500, device=1, length=HOUR)])
    now = NINE + 2 * HOUR
    answer = ask(archive, now=now, load=LIGHTING, compare="previous").as_dict()
    hours = [None] * 24
    values = [*hours[:10], 100, 1.5, *hours[12:]]
    assert answer.pop("buckets") == [
        f"2026-03-15T{h:02}:00:00+01:00" for h in range(24)
    ]
    compare = answer.pop("compare")
    assert answer == {
        "fluid": "electricity",
        "unit": "Wh",
        "start": "2026-03-15T00:00:00+01:00",
        "end": "2026-03-16T00:00:00+01:00",
        "bucket": "hour",
        "complete": True,
        "recorded": {
            "start": "2026-03-15T10:00:00+01:00",
            "end": "2026-03-15T12:00:00+01:00",
        },
        "series": [
            {
                "kind": "load",
                "id": LIGHTING,
                "name": "lighting",
                "color": f"#00000{LIGHTING}",
                "key": "lighting",
                "values": values,
                "total": 101.5,
            }
        ],
        "total": 101.5,
        "partial": [],
    }
    assert compare["start"] == "2026-03-14T00:00:00+01:00"
    assert compare["end"] == "2026-03-15T00:00:00+01:00"
    assert len(compare["buckets"]) == 24
    assert compare["series"] == [
        {**answer["series"][0], "values": hours, "total": None}
    ]
    assert compare["total"] is None


def test_a_bucket_that_nobody_was_recorded_throughout_is_partial(
    archive: Archive,
) -> None:
    """One hour of the 15th is known, of the hour itself all."""
    assert ask(archive, period="month").asked.partial == (14,)
    assert ask(archive).asked.partial == ()
    # Recording goes on for half an hour more; a device that joins changes nothing.
    half = HOUR / 2
    archive.write([sample(NINE + HOUR, 1000, device=1, length=half)])
    assert ask(archive).asked.partial == (11,)
    archive.write([sample(NINE + HOUR + half, 1000, device=1, length=half)])
    archive.write([sample(NINE + HOUR + half, 1000, device=2, length=half)])
    assert ask(archive).asked.partial == ()


def test_the_hour_that_runs_is_not_partial(archive: Archive) -> None:
    archive.write([sample(NINE + HOUR, 1000, device=1, length=HOUR / 2)])
    ten_thirty = NINE + HOUR + HOUR / 2
    assert ask(archive, now=ten_thirty).asked.partial == ()


def test_only_predefined_loads_carry_a_key(archive: Archive) -> None:
    (lifts,) = ask(archive, load=LIFTS).as_dict()["series"]
    assert (lifts["name"], lifts["color"]) == ("Lifts", "#123456")
    assert "key" not in lifts


def test_a_load_that_was_there_only_in_the_other_period_is_shown_in_both(
    archive: Archive,
) -> None:
    archive.write([sample(NINE - 24 * HOUR, 9000, device=5, length=HOUR)])
    consumption = ask(archive, compare="previous")
    assert consumption.compared is not None
    assert [s.id for s in consumption.asked.series] == [
        s.id for s in consumption.compared.series
    ]
    assert series_of(consumption)[GAS] is None


def test_complete_means_that_samples_cover_all_that_has_passed(
    archive: Archive,
) -> None:
    """Now is 13:03 in Paris: up to 12:50 everything must be there."""
    only = {"level": "device", "ids": [1]}
    assert not ask(archive, **only).asked.is_complete
    archive.write([sample(NINE + HOUR, 1, device=1, length=HOUR)])
    assert not ask(archive, now=utc("2026-03-15T11:21"), **only).asked.is_complete
    assert ask(archive, now=utc("2026-03-15T11:19"), **only).asked.is_complete
    missing = NINE + 2 * HOUR
    archive.write([sample(missing + timedelta(minutes=10), 1, device=1, length=HOUR)])
    assert not ask(archive, **only).asked.is_complete
    archive.write([sample(missing, 1, device=1)])
    assert ask(archive, now=utc("2026-03-15T12:21"), **only).asked.is_complete


def test_a_deleted_device_is_expected_up_to_its_last_sample(archive: Archive) -> None:
    smaller = without(1)
    archive.remember_objects(smaller, NOW)
    assert ask(archive, smaller, level="device", ids=[1]).asked.is_complete
    assert not ask(archive, level="device", ids=[1]).asked.is_complete


def test_nothing_is_not_complete(archive: Archive) -> None:
    assert not ask(archive, date="2026-03-14").asked.is_complete
    assert not ask(archive, fluid="water").asked.is_complete
