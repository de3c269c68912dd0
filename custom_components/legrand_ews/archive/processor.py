"""How busy the computer is, for how long, and how late Home Assistant is (S239)."""

from asyncio import TimerHandle
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
import os
from pathlib import Path
from time import process_time
from typing import Final, Self

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.event import async_track_time_interval
from homeassistant.util import dt as dt_util

from ..repairs import async_update_overload

STATISTICS: Final = Path("/proc/stat")
"""Where Linux counts what its processors do, all of them in the first line."""
LOOK_EVERY: Final = timedelta(minutes=1)
TOO_BUSY_PERCENT: Final = 80
TOO_LONG: Final = timedelta(hours=1)
_CALL_EVERY_S: Final = 1.0
_IDLE: Final = (3, 4)
"""Idle, and idle while a disk is waited for."""
_COUNTED: Final = 8
"""Guests, which come after them, are in the first ones already."""


@dataclass(frozen=True, slots=True)
class Ticks:
    """How long processors have been at work and idle since the computer started.

    ``own`` is how long they have been at work for Home Assistant since it started: for
    all of its process, since no integration has a share of its own to be measured.
    """

    busy: int
    total: int
    own: float = 0

    @classmethod
    def read(cls) -> Self | None:
        """Ask the system (blocking); None where it does not tell."""
        try:
            first, *_ = STATISTICS.read_text(encoding="ascii").splitlines()
            name, *words = first.split()
            counts = [int(word) for word in words[:_COUNTED]]
            idle = sum(counts[place] for place in _IDLE)
            own = process_time() * os.sysconf("SC_CLK_TCK")
        except OSError, ValueError, IndexError:
            return None
        return cls(sum(counts) - idle, sum(counts), own) if name == "cpu" else None

    def percent_since(self, before: Self) -> float | None:
        """The share of the time in between that was work, of all processors."""
        return self._share(self.busy - before.busy, before)

    def own_percent_since(self, before: Self) -> float | None:
        """The share of it that was work for Home Assistant."""
        return self._share(self.own - before.own, before)

    def _share(self, worked: float, before: Self) -> float | None:
        total = self.total - before.total
        return 100 * worked / total if total > 0 else None


class _LoopWatch:
    """Asks to be called every second, and notes how late it was at worst."""

    def __init__(self, hass: HomeAssistant) -> None:
        self._loop = hass.loop
        self._call: TimerHandle | None = None
        self._worst_s = 0.0

    @callback
    def async_start(self) -> None:
        self._call = self._loop.call_later(_CALL_EVERY_S, self._called)

    @callback
    def async_stop(self) -> None:
        if self._call is not None:
            self._call.cancel()

    def worst_ms(self) -> float:
        """The longest delay since the last time that this was asked."""
        worst, self._worst_s = self._worst_s, 0.0
        return worst * 1000

    def _called(self) -> None:
        if self._call is not None:
            late_s = self._loop.time() - self._call.when()
            self._worst_s = max(self._worst_s, late_s)
        self.async_start()


class ProcessorWatch:
    """Looks every minute what the processors have done since."""

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry) -> None:
        """Watch for a site; nothing begins before `async_start`."""
        self._hass = hass
        self._entry = entry
        self._before: Ticks | None = None
        self._too_busy_since: datetime | None = None
        self._listeners: list[Callable[[], None]] = []
        self._calls = _LoopWatch(hass)
        self.percent: float | None = None
        self.own_percent: float | None = None
        self.delay_ms: float | None = None

    async def async_start(self) -> None:
        """Look from now on until the site is unloaded."""
        await self._async_look(dt_util.utcnow())
        self.delay_ms = None
        self._calls.async_start()
        self._entry.async_on_unload(self._calls.async_stop)
        self._entry.async_on_unload(
            async_track_time_interval(self._hass, self._async_look, LOOK_EVERY)
        )

    @callback
    def async_add_listener(self, listener: Callable[[], None]) -> CALLBACK_TYPE:
        """Call ``listener`` after every look."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    async def _async_look(self, now: datetime) -> None:
        ticks = await self._hass.async_add_executor_job(Ticks.read)
        before, self._before = self._before, ticks
        self.delay_ms = self._calls.worst_ms()
        self.percent = self.own_percent = None
        if ticks and before:
            self.percent = ticks.percent_since(before)
            self.own_percent = ticks.own_percent_since(before)
        if self.percent is None or self.percent < TOO_BUSY_PERCENT:
            self._too_busy_since = None
        elif self._too_busy_since is None:
            self._too_busy_since = now - LOOK_EVERY
        since = self._too_busy_since
        is_overloaded = since is not None and now - since >= TOO_LONG
        async_update_overload(self._hass, self._entry, is_overloaded=is_overloaded)
        for listener in list(self._listeners):
            listener()
