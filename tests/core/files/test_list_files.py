"""``energy/``, ``gas/``, ``water/``, ``overallTotal/``, ``settings/`` (S197-S209)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from custom_components.legrand_ews.ews.archive import Archive, DataKind, Retention
from custom_components.legrand_ews.ews.files import FileDialect, rosters_of
from custom_components.legrand_ews.ews.inventory import plan, read
from custom_components.legrand_ews.ews.metering import Quality
from custom_components.legrand_ews.ews.model import by_id

from ..archive.samples import sample, utc
from ..consumption.building import BUILDING, device, without
from ..model_samples import SITE
from .space import (
    CATALOGUE,
    cells,
    content,
    every,
    open_archive,
    plain_sum,
    rows_of,
    total,
    tree,
)

DEVICES = "energy/devices_2026-02_0.csv"
GROUPS = "energy/groups_2026-02_0.csv"
LOADS = "energy/loads_2026-02_0.csv"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    archive = open_archive(tmp_path)
    yield archive
    archive.close()


def names(archive: Archive, path: str) -> list[str]:
    return [entry.name for entry in tree(archive).entries(path)]


def test_there_are_seven_folders(archive: Archive) -> None:
    assert names(archive, "/") == [
        *("devices", "energy", "eqcheck", "gas", "overallTotal", "settings", "water")
    ]
    assert all(entry.is_folder for entry in tree(archive).entries())
    for folder in ("energy", "eqcheck", "gas", "overallTotal", "water"):
        assert names(archive, folder) == []


def test_each_folder_lists_what_its_fluid_recorded(archive: Archive) -> None:
    archive.write(every("2026-01-31T22:00", "2026-02-01T00:00"))
    archive.write(
        every("2026-02-01", "2026-02-01T01:00", device=5, quantity="gas_volume")
    )
    assert names(archive, "energy") == [
        f"{of}_2026-{month}_0.csv"
        for of in ("devices", "groups", "loads")
        for month in ("01", "02")
    ]
    assert names(archive, "gas") == ["devices_2026-02_0.csv", "groups_2026-02_0.csv"]
    assert names(archive, "water") == []
    assert names(archive, "overallTotal") == [
        *("values_2026-01.csv", "values_2026-02.csv")
    ]


def test_a_listing_shows_when_the_last_interval_of_a_file_ended(
    archive: Archive,
) -> None:
    archive.write(every("2026-01-31T22:00", "2026-02-01T00:20"))
    january, february = tree(archive).entries("devices/1")
    assert january.changed_at == utc("2026-01-31T23:00")
    assert february.changed_at == utc("2026-02-01T00:20")
    assert tree(archive).find("energy").changed_at == utc("2026-02-01T00:20")
    assert tree(archive).find("devices/1/1_energy_2026-02.csv") == february
    assert february.about_bytes > 0


def test_a_column_is_a_device_with_its_name_and_number(archive: Archive) -> None:
    archive.write(every("2026-02-03T09:00", "2026-02-03T09:20", device=1))
    archive.write(every("2026-02-03T09:00", "2026-02-03T09:20", device=4))
    assert rows_of(content(tree(archive, FileDialect()), DEVICES), ";") == [
        ["\ufeffstart", "utc_offset", "seconds", "Meter 1 (1)", "Meter 4 (4)"],
        ["2026-02-03 10:00:00", "+01:00", "600", "1,1", "1,4"],
        ["2026-02-03 10:10:00", "+01:00", "600", "2,1", "2,4"],
    ]


def test_groups_and_loads_are_sums_without_what_is_excluded(
    archive: Archive, tmp_path: Path
) -> None:
    """Device 4 is in group 1 and in heating, and excluded from totals (S81)."""
    numbers = (1, 2, 3, 4, 6)
    for number in numbers:
        archive.write(
            every("2026-02-03T09:00", "2026-02-04T09:00", device=number, base=number)
        )
    path = tmp_path / "archive.db"
    whole = {
        number: plain_sum(
            path, "active_energy_import", number, utc("2026-02-01"), utc("2026-03-01")
        )
        for number in numbers
    }
    groups = cells(tree(archive), GROUPS).values()
    loads = cells(tree(archive), LOADS).values()
    expected_groups = {
        "Ground (1)": whole[1] + whole[2],
        "First (2)": whole[1] + whole[3],
    }
    expected_loads = {
        "lighting (4)": whole[1],
        "heating (1)": whole[2],
        "others (7)": whole[3],
        "Lifts (10)": whole[6],
    }
    for rows, expected in ((groups, expected_groups), (loads, expected_loads)):
        for heading, milli in expected.items():
            found = total(row[heading] for row in rows) * 1000
            assert found == pytest.approx(milli), heading
        assert set(next(iter(rows))) == {*expected, "start", "utc_offset", "seconds"}


def test_what_flows_through_a_sub_meter_counts_once(archive: Archive) -> None:
    site = replace(
        BUILDING,
        devices=by_id(
            [
                *(BUILDING.devices[x] for x in (1, 3)),
                device(2, load=BUILDING.devices[2].load_id, upstream=1),
            ]
        ),
    )
    archive.write([sample("2026-02-03T09:00", 10_000, device=1)])
    archive.write([sample("2026-02-03T09:00", 4_000, device=2)])
    files = tree(archive, installation=site)
    (loads,) = cells(files, LOADS).values()
    assert (loads["lighting (4)"], loads["heating (1)"]) == ("6", "4")
    (devices,) = cells(files, DEVICES).values()
    assert (devices["Meter 1 (1)"], devices["Meter 2 (2)"]) == ("10", "4")
    (day,) = cells(files, "overallTotal/values_2026-02.csv").values()
    assert day["electricity [kWh]"] == "0.01"


def test_a_gap_is_an_empty_cell_and_never_spread(archive: Archive) -> None:
    archive.write(every("2026-02-03T09:00", "2026-02-03T10:00", device=1))
    archive.write(every("2026-02-03T09:00", "2026-02-03T09:20", device=2))
    archive.write(
        [
            sample(
                "2026-02-03T09:20",
                70_000,
                device=2,
                length=timedelta(minutes=30),
                quality=Quality.RECOVERED,
            )
        ]
    )
    archive.write(every("2026-02-03T09:50", "2026-02-03T10:00", device=2))
    rows = list(cells(tree(archive), DEVICES).values())
    assert [row["Meter 2 (2)"] for row in rows] == ["1.2", "2.2", "", "", "", "1.2"]
    assert "" not in {row["Meter 1 (1)"] for row in rows}
    ground = [row["Ground (1)"] for row in cells(tree(archive), GROUPS).values()]
    assert ground == ["2.3", "4.3", "3.1", "4.1", "5.1", "7.3"]


def test_a_time_in_which_nobody_answered_is_rows_of_empty_cells(
    archive: Archive,
) -> None:
    archive.write(every("2026-02-03T09:00", "2026-02-03T10:00", minutes=30))
    archive.write(every("2026-02-03T12:00", "2026-02-03T13:00", minutes=30))
    rows = list(cells(tree(archive), DEVICES).values())
    assert [row["Meter 1 (1)"] for row in rows] == [
        "1.1",
        "2.1",
        *[""] * 4,
        "1.1",
        "2.1",
    ]
    assert {row["seconds"] for row in rows} == {"1800"}


def test_rows_have_the_recording_interval_of_their_time(archive: Archive) -> None:
    for number in (1, 2):
        archive.write(
            [
                *every("2026-02-03T22:00", "2026-02-03T22:30", device=number),
                *every(
                    "2026-02-03T22:30", "2026-02-03T23:02", device=number, minutes=1
                ),
            ]
        )
    rows = list(cells(tree(archive), DEVICES).values())
    assert [row["seconds"] for row in rows] == ["600"] * 3 + ["60"] * 32
    assert "" not in {row["Meter 1 (1)"] for row in rows}


@pytest.mark.parametrize(
    ("month", "first", "last", "intervals"),
    [
        pytest.param(
            "2026-03", "2026-02-28T23:00", "2026-03-31T22:00", 743, id="spring"
        ),
        pytest.param(
            "2026-10", "2026-09-30T22:00", "2026-10-31T23:00", 745, id="autumn"
        ),
        pytest.param("2026-12", "2026-11-30T23:00", "2026-12-31T23:00", 744, id="year"),
    ],
)
def test_a_month_has_all_its_hours_and_only_those(
    archive: Archive, tmp_path: Path, month: str, first: str, last: str, intervals: int
) -> None:
    before = (utc(first) - timedelta(hours=5)).isoformat()[:16]
    after = (utc(last) + timedelta(hours=5)).isoformat()[:16]
    archive.write(every(before, after, minutes=60))
    rows = cells(tree(archive), f"energy/devices_{month}_0.csv")
    assert len(rows) == intervals
    stored = plain_sum(
        tmp_path / "archive.db", "active_energy_import", 1, utc(first), utc(last)
    )
    found = total(row["Meter 1 (1)"] for row in rows.values())
    assert found * 1000 == pytest.approx(stored)
    days = cells(tree(archive), f"overallTotal/values_{month}.csv").values()
    assert total(row["electricity [kWh]"] for row in days) * 1e6 == pytest.approx(
        stored
    )


def test_new_columns_start_a_new_version_that_keeps_its_own_part(
    archive: Archive,
) -> None:
    """Device 2 comes on 3 February at 10:33 local, device 1 goes at 11:00."""
    roster = "energy/devices"
    archive.remember_rosters({roster: [1]}, utc("2026-01-15"))
    archive.remember_rosters({roster: [1, 2]}, utc("2026-02-03T09:33:20"))
    archive.remember_rosters({roster: [2]}, utc("2026-02-03T10:00:00"))
    archive.write(every("2026-01-31T22:00", "2026-02-03T10:00", device=1))
    archive.write(every("2026-02-03T09:30", "2026-02-03T10:30", device=2))
    files = [x for x in names(archive, "energy") if x.startswith("devices")]
    assert files == [
        "devices_2026-01_0.csv",
        *(f"devices_2026-02_{version}.csv" for version in range(3)),
    ]
    parts = [cells(tree(archive), f"energy/{name}") for name in files[1:]]
    columns = [list(next(iter(part.values())))[3:] for part in parts]
    assert columns == [["Meter 1 (1)"], ["Meter 1 (1)", "Meter 2 (2)"], ["Meter 2 (2)"]]
    bounds = [(next(iter(part)), list(part)[-1]) for part in parts]
    assert bounds == [
        ("2026-02-01 00:00:00+01:00", "2026-02-03 10:20:00+01:00"),
        ("2026-02-03 10:30:00+01:00", "2026-02-03 10:50:00+01:00"),
        ("2026-02-03 11:00:00+01:00", "2026-02-03 11:20:00+01:00"),
    ]
    together = [start for part in parts for start in part]
    assert all(first < second for first, second in pairwise(together))


def test_history_from_before_the_first_roster_has_its_columns(archive: Archive) -> None:
    archive.remember_rosters({"energy/devices": [1]}, utc("2026-03-15"))
    archive.write(every("2026-02-03T09:00", "2026-02-03T11:00", device=1))
    archive.write(every("2026-02-03T09:00", "2026-02-03T11:00", device=3))
    row = next(iter(cells(tree(archive), DEVICES).values()))
    assert list(row)[3:] == ["Meter 1 (1)", "Meter 3 (3)"], "imported, and kept"


def test_a_deleted_device_keeps_its_column(archive: Archive) -> None:
    archive.write(every("2026-02-03T09:00", "2026-02-03T11:00", device=6))
    archive.remember_objects(without(6), utc("2026-02-05"))
    files = tree(archive, installation=without(6))
    assert "Meter 6 (6)" in next(iter(cells(files, DEVICES).values()))


def test_an_installation_gives_columns_to_what_its_models_measure() -> None:
    assert rosters_of(SITE, CATALOGUE) == {
        "eqcheck": [],
        "energy/devices": [1, 3, 5],  # a charging station tells of its sessions only
        "energy/groups": [1],
        "energy/loads": [1, 2, 3, 4, 5, 6, 7],
        "gas/devices": [2],
        "gas/groups": [],
        "water/devices": [],
        "water/groups": [],
    }


def test_the_overall_total_is_in_kilowatt_hours_and_cubic_metres(
    archive: Archive,
) -> None:
    archive.write([sample("2026-02-03T09:00", 1_234_567, device=1)])
    archive.write([sample("2026-02-03T09:00", 500, device=4)])
    archive.write(
        [sample("2026-02-05T09:00", 2_500_000, device=5, quantity="gas_volume")]
    )
    found = rows_of(content(tree(archive), "overallTotal/values_2026-02.csv"))
    assert found == [
        ["start", "utc_offset", "electricity [kWh]", "gas [m³]"],
        ["2026-02-03 00:00:00", "+01:00", "1.234567", ""],
        ["2026-02-04 00:00:00", "+01:00", "", ""],
        ["2026-02-05 00:00:00", "+01:00", "", "2.5"],
    ]


def test_the_settings_can_be_imported_again(archive: Archive) -> None:
    assert "General.csv" in names(archive, "settings")
    files = tree(archive, FileDialect(), installation=SITE)
    inventory = read(content(files, "settings/General.csv"))
    made = plan(inventory, SITE, CATALOGUE, {}, remove_missing=True)
    assert (made.problems, made.added, made.changed, made.removed) == ((), (), (), ())
    entry = files.find("settings/General.csv")
    assert entry.about_bytes == len(content(files, "settings/General.csv"))


def test_where_samples_were_let_go_their_hours_are_left(archive: Archive) -> None:
    """Samples of energy are kept for ten days; those of 1 February are 20 days old."""
    for number in (1, 2):
        archive.write(every("2026-01-31T23:00", "2026-02-20T12:00", device=number))
    before = cells(tree(archive), DEVICES)
    day_before = [row for start, row in before.items() if start < "2026-02-10"]
    retention = Retention(kept={DataKind.ENERGY: timedelta(days=10)})
    archive.apply_retention(retention, utc("2026-02-20T12:00"))
    after = cells(tree(archive), DEVICES)
    old = [row for start, row in after.items() if start < "2026-02-10"]
    assert {row["seconds"] for row in old} == {"3600"}
    assert len(old) == 9 * 24
    heading = "Meter 2 (2)"
    whole = total(row[heading] for row in day_before)
    assert total(row[heading] for row in old) == pytest.approx(whole)
    new = {start: row for start, row in after.items() if start >= "2026-02-10"}
    assert new == {start: row for start, row in before.items() if start in new}
    of_device = cells(tree(archive), "devices/1/1_energy_2026-02.csv")
    assert next(iter(of_device)) == "2026-02-10 00:00:00+01:00"
    assert "missing" not in {row["quality"] for row in of_device.values()}
