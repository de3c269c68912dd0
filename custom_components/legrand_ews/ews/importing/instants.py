"""When the rows of a file of history are."""

from datetime import UTC, date, datetime, timedelta
import re
from typing import Final
from zoneinfo import ZoneInfo

from ..timegrid import local_day, local_midnight

_FIRST_YEAR: Final = 1970
_LAST_YEAR: Final = 2999
_DAY: Final = timedelta(days=1)
_CHANGE_OF_CLOCKS: Final = timedelta(hours=1)


def written_time(text: str, pattern: str | None) -> datetime | None:
    """Read a time in ISO 8601 or as a pattern says (`datetime.strptime`)."""
    try:
        if pattern is None:
            return datetime.fromisoformat(text)
        return datetime.strptime(text, pattern)
    except ValueError, re.PatternError:
        return None


def instant(time: datetime) -> datetime | None:
    """Return the instant in UTC; None for years in which nobody has metered.

    Two digits that were taken for a year, or a time of day without a date, would have
    everything derived that lies between that year and today.
    """
    if not _FIRST_YEAR <= time.year <= _LAST_YEAR:
        return None
    return time.astimezone(UTC)


def neighbour(
    at: datetime, distance: timedelta, zone: ZoneInfo, *, before: bool = False
) -> datetime:
    """Return the instant one ordinary distance after ``at``, or before.

    From a local midnight, days are as long as the clock makes them, and from the
    first of a month distances of a month, a quarter and a year as the calendar does.
    """
    days = round(distance / _DAY)
    day = local_day(at, zone)
    is_of_days = days and abs(distance - days * _DAY) <= _CHANGE_OF_CLOCKS
    if not is_of_days or at != local_midnight(day, zone):
        return at - distance if before else at + distance
    months = _MONTHS.get(days, 0) if day.day == 1 else 0
    if before:
        days, months = -days, -months
    return local_midnight(_month_after(day, months) or day + days * _DAY, zone)


_MONTHS: Final = {
    **dict.fromkeys((28, 29, 30, 31), 1),
    **dict.fromkeys((90, 91, 92), 3),
    **dict.fromkeys((365, 366), 12),
}
"""By days: how many months that may be."""


def _month_after(day: date, months: int) -> date | None:
    if not months:
        return None
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 1)
