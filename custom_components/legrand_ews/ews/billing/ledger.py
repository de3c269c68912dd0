"""What every device has counted under each tariff, and what it costs.

Days that the archive holds shared out are read as they are, whatever their prices are
now. All other time is cut where tariff or price changes, and each piece is read from
the coarsest rows that tell it: a cost is the sum of its pieces, amount times price.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Final
from zoneinfo import ZoneInfo

from ..archive import TOGETHER, Archive, FluidTotal, TariffAmount, TariffDay
from ..consumption.amounts import Milli, counted_as
from ..model.gas import GasFactor
from ..quantities import Fluid
from ..timegrid import Span, local_midnight
from .course import DayCourse, Piece, Timeline, days_of, pieces_of

_WHOLE: Final = Fraction(1)
_MOST_PIECES: Final = 1_500
"""Pieces that are read at once: prices of quarters of an hour cut a year into 35,000."""


@dataclass(slots=True)
class Booked:
    """An amount in thousandths of its unit, and its cost in 10⁻¹⁸ of the currency."""

    amount_milli: Milli = 0
    cost: int = 0


type Split = Mapping[int, Mapping[int, Mapping[int, Booked]]]
"""By tariff (0: none), device and index of the bucket."""


@dataclass(frozen=True, slots=True)
class _KeptDays:
    """Days in a row that are shared out, in one bucket at the same prices."""

    span: Span
    bucket: int
    prices: Mapping[int, int | None]


class Ledger:
    """Amounts of one fluid by tariff; all devices, or some."""

    def __init__(
        self,
        archive: Archive,
        fluid: Fluid,
        timeline: Timeline,
        zone: ZoneInfo,
        *,
        device_ids: Collection[int] | None = None,
        gas_factors: Sequence[GasFactor] = (),
        uses_kept: bool = True,
        is_summed: bool = False,
    ) -> None:
        """Price with ``timeline``; the energy of gas is told with ``gas_factors``.

        Without ``uses_kept`` everything is computed from hours and samples. With
        ``is_summed`` all devices stand together as one, `TOGETHER`.
        """
        self._archive = archive
        self._counted = counted_as(fluid)
        self._timeline = timeline
        self._zone = zone
        self._device_ids = device_ids
        self._uses_kept = uses_kept
        self._is_summed = is_summed
        factors = gas_factors if fluid is Fluid.GAS_KWH else ()
        self._factors = [Fraction(factor.kwh_per_m3) for factor in factors] or [_WHOLE]
        self._changes = [
            local_midnight(factor.since, zone)
            for factor in factors[1:]
            if factor.since is not None
        ]
        self._is_converted = bool(factors)
        self._known: dict[tuple[datetime, ...], Split] = {}

    def totals(self) -> Sequence[FluidTotal]:
        """First and last sample of every device and fluid."""
        return self._archive.totals()

    def pieces(self, span: Span) -> Iterator[Piece]:
        """Cut a span where tariff or price changes."""
        return pieces_of(self._timeline, span)

    def split(self, edges: Sequence[datetime]) -> Split:
        """Amounts and costs by tariff, device and index of the bucket."""
        key = tuple(edges)
        if key not in self._known:
            self._known[key] = self._read(key)
        return self._known[key]

    def _read(self, edges: tuple[datetime, ...]) -> Split:
        found: dict[int, dict[int, dict[int, Booked]]] = {}
        span = Span(edges[0], edges[-1])
        pieces = list(pieces_of(self._timeline, span))
        kept = list(self._kept(edges, pieces))
        self._add_kept(kept, found)
        for open_span in _between([days.span for days in kept], span):
            self._add_open(open_span, edges, pieces, found)
        return found

    def _kept(
        self, edges: tuple[datetime, ...], pieces: Sequence[Piece]
    ) -> Iterator[_KeptDays]:
        """Find the days with a mark that is theirs, joined where nothing changes."""
        if not self._uses_kept:
            return
        span = Span(edges[0], edges[-1])
        marks = self._archive.tariff_day_marks(self._counted, span)
        last: _KeptDays | None = None
        for day in days_of(pieces, span, self._zone) if marks else ():
            if marks.get(day.span.start) != day.fingerprint:
                continue
            bucket = bisect_right(edges, day.span.start) - 1
            if day.span.end > edges[bucket + 1]:
                continue
            if last is not None and self._go_on(last, day, bucket):
                start = last.span.start
                prices = {**last.prices, **day.prices}
                last = _KeptDays(Span(start, day.span.end), bucket, prices)
                continue
            if last is not None:
                yield last
            last = _KeptDays(day.span, bucket, day.prices)
        if last is not None:
            yield last

    def _go_on(self, last: _KeptDays, day: DayCourse, bucket: int) -> bool:
        return (
            last.span.end == day.span.start
            and last.bucket == bucket
            and self._factor(last.span.start) == self._factor(day.span.start)
            and all(
                last.prices.get(tariff, price) == price
                for tariff, price in day.prices.items()
            )
        )

    def _add_kept(
        self,
        kept: Sequence[_KeptDays],
        found: dict[int, dict[int, dict[int, Booked]]],
    ) -> None:
        spans = [days.span for days in kept]
        for place, amount in self._archive.tariff_amounts(
            self._counted, spans, self._device_ids, is_summed=self._is_summed
        ):
            days = kept[place]
            cost = amount.cost
            if cost is None:
                cost = amount.amount_milli * (days.prices[amount.tariff_id] or 0)
            devices = found.setdefault(amount.tariff_id, {})
            self._book(
                devices.setdefault(amount.device_id, {}),
                days.bucket,
                amount.amount_milli,
                cost,
                days.span.start,
            )

    def _add_open(
        self,
        span: Span,
        edges: tuple[datetime, ...],
        pieces: Sequence[Piece],
        found: dict[int, dict[int, dict[int, Booked]]],
    ) -> None:
        starts = [piece.start for piece in pieces]
        inner = {at for at in (*edges, *starts, *self._changes) if _is_in(at, span)}
        cuts = sorted({span.start, *inner, span.end})
        for first in range(0, len(cuts) - 1, _MOST_PIECES):
            part = cuts[first : first + _MOST_PIECES + 1]
            places = [
                (
                    bisect_right(edges, start) - 1,
                    pieces[bisect_right(starts, start) - 1],
                    start,
                )
                for start in part[:-1]
            ]
            self._add_pieces(part, places, found)

    def _add_pieces(
        self,
        cuts: Sequence[datetime],
        places: Sequence[tuple[int, Piece, datetime]],
        found: dict[int, dict[int, dict[int, Booked]]],
    ) -> None:
        """Read pieces; each stands with its bucket, its price and its start."""
        for device_id, number, amount_milli in self._in_pieces(cuts):
            bucket, piece, start = places[number]
            devices = found.setdefault(piece.tariff_id, {})
            self._book(
                devices.setdefault(device_id, {}),
                bucket,
                amount_milli,
                amount_milli * piece.price,
                start,
            )

    def _in_pieces(self, cuts: Sequence[datetime]) -> Iterator[tuple[int, int, int]]:
        """Yield device, number of the piece, and amount."""
        asked = self._counted, cuts, self._device_ids
        if self._is_summed:
            for number, amount_milli in self._archive.summed_in_pieces(*asked).items():
                yield TOGETHER, number, amount_milli
            return
        for device_id, cells in self._archive.amounts_in_pieces(*asked).items():
            for number, cell in cells.items():
                yield device_id, number, cell.amount_milli

    def _book(
        self,
        buckets: dict[int, Booked],
        bucket: int,
        amount_milli: int,
        cost: int,
        at: datetime,
    ) -> None:
        booked = buckets.get(bucket)
        if booked is None:
            booked = buckets[bucket] = Booked()
        amount = amount_milli * self._factor(at) if self._is_converted else amount_milli
        booked.amount_milli += amount
        booked.cost += cost

    def _factor(self, at: datetime) -> Fraction:
        return self._factors[bisect_right(self._changes, at)]


def shared_out(
    archive: Archive, fluid: Fluid, courses: Sequence[DayCourse]
) -> Iterator[TariffDay]:
    """Share out civil days that adjoin, from hours and samples, to be kept."""
    pieces = [
        (number, piece) for number, day in enumerate(courses) for piece in day.pieces
    ]
    edges = [piece.start for _, piece in pieces] + [courses[-1].span.end]
    days: list[dict[tuple[int, int], Booked]] = [{} for _ in courses]
    for device_id, cells in archive.amounts_in_pieces(fluid, edges).items():
        for place, cell in cells.items():
            number, piece = pieces[place]
            booked = days[number].setdefault((piece.tariff_id, device_id), Booked())
            booked.amount_milli += cell.amount_milli
            booked.cost += cell.amount_milli * piece.price
    for course, shares in zip(courses, days, strict=True):
        prices = course.prices
        yield TariffDay(
            start=course.span.start,
            fingerprint=course.fingerprint,
            amounts=[
                TariffAmount(
                    tariff_id,
                    device_id,
                    int(booked.amount_milli),
                    booked.cost if prices[tariff_id] is None else None,
                )
                for (tariff_id, device_id), booked in sorted(shares.items())
            ],
        )


def _between(spans: Sequence[Span], whole: Span) -> Iterator[Span]:
    """What of the whole lies in none of the spans, which are in order."""
    start = whole.start
    for span in spans:
        if start < span.start:
            yield Span(start, span.start)
        start = span.end
    if start < whole.end:
        yield Span(start, whole.end)


def _is_in(at: datetime, span: Span) -> bool:
    return span.start < at < span.end
