"""The peaks of billing months: found once, and remembered until the past changes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from ..consumption import Directory
from ..quantities import Fluid
from ..tariffs import PeakInterval
from ..tariffs.book import TariffBook
from ..timegrid import Span, local_day
from .bill_piece import Peak
from .bill_query import Days
from .books import Metered
from .site_use import SiteUse

_ONE_DAY: Final = timedelta(days=1)

type _Key = tuple[Fluid, datetime, datetime, PeakInterval]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """A peak, and what was known when it was found."""

    peak: Peak | None
    revision: int
    directory: Directory


class Peaks:
    """Looks a month through only once: every interval of every device is in it."""

    def __init__(self) -> None:
        """Begin without knowing any."""
        self._known: dict[_Key, _Known] = {}

    def of_months(
        self, book: TariffBook, span: Span, use: SiteUse, metered: Metered
    ) -> Iterator[tuple[date, Peak]]:
        """Yield the peaks of the billing months that a span touches.

        By their first days, where there is a capacity price; raises ArchiveError.
        """
        zone = metered.zone
        day, last = (
            local_day(at, zone) for at in (span.start, span.end - timedelta.resolution)
        )
        while day <= last:
            extras = book.plan_on(day).extras
            month = Days(first=extras.month_of(day)[0], last=extras.month_of(day)[1])
            if extras.capacity is not None:
                whole, interval = month.span(zone), extras.capacity.interval
                peak = self._of_span(whole, interval, use, metered)
                if peak is not None:
                    yield month.first, peak
            day = month.last + _ONE_DAY

    def _of_span(
        self, span: Span, interval: PeakInterval, use: SiteUse, metered: Metered
    ) -> Peak | None:
        over = metered.archive.over_until()
        if over is None or over <= span.start:
            return use.peak(span, interval)
        past = self._of_past(
            Span(span.start, min(over, span.end)), interval, use, metered
        )
        if span.end <= over:
            return past
        present = use.peak(Span(over, span.end), interval)
        if past is None or (present is not None and present.power > past.power):
            return present
        return past

    def _of_past(
        self, span: Span, interval: PeakInterval, use: SiteUse, metered: Metered
    ) -> Peak | None:
        key = (use.fluid, span.start, span.end, interval)
        revision = metered.archive.past_revision()
        known = self._known.get(key)
        if (
            known is None
            or known.revision != revision
            or known.directory is not metered.directory
        ):
            known = self._known[key] = _Known(
                peak=use.peak(span, interval),
                revision=revision,
                directory=metered.directory,
            )
        return known.peak
