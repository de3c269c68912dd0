"""Bookings on their way to the archive; none is lost while it cannot be written."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from threading import Lock
from typing import Final

from ..errors import ArchiveError
from ..metering import Booking, Quality, Sample, StateChange
from .database import Archive
from .spool import Numbers, Spool

MAX_PENDING: Final = 144
"""Intervals that wait one by one: a day of ten minutes. What is older is merged."""
MAX_PENDING_STATES: Final = 20_000
"""Changes of states that wait; then the oldest are given up."""


@dataclass(slots=True)
class _Waiting:
    """A booking, the first and last interval in it, and whether a file holds it."""

    numbers: Numbers
    booking: Booking
    is_saved: bool = False


class PendingWrites:
    """Hands bookings to the archive in order, and keeps those that it refused.

    What was refused goes into the archive's `Spool` as well, if it has one.
    """

    def __init__(self, archive: Archive) -> None:
        """Start with nothing to write."""
        self._archive = archive
        self._spool = None if archive.spool is None else Spool(archive.spool)
        self._waiting: deque[_Waiting] = deque()
        self._next = 0
        self._states: deque[StateChange] = deque(maxlen=MAX_PENDING_STATES)
        self._lock = Lock()
        self._write_lock = Lock()

    @property
    def waiting(self) -> int:
        """Number of samples that wait."""
        with self._lock:
            return sum(len(one.booking.samples) for one in self._waiting)

    def recover(self) -> None:
        """Write what an earlier process could not; to be called before anything else.

        Raises ArchiveError; then everything waits.
        """
        if self._spool is not None:
            with self._lock:
                known = {one.numbers for one in self._waiting}
                found = [
                    _Waiting(numbers, booking, is_saved=True)
                    for numbers, booking in self._spool.load()
                    if numbers not in known
                ]
                self._waiting.extendleft(reversed(found))
                lasts = [one.numbers[1] + 1 for one in found]
                self._next = max((self._next, *lasts))
        self.write()

    def add(self, booking: Booking) -> None:
        """Queue a booking; never blocks for long, so the event loop may call it."""
        if not booking:
            return
        with self._lock:
            if self._waiting and not booking.samples:
                # No interval of its own: it goes with the one before.
                last = self._waiting[-1]
                last.booking = _after(last.booking, booking)
                last.is_saved = False
                return
            self._waiting.append(_Waiting((self._next, self._next), booking))
            self._next += 1
            if len(self._waiting) > MAX_PENDING:
                oldest, second = self._waiting.popleft(), self._waiting.popleft()
                self._waiting.appendleft(
                    _Waiting(
                        (oldest.numbers[0], second.numbers[1]),
                        _merged(oldest.booking, second.booking),
                    )
                )

    def add_states(self, changes: Iterable[StateChange]) -> None:
        """Queue changes of states; never blocks for long."""
        with self._lock:
            self._states.extend(changes)

    def move_to(self, archive: Archive) -> None:
        """Write into another archive from now on; what waits comes along."""
        with self._write_lock, self._lock:
            before = self._spool
            self._archive = archive
            self._spool = None if archive.spool is None else Spool(archive.spool)
            for one in self._waiting:
                one.is_saved = False
                if before is not None:
                    before.drop(one.numbers)

    def write(self) -> None:
        """Write everything that waits, each booking in a transaction (blocking).

        Raises ArchiveError; what was not written waits for the next call.
        """
        with self._write_lock:
            while one := self._take():
                booking = one.booking
                try:
                    self._archive.write(
                        booking.samples,
                        booking.counter_states,
                        booking.corrections,
                        booking.harmonics,
                    )
                except ArchiveError:
                    with self._lock:
                        self._waiting.appendleft(one)
                    self._save()
                    raise
                if self._spool is not None:
                    self._spool.drop(one.numbers)
            self._write_states()

    def _write_states(self) -> None:
        with self._lock:
            changes = list(self._states)
            self._states.clear()
        if not changes:
            return
        try:
            self._archive.write_states(changes)
        except ArchiveError:
            with self._lock:
                self._states.extendleft(reversed(changes))
            raise

    def _take(self) -> _Waiting | None:
        with self._lock:
            return self._waiting.popleft() if self._waiting else None

    def _save(self) -> None:
        """Put what waits into files; a disk that is full leaves it in memory."""
        if self._spool is None:
            return
        with self._lock:
            unsaved = [one for one in self._waiting if not one.is_saved]
        for one in unsaved:
            booking = one.booking
            try:
                self._spool.save(one.numbers, booking)
            except OSError:
                return
            # Something may have been added to it meanwhile.
            one.is_saved = one.booking is booking
            self._spool.drop_parts(one.numbers)


def _merged(first: Booking, second: Booking) -> Booking:
    """One booking over both intervals: every amount, but no statistics or harmonics."""
    return Booking(
        samples=tuple(_joined((*first.samples, *second.samples))),
        counter_states=(*first.counter_states, *second.counter_states),
        corrections=(*first.corrections, *second.corrections),
    )


def _after(first: Booking, second: Booking) -> Booking:
    """One booking of the samples of the first, and what both tell beside them."""
    return Booking(
        samples=first.samples,
        counter_states=(*first.counter_states, *second.counter_states),
        corrections=(*first.corrections, *second.corrections),
        harmonics=(*first.harmonics, *second.harmonics),
    )


def _joined(samples: Iterable[Sample]) -> Iterable[Sample]:
    """Join the samples of a device that follow on one another and hold the same."""
    open_ones: dict[tuple[int, frozenset[str]], Sample] = {}
    for sample in samples:
        if not sample.amounts_milli:
            continue
        key = (sample.device_id, frozenset(sample.amounts_milli))
        earlier = open_ones.get(key)
        if earlier is None:
            open_ones[key] = _bare(sample)
        elif earlier.end == sample.start:
            open_ones[key] = _sum(earlier, sample)
        else:
            yield earlier
            open_ones[key] = _bare(sample)
    yield from open_ones.values()


def _bare(sample: Sample) -> Sample:
    return Sample(
        device_id=sample.device_id,
        start=sample.start,
        length=sample.length,
        amounts_milli=sample.amounts_milli,
        quality=sample.quality,
    )


def _sum(earlier: Sample, later: Sample) -> Sample:
    return Sample(
        device_id=earlier.device_id,
        start=earlier.start,
        length=earlier.length + later.length,
        amounts_milli={
            quantity: amount + later.amounts_milli[quantity]
            for quantity, amount in earlier.amounts_milli.items()
        },
        quality=Quality.RECOVERED,
    )
