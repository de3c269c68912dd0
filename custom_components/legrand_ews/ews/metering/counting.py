"""One counter of one device: its course and what waits to be booked."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from ..bus.readings import Reading
from ..errors import ConfigurationError
from .counters import (
    Change,
    CorrectionKind,
    CounterReading,
    CounterTrack,
    advance,
)
from .open_count import Guess, OpenCount
from .samples import CounterState, Quality, to_milli

_SECOND: Final = timedelta(seconds=1)
_SAME_EXCHANGE: Final = timedelta(days=1)
"""A meter is not exchanged twice in a day: what was found then is what is told."""
_BREAKS: Final = frozenset({CorrectionKind.RESET, CorrectionKind.EXCHANGE})
_LARGEST_READING: Final = Decimal(10) ** 15
_CLOCK_ERROR: Final = timedelta(days=1)
"""A reading or booking that far in the future was made with a wrong clock."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """What a counter has counted from ``start`` to the edge, in thousandths."""

    start: datetime
    amount_milli: int
    quality: Quality


@dataclass(frozen=True, slots=True, kw_only=True)
class _Exchange:
    """How the user's word of an exchange can be taken.

    The old meter showed ``before_milli`` last, ``unread`` before its end; the new one
    has counted ``counted_milli`` that is not booked yet.
    """

    before_milli: int
    unread: timedelta
    counted_milli: int
    believed: CounterTrack


def exchange_reading(field: str, value: Decimal) -> int:
    """Return a reading that a user has entered, in thousandths.

    Raises ConfigurationError ``counter_value_invalid`` on its ``field``.
    """
    if not value.is_finite() or not 0 <= value < _LARGEST_READING:
        raise ConfigurationError("counter_value_invalid", field=field, value=value)
    return to_milli(value)


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
        self._guess: Guess | None = None

    @property
    def booked_until(self) -> datetime:
        """Edge up to which everything counted has been booked."""
        return self._booked_until

    def restore(self, state: CounterState, tolerance: timedelta) -> None:
        """Continue from where the counter was booked last, or seen first."""
        self._booked_at = CounterTrack(
            value_milli=state.value_milli, read_at=state.read_at
        )
        self._track = self._booked_at
        if (count := state.open_count) is not None:
            self._track = count.track
            self._amount_milli = count.amount_milli
            self._kinds = set(count.kinds)
            self._guess = count.guess
        self._booked_until = state.booked_until
        self._is_stored = True
        self._is_whole = state.read_at <= state.booked_until + tolerance

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
        self._is_stored = False
        for change in step.changes:
            if change.kind in _BREAKS:
                self._guess = Guess(change=change, at=reading.read_at)
        # A noisy line is rejected again and again: once an interval tells it.
        told = self._kinds & {CorrectionKind.REJECTED}
        self._kinds |= {change.kind for change in step.changes}
        return tuple(change for change in step.changes if change.kind not in told)

    def exchange(
        self, quantity: str, old_end_milli: int, new_start_milli: int, at: datetime
    ) -> Change:
        """Take the user's word for an exchange of the meter at ``at``.

        Books what the old meter counted to its end and the new one from its start,
        as far as no reading has shown it, whether or not the new one has been read.
        Raises ConfigurationError where nothing is known of the old one, or where it
        cannot have counted so much since it was read.
        """
        track = self._track
        if track is None:
            raise ConfigurationError(
                "counter_unknown", field="quantity", quantity=quantity
            )
        told = list(self._understood(track, new_start_milli, at))
        for one in told:
            missed = old_end_milli - one.before_milli
            booked = missed + one.counted_milli
            if 0 <= missed <= self._allowed(one.unread) and booked >= 0:
                break
        else:
            raise ConfigurationError(
                "exchange_end_implausible",
                field="old_end",
                last=_shown(told[0].before_milli),
                value=_shown(old_end_milli),
            )
        self._track = one.believed
        self._guess = None
        self._amount_milli += booked
        self._is_stored = False
        self._kinds.add(CorrectionKind.EXCHANGE)
        return Change(
            kind=CorrectionKind.EXCHANGE,
            before_milli=one.before_milli,
            after_milli=new_start_milli,
            booked_milli=booked,
        )

    def _understood(
        self, track: CounterTrack, new_start_milli: int, at: datetime
    ) -> Iterator[_Exchange]:
        """What a user may mean, the likeliest first."""
        if self._guess is not None and at <= self._guess.at + _SAME_EXCHANGE:
            # The new meter has been believed already: only what is missing.
            found = self._guess.change
            yield _Exchange(
                before_milli=found.before_milli,
                unread=_SAME_EXCHANGE,
                counted_milli=found.after_milli - new_start_milli - found.booked_milli,
                believed=track,
            )
        unread = at - track.read_at
        if (seen := track.candidate) is not None:
            since_start = seen.value_milli - new_start_milli
            if 0 <= since_start <= self._allowed(seen.read_at - track.read_at):
                yield _Exchange(
                    before_milli=track.value_milli,
                    unread=unread,
                    counted_milli=since_start,
                    believed=CounterTrack(
                        value_milli=seen.value_milli, read_at=seen.read_at
                    ),
                )
        yield _Exchange(
            before_milli=track.value_milli,
            unread=unread,
            counted_milli=0,
            believed=CounterTrack(
                value_milli=new_start_milli, read_at=max(at, track.read_at)
            ),
        )

    def _allowed(self, span: timedelta) -> int:
        passed = max(span, timedelta()) + timedelta(hours=1)
        return self._limit_milli * (passed // _SECOND) // 3600

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
        """The state to write, unless nothing was read or told since the last one."""
        if self._booked_at is None or self._is_stored:
            return None
        self._is_stored = True
        return CounterState(
            device_id=device_id,
            quantity=quantity,
            value_milli=self._booked_at.value_milli,
            read_at=self._booked_at.read_at,
            booked_until=self._booked_until,
            open_count=self._open_count(self._booked_at),
        )

    def _open_count(self, booked_at: CounterTrack) -> OpenCount | None:
        """What was read, found or told since it was booked; None for nothing."""
        track = self._track or booked_at
        is_plain = not self._kinds and self._guess is None and track.candidate is None
        if is_plain and track == booked_at:
            return None
        return OpenCount(
            track=track,
            amount_milli=self._amount_milli,
            kinds=frozenset(self._kinds),
            guess=self._guess,
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


def _shown(milli: int) -> str:
    return f"{(Decimal(milli) / 1000).normalize():f}"
