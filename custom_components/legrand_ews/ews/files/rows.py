"""From samples to rows: shared evenly at edges, empty where nothing was recorded.

What flowed during a gap is known as a whole and not by interval. It is never spread
over rows; it counts only in a row in which the whole gap lies.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
import itertools
from typing import Final
from zoneinfo import ZoneInfo

from ..archive import CourseRow
from ..metering import Quality, Sample
from ..timegrid import (
    HOUR,
    SAMPLE_LENGTHS,
    Bucket,
    Span,
    bucket_edges,
    local_day as _local_day,
    local_midnight,
)

REACH: Final = HOUR
"""Longest regular sample: none that starts earlier reaches into a span."""


def spans_gap(sample: Sample | CourseRow) -> bool:
    """Whether the sample stands for time in which nothing could be read."""
    return sample.quality is Quality.RECOVERED or sample.length > REACH


@lru_cache
def interval_of(length: timedelta) -> timedelta:
    """The recording interval that a row of this length belongs to."""
    return next((x for x in SAMPLE_LENGTHS if x >= length), REACH)


def empty_rows(span: Span, length: timedelta, zone: ZoneInfo) -> Iterator[Span]:
    """The intervals of a time in which nothing was recorded."""
    if span.start >= span.end:
        return
    edges = bucket_edges(span, Bucket.SAMPLE, zone, length)
    for start, end in itertools.pairwise(edges):
        yield Span(start, end)


def days_of(span: Span, zone: ZoneInfo) -> Iterator[Span]:
    """The civil days of a span; the first and last may be parts of a day."""
    start = span.start
    while start < span.end:
        midnight = local_midnight(_local_day(start, zone) + timedelta(days=1), zone)
        yield Span(start, min(midnight, span.end))
        start = midnight


@dataclass(frozen=True, slots=True)
class Row:
    """Amounts in thousandths by device between two instants (UTC)."""

    span: Span
    amounts_milli: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class _Amount:
    device_id: int
    start: datetime
    end: datetime
    milli: int

    def within(self, start: datetime, end: datetime) -> int:
        """The even share of a part; shares of adjoining parts add up to the amount."""
        if start <= self.start and end >= self.end:
            return self.milli
        length = self.end - self.start
        until_start = self.milli * max(start - self.start, timedelta()) // length
        return self.milli * (min(end, self.end) - self.start) // length - until_start


@dataclass(slots=True, kw_only=True)
class Sweep:
    """Turns the samples of many devices, in order of their start, into rows.

    A row ends where a sample ends. ``position`` is where the next row starts; None
    lets the first sample say. Every instant from there on is in one row. ``interval`` is
    the recording interval where no sample tells it.
    """

    zone: ZoneInfo
    quantity: str
    position: datetime | None
    interval: timedelta
    _open: list[_Amount] = field(default_factory=list)
    _late: list[_Amount] = field(default_factory=list)
    _length: timedelta | None = None

    def feed(self, sample: Sample) -> Iterator[Row]:
        """Take the next sample; yield the rows that no later one can touch."""
        milli = sample.amounts_milli.get(self.quantity)
        if milli is None:
            return
        amount = _Amount(sample.device_id, sample.start, sample.end, milli)
        if spans_gap(sample):
            self._late.append(amount)
            return
        if self.position is None:
            self.position = sample.start
        if sample.end <= self.position:
            return
        if self._length is None:
            self._length = interval_of(sample.length)
        yield from self.advance(sample.start)
        self._open.append(amount)

    def advance(self, until: datetime) -> Iterator[Row]:
        """Yield the rows up to an instant before which no sample starts any more."""
        while self.position is not None and self.position < until:
            if not self._open:
                span = Span(self.position, until)
                for empty in empty_rows(span, self._length or self.interval, self.zone):
                    yield Row(empty, {})
                self.position = until
                return
            end = min(until, *(amount.end for amount in self._open))
            yield self._row(self.position, end)

    def _row(self, start: datetime, end: datetime) -> Row:
        amounts: dict[int, int] = {}
        inside = [x for x in self._late if x.start >= start and x.end <= end]
        for amount in (*self._open, *inside):
            milli = amount.within(start, end)
            amounts[amount.device_id] = amounts.get(amount.device_id, 0) + milli
        self._open = [x for x in self._open if x.end > end]
        self._late = [x for x in self._late if x.start >= end]
        self._length = interval_of(end - start)
        self.position = end
        return Row(Span(start, end), amounts)
