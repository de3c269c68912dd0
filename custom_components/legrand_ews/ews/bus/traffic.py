"""What a line has carried lately: load, error rate and round trip (S53)."""

from collections import deque
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

WINDOW: Final = timedelta(minutes=5)
_ROUND_TRIPS: Final = 32


@dataclass(frozen=True, slots=True)
class _Request:
    at: datetime
    busy_s: float
    has_failed: bool
    is_expected: bool = False


class Traffic:
    """Counts the requests of the last ``WINDOW``; instants in UTC."""

    def __init__(self) -> None:
        self._requests: deque[_Request] = deque()
        self._round_trips: deque[float] = deque(maxlen=_ROUND_TRIPS)
        self._since: datetime | None = None
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
        self._add(_Request(at, busy_s, has_failed=False))

    def failed(self, at: datetime, *, busy_s: float, is_expected: bool = False) -> None:
        """Count a request that got no reply, or one that is of no use.

        A silence that was to be expected keeps the line busy and is no new error.
        """
        self._add(_Request(at, busy_s, has_failed=True, is_expected=is_expected))

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
        self._forget_before(now - WINDOW)
        counted = [r.has_failed for r in self._requests if not r.is_expected]
        return sum(counted) / len(counted) if counted else 0.0

    def bus_load(self, now: datetime) -> float:
        """Estimated share of the window in which the line was busy, 0 to 1."""
        self._forget_before(now - WINDOW)
        if self._since is None or not self._requests:
            return 0.0
        elapsed = min(now - self._since, WINDOW).total_seconds()
        busy = sum(r.busy_s for r in self._requests)
        return min(1.0, busy / elapsed) if elapsed > 0 else 1.0

    def _add(self, request: _Request) -> None:
        if self._since is None:
            self._since = request.at - timedelta(seconds=request.busy_s)
        self._requests.append(request)

    def _forget_before(self, instant: datetime) -> None:
        while self._requests and self._requests[0].at < instant:
            self._requests.popleft()
