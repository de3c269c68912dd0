"""What the load management remembers from one step to the next.

Times named ``_ms`` are milliseconds of its own clock, which never runs backwards and
counts no more than 15 s between two steps: a clock that is set, or a Home Assistant
that was off, neither ends a waiting time nor adds to a quantity.

What every step makes anew for every station is a tuple: a frozen dataclass takes three
times as long to make, and five times with one field changed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Final, NamedTuple

from .config import Level
from .inputs import Charge

UAS_PER_AH: Final = 3_600_000_000
"""mA · ms in one ampere-hour."""
WHOLE_PERMILLE: Final = 1000
"""What a car takes of its limit, until it is seen to take less."""


class Zone(StrEnum):
    """Zones of a line (7.16.5.1)."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"


class Progress(StrEnum):
    """Where a process stands."""

    WAITING = "waiting"
    RUNNING = "running"
    HELD = "held"
    """A user lets it wait (S186)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a station was told: 0 A unless it runs."""

    progress: Progress
    level: Level = Level.RATED
    limit_a: int = 0


WAITING: Final = Setting(progress=Progress.WAITING)
"""The setting of a vehicle that waits."""


@lru_cache(maxsize=512)
def running_at(level: Level, limit_a: int) -> Setting:
    """Return the setting of a vehicle that may charge; many have the same."""
    return Setting(progress=Progress.RUNNING, level=level, limit_a=limit_a)


class Session(NamedTuple):
    """The process of one vehicle, from plugging in to unplugging.

    ``charge_uas`` is what one loaded phase has received, in mA · ms (Q32). ``former`` is
    what held before the last command, in case that is refused. ``reduced_ms`` is since
    when it has had less than its rated current. ``stubborn_ma`` is what a car drew
    against its limit, 0 for one that follows it. ``uses_permille`` is how much of a limit that
    bounds it a car takes: a little less than it may.
    """

    connected_ms: int
    waiting_ms: int
    setting: Setting
    former: Setting
    is_priority: bool
    changed_ms: int | None = None
    reduced_ms: int | None = None
    charge_uas: int = 0
    has_drawn: bool = False
    was_stopped: bool = False
    stubborn_ma: int = 0
    uses_permille: int = WHOLE_PERMILLE

    @property
    def charge_ah(self) -> float:
        """Ampere-hours of one loaded phase."""
        return self.charge_uas / UAS_PER_AH

    @property
    def is_ignoring(self) -> bool:
        """Whether it draws what it likes while it may charge."""
        return self.stubborn_ma > 0

    @property
    def is_running(self) -> bool:
        """Whether it may charge."""
        return self.setting.progress is Progress.RUNNING


class StationState(NamedTuple):
    """One side as last heard.

    ``former_drawn_ma`` is the reading before, to be held against a reading of a meter
    that is older than the last one. ``blocked_ms`` is until when a station that refused
    a command is left alone, ``at_rest_ms`` until when one without a vehicle is not told
    again that none may charge unasked.
    """

    read_at: datetime | None = None
    heard_ms: int = 0
    charge: Charge = Charge.NO_VEHICLE
    drawn_ma: tuple[int, ...] = ()
    former_drawn_ma: tuple[int, ...] = ()
    is_lost: bool = False
    refusals: int = 0
    blocked_ms: int = 0
    at_rest_ms: int = 0
    session: Session | None = None


class LineState(NamedTuple):
    """One phase of a circuit: its zone, its load in mA, and since when it is so.

    ``room_ma`` is what is left to the charging limit when everything promised is drawn.
    ``peaks_ma`` are the highest other loads of the present and the former stretch of time,
    the present one since ``peaks_ms``.
    """

    zone: Zone = Zone.GREEN
    load_ma: int = 0
    room_ma: int = 0
    is_known: bool = False
    green_ms: int = 0
    over_ms: int | None = None
    peaks_ma: tuple[int, int] = (0, 0)
    peaks_ms: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MeterState:
    """When the meter of a circuit was last heard."""

    read_at: datetime | None = None
    heard_ms: int = 0
    is_lost: bool = False
    currents_ma: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """All that a step needs of those before; lines are by (circuit, phase).

    ``hard_stops`` counts vehicles that the hard limit stopped before their guarantee.
    """

    at: datetime | None = None
    clock_ms: int = 0
    stations: Mapping[int, StationState] = field(default_factory=dict)
    meters: Mapping[int, MeterState] = field(default_factory=dict)
    lines: Mapping[tuple[int, int], LineState] = field(default_factory=dict)
    hard_stops: int = 0
    is_released: bool = False

    @property
    def worst_zone(self) -> Zone:
        """The worst zone of all lines."""
        zones = {line.zone for line in self.lines.values()}
        return next((zone for zone in reversed(Zone) if zone in zones), Zone.GREEN)

    @property
    def queue(self) -> list[int]:
        """Stations whose vehicles wait, the next one first (Q29)."""
        waiting = [
            (not session.is_priority, session.waiting_ms, number)
            for number, station in self.stations.items()
            if (session := station.session) is not None
            and session.setting.progress is Progress.WAITING
        ]
        return [number for _, _, number in sorted(waiting)]
