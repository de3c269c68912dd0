"""``overallTotal/<type>_<yyyy-MM>.csv``: the site's total of each fluid, day by day.

``values`` in kWh and m³ (S206), unlike all other files, with a column a fluid that was
ever recorded; ``cost`` in the currency, with a column a fluid that has prices.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final

from ..billing import Ledgers
from ..billing.money import COST_DECIMALS
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
    """One month: ``span`` are the days of it in which anything was recorded.

    With ``ledgers``, what every day costs.
    """

    record: Record
    fluids: Sequence[Fluid]
    span: Span
    dialect: FileDialect
    ledgers: Ledgers | None = None

    def read(self) -> Iterator[bytes]:
        """Yield the file (blocking)."""
        yield self.dialect.heading(("start", "utc_offset", *self._headings))
        zone = self.record.site.zone
        edges = bucket_edges(self.span, Bucket.DAY, zone, HOUR)
        columns = [self._column(fluid, edges) for fluid in self.fluids]
        places = _PLACES if self.ledgers is None else COST_DECIMALS
        numbers = self.dialect.numbers(places)
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

    @property
    def _headings(self) -> Iterator[str]:
        for fluid in self.fluids:
            if self.ledgers is None:
                yield FLUIDS[fluid]
            else:
                yield f"{fluid} [{self.ledgers.currency}]"

    def _column(self, fluid: Fluid, edges: Sequence[datetime]) -> list[int | None]:
        source = Measured(self.record.source)
        table = Table(record=self.record, fluid=fluid, kind=None, numbers=(SITE_ID,))
        if self.ledgers is None:
            rows = table.rows(source, edges)
        else:
            rows = table.costs(source, self.ledgers.of(fluid), edges)
        return [amounts[0] for _, amounts in rows]
