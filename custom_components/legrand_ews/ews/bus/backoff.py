"""When to ask again what did not answer."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Self

FIRST_DELAY: Final = timedelta(seconds=5)
LONGEST_DELAY: Final = timedelta(seconds=300)


@dataclass(frozen=True, slots=True)
class BackOff:
    """A device that does not answer; asked again at ``until`` (UTC)."""

    delay: timedelta
    until: datetime

    @classmethod
    def first(cls, now: datetime) -> Self:
        """Ask again in five seconds."""
        return cls(FIRST_DELAY, now + FIRST_DELAY)

    def next(self, now: datetime) -> BackOff:
        """Wait twice as long, five minutes at most."""
        delay = min(2 * self.delay, LONGEST_DELAY)
        return BackOff(delay, now + delay)
