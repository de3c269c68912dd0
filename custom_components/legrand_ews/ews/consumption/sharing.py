"""What every device counts by itself: its reading less those of its sub-meters (S81).

A sub-meter's consumption is inside its main meter's only while that one was recorded:
before its first sample and after its last one, sub-meters stand for themselves. So the
total over any span is the same in buckets of any width.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

from ..quantities import Fluid
from ..timegrid import Span, hour_start, local_day, local_midnight
from .amounts import Amounts, AmountsSource, Milli, amounts_of
from .answer import sum_known
from .query import Frame
from .tree import MeterTree

type Values = list[Milli | None]


class Shares:
    """The amounts of all devices in one frame, and how sub-meters share in them."""

    def __init__(
        self,
        source: AmountsSource,
        fluid: Fluid,
        frame: Frame,
        zone: ZoneInfo,
        tree: MeterTree,
        extents: Mapping[int, Span],
    ) -> None:
        """Ask ``source``; ``extents`` is when each device was recorded."""
        self._source = source
        self._fluid = fluid
        self._frame = frame
        self._zone = zone
        self._tree = tree
        self._extents = extents
        self.amounts = source.amounts(fluid, frame.edges)
        self._whole: dict[int, Values] = {}
        self._before: dict[tuple[int, datetime], Mapping[int, Milli]] = {}
        self._own: dict[frozenset[int], Mapping[int, Values]] = {}

    @property
    def length(self) -> int:
        """Number of buckets."""
        return len(self._frame.edges) - 1

    @property
    def devices(self) -> Iterable[int]:
        """Devices with data in the frame."""
        return self.amounts.keys()

    def whole(self, device_id: int) -> Values:
        """What a device has counted, sub-meters included."""
        values = self._whole.get(device_id)
        if values is None:
            values = amounts_of(self.amounts.get(device_id, {}), self.length)
            self._whole[device_id] = values
        return values

    def own(self, among: frozenset[int]) -> Mapping[int, Values]:
        """What each of ``among`` has counted beyond its sub-meters in ``among``.

        Below zero where they have counted more.
        """
        if among not in self._own:
            self._own[among] = self._shared(among)
        return self._own[among]

    def total(self, among: frozenset[int], wanted: Iterable[int]) -> Milli | None:
        """Sum of what some devices have counted by themselves; None without data."""
        own = self.own(among)
        return sum_known(value for number in wanted for value in own[number])

    def _shared(self, among: frozenset[int]) -> Mapping[int, Values]:
        own = {number: self.whole(number) for number in among}
        if not self._tree:
            return own
        own = {number: list(values) for number, values in own.items()}
        for sub_meter in among & self.amounts.keys():
            outside = [self._frame.span]
            for main in self._tree.above(sub_meter, among):
                extent = self._extents.get(main)
                if extent is None:
                    continue
                values = own[main]
                for span in _common(outside, extent):
                    for bucket, inside in self._between(sub_meter, span):
                        values[bucket] = (values[bucket] or 0) - inside
                outside = _without(outside, extent)
        return own

    def _between(self, device_id: int, span: Span) -> Iterator[tuple[int, Milli]]:
        """What a device has counted in a span, bucket by bucket."""
        edges = self._frame.edges
        for bucket, amount in self.amounts[device_id].items():
            start, end = edges[bucket], edges[bucket + 1]
            if span.start >= end or span.end <= start:
                continue
            counted = amount.amount_milli
            until_end = self._until(device_id, bucket, span.end, counted)
            yield (
                bucket,
                until_end - self._until(device_id, bucket, span.start, counted),
            )

    def _until(
        self, device_id: int, bucket: int, at: datetime, counted: Milli
    ) -> Milli:
        """What a device has counted of a bucket's ``counted`` until an instant.

        The archive is asked only where the device has samples on both sides.
        """
        extent = self._extents[device_id]
        edges = self._frame.edges
        if at <= max(edges[bucket], extent.start):
            return 0
        if at >= min(edges[bucket + 1], extent.end):
            return counted
        return self._all_until(bucket, at).get(device_id, 0)

    def _all_until(self, bucket: int, at: datetime) -> Mapping[int, Milli]:
        """Amounts from the start of a bucket to an instant in it.

        Asked for in days, then hours, then samples: each kind is read only where no
        coarser one will do.
        """
        if (bucket, at) not in self._before:
            start = self._frame.edges[bucket]
            midnight = local_midnight(local_day(at, self._zone), self._zone)
            hour = hour_start(at, self._zone)
            points = sorted({start, max(start, midnight), max(start, hour), at})
            parts = [
                self._source.amounts(self._fluid, part) for part in pairwise(points)
            ]
            self._before[bucket, at] = _added(parts)
        return self._before[bucket, at]


def _common(spans: Iterable[Span], other: Span) -> list[Span]:
    common = (
        Span(max(span.start, other.start), min(span.end, other.end)) for span in spans
    )
    return [span for span in common if span.start < span.end]


def _without(spans: Iterable[Span], other: Span) -> list[Span]:
    left = (
        piece
        for span in spans
        for piece in (
            Span(span.start, min(span.end, other.start)),
            Span(max(span.start, other.end), span.end),
        )
    )
    return [span for span in left if span.start < span.end]


def _added(parts: Sequence[Amounts]) -> Mapping[int, Milli]:
    sums: dict[int, Milli] = {}
    for part in parts:
        for device_id, counted in part.items():
            for amount in counted.values():
                sums[device_id] = sums.get(device_id, 0) + amount.amount_milli
    return sums
