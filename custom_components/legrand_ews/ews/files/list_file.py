"""``energy/``, ``gas/`` and ``water/``: a column a device, group or load (S201-S204).

Amounts are in Wh or dm³ (S194). An empty cell is an interval in which nothing was
recorded for any device of its column (S209).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import batched
from typing import Final

from ..quantities import FLUID_COUNTERS, Fluid
from ..timegrid import Span
from .dialect import FileDialect, Numbers, local_time
from .measured import OfRows
from .record import Record
from .rows import REACH, Row, Sweep
from .table import Table

ROW_COLUMNS: Final = ("start", "utc_offset", "seconds")
PIECE_ROWS: Final = 144
"""Rows that are added up at once: a day of ten minutes."""


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
        recorded = recorded_rows(table.record, table.fluid, self.span)
        numbers = self.dialect.numbers()
        for rows in batched(recorded, PIECE_ROWS, strict=False):
            yield "".join(self._lines(table, rows, numbers)).encode()

    def _lines(
        self, table: Table, rows: Sequence[Row], numbers: Numbers
    ) -> Iterator[str]:
        known = OfRows(rows, table.record.source)
        zone = table.record.site.zone
        for span, amounts in table.rows(known, known.edges):
            seconds = str(int(span.length.total_seconds()))
            cells = map(numbers.__getitem__, amounts)
            yield self.dialect.line((*local_time(span.start, zone), seconds, *cells))


def recorded_rows(record: Record, fluid: Fluid, span: Span) -> Iterator[Row]:
    """Yield the intervals of a span as they were recorded (blocking).

    Raises ArchiveError.
    """
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
