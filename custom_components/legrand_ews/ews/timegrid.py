"""The sample grid, and the edges of hours, days, weeks, months and years.

Instants are aware datetimes in UTC; edges follow the civil time of the site
(S33): a day has 23, 24 or 25 hours, and the hour that is repeated in autumn is
two buckets (Q24).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final, Self
from zoneinfo import ZoneInfo

HOUR: Final = timedelta(hours=1)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
SAMPLE_LENGTHS: Final = tuple(
    timedelta(minutes=m) for m in (1, 2, 5, 10, 15, 20, 30, 60)
)
"""Recording intervals on offer (S113); each divides the hour."""


class Bucket(StrEnum):
    """Width of one bar of a histogram."""

    SAMPLE = "sample"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class Period(StrEnum):
    """Span of a whole histogram (S161, S174); weeks start on Monday (ISO 8601)."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    TEN_YEARS = "10_years"
    CUSTOM = "custom"


DEFAULT_BUCKETS: Final = {
    Period.DAY: Bucket.HOUR,
    Period.WEEK: Bucket.DAY,
    Period.MONTH: Bucket.DAY,
    Period.QUARTER: Bucket.MONTH,
    Period.YEAR: Bucket.MONTH,
    Period.TEN_YEARS: Bucket.YEAR,
    Period.CUSTOM: Bucket.DAY,
}


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of time, from ``start`` up to but without ``end`` (UTC)."""

    start: datetime
    end: datetime

    @property
    def length(self) -> timedelta:
        """How long it lasts in real time."""
        return self.end - self.start

    def common(self, other: Self) -> Self | None:
        """What both have in common; None for spans that do not overlap."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return type(self)(start, end) if start < end else None


def sample_start(instant: datetime, length: timedelta, zone: ZoneInfo) -> datetime:
    """Start of the sample that holds ``instant``, aligned to the wall clock.

    ``length`` is one of ``SAMPLE_LENGTHS``. The time zone matters only where
    its offset is no multiple of the length (India with 60 minutes), or changes by
    none (Lord Howe): there the sample in which the clock is changed is cut in two.
    """
    instant = instant.astimezone(UTC)
    offset = _offset(instant, zone)
    start = instant - (instant - _EPOCH + offset) % length
    if (_offset(start, zone) - offset) % length:
        return _clock_change(start, instant, zone)
    return start


def hour_start(instant: datetime, zone: ZoneInfo) -> datetime:
    """Start of the civil hour that holds ``instant``, in UTC."""
    return sample_start(instant, HOUR, zone)


def local_midnight(day: date, zone: ZoneInfo) -> datetime:
    """First instant of a civil day, in UTC."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def local_day(instant: datetime, zone: ZoneInfo) -> date:
    """The civil day that holds ``instant``."""
    return instant.astimezone(zone).date()


def period_span(period: Period, day: date, zone: ZoneInfo) -> Span:
    """The day, week, month, quarter, year or ten years that hold ``day``.

    Ten years end with the year of ``day``. ``Period.CUSTOM`` has no span of its
    own and raises ValueError.
    """
    first, last = _civil_bounds(period, day)
    return Span(local_midnight(first, zone), local_midnight(last, zone))


def shifted_day(period: Period, day: date, steps: int) -> date:
    """``day`` moved by whole periods; the 31st becomes the last of the month."""
    match period:
        case Period.DAY:
            return day + timedelta(days=steps)
        case Period.WEEK:
            return day + timedelta(weeks=steps)
        case Period.MONTH:
            return _add_months(day, steps)
        case Period.QUARTER:
            return _add_months(day, 3 * steps)
        case Period.YEAR:
            return _add_months(day, 12 * steps)
        case Period.TEN_YEARS:
            return _add_months(day, 120 * steps)
        case Period.CUSTOM:
            raise ValueError("a custom period has no neighbours")


def year_before(period: Period, day: date) -> date:
    """A day in the same period of the year before (S162).

    The same week is the one with the same number (ISO 8601); a 53rd week is compared
    with the last one of a year that has only 52.
    """
    if period is not Period.WEEK:
        return shifted_day(Period.YEAR, day, -1)
    year, week, weekday = day.isocalendar()
    last_week = date(year - 1, 12, 28).isocalendar().week
    return date.fromisocalendar(year - 1, min(week, last_week), weekday)


def bucket_edges(
    span: Span, bucket: Bucket, zone: ZoneInfo, sample_length: timedelta
) -> list[datetime]:
    """Edges of the buckets in ``span``: the first its start, the last its end.

    ``sample_length`` is used by ``Bucket.SAMPLE`` only. A span that starts or
    ends inside a bucket gives a shorter first or last bucket.
    """
    edges = [span.start]
    for edge in _edges_after(span.start, bucket, zone, sample_length):
        if edge >= span.end:
            break
        edges.append(edge)
    edges.append(span.end)
    return edges


def clock_changes(span: Span, zone: ZoneInfo) -> Iterator[datetime]:
    """Instants (UTC) inside a span at which the clock of ``zone`` is changed.

    Two changes within a day that cancel each other are not seen.
    """
    before = span.start
    while before < span.end:
        after = min(before + timedelta(days=1), span.end)
        if _offset(before, zone) != _offset(after, zone):
            change = _clock_change(before, after, zone)
            if change < span.end:
                yield change
        before = after


def _offset(instant: datetime, zone: ZoneInfo) -> timedelta:
    return instant.astimezone(zone).utcoffset() or timedelta()


def _clock_change(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The one change of the clock between two instants, to the second."""
    old = _offset(before, zone)
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) // 2
        if _offset(middle, zone) == old:
            before = middle
        else:
            after = middle
    return after.replace(microsecond=0)


def _edges_after(
    instant: datetime, bucket: Bucket, zone: ZoneInfo, sample_length: timedelta
) -> Iterator[datetime]:
    day = local_day(instant, zone)
    match bucket:
        case Bucket.SAMPLE | Bucket.HOUR:
            length = HOUR if bucket is Bucket.HOUR else sample_length
            edge = sample_start(instant, length, zone)
            while True:
                edge = sample_start(edge + length, length, zone)
                yield edge
        case Bucket.DAY:
            while True:
                day += timedelta(days=1)
                yield local_midnight(day, zone)
        case Bucket.WEEK | Bucket.MONTH | Bucket.YEAR:
            period = Period(bucket.value)
            while True:
                _, day = _civil_bounds(period, day)
                yield local_midnight(day, zone)


def _civil_bounds(period: Period, day: date) -> tuple[date, date]:
    match period:
        case Period.DAY:
            return day, day + timedelta(days=1)
        case Period.WEEK:
            first = day - timedelta(days=day.weekday())
            return first, first + timedelta(weeks=1)
        case Period.QUARTER:
            first = day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
            return first, _add_months(first, 3)
        case Period.MONTH:
            first = day.replace(day=1)
            return first, _add_months(first, 1)
        case Period.YEAR:
            return date(day.year, 1, 1), date(day.year + 1, 1, 1)
        case Period.TEN_YEARS:
            return date(day.year - 9, 1, 1), date(day.year + 1, 1, 1)
        case Period.CUSTOM:
            raise ValueError("a custom period has no bounds of its own")


def _add_months(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    next_first = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    last_of_month = (next_first - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last_of_month))
