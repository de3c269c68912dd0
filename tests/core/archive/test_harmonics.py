"""Harmonics come out of the archive as they were read."""

from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
import sqlite3

import pytest

from custom_components.legrand_ews.ews.archive import (
    Archive,
    DataKind,
    PendingWrites,
    Retention,
)
from custom_components.legrand_ews.ews.archive.pending import MAX_PENDING
from custom_components.legrand_ews.ews.bus import Harmonics
from custom_components.legrand_ews.ews.catalogue import Provenance
from custom_components.legrand_ews.ews.errors import ArchiveError
from custom_components.legrand_ews.ews.metering import (
    Booking,
    HarmonicSample,
    harmonic_samples,
)
from custom_components.legrand_ews.ews.timegrid import Span

from .samples import PARIS, TEN_MINUTES, sample, utc
from .test_archive import accept, refuse

NOON = utc("2026-06-01T12:00")
MIDNIGHT = utc("2026-05-31T22:00")
"""The first of June in Paris."""
DAY = Span(MIDNIGHT, MIDNIGHT + timedelta(days=1))


def shown(
    start: datetime = NOON, device: int = 4, series: str = "current_l1"
) -> HarmonicSample:
    return HarmonicSample(
        device_id=device,
        series=series,
        start=start,
        length=TEN_MINUTES,
        shares_milli={2: 0, 3: 12_300, 63: 400, 99: 2**31 - 1},
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "archive.db"


@pytest.fixture
def archive(path: Path) -> Archive:
    archive = Archive(path, PARIS)
    archive.open()
    return archive


def test_harmonics_come_back_by_start_device_and_series(archive: Archive) -> None:
    later = shown(NOON + TEN_MINUTES, device=1)
    voltage = shown(series="voltage_l1_l2")
    next_day = shown(DAY.end)
    archive.write((), harmonics=[next_day, later, voltage, shown()])
    assert archive.harmonics(DAY) == [shown(), voltage, later]
    assert archive.harmonics(DAY, [1]) == [later]
    assert archive.harmonics(Span(DAY.start, NOON)) == []
    assert archive.harmonics_span(4) == Span(NOON, DAY.end + TEN_MINUTES)
    assert archive.harmonics_span(2) is None


def test_the_ranks_of_a_series_are_those_that_it_has_shown(archive: Archive) -> None:
    other = replace(shown(NOON + TEN_MINUTES), shares_milli={5: 1})
    voltage = replace(shown(series="voltage_l1"), shares_milli={7: 0})
    archive.write((), harmonics=[shown(), other, voltage])
    assert archive.harmonic_ranks(DAY, 4) == {
        "current_l1": (2, 3, 5, 63, 99),
        "voltage_l1": (7,),
    }
    assert archive.harmonic_ranks(Span(DAY.start, NOON), 4) == {}
    assert archive.harmonic_ranks(DAY, 1) == {}


def test_what_is_written_again_replaces_the_whole_series(archive: Archive) -> None:
    archive.write((), harmonics=[shown()])
    again = replace(shown(), shares_milli={5: 7})
    archive.write((), harmonics=[again])
    assert archive.harmonics(DAY) == [again]


def test_no_harmonics_are_left_of_a_device_that_is_purged(archive: Archive) -> None:
    archive.write((), harmonics=[shown(), shown(device=5)])
    archive.purge(4)
    assert archive.harmonics(DAY) == [shown(device=5)]


def test_they_are_kept_as_long_as_distortions(archive: Archive) -> None:
    last = shown(DAY.end - TEN_MINUTES)
    kept = shown(DAY.end)
    archive.write((), harmonics=[shown(), last, kept])
    now = DAY.end + timedelta(days=7)
    week = Retention(kept={DataKind.THD: timedelta(days=7)})
    assert archive.apply_retention(week, now) == {DataKind.THD: 2}
    assert archive.harmonics(Span(DAY.start, now)) == [kept]
    others = {kind: timedelta(days=2) for kind in DataKind if kind is not DataKind.THD}
    archive.apply_retention(Retention(kept=others), now)
    assert archive.harmonics(Span(DAY.start, now)) == [kept]


def test_a_move_and_a_copy_take_them_along(archive: Archive, path: Path) -> None:
    archive.write([sample(NOON, 1)], harmonics=[shown(), shown(DAY.end)])
    archive.move_to(path.with_name("moved.db"), lambda _: None)
    archive.snapshot(path.with_name("copy.db"))
    for name in ("moved.db", "copy.db"):
        there = Archive(path.with_name(name), PARIS)
        there.open()
        assert there.harmonics(DAY) == [shown()]
        assert there.harmonics_span(4) == archive.harmonics_span(4)
        there.close()


def test_what_could_not_be_written_outlives_a_restart(
    archive: Archive, path: Path
) -> None:
    pending = PendingWrites(archive)
    refuse(path, "energy")
    pending.add(Booking(samples=(sample(NOON, 1),)))
    pending.add(Booking(harmonics=(shown(), shown(series="current_n"))))
    with pytest.raises(ArchiveError):
        pending.write()
    assert archive.harmonics(DAY) == []
    accept(path)
    PendingWrites(archive).recover()
    assert archive.harmonics(DAY) == [shown(), shown(series="current_n")]
    assert len(archive.samples(DAY)) == 1


def test_what_waits_longer_than_a_day_gives_its_harmonics_up(
    archive: Archive, path: Path
) -> None:
    """As it does with averages: what waits is bounded."""
    pending = PendingWrites(archive)
    refuse(path, "energy")
    starts = [MIDNIGHT + number * TEN_MINUTES for number in range(MAX_PENDING + 1)]
    for start in starts:
        pending.add(Booking(samples=(sample(start, 1),)))
        pending.add(Booking(harmonics=(shown(start),)))
    with pytest.raises(ArchiveError):
        pending.write()
    accept(path)
    pending.write()
    everything = Span(DAY.start, DAY.end + TEN_MINUTES)
    assert archive.harmonics(everything) == [shown(start) for start in starts[2:]]


def test_harmonics_alone_are_written_too(archive: Archive) -> None:
    pending = PendingWrites(archive)
    pending.add(Booking(harmonics=(shown(),)))
    pending.write()
    assert archive.harmonics(DAY) == [shown()]


def test_an_archive_without_harmonics_gets_their_table(path: Path) -> None:
    """As the release before them has left it; people read percent."""
    archive = Archive(path, PARIS)
    archive.open()
    archive.close()
    with closing(sqlite3.connect(path, autocommit=True)) as database:
        database.executescript(
            "DROP VIEW harmonics_view; DROP TABLE harmonics;"
            "UPDATE meta SET value = 'another' WHERE key = 'shape'"
        )
    archive.open()
    archive.write((), harmonics=[shown()])
    archive.close()
    with closing(sqlite3.connect(path)) as database:
        query = (
            "SELECT start_utc, length_s, series, h2, h3, h4, h63 FROM harmonics_view"
        )
        (row,) = database.execute(query)
    assert row == ("2026-06-01 12:00:00", 600, "current_l1", 0, 12.3, None, 0.4)


@pytest.mark.parametrize(
    ("share", "milli"),
    [
        ("12.3", 12_300),
        ("0", 0),
        ("0.001", 1),
        ("-0.5", -500),
        ("2147483.647", 2**31 - 1),
        ("2147483.648", None),
        ("-2147483.648", None),
    ],
)
def test_a_share_is_kept_in_thousandths_of_a_percent(
    share: str, milli: int | None
) -> None:
    """Of what no distortion can be there is nothing; the fundamental is left out."""
    read = Harmonics(
        series={"current_l1": {1: Decimal(100), 3: Decimal(share)}},
        provenance=Provenance.ASSUMED,
        read_at=NOON + timedelta(minutes=7),
    )
    found = list(harmonic_samples(4, read, TEN_MINUTES, PARIS))
    expected = [replace(shown(), shares_milli={3: milli})]
    assert found == ([] if milli is None else expected)
