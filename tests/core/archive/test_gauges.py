"""Averages and extremes of hours and days are what the samples say."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from fractions import Fraction
from itertools import chain, pairwise
from pathlib import Path
import sqlite3
import tempfile
from zoneinfo import ZoneInfo

from hypothesis import given, settings, strategies as st
import pytest

from custom_components.legrand_ews.ews.archive import Archive
from custom_components.legrand_ews.ews.metering import Sample, Statistic
from custom_components.legrand_ews.ews.timegrid import Bucket, bucket_edges

from .samples import HOUR, PARIS, TEN_MINUTES, utc
from .test_rollup import PLACES, days_around

QUANTITIES = ("voltage_l1", "current_l3", "thd_current_n", "temperature")
TABLES = tuple(
    f"{table}_{rollup}"
    for table in ("statistics", "statistics_phases", "statistics_own", "thd")
    for rollup in ("hourly", "daily")
)
HALF = timedelta(minutes=30)


def rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with sqlite3.connect(path) as connection:
        return {
            table: connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()
            for table in TABLES
        }


def gauge(
    start: datetime,
    milli: Sequence[int],
    *,
    device: int = 1,
    length: timedelta = TEN_MINUTES,
    quantities: Iterable[str] = QUANTITIES[:1],
) -> Sample:
    minimum, average, maximum = sorted(milli)
    statistic = Statistic(
        average_milli=average, minimum_milli=minimum, maximum_milli=maximum
    )
    return Sample(
        device_id=device,
        start=start,
        length=length,
        statistics=dict.fromkeys(quantities, statistic),
    )


def cut(value: Fraction) -> int:
    """Towards zero."""
    return int(value)


def expected(
    samples: Iterable[Sample], edges: Sequence[datetime], quantity: str
) -> dict[int, Statistic]:
    """Average weighted by time and the extremes, bucket by bucket, cut once."""
    found = {}
    for bucket, (start, end) in enumerate(pairwise(edges)):
        own = [
            (one.statistics[quantity], one.length // timedelta(seconds=1))
            for one in samples
            if start <= one.start < end and quantity in one.statistics
        ]
        if own:
            weighted = sum(s.average_milli * seconds for s, seconds in own)
            found[bucket] = Statistic(
                average_milli=cut(Fraction(weighted, sum(s for _, s in own))),
                minimum_milli=min(s.minimum_milli for s, _ in own),
                maximum_milli=max(s.maximum_milli for s, _ in own),
            )
    return found


@st.composite
def courses(draw: st.DrawFn) -> tuple[ZoneInfo, list[list[Sample]]]:
    """Writes of two devices, some of the past, some of what is not measured always."""
    zone, start = draw(st.sampled_from(PLACES))
    writes = []
    at = start
    for _ in range(draw(st.integers(1, 5))):
        at += draw(st.sampled_from([0, 1, 7, 30, 150, -100])) * HALF
        length = draw(st.sampled_from([TEN_MINUTES, HALF]))
        write = []
        for step in range(draw(st.integers(1, 4))):
            for device in draw(st.sampled_from([(1,), (2,), (1, 2)])):
                milli = draw(st.tuples(*[st.integers(-(10**9), 10**9)] * 3))
                quantities = draw(
                    st.lists(st.sampled_from(QUANTITIES), min_size=1, unique=True)
                )
                write.append(
                    gauge(
                        at + step * length,
                        milli,
                        device=device,
                        length=length,
                        quantities=quantities,
                    )
                )
        writes.append(write)
        at += len(write) * length
    return zone, writes


@settings(max_examples=25, deadline=None)
@given(courses())
def test_every_way_to_the_rollups_gives_the_same_rows(
    story: tuple[ZoneInfo, list[list[Sample]]],
) -> None:
    zone, writes = story
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "archive.db"
        archive = Archive(path, zone)
        archive.open()
        for write in writes:
            archive.write(write)
        written = rows(path)
        archive.rebuild_rollups()
        assert rows(path) == written
        stored = archive.samples(days_around(list(chain(*writes)), zone))
        check(archive, stored, zone)
        archive.close()


def check(archive: Archive, samples: Sequence[Sample], zone: ZoneInfo) -> None:
    """Every resolution; days and months may be cut once more an hour."""
    span = days_around(samples, zone)
    for bucket, tolerance in ((Bucket.HOUR, 0), (Bucket.DAY, 1), (Bucket.MONTH, 1)):
        edges = bucket_edges(span, bucket, zone, TEN_MINUTES)
        found = archive.statistics([1, 2], QUANTITIES, edges)
        for device in (1, 2):
            own = [one for one in samples if one.device_id == device]
            for quantity in QUANTITIES:
                told = found.get(device, {}).get(quantity, {})
                due = expected(own, edges, quantity)
                assert told.keys() == due.keys()
                for number, statistic in told.items():
                    assert statistic.minimum_milli == due[number].minimum_milli
                    assert statistic.maximum_milli == due[number].maximum_milli
                    off = statistic.average_milli - due[number].average_milli
                    assert abs(off) <= tolerance


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    archive = Archive(tmp_path / "archive.db", PARIS)
    archive.open()
    return archive


def test_the_hour_that_runs_is_told_as_well(archive: Archive) -> None:
    start = utc("2026-03-01T10:00")
    archive.write([gauge(start, (1, 2, 3)), gauge(start + TEN_MINUTES, (4, 8, 9))])
    day = [utc("2026-02-28T23:00"), utc("2026-03-01T23:00")]
    due = Statistic(average_milli=5, minimum_milli=1, maximum_milli=9)
    for edges in (day, [start, start + HOUR], [start + TEN_MINUTES - HALF, day[1]]):
        assert archive.statistics([1], ["voltage_l1"], edges) == {
            1: {"voltage_l1": {0: due}}
        }


def test_an_hour_has_its_row_once_it_is_over(archive: Archive, tmp_path: Path) -> None:
    start = utc("2026-03-01T10:00")
    for number in range(6):
        assert rows(tmp_path / "archive.db")["statistics_hourly"] == []
        archive.write([gauge(start + number * TEN_MINUTES, (number, number, number))])
    (row,) = rows(tmp_path / "archive.db")["statistics_hourly"]
    assert row[:3] == (int(start.timestamp()), 1, 3600)


def test_what_is_no_gauge_has_no_statistics(archive: Archive) -> None:
    edges = [utc("2026-03-01T10:00"), utc("2026-03-01T11:00")]
    assert archive.statistics([1], ["active_energy_import", "moonshine"], edges) == {}
