"""The course of tariffs and prices through a time, and what of it a day's split needs.

A day that is over is shared out once and kept. What is kept is right as long as the
tariffs of that day change at the same instants: the fingerprint of its course. Prices
are part of it only where they change in the course of the day.
"""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property, lru_cache
from hashlib import blake2b
from typing import Final, Protocol
from zoneinfo import ZoneInfo

from ..tariffs import Segment
from ..timegrid import Span, local_day, local_midnight
from .money import price_of

NO_TARIFF: Final = 0
"""Stands for the tariff where no rule is true (Q12)."""
_ONE_DAY: Final = timedelta(days=1)
_SECOND: Final = timedelta(seconds=1)
_BITS: Final = 63


class Timeline(Protocol):
    """A book, or a plan, over the civil time of a site."""

    def segments(self, span: Span) -> Iterator[Segment]:
        """Cut a span where rule, tariff or price changes."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A time (UTC) under one tariff at one price (10⁻¹² per kWh or m³)."""

    start: datetime
    end: datetime
    tariff_id: int
    price: int


@dataclass(frozen=True)
class DayCourse:
    """The pieces of one civil day."""

    span: Span
    pieces: tuple[Piece, ...]

    @cached_property
    def prices(self) -> Mapping[int, int | None]:
        """The price of each tariff of the day; None where it changes."""
        found: dict[int, int | None] = {}
        for piece in self.pieces:
            known = found.setdefault(piece.tariff_id, piece.price)
            if known != piece.price:
                found[piece.tariff_id] = None
        return found

    @cached_property
    def fingerprint(self) -> int:
        """Changes whenever the amounts by tariff, or the costs kept with them, do."""
        prices = self.prices
        return fingerprint_of(
            tuple(
                (
                    (piece.start - self.span.start) // _SECOND,
                    piece.tariff_id,
                    piece.price if prices[piece.tariff_id] is None else None,
                )
                for piece in self.pieces
            )
        )


@lru_cache(maxsize=4096)
def fingerprint_of(known: Hashable) -> int:
    """Return 63 bits that tell plain values from others, after a restart as well."""
    digest = blake2b(repr(known).encode(), digest_size=8).digest()
    return int.from_bytes(digest) >> (64 - _BITS)


def pieces_of(timeline: Timeline, span: Span) -> Iterator[Piece]:
    """Cut a span where tariff or price changes, in order and without gaps."""
    last: Piece | None = None
    for segment in timeline.segments(span):
        tariff_id = NO_TARIFF if segment.tariff_id is None else segment.tariff_id
        price = price_of(segment.price)
        if last is not None and (last.tariff_id, last.price) == (tariff_id, price):
            last = Piece(last.start, segment.end, tariff_id, price)
            continue
        if last is not None:
            yield last
        last = Piece(segment.start, segment.end, tariff_id, price)
    if last is not None:
        yield last


def days_of(pieces: Sequence[Piece], span: Span, zone: ZoneInfo) -> Iterator[DayCourse]:
    """Yield the course of each whole civil day in a span."""
    day = local_day(span.start, zone)
    start = local_midnight(day, zone)
    if start < span.start:
        day += _ONE_DAY
        start = local_midnight(day, zone)
    place = 0
    while (end := local_midnight(day + _ONE_DAY, zone)) <= span.end:
        while pieces[place].end <= start:
            place += 1
        own: list[Piece] = []
        at = place
        while at < len(pieces) and pieces[at].start < end:
            piece = pieces[at]
            first, last = max(piece.start, start), min(piece.end, end)
            own.append(Piece(first, last, piece.tariff_id, piece.price))
            at += 1
        yield DayCourse(Span(start, end), tuple(own))
        day, start = day + _ONE_DAY, end
