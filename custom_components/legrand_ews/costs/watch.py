"""What today, this month and this year cost so far, after every interval."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import date, datetime
import logging
from threading import Event

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.dispatcher import async_dispatcher_connect
from homeassistant.util import dt as dt_util

from ..archive.upkeep import Upkeep
from ..ews.billing import CostsSoFar
from ..ews.errors import ArchiveError
from ..ews.quantities import Fluid
from ..ews.site import Site
from ..ews.timegrid import local_day
from ..recording.sampler import sample_end

_LOGGER = logging.getLogger(__name__)


class _StoppedError(Exception):
    """The site ends while days are shared out."""


class CostWatch:
    """The latest costs of a site; listeners are called when there are new ones.

    Nothing is computed while nobody listens. Once a day, the days that are over are
    shared out by tariff: answers are right without that, and fast with it.
    """

    def __init__(
        self, hass: HomeAssistant, entry: ConfigEntry, site: Site, upkeep: Upkeep
    ) -> None:
        """Ask ``site``; what is written waits for its turn at ``upkeep``."""
        self._hass = hass
        self._entry = entry
        self._site = site
        self._upkeep = upkeep
        self._stopping = Event()
        self._sharing: asyncio.Task[None] | None = None
        self._shared_on: date | None = None
        self._listeners: list[Callable[[], None]] = []
        self.costs: Mapping[Fluid, CostsSoFar] = {}
        self.at: datetime | None = None

    @callback
    def async_start(self) -> None:
        """Compute in the background, now and after every interval."""
        self._entry.async_on_unload(
            async_dispatcher_connect(
                self._hass, sample_end(self._entry.entry_id), self._async_sampled
            )
        )
        _ = self._entry.async_create_background_task(
            self._hass, self._async_sampled(), f"Costs of {self._entry.title}"
        )

    async def async_stop(self) -> None:
        """End what is going on; nothing begins after that."""
        self._stopping.set()
        if self._sharing is not None:
            await asyncio.wait([self._sharing])

    async def async_refresh(self) -> None:
        """Compute anew; what cannot be read leaves the last costs as they are."""
        if not self._listeners:
            return
        now = dt_util.utcnow()
        try:
            self.costs = await self._hass.async_add_executor_job(
                self._site.billing.costs_so_far, now
            )
        except ArchiveError as error:
            _LOGGER.debug("Costs could not be computed: %s", error)
            return
        self.at = now
        for listener in list(self._listeners):
            listener()

    @callback
    def async_add_listener(self, listener: Callable[[], None]) -> CALLBACK_TYPE:
        """Call ``listener`` after every interval; returns what ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    async def _async_sampled(self, _: datetime | None = None) -> None:
        await self.async_refresh()
        today = local_day(dt_util.utcnow(), self._site.installation.zone)
        has_prices = bool(self._site.billing.books.settings.books)
        if has_prices and today != self._shared_on and not self._stopping.is_set():
            self._shared_on = today
            self._sharing = self._hass.async_create_background_task(
                self._async_share_out(), f"Days of {self._entry.title} by tariff"
            )

    async def _async_share_out(self) -> None:
        def go_on(_: float) -> None:
            if self._stopping.is_set():
                raise _StoppedError

        try:
            await self._upkeep.async_run(lambda: self._site.billing.catch_up(go_on))
        except _StoppedError:
            return
        except ArchiveError as error:
            _LOGGER.debug("Days could not be shared out by tariff: %s", error)
