"""The time of the simulated building; bus times are always real."""

from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Protocol, override


class Clock(Protocol):
    """Tells the simulated instant."""

    def now(self) -> datetime:
        """The instant in UTC."""
        raise NotImplementedError

    def advance(self, step: timedelta) -> None:
        """Move on by ``step`` at once; ValueError if that leads into the past."""
        raise NotImplementedError


class RunningClock(Clock):
    """Runs ``speed`` times as fast as real time, from ``start`` (default now)."""

    def __init__(self, *, speed: float = 1.0, start: datetime | None = None) -> None:
        """Begin to run at once."""
        if speed <= 0:
            raise ValueError("speed must be more than 0")
        self.speed = speed
        self._start = start or datetime.now(UTC)
        self._since = monotonic()

    @override
    def now(self) -> datetime:
        """The instant in UTC."""
        return self._start + timedelta(seconds=(monotonic() - self._since) * self.speed)

    @override
    def advance(self, step: timedelta) -> None:
        """Jump on by ``step``; ValueError if that leads into the past."""
        self._start += _forward(step)


class ManualClock(Clock):
    """Stands still until it is told to move; for tests."""

    def __init__(self, start: datetime) -> None:
        """Stand at ``start``, an aware instant."""
        self._now = start.astimezone(UTC)

    @override
    def now(self) -> datetime:
        """The instant in UTC."""
        return self._now

    @override
    def advance(self, step: timedelta) -> None:
        """Move on by ``step``; ValueError if that leads into the past."""
        self._now += _forward(step)

    def set(self, instant: datetime) -> None:
        """Move on to ``instant``; ValueError if it has passed."""
        self.advance(instant.astimezone(UTC) - self._now)


def _forward(step: timedelta) -> timedelta:
    if step < timedelta():
        raise ValueError("time does not run backwards")
    return step
