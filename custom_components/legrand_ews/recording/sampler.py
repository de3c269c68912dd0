"""The tick of the recording interval, aligned to the clock (S113)."""

import asyncio
from collections.abc import Collection
from datetime import datetime, timedelta
import logging
from typing import Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.dispatcher import async_dispatcher_send
from homeassistant.helpers.event import async_track_point_in_utc_time
from homeassistant.util import dt as dt_util
from homeassistant.util.signal_type import SignalType

from ..bus.coordinator import GatewayCoordinator
from ..const import DOMAIN
from ..ews.errors import ArchiveError
from ..ews.model import Installation
from ..ews.site import Site
from ..ews.timegrid import sample_start
from ..pace import pace_of
from ..repairs import (
    async_clear_write_failure,
    async_report_write_failure,
    async_update_stuck,
)
from .totals import Totals

_LOGGER = logging.getLogger(__name__)

LONGEST_GRACE: Final = timedelta(seconds=45)
"""How long the end of an interval waits for a slow bus."""
RETRY_DELAY: Final = timedelta(minutes=1)


def sample_end(entry_id: str) -> SignalType[datetime]:
    """Return the signal that tells the end of every archived interval of a site.

    A signal and no callback of the sampler: open pages stay subscribed while the site
    is reloaded.
    """
    return SignalType(f"{DOMAIN}_sample_end_{entry_id}")


class Sampler:
    """Closes an interval at every edge of the sample grid and has it archived.

    At an edge all counters are asked for; the interval is closed when they came, or
    after a grace time, with those that did. What cannot be written is kept and tried
    again every minute.
    """

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry,
        installation: Installation,
        site: Site,
        totals: Totals,
        coordinators: Collection[GatewayCoordinator],
    ) -> None:
        """Sample the devices behind ``coordinators`` into the archive of ``site``."""
        self._hass = hass
        self._entry = entry
        self._length = installation.sample_length
        self._zone = installation.zone
        self._site = site
        self._totals = totals
        self._coordinators = coordinators
        self._grace = min(LONGEST_GRACE, self._length / 4)
        self._writing = asyncio.Lock()
        self._cancel_tick: CALLBACK_TYPE | None = None
        self._cancel_retry: CALLBACK_TYPE | None = None
        self._closing: asyncio.Task[None] | None = None
        self._stopping = asyncio.Event()
        self._holds = 0
        self.last_edge: datetime | None = None

    @callback
    def async_start(self) -> None:
        """Wait for the next edge; what waited was written as the archive was opened."""
        async_clear_write_failure(self._hass, self._entry)
        self._schedule(dt_util.utcnow())

    async def async_stop(self) -> None:
        """Wait for no more edges, and write what is left.

        An interval whose edge has passed is closed with what has come so far.
        """
        self._stopping.set()
        if self._cancel_tick is not None:
            self._cancel_tick()
            self._cancel_tick = None
        if self._closing is not None:
            await asyncio.wait([self._closing])
        self._site.recording.keep_counters()
        await self.async_write()
        if self._cancel_retry is not None:
            self._cancel_retry()
            self._cancel_retry = None

    @callback
    def async_write_soon(self) -> None:
        """Write what waits without waiting for the edge; a stop writes it anyway."""
        if not self._stopping.is_set():
            _ = self._hass.async_create_task(
                self.async_write(), f"Counters of {self._entry.title}"
            )

    async def async_hold(self) -> None:
        """Let what comes wait in memory from now on; what waited is written before.

        Sampling goes on. Each hold ends with `async_release`; a stop ends all.
        """
        await self.async_write()
        self._holds += 1
        async with self._writing:
            pass

    async def async_release(self) -> None:
        """End a hold; after the last one, what has come meanwhile is written."""
        self._holds -= 1
        if not self._stopping.is_set():
            await self.async_write()

    async def async_write(self) -> None:
        """Write what is waiting; a failure is shown as a repair and tried again."""
        if self._holds and not self._stopping.is_set():
            return
        async with self._writing:
            try:
                await self._hass.async_add_executor_job(self._site.recording.write)
            except ArchiveError as error:
                _LOGGER.debug("Samples could not be written: %s", error)
                async_report_write_failure(
                    self._hass, self._entry, error, self._site.recording.waiting
                )
                self._retry_later()
            else:
                async_clear_write_failure(self._hass, self._entry)

    def _schedule(self, now: datetime) -> None:
        edge = sample_start(now + self._length, self._length, self._zone)
        self._cancel_tick = async_track_point_in_utc_time(
            self._hass, self._async_tick, edge
        )

    @callback
    def _async_tick(self, now: datetime) -> None:
        edge = sample_start(now, self._length, self._zone)
        self._schedule(now)
        if self._closing is not None and not self._closing.done():
            # Only where the executor hangs; the next interval takes over its part.
            _LOGGER.warning("The interval before %s is still being recorded", edge)
            return
        self._closing = self._hass.async_create_task(
            self._async_close(edge), f"Sample of {self._entry.title}"
        )

    async def _async_close(self, edge: datetime) -> None:
        await self._async_read_counters()
        recording = self._site.recording
        async for _ in pace_of(self._hass).each(recording.closing_interval(edge)):
            pass
        samples = recording.close_interval(edge)
        stuck = {device_id for device_id, _ in recording.stuck_counters}
        async_update_stuck(self._hass, self._entry, self._site.installation, stuck)
        self.last_edge = edge
        self._totals.async_add(samples)
        await self.async_write()
        async_dispatcher_send(self._hass, sample_end(self._entry.entry_id), edge)

    async def _async_read_counters(self) -> None:
        """Return when all counters were read, the time is up or the site stops.

        A read that takes longer goes on; what it brings is booked next time.
        """

        def start(coordinator: GatewayCoordinator) -> asyncio.Task[None]:
            return self._entry.async_create_background_task(
                self._hass, coordinator.async_read_counters(), "Read counters"
            )

        async def all_read() -> None:
            if self._coordinators:
                await asyncio.wait([start(x) for x in self._coordinators])

        async def stopping() -> None:
            await self._stopping.wait()

        waits = [asyncio.create_task(all_read()), asyncio.create_task(stopping())]
        await asyncio.wait(
            waits,
            timeout=self._grace.total_seconds(),
            return_when=asyncio.FIRST_COMPLETED,
        )
        for wait in waits:
            wait.cancel()

    def _retry_later(self) -> None:
        @callback
        def retry(now: datetime) -> None:
            self._cancel_retry = None
            _ = self._entry.async_create_background_task(
                self._hass, self.async_write(), "Write samples"
            )

        if self._cancel_retry is None:
            self._cancel_retry = async_track_point_in_utc_time(
                self._hass, retry, dt_util.utcnow() + RETRY_DELAY
            )
