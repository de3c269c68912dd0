"""Consumers on demand: they draw what somebody sets, from the instant on.

Undisturbed nothing flows, so a history knows nothing of them. They let the load of a
building rise and fall at will, whatever the hour.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, override

from .flow import Flow, Switchable
from .weather import SLOT, Day

ON_DEMAND: Final = "on_demand"
"""Profile of a circuit whose load is set."""
_MICROSECOND: Final = timedelta(microseconds=1)
_MICROSECONDS_PER_HOUR: Final = 3_600_000_000


class Stillness(Flow):
    """Nothing ever flows."""

    @override
    def total(self, instant: datetime) -> int:
        """Nothing was counted."""
        return 0

    @override
    def rate(self, instant: datetime) -> float:
        """Nothing flows."""
        return 0.0

    @override
    def slot_totals(self, day: Day) -> Sequence[int]:
        """Nothing at any edge of the day's slots."""
        return [0] * (len(day.slot_minutes) + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    """What flows from ``since`` on, in mW; ``total`` millionths of a Wh came before."""

    since: datetime
    total: int
    milliwatts: int

    def at(self, instant: datetime) -> int:
        """Millionths of a Wh up to ``instant``."""
        elapsed = (instant - self.since) // _MICROSECOND
        return self.total + self.milliwatts * elapsed * 1000 // _MICROSECONDS_PER_HOUR


class DemandFlow(Switchable):
    """The load that was set last, as long as every switch before it is closed."""

    def __init__(self, highest: float) -> None:
        """Draw nothing at first, and never more than ``highest`` W."""
        self._highest = highest
        self._steps: list[_Step] = []
        self._wanted = 0
        self._open: set[str] = set()

    def set_load(self, watts: float, instant: datetime) -> None:
        """Draw so much from ``instant`` on; ValueError beyond the highest."""
        if not 0 <= watts <= self._highest:
            raise ValueError(f"a load is 0 to {self._highest:g} W")
        self._wanted = round(watts * 1000)
        self._add(instant)

    @override
    def cut(self, switch: str, instant: datetime) -> None:
        """Let ``switch`` be open from ``instant`` on."""
        self._open.add(switch)
        self._add(instant)

    @override
    def restore(self, switch: str, instant: datetime) -> None:
        """Let ``switch`` be closed from ``instant`` on."""
        self._open.discard(switch)
        self._add(instant)

    @override
    def total(self, instant: datetime) -> int:
        """Millionths of a Wh that flowed up to ``instant``."""
        step = self._step(instant)
        return 0 if step is None else step.at(instant)

    @override
    def rate(self, instant: datetime) -> float:
        """W at ``instant``."""
        step = self._step(instant)
        return 0.0 if step is None else step.milliwatts / 1000

    @override
    def slot_totals(self, day: Day) -> Sequence[int]:
        """Totals at the edges of the day's slots; what is drawn now goes on."""
        edges = len(day.slot_minutes) + 1
        return [self.total(day.start + slot * SLOT) for slot in range(edges)]

    def _step(self, instant: datetime) -> _Step | None:
        """The last step at or before ``instant``."""
        index = bisect_right(self._steps, instant, key=lambda step: step.since)
        return self._steps[index - 1] if index else None

    def _add(self, instant: datetime) -> None:
        milliwatts = 0 if self._open else self._wanted
        total = self.total(instant)
        self._steps.append(_Step(since=instant, total=total, milliwatts=milliwatts))
