"""The peaks of billing months: the highest of their days.

A day that is over is looked through once, in the background, and kept in the archive;
what is not kept is looked through when it is asked for.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from itertools import batched
from typing import Final

from ..archive import PeakAmount, PeakDay
from ..quantities import Fluid
from ..tariffs import PeakInterval
from ..tariffs.book import TariffBook
from ..timegrid import Span, local_day
from .bill_piece import Peak
from .bill_query import Days
from .books import Books, Metered
from .site_use import SiteUse, peak_of

_ONE_DAY: Final = timedelta(days=1)
_DAYS_AT_ONCE: Final = 8

type _Key = tuple[Fluid, datetime, timedelta]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """The peak of a day, and what was known when it was found."""

    peak: PeakAmount | None
    revision: int
    fingerprint: int


class Peaks:
    """Remembers days that were asked for before they were kept."""

    def __init__(self) -> None:
        """Begin without knowing any."""
        self._known: dict[_Key, _Known] = {}

    def of_months(
        self, book: TariffBook, span: Span, use: SiteUse, metered: Metered
    ) -> Iterator[tuple[date, Peak]]:
        """Yield the peaks of the billing months that a span touches.

        By their first days, where there is a capacity price; raises ArchiveError.
        """
        for month, interval in _months(book, span, metered):
            length = use.interval_length(interval)
            peak = self._of_days(month.span(metered.zone), length, use, metered)
            if peak is not None:
                yield month.first, peak

    def _of_days(
        self, whole: Span, length: timedelta, use: SiteUse, metered: Metered
    ) -> Peak | None:
        # What is read later than the revision is at most newer than it.
        revision, over = metered.archive.past_revision(), metered.archive.over_until()
        days = _recorded(whole, use, metered)
        if not days or over is None:
            return None
        kept = _kept(days, length, use, metered)
        highest: Peak | None = None
        for day in days:
            if day.end > over:
                found = use.highest(day, length)
            else:
                found = self._of_past(day, length, revision, use, kept)
            peak = None if found is None else peak_of(found)
            if peak and (highest is None or peak.power > highest.power):
                highest = peak
        return highest

    def _of_past(
        self,
        day: Span,
        length: timedelta,
        revision: int,
        use: SiteUse,
        kept: Mapping[datetime, PeakDay],
    ) -> PeakAmount | None:
        fingerprint = use.fingerprint(day)
        stored = kept.get(day.start)
        if stored is not None and stored.fingerprint == fingerprint:
            return stored.peak
        key = (use.fluid, day.start, length)
        known = self._known.get(key)
        if known is None or (known.revision, known.fingerprint) != (
            revision,
            fingerprint,
        ):
            known = self._known[key] = _Known(
                peak=use.highest(day, length),
                revision=revision,
                fingerprint=fingerprint,
            )
        return known.peak


def due_peaks(books: Books, metered: Metered) -> Iterator[Callable[[], int]]:
    """Yield pieces of the work to find all peaks of days that are over.

    Each keeps some days, unless the past has changed meanwhile, and returns how many.
    Raises ArchiveError.
    """
    over = metered.archive.over_until()
    for fluid, book in books.settings.books.items():
        use = SiteUse(fluid, books, metered)
        if over is None or (recorded := use.recorded_days) is None:
            continue
        due: dict[timedelta, dict[datetime, Span]] = {}
        for month, interval in _months(book, recorded, metered):
            length, whole = use.interval_length(interval), month.span(metered.zone)
            days = _recorded(whole, use, metered)
            kept = _kept(days, length, use, metered)
            for day in days:
                stored = kept.get(day.start)
                if day.end <= over and (
                    stored is None or stored.fingerprint != use.fingerprint(day)
                ):
                    due.setdefault(length, {})[day.start] = day
        for length, found in due.items():
            for some in batched(found.values(), _DAYS_AT_ONCE, strict=False):
                yield partial(_keep, some, length, use, metered)


def _keep(
    days: Sequence[Span], length: timedelta, use: SiteUse, metered: Metered
) -> int:
    revision = metered.archive.past_revision()
    found = [
        PeakDay(
            start=day.start,
            fingerprint=use.fingerprint(day),
            peak=use.highest(day, length),
        )
        for day in days
    ]
    is_kept = metered.archive.write_peak_days(use.fluid, length, found, revision)
    return len(found) if is_kept else 0


def _months(
    book: TariffBook, span: Span, metered: Metered
) -> Iterator[tuple[Days, PeakInterval]]:
    """Billing months with a capacity price that a span touches."""
    first, last = (
        local_day(at, metered.zone)
        for at in (span.start, span.end - timedelta.resolution)
    )
    told: set[tuple[Days, PeakInterval]] = set()
    for day in (first, *book.days_of_change(first, last)):
        extras = book.plan_on(day).extras
        if extras.capacity is None:
            continue
        month = Days(first=extras.month_of(day)[0], last=extras.month_of(day)[1])
        one = month, extras.capacity.interval
        if one not in told:
            told.add(one)
            yield one


def _recorded(whole: Span, use: SiteUse, metered: Metered) -> list[Span]:
    """Civil days of a span of such days in which anything was recorded."""
    recorded = use.recorded_days
    common = None if recorded is None else whole.common(recorded)
    if common is None:
        return []
    first = local_day(common.start, metered.zone)
    last = local_day(common.end - timedelta.resolution, metered.zone)
    days = [first + n * _ONE_DAY for n in range((last - first).days + 1)]
    return [Days(first=day, last=day).span(metered.zone) for day in days]


def _kept(
    days: Sequence[Span], length: timedelta, use: SiteUse, metered: Metered
) -> dict[datetime, PeakDay]:
    """What the archive has kept of days that adjoin, by their start."""
    if not days:
        return {}
    span = Span(days[0].start, days[-1].end)
    kept = metered.archive.peak_days(use.fluid, length, span)
    return {day.start: day for day in kept}
