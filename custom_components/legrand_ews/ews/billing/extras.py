"""What is paid beside the energy: put to costs, and compared between tariffs."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from ..consumption.amounts import counted_as
from ..tariffs.book import TariffBook
from ..timegrid import Span
from .answer import Costs
from .bill_lines import EXACT
from .bills import site_bill
from .books import Books, Metered
from .peaks import Peaks
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


def extras_difference(
    after: TariffBook, span: Span, *, books: Books, metered: Metered, peaks: Peaks
) -> Decimal:
    """Say by how much more is paid beside the energy under another book.

    In a span of days that are recorded; raises ArchiveError.
    """
    recorded = SiteUse(after.fluid, books, metered).recorded
    last = span.end if recorded is None else min(span.end, recorded.end)
    others = Books(books.settings.with_book(after), books.zone, books.prices)
    extras = [
        EXACT.subtract(bill.total, bill.energy_cost)
        for bill in (
            site_bill(
                after.fluid,
                span,
                books=priced,
                metered=metered,
                now=last - timedelta.resolution,
                peaks=peaks,
            )
            for priced in (others, books)
        )
    ]
    return EXACT.subtract(*extras)
