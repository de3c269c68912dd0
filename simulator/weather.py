"""Days of the site: what the calendar and the sky do to its consumption.

The climate is that of the Paris basin in broad strokes, not a forecast: a
yearly wave, a few mild and cold spells, long bright days in summer.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
import math
from typing import Final
from zoneinfo import ZoneInfo

from custom_components.legrand_ews.ews.timegrid import local_midnight

from .randomness import chance

SLOT: Final = timedelta(minutes=10)
"""Resolution of a day's load curve; every sample length fits or is finer."""

_LATITUDE_DEG: Final = 48.9
_SOLAR_NOON_UTC_MINUTE: Final = 11 * 60 + 51
_PUBLIC_HOLIDAYS: Final = frozenset(
    {(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)}
)
_CLOSURES: Final = (((12, 24), (12, 31)), ((8, 3), (8, 16)))
"""Weeks in which the company is closed, as (month, day) first to last."""


class DayKind(StrEnum):
    """How much of the company is at work."""

    WORKING = "working"
    SATURDAY = "saturday"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One civil day of the site.

    ``start`` and ``end`` are its first instant and the next day's, in UTC: 23,
    24 or 25 hours apart. ``slot_minutes`` holds, for each slot of 10 minutes,
    the minute of the civil day at its middle; ``slot_sun_minutes`` the same
    minute counted from the sun's highest point.
    """

    day: date
    kind: DayKind
    start: datetime
    end: datetime
    temperature_c: float
    clearness: float
    daylight_h: float
    slot_minutes: tuple[float, ...]
    slot_sun_minutes: tuple[float, ...]

    @property
    def hours(self) -> float:
        """Length in hours."""
        return (self.end - self.start) / timedelta(hours=1)


class Calendar:
    """The days of a site in its time zone, each made once and remembered."""

    def __init__(self, seed: int, zone: ZoneInfo) -> None:
        """Same ``seed`` and ``zone``: same weather, for ever."""
        self.zone = zone
        self._seed = seed
        self.at: Callable[[date], Day] = lru_cache(maxsize=2_000)(self._make)

    def holding(self, instant: datetime) -> Day:
        """The civil day that holds ``instant``."""
        return self.at(instant.astimezone(self.zone).date())

    def _make(self, day: date) -> Day:
        start = local_midnight(day, self.zone)
        end = local_midnight(day + timedelta(days=1), self.zone)
        middles = [start + SLOT * (k + 0.5) for k in range((end - start) // SLOT)]
        return Day(
            day=day,
            kind=day_kind(day),
            start=start,
            end=end,
            temperature_c=self._temperature(day),
            clearness=0.25 + 0.75 * chance(self._seed, "clearness", day),
            daylight_h=_daylight_hours(day),
            slot_minutes=tuple(
                _minute_of_day(m.astimezone(self.zone)) for m in middles
            ),
            slot_sun_minutes=tuple(_minutes_from_noon(m) for m in middles),
        )

    def _temperature(self, day: date) -> float:
        season = math.cos(2 * math.pi * (day.timetuple().tm_yday - 17) / 365.25)
        # Five neighbouring days mixed: mild and cold spells last some days.
        spell = sum(
            chance(self._seed, "temperature", day + timedelta(days=k)) - 0.5
            for k in range(-2, 3)
        )
        return 12.0 - 8.0 * season + 4.5 * spell


def day_kind(day: date) -> DayKind:
    """Working day, Saturday, or closed: Sundays, holidays, company closures."""
    month_day = (day.month, day.day)
    is_closed = (
        day.weekday() == 6
        or month_day in _PUBLIC_HOLIDAYS
        or any(first <= month_day <= last for first, last in _CLOSURES)
    )
    if is_closed:
        return DayKind.CLOSED
    return DayKind.SATURDAY if day.weekday() == 5 else DayKind.WORKING


def _daylight_hours(day: date) -> float:
    declination = -23.44 * math.cos(
        2 * math.pi * (day.timetuple().tm_yday + 10) / 365.25
    )
    cosine = -math.tan(math.radians(_LATITUDE_DEG)) * math.tan(
        math.radians(declination)
    )
    return 24 / math.pi * math.acos(max(-1.0, min(1.0, cosine)))


def _minute_of_day(local: datetime) -> float:
    return local.hour * 60 + local.minute + local.second / 60


def _minutes_from_noon(instant: datetime) -> float:
    minute = _minute_of_day(instant.astimezone(UTC))
    return (minute - _SOLAR_NOON_UTC_MINUTE + 720) % 1440 - 720
