"""One Modbus unit on the bus: its reader, who uses it, and when it is due."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Final

from ..catalogue import Cadence
from .points import Point
from .polling import Poll
from .profile import Scope
from .reader import DeviceReader
from .readings import Reading
from .silence import RETRY_DELAY, refusal_delay
from .sources import Key

INTERVALS: Final[Mapping[Cadence, timedelta]] = MappingProxyType(
    {
        Cadence.FAST: timedelta(seconds=5),
        Cadence.NORMAL: timedelta(seconds=60),
        # At every sample edge, and hourly where nobody samples.
        Cadence.SLOW: timedelta(hours=1),
    }
)
LEASE_INTERVAL: Final = INTERVALS[Cadence.FAST]
LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)


@dataclass(slots=True, kw_only=True)
class Terminal:
    """A unit with its schedule; all instants in UTC.

    ``latest`` holds the latest value of everything it gave, ``error`` the
    translation key of the last fault. ``is_down`` once it has failed to answer
    twice in a row, or at the first try.
    """

    unit: int
    reader: DeviceReader
    points: list[Point]
    latest: dict[Key, Reading] = field(default_factory=dict)
    answers: int = 0
    """How often ``latest``, or what it depends on, may have changed."""
    identity: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    is_identified: bool = False
    """Whether it was asked who it is since it was last away."""
    error: str | None = None
    is_down: bool = False
    refusals: int = 0
    """How often in a row it has answered with nothing of use."""
    has_answered: bool = False
    retry_at: datetime | None = None
    """Set while it leaves questions unanswered: when it is asked again."""
    tried_at: datetime | None = None
    counters_due: bool = False
    leased_until: datetime | None = None
    _due: dict[Cadence, datetime] = field(default_factory=dict)
    _misses: dict[Cadence, int] = field(default_factory=dict)
    _normal_at: datetime | None = None

    @property
    def name(self) -> str:
        """Names of the devices on it, for the log."""
        return ", ".join(point.device.name for point in self.points)

    def due_cadences(self, now: datetime) -> frozenset[Cadence]:
        """Return the cadences that are due; all of them to begin with."""
        return frozenset(
            cadence
            for cadence in self._cadences()
            if (due := self._due_at(cadence)) is None or due <= now
        )

    def due_at(self, now: datetime) -> datetime:
        """Return when something is due next."""
        if self.counters_due:
            return now
        dues = [self._due_at(cadence) or now for cadence in self._cadences()]
        return min(dues, default=now + INTERVALS[Cadence.SLOW])

    def was_read(self, scope: Scope, now: datetime, poll: Poll) -> None:
        """Set the next times of what was read.

        What was lost on the way is read again at once, then every 5 s while the
        device is found out not to know it, else ever later.
        """
        for cadence in scope.cadences:
            interval = INTERVALS[cadence]
            # What was read on time stays on its grid.
            planned = min(self._due.get(cadence, now), now) + interval
            self._due[cadence] = planned if planned > now else now + interval
        if Cadence.NORMAL in scope.cadences:
            self._normal_at = now
        for cadence in scope.cadences - poll.missed:
            self._misses.pop(cadence, None)
        for cadence in poll.missed:
            misses = self._misses.get(cadence, 0)
            self._misses[cadence] = misses + 1
            delay = RETRY_DELAY if poll.is_learning else refusal_delay(misses)
            self._due[cadence] = now + delay if misses else now

    def answered(self) -> bool:
        """Take note of an answer; True when the unit comes back from being down."""
        is_back = self.is_down
        if is_back:
            # Another device may have taken its place.
            self.is_identified = False
        self.is_down = False
        self.has_answered = True
        self.retry_at = None
        self.refusals = 0
        return is_back

    def failed(
        self, error: str, retry_at: datetime, *, is_confirmed: bool = False
    ) -> bool:
        """Take note of a failure; True when the unit goes down by it.

        A single lost frame is an ordinary event on RS-485: a device that has
        answered before goes down with the second failure, five seconds later, or at
        once where other signs confirm it.
        """
        self.error = error
        is_second = self.retry_at is not None
        self.retry_at = retry_at
        if self.has_answered and not (is_second or is_confirmed):
            return False
        return self.goes_down()

    def goes_down(self) -> bool:
        """Drop its values; True unless it was down before."""
        if self.is_down:
            return False
        self.is_down = True
        self.forget_values()
        return True

    def forget_values(self) -> None:
        """Drop old values and make everything due: nothing stale is shown."""
        self.latest.clear()
        self.answers += 1
        self._due.clear()
        self._misses.clear()

    @property
    def waiting_since(self) -> tuple[bool, datetime, int]:
        """Order of being asked again: who was never asked, then the longest ago."""
        tried = self.tried_at
        return tried is not None, tried or LONG_AGO, self.unit

    @property
    def is_stranger(self) -> bool:
        """Whether it could tell who it is and has not been asked yet."""
        return (
            not self.is_identified
            and self.has_answered
            and self.retry_at is None
            and bool(self.reader.profile.register_map.identity)
        )

    def make_slow_due(self) -> None:
        """Read settings, maxima and harmonics with the next cycle."""
        self._due.pop(Cadence.SLOW, None)

    def _cadences(self) -> frozenset[Cadence]:
        return frozenset(block.cadence for block in self.reader.profile.blocks)

    def _due_at(self, cadence: Cadence) -> datetime | None:
        due = self._due.get(cadence)
        if due is None or cadence is not Cadence.NORMAL or self._normal_at is None:
            return due
        leased = self._normal_at + LEASE_INTERVAL
        if self.leased_until is None or leased > self.leased_until:
            return due
        return min(due, leased)
