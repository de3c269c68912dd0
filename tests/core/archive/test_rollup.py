"""Hours, days and totals are what the samples say, however they came about."""

from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import date, datetime, timedelta
from itertools import accumulate
import math
from pathlib import Path
import sqlite3
import tempfile
from zoneinfo import ZoneInfo

from hypothesis import given, settings, strategies as st
import pytest

from custom_components.legrand_ews.ews.archive import Archive, Resolution
from custom_components.legrand_ews.ews.archive.queries import resolution_of
from custom_components.legrand_ews.ews.archive.spread import shares
from custom_components.legrand_ews.ews.metering import Quality, Sample
from custom_components.legrand_ews.ews.quantities import Fluid
from custom_components.legrand_ews.ews.timegrid import (
    Bucket,
    Span,
    bucket_edges,
    local_day,
    local_midnight,
    sample_start,
)

from .samples import ENERGY, HOUR, PARIS, TEN_MINUTES, evenly, read, sample, utc

TABLES = ("hourly", "daily", "monthly", "yearly", "totals")

# Around the days on which the clock changes; Lord Howe's moves by half an hour.
PLACES = [
    (ZoneInfo("Europe/Paris"), utc("2026-03-28T12:00")),
    (ZoneInfo("Europe/Paris"), utc("2026-10-24T12:00")),
    (ZoneInfo("Europe/Paris"), utc("2026-12-31T12:00")),
    (ZoneInfo("Asia/Kolkata"), utc("2026-12-31T12:00")),
    (ZoneInfo("Australia/Lord_Howe"), utc("2026-04-04T10:00")),
    (ZoneInfo("Australia/Lord_Howe"), utc("2026-10-03T10:00")),
    (ZoneInfo("Africa/Cairo"), utc("2026-04-23T12:00")),
    # By three quarters of an hour off: hours begin at a quarter past those of UTC.
    (ZoneInfo("Asia/Kathmandu"), utc("2026-12-31T12:00")),
    (ZoneInfo("Pacific/Chatham"), utc("2026-04-04T12:00")),
    (ZoneInfo("America/St_Johns"), utc("2026-03-07T12:00")),
]


@given(
    st.integers(0, 10**12),
    st.integers(0, 5000),
    st.integers(1, 5000),
    st.lists(st.integers(1, 3000), min_size=1, max_size=8),
)
def test_shares_add_up_to_the_amount_and_follow_the_time(
    amount: int, start: int, length: int, widths: list[int]
) -> None:
    edges = list(accumulate(widths, initial=0))
    outside = [0, *edges, max(edges[-1], start + length) + 1]
    end = start + length
    assert sum(share for _, share, _ in shares(amount, start, end, outside)) == amount
    for bucket, share, seconds in shares(amount, start, end, edges):
        first, last = max(edges[bucket], start), min(edges[bucket + 1], end)
        assert seconds == last - first > 0
        assert abs(share - amount * seconds / length) < 1 + amount * 1e-9
        assert share >= 0


@st.composite
def chains(draw: st.DrawFn) -> tuple[ZoneInfo, list[list[Sample]]]:
    """Writes of three devices: samples that follow on one another, some long."""
    zone, start = draw(st.sampled_from(PLACES))
    writes: list[list[Sample]] = [[] for _ in range(draw(st.integers(1, 6)))]
    for device in (1, 2, 3):
        at = sample_start(start, TEN_MINUTES, zone)
        at += TEN_MINUTES * draw(st.integers(0, 20))
        for write in writes:
            for _ in range(draw(st.integers(0, 4))):
                steps = draw(st.sampled_from([1, 1, 1, 3, 6, 17, 150, 300]))
                recovered = steps > 6
                write.append(
                    sample(
                        at,
                        draw(st.integers(0, 10**9)),
                        device=device,
                        length=steps * TEN_MINUTES,
                        quality=Quality.RECOVERED if recovered else Quality.COMPLETE,
                    )
                )
                at += steps * TEN_MINUTES
    return zone, writes


def rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with sqlite3.connect(path) as connection:
        return {
            table: connection.execute(
                f"SELECT * FROM {table} ORDER BY 1, 2, 3"
            ).fetchall()
            for table in TABLES
        }


@settings(max_examples=40, deadline=None)
@given(chains())
def test_every_way_to_the_rollups_gives_the_same_rows(
    story: tuple[ZoneInfo, list[list[Sample]]],
) -> None:
    zone, writes = story
    everything = [one for write in writes for one in write]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "archive.db"
        archive = Archive(path, zone)
        archive.open()
        for write in writes:
            archive.write(write)
        written = rows(path)
        archive.rebuild_rollups()
        assert rows(path) == written
        archive.write_history(everything)
        assert rows(path) == written
        if everything:
            check_against_even_flow(archive, everything, zone)
        archive.close()


def check_against_even_flow(
    archive: Archive, samples: Sequence[Sample], zone: ZoneInfo
) -> None:
    """Every resolution, bucket by bucket, within the rounding of the shares."""
    span = days_around(samples, zone)
    for bucket in (Bucket.SAMPLE, Bucket.HOUR, Bucket.DAY, Bucket.MONTH):
        edges = bucket_edges(span, bucket, zone, TEN_MINUTES)
        found, expected = read(archive, edges), evenly(samples, edges)
        assert found.keys() == expected.keys()
        for device, values in found.items():
            known = sum(value or 0 for value in values)
            amounts = (
                s.amounts_milli[ENERGY] for s in samples if s.device_id == device
            )
            assert known == sum(amounts)
            for value, share in zip(values, expected[device], strict=True):
                assert math.isclose(value or 0, share, abs_tol=len(samples))
    counted = {t.device_id: t for t in archive.totals()}
    for device in {s.device_id for s in samples}:
        own = [s for s in samples if s.device_id == device]
        assert counted[device].first_start == min(s.start for s in own)
        assert counted[device].last_end == max(s.end for s in own)
        assert counted[device].amount_milli == sum(s.amounts_milli[ENERGY] for s in own)


def days_around(samples: Iterable[Sample], zone: ZoneInfo) -> Span:
    starts, ends = zip(*((s.start, s.end) for s in samples), strict=True)
    last = local_day(max(ends), zone) + timedelta(days=1)
    return Span(
        local_midnight(local_day(min(starts), zone), zone), local_midnight(last, zone)
    )


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    archive = Archive(tmp_path / "archive.db", PARIS)
    archive.open()
    return archive


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Europe/Paris", "2026-05-31T22:00"),
        ("Asia/Kolkata", "2026-05-31T18:30"),
        ("Asia/Kathmandu", "2026-05-31T18:15"),
        ("Australia/Eucla", "2026-05-31T15:15"),
        ("America/St_Johns", "2026-06-01T02:30"),
    ],
)
def test_hours_begin_where_the_clock_on_the_wall_says(
    tmp_path: Path, name: str, first: str
) -> None:
    """From midnight on: six samples of ten minutes are an hour."""
    archive = Archive(tmp_path / "archive.db", ZoneInfo(name))
    archive.open()
    midnight = utc(first)
    archive.write(
        sample(midnight + number * TEN_MINUTES, 10**number) for number in range(12)
    )
    archive.close()
    with closing(sqlite3.connect(tmp_path / "archive.db")) as database:
        rows = database.execute("SELECT start, amount_milli FROM hourly ORDER BY start")
        assert rows.fetchall() == [
            (midnight.timestamp(), 111_111),
            ((midnight + HOUR).timestamp(), 111_111_000_000),
        ]


def test_a_gap_is_spread_evenly_and_marked(archive: Archive) -> None:
    """Q27: 100 mWh from 10:20 to 13:40 are 20, 30, 30 and 20."""
    gap = sample(
        "2026-03-01T10:20",
        100,
        length=timedelta(hours=3, minutes=20),
        quality=Quality.RECOVERED,
    )
    archive.write([gap])
    edges = [utc(f"2026-03-01T{hour}:00") for hour in (10, 11, 12, 13, 14)]
    cells = archive.amounts(Fluid.ELECTRICITY, edges)[1]
    assert [cells[hour].amount_milli for hour in range(4)] == [20, 30, 30, 20]
    assert [cells[hour].covered_s for hour in range(4)] == [2400, 3600, 3600, 2400]
    assert [cells[hour].recovered_s for hour in range(4)] == [2400, 3600, 3600, 2400]


def test_years_are_told_from_rows_of_their_own_and_the_one_that_runs_as_well(
    archive: Archive, tmp_path: Path
) -> None:
    """The year 2024 ends in UTC at 23:00; 2026 has no row until it is over."""
    for start, amount in (
        ("2024-12-31T22:50", 1),
        ("2024-12-31T23:00", 20),
        ("2025-07-01T10:00", 300),
        ("2026-02-01T10:00", 4000),
        ("2026-03-01T10:00", 50_000),
    ):
        archive.write([sample(start, amount)])
    years = [local_midnight(date(year, 1, 1), PARIS) for year in range(2023, 2028)]
    assert read(archive, years) == {1: [None, 1, 320, 54_000]}
    assert [(row[0], row[3]) for row in rows(tmp_path / "archive.db")["yearly"]] == [
        (int(utc(start).timestamp()), amount)
        for start, amount in (("2023-12-31T23:00", 1), ("2024-12-31T23:00", 320))
    ]
    # What comes late counts to its year.
    archive.write([sample("2024-02-01T10:00", 600_000)])
    assert read(archive, years) == {1: [None, 600_001, 320, 54_000]}


def test_a_span_inside_a_gap_sees_its_share(archive: Archive) -> None:
    day = timedelta(days=1)
    archive.write([sample("2026-03-01T00:00", 3_000_000, length=30 * day)])
    edges = [utc("2026-03-11T10:05"), utc("2026-03-11T22:05")]
    assert read(archive, edges) == {1: [50_000]}


@pytest.mark.parametrize(
    ("edges", "resolution"),
    [
        (["2026-02-28T23:00", "2026-03-31T22:00"], Resolution.MONTH),
        (["2026-02-28T23:00", "2026-03-01T23:00"], Resolution.DAY),
        (["2026-02-28T23:00", "2026-03-01T22:00"], Resolution.HOUR),
        (["2026-02-28T23:10", "2026-03-01T23:00"], Resolution.SAMPLE),
    ],
)
def test_the_coarsest_rows_that_fit_answer(
    edges: list[str], resolution: Resolution
) -> None:
    """Midnight in Paris is 23:00 UTC in winter."""
    assert resolution_of([utc(edge) for edge in edges], PARIS) is resolution


def test_many_buckets_are_read_in_one_pass(archive: Archive) -> None:
    start = utc("2026-03-01T23:00")
    archive.write([sample(start + n * HOUR, n, length=HOUR) for n in range(100)])
    edges = [start + n * HOUR for n in range(101)]
    assert read(archive, edges) == {1: list(range(100))}


def test_fluids_do_not_mix(archive: Archive) -> None:
    start = utc("2026-03-01T10:00")
    archive.write(
        [
            sample(start, 1, device=1),
            sample(start, 2, device=2, quantity="gas_volume"),
            sample(start, 3, device=3, quantity="water_volume"),
            sample(start + HOUR, 4, device=1, quantity="active_energy_export"),
        ]
    )
    day = [utc("2026-02-28T23:00"), utc("2026-03-01T23:00")]
    assert read(archive, day, Fluid.ELECTRICITY) == {1: [1]}
    assert read(archive, day, Fluid.GAS) == {2: [2]}
    assert read(archive, day, Fluid.WATER) == {3: [3]}
    assert read(archive, day, Fluid.ELECTRICITY_EXPORT) == {1: [4]}


def edges_of(*texts: str) -> list[datetime]:
    return [utc(text) for text in texts]


def test_a_zero_is_not_an_unknown(archive: Archive) -> None:
    archive.write([sample("2026-03-01T10:00", 0)])
    hours = edges_of("2026-03-01T10:00", "2026-03-01T11:00", "2026-03-01T12:00")
    assert read(archive, hours) == {1: [0, None]}


def test_the_hour_in_which_the_clock_is_set_back_by_half_an_hour(
    tmp_path: Path,
) -> None:
    """Lord Howe, 5 April 2026: 15:00 to 15:30 UTC is a civil hour cut short."""
    zone = ZoneInfo("Australia/Lord_Howe")
    archive = Archive(tmp_path / "archive.db", zone)
    archive.open()
    start = utc("2026-04-04T13:00")
    archive.write([sample(start + n * TEN_MINUTES, 1) for n in range(21)])
    edges = [start + HOUR * hours for hours in (0, 1, 2, 2.5, 3.5)]
    assert resolution_of(edges, zone) is Resolution.HOUR
    assert read(archive, edges) == {1: [6, 6, 3, 6]}
    archive.close()
