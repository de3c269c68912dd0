"""What a line has carried lately: load, error rate and round trip (S53)."""

from collections import deque
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

WINDOW: Final = timedelta(minutes=5)
SLICE: Final = timedelta(seconds=5)
_ROUND_TRIPS: Final = 32


@dataclass(slots=True)
class _Slice:
    """What happened in one ``SLICE``, of those that begin at whole multiples of it."""

    number: int
    busy_s: float = 0.0
    requests: int = 0
    failures: int = 0


class Traffic:
    """Counts the requests of the last ``WINDOW``; instants in UTC.

    They are counted by slices of time: thousands a window would have to be kept, gone
    through for every report and walked over by every garbage collection.
    """

    def __init__(self) -> None:
        self._slices: deque[_Slice] = deque()
        self._round_trips: deque[float] = deque(maxlen=_ROUND_TRIPS)
        self._since_s: float | None = None
        self._thinking: deque[float] = deque(maxlen=_ROUND_TRIPS)
        self.silent: set[object] = set()
        """Who has left requests unanswered since anybody last replied."""
        self.heard_at: datetime | None = None
        """When a reply came last, be it a refusal."""
        self.is_doubted = False
        """Whether a device got more tries since then, for the line's sake."""

    def answered(
        self, at: datetime, *, busy_s: float, round_trip_s: float, frames_s: float
    ) -> None:
        """Count a request that got a reply, be it a refusal.

        ``busy_s`` is the time on the line with the silence after it, ``frames_s``
        that of its frames alone.
        """
        self.silent.clear()
        self.heard_at = at
        self.is_doubted = False
        self._round_trips.append(round_trip_s)
        self._thinking.append(max(0.0, round_trip_s - frames_s))
        latest = self._slice(at, busy_s)
        latest.requests += 1

    def failed(self, at: datetime, *, busy_s: float, is_expected: bool = False) -> None:
        """Count a request that got no reply, or one that is of no use.

        A silence that was to be expected keeps the line busy and is no new error.
        """
        latest = self._slice(at, busy_s)
        if not is_expected:
            latest.requests += 1
            latest.failures += 1

    def round_trip_ms(self) -> float | None:
        """Mean time of the latest answered requests; None before the first."""
        if not self._round_trips:
            return None
        return 1000 * sum(self._round_trips) / len(self._round_trips)

    def longest_thinking_s(self) -> float | None:
        """Longest time lately from a request's last bit to its reply's first."""
        return max(self._thinking, default=None)

    def error_rate(self, now: datetime) -> float:
        """Share of the window's requests that failed, 0 to 1."""
        self._forget_before(_number(now - WINDOW))
        requests = sum(x.requests for x in self._slices)
        return sum(x.failures for x in self._slices) / requests if requests else 0.0

    def bus_load(self, now: datetime) -> float:
        """Estimated share of the window in which the line was busy, 0 to 1."""
        first = _number(now - WINDOW)
        self._forget_before(first)
        if self._since_s is None or not self._slices:
            return 0.0
        elapsed_s = now.timestamp() - max(self._since_s, first * SLICE.total_seconds())
        busy_s = sum(x.busy_s for x in self._slices)
        return min(1.0, busy_s / elapsed_s) if elapsed_s > 0 else 1.0

    def _slice(self, at: datetime, busy_s: float) -> _Slice:
        """Return the slice of a request that kept the line busy until ``at``."""
        number = _number(at)
        if self._slices and number < self._slices[-1].number:  # the clock was set back
            self._slices.clear()
            self._since_s = None
        if self._since_s is None:
            self._since_s = at.timestamp() - busy_s
        if not self._slices or self._slices[-1].number != number:
            self._forget_before(_number(at - WINDOW))
            self._slices.append(_Slice(number))
        latest = self._slices[-1]
        latest.busy_s += busy_s
        return latest

    def _forget_before(self, number: int) -> None:
        while self._slices and self._slices[0].number < number:
            self._slices.popleft()


def _number(at: datetime) -> int:
    return int(at.timestamp() // SLICE.total_seconds())
