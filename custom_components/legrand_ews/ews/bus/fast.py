"""Reads a few values over and over, in a task of its own beside the cycle."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from datetime import timedelta
import logging
from types import MappingProxyType
from typing import Final

from .readings import Reading

_LOGGER = logging.getLogger(__name__)

_REST_S: Final = 0.2
"""Until a device that has just failed, or is not known yet, is tried again."""

type Read = Callable[[], Awaitable[Mapping[str, Reading] | None]]
"""Brings the values by quantity; None where there are none now."""
type OnReadings = Callable[[Mapping[str, Reading]], None]


class FastWatch:
    """A running watch: ``readings`` are its latest values, by quantity.

    The next read begins ``interval`` after the last one began, or at once where the
    line took longer. It runs until `stop`.
    """

    def __init__(
        self, read: Read, interval: timedelta, on_readings: OnReadings | None = None
    ) -> None:
        """Begin; ``on_readings`` is called with every new set of values."""
        self.readings: Mapping[str, Reading] = MappingProxyType({})
        self._read = read
        self._interval_s = interval.total_seconds()
        self._on_readings = on_readings
        self._task = asyncio.create_task(self._run(), name="fast watch of a bus")

    async def stop(self) -> None:
        """End the task; a request under way is given up."""
        self._task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task

    async def _run(self) -> None:
        time = asyncio.get_running_loop().time
        while True:
            due = time() + self._interval_s
            readings = await self._read()
            if readings:
                self.readings = readings
                self._tell(readings)
            wait = due - time() if readings else _REST_S
            await asyncio.sleep(max(wait, 0.0))

    def _tell(self, readings: Mapping[str, Reading]) -> None:
        if self._on_readings is None:
            return
        try:
            self._on_readings(readings)
        except Exception:
            # Whoever listens must not end the watch of all others.
            _LOGGER.exception("A fast reading could not be used")
