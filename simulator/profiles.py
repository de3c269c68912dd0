"""Load profiles: how a circuit's consumption follows clock, week and weather.

Levels are fractions of the circuit's rated power (or flow). A day is drawn in
two steps: first its whole amount (``day_mean``), then its course
(``shape``). So the counters of past years need one number a day, and a course
only where somebody looks.
"""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
import math
from random import Random
from types import MappingProxyType
from typing import Final

from .weather import Day, DayKind

type Course = tuple[tuple[float, float], ...]
"""(hour of the civil day, level) corners, joined by straight lines."""


def _flat(level: float) -> Course:
    return ((0, level), (24, level))


def _always(_: Day) -> float:
    return 1.0


def _heating(day: Day) -> float:
    return max(0.06, (17 - day.temperature_c) / 14)


def _cooling(day: Day) -> float:
    return max(0.05, (day.temperature_c - 15) / 8)


def _air_conditioning(day: Day) -> float:
    return max(_heating(day) * 0.8, _cooling(day))


def _dark_hours(day: Day) -> float:
    return 0.65 + (24 - day.daylight_h) / 24 * 0.7


def _sunshine(day: Day) -> float:
    return day.clearness * day.daylight_h / 14


def _refrigeration(day: Day) -> float:
    return 1 + max(0.0, day.temperature_c - 12) / 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A kind of consumer.

    ``weather`` scales a whole day, ``variation`` is its random share,
    ``roughness`` (0 to 1) how much neighbouring slots differ. A profile
    ``in_sessions`` runs in blocks at full level (charging cars); one that
    ``follows_sun`` runs with the sun's height.
    """

    courses: Mapping[DayKind, Course]
    weather: Callable[[Day], float] = _always
    variation: float = 0.08
    roughness: float = 0.5
    in_sessions: bool = False
    follows_sun: bool = False

    def day_mean(self, day: Day, luck: float) -> float:
        """Mean level of a day; ``luck`` in [0, 1) is its random share."""
        course = self.courses[day.kind]
        mean = _mean_level(course)
        return mean * self.weather(day) * (1 + self.variation * (2 * luck - 1))

    def shape(self, day: Day, rng: Random) -> Sequence[float]:
        """Relative weight of each slot of the day; only proportions count."""
        course = self.courses[day.kind]
        if self.follows_sun:
            half = day.daylight_h * 30
            return [
                math.cos(minute / half * math.pi / 2) ** 1.3
                if abs(minute) < half
                else 0.0
                for minute in day.slot_sun_minutes
            ]
        levels = _levels(course, day.slot_minutes)
        return _sessions(levels, rng) if self.in_sessions else levels


def level_at(course: Course, minute: float) -> float:
    """Level at a minute of the civil day."""
    hour = minute / 60
    right = min(bisect_right(course, hour, key=lambda c: c[0]), len(course) - 1)
    (from_hour, first), (to_hour, second) = course[right - 1], course[right]
    return first + (second - first) * (hour - from_hour) / (to_hour - from_hour)


@lru_cache(maxsize=256)
def _levels(course: Course, minutes: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(level_at(course, minute) for minute in minutes)


@lru_cache(maxsize=256)
def _mean_level(course: Course) -> float:
    area = sum(
        (right[0] - left[0]) * (left[1] + right[1]) / 2
        for left, right in pairwise(course)
    )
    return area / 24


def _sessions(levels: Sequence[float], rng: Random) -> Sequence[float]:
    """Turn a course of likelihoods into blocks of one to two hours.

    As many blocks as the course's mean asks for, at least one; blocks that
    overlap add up. A little standby remains.
    """
    slots = [0.01] * len(levels)
    for _ in range(max(1, round(sum(levels) / 9))):
        start = rng.choices(range(len(levels)), weights=levels)[0]
        for slot in range(start, min(start + rng.randint(6, 12), len(slots))):
            slots[slot] += 1
    return slots


def _week(
    working: Course, saturday: Course, closed: Course
) -> Mapping[DayKind, Course]:
    return MappingProxyType(
        {
            DayKind.WORKING: working,
            DayKind.SATURDAY: saturday,
            DayKind.CLOSED: closed,
        }
    )


def _every_day(course: Course) -> Mapping[DayKind, Course]:
    return _week(course, course, course)


_OFFICE_DAY: Final[Course] = (
    (0, 0.04),
    (6.5, 0.05),
    (8, 0.55),
    (9.5, 0.95),
    (12, 0.9),
    (13, 0.6),
    (14, 0.95),
    (17, 0.9),
    (18.5, 0.35),
    (20, 0.08),
    (24, 0.04),
)
_WORKSHOP_DAY: Final[Course] = (
    (0, 0.04),
    (6, 0.05),
    (7, 0.8),
    (9.9, 0.95),
    (10, 0.5),
    (10.3, 0.9),
    (12, 0.85),
    (12.2, 0.2),
    (13, 0.25),
    (13.3, 0.9),
    (16, 0.85),
    (17, 0.1),
    (24, 0.04),
)
_CLIMATE_DAY: Final[Course] = (
    (0, 0.2),
    (5, 0.22),
    (6, 0.9),
    (8.5, 0.8),
    (13, 0.55),
    (17, 0.6),
    (19, 0.25),
    (24, 0.2),
)

PROFILES: Final[Mapping[str, Profile]] = MappingProxyType(
    {
        "office_lighting": Profile(
            courses=_week(_OFFICE_DAY, _flat(0.06), _flat(0.04)),
            weather=_dark_hours,
            roughness=0.25,
        ),
        "outdoor_lighting": Profile(
            courses=_every_day(
                (
                    (0, 0.35),
                    (5, 0.35),
                    (6, 0.9),
                    (8, 0.8),
                    (8.8, 0.01),
                    (16.8, 0.01),
                    (17.6, 0.9),
                    (22, 0.9),
                    (23, 0.35),
                    (24, 0.35),
                )
            ),
            weather=_dark_hours,
            variation=0.02,
            roughness=0.05,
        ),
        "sockets": Profile(
            courses=_week(_OFFICE_DAY, _flat(0.08), _flat(0.05)), roughness=0.7
        ),
        "air_conditioning": Profile(
            courses=_week(_CLIMATE_DAY, _flat(0.16), _flat(0.14)),
            weather=_air_conditioning,
            roughness=0.6,
        ),
        "electric_heating": Profile(
            courses=_week(_CLIMATE_DAY, _flat(0.18), _flat(0.16)),
            weather=_heating,
            roughness=0.6,
        ),
        "ventilation": Profile(
            courses=_week(
                (
                    (0, 0.15),
                    (5.9, 0.15),
                    (6, 0.9),
                    (19, 0.9),
                    (19.1, 0.15),
                    (24, 0.15),
                ),
                _flat(0.2),
                _flat(0.15),
            ),
            variation=0.03,
            roughness=0.1,
        ),
        "hot_water": Profile(
            courses=_week(
                (
                    (0, 0.9),
                    (3.5, 0.85),
                    (4, 0.03),
                    (12, 0.03),
                    (12.2, 0.5),
                    (14, 0.45),
                    (14.3, 0.03),
                    (22, 0.03),
                    (22.2, 0.6),
                    (24, 0.9),
                ),
                ((0, 0.4), (2, 0.3), (2.5, 0.03), (24, 0.03)),
                ((0, 0.2), (1.5, 0.2), (2, 0.03), (24, 0.03)),
            ),
            roughness=0.4,
        ),
        "server_room": Profile(
            courses=_every_day(((0, 0.6), (8, 0.62), (11, 0.72), (17, 0.7), (24, 0.6))),
            weather=_refrigeration,
            variation=0.03,
            roughness=0.15,
        ),
        "workshop": Profile(
            courses=_week(
                _WORKSHOP_DAY,
                ((0, 0.04), (7, 0.05), (8, 0.4), (12, 0.35), (12.5, 0.05), (24, 0.04)),
                _flat(0.03),
            ),
            variation=0.15,
            roughness=0.9,
        ),
        "compressed_air": Profile(
            courses=_week(_WORKSHOP_DAY, _flat(0.08), _flat(0.05)),
            variation=0.1,
            roughness=1.0,
        ),
        "canteen": Profile(
            courses=_week(
                (
                    (0, 0.12),
                    (7, 0.14),
                    (9, 0.4),
                    (10.5, 0.9),
                    (12.5, 0.95),
                    (13.5, 0.6),
                    (15, 0.3),
                    (16, 0.14),
                    (24, 0.12),
                ),
                _flat(0.12),
                _flat(0.11),
            ),
            roughness=0.7,
        ),
        "lift": Profile(
            courses=_week(_OFFICE_DAY, _flat(0.05), _flat(0.04)),
            variation=0.15,
            roughness=1.0,
        ),
        "charging": Profile(
            courses=_week(
                ((0, 0.03), (7.5, 0.05), (8.5, 0.7), (12, 0.5), (16, 0.3), (24, 0.03)),
                _flat(0.06),
                _flat(0.04),
            ),
            variation=0.35,
            roughness=0.1,
            in_sessions=True,
        ),
        "standby": Profile(courses=_every_day(_flat(0.7)), roughness=0.3),
        "solar": Profile(
            courses=_every_day(_flat(0.22)),
            weather=_sunshine,
            variation=0.1,
            roughness=0.35,
            follows_sun=True,
        ),
        "gas_heating": Profile(
            courses=_week(_CLIMATE_DAY, _flat(0.2), _flat(0.18)),
            weather=_heating,
            roughness=0.5,
        ),
        "gas_kitchen": Profile(
            courses=_week(
                (
                    (0, 0.005),
                    (9, 0.01),
                    (10, 0.7),
                    (12.5, 0.9),
                    (14, 0.02),
                    (24, 0.005),
                ),
                _flat(0.006),
                _flat(0.005),
            ),
            roughness=0.7,
        ),
        "water": Profile(
            courses=_week(_OFFICE_DAY, _flat(0.03), _flat(0.02)),
            variation=0.15,
            roughness=0.9,
        ),
    }
)
"""Every profile a site file may name."""
