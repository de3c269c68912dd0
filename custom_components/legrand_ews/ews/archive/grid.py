"""Civil hours and days as whole seconds since 1970 (UTC), for SQL."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from ..timegrid import Bucket, Span, bucket_edges, hour_start, local_day, local_midnight
from .tables import HOUR_S

_PROBE_S: Final = 900
"""Clocks change on quarters of an hour."""


def to_epoch(instant: datetime) -> int:
    """Whole seconds since 1970; fractions are dropped."""
    return int(instant.timestamp())


def from_epoch(seconds: int) -> datetime:
    """The instant in UTC."""
    return datetime.fromtimestamp(seconds, UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A time in which civil hours start ``phase`` seconds off the hours of UTC."""

    start: int
    end: int
    phase: int


def hour_span(first: int, last: int, zone: ZoneInfo) -> tuple[int, int]:
    """The civil hours that touch the instants from ``first`` to before ``last``."""
    start = hour_start(from_epoch(first), zone)
    end = hour_start(from_epoch(last - 1), zone)
    # The hour ends where the next starts, wherever the clock was changed.
    after = hour_start(end + timedelta(hours=1), zone)
    return to_epoch(start), to_epoch(after)


def day_edges(first: int, last: int, zone: ZoneInfo) -> list[int]:
    """Midnights around the instants from ``first`` to before ``last``."""
    start = local_midnight(local_day(from_epoch(first), zone), zone)
    last_day = local_day(from_epoch(last - 1), zone)
    end = local_midnight(last_day + timedelta(days=1), zone)
    edges = bucket_edges(Span(start, end), Bucket.DAY, zone, timedelta(hours=1))
    return [to_epoch(edge) for edge in edges]


def month_edges(first: int, last: int, zone: ZoneInfo) -> list[int]:
    """Starts of months around the instants from ``first`` to before ``last``."""
    start = local_day(from_epoch(first), zone).replace(day=1)
    last_day = local_day(from_epoch(last - 1), zone)
    after = (last_day.replace(day=28) + timedelta(days=4)).replace(day=1)
    span = Span(local_midnight(start, zone), local_midnight(after, zone))
    edges = bucket_edges(span, Bucket.MONTH, zone, timedelta(hours=1))
    return [to_epoch(edge) for edge in edges]


def year_edges(first: int, last: int, zone: ZoneInfo) -> list[int]:
    """Starts of years around the instants from ``first`` to before ``last``."""
    years = (
        local_day(from_epoch(first), zone).year,
        local_day(from_epoch(last - 1), zone).year,
    )
    return [
        to_epoch(local_midnight(date(year, 1, 1), zone))
        for year in range(years[0], years[1] + 2)
    ]


def hour_edges(first: int, last: int, zone: ZoneInfo) -> list[int]:
    """Starts of the civil hours from ``first`` (one of them) to ``last``."""
    span = Span(from_epoch(first), from_epoch(last))
    edges = bucket_edges(span, Bucket.HOUR, zone, timedelta(hours=1))
    return [to_epoch(edge) for edge in edges]


def hour_starts(first: int, last: int, zone: ZoneInfo) -> set[int]:
    """Starts of civil hours from ``first`` to before ``last``."""
    starts: set[int] = set()
    for stretch in stretches(first, last, zone):
        begun = stretch.start + (stretch.phase - stretch.start) % HOUR_S
        starts.update(range(begun, stretch.end, HOUR_S))
        if stretch.start != first:
            # The hour in which the clock changes is cut short.
            starts.add(stretch.start)
    return starts


def stretches(first: int, last: int, zone: ZoneInfo) -> Iterator[Stretch]:
    """Cut a time where the phase of the civil hours changes (Lord Howe, or never)."""
    start, phase = first, _phase(first, zone)
    for midnight in [*day_edges(first, last, zone)[1:-1], last]:
        if _phase(midnight, zone) == phase:
            continue
        change = _change_before(midnight, phase, zone)
        yield Stretch(start=start, end=min(change, last), phase=phase)
        start, phase = change, _phase(midnight, zone)
    if start < last:
        yield Stretch(start=start, end=last, phase=phase)


def _change_before(instant: int, phase: int, zone: ZoneInfo) -> int:
    change = instant - instant % _PROBE_S
    while _phase(change - _PROBE_S, zone) != phase:
        change -= _PROBE_S
    return change


def _phase(instant: int, zone: ZoneInfo) -> int:
    offset = from_epoch(instant).astimezone(zone).utcoffset() or timedelta()
    # East of Greenwich, hours begin before those of UTC.
    return -int(offset.total_seconds()) % HOUR_S
