"""What today, this month and this year cost so far, after every interval."""

from collections.abc import Callable, Mapping
from datetime import datetime
import logging

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.dispatcher import async_dispatcher_connect
from homeassistant.util import dt as dt_util

from .ews.billing import CostsSoFar
from .ews.errors import ArchiveError
from .ews.quantities import Fluid
from .ews.site import Site
from .sampler import sample_end

_LOGGER = logging.getLogger(__name__)


class CostWatch:
    """The latest costs of a site; listeners are called when there are new ones.

    Nothing is computed while nobody listens.
    """

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry, site: Site) -> None:
        """Ask ``site``."""
        self._hass = hass
        self._entry = entry
        self._site = site
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
            self._hass, self.async_refresh(), f"Costs of {self._entry.title}"
        )

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

    async def _async_sampled(self, _: datetime) -> None:
        await self.async_refresh()
