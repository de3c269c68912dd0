"""Real time as the wall clock of the site shows it, cut where the clock jumps."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from ..timegrid import Span, clock_changes, local_midnight
from .plan import DAY_MINUTES

_MINUTE: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class WallTime:
    """Minutes of a civil day through which the wall clock runs evenly.

    ``start`` is the instant (UTC) at which it shows ``first`` minutes after midnight
    of ``day``; it goes on to before minute ``end``.
    """

    start: datetime
    day: date
    first: int
    end: int

    def at(self, minute: int) -> datetime:
        """Return the instant (UTC) at which the clock shows a minute of this time."""
        return self.start + (minute - self.first) * _MINUTE


def wall_times(span: Span, zone: ZoneInfo) -> Iterator[WallTime]:
    """Cut a span at midnights and clock changes, in order.

    In spring the minutes that are left out belong to no piece; in autumn those that
    come twice belong to two (Q24). The span starts and ends on whole minutes.
    """
    start = span.start
    edges = [*clock_changes(span, zone), span.end]
    for edge in edges:
        while start < edge:
            local = start.astimezone(zone)
            first = local.hour * 60 + local.minute
            minutes = min(DAY_MINUTES - first, -((start - edge) // _MINUTE))
            yield WallTime(start, local.date(), first, first + minutes)
            start += minutes * _MINUTE


def civil_year(year: int, zone: ZoneInfo) -> Span:
    """Return a year of the site's civil time."""
    first, after = date(year, 1, 1), date(year + 1, 1, 1)
    return Span(local_midnight(first, zone), local_midnight(after, zone))


def year_of(instant: datetime, zone: ZoneInfo) -> int:
    """Return the civil year that holds an instant."""
    return instant.astimezone(zone).year
