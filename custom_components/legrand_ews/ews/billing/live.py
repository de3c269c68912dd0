"""What today, this month and this year cost so far, cheap enough for every interval."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from ..consumption import CountedAmounts, Directory, Place, counted_amounts
from ..consumption.answer import sum_known
from ..consumption.sharing import Values
from ..quantities import Fluid
from ..timegrid import Period, local_day, period_span
from .books import Books, Metered
from .costs import as_cost
from .ledger import Ledger
from .money import money
from .sources import TariffSource

_PERIODS = (Period.DAY, Period.MONTH, Period.YEAR)


@dataclass(frozen=True, slots=True, kw_only=True)
class SoFar:
    """Costs in the currency since the civil day, month and year began.

    None is "no data".
    """

    today: Decimal | None
    this_month: Decimal | None
    this_year: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CostsSoFar:
    """Costs of one fluid by device, and by total: the site, loads, groups and boards.

    What was fed in earns money: its costs are revenue. A total may be below zero
    where sub-meters have counted more than their main meter.
    """

    devices: Mapping[int, SoFar]
    totals: Mapping[Place, SoFar]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Past:
    """What days before today cost, and on what that depends."""

    today: date
    revision: int
    books: Books
    directory: Directory
    costs: CountedAmounts


class LiveCosts:
    """Adds what today costs to what the days before did, which is remembered."""

    def __init__(self) -> None:
        """Remember nothing yet."""
        self._past: dict[Fluid, _Past] = {}

    def so_far(
        self, books: Books, metered: Metered, now: datetime
    ) -> Mapping[Fluid, CostsSoFar]:
        """Return the costs of every fluid that has prices; raises ArchiveError."""
        return {
            fluid: self._of_fluid(fluid, books, metered, now)
            for fluid in books.settings.books
        }

    def _of_fluid(
        self, fluid: Fluid, books: Books, metered: Metered, now: datetime
    ) -> CostsSoFar:
        today = local_day(now, metered.zone)
        spans = [period_span(period, today, metered.zone) for period in _PERIODS]
        starts = sorted({span.start for span in spans})
        past = self._past_costs(fluid, books, metered, today, starts)
        day = counted_costs(fluid, [spans[0].start, spans[0].end], books, metered)
        # From the first bucket that belongs to it, each period reaches to today.
        first = [starts.index(span.start) for span in spans]
        return CostsSoFar(
            devices=_joined(past.devices, day.devices, first),
            totals=_joined(past.totals, day.totals, first),
        )

    def _past_costs(
        self,
        fluid: Fluid,
        books: Books,
        metered: Metered,
        today: date,
        starts: Sequence[datetime],
    ) -> CountedAmounts:
        revision = metered.archive.past_revision()
        known = self._past.get(fluid)
        if (
            known is None
            or (known.today, known.revision) != (today, revision)
            or known.directory is not metered.directory
            or known.books is not books
        ):
            costs = CountedAmounts(devices={}, totals={})
            if len(starts) > 1:
                costs = counted_costs(fluid, starts, books, metered)
            known = self._past[fluid] = _Past(
                today=today,
                revision=revision,
                books=books,
                directory=metered.directory,
                costs=costs,
            )
        return known.costs


def counted_costs(
    fluid: Fluid, edges: Sequence[datetime], books: Books, metered: Metered
) -> CountedAmounts:
    """Add up the costs of all devices and totals between rising instants.

    In 10⁻¹⁸ of the currency, in the place of amounts; raises ArchiveError.
    """
    ledger = Ledger(metered.archive, fluid, books.timeline(fluid), metered.zone)
    return counted_amounts(
        fluid,
        edges,
        installation=metered.installation,
        directory=metered.directory,
        source=TariffSource(ledger, None, is_cost=True),
    )


def _joined[K](
    before: Mapping[K, Values], day: Mapping[K, Values], first: Sequence[int]
) -> Mapping[K, SoFar]:
    joined: dict[K, SoFar] = {}
    for key in before.keys() | day.keys():
        buckets = [*before.get(key, [None] * first[0]), *day.get(key, [None])]
        today, month, year = (_money(buckets[place:]) for place in first)
        joined[key] = SoFar(today=today, this_month=month, this_year=year)
    return joined


def _money(values: Values) -> Decimal | None:
    cost = as_cost(sum_known(values))
    return None if cost is None else money(cost)
