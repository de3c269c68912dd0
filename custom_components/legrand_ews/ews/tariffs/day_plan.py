"""Which rule governs each minute of a civil day.

A day is described by the time frames that can touch it: those that begin on it and
those that began the day before and cross midnight. Days on which the same frames
begin look alike, so a year has only a handful of different days.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import pairwise

from .plan import DAY_MINUTES, CostRule

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Frame:
    """Minutes of a civil day in which a rule is true, the last not included.

    ``end`` may lie beyond the day: the frame then goes on after midnight.
    """

    rule: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """Minutes of a civil day that one rule governs; no rule is None (Q12)."""

    start: int
    end: int
    rule: int | None


class DayPlans:
    """Frames and governing rules of civil days, for a list of rules."""

    def __init__(self, rules: Iterable[CostRule]) -> None:
        """Take the rules in their order: the first true one wins."""
        self._rules = tuple(rules)
        self._frames = cache(self._frames_of)
        self._stretches = cache(_first_true)

    def frames(self, day: date) -> tuple[Frame, ...]:
        """Return the frames that touch a day, in the order of their rules."""
        return self._frames(
            tuple(rule.begins_on(day) for rule in self._rules),
            tuple(
                rule.crosses_midnight and rule.begins_on(day - _ONE_DAY)
                for rule in self._rules
            ),
        )

    def stretches(self, day: date) -> tuple[Stretch, ...]:
        """Return who governs a day when at every minute the first true rule wins."""
        return self._stretches(self.frames(day))

    def _frames_of(
        self, begin: tuple[bool, ...], go_on: tuple[bool, ...]
    ) -> tuple[Frame, ...]:
        return tuple(self._touching(begin, go_on))

    def _touching(
        self, begin: tuple[bool, ...], go_on: tuple[bool, ...]
    ) -> Iterator[Frame]:
        for number, rule in enumerate(self._rules):
            first, after = rule.first_minute, rule.last_minute + 1
            if go_on[number]:
                yield Frame(number, first - DAY_MINUTES, after)
            if begin[number]:
                beyond = DAY_MINUTES if rule.crosses_midnight else 0
                yield Frame(number, first, after + beyond)


def true_at(frames: Iterable[Frame], minute: int) -> Frame | None:
    """Return the frame of the first rule that is true at a minute."""
    return next((f for f in frames if f.start <= minute < f.end), None)


def edges_of(frames: Iterable[Frame]) -> list[int]:
    """Return the minutes of a day at which a rule may become true or false."""
    edges = {0, DAY_MINUTES}
    for frame in frames:
        edges |= {frame.start, frame.end}
    return sorted(edge for edge in edges if 0 <= edge <= DAY_MINUTES)


def _first_true(frames: tuple[Frame, ...]) -> tuple[Stretch, ...]:
    found: list[Stretch] = []
    for start, end in pairwise(edges_of(frames)):
        frame = true_at(frames, start)
        rule = None if frame is None else frame.rule
        goes_on = found and found[-1].rule == rule
        found.append(Stretch(found.pop().start if goes_on else start, end, rule))
    return tuple(found)


def stretch_at(stretches: tuple[Stretch, ...], minute: int) -> Stretch:
    """Return the stretch of a whole day that holds a minute."""
    starts = [stretch.start for stretch in stretches]
    return stretches[bisect_right(starts, minute) - 1]
