"""The curve of one circuit: its rate now and its total since it was installed.

Totals are whole millionths of a Wh or dm³, so that sums, differences and
history agree exactly. A total is the sum of whole days, then of slots of 10
minutes, then of steps of 10 seconds, then a straight line: the rate is the
slope of the total, everywhere.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import accumulate
from random import Random
from typing import Final

from .profiles import Profile
from .randomness import stream
from .weather import SLOT, Calendar, Day

MICRO: Final = 1_000_000
STEP: Final = timedelta(seconds=10)
"""Between two steps the rate is constant."""
_STEPS_IN_SLOT: Final = SLOT // STEP
_EVEN: Final = (1.0,) * _STEPS_IN_SLOT
_MICROSECOND: Final = timedelta(microseconds=1)
_STEP_MICROSECONDS: Final = STEP // _MICROSECOND


def spread(
    total: int, weights: Sequence[float], roughness: float, rng: Random
) -> tuple[int, ...]:
    """Cut ``total`` into consecutive parts; return the edges, 0 to ``total``.

    Parts follow ``weights``; then each inner edge is moved at random by up to
    0.4 x ``roughness`` of its smaller neighbour. So a part keeps at least a
    fifth of its share, and none is ever negative.
    """
    whole = sum(weights)
    plain = [0, *(int(total * (sum_ / whole)) for sum_ in accumulate(weights))]
    plain[-1] = total
    reach = 0.8 * roughness
    draw = rng.random
    inner = [
        edge + int((draw() - 0.5) * reach * min(edge - before, after - edge))
        for before, edge, after in zip(plain, plain[1:], plain[2:], strict=False)
    ]
    return (0, *inner, total)


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A stretch of constant rate: its end points in time and total."""

    start: datetime
    before: int
    after: int


class CircuitCurve:
    """Total and rate of one circuit at any instant from its installation on.

    ``rated`` is W or dm³/h at level 1 of the profile. Results depend on the
    arguments alone; what is kept inside only spares computing it twice.
    """

    def __init__(
        self,
        *,
        seed: int,
        name: str,
        profile: Profile,
        rated: float,
        installed: date,
        calendar: Calendar,
    ) -> None:
        """Start counting at the midnight that begins ``installed``."""
        self._seed = seed
        self._name = name
        self._profile = profile
        self._rated = rated
        self._installed = installed
        self._calendar = calendar
        self._midnight_totals = [0]
        self.courses_drawn = 0
        """How many days have been drawn in full: the cost of a history."""
        self._edges: Callable[[date], tuple[int, ...]] = lru_cache(maxsize=8)(
            self._draw_course
        )
        self._steps: Callable[[date, int], tuple[int, ...]] = lru_cache(maxsize=8)(
            self._draw_steps
        )

    def total(self, instant: datetime) -> int:
        """Millionths of a Wh or dm³ counted up to ``instant``.

        Raises ValueError before the installation: nothing is known there.
        """
        segment = self._segment(instant)
        elapsed = (instant - segment.start) // _MICROSECOND
        grown = segment.after - segment.before
        return segment.before + grown * elapsed // _STEP_MICROSECONDS

    def rate(self, instant: datetime) -> float:
        """W or dm³/h at ``instant``: the slope of the total there."""
        segment = self._segment(instant)
        return (segment.after - segment.before) / MICRO * (timedelta(hours=1) / STEP)

    def slot_totals(self, day: Day) -> Sequence[int]:
        """Totals at the edges of the day's slots, midnight to midnight."""
        base = self._midnight(day.day)
        return [base + edge for edge in self._edges(day.day)]

    def _segment(self, instant: datetime) -> Segment:
        day = self._calendar.holding(instant)
        base = self._midnight(day.day)
        slot = (instant - day.start) // SLOT
        slot_start = day.start + slot * SLOT
        step = (instant - slot_start) // STEP
        before, after = self._steps(day.day, slot)[step : step + 2]
        base += self._edges(day.day)[slot]
        return Segment(
            start=slot_start + step * STEP, before=base + before, after=base + after
        )

    def _midnight(self, day: date) -> int:
        index = (day - self._installed).days
        if index < 0:
            raise ValueError(
                f"{self._name} was installed on {self._installed}, not {day}"
            )
        totals = self._midnight_totals
        while len(totals) <= index:
            last = self._installed + timedelta(days=len(totals) - 1)
            totals.append(totals[-1] + self._day_amount(self._calendar.at(last)))
        return totals[index]

    def _day_amount(self, day: Day) -> int:
        luck = stream(self._seed, self._name, day.day).random()
        return int(self._rated * self._profile.day_mean(day, luck) * day.hours * MICRO)

    def _draw_course(self, on: date) -> tuple[int, ...]:
        self.courses_drawn += 1
        day = self._calendar.at(on)
        rng = stream(self._seed, self._name, on, "course")
        weights = self._profile.shape(day, rng)
        return spread(self._day_amount(day), weights, self._profile.roughness, rng)

    def _draw_steps(self, on: date, slot: int) -> tuple[int, ...]:
        before, after = self._edges(on)[slot : slot + 2]
        rng = stream(self._seed, self._name, on, slot)
        return spread(after - before, _EVEN, self._profile.roughness, rng)
