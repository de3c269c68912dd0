"""Closes intervals at the edges of the clock (S113) and books what was counted.

The gateway's schedule reads all counters at each edge, so the reading that ends an
interval comes a few seconds after the edge. An amount is booked only when its
counter was read near the edge; otherwise it waits, and is booked once as one
*recovered* sample over the whole gap.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from ..bus.readings import DeviceReport
from ..errors import ConfigurationError
from ..quantities import Quantity
from ..timegrid import sample_start
from .device import DeviceAccumulator
from .limits import hourly_limit_milli
from .samples import Booking, CounterState
from .stuck import DEFAULT_RULE, StuckRule

_TOLERANCE: Final = timedelta(seconds=90)

type RatingOf = Callable[[int], int | None]
"""Rated power in W of a device's metering point, by its number."""


class Accumulator:
    """Turns the reports of a site's devices into samples on the sample grid."""

    def __init__(
        self,
        *,
        length: timedelta,
        zone: ZoneInfo,
        states: Iterable[CounterState] = (),
        rating_of: RatingOf = lambda _: None,
        stuck_rule: StuckRule = DEFAULT_RULE,
    ) -> None:
        """Continue from the counter ``states`` that were written last.

        ``length`` is one of `timegrid.SAMPLE_LENGTHS`.
        """
        self._stuck_rule = stuck_rule
        self._length = length
        self._zone = zone
        self._rating_of = rating_of
        self._tolerance = min(_TOLERANCE, length / 2)
        self._devices: dict[int, DeviceAccumulator] = {}
        self._edge: datetime | None = None
        self._ready: list[Booking] = []
        for state in states:
            self._device(state.device_id).restore(state, self._tolerance)

    def observe(self, report: DeviceReport) -> None:
        """Take a device's report; ``report.at`` moves on from one to the next."""
        if self._edge is None:
            self._edge = self._next_edge(report.at)
        elif report.at > self._edge + self._tolerance:
            # Nobody closed the interval in time; its readings end here.
            for _ in self.closing(self._edge):
                pass
            self._edge = self._next_edge(report.at - self._tolerance)
        if report.readings:
            interval_start = sample_start(
                self._edge - timedelta(microseconds=1), self._length, self._zone
            )
            self._device(report.device_id).observe(
                report.readings, interval_start, interval_start + self._tolerance
            )

    def exchange(
        self,
        device_id: int,
        quantity: str,
        old_end_milli: int,
        new_start_milli: int,
        at: datetime,
    ) -> None:
        """Book what the old and the new meter of a device counted unread.

        Raises ConfigurationError ``counter_unknown`` or ``exchange_end_implausible``.
        """
        device = self._devices.get(device_id)
        if device is None:
            raise ConfigurationError(
                "counter_unknown", field="quantity", quantity=quantity
            )
        device.exchange(quantity, old_end_milli, new_start_milli, at)

    @property
    def stuck(self) -> frozenset[tuple[int, str]]:
        """Counters that stand still although power flows, by device and quantity."""
        return frozenset(
            (device_id, quantity)
            for device_id, device in self._devices.items()
            for quantity in device.stuck
        )

    def closing(self, edge: datetime) -> Iterator[None]:
        """End the interval at ``edge``, a device a step; `close` then hands it over.

        Readings may be observed between the steps: they belong to the interval that
        has begun, or end the old one of a device whose step is still to come.
        """
        if self._edge is None or edge < self._edge:
            return
        start = sample_start(edge - timedelta(microseconds=1), self._length, self._zone)
        self._edge = self._next_edge(edge)
        for device in list(self._devices.values()):
            if booking := device.close(start, edge, self._tolerance):
                self._ready.append(booking)
            yield

    def close(self, edge: datetime) -> Booking:
        """End the interval at ``edge`` and hand over everything not yet handed over."""
        for _ in self.closing(edge):
            pass
        ready, self._ready = self._ready, []
        return _joined(ready)

    def changes(self, device_id: int) -> Booking:
        """Hand over what a counter of a device did beside counting, to store at once.

        Who begins anew from it books the open interval as if nothing had happened.
        """
        device = self._devices.get(device_id)
        # What a closed interval says of a counter is older and must be stored before.
        if device is None or self._ready:
            return Booking()
        return device.changes()

    def keep(self) -> Booking:
        """Hand over everything not yet handed over, before the open interval ends.

        Who begins anew from it misses nothing that a counter has shown.
        """
        ready, self._ready = self._ready, []
        return _joined([*ready, *(device.keep() for device in self._devices.values())])

    def _next_edge(self, instant: datetime) -> datetime:
        start = sample_start(instant, self._length, self._zone)
        return sample_start(start + self._length, self._length, self._zone)

    def _device(self, device_id: int) -> DeviceAccumulator:
        if device_id not in self._devices:
            rating = self._rating_of(device_id)

            def limit_of(quantity: Quantity) -> int:
                return hourly_limit_milli(quantity, rating)

            self._devices[device_id] = DeviceAccumulator(
                device_id, limit_of, self._stuck_rule
            )
        return self._devices[device_id]


def _joined(bookings: Sequence[Booking]) -> Booking:
    return Booking(
        samples=tuple(s for booking in bookings for s in booking.samples),
        counter_states=tuple(s for b in bookings for s in b.counter_states),
        corrections=tuple(c for b in bookings for c in b.corrections),
    )
