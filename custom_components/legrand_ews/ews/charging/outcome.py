"""What the load management wants done, and why."""

from dataclasses import dataclass
from enum import StrEnum


class Action(StrEnum):
    """What a station can be told."""

    START = "start"
    """Permit charging, at the limit that comes with it."""
    SET_LIMIT = "set_limit"
    STOP = "stop"
    """Let it wait; the vehicle stays plugged in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """An order to one side; ``limit_a`` is 0 with a stop, else at least its minimum."""

    station_id: int
    action: Action
    limit_a: int


class ReasonKind(StrEnum):
    """What happened: the type of an event."""

    ZONE_CHANGED = "zone_changed"
    SESSION_BEGAN = "session_began"
    SESSION_ENDED = "session_ended"
    STARTED = "started"
    RESUMED = "resumed"
    REDUCED_IN_RED = "reduced_in_red"
    REDUCED_TO_MAKE_ROOM = "reduced_to_make_room"
    REDUCED_TO_SHARE = "reduced_to_share"
    RAISED = "raised"
    STOPPED_IN_RED = "stopped_in_red"
    GAVE_WAY = "gave_way"
    GUARANTEE_REACHED = "guarantee_reached"
    HARD_LIMIT_REDUCED = "hard_limit_reduced"
    HARD_LIMIT_STOPPED = "hard_limit_stopped"
    CAPPED = "capped"
    HELD_BY_USER = "held_by_user"
    RELEASED_BY_USER = "released_by_user"
    PRIORITY_CHANGED = "priority_changed"
    METER_LOST = "meter_lost"
    METER_BACK = "meter_back"
    FALLBACK = "fallback"
    LAST_RESORT = "last_resort"
    STATION_LOST = "station_lost"
    STATION_BACK = "station_back"
    COMMAND_REFUSED = "command_refused"
    COMMAND_REPEATED = "command_repeated"
    OWN_START_STOPPED = "own_start_stopped"
    LIMIT_IGNORED = "limit_ignored"
    LIMIT_FOLLOWED = "limit_followed"
    CLOCK_STEPPED = "clock_stepped"
    MANAGEMENT_OFF = "management_off"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One thing that happened, with what it is about and its values.

    ``values`` are texts by name: amperes (``limit_a``, ``load_a``), ampere-hours
    (``charge_ah``), seconds (``seconds``), ``zone``, ``former``.
    """

    kind: ReasonKind
    station_id: int | None = None
    circuit_id: int | None = None
    phase: int | None = None
    values: tuple[tuple[str, str], ...] = ()
