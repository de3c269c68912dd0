"""The plans of a fluid through time: what is changed need not change the past.

A book says which plan counts on which civil day. A plan that is revised counts since
ever, or from a day on; periods that were billed keep the plan by which they were.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import pairwise
from typing import Final, Self
from zoneinfo import ZoneInfo

from ..quantities import Fluid
from ..timegrid import Span, local_midnight
from .extras import NO_EXTRAS
from .plan import Tariff, TariffPlan
from .price_history import NO_PRICES, PriceHistory
from .timeline import Segment, TariffTimeline

_ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanVersion:
    """A plan, and the local day from which it counts; None is ever since."""

    since: date | None = None
    plan: TariffPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenPeriod:
    """Local days, both included, that were billed and stay as they were."""

    first_day: date
    last_day: date

    def holds(self, day: date) -> bool:
        """Say whether a local day is among them."""
        return self.first_day <= day <= self.last_day


@dataclass(frozen=True, kw_only=True)
class TariffBook:
    """Every plan of one fluid. ``versions`` are in order of time, the first since ever."""

    fluid: Fluid
    versions: tuple[PlanVersion, ...]
    frozen: tuple[FrozenPeriod, ...] = ()

    @classmethod
    def of(cls, plan: TariffPlan) -> Self:
        """Begin a book with a plan that counts since ever."""
        return cls(fluid=plan.fluid, versions=(PlanVersion(plan=plan),))

    @property
    def current(self) -> TariffPlan:
        """The plan that counts from the last change on."""
        return self.versions[-1].plan

    @cached_property
    def tariffs(self) -> tuple[Tariff, ...]:
        """Every tariff that was ever in the book, by number, as it was last."""
        known = {tariff.id: tariff for v in self.versions for tariff in v.plan.tariffs}
        known |= self.current.tariffs_by_id
        return tuple(known[number] for number in sorted(known))

    @property
    def price_sources(self) -> frozenset[str]:
        """Where the prices of dynamic tariffs come from, in every plan."""
        return frozenset().union(*(v.plan.price_sources for v in self.versions))

    @property
    def has_extras(self) -> bool:
        """Whether anything beside the energy is to be paid under any plan."""
        return any(version.plan.extras != NO_EXTRAS for version in self.versions)

    def plan_on(self, day: date) -> TariffPlan:
        """Return the plan that counts on a local day."""
        return next(
            version.plan
            for version in reversed(self.versions)
            if (version.since or date.min) <= day
        )

    def is_frozen(self, day: date) -> bool:
        """Say whether a local day was billed."""
        return any(period.holds(day) for period in self.frozen)

    def days_of_change(self, first: date, last: date) -> list[date]:
        """Return the local days after ``first`` on which what is paid may change.

        A plan, a price, a rate or a billing month begins on them; ``last`` is the last
        day that is looked at. Between two of them one day is billed like the other.
        """
        days: set[date] = set()
        for version in self.versions:
            days |= version.plan.price_days
            if version.since is not None:
                days.add(version.since)
            month = first
            while month <= last:
                days.add(month)
                month = version.plan.extras.month_of(month)[1] + _ONE_DAY
        return sorted(day for day in days if first < day <= last)

    def revised(self, plan: TariffPlan, since: date | None) -> Self:
        """Let a plan count from a local day on, or since ever; billed days keep theirs."""
        first = since or date.min
        days = {version.since or date.min for version in self.versions} | {first}
        for period in self.frozen:
            days |= {period.first_day, period.last_day + _ONE_DAY}
        chosen = (
            (
                day,
                self.plan_on(day) if day < first or self.is_frozen(day) else plan,
            )
            for day in sorted(days)
        )
        return replace(self, versions=tuple(_versions(chosen)))

    def with_frozen(self, period: FrozenPeriod) -> Self:
        """Bill a period: no later revision changes it."""
        known = {*self.frozen, period}
        return replace(self, frozen=tuple(sorted(known, key=lambda x: x.first_day)))

    def without_frozen(self, period: FrozenPeriod) -> Self:
        """Open a billed period again."""
        return replace(self, frozen=tuple(x for x in self.frozen if x != period))


def _versions(plans: Iterable[tuple[date, TariffPlan]]) -> Iterator[PlanVersion]:
    last: TariffPlan | None = None
    for day, plan in plans:
        if plan != last:
            yield PlanVersion(since=None if day == date.min else day, plan=plan)
        last = plan


class BookTimeline:
    """A book laid over the civil time of a site (see `TariffTimeline`)."""

    def __init__(
        self,
        book: TariffBook,
        zone: ZoneInfo,
        prices: PriceHistory = NO_PRICES,
        timelines: Sequence[TariffTimeline] | None = None,
    ) -> None:
        """Lay every plan of ``book`` over the time in which it counts.

        ``timelines`` are those of its plans, where they are known.
        """
        self._book = book
        self._zone = zone
        laid_out = timelines or [
            TariffTimeline(version.plan, zone, prices) for version in book.versions
        ]
        starts = [
            None if version.since is None else local_midnight(version.since, zone)
            for version in book.versions
        ]
        self._pieces = [
            (start, end, timeline)
            for (start, end), timeline in zip(
                pairwise([*starts, None]), laid_out, strict=True
            )
        ]

    def with_prices(self, prices: PriceHistory) -> Self:
        """Return the same with other dynamic prices; years that are laid out stay."""
        laid_out = [timeline.with_prices(prices) for _, _, timeline in self._pieces]
        return type(self)(self._book, self._zone, prices, laid_out)

    def segments(self, span: Span) -> Iterator[Segment]:
        """Cut a span where rule, tariff or price changes, in order and without gaps."""
        for start, end, timeline in self._pieces:
            first = span.start if start is None else max(start, span.start)
            last = span.end if end is None else min(end, span.end)
            if first < last:
                yield from timeline.segments(Span(first, last))

    def at(self, instant: datetime) -> Segment:
        """Return what applies at an instant, and how long; New Year ends it too."""
        for start, end, timeline in reversed(self._pieces):
            if start is None or start <= instant:
                found = timeline.at(instant)
                return replace(
                    found,
                    start=found.start if start is None else max(found.start, start),
                    end=found.end if end is None else min(found.end, end),
                )
        raise AssertionError("the first version counts since ever")
