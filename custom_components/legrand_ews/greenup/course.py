"""The last two hours of the load management, in memory: for the live view."""

from collections import deque
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from ..ews.charging import Progress, Reason, State, Zone

STEP: Final = timedelta(seconds=5)
_SLACK: Final = timedelta(milliseconds=500)
FINE: Final = timedelta(minutes=15)
"""Up to that age every point is kept, then one in half a minute."""
COARSE_STEP: Final = timedelta(seconds=30)
LENGTH: Final = timedelta(hours=2)
_MOST_EVENTS: Final = 1000

type Line = tuple[int, int, int | None, Zone]
"""Circuit, phase, load in mA (None while nobody measures it), zone."""
type StationPoint = tuple[int, int, int | None, Progress]
"""Station, limit in A, highest current in mA (None while silent), progress."""


@dataclass(frozen=True, slots=True)
class Point:
    """What was at one moment (UTC); stations without a vehicle are left out."""

    at: datetime
    lines: tuple[Line, ...]
    queue: int
    stations: tuple[StationPoint, ...]


class Course:
    """Points and events, the oldest first."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._fine: deque[Point] = deque()
        self._coarse: deque[Point] = deque()
        self._events: deque[tuple[datetime, Reason]] = deque(maxlen=_MOST_EVENTS)

    def note(self, state: State, at: datetime) -> None:
        """Keep the outcome of a step; those that follow too closely are left out."""
        if self._fine and at - self._fine[-1].at < STEP - _SLACK:
            return
        self._fine.append(_point(state, at))
        while self._fine[0].at < at - FINE:
            old = self._fine.popleft()
            last = self._coarse[-1].at if self._coarse else None
            if last is None or old.at - last >= COARSE_STEP:
                self._coarse.append(old)
        while self._coarse and self._coarse[0].at < at - LENGTH:
            self._coarse.popleft()

    def tell(self, at: datetime, reasons: tuple[Reason, ...]) -> None:
        """Keep what has happened."""
        self._events.extend((at, reason) for reason in reasons)

    def points(self, since: datetime) -> list[Point]:
        """The points from an instant on."""
        return [x for x in (*self._coarse, *self._fine) if x.at >= since]

    def events(self, since: datetime) -> list[tuple[datetime, Reason]]:
        """What has happened from an instant on."""
        return [event for event in self._events if event[0] >= since]


def _point(state: State, at: datetime) -> Point:
    return Point(
        at=at,
        lines=tuple(
            (circuit, phase, line.load_ma if line.is_known else None, line.zone)
            for (circuit, phase), line in sorted(state.lines.items())
        ),
        queue=len(state.queue),
        stations=tuple(
            (
                number,
                session.setting.limit_a,
                None if station.is_lost else max(station.drawn_ma, default=0),
                session.setting.progress,
            )
            for number, station in sorted(state.stations.items())
            if (session := station.session) is not None
        ),
    )
