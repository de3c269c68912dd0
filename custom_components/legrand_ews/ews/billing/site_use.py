"""What the whole site used: day by day under its tariffs, and the peaks of its months."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

from ..archive import PeakAmount
from ..consumption import AmountsSource
from ..consumption.answer import sum_known
from ..consumption.query import Frame
from ..consumption.sharing import Shares
from ..quantities import Fluid
from ..tariffs import PeakInterval
from ..timegrid import Bucket, Span, bucket_edges, local_day, local_midnight
from .bill_lines import EXACT
from .bill_piece import SHARE_DECIMALS, DayUse, Peak, TariffUse
from .books import Books, Metered
from .course import NO_TARIFF, fingerprint_of
from .ledger import Ledger
from .money import money
from .sources import PiecewiseArchive, TariffSource

_ONE_DAY: Final = timedelta(days=1)
_SECOND: Final = timedelta(seconds=1)
_QUARTER_HOUR: Final = timedelta(minutes=15)
_MOST_PIECES: Final = 1_000
"""Pieces that are read at once: a thousand devices have a million amounts in them."""
_FREE: Final = Decimal(0)


class SiteUse:
    """The whole site's use of one fluid; sub-meters count once (S81)."""

    def __init__(self, fluid: Fluid, books: Books, metered: Metered) -> None:
        """Ask the archive of ``metered``, and price with ``books``."""
        self.fluid = fluid
        self._books = books
        self._metered = metered
        self._among = frozenset(
            member.id
            for member in metered.directory.members.values()
            if not member.is_excluded
        )
        self._extents = {
            total.device_id: Span(total.first_start, total.last_end)
            for total in metered.archive.totals()
            if total.fluid is fluid
        }

    @property
    def recorded(self) -> Span | None:
        """When the fluid was recorded (UTC); None before its first sample."""
        known = [x for number, x in self._extents.items() if number in self._among]
        if not known:
            return None
        return Span(min(x.start for x in known), max(x.end for x in known))

    @property
    def recorded_days(self) -> Span | None:
        """The civil days in which the fluid was recorded."""
        recorded, zone = self.recorded, self._metered.zone
        if recorded is None:
            return None
        first, last = (
            local_day(at, zone)
            for at in (recorded.start, recorded.end - timedelta.resolution)
        )
        return Span(local_midnight(first, zone), local_midnight(last + _ONE_DAY, zone))

    def days(self, span: Span) -> list[DayUse]:
        """Return every civil day that a span touches, or the part of it, by tariff."""
        zone = self._metered.zone
        edges = [span.start, *_midnights(span, zone), span.end]
        ledger = Ledger(
            self._metered.archive,
            self.fluid,
            self._books.timeline(self.fluid),
            zone,
        )
        by_tariff = [
            (
                tariff_id,
                self._site(TariffSource(ledger, [tariff_id], is_cost=False), edges),
                self._site(TariffSource(ledger, [tariff_id], is_cost=True), edges),
            )
            for tariff_id in sorted(ledger.split(edges))
        ]
        assumed = self._assumed(span)
        found: list[DayUse] = []
        for place, (start, end) in enumerate(pairwise(edges)):
            day = local_day(start, zone)
            uses = [
                self._use(tariff_id, day, amounts[place], costs[place], assumed)
                for tariff_id, amounts, costs in by_tariff
                if amounts[place] or costs[place]
            ]
            found.append(DayUse(day=day, span=Span(start, end), uses=tuple(uses)))
        return found

    def interval_length(self, interval: PeakInterval) -> timedelta:
        """How long the intervals are among which a peak is looked for."""
        if interval is PeakInterval.QUARTER_HOUR:
            return _QUARTER_HOUR
        return self._metered.installation.sample_length

    def fingerprint(self, day: Span) -> int:
        """Changes whenever the same samples of a day make another sum of the site.

        That is when other devices count in it, or stand before or behind others.
        """
        there = {
            number: common
            for number, extent in self._extents.items()
            if number in self._among and (common := extent.common(day)) is not None
        }
        tree = self._metered.directory.tree
        return fingerprint_of(
            tuple(
                (
                    number,
                    (common.start - day.start) // _SECOND,
                    (common.end - day.start) // _SECOND,
                    tuple(tree.above(number, there)),
                )
                for number, common in sorted(there.items())
            )
        )

    def highest(self, span: Span, length: timedelta) -> PeakAmount | None:
        """Find the interval with the highest average power; the first of several."""
        edges = bucket_edges(span, Bucket.SAMPLE, self._metered.zone, length)
        source = PiecewiseArchive(self._metered.archive)
        highest: tuple[Decimal, PeakAmount] | None = None
        for first in range(0, len(edges) - 1, _MOST_PIECES):
            part = edges[first : first + _MOST_PIECES + 1]
            amounts = self._site(source, part)
            for (start, end), amount in zip(pairwise(part), amounts, strict=True):
                found = PeakAmount(Span(start, end), amount)
                power = peak_of(found).power
                if power > 0 and (highest is None or power > highest[0]):
                    highest = power, found
        return None if highest is None else highest[1]

    def _use(
        self, number: int, day: date, milli: int, cost: int, assumed: set[date]
    ) -> TariffUse:
        if number == NO_TARIFF:
            return TariffUse(
                tariff_id=None, amount_milli=milli, cost=money(cost), price=_FREE
            )
        tariff = self._books.book(self.fluid).plan_on(day).tariffs_by_id[number]
        is_dynamic = tariff.price_source is not None
        return TariffUse(
            tariff_id=number,
            amount_milli=milli,
            cost=money(cost),
            price=None if is_dynamic else tariff.price_on(day),
            is_assumed=is_dynamic and day in assumed,
        )

    def _assumed(self, span: Span) -> set[date]:
        """Days with a dynamic price that its source did not tell."""
        if not self._books.book(self.fluid).price_sources:
            return set()
        days: set[date] = set()
        for segment in self._books.timeline(self.fluid).segments(span):
            if segment.is_assumed:
                first, last = (
                    local_day(at, self._metered.zone)
                    for at in (segment.start, segment.end - _SECOND)
                )
                days |= {first + n * _ONE_DAY for n in range((last - first).days + 1)}
        return days

    def _site(self, source: AmountsSource, edges: Sequence[datetime]) -> list[int]:
        """Add up the whole site between instants, whatever the source counts."""
        frame = Frame(span=Span(edges[0], edges[-1]), edges=tuple(edges))
        shares = Shares(
            source,
            self.fluid,
            frame,
            self._metered.zone,
            self._metered.directory.tree,
            self._extents,
        )
        rows = list(shares.own(self._among).values())
        if not rows:
            return [0] * (len(edges) - 1)
        # Only the energy of gas, which has no tariffs of its own, is not whole.
        return [int(sum_known(column) or 0) for column in zip(*rows, strict=True)]


def peak_of(found: PeakAmount) -> Peak:
    """Return the average power of an interval."""
    power = _kilo(found.amount_milli * 3600, found.span.length // _SECOND)
    return Peak(power, found.span.start)


def _midnights(span: Span, zone: ZoneInfo) -> Iterator[datetime]:
    """Yield the midnights inside a span."""
    day = local_day(span.start, zone) + _ONE_DAY
    while (midnight := local_midnight(day, zone)) < span.end:
        yield midnight
        day += _ONE_DAY


def _kilo(milli: int, divisor: int) -> Decimal:
    """Thousandths as thousands, divided, and cut where that has no end."""
    scaled = milli * 10**SHARE_DECIMALS // (divisor * 10**6)
    return Decimal(scaled).scaleb(-SHARE_DECIMALS, context=EXACT)
