"""Listens whether an idle bus is still there, before anything falls due on it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from ..errors import DeviceRefusedError, DeviceSilentError
from .health import Health
from .traffic import Traffic

HEARTBEAT: Final = timedelta(seconds=10)
"""After so long without a reply one register is read: 0.3 % of a bus at most."""


class Listener:
    """Asks one device of a bus that nothing was heard of lately; instants in UTC.

    Devices are asked in turn. Whoever leaves it unanswered has the next one asked at
    once; two in a row make the bus suspect, and then everybody is asked.
    """

    def __init__(
        self, health: Health, traffic: Traffic, clock: Callable[[], datetime]
    ) -> None:
        """Listen on the line that ``traffic`` counts."""
        self._health = health
        self._traffic = traffic
        self._clock = clock
        self._listened_at: datetime | None = None

    def due_in(self) -> timedelta | None:
        """Return how long to wait before listening; None while nobody answers."""
        heard_at = self._traffic.heard_at
        if heard_at is None or not self._health.live:
            return None
        last = max(heard_at, self._listened_at or heard_at)
        return max(last + HEARTBEAT - self._clock(), timedelta())

    async def listen(self, now: Callable[[], datetime]) -> None:
        """Ask until somebody answers; raises GatewayUnreachableError."""
        if self.due_in() != timedelta():
            return
        self._listened_at = self._clock()
        for terminal in sorted(self._health.live, key=lambda t: t.waiting_since):
            terminal.tried_at = now()
            try:
                await terminal.reader.probe()
            except DeviceSilentError as error:
                await self._health.fell_silent(terminal, error, now())
            except DeviceRefusedError:
                # Busy, or garbled on the way: the bus is there.
                return
            else:
                self._health.heard()
                return
            if self._health.is_suspect:
                return
