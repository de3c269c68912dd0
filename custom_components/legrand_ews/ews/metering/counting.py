"""One counter of one device: its course and what waits to be booked."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from ..bus.readings import Reading
from .counters import (
    Change,
    CorrectionKind,
    CounterReading,
    CounterTrack,
    advance,
)
from .samples import CounterState, Quality, to_milli

_CLOCK_ERROR: Final = timedelta(days=1)
"""A reading or booking that far in the future was made with a wrong clock."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """What a counter has counted from ``start`` to the edge, in thousandths."""

    start: datetime
    amount_milli: int
    quality: Quality


class Counting:
    """Follows a counter and keeps its amount until it can be booked."""

    def __init__(self, limit_milli: int, booked_until: datetime) -> None:
        """Begin at ``booked_until``; ``limit_milli`` bounds an hour's count."""
        self._limit_milli = limit_milli
        self._booked_until = booked_until
        self._track: CounterTrack | None = None
        self._booked_at: CounterTrack | None = None
        self._amount_milli = 0
        self._is_stored = False
        self._is_whole = False
        self._kinds: set[CorrectionKind] = set()

    @property
    def booked_until(self) -> datetime:
        """Edge up to which everything counted has been booked."""
        return self._booked_until

    def restore(self, state: CounterState) -> None:
        """Continue from where the counter was booked last."""
        self._track = CounterTrack(value_milli=state.value_milli, read_at=state.read_at)
        self._booked_at = self._track
        self._booked_until = state.booked_until
        self._is_stored = self._is_whole = True

    def observe(self, reading: Reading, whole_until: datetime) -> tuple[Change, ...]:
        """Take a reading and tell what the counter did beside counting.

        A counter first seen after ``whole_until`` misses part of its interval.
        """
        if self._is_repeated(reading):
            return ()
        if self._track is None:
            self._is_whole = reading.read_at <= whole_until
        modulus = None if reading.modulus is None else to_milli(reading.modulus)
        counted = CounterReading(
            value_milli=to_milli(reading.value),
            read_at=reading.read_at,
            modulus_milli=modulus,
        )
        step = advance(self._track, counted, self._limit_milli)
        self._track = step.track
        self._booked_at = self._booked_at or step.track
        self._amount_milli += step.booked_milli
        # A noisy line is rejected again and again: once an interval tells it.
        told = self._kinds & {CorrectionKind.REJECTED}
        self._kinds |= {change.kind for change in step.changes}
        return tuple(change for change in step.changes if change.kind not in told)

    def close(
        self, start: datetime, edge: datetime, tolerance: timedelta
    ) -> Amount | None:
        """Book up to ``edge``, unless the counter was not read near it."""
        if self._track is None or self._track.read_at < edge - tolerance:
            return None
        if self._booked_until > edge + _CLOCK_ERROR:
            self._booked_until = start
        if self._booked_until >= edge:
            return None
        amount = Amount(
            start=self._booked_until,
            amount_milli=self._amount_milli,
            quality=self._quality(start),
        )
        self._booked_until = edge
        self._booked_at = self._track
        self._amount_milli = 0
        self._kinds = set()
        self._is_stored = False
        self._is_whole = True
        return amount

    def unstored_state(self, device_id: int, quantity: str) -> CounterState | None:
        """The state to write: after each booking, and after the first sight."""
        if self._booked_at is None or self._is_stored:
            return None
        self._is_stored = True
        return CounterState(
            device_id=device_id,
            quantity=quantity,
            value_milli=self._booked_at.value_milli,
            read_at=self._booked_at.read_at,
            booked_until=self._booked_until,
        )

    def _is_repeated(self, reading: Reading) -> bool:
        if self._track is None:
            return False
        last = (self._track.candidate or self._track).read_at
        return timedelta() <= last - reading.read_at < _CLOCK_ERROR

    def _quality(self, start: datetime) -> Quality:
        if CorrectionKind.EXCHANGE in self._kinds:
            return Quality.EXCHANGED
        if self._booked_until < start:
            return Quality.RECOVERED
        if CorrectionKind.RESET in self._kinds or not self._is_whole:
            return Quality.PARTIAL
        return Quality.COMPLETE
