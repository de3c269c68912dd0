"""Edges of samples, hours, days, months and years in civil time (S33, Q24)."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given, strategies as st
import pytest

from custom_components.legrand_ews.ews.timegrid import (
    DEFAULT_BUCKETS,
    SAMPLE_LENGTHS,
    Bucket,
    Period,
    Span,
    bucket_edges,
    hour_start,
    local_day,
    local_midnight,
    period_span,
    sample_start,
    shifted_day,
)

PARIS = ZoneInfo("Europe/Paris")
ZONES = [
    ZoneInfo(key)
    for key in (
        "Europe/Paris",
        "UTC",
        "Asia/Kolkata",
        "Asia/Kathmandu",
        "America/New_York",
        "America/Sao_Paulo",
        "Africa/Cairo",
        "Australia/Lord_Howe",
        "Pacific/Apia",
    )
]
HOUR = timedelta(hours=1)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "instant", "minutes", "start"),
    [
        ("Europe/Paris", "2026-03-01T10:17:42", 10, "2026-03-01T10:10:00"),
        ("Europe/Paris", "2026-03-01T10:10:00", 10, "2026-03-01T10:10:00"),
        ("Europe/Paris", "2026-03-01T10:17:42", 60, "2026-03-01T10:00:00"),
        # 05:30 ahead of UTC: a full hour in India is half past in UTC.
        ("Asia/Kolkata", "2026-03-01T10:17:42", 60, "2026-03-01T09:30:00"),
        ("Asia/Kolkata", "2026-03-01T10:17:42", 15, "2026-03-01T10:15:00"),
        # 05:45 ahead of UTC.
        ("Asia/Kathmandu", "2026-03-01T10:20:00", 60, "2026-03-01T10:15:00"),
        ("Asia/Kathmandu", "2026-03-01T10:20:00", 20, "2026-03-01T10:15:00"),
    ],
)
def test_a_sample_starts_on_the_wall_clock(
    zone: str, instant: str, minutes: int, start: str
) -> None:
    length = timedelta(minutes=minutes)
    assert sample_start(utc(instant), length, ZoneInfo(zone)) == utc(start)


@pytest.mark.parametrize(
    ("day", "hours"),
    [
        (date(2026, 3, 29), 23),
        (date(2026, 10, 25), 25),
        (date(2026, 3, 28), 24),
        (date(2024, 2, 29), 24),
        (date(2026, 12, 31), 24),
    ],
)
def test_a_day_has_as_many_buckets_as_hours(day: date, hours: int) -> None:
    span = period_span(Period.DAY, day, PARIS)
    edges = bucket_edges(span, Bucket.HOUR, PARIS, timedelta(minutes=10))
    assert span.length == hours * HOUR
    assert len(edges) - 1 == hours
    assert {later - edge for edge, later in pairwise(edges)} == {HOUR}


def test_the_repeated_hour_is_two_buckets_and_the_missing_one_none() -> None:
    def local_hours(day: date) -> list[int]:
        span = period_span(Period.DAY, day, PARIS)
        edges = bucket_edges(span, Bucket.HOUR, PARIS, HOUR)
        return [edge.astimezone(PARIS).hour for edge in edges[:-1]]

    assert local_hours(date(2026, 10, 25)) == [0, 1, 2, 2, *range(3, 24)]
    assert local_hours(date(2026, 3, 29)) == [0, 1, *range(3, 24)]


@pytest.mark.parametrize(
    ("period", "day", "first", "end"),
    [
        (Period.DAY, date(2026, 12, 31), "2026-12-31", "2027-01-01"),
        (Period.MONTH, date(2026, 2, 14), "2026-02-01", "2026-03-01"),
        (Period.MONTH, date(2024, 2, 29), "2024-02-01", "2024-03-01"),
        (Period.MONTH, date(2026, 12, 3), "2026-12-01", "2027-01-01"),
        (Period.YEAR, date(2026, 12, 31), "2026-01-01", "2027-01-01"),
        (Period.TEN_YEARS, date(2026, 6, 1), "2017-01-01", "2027-01-01"),
    ],
)
def test_a_period_lies_between_midnights(
    period: Period, day: date, first: str, end: str
) -> None:
    span = period_span(period, day, PARIS)
    assert span.start == datetime.fromisoformat(first).replace(tzinfo=PARIS)
    assert span.end == datetime.fromisoformat(end).replace(tzinfo=PARIS)


@pytest.mark.parametrize(
    ("period", "buckets"),
    [
        (Period.DAY, 24),
        (Period.MONTH, 31),
        (Period.YEAR, 12),
        (Period.TEN_YEARS, 10),
    ],
)
def test_a_histogram_has_the_manuals_number_of_bars(
    period: Period, buckets: int
) -> None:
    span = period_span(period, date(2026, 1, 15), PARIS)
    edges = bucket_edges(span, DEFAULT_BUCKETS[period], PARIS, HOUR)
    assert len(edges) - 1 == buckets


@pytest.mark.parametrize(
    ("period", "day", "steps", "expected"),
    [
        (Period.DAY, date(2026, 1, 1), -1, date(2025, 12, 31)),
        (Period.MONTH, date(2026, 3, 31), -1, date(2026, 2, 28)),
        (Period.MONTH, date(2026, 1, 31), -1, date(2025, 12, 31)),
        (Period.MONTH, date(2026, 10, 31), 14, date(2027, 12, 31)),
        (Period.YEAR, date(2024, 2, 29), -1, date(2023, 2, 28)),
        (Period.YEAR, date(2024, 2, 29), 4, date(2028, 2, 29)),
        (Period.TEN_YEARS, date(2026, 5, 5), -1, date(2016, 5, 5)),
    ],
)
def test_a_period_has_neighbours(
    period: Period, day: date, steps: int, expected: date
) -> None:
    assert shifted_day(period, day, steps) == expected


def test_a_custom_period_has_no_span_and_no_neighbour_of_its_own() -> None:
    with pytest.raises(ValueError, match="custom"):
        period_span(Period.CUSTOM, date(2026, 1, 1), PARIS)
    with pytest.raises(ValueError, match="custom"):
        shifted_day(Period.CUSTOM, date(2026, 1, 1), 1)


def test_a_span_that_ends_inside_a_bucket_gets_shorter_outer_buckets() -> None:
    span = Span(utc("2026-01-10T10:20:00"), utc("2026-01-10T12:40:00"))
    assert bucket_edges(span, Bucket.HOUR, PARIS, HOUR) == [
        utc("2026-01-10T10:20:00"),
        utc("2026-01-10T11:00:00"),
        utc("2026-01-10T12:00:00"),
        utc("2026-01-10T12:40:00"),
    ]


def test_a_clock_changed_by_half_an_hour_cuts_an_hour_in_two() -> None:
    """Lord Howe, 5 April 2026: at 15:00 UTC 02:00 (+11) becomes 01:30 (+10:30)."""
    zone = ZoneInfo("Australia/Lord_Howe")
    span = Span(utc("2026-04-04T13:00:00"), utc("2026-04-04T16:30:00"))
    edges = bucket_edges(span, Bucket.HOUR, zone, HOUR)
    assert [edge - span.start for edge in edges] == [
        timedelta(hours=h) for h in (0, 1, 2, 2.5, 3.5)
    ]
    assert hour_start(span.start + timedelta(hours=2.25), zone) == edges[2]


def test_where_midnight_is_skipped_the_day_starts_at_the_change() -> None:
    """Cairo, 24 April 2026 begins at 01:00 summer time = 22:00 UTC the day before."""
    zone = ZoneInfo("Africa/Cairo")
    start = local_midnight(date(2026, 4, 24), zone)
    assert start == utc("2026-04-23T22:00:00")
    assert local_day(start, zone) == date(2026, 4, 24)
    assert local_day(start - timedelta(seconds=1), zone) == date(2026, 4, 23)


instants = st.datetimes(
    min_value=datetime(2012, 1, 1), max_value=datetime(2037, 12, 31)
).map(lambda naive: naive.replace(tzinfo=UTC))
zones = st.sampled_from(ZONES)


@given(instants, st.sampled_from(SAMPLE_LENGTHS), zones)
def test_every_instant_lies_in_exactly_one_sample(
    instant: datetime, length: timedelta, zone: ZoneInfo
) -> None:
    start = sample_start(instant, length, zone)
    assert start <= instant < start + length
    assert sample_start(start, length, zone) == start
    assert sample_start(start - timedelta(microseconds=1), length, zone) < start


@given(instants, zones, st.sampled_from(list(Bucket)), st.integers(1, 3 * 86400))
def test_buckets_tile_their_span_on_the_edges_of_civil_time(
    start: datetime, zone: ZoneInfo, bucket: Bucket, seconds: int
) -> None:
    span = Span(start, start + timedelta(seconds=seconds))
    edges = bucket_edges(span, bucket, zone, timedelta(minutes=10))
    assert edges[0] == span.start
    assert edges[-1] == span.end
    assert all(edge < later for edge, later in pairwise(edges))
    for edge in edges[1:-1]:
        match bucket:
            case Bucket.SAMPLE:
                assert edge == sample_start(edge, timedelta(minutes=10), zone)
            case Bucket.HOUR:
                assert edge == hour_start(edge, zone)
            case _:
                assert edge == local_midnight(local_day(edge, zone), zone)


@given(
    st.dates(date(2012, 1, 1), date(2037, 12, 31)),
    zones,
    st.sampled_from([Period.DAY, Period.MONTH, Period.YEAR, Period.TEN_YEARS]),
)
def test_neighbouring_periods_touch(day: date, zone: ZoneInfo, period: Period) -> None:
    span = period_span(period, day, zone)
    last = local_day(span.end - timedelta(microseconds=1), zone)
    assert span.start <= local_midnight(day, zone) < span.end
    assert period_span(period, last, zone) == span
    if period is not Period.TEN_YEARS:
        following = period_span(period, shifted_day(period, day, 1), zone)
        assert following.start == span.end
