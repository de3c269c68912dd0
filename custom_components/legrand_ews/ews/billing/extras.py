"""What is paid beside the energy: put to costs, and compared between tariffs."""

from dataclasses import replace
from datetime import datetime, timedelta

from ..consumption.amounts import counted_as
from ..tariffs.book import TariffBook
from ..tariffs.price import MILLI_PER_PRICED_UNIT
from ..timegrid import Span
from .answer import Costs
from .bill import Bill
from .bill_lines import EXACT
from .bills import site_bill
from .books import Books, Metered
from .money import cost_of_money
from .peaks import Peaks
from .recompute import CostDifference
from .site_use import SiteUse


def with_extras(
    costs: Costs,
    *,
    books: Books,
    metered: Metered,
    now: datetime,
    peaks: Peaks | None = None,
) -> Costs:
    """Put tiers, fixed costs and taxes to the costs of a whole site.

    Raises ArchiveError.
    """
    fluid, span = counted_as(costs.fluid), costs.asked.energy.span
    bill = site_bill(fluid, span, books=books, metered=metered, now=now, peaks=peaks)
    return replace(
        costs,
        surcharges=bill.surcharges,
        fixed_costs=bill.fixed_costs,
        taxes=EXACT.add(bill.levies, bill.taxes),
    )


def bill_difference(
    after: TariffBook, span: Span, *, books: Books, metered: Metered, peaks: Peaks
) -> CostDifference:
    """Say what another book does to all that is paid for days that are recorded.

    Raises ArchiveError.
    """
    recorded = SiteUse(after.fluid, books, metered).recorded
    last = span.end if recorded is None else min(span.end, recorded.end)

    def bill(priced: Books) -> Bill:
        return site_bill(
            after.fluid,
            span,
            books=priced,
            metered=metered,
            now=last - timedelta.resolution,
            peaks=peaks,
        )

    old = bill(books)
    new = bill(Books(books.settings.with_book(after), books.zone, books.prices))
    more = EXACT.subtract(new.total, old.total)
    return CostDifference(
        fluid=after.fluid,
        span=span,
        energy_milli=int(EXACT.subtract(new.units, old.units) * MILLI_PER_PRICED_UNIT),
        before=cost_of_money(old.energy_cost),
        after=cost_of_money(new.energy_cost),
        extras=EXACT.subtract(more, EXACT.subtract(new.energy_cost, old.energy_cost)),
    )
