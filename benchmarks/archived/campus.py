"""A campus of 255 meters with 60 quantities each, as samples of ten minutes.

The quantities are those of the power meter 0 146 69 without its hours and its
temperature. Values walk: powers follow a profile of the day and jump about it,
voltages drift, what the meter averages itself lags behind, and maxima that it keeps
stay for days. Each reading has the resolution of the meter; averages are those of ten
readings in an interval.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import cycle
import math
import random
from typing import Final

from custom_components.legrand_ews.ews.catalogue import load_catalogue
from custom_components.legrand_ews.ews.metering import CounterState, Sample, Statistic
from custom_components.legrand_ews.ews.quantities import QUANTITIES, Kind

DEVICES: Final = 255
LENGTH: Final = timedelta(minutes=10)
DAY: Final = timedelta(days=1)
INTERVALS: Final = DAY // LENGTH
START: Final = datetime(2026, 1, 1, tzinfo=UTC)
MODEL: Final = "014669"
_LEFT_OUT: Final = frozenset({"run_hours", "temperature"})
_READINGS: Final = 10
_NOISE: Final = 9_973


def _quantities() -> tuple[tuple[str, ...], tuple[str, ...]]:
    known = [
        QUANTITIES[key]
        for key in load_catalogue().models[MODEL].quantities
        if QUANTITIES[key].is_archived and key not in _LEFT_OUT
    ]
    return (
        tuple(q.key for q in known if q.kind is Kind.COUNTER),
        tuple(q.key for q in known if q.kind is Kind.GAUGE),
    )


COUNTERS, GAUGES = _quantities()
VALUES_A_SAMPLE: Final = len(COUNTERS) + 3 * len(GAUGES)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Course:
    """How a gauge runs: about which value, how far, and in which steps (milli)."""

    base: float
    swing: float
    resolution: int
    is_still: bool = False


def _course(key: str, power_w: float) -> _Course:
    current_a = power_w / 690
    if key.startswith("voltage"):
        volts = 400 if key.count("_l") > 1 else 230
        return _Course(
            base=volts * 1000,
            swing=900,
            resolution=100,
            is_still=key.endswith("_maximum"),
        )
    if key.startswith("current"):
        share = 0.1 if key == "current_n" else 1
        return _Course(
            base=current_a * share * 1000,
            swing=current_a * share * 200,
            resolution=1,
            is_still=key.endswith("_maximum"),
        )
    if key.startswith("power_factor"):
        return _Course(base=930, swing=20, resolution=1)
    if key.startswith("thd"):
        base = 2_000 if "voltage" in key else 12_000
        return _Course(base=base, swing=base / 5, resolution=100)
    if key == "frequency":
        return _Course(base=50_000, swing=20, resolution=10)
    share = 1 / 3 if key[-3:-1] == "_l" else 1
    share *= 0.3 if key.startswith("reactive") else 1
    return _Course(
        base=power_w * share * 1000,
        swing=power_w * share * 200,
        resolution=1000,
        is_still=key.endswith("_maximum"),
    )


class Meter:
    """One meter; `sample` gives its intervals one after the other."""

    def __init__(self, device_id: int) -> None:
        """Choose a load of 150 W to 60 kW by the meter's number."""
        self.device_id = device_id
        self._luck = random.Random(device_id)
        self._power_w = 150 * 400 ** self._luck.random()
        self._courses = {key: _course(key, self._power_w) for key in GAUGES}
        self._walks = dict.fromkeys(GAUGES, 0.0)
        self._counts = {key: self._luck.randrange(10**10) for key in COUNTERS}
        self._noise = _noise(self._luck.randrange(_NOISE))

    def sample(self, start: datetime) -> Sample:
        """The interval that starts at ``start``."""
        hours = (start - START) / timedelta(hours=1) % 24
        activity = 0.55 + 0.45 * math.sin((hours - 9) / 24 * math.tau)
        amounts: dict[str, int] = {}
        for key in COUNTERS:
            share = 0.3 if key.startswith("reactive") else 1.0
            if "export" in key:
                share = 0.0
            energy = self._power_w * activity * share * 1000 / 6
            amounts[key] = max(
                0, round(energy * (1 + next(self._noise) / 10) / 100) * 100
            )
            self._counts[key] += amounts[key]
        statistics: dict[str, Statistic] = {}
        for key, course in self._courses.items():
            statistics[key] = self._statistic(key, course, activity)
        return Sample(
            device_id=self.device_id,
            start=start,
            length=LENGTH,
            amounts_milli=amounts,
            statistics=statistics,
        )

    def states(self, end: datetime) -> Iterator[CounterState]:
        """Where the counters stand at the end of an interval."""
        for key, count in self._counts.items():
            yield CounterState(
                device_id=self.device_id,
                quantity=key,
                value_milli=count,
                read_at=end + timedelta(seconds=self.device_id % 9),
                booked_until=end,
            )

    def _statistic(self, key: str, course: _Course, activity: float) -> Statistic:
        step = course.resolution
        if course.is_still:
            kept = round(course.base * 1.4 / step) * step
            return Statistic(average_milli=kept, minimum_milli=kept, maximum_milli=kept)
        noise = self._noise
        walk = self._walks[key] * 0.9 + next(noise) * course.swing / 3
        self._walks[key] = walk
        is_load = course.swing > course.base / 10
        middle = course.base * (activity if is_load else 1) + walk
        # The extremes of ten readings lie 1.54 deviations from their average.
        spread = 1.54 * course.swing / 4
        low = round((middle - spread * (1 + next(noise) / 4)) / step) * step
        high = round((middle + spread * (1 + next(noise) / 4)) / step) * step
        average = round(middle * _READINGS / step) * step // _READINGS
        return Statistic(
            average_milli=average,
            minimum_milli=min(low, average),
            maximum_milli=max(high, average),
        )


@cache
def _pool() -> tuple[float, ...]:
    luck = random.Random(0)
    return tuple(luck.gauss(0, 1) for _ in range(_NOISE))


def _noise(place: int) -> Iterator[float]:
    """Normal deviates, drawn once and gone through from another place each."""
    pool = _pool()
    return cycle((*pool[place:], *pool[:place]))


def meters() -> list[Meter]:
    """Every meter of the campus."""
    return [Meter(number) for number in range(1, DEVICES + 1)]
