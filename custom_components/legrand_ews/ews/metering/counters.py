"""Counters: what flowed between two readings, whatever the counter does.

Pure functions on integers in thousandths of a unit. A step is *plausible* when
it is no larger than the hourly limit times the time that passed, plus one hour
of it for the counter's own resolution. A reading that is no plausible step is
held back as a candidate. Three candidates that continue one another prove that
the counter itself has changed; a return to the old course proves a misreading:

* a fall to a value that can have been counted since is a **reset** and books
  what was counted after it (Q27);
* any other new course is a **meter exchange** and books what was counted while
  it was watched;
* anything else is **rejected** and books nothing.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

_HOUR: Final = timedelta(hours=1)
CONFIRMATIONS: Final = 3
"""Readings on a new course until it is believed. One is a corrupted frame, two
are a device that answers zeros while it starts."""


class CorrectionKind(StrEnum):
    """What a counter did beside counting."""

    ROLL_OVER = "roll_over"
    RESET = "reset"
    EXCHANGE = "exchange"
    REJECTED = "rejected"
    STUCK = "stuck"
    """It stands still although power flows; ``before`` is where it stands."""
    RESUMED = "resumed"
    """It counts again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """Journal entry: a counter went from ``before`` to ``after`` and why.

    ``booked_milli`` is the amount booked for it, in thousandths of the unit.
    """

    device_id: int
    quantity: str
    at: datetime
    kind: CorrectionKind
    before_milli: int
    after_milli: int
    booked_milli: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterReading:
    """A counter's value at an instant; it wraps at ``modulus_milli``, if known."""

    value_milli: int
    read_at: datetime
    modulus_milli: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A course that is not yet believed: its first and latest reading."""

    first_milli: int
    value_milli: int
    read_at: datetime
    counted_milli: int
    readings: int
    is_reset: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterTrack:
    """The last believed reading, and the course that may replace it."""

    value_milli: int
    read_at: datetime
    candidate: Candidate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What `advance` found beside a normal step."""

    kind: CorrectionKind
    before_milli: int
    after_milli: int
    booked_milli: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterStep:
    """Outcome of one reading: the new track and what has flowed (never < 0)."""

    track: CounterTrack
    booked_milli: int = 0
    changes: tuple[Change, ...] = ()


def advance(
    track: CounterTrack | None, reading: CounterReading, hourly_limit_milli: int
) -> CounterStep:
    """Take one more reading of a counter.

    The first sight of a counter books nothing. ``hourly_limit_milli`` comes from
    `limits`.
    """
    value, at = reading.value_milli, reading.read_at
    believed = CounterTrack(value_milli=value, read_at=at)
    if track is None:
        return CounterStep(track=believed)
    flowed = _flow(track.value_milli, track.read_at, reading, hourly_limit_milli)
    if flowed is None:
        return _doubt(track, reading, hourly_limit_milli)
    changes = _rejection(track)
    if value < track.value_milli:
        roll_over = _change(CorrectionKind.ROLL_OVER, track.value_milli, value, flowed)
        changes = (*changes, roll_over)
    return CounterStep(track=believed, booked_milli=flowed, changes=changes)


def _doubt(
    track: CounterTrack, reading: CounterReading, hourly_limit_milli: int
) -> CounterStep:
    candidate = _continued(track.candidate, reading, hourly_limit_milli)
    if candidate is None:
        fresh = _first_doubt(track, reading, hourly_limit_milli)
        doubted = CounterTrack(
            value_milli=track.value_milli, read_at=track.read_at, candidate=fresh
        )
        return CounterStep(track=doubted, changes=_rejection(track))
    if candidate.readings < CONFIRMATIONS:
        doubted = CounterTrack(
            value_milli=track.value_milli, read_at=track.read_at, candidate=candidate
        )
        return CounterStep(track=doubted)
    kind = CorrectionKind.RESET if candidate.is_reset else CorrectionKind.EXCHANGE
    booked = candidate.counted_milli
    return CounterStep(
        track=CounterTrack(
            value_milli=candidate.value_milli, read_at=candidate.read_at
        ),
        booked_milli=booked,
        changes=(_change(kind, track.value_milli, candidate.value_milli, booked),),
    )


def _first_doubt(
    track: CounterTrack, reading: CounterReading, hourly_limit_milli: int
) -> Candidate:
    value = reading.value_milli
    allowed = _allowance(track.read_at, reading.read_at, hourly_limit_milli)
    is_reset = value < track.value_milli and value <= allowed
    return Candidate(
        first_milli=value,
        value_milli=value,
        read_at=reading.read_at,
        counted_milli=value if is_reset else 0,
        readings=1,
        is_reset=is_reset,
    )


def _continued(
    candidate: Candidate | None, reading: CounterReading, hourly_limit_milli: int
) -> Candidate | None:
    if candidate is None:
        return None
    counted = _flow(
        candidate.value_milli, candidate.read_at, reading, hourly_limit_milli
    )
    if counted is None and candidate.is_reset:
        # Reset once more: what it shows was counted since, like the first time.
        allowed = _allowance(candidate.read_at, reading.read_at, hourly_limit_milli)
        if reading.value_milli < candidate.value_milli:
            counted = reading.value_milli if reading.value_milli <= allowed else None
    if counted is None:
        return None
    return Candidate(
        first_milli=candidate.first_milli,
        value_milli=reading.value_milli,
        read_at=reading.read_at,
        counted_milli=candidate.counted_milli + counted,
        readings=candidate.readings + 1,
        is_reset=candidate.is_reset,
    )


def _flow(
    value_milli: int,
    read_at: datetime,
    reading: CounterReading,
    hourly_limit_milli: int,
) -> int | None:
    """What flowed since, or None when the reading is no plausible step."""
    allowed = _allowance(read_at, reading.read_at, hourly_limit_milli)
    difference = reading.value_milli - value_milli
    if difference >= 0:
        return difference if difference <= allowed else None
    modulus = reading.modulus_milli
    if modulus is None or value_milli >= modulus:
        return None
    wrapped = difference + modulus
    # Half way round or more, it has rather fallen back than rolled over.
    return wrapped if wrapped <= min(allowed, (modulus - 1) // 2) else None


def _allowance(since: datetime, until: datetime, hourly_limit_milli: int) -> int:
    # A clock that was set back makes no time negative.
    passed = max(until - since, timedelta()) + _HOUR
    return hourly_limit_milli * (passed // timedelta(seconds=1)) // 3600


def _rejection(track: CounterTrack) -> tuple[Change, ...]:
    if track.candidate is None:
        return ()
    seen = track.candidate.first_milli
    return (_change(CorrectionKind.REJECTED, track.value_milli, seen, 0),)


def _change(kind: CorrectionKind, before: int, after: int, booked: int) -> Change:
    return Change(
        kind=kind, before_milli=before, after_milli=after, booked_milli=booked
    )
