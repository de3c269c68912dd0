"""Prices that change by the hour: what a source said, and what holds where it did not.

A source is an entity or a statistic of Home Assistant. What it said holds until it
says something else. Where it said nothing - it was unavailable, or nobody listened -
its last price holds for a day; after that, and before its first price, the tariff's
own dated price counts. All of that is marked as assumed.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Final, Self

from ..timegrid import Span

HOLD: Final = timedelta(hours=24)
"""How long the last price of a source holds after it fell silent."""


@dataclass(frozen=True, slots=True)
class SourcePrice:
    """What a source said from ``start`` on, per kWh or m³; None: it fell silent."""

    start: datetime
    amount: Decimal | None


@dataclass(frozen=True, slots=True)
class PricedTime:
    """A time with one price; None where neither source nor history knows any."""

    start: datetime
    end: datetime
    amount: Decimal | None
    is_assumed: bool


class PriceHistory:
    """Everything that sources have said, each in order of time (UTC)."""

    def __init__(self, rows: Mapping[str, Iterable[SourcePrice]]) -> None:
        """Take what each source said, in any order."""
        self._rows: dict[str, tuple[SourcePrice, ...]] = {
            source: tuple(sorted(said, key=lambda row: row.start))
            for source, said in rows.items()
        }

    @property
    def sources(self) -> frozenset[str]:
        """The sources that are known."""
        return frozenset(self._rows)

    def last(self, source: str) -> SourcePrice | None:
        """Return what a source said last."""
        rows = self._rows.get(source)
        return rows[-1] if rows else None

    def merged(self, source: str, rows: Iterable[SourcePrice]) -> Self:
        """Put more of a source to it; what it said at the same instant is replaced."""
        known = {row.start: row for row in self._rows.get(source, ())}
        known |= {row.start: row for row in rows}
        return type(self)({**self._rows, source: known.values()})

    def over(
        self, source: str, span: Span, fallback: Decimal | None
    ) -> Iterator[PricedTime]:
        """Cut a span where the price of a source changes, in order, without gaps.

        ``fallback`` is the tariff's own price in that time.
        """
        rows = self._rows.get(source, ())
        first = bisect_right(rows, span.start, key=lambda row: row.start)
        inside: list[SourcePrice] = []
        for row in rows[first:]:
            if row.start >= span.end:
                break
            inside.append(row)
        edges = [span.start, *(row.start for row in inside), span.end]
        for place, (start, end) in enumerate(pairwise(edges), first):
            if start < end:
                yield from _pieces(rows, place, Span(start, end), fallback)


NO_PRICES: Final = PriceHistory({})


def _pieces(
    rows: Sequence[SourcePrice], place: int, span: Span, fallback: Decimal | None
) -> Iterator[PricedTime]:
    """What holds in a span in which the source says nothing new.

    ``place`` is the number of rows up to its start.
    """
    if place == 0:
        first = next((row.amount for row in rows if row.amount is not None), None)
        amount = first if fallback is None else fallback
        yield PricedTime(span.start, span.end, amount, is_assumed=True)
        return
    amount = rows[place - 1].amount
    if amount is not None:
        yield PricedTime(span.start, span.end, amount, is_assumed=False)
        return
    fell_silent, last = _before_silence(rows, place)
    until = span.start if last is None else min(fell_silent + HOLD, span.end)
    if span.start < until:
        yield PricedTime(span.start, until, last, is_assumed=True)
    if max(until, span.start) < span.end:
        amount = last if fallback is None else fallback
        yield PricedTime(max(until, span.start), span.end, amount, is_assumed=True)


def _before_silence(
    rows: Sequence[SourcePrice], place: int
) -> tuple[datetime, Decimal | None]:
    """When a source fell silent, and the last price that it had said until then."""
    since = rows[place - 1].start
    for row in reversed(rows[:place]):
        if row.amount is not None:
            return since, row.amount
        since = row.start
    return since, None
