"""What the whole site used: under its tariffs, and the peaks of its days."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

from ..archive import PeakAmount
from ..quantities import Fluid
from ..tariffs import PeakInterval
from ..timegrid import Bucket, Span, bucket_edges, local_day, local_midnight
from .bill_lines import EXACT
from .bill_piece import SHARE_DECIMALS, DaysUse, Peak, TariffUse
from .books import Books, Metered
from .course import NO_TARIFF, fingerprint_of
from .ledger import Booked
from .money import money
from .whole_site import WholeSite

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
        self._site = WholeSite(fluid, metered)
        self._fingerprints: dict[tuple[tuple[int, ...], timedelta], int] = {}

    @property
    def recorded(self) -> Span | None:
        """When the fluid was recorded (UTC); None before its first sample."""
        return self._site.recorded

    @property
    def recorded_days(self) -> Span | None:
        """The civil days in which the fluid was recorded."""
        recorded, zone = self.recorded, self._metered.zone
        if recorded is None:
            return None
        first, last = _days_of(recorded, zone)
        return Span(local_midnight(first, zone), local_midnight(last + _ONE_DAY, zone))

    def pieces(self, span: Span) -> list[DaysUse]:
        """Return a span by tariff, cut where what is paid may change.

        The first and the last piece may begin and end within a day.
        """
        zone = self._metered.zone
        first, last = _days_of(span, zone)
        changes = self._books.book(self.fluid).days_of_change(first, last)
        edges = [span.start, *(local_midnight(x, zone) for x in changes), span.end]
        timeline = self._books.timeline(self.fluid)
        by_tariff = sorted(self._site.by_tariff(edges, timeline).items())
        assumed = self._assumed(span)
        found: list[DaysUse] = []
        for place, pair in enumerate(pairwise(edges)):
            part = Span(*pair)
            days = _days_of(part, zone)
            uses = [
                self._use(tariff_id, days, booked[place], assumed)
                for tariff_id, booked in by_tariff
                if booked[place].amount_milli or booked[place].cost
            ]
            found.append(
                DaysUse(
                    first_day=days[0], last_day=days[1], span=part, uses=tuple(uses)
                )
            )
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
        there = [
            (number, extent)
            for number, extent in self._site.extents.items()
            if extent.start < day.end and day.start < extent.end
        ]
        if any(x.start > day.start or x.end < day.end for _, x in there):
            return self._fingerprint(there, day)
        # Most days are alike: all devices count in them from start to end.
        key = tuple(number for number, _ in there), day.length
        if key not in self._fingerprints:
            self._fingerprints[key] = self._fingerprint(there, day)
        return self._fingerprints[key]

    def _fingerprint(self, there: Sequence[tuple[int, Span]], day: Span) -> int:
        numbers = {number for number, _ in there}
        return fingerprint_of(
            tuple(
                (
                    number,
                    (max(extent.start, day.start) - day.start) // _SECOND,
                    (min(extent.end, day.end) - day.start) // _SECOND,
                    tuple(x for x in self._site.above(number) if x in numbers),
                )
                for number, extent in there
            )
        )

    def highest(self, span: Span, length: timedelta) -> PeakAmount | None:
        """Find the interval with the highest average power; the first of several."""
        edges = bucket_edges(span, Bucket.SAMPLE, self._metered.zone, length)
        highest: tuple[Decimal, PeakAmount] | None = None
        for first in range(0, len(edges) - 1, _MOST_PIECES):
            part = edges[first : first + _MOST_PIECES + 1]
            amounts = self._site.amounts(part)
            for (start, end), amount in zip(pairwise(part), amounts, strict=True):
                found = PeakAmount(Span(start, end), amount)
                power = peak_of(found).power
                if power > 0 and (highest is None or power > highest[0]):
                    highest = power, found
        return None if highest is None else highest[1]

    def _use(
        self, number: int, days: tuple[date, date], booked: Booked, assumed: set[date]
    ) -> TariffUse:
        # Only the energy of gas, which has no tariffs of its own, is not whole.
        milli, cost = int(booked.amount_milli), money(booked.cost)
        if number == NO_TARIFF:
            return TariffUse(tariff_id=None, amount_milli=milli, cost=cost, price=_FREE)
        first, last = days
        tariff = self._books.book(self.fluid).plan_on(first).tariffs_by_id[number]
        is_dynamic = tariff.price_source is not None
        return TariffUse(
            tariff_id=number,
            amount_milli=milli,
            cost=cost,
            price=None if is_dynamic else tariff.price_on(first),
            is_assumed=is_dynamic and any(first <= day <= last for day in assumed),
        )

    def _assumed(self, span: Span) -> set[date]:
        """Days with a dynamic price that its source did not tell."""
        if not self._books.book(self.fluid).price_sources:
            return set()
        days: set[date] = set()
        for segment in self._books.timeline(self.fluid).segments(span):
            if segment.is_assumed:
                first, last = _days_of(
                    Span(segment.start, segment.end), self._metered.zone
                )
                days |= {first + n * _ONE_DAY for n in range((last - first).days + 1)}
        return days


def peak_of(found: PeakAmount) -> Peak:
    """Return the average power of an interval."""
    power = _kilo(found.amount_milli * 3600, found.span.length // _SECOND)
    return Peak(power, found.span.start)


def _days_of(span: Span, zone: ZoneInfo) -> tuple[date, date]:
    """Return the first and the last civil day that a span touches."""
    last = span.end - timedelta.resolution
    return local_day(span.start, zone), local_day(last, zone)


def _kilo(milli: int, divisor: int) -> Decimal:
    """Thousandths as thousands, divided, and cut where that has no end."""
    scaled = milli * 10**SHARE_DECIMALS // (divisor * 10**6)
    return Decimal(scaled).scaleb(-SHARE_DECIMALS, context=EXACT)
