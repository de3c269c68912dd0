"""What the amounts of a file cost, cell by cell.

Files leave out what only a gap's total tells, so their costs do, too: wherever a file
has another amount than the ledger, the samples themselves are priced.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from ..archive import FluidTotal
from ..billing.course import Piece
from ..billing.ledger import Booked, Ledger
from ..consumption import Amounts, AmountsSource
from ..consumption.amounts import Counted
from ..metering import Sample
from ..quantities import FLUID_COUNTERS, Fluid
from ..timegrid import Span
from .rows import REACH, spans_gap
from .source import FileSource

_SECOND: Final = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class _Cost:
    amount_milli: int
    covered_s: int


class Costed:
    """Costs in the place of amounts, in 10⁻¹⁸ of the currency."""

    def __init__(
        self, measured: AmountsSource, ledger: Ledger, source: FileSource
    ) -> None:
        """Price what ``measured`` says; ``source`` has the samples behind it."""
        self._measured = measured
        self._ledger = ledger
        self._source = source

    def totals(self) -> Sequence[FluidTotal]:
        """First and last sample of every device and fluid."""
        return self._measured.totals()

    def amounts(self, fluid: Fluid, edges: Sequence[datetime]) -> Amounts:
        """Costs by device and index of the bucket; raises ArchiveError."""
        booked = self._booked(edges)
        found: dict[int, dict[int, Counted]] = {}
        for device_id, cells in self._measured.amounts(fluid, edges).items():
            costs = found.setdefault(device_id, {})
            for bucket, cell in cells.items():
                known = booked.get(device_id, {}).get(bucket)
                if known is None or known.amount_milli != cell.amount_milli:
                    span = Span(edges[bucket], edges[bucket + 1])
                    cost = self._from_samples(device_id, fluid, span)
                else:
                    cost = known.cost
                costs[bucket] = _Cost(cost, cell.covered_s)
        return found

    def _booked(self, edges: Sequence[datetime]) -> Mapping[int, Mapping[int, Booked]]:
        sums: dict[int, dict[int, Booked]] = {}
        for devices in self._ledger.split(edges).values():
            for device_id, buckets in devices.items():
                known = sums.setdefault(device_id, {})
                for bucket, one in buckets.items():
                    booked = known.setdefault(bucket, Booked())
                    booked.amount_milli += one.amount_milli
                    booked.cost += one.cost
        return sums

    def _from_samples(self, device_id: int, fluid: Fluid, span: Span) -> int:
        """What a row of one device costs, without gaps that lie across its edges."""
        quantity = FLUID_COUNTERS[fluid]
        reached = Span(span.start - REACH, span.end)
        cost = 0
        for sample in self._source.stream_samples(reached, (device_id,), (quantity,)):
            milli = sample.amounts_milli.get(quantity)
            is_inside = span.start <= sample.start and sample.end <= span.end
            if milli is not None and (is_inside or not spans_gap(sample)):
                cost += self._cost(sample, milli, span)
        return cost

    def _cost(self, sample: Sample, milli: int, span: Span) -> int:
        first, last = max(sample.start, span.start), min(sample.end, span.end)
        if first >= last:
            return 0
        pieces = self._ledger.pieces(Span(first, last))
        return sum(_share(sample, milli, piece) * piece.price for piece in pieces)


def _share(sample: Sample, milli: int, piece: Piece) -> int:
    """The even share of a piece; those of adjoining pieces add up."""
    length = sample.length // _SECOND
    start, end = ((at - sample.start) // _SECOND for at in (piece.start, piece.end))
    return milli * end // length - milli * start // length
