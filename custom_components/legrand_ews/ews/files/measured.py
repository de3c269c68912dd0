"""Amounts by bucket as they were measured: nothing that only a gap's total tells.

Rollups answer wherever nothing was recovered after a gap. Where something was, the
samples themselves do: a gap counts in the bucket in which it lies as a whole, and in
none where it lies across an edge (S209, S215).
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from ..archive import BucketAmount, Cells, FluidTotal
from ..metering import Sample
from ..quantities import FLUID_COUNTERS, Fluid
from ..timegrid import Span
from .rows import REACH, Row, spans_gap
from .source import FileSource

_SECOND: Final = timedelta(seconds=1)

type Amounts = Mapping[int, Mapping[int, BucketAmount]]
"""By device, by index of the bucket."""


class Measured:
    """The archive's amounts for any buckets, without shares of gaps."""

    def __init__(self, source: FileSource) -> None:
        """Read from the archive."""
        self._source = source

    def totals(self) -> list[FluidTotal]:
        """First and last sample of every device and fluid."""
        return self._source.totals()

    def amounts(self, fluid: Fluid, edges: Sequence[datetime]) -> Amounts:
        """Amounts by device and index of the bucket; raises ArchiveError."""
        found = self._source.amounts(fluid, edges)
        runs = list(_recovered(found))
        if not runs:
            return found
        corrected = {device_id: dict(cells) for device_id, cells in found.items()}
        for first, last, devices in runs:
            self._correct(fluid, edges, first, last, devices, corrected)
        return corrected

    def _correct(
        self,
        fluid: Fluid,
        edges: Sequence[datetime],
        first: int,
        last: int,
        devices: set[int],
        found: dict[int, dict[int, BucketAmount]],
    ) -> None:
        part = edges[first : last + 2]
        # A gap that reaches in from before counts nowhere; other samples do.
        span = Span(part[0] - REACH, part[-1])
        quantity = FLUID_COUNTERS[fluid]
        samples = self._source.stream_samples(span, sorted(devices), (quantity,))
        exact = _exact(samples, quantity, part)
        for device_id in devices:
            cells = found[device_id]
            for index in range(first, last + 1):
                cell = cells.get(index)
                if cell is None or not cell.recovered_s:
                    continue
                known = exact.get(device_id, {}).get(index - first)
                is_gone = device_id not in exact and cell.covered_s > cell.recovered_s
                if known is not None:
                    cells[index] = known
                elif not is_gone:
                    del cells[index]
                # Where the samples are no longer kept, the rollup is all there is.


class OfRows:
    """Amounts of rows that are known already; the archive answers for other buckets."""

    def __init__(self, rows: Sequence[Row], source: FileSource) -> None:
        """Take rows that follow on one another."""
        self.edges = (rows[0].span.start, *(row.span.end for row in rows))
        self._source = source
        self._amounts: dict[int, Cells] = {}
        for index, row in enumerate(rows):
            covered_s = row.span.length // _SECOND
            for device_id, milli in row.amounts_milli.items():
                cells = self._amounts.setdefault(device_id, Cells())
                cells.add(index, milli, covered_s, 0)

    def totals(self) -> list[FluidTotal]:
        """First and last sample of every device and fluid."""
        return self._source.totals()

    def amounts(self, fluid: Fluid, edges: Sequence[datetime]) -> Amounts:
        """Amounts by device and index of the bucket; raises ArchiveError."""
        if tuple(edges) == self.edges:
            return self._amounts
        return self._source.amounts(fluid, edges)


def _recovered(found: Amounts) -> Iterator[tuple[int, int, set[int]]]:
    """Runs of buckets in which something was recovered: first, last, by which devices."""
    devices_of: dict[int, set[int]] = {}
    for device_id, cells in found.items():
        for index, cell in cells.items():
            if cell.recovered_s:
                devices_of.setdefault(index, set()).add(device_id)
    indexes = sorted(devices_of)
    while indexes:
        first = last = indexes.pop(0)
        while indexes and indexes[0] == last + 1:
            last = indexes.pop(0)
        devices = set().union(*(devices_of[x] for x in range(first, last + 1)))
        yield first, last, devices


def _exact(
    samples: Iterable[Sample], quantity: str, edges: Sequence[datetime]
) -> Amounts:
    sums: dict[int, Cells] = {}
    for sample in samples:
        milli = sample.amounts_milli.get(quantity)
        if milli is None:
            continue
        cells = sums.setdefault(sample.device_id, Cells())
        for index, share, seconds in _shares(sample, milli, edges):
            cells.add(index, share, seconds, 0)
    return sums


def _shares(
    sample: Sample, milli: int, edges: Sequence[datetime]
) -> Iterator[tuple[int, int, int]]:
    """Index, even share (Q23) and seconds of each bucket that the sample touches."""
    length = sample.length // _SECOND
    index = bisect_right(edges, sample.start) - 1
    if 0 <= index < len(edges) - 1 and sample.end <= edges[index + 1]:
        yield index, milli, length
        return
    if spans_gap(sample):
        return
    for bucket in range(max(index, 0), len(edges) - 1):
        start = (max(edges[bucket], sample.start) - sample.start) // _SECOND
        end = (min(edges[bucket + 1], sample.end) - sample.start) // _SECOND
        if start >= end:
            return
        share = milli * end // length - milli * start // length
        yield bucket, share, end - start
