"""Everything about money of one site, as one object."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from ..consumption import ComparisonQuery, ConsumptionQuery, CountedAmounts
from ..quantities import Fluid
from ..tariffs.book import BookTimeline, FrozenPeriod, TariffBook
from ..tariffs.price_history import PriceHistory, SourcePrice
from ..tariffs.settings import BillingSettings
from ..timegrid import Span
from .answer import Costs
from .bill_query import BillQuery
from .bills import answer_bills, freeze_bills, unfreeze_bills
from .books import Books, Metered
from .comparison import CostComparison, answer_cost_comparison
from .costs import answer_costs
from .extras import bill_difference, with_extras
from .ledgers import Ledgers
from .live import CostsSoFar, LiveCosts, counted_costs
from .overall import PricedOverall, answer_priced_overall
from .peaks import Peaks
from .query import CostQuery
from .recompute import (
    CostDifference,
    Report,
    catch_up,
    difference,
    recompute,
    recorded_days,
)

_MORE_TRIES: Final = 3
"""So often a comparison begins anew where samples came in between."""


class Billing:
    """Costs are computed from what was measured and the books of the site.

    Every method blocks. ``metered`` tells what was measured, as it is now.
    """

    def __init__(
        self,
        settings: BillingSettings,
        zone: ZoneInfo,
        metered: Callable[[], Metered],
    ) -> None:
        """Price with the books of ``settings``."""
        self._metered = metered
        self.books = Books(settings, zone)
        self._live = LiveCosts()
        self._peaks = Peaks()

    def get_costs(self, query: CostQuery, now: datetime) -> Costs:
        """Answer the action ``get_costs``; a whole site has fixed costs and taxes, too.

        Raises ConfigurationError at the field that is wrong, and ArchiveError.
        """
        metered = self._metered()
        costs = answer_costs(query, books=self.books, metered=metered, now=now)
        if not query.is_of_whole_site or not self.books.has_extras(costs.fluid):
            return costs
        return with_extras(
            costs, books=self.books, metered=metered, now=now, peaks=self._peaks
        )

    def get_overall(self, query: ConsumptionQuery, now: datetime) -> PricedOverall:
        """Answer the action ``get_overall``; raises what `get_costs` does."""
        metered = self._metered()
        return answer_priced_overall(query, books=self.books, metered=metered, now=now)

    def compare(self, query: ComparisonQuery, now: datetime) -> CostComparison:
        """Answer ``compare_consumption`` in money; raises what `get_costs` does."""
        metered = self._metered()
        return answer_cost_comparison(query, books=self.books, metered=metered, now=now)

    def get_bill(self, query: BillQuery, now: datetime) -> dict[str, object]:
        """Answer the action ``get_bill`` as JSON; raises ArchiveError."""
        metered = self._metered()
        answer = answer_bills(
            query, books=self.books, metered=metered, now=now, peaks=self._peaks
        )
        return answer.as_dict(metered)

    def freeze_bill(
        self, query: BillQuery, now: datetime
    ) -> Mapping[Fluid, FrozenPeriod]:
        """Keep bills as they are now; returns the days that are frozen with them.

        Raises ConfigurationError where they cannot be frozen, and ArchiveError.
        """
        return freeze_bills(
            query,
            books=self.books,
            metered=self._metered(),
            now=now,
            peaks=self._peaks,
        )

    def unfreeze_bill(
        self, query: BillQuery, now: datetime
    ) -> Mapping[Fluid, FrozenPeriod]:
        """Forget frozen bills; returns the days that are open again.

        Raises ConfigurationError where none is frozen, and ArchiveError.
        """
        return unfreeze_bills(query, books=self.books, metered=self._metered(), now=now)

    def load_prices(self) -> None:
        """Take what the archive knows of dynamic prices; raises ArchiveError."""
        if sources := self.books.price_sources:
            self._take_prices(self._metered().archive.price_history(sources))

    def add_prices(self, source: str, prices: Iterable[SourcePrice]) -> None:
        """Note what a source said, and price with it from now on.

        What it said at the same seconds is replaced. Raises ArchiveError.
        """
        rows = list(prices)
        self._metered().archive.add_prices(source, rows)
        self._take_prices(self.books.prices.merged(source, rows))

    def _take_prices(self, prices: PriceHistory) -> None:
        self.books = self.books.with_prices(prices)

    def costs_so_far(self, now: datetime) -> Mapping[Fluid, CostsSoFar]:
        """What today, this month and this year have cost; raises ArchiveError."""
        return self._live.so_far(self.books, self._metered(), now)

    def counted_costs(self, fluid: Fluid, edges: Sequence[datetime]) -> CountedAmounts:
        """Add up costs between rising instants, in 10⁻¹⁸ of the currency.

        They stand where `Site.counted_amounts` has amounts; raises ArchiveError.
        """
        return counted_costs(fluid, edges, self.books, self._metered())

    def ledgers(self) -> Ledgers:
        """What was counted under each tariff, fluid by fluid."""
        return Ledgers(self.books, self._metered().archive)

    def difference(self, after: TariffBook, span: Span | None = None) -> CostDifference:
        """Say how another book would change what was billed so far, or in a span.

        It is compared with the book that the fluid has; nothing is changed. Raises
        ArchiveError.
        """
        fluid, metered = after.fluid, self._metered()
        known = span or recorded_days(fluid, metered)
        if known is None:
            return CostDifference.none(fluid)
        found = self._difference(after, known, metered)
        for _ in range(_MORE_TRIES):
            # No energy is ever moved: samples have come between both looks.
            if not found.energy_milli:
                break
            found = self._difference(after, known, metered)
        return found

    def _difference(
        self, after: TariffBook, span: Span, metered: Metered
    ) -> CostDifference:
        fluid = after.fluid
        if after.has_extras or self.books.has_extras(fluid):
            return bill_difference(
                after, span, books=self.books, metered=metered, peaks=self._peaks
            )
        timeline = BookTimeline(after, self.books.zone, self.books.prices)
        return difference(fluid, self.books.timeline(fluid), timeline, metered, span)

    def recompute(
        self, fluid: Fluid, span: Span | None = None, *, dry_run: bool
    ) -> CostDifference:
        """Compute a fluid's costs anew from hours and samples; raises ArchiveError."""
        metered = self._metered()
        known = recorded_days(fluid, metered)
        if known is not None and span is not None:
            known = known.common(span)
        if known is None:
            return CostDifference.none(fluid)
        return recompute(fluid, self.books, metered, known, dry_run=dry_run)

    def catch_up(self, report: Report) -> int:
        """Keep days that are over by tariff, and their peaks; returns how many.

        Wanted after the rules or the past have changed, and once a day: answers are
        right without it, and fast with it. ``report`` is told the share that is done,
        and what it raises ends the work. Raises ArchiveError.
        """
        return catch_up(self.books, self._metered(), report)
