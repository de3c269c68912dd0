"""``reportdata.zip``: amounts of chosen objects at a chosen rate (S210-S215)."""

from collections.abc import Iterator
from datetime import UTC, timedelta
import io
import json
from pathlib import Path
import zipfile

from hypothesis import given, settings, strategies as st
import pytest

from custom_components.legrand_ews.ews.archive import Archive
from custom_components.legrand_ews.ews.errors import ConfigurationError
from custom_components.legrand_ews.ews.files import (
    DataRequest,
    DownloadCancelledError,
    FileDialect,
    Record,
    write_download,
)
from custom_components.legrand_ews.ews.metering import Quality, Sample

from ..archive.samples import sample, utc
from ..consumption.building import BUILDING, GAS, LIGHTING, PARIS
from .space import ENGLISH, every, open_archive, plain_sum, rows_of, total

TEN = timedelta(minutes=10)
ELECTRICITY = "report_energy_devices_electricity.csv"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    archive = open_archive(tmp_path)
    yield archive
    archive.close()


def download(
    archive: Archive, folder: Path, dialect: FileDialect = ENGLISH, **fields: object
) -> dict[str, list[list[str]]]:
    request = DataRequest.from_request(fields, PARIS)
    path = folder / "reportdata.zip"
    names = write_download(
        path, request, Record(BUILDING, archive), dialect, lambda _: None
    )
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as made:
        assert made.testzip() is None
        assert tuple(made.namelist()) == names
        return {name: rows_of(made.read(name), dialect.delimiter) for name in names}


def column(rows: list[list[str]], heading: str) -> list[str]:
    index = rows[0].index(heading)
    return [row[index] for row in rows[1:]]


def starts(rows: list[list[str]]) -> list[str]:
    return [f"{row[0]}{row[1]}" for row in rows[1:]]


@pytest.mark.parametrize(
    ("fields", "files"),
    [
        pytest.param(
            {"kind": "device"},
            {
                ELECTRICITY: ["Meter 1 (1)", "Meter 3 (3)", "Meter 4 (4)"],
                "report_energy_devices_gas.csv": ["Meter 5 (5)"],
            },
            id="all",
        ),
        pytest.param(
            {"ids": [4, 1]}, {ELECTRICITY: ["Meter 4 (4)", "Meter 1 (1)"]}, id="chosen"
        ),
        pytest.param(
            {"kind": "group"},
            {"report_energy_groups_electricity.csv": ["Ground (1)", "First (2)"]},
            id="groups",
        ),
        pytest.param(
            {"kind": "load", "ids": [LIGHTING]},
            {"report_energy_loads.csv": ["lighting (4)"]},
            id="load",
        ),
        pytest.param(
            {"kind": "load", "ids": [GAS]},
            {"report_energy_loads_gas.csv": ["gas (8)"]},
            id="gas",
        ),
    ],
)
def test_only_the_files_that_apply_are_made(
    archive: Archive,
    tmp_path: Path,
    fields: dict[str, object],
    files: dict[str, list[str]],
) -> None:
    for number in (1, 3, 4):
        archive.write(every("2026-02-03T09:00", "2026-02-03T12:00", device=number))
    archive.write(
        every("2026-02-03T09:00", "2026-02-03T12:00", device=5, quantity="gas_volume")
    )
    made = download(archive, tmp_path, start="2026-02-03", end="2026-02-03", **fields)
    assert {name: rows[0][2:] for name, rows in made.items()} == files


def test_a_quarter_of_an_hour_is_what_is_asked_for_by_default(
    archive: Archive, tmp_path: Path
) -> None:
    """Samples of ten minutes lie across its edges: their energy flows evenly (Q23)."""
    archive.write([sample("2026-02-03T09:00", 3000), sample("2026-02-03T09:10", 6000)])
    rows = download(archive, tmp_path, start="2026-02-03", end="2026-02-03")[
        ELECTRICITY
    ]
    assert len(rows) == 1 + 96
    known = {
        start: cell
        for start, cell in zip(starts(rows), column(rows, "Meter 1 (1)"), strict=True)
        if cell
    }
    assert known == {
        "2026-02-03 10:00:00+01:00": "6",
        "2026-02-03 10:15:00+01:00": "3",
    }


RATES = ("sample", "15min", "hour", "day", "week", "month")


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize(
    ("start", "end", "first", "last"),
    [
        pytest.param(
            "2026-03-02",
            "2026-04-05",
            "2026-03-01T23:00",
            "2026-04-05T22:00",
            id="spring",
        ),
        pytest.param(
            "2026-10-19",
            "2026-11-01",
            "2026-10-18T22:00",
            "2026-11-01T23:00",
            id="autumn",
        ),
        pytest.param(
            "2026-12-28",
            "2027-01-10",
            "2026-12-27T23:00",
            "2027-01-10T23:00",
            id="year",
        ),
    ],
)
def test_the_rows_of_any_rate_add_up_to_what_is_stored(
    archive: Archive,
    tmp_path: Path,
    rate: str,
    start: str,
    end: str,
    first: str,
    last: str,
) -> None:
    reached = (utc(last) + timedelta(days=1)).isoformat()[:16]
    for number in (1, 2):
        begin = utc(first) - timedelta(days=1)
        archive.write(every(begin, reached, device=number, minutes=30))
    rows = download(archive, tmp_path, start=start, end=end, rate=rate)[ELECTRICITY]
    for number in (1, 2):
        stored = plain_sum(
            tmp_path / "archive.db",
            "active_energy_import",
            number,
            utc(first),
            utc(last),
        )
        found = total(column(rows, f"Meter {number} ({number})")) * 1000
        assert found == pytest.approx(stored)
    assert len(set(starts(rows))) == len(rows) - 1


@pytest.mark.parametrize(
    ("day", "rate", "rows", "first_three"),
    [
        pytest.param(
            "2026-03-29",
            "hour",
            23,
            ["00:00+01:00", "01:00+01:00", "03:00+02:00"],
            id="spring",
        ),
        pytest.param(
            "2026-10-25",
            "hour",
            25,
            ["00:00+02:00", "01:00+02:00", "02:00+02:00"],
            id="autumn",
        ),
        pytest.param(
            "2026-03-29",
            "15min",
            92,
            ["00:00+01:00", "00:15+01:00", "00:30+01:00"],
            id="quarters",
        ),
    ],
)
def test_days_on_which_the_clock_changes(
    archive: Archive,
    tmp_path: Path,
    day: str,
    rate: str,
    rows: int,
    first_three: list[str],
) -> None:
    archive.write(every(utc(day) - timedelta(days=1), f"{day}T23:50"))
    made = download(archive, tmp_path, start=day, end=day, rate=rate)[ELECTRICITY]
    assert len(made) - 1 == rows
    found = [f"{row[0][11:16]}{row[1]}" for row in made[1:4]]
    assert found == first_three


GAP = Sample(
    device_id=1,
    start=utc("2026-02-03T10:20"),
    length=timedelta(hours=3),
    amounts_milli={"active_energy_import": 9_000_000},
    quality=Quality.RECOVERED,
)


@pytest.mark.parametrize(
    ("rate", "between", "expected"),
    [
        pytest.param("hour", ("11:00", "15:00"), ["2", "", "", "4"], id="hour"),
        pytest.param(
            "15min", ("11:15", "14:30"), ["0.5", *[""] * 11, "1"], id="quarter"
        ),
        pytest.param("day", ("00:00", "23:00"), ["9016"], id="day"),
        pytest.param("sample", ("11:10", "14:30"), ["1", *[""] * 18, "1"], id="sample"),
    ],
)
def test_what_flowed_in_a_gap_counts_only_where_all_of_it_lies(
    archive: Archive,
    tmp_path: Path,
    rate: str,
    between: tuple[str, str],
    expected: list[str],
) -> None:
    archive.write(
        [
            sample(f"2026-02-03T{at}", 1000)
            for at in ("09:00", "09:10", "10:00", "10:10")
        ]
    )
    archive.write([GAP])
    archive.write([sample(utc("2026-02-03T13:20") + TEN * n, 1000) for n in range(12)])
    rows = download(archive, tmp_path, start="2026-02-03", end="2026-02-03", rate=rate)
    shown = rows[ELECTRICITY]
    cells = [
        cell
        for row, cell in zip(shown[1:], column(shown, "Meter 1 (1)"), strict=True)
        if between[0] <= row[0][11:16] < between[1]
    ]
    assert cells == expected


def test_between_recorded_intervals_a_gap_counts_where_all_of_it_lies(
    archive: Archive, tmp_path: Path
) -> None:
    """Meter 3 tells the intervals, hours; of meter 1 only what was made up for is known.

    A whole hour, twenty minutes of one, forty over the edge of two, and half an hour.
    """
    archive.write_history(
        [
            sample(f"2026-02-03T{hour:02}:00", 1000, device=3, length=6 * TEN)
            for hour in range(8, 13)
        ]
    )
    archive.write_history(
        [
            sample(
                f"2026-02-03T{start}", milli, length=length, quality=Quality.RECOVERED
            )
            for start, milli, length in (
                ("09:00", 1000, 6 * TEN),
                ("10:20", 2000, 2 * TEN),
                ("11:30", 3000, 4 * TEN),
                ("12:10", 4000, 3 * TEN),
            )
        ]
    )
    rows = download(
        archive, tmp_path, start="2026-02-03", end="2026-02-03", rate="sample"
    )[ELECTRICITY]
    hours = {row[0][11:16]: row[2:] for row in rows if row[-1] == "1"}
    assert hours == {
        "09:00": ["3600", "", "1"],
        "10:00": ["3600", "1", "1"],
        "11:00": ["3600", "2", "1"],
        "12:00": ["3600", "", "1"],
        "13:00": ["3600", "4", "1"],
    }


@st.composite
def histories(draw: st.DrawFn) -> list[Sample]:
    """An hour in which the interval changes, with gaps and amounts of any size."""
    made: list[Sample] = []
    at = utc("2026-03-28T22:00")
    while at < utc("2026-03-29T06:00"):
        minutes = draw(st.sampled_from([1, 5, 10, 20, 30, 60]))
        length = timedelta(minutes=minutes)
        count = timedelta(hours=1) // length
        for index in range(count):
            if draw(st.booleans()):
                milli = draw(st.integers(0, 10**9))
                made.append(sample(at + length * index, milli, length=length))
        at += timedelta(hours=1)
    return made


@settings(max_examples=40, deadline=None)
@given(history=histories(), rate=st.sampled_from(RATES))
def test_nothing_is_lost_or_invented_at_any_rate(
    tmp_path_factory: pytest.TempPathFactory, history: list[Sample], rate: str
) -> None:
    if not history:
        return
    folder = tmp_path_factory.mktemp("any")
    archive = open_archive(folder)
    try:
        archive.write(history)
        rows = download(
            archive, folder, start="2026-03-01", end="2026-03-31", rate=rate
        )
    finally:
        archive.close()
    milli = [
        round(float(x) * 1000) for x in column(rows[ELECTRICITY], "Meter 1 (1)") if x
    ]
    assert sum(milli) == sum(
        one.amounts_milli["active_energy_import"] for one in history
    )


def test_the_dialect_is_the_users(archive: Archive, tmp_path: Path) -> None:
    archive.write([sample("2026-02-03T09:00", 1500)])
    made = download(
        archive,
        tmp_path,
        FileDialect(),
        start="2026-02-03",
        end="2026-02-03",
        rate="day",
    )
    assert made[ELECTRICITY] == [
        ["\ufeffstart", "utc_offset", "Meter 1 (1)"],
        ["2026-02-03 00:00:00", "+01:00", "1,5"],
    ]


@pytest.mark.parametrize(
    ("fields", "field", "key"),
    [
        ({}, "start", "span_missing"),
        ({"start": "2026-02-03"}, "end", "span_missing"),
        ({"start": "2026-02-04", "end": "2026-02-03"}, "end", "end_not_after_start"),
        ({"start": "soon", "end": "2026-02-03"}, "start", "date_invalid"),
        ({"rate": "fortnight"}, "rate", "option_unknown"),
        ({"kind": "station"}, "kind", "option_unknown"),
        ({"ids": ["x"]}, "ids", "number_invalid"),
        ({"ids": [77]}, "ids", "unknown_object"),
        ({"start": "2025-02-03", "end": "2025-02-03"}, "start", "export_empty"),
        ({"ids": [2]}, "start", "export_empty"),
    ],
)
def test_what_cannot_be_exported_is_said_at_its_field(
    archive: Archive,
    tmp_path: Path,
    fields: dict[str, object],
    field: str,
    key: str,
) -> None:
    archive.write([sample("2026-02-03T09:00", 1500)])
    if "start" not in fields and "end" not in fields and key != "span_missing":
        fields = {**fields, "start": "2026-02-03", "end": "2026-02-03"}
    with pytest.raises(ConfigurationError) as caught:
        download(archive, tmp_path, **fields)
    assert (caught.value.field, caught.value.key) == (field, key)
    assert not list(tmp_path.glob("reportdata*"))


def test_progress_rises_to_one_and_a_cancelled_file_is_gone(
    archive: Archive, tmp_path: Path
) -> None:
    archive.write(every("2026-02-01T00:00", "2026-02-06T00:00"))
    fields = {"start": "2026-02-01", "end": "2026-02-05"}
    request = DataRequest.from_request(fields, PARIS)
    told: list[float] = []
    path = tmp_path / "reportdata.zip"
    write_download(path, request, Record(BUILDING, archive), ENGLISH, told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert len(told) > 4
    path.unlink()

    def cancel(done: float) -> None:
        if done > 0.4:
            raise DownloadCancelledError

    with pytest.raises(DownloadCancelledError):
        write_download(path, request, Record(BUILDING, archive), ENGLISH, cancel)
    assert not list(tmp_path.glob("reportdata*"))


def test_days_include_the_last_one_and_instants_do_not(
    archive: Archive, tmp_path: Path
) -> None:
    archive.write(every("2026-02-02T20:00", "2026-02-05T00:00", minutes=60))
    by_day = download(
        archive, tmp_path, start="2026-02-03", end="2026-02-03", rate="hour"
    )
    assert len(by_day[ELECTRICITY]) == 1 + 24
    by_instant = download(
        archive,
        tmp_path,
        start="2026-02-03T10:00:00+01:00",
        end=utc("2026-02-03T11:00").astimezone(UTC),
        rate="hour",
    )
    assert starts(by_instant[ELECTRICITY]) == [
        "2026-02-03 10:00:00+01:00",
        "2026-02-03 11:00:00+01:00",
    ]


def test_programs_get_json(archive: Archive, tmp_path: Path) -> None:
    archive.write([sample("2026-02-03T09:00", 1500), sample("2026-02-03T11:00", 2000)])
    fields = {"start": "2026-02-03", "end": "2026-02-03", "rate": "hour"}
    request = DataRequest.from_request({**fields, "format": "json"}, PARIS)
    path = tmp_path / "reportdata.zip"
    names = write_download(
        path, request, Record(BUILDING, archive), FileDialect(), lambda _: None
    )
    assert names == ("report_energy_devices_electricity.json",)
    with zipfile.ZipFile(path) as made:
        found = json.loads(made.read(names[0]))
    rows = found.pop("rows")
    assert found == {
        "fluid": "electricity",
        "unit": "Wh",
        "columns": [{"id": 1, "name": "Meter 1"}],
    }
    assert len(rows) == 24
    assert [row for row in rows if row["values"] != [None]] == [
        {"start": "2026-02-03T10:00:00+01:00", "seconds": 3600, "values": [1.5]},
        {"start": "2026-02-03T12:00:00+01:00", "seconds": 3600, "values": [2]},
    ]


@pytest.mark.parametrize("rate", ["sample", "15min"])
def test_json_of_several_days_is_whole(
    archive: Archive, tmp_path: Path, rate: str
) -> None:
    archive.write(every("2026-02-02T23:00", "2026-02-05T23:00"))
    fields = {"start": "2026-02-03", "end": "2026-02-05", "rate": rate}
    request = DataRequest.from_request({**fields, "format": "json"}, PARIS)
    path = tmp_path / "reportdata.zip"
    (name,) = write_download(
        path, request, Record(BUILDING, archive), FileDialect(), lambda _: None
    )
    with zipfile.ZipFile(path) as made:
        rows = json.loads(made.read(name))["rows"]
    assert sum(row["seconds"] for row in rows) == 3 * 24 * 3600
    stored = plain_sum(
        tmp_path / "archive.db",
        "active_energy_import",
        1,
        utc("2026-02-02T23:00"),
        utc("2026-02-05T23:00"),
    )
    assert sum(row["values"][0] for row in rows) * 1000 == pytest.approx(stored)
