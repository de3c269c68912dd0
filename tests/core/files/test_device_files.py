"""``devices/<ID>/``: what a device recorded, cell by cell (S199, S200, S248)."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from custom_components.legrand_ews.ews.archive import Archive, StateChange
from custom_components.legrand_ews.ews.errors import ConfigurationError
from custom_components.legrand_ews.ews.files import FileDialect
from custom_components.legrand_ews.ews.metering import Quality, Sample, Statistic

from ..archive.samples import sample, utc
from ..consumption.building import BUILDING, HOUR, PARIS, without
from .space import (
    cells,
    column,
    content,
    every,
    open_archive,
    plain_sum,
    rows_of,
    total,
    tree,
)

ENERGY = "active_energy_import [Wh]"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    archive = open_archive(tmp_path)
    yield archive
    archive.close()


def names(archive: Archive, path: str) -> list[str]:
    return [entry.name for entry in tree(archive).entries(path)]


def test_a_device_has_a_folder_by_its_number_and_a_file_a_type_and_month(
    archive: Archive,
) -> None:
    archive.write(every("2026-01-31T20:00", "2026-02-01T03:00"))
    power = Statistic(
        average_milli=230_400, minimum_milli=229_000, maximum_milli=231_500
    )
    archive.write(
        [
            Sample(
                device_id=1,
                start=utc("2026-02-01T03:00"),
                length=timedelta(minutes=10),
                amounts_milli={"active_energy_import_l1": 5},
                statistics={"voltage_l1": power, "thd_voltage_l1": power},
            )
        ]
    )
    archive.write(
        every("2026-02-01", "2026-02-01T01:00", device=5, quantity="gas_volume")
    )
    assert names(archive, "devices") == ["1", "2", "3", "4", "5", "6", "7"]
    assert names(archive, "devices/1") == [
        f"1_{kind}_2026-{month}.csv"
        for kind in ("details", "energy", "statistics", "thd")
        for month in ("01", "02")
    ]
    assert names(archive, "/devices/5/") == ["5_gas_2026-02.csv"]
    assert names(archive, "devices/2") == []


def test_a_device_that_counts_nothing_has_its_files_while_it_is_there(
    tmp_path: Path,
) -> None:
    """From the interval in which it was first seen to the last that anybody recorded.

    2 has voltages only, and none before 10:00; 1 counts until the third interval after.
    """
    seen, gone = utc("2026-02-03T08:55"), utc("2026-02-03T09:15")
    volts = Statistic(
        average_milli=230_000, minimum_milli=229_000, maximum_milli=231_000
    )
    measured = Sample(
        device_id=2,
        start=utc("2026-02-03T09:00"),
        length=timedelta(minutes=10),
        amounts_milli={},
        statistics={"voltage_l1": volts},
    )
    with closing(Archive(tmp_path / "archive.db", PARIS)) as later:
        later.open()
        later.remember_objects(BUILDING, seen)
        later.write([*every("2026-02-03T09:00", "2026-02-03T09:30"), measured])
        path = "devices/2/2_statistics_2026-02.csv"
        assert names(later, "devices/2") == ["2_statistics_2026-02.csv"]
        rows = rows_of(content(tree(later), path))
        assert [(row[0][11:16], row[3]) for row in rows[1:]] == [
            ("09:50", "missing"),
            ("10:00", "complete"),
            ("10:10", "missing"),
            ("10:20", "missing"),
        ]
        later.remember_objects(without(2), gone)
        rest = tree(later, installation=without(2))
        assert len(rows_of(content(rest, path))) == 1 + 2


def test_every_cell_is_what_was_stored(archive: Archive) -> None:
    one = Sample(
        device_id=1,
        start=utc("2026-02-03T10:00"),
        length=timedelta(minutes=10),
        amounts_milli={
            "reactive_energy_import": 2_500,
            "active_energy_import": 1_234_500,
            "active_energy_export": 0,
        },
        quality=Quality.PARTIAL,
    )
    archive.write([one])
    files = tree(archive, FileDialect())
    assert content(files, "devices/1/1_energy_2026-02.csv").decode() == (
        "\ufeffstart;utc_offset;seconds;quality;active_energy_import [Wh];"
        "active_energy_export [Wh];reactive_energy_import [varh]\r\n"
        "2026-02-03 11:00:00;+01:00;600;partial;1234,5;0;2,5\r\n"
    )


def test_a_gauge_has_its_average_minimum_and_maximum(archive: Archive) -> None:
    archive.write(
        [
            Sample(
                device_id=6,
                start=utc("2026-02-03T10:00"),
                length=timedelta(minutes=10),
                amounts_milli={"active_energy_import": 1},
                statistics={
                    "power_factor": Statistic(
                        average_milli=-980, minimum_milli=-1000, maximum_milli=5
                    ),
                    "voltage_l1": Statistic(
                        average_milli=230_412, minimum_milli=0, maximum_milli=231_000
                    ),
                },
            )
        ]
    )
    assert rows_of(content(tree(archive), "devices/6/6_statistics_2026-02.csv")) == [
        [
            *("start", "utc_offset", "seconds", "quality"),
            *("power_factor_avg", "power_factor_min", "power_factor_max"),
            *("voltage_l1_avg [V]", "voltage_l1_min [V]", "voltage_l1_max [V]"),
        ],
        [
            *("2026-02-03 11:00:00", "+01:00", "600", "complete"),
            *("-0.98", "-1", "0.005", "230.412", "0", "231"),
        ],
    ]


@pytest.mark.parametrize(
    ("day", "start", "end", "hours"),
    [
        pytest.param(
            "2026-03-29", "2026-03-28T23:00", "2026-03-29T22:00", 23, id="spring"
        ),
        pytest.param(
            "2026-10-25", "2026-10-24T22:00", "2026-10-25T23:00", 25, id="autumn"
        ),
    ],
)
def test_a_day_on_which_the_clock_changes_has_every_interval_once(
    archive: Archive, tmp_path: Path, day: str, start: str, end: str, hours: int
) -> None:
    archive.write(every(utc(start) - HOUR, (utc(end) + HOUR).isoformat()[:16]))
    found = cells(tree(archive), f"devices/1/1_energy_{day[:7]}.csv")
    of_day = [row for at, row in found.items() if at.startswith(day)]
    assert len(of_day) == hours * 6
    stored = plain_sum(
        tmp_path / "archive.db", "active_energy_import", 1, utc(start), utc(end)
    )
    assert total(row[ENERGY] for row in of_day) * 1000 == pytest.approx(stored)


def test_the_turn_of_the_year_parts_files_at_local_midnight(archive: Archive) -> None:
    archive.write(every("2026-12-31T22:00", "2027-01-01T01:00", base=3000))
    december = cells(tree(archive), "devices/1/1_energy_2026-12.csv")
    january = cells(tree(archive), "devices/1/1_energy_2027-01.csv")
    assert list(december) == [
        f"2026-12-31 23:{m:02d}:00+01:00" for m in range(0, 60, 10)
    ]
    assert next(iter(january)) == "2027-01-01 00:00:00+01:00"
    assert len(january) == 12


def test_a_gap_is_rows_without_values_and_its_energy_a_row_of_its_own(
    archive: Archive,
) -> None:
    archive.write(
        [
            *every("2026-02-03T09:00", "2026-02-03T09:20"),
            sample(
                "2026-02-03T09:20",
                99_000,
                length=timedelta(minutes=30),
                quality=Quality.RECOVERED,
            ),
            *every("2026-02-03T09:50", "2026-02-03T10:10"),
        ]
    )
    heading, *rows = rows_of(content(tree(archive), "devices/1/1_energy_2026-02.csv"))
    assert heading[-1] == ENERGY
    assert [(row[0][11:16], row[2], row[3], row[4]) for row in rows] == [
        ("10:00", "600", "complete", "1.1"),
        ("10:10", "600", "complete", "2.1"),
        ("10:20", "1800", "recovered", "99"),
        ("10:20", "600", "missing", ""),
        ("10:30", "600", "missing", ""),
        ("10:40", "600", "missing", ""),
        ("10:50", "600", "complete", "1.1"),
        ("11:00", "600", "complete", "2.1"),
    ]


def test_recording_intervals_that_changed_read_back_exactly(archive: Archive) -> None:
    archive.write(
        [
            *every("2026-02-03T09:00", "2026-02-03T10:00", minutes=10),
            *every("2026-02-03T10:00", "2026-02-03T12:00", minutes=30),
            *every("2026-02-03T12:00", "2026-02-03T12:03", minutes=1),
        ]
    )
    found = cells(tree(archive), "devices/1/1_energy_2026-02.csv")
    seconds = [row["seconds"] for row in found.values()]
    assert seconds == ["600"] * 6 + ["1800"] * 4 + ["60"] * 3
    assert "missing" not in {row["quality"] for row in found.values()}


def test_a_month_begins_and_ends_with_what_is_missing_in_it(archive: Archive) -> None:
    """Silent from 31 January 20:00 to 1 February 02:00, in Paris an hour later."""
    archive.write(every("2026-01-31T19:00", "2026-01-31T20:00", minutes=60))
    archive.write(every("2026-02-01T02:00", "2026-02-01T03:00", minutes=60))
    january = cells(tree(archive), "devices/1/1_energy_2026-01.csv")
    february = cells(tree(archive), "devices/1/1_energy_2026-02.csv")
    assert [row["quality"] for row in january.values()] == [
        "complete",
        *["missing"] * 3,
    ]
    assert [row["quality"] for row in february.values()] == ["missing"] * 3 + [
        "complete"
    ]
    assert next(iter(february)) == "2026-02-01 00:00:00+01:00"


def test_a_block_that_fails_is_missing_in_its_own_file(archive: Archive) -> None:
    archive.write(every("2026-02-03T09:00", "2026-02-03T09:30"))
    archive.write(
        [
            *every("2026-02-03T09:00", "2026-02-03T09:10", quantity="run_hours"),
            *every("2026-02-03T09:20", "2026-02-03T09:30", quantity="run_hours"),
        ]
    )
    path = "devices/1/1_details_2026-02.csv"
    assert column(tree(archive), path, "run_hours [h]") == ["1.1", "", "1.1"]


def test_a_deleted_device_keeps_its_folder(archive: Archive) -> None:
    archive.write(every("2026-02-03T09:00", "2026-02-03T09:30", device=7))
    archive.remember_objects(without(7), utc("2026-02-04"))
    rest = tree(archive, installation=without(7))
    assert "7" in [entry.name for entry in rest.entries("devices")]
    assert len(cells(rest, "devices/7/7_energy_2026-02.csv")) == 3


@pytest.mark.parametrize(
    "path",
    [
        "devices/1/1_energy_2026-01.csv",
        "devices/1/2_energy_2026-02.csv",
        "devices/1/../../archive.db",
        "devices/01/1_energy_2026-02.csv",
        "devices/1/1_harmonics_2026-02.csv",
        "devices/8/8_energy_2026-02.csv",
        "devices",
        "",
        "nowhere",
        "energy/devices_2026-02_7.csv",
    ],
)
def test_what_is_not_there_is_said(archive: Archive, path: str) -> None:
    archive.write(every("2026-02-03T09:00", "2026-02-03T09:30"))
    with pytest.raises(ConfigurationError) as caught:
        content(tree(archive), path)
    assert caught.value.key == "file_unknown"


def test_a_state_file_tells_every_change_and_what_held_before(archive: Archive) -> None:
    """A breaker trips on 31 January at 23:30 local, and is closed on 2 February."""
    archive.write(every("2026-01-31T20:00", "2026-02-02T12:00", minutes=60))

    def change(quantity: str, since: str, value: int | None) -> StateChange:
        return StateChange(
            device_id=1, quantity=quantity, since=utc(since), value=value
        )

    archive.write_states(
        [
            change("breaker_state", "2026-01-31T20:00", 1),
            change("breaker_state", "2026-01-31T22:30:05", 2),
            change("trip_cause", "2026-01-31T22:30:05", 3),
            change("breaker_state", "2026-02-02T08:00", None),
            change("breaker_state", "2026-02-02T09:00", 1),
        ]
    )
    listed = [x for x in names(archive, "devices/1") if "state" in x]
    assert listed == ["1_state_2026-01.csv", "1_state_2026-02.csv"]
    january, february = (
        rows_of(content(tree(archive), f"devices/1/{name}")) for name in listed
    )
    assert january == [
        ["start", "utc_offset", "breaker_state", "trip_cause"],
        ["2026-01-31 21:00:00", "+01:00", "closed", ""],
        ["2026-01-31 23:30:05", "+01:00", "tripped", "instantaneous"],
    ]
    assert february[1:] == [
        ["2026-02-01 00:00:00", "+01:00", "tripped", "instantaneous"],
        ["2026-02-02 09:00:00", "+01:00", "", "instantaneous"],
        ["2026-02-02 10:00:00", "+01:00", "closed", "instantaneous"],
    ]
    assert [x for x in names(archive, "devices/2") if "state" in x] == []
