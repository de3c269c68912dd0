"""The bill of one fluid: everything that a site pays for some days (S273).

A bill is added up piece by piece, a piece being civil days at the same rates or a part
of them. However it is cut into pieces it comes to the same, so two bills of
neighbouring times add up to the bill of both, to the last digit:

* Energy costs what its tariffs say. Tiers and levies are on top, per kWh or m³.
* A fee per day is shared by the seconds of its day, 23, 24 or 25 hours; one per month,
  and the capacity price, evenly by the days of the billing month, each day at the
  price of its own date. Where a share is no finite decimal, the sum of the shares
  since the month began is cut at the twelfth decimal.
* A tier begins where the amount since the start of the billing month exceeds it.
* Taxes are taken piece by piece, at the percentage of its days.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import accumulate
from typing import Final
from zoneinfo import ZoneInfo

from ..quantities import Fluid
from ..tariffs.book import TariffBook
from ..timegrid import Span
from .bill_lines import EXACT, BillLine, LineKind, Lines
from .bill_piece import DaysUse, Peak, Piece

_NOTHING: Final = Decimal(0)
_UNITS: Final = {Fluid.GAS: ("m³", "m³/h"), Fluid.WATER: ("m³", "m³/h")}
"""What is priced, and of what the capacity; kWh and kW where nothing is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """What is paid for one fluid; amounts are exact.

    ``surcharges`` are the tiers, ``fixed_costs`` fees and capacity.
    """

    fluid: Fluid
    span: Span
    first_day: date
    last_day: date
    lines: tuple[BillLine, ...]

    def sum_of(self, *kinds: LineKind) -> Decimal:
        """Return what the lines of some kinds come to."""
        total = _NOTHING
        for line in self.lines:
            if line.kind in kinds:
                total = EXACT.add(total, line.amount)
        return total

    @property
    def units(self) -> Decimal:
        """What was used in kWh or m³."""
        total = _NOTHING
        for line in self.lines:
            if line.kind is LineKind.ENERGY and line.quantity is not None:
                total = EXACT.add(total, line.quantity)
        return total

    @property
    def energy_cost(self) -> Decimal:
        """The cost of the energy by its tariffs alone."""
        return self.sum_of(LineKind.ENERGY)

    @property
    def surcharges(self) -> Decimal:
        """What tiers come to."""
        return self.sum_of(LineKind.TIER)

    @property
    def levies(self) -> Decimal:
        """What is paid for every kWh or m³ beside its tariff."""
        return self.sum_of(LineKind.LEVY)

    @property
    def fixed_costs(self) -> Decimal:
        """Fees and capacity."""
        return self.sum_of(LineKind.FEE, LineKind.CAPACITY)

    @property
    def taxes(self) -> Decimal:
        """Taxes in percent."""
        return self.sum_of(LineKind.TAX)

    @property
    def total(self) -> Decimal:
        """Everything."""
        return self.sum_of(*LineKind)


def bill_of(
    book: TariffBook,
    span: Span,
    pieces: Sequence[DaysUse],
    peaks: Mapping[date, Peak],
    zone: ZoneInfo,
) -> Bill:
    """Add up a bill for a span (UTC).

    ``pieces`` are in order of time and without gaps; they begin where the first billing
    month does (for the tiers), those that start within ``span`` are billed. None of
    them lies in two billing months. ``peaks`` are by the first day of their month.
    """
    lines = Lines()
    unit, power_unit = _UNITS.get(book.fluid, ("kWh", "kW"))
    reached = list(
        accumulate((use.units for use in pieces), EXACT.add, initial=_NOTHING)
    )
    starts = [use.first_day for use in pieces]
    billed: list[date] = []
    for place, use in enumerate(pieces):
        if not span.start <= use.span.start < span.end:
            continue
        billed += (use.first_day, use.last_day)
        extras = book.plan_on(use.first_day).extras
        month = extras.month_of(use.first_day)
        before = reached[bisect_left(starts, month[0])]
        piece = Piece(
            use=use,
            unit=unit,
            power_unit=power_unit,
            extras=extras,
            month=month,
            zone=zone,
            reached=(
                EXACT.subtract(reached[place], before),
                EXACT.subtract(reached[place + 1], before),
            ),
            peak=peaks.get(month[0]),
        )
        for line in piece.lines(book):
            lines.add(line)
    first = billed[0] if billed else span.start.astimezone(zone).date()
    return Bill(
        fluid=book.fluid,
        span=span,
        first_day=first,
        last_day=billed[-1] if billed else first,
        lines=lines.in_order(),
    )
