"""What is measured, on its way from the readings into the archive."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from .archive import Archive, PendingWrites
from .bus.readings import DeviceReport
from .metering import Accumulator, Booking, Sample, StateWatch, exchange_reading


class Recording:
    """Makes samples of readings; they wait until `write` stores them.

    `begin`, `move_to` and `write` block, the rest does not. Intervals are ``length``
    long and aligned to the wall clock of ``zone``; ``rating_of`` tells the rated power
    of a device in watts.
    """

    def __init__(
        self,
        archive: Archive,
        *,
        length: timedelta,
        zone: ZoneInfo,
        rating_of: Callable[[int], int | None],
    ) -> None:
        """Write into ``archive``."""
        self._archive = archive
        self._length = length
        self._zone = zone
        self._rating_of = rating_of
        self._pending = PendingWrites(archive)
        self._states = StateWatch()
        self._accumulator = self._new_accumulator()

    def begin(self) -> None:
        """Go on where the archive ends, with what an earlier run has left waiting."""
        self._pending.recover()
        self._accumulator = self._new_accumulator()

    def move_to(self, archive: Archive) -> None:
        """Write into another archive from now on, with all that waits."""
        self._pending.move_to(archive)
        self._archive = archive

    def observe(self, report: DeviceReport) -> bool:
        """Take a device's report into the open interval.

        Returns whether a counter did anything beside counting, or a breaker, contact
        or station changed its state: `write` should store it now, so that not even a
        power cut can hide it.
        """
        self._accumulator.observe(report)
        states = self._states.observe(report)
        self._pending.add_states(states.changes)
        return self._take_changes(report.device_id) or states.is_news

    def closing_interval(self, edge: datetime) -> Iterator[None]:
        """End the interval at ``edge`` in steps, before `close_interval` collects it.

        A long list of devices need not be closed in one go; `observe` may come between.
        """
        return self._accumulator.closing(edge)

    def close_interval(self, edge: datetime) -> tuple[Sample, ...]:
        """End the interval at ``edge``; its samples wait for `write`."""
        booking = self._accumulator.close(edge)
        self._pending.add(booking)
        return booking.samples

    def take_harmonics(self, booking: Booking) -> None:
        """Let `write` store harmonics that were read."""
        self._pending.add(booking)

    def keep_counters(self) -> None:
        """Let `write` store where the open interval stands: the site ends."""
        self._pending.add(self._accumulator.keep())

    def exchange_meter(
        self,
        device_id: int,
        quantity: str,
        old_end: Decimal,
        new_start: Decimal,
        at: datetime,
    ) -> None:
        """Answer the action ``record_meter_exchange``: readings in Wh, dm³ ...

        The open interval gets what the old meter counted to its end and the new one
        from its start, is marked *exchanged*, and the correction journal tells it;
        `write` should store that now. ``at`` is no later than now. Raises
        ConfigurationError ``counter_unknown``, ``counter_value_invalid`` or
        ``exchange_end_implausible``.
        """
        end_milli = exchange_reading("old_end", old_end)
        start_milli = exchange_reading("new_start", new_start)
        self._accumulator.exchange(device_id, quantity, end_milli, start_milli, at)
        self._take_changes(device_id)

    @property
    def stuck_counters(self) -> frozenset[tuple[int, str]]:
        """Counters that stand still although power flows: device and quantity."""
        return self._accumulator.stuck

    def write(self) -> None:
        """Write what waits; what the archive refuses goes on waiting.

        Raises ArchiveError.
        """
        self._pending.write()

    @property
    def waiting(self) -> int:
        """Number of samples that wait to be written."""
        return self._pending.waiting

    def _take_changes(self, device_id: int) -> bool:
        changes = self._accumulator.changes(device_id)
        self._pending.add(changes)
        return bool(changes)

    def _new_accumulator(self) -> Accumulator:
        return Accumulator(
            length=self._length,
            zone=self._zone,
            states=self._archive.counter_states() if self._archive.is_open else (),
            rating_of=self._rating_of,
        )
