"""The question of ``get_consumption``, and its translation into edges of buckets."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Final, Self
from zoneinfo import ZoneInfo

from ..errors import ConfigurationError
from ..quantities import Fluid
from ..timegrid import (
    DEFAULT_BUCKETS,
    Bucket,
    Period,
    Span,
    bucket_edges,
    local_day,
    local_midnight,
    period_span,
    shifted_day,
    year_before,
)
from .request import instant_of, number_of, numbers_of, option_of, text_date

FIRST_YEAR: Final = 1980
LAST_YEAR: Final = 2200
ALL_TIME: Final = Span(
    datetime(FIRST_YEAR, 1, 1, tzinfo=UTC), datetime(LAST_YEAR + 1, 1, 1, tzinfo=UTC)
)
"""What a request without start and end speaks of, where it may be left out."""
MAX_BUCKETS: Final = 10_000
_SHORTEST: Final[Mapping[Bucket, timedelta]] = {
    Bucket.HOUR: timedelta(hours=1),
    Bucket.DAY: timedelta(hours=23),
    Bucket.WEEK: timedelta(days=7, hours=-1),
    Bucket.MONTH: timedelta(days=28),
    Bucket.YEAR: timedelta(days=365),
}


class Level(StrEnum):
    """What is looked at."""

    SITE = "site"
    LOAD = "load"
    GROUP = "group"
    BOARD = "board"
    DEVICE = "device"


class By(StrEnum):
    """How the result is split into series."""

    LEVEL = "level"
    LOAD = "load"
    GROUP = "group"
    DEVICE = "device"


class Compare(StrEnum):
    """The period beside (S162)."""

    NONE = "none"
    PREVIOUS = "previous"
    LAST_YEAR = "last_year"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsumptionQuery:
    """Fields of ``get_consumption``; None stands for the default.

    ``span`` belongs to ``Period.CUSTOM`` alone, ``day`` to all others.
    """

    level: Level = Level.SITE
    by: By | None = None
    ids: tuple[int, ...] | None = None
    load: int | None = None
    group: int | None = None
    fluid: Fluid = Fluid.ELECTRICITY
    period: Period = Period.DAY
    day: date | None = None
    span: Span | None = None
    bucket: Bucket | None = None
    compare: Compare = Compare.NONE

    @classmethod
    def from_request(cls, request: Mapping[str, object], zone: ZoneInfo) -> Self:
        """Read the fields of an action or WebSocket message.

        ``date``, ``start`` and ``end`` may be text or already dates and instants. A
        span given by days includes the last one. Other keys are passed over. Raises
        ConfigurationError at the field that is wrong.
        """
        return cls(
            level=option_of(Level, request, "level", Level.SITE),
            by=option_of(By, request, "by", None),
            ids=numbers_of(request, "ids"),
            load=number_of(request, "load"),
            group=number_of(request, "group"),
            fluid=option_of(Fluid, request, "fluid", Fluid.ELECTRICITY),
            period=option_of(Period, request, "period", Period.DAY),
            day=text_date(request, "date"),
            span=_span_of(request, zone),
            bucket=option_of(Bucket, request, "bucket", None),
            compare=option_of(Compare, request, "compare", Compare.NONE),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A span cut into buckets: the first and last edge are its ends (UTC)."""

    span: Span
    edges: tuple[datetime, ...]


def bucket_of(query: ConsumptionQuery) -> Bucket:
    """The width that was asked for, or the period's own."""
    return query.bucket or DEFAULT_BUCKETS[query.period]


def frame_of(
    query: ConsumptionQuery, zone: ZoneInfo, sample_length: timedelta, now: datetime
) -> Frame:
    """The period that was asked for.

    Raises ConfigurationError on ``date``, ``start``, ``end`` or ``bucket``.
    """
    if query.period is Period.CUSTOM:
        span = _checked_span(query.span)
    elif query.span is not None:
        raise ConfigurationError("span_not_custom", field="start")
    else:
        span = period_span(query.period, _checked_day(query, zone, now), zone)
    return _cut(span, bucket_of(query), zone, sample_length)


def compared_frame_of(
    query: ConsumptionQuery, zone: ZoneInfo, sample_length: timedelta, now: datetime
) -> Frame | None:
    """The period beside, or None when none was asked for."""
    if query.compare is Compare.NONE:
        return None
    if query.period is Period.CUSTOM:
        span = _shifted_span(_checked_span(query.span), query.compare, zone)
    else:
        day = _checked_day(query, zone, now)
        if query.compare is Compare.LAST_YEAR:
            day = year_before(query.period, day)
        else:
            day = shifted_day(query.period, day, -1)
        span = period_span(query.period, day, zone)
    return _cut(span, bucket_of(query), zone, sample_length)


def _cut(span: Span, bucket: Bucket, zone: ZoneInfo, sample_length: timedelta) -> Frame:
    shortest = _SHORTEST.get(bucket, sample_length)
    if span.length / shortest > MAX_BUCKETS:
        raise ConfigurationError("too_many_buckets", field="bucket", limit=MAX_BUCKETS)
    edges = bucket_edges(span, bucket, zone, sample_length)
    return Frame(span=span, edges=tuple(edges))


def _checked_day(query: ConsumptionQuery, zone: ZoneInfo, now: datetime) -> date:
    day = query.day or local_day(now, zone)
    _check_year(day.year, "date")
    return day


def _checked_span(span: Span | None) -> Span:
    if span is None:
        raise ConfigurationError("span_missing", field="start")
    _check_year(span.start.year, "start")
    _check_year(span.end.year, "end")
    if span.end <= span.start:
        raise ConfigurationError("end_not_after_start", field="end")
    return span


def _check_year(year: int, field: str) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ConfigurationError(
            "year_out_of_range", field=field, first=FIRST_YEAR, last=LAST_YEAR
        )


def span_bounds(
    request: Mapping[str, object], zone: ZoneInfo
) -> tuple[datetime | None, datetime | None]:
    """Read ``start`` and ``end`` of a request, either of which may be left out (UTC).

    An end that is given by a day includes it. Raises ConfigurationError at the field.
    """
    start, end = instant_of(request, "start", zone), instant_of(request, "end", zone)
    first = None if start is None else _instant(start, timedelta(), "start", zone)
    last = None if end is None else _instant(end, timedelta(days=1), "end", zone)
    if first is not None and last is not None and last <= first:
        raise ConfigurationError("end_not_after_start", field="end")
    return first, last


def open_span(request: Mapping[str, object], zone: ZoneInfo) -> Span:
    """Return what `span_bounds` reads; an end that is left out is open."""
    start, end = span_bounds(request, zone)
    return Span(
        ALL_TIME.start if start is None else start, ALL_TIME.end if end is None else end
    )


def _span_of(request: Mapping[str, object], zone: ZoneInfo) -> Span | None:
    start, end = instant_of(request, "start", zone), instant_of(request, "end", zone)
    if start is None and end is None:
        return None
    if start is None or end is None:
        missing = "start" if start is None else "end"
        raise ConfigurationError("span_missing", field=missing)
    return Span(
        _instant(start, timedelta(), "start", zone),
        _instant(end, timedelta(days=1), "end", zone),
    )


def _instant(
    given: datetime | date, after_day: timedelta, field: str, zone: ZoneInfo
) -> datetime:
    _check_year(given.year, field)
    if isinstance(given, datetime):
        return given.astimezone(UTC)
    return local_midnight(given + after_day, zone)


def _shifted_span(span: Span, compare: Compare, zone: ZoneInfo) -> Span:
    """The span before, or a year before, at the same times of the civil day."""
    start, end = span.start.astimezone(zone), span.end.astimezone(zone)
    if compare is Compare.LAST_YEAR:
        return Span(
            _at_day(start, year_before(Period.CUSTOM, start.date())),
            _at_day(end, year_before(Period.CUSTOM, end.date())),
        )
    if start.time() == end.time():
        days = end.date() - start.date()
        return Span(_at_day(start, start.date() - days), span.start)
    return Span(span.start - span.length, span.start)


def _at_day(instant: datetime, day: date) -> datetime:
    return datetime.combine(day, instant.timetz()).astimezone(UTC)
