"""``<ID>_harmonics_<yyyy-MM>.csv``: a month of harmonics, cell by cell (S200)."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from custom_components.legrand_ews.ews.archive import Archive
from custom_components.legrand_ews.ews.errors import ConfigurationError
from custom_components.legrand_ews.ews.files import FileDialect
from custom_components.legrand_ews.ews.metering import HarmonicSample

from ..archive.samples import TEN_MINUTES, utc
from .space import column, content, every, open_archive, tree

PATH = "devices/1/1_harmonics_2026-02.csv"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    archive = open_archive(tmp_path)
    archive.write(every("2026-01-31T20:00", "2026-02-03T12:00"))
    yield archive
    archive.close()


def shown(
    start: str | datetime,
    shares_milli: dict[int, int],
    series: str = "current_l1",
    device: int = 1,
    length: timedelta = TEN_MINUTES,
) -> HarmonicSample:
    return HarmonicSample(
        device_id=device,
        series=series,
        start=utc(start) if isinstance(start, str) else start,
        length=length,
        shares_milli=shares_milli,
    )


def names(archive: Archive, device: int) -> list[str]:
    found = tree(archive).entries(f"devices/{device}")
    return [entry.name for entry in found if "harmonics" in entry.name]


def test_a_device_that_showed_harmonics_has_a_file_a_month(archive: Archive) -> None:
    assert names(archive, 1) == []
    archive.write(
        every("2026-02-01", "2026-02-01T01:00", device=2),
        harmonics=[
            shown("2026-01-31T22:50", {3: 1}),
            shown("2026-02-01T10:00", {3: 2}),
        ],
    )
    assert names(archive, 1) == ["1_harmonics_2026-01.csv", "1_harmonics_2026-02.csv"]
    assert names(archive, 2) == []
    with pytest.raises(ConfigurationError):
        content(tree(archive), "devices/2/2_harmonics_2026-02.csv")


def test_every_cell_is_what_was_read(archive: Archive) -> None:
    """A cell without a share is empty, as is an interval in which none was read."""
    archive.write(
        (),
        harmonics=[
            shown("2026-02-03T10:00", {3: 12_300, 5: 0, 63: 400}),
            shown("2026-02-03T10:00", {3: 1_500}, "voltage_l1_l2"),
            shown("2026-02-03T10:20", {5: 7}),
            shown("2026-02-03T10:00", {9: 9}, device=2),
        ],
    )
    assert content(tree(archive, FileDialect()), PATH).decode() == (
        "\ufeffstart;utc_offset;seconds;quality;current_l1_h3 [%];current_l1_h5 [%];"
        "current_l1_h63 [%];voltage_l1_l2_h3 [%]\r\n"
        "2026-02-03 11:00:00;+01:00;600;complete;12,3;0;0,4;1,5\r\n"
        "2026-02-03 11:10:00;+01:00;600;missing;;;;\r\n"
        "2026-02-03 11:20:00;+01:00;600;complete;;0,007;;\r\n"
    )


def test_a_month_is_whole_over_midnight_and_another_interval(archive: Archive) -> None:
    hour = timedelta(hours=1)
    archive.write(
        (),
        harmonics=[
            *(
                shown(utc("2026-02-01T21:00") + n * hour, {3: n}, length=hour)
                for n in (0, 1, 3)
            ),
            shown("2026-02-02T01:00", {3: 4}, length=timedelta(minutes=30)),
        ],
    )
    files = tree(archive)
    assert column(files, PATH, "start") == [
        f"2026-02-{start}:00"
        for start in ("01 22:00", "01 23:00", "02 00:00", "02 01:00", "02 02:00")
    ]
    assert column(files, PATH, "seconds") == [*["3600"] * 4, "1800"]
    assert column(files, PATH, "current_l1_h3 [%]") == [
        *("0", "0.001", "", "0.003", "0.004")
    ]


def test_the_interval_that_runs_is_in_no_file_yet(archive: Archive) -> None:
    """Its samples are not there, either."""
    archive.write(
        (),
        harmonics=[
            shown("2026-02-03T11:50", {3: 1}),
            shown("2026-02-03T12:00", {3: 2}),
        ],
    )
    assert column(tree(archive), PATH, "current_l1_h3 [%]") == ["0.001"]
