"""Which rule, tariff and price applies when."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Final, Self
from zoneinfo import ZoneInfo

from ..timegrid import Span
from .day_plan import DayPlans, Frame, edges_of, stretch_at, true_at
from .plan import DAY_MINUTES, Mode, TariffPlan
from .price_history import NO_PRICES, PriceHistory
from .wall_clock import WallTime, civil_year, wall_times, year_of

_FREE: Final = Decimal(0)


@dataclass(frozen=True, slots=True)
class Segment:
    """A time (UTC) with one price, per kWh or m³.

    ``rule`` is the index of the rule that governs it and ``tariff_id`` its tariff;
    both are None where no rule is true, which costs nothing and is flagged (Q12).
    ``is_assumed`` says that the source of a dynamic price did not know it.
    """

    start: datetime
    end: datetime
    rule: int | None
    tariff_id: int | None
    price: Decimal
    is_assumed: bool = False


type Years = Callable[[int], tuple[Segment, ...]]
"""Civil years, cut where rule, tariff or dated price changes."""


@dataclass(frozen=True, slots=True)
class _Hold:
    """A time frame that was found true, by minutes since the first of all days."""

    rule: int
    start: int
    end: int

    def holds(self, minute: int) -> bool:
        return self.start <= minute < self.end


class TariffTimeline:
    """The plan of one fluid laid over the civil time of a site.

    In mode `Mode.EWS` the rules are read from the top at the end of the time frame
    that was found true, and anew at New Year's midnight: so what applies at an instant
    depends on nothing but the rules.
    """

    def __init__(
        self,
        plan: TariffPlan,
        zone: ZoneInfo,
        prices: PriceHistory = NO_PRICES,
        years: Years | None = None,
    ) -> None:
        """Lay ``plan`` over the civil time of ``zone``, with dynamic ``prices``.

        ``years`` are those of the same plan that are laid out already.
        """
        self._plan = plan
        self._zone = zone
        self._prices = prices
        self._days = DayPlans(plan.rules)
        self._year: Years = years or cache(self._segments_of_year)

    def with_prices(self, prices: PriceHistory) -> Self:
        """Return the same with other dynamic prices; years that are laid out stay."""
        return type(self)(self._plan, self._zone, prices, self._year)

    def segments(self, span: Span) -> Iterator[Segment]:
        """Cut a span where rule, tariff or price changes, in order and without gaps."""
        first, last = (year_of(t, self._zone) for t in (span.start, span.end))
        for year in range(first, last + 1):
            for segment in self._year(year):
                start, end = max(segment.start, span.start), min(segment.end, span.end)
                if start < end:
                    yield from self._with_sources(
                        replace(segment, start=start, end=end)
                    )

    def at(self, instant: datetime) -> Segment:
        """Return what applies at an instant, with the whole time for which it does.

        A time that goes on beyond New Year ends there.
        """
        return next(
            piece
            for segment in self._year(year_of(instant, self._zone))
            if segment.start <= instant < segment.end
            for piece in self._with_sources(segment)
            if piece.start <= instant < piece.end
        )

    def _with_sources(self, segment: Segment) -> Iterator[Segment]:
        """Cut a time where its dynamic price changes."""
        tariff = self._plan.tariffs_by_id.get(segment.tariff_id or 0)
        if tariff is None or tariff.price_source is None:
            yield segment
            return
        own = segment.price if tariff.prices else None
        span = Span(segment.start, segment.end)
        for piece in self._prices.over(tariff.price_source, span, own):
            yield replace(
                segment,
                start=piece.start,
                end=piece.end,
                price=_FREE if piece.amount is None else piece.amount,
                is_assumed=piece.is_assumed,
            )

    def _segments_of_year(self, year: int) -> tuple[Segment, ...]:
        found: list[Segment] = []
        for start, end, day, rule in self._governed(civil_year(year, self._zone)):
            tariff_id, price = self._priced(rule, day)
            goes_on = found and (found[-1].rule, found[-1].price) == (rule, price)
            begin = found.pop().start if goes_on else start
            found.append(Segment(begin, end, rule, tariff_id, price))
        return tuple(found)

    def _priced(self, rule: int | None, day: date) -> tuple[int | None, Decimal]:
        if rule is None:
            return None, _FREE
        tariff = self._plan.tariffs_by_id[self._plan.rules[rule].tariff_id]
        return tariff.id, tariff.price_on(day)

    def _governed(
        self, span: Span
    ) -> Iterator[tuple[datetime, datetime, date, int | None]]:
        governing = (
            self._sticky if self._plan.mode is Mode.EWS else self._first_true_ones
        )
        hold: _Hold | None = None
        for time in wall_times(span, self._zone):
            minute = time.first
            while minute < time.end:
                end, rule, hold = governing(time, minute, hold)
                end = min(end, time.end)
                yield time.at(minute), time.at(end), time.day, rule
                minute = end

    def _first_true_ones(
        self, time: WallTime, minute: int, _: _Hold | None
    ) -> tuple[int, int | None, None]:
        stretch = stretch_at(self._days.stretches(time.day), minute)
        return stretch.end, stretch.rule, None

    def _sticky(
        self, time: WallTime, minute: int, hold: _Hold | None
    ) -> tuple[int, int | None, _Hold | None]:
        midnight = time.day.toordinal() * DAY_MINUTES
        if hold is None or not hold.holds(midnight + minute):
            frames = self._days.frames(time.day)
            frame = true_at(frames, minute)
            if frame is None:
                return _next_edge(frames, minute), None, None
            hold = _Hold(frame.rule, midnight + frame.start, midnight + frame.end)
        return hold.end - midnight, hold.rule, hold


def _next_edge(frames: tuple[Frame, ...], minute: int) -> int:
    return next(end for start, end in pairwise(edges_of(frames)) if minute < end)
