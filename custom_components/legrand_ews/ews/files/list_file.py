"""``energy/``, ``gas/`` and ``water/``: a column a device, group or load (S201-S204).

Amounts are in Wh or dm³ (S194). An empty cell is an interval in which nothing was
recorded for any device of its column (S209).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import batched
from typing import Final

from ..archive import DataKind
from ..consumption import AmountsSource
from ..quantities import FLUID_COUNTERS, Fluid
from ..timegrid import HOUR, Bucket, Span, bucket_edges
from .dialect import FileDialect, Numbers, local_time
from .measured import Measured, OfRows
from .record import Record
from .rows import REACH, Row, Sweep, days_of
from .table import Table

ROW_COLUMNS: Final = ("start", "utc_offset", "seconds")
_KINDS: Final = {
    Fluid.ELECTRICITY: DataKind.ENERGY,
    Fluid.GAS: DataKind.GAS,
    Fluid.WATER: DataKind.WATER,
}
PIECE_ROWS: Final = 144
"""Rows that are added up at once: a day of ten minutes."""

type Part = tuple[AmountsSource, Sequence[datetime]]
"""What knows the amounts of some rows, and the edges of those."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListFile:
    """One version of a month: ``span`` is the part of it that has rows.

    The columns are those of the installation; objects that have data all the same
    follow after them.
    """

    table: Table
    span: Span
    dialect: FileDialect

    def read(self) -> Iterator[bytes]:
        """Yield the file piece by piece (blocking).

        Nothing is held open while the next piece is not asked for.
        """
        table = self.table
        others = table.present(self.span).difference(table.numbers)
        table = replace(table, numbers=(*table.numbers, *sorted(others)))
        yield self.dialect.heading((*ROW_COLUMNS, *table.headings))
        numbers = self.dialect.numbers()
        for source, edges in recorded_parts(table.record, table.fluid, self.span):
            yield "".join(self._lines(table, source, edges, numbers)).encode()

    def _lines(
        self,
        table: Table,
        source: AmountsSource,
        edges: Sequence[datetime],
        numbers: Numbers,
    ) -> Iterator[str]:
        zone = table.record.site.zone
        for span, amounts in table.rows(source, edges):
            seconds = str(int(span.length.total_seconds()))
            cells = map(numbers.__getitem__, amounts)
            yield self.dialect.line((*local_time(span.start, zone), seconds, *cells))


def recorded_parts(record: Record, fluid: Fluid, span: Span) -> Iterator[Part]:
    """Cut a span into the intervals that were recorded, some at a time (blocking).

    Where the samples were let go, their hours are left. Raises ArchiveError.
    """
    zone = record.site.zone
    kept = record.source.kept_since(_KINDS[fluid])
    begin = span.start if kept is None else min(max(kept, span.start), span.end)
    hours = Measured(record.source)
    for day in days_of(Span(span.start, begin), zone):
        yield hours, bucket_edges(day, Bucket.HOUR, zone, HOUR)
    rows = _recorded_rows(record, fluid, Span(begin, span.end))
    for some in batched(rows, PIECE_ROWS, strict=False):
        known = OfRows(some, record.source)
        yield known, known.edges


def _recorded_rows(record: Record, fluid: Fluid, span: Span) -> Iterator[Row]:
    quantity = FLUID_COUNTERS[fluid]
    sweep = Sweep(
        zone=record.site.zone,
        quantity=quantity,
        position=span.start,
        interval=record.site.sample_length,
    )
    # A sample may reach into the span from before it.
    reached = Span(span.start - REACH, span.end)
    for sample in record.source.stream_samples(reached, None, (quantity,)):
        yield from sweep.feed(sample)
    yield from sweep.advance(span.end)
