"""``overallTotal/values_<yyyy-MM>.csv``: the site's total of each fluid, day by day.

In kWh and m³ (S206), unlike all other files; a column a fluid that was ever recorded.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from ..quantities import Fluid
from ..timegrid import HOUR, Bucket, Span, bucket_edges
from .dialect import FileDialect, local_time
from .measured import Measured
from .record import Record
from .table import SITE_ID, Table

FLUIDS: Final[Mapping[Fluid, str]] = MappingProxyType(
    {
        Fluid.ELECTRICITY: "electricity [kWh]",
        Fluid.GAS: "gas [m³]",
        Fluid.WATER: "water [m³]",
    }
)
_PLACES: Final = 6
"""Thousandths of Wh and dm³ are millionths of kWh and m³."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OverallFile:
    """One month: ``span`` are the days of it in which anything was recorded."""

    record: Record
    fluids: Sequence[Fluid]
    span: Span
    dialect: FileDialect

    def read(self) -> Iterator[bytes]:
        """Yield the file (blocking)."""
        headings = (FLUIDS[fluid] for fluid in self.fluids)
        yield self.dialect.heading(("start", "utc_offset", *headings))
        zone = self.record.site.zone
        edges = bucket_edges(self.span, Bucket.DAY, zone, HOUR)
        source = Measured(self.record.source)
        columns = [
            [
                amounts[0]
                for _, amounts in Table(
                    record=self.record, fluid=fluid, kind=None, numbers=(SITE_ID,)
                ).rows(source, edges)
            ]
            for fluid in self.fluids
        ]
        numbers = self.dialect.numbers(_PLACES)
        lines = (
            self.dialect.line(
                (
                    *local_time(start, zone),
                    *(numbers[amount] for amount in amounts),
                )
            )
            for start, amounts in zip(edges, zip(*columns, strict=True), strict=False)
        )
        yield "".join(lines).encode()
