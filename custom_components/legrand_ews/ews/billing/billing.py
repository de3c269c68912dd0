"""Everything about money of one site, as one object."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from ..consumption import CountedAmounts
from ..quantities import Fluid
from ..tariffs.settings import BillingSettings
from .answer import Costs
from .books import Books, Metered
from .costs import answer_costs
from .live import CostsSoFar, LiveCosts, counted_costs
from .query import CostQuery


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

    def get_costs(self, query: CostQuery, now: datetime) -> Costs:
        """Answer the action ``get_costs``, without fixed costs and taxes.

        Raises ConfigurationError at the field that is wrong, and ArchiveError.
        """
        return answer_costs(query, books=self.books, metered=self._metered(), now=now)

    def costs_so_far(self, now: datetime) -> Mapping[Fluid, CostsSoFar]:
        """What today, this month and this year have cost; raises ArchiveError."""
        return self._live.so_far(self.books, self._metered(), now)

    def counted_costs(self, fluid: Fluid, edges: Sequence[datetime]) -> CountedAmounts:
        """Add up costs between rising instants, in 10⁻¹⁸ of the currency.

        They stand where `Site.counted_amounts` has amounts; raises ArchiveError.
        """
        return counted_costs(fluid, edges, self.books, self._metered())
