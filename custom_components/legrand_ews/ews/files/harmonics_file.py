"""``devices/<ID>/<ID>_harmonics_<yyyy-MM>.csv``: harmonics rank by rank (S200).

A row is an interval, with what was read once in it of every series; the intervals
between in which nothing was read are rows with empty cells (S209).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import batched, groupby
from typing import Final

from ..metering import HarmonicSample, Quality
from ..quantities import QUANTITIES, Unit
from ..timegrid import Span
from .device_file import MISSING, ROW_COLUMNS
from .dialect import FileDialect, local_time
from .record import Record
from .rows import days_of, empty_rows

_SECOND: Final = timedelta(seconds=1)
_PIECE: Final = 200
"""Lines that are handed on at once; they are long."""

type _Column = tuple[str, int]
"""A series and a rank."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HarmonicsFile:
    """One month of a device: ``span`` is the part of it with harmonics."""

    record: Record
    device_id: int
    span: Span
    dialect: FileDialect

    def read(self) -> Iterator[bytes]:
        """Yield the file piece by piece (blocking)."""
        columns = self._columns()
        headings = (f"{series}_h{rank} [{Unit.PERCENT}]" for series, rank in columns)
        yield self.dialect.heading((*ROW_COLUMNS, *headings))
        for lines in batched(self._lines(columns), _PIECE, strict=False):
            yield "".join(lines).encode()

    def _columns(self) -> list[_Column]:
        """Series in the order of quantities, each with the ranks that it showed."""
        ranks = self.record.source.harmonic_ranks(self.span, self.device_id)
        series = [key for key in QUANTITIES if key in ranks]
        return [(key, rank) for key in series for rank in ranks[key]]

    def _lines(self, columns: list[_Column]) -> Iterator[str]:
        numbers = self.dialect.numbers()
        nothing = [""] * len(columns)
        position, length = self.span.start, self.record.site.sample_length
        for start, own in self._intervals():
            first = next(iter(own.values()))
            for empty in self._empty(position, start, length):
                yield self._line(empty, MISSING, nothing)
            length = first.length
            span = Span(start, start + length)
            shares = {key: sample.shares_milli for key, sample in own.items()}
            cells = [numbers[shares.get(key, {}).get(rank)] for key, rank in columns]
            yield self._line(span, Quality.COMPLETE, cells)
            position = max(position, span.end)
        for empty in self._empty(position, self.span.end, length):
            yield self._line(empty, MISSING, nothing)

    def _intervals(self) -> Iterator[tuple[datetime, dict[str, HarmonicSample]]]:
        """What was read, a day at a time, by start and series."""
        source, zone = self.record.source, self.record.site.zone
        for day in days_of(self.span, zone):
            samples = source.harmonics(day, (self.device_id,))
            by_interval = groupby(samples, key=lambda x: (x.start, x.length))
            for (start, _), together in by_interval:
                yield start, {sample.series: sample for sample in together}

    def _empty(
        self, start: datetime, end: datetime, length: timedelta
    ) -> Iterator[Span]:
        if start < end:
            yield from empty_rows(Span(start, end), length, self.record.site.zone)

    def _line(self, span: Span, quality: str, cells: list[str]) -> str:
        time = local_time(span.start, self.record.site.zone)
        seconds = str(span.length // _SECOND)
        return self.dialect.line((*time, seconds, quality, *cells))
