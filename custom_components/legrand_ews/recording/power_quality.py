"""Has the power quality of a site checked when a week is over (S88)."""

import asyncio
from collections.abc import Callable
from datetime import datetime
import logging

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.dispatcher import async_dispatcher_connect
from homeassistant.util import dt as dt_util

from ..ews.errors import ArchiveError
from ..ews.model import Installation
from ..ews.power_quality import WeekCheck, eq_devices, last_week
from ..ews.site import Site
from ..ews.timegrid import Span
from .sampler import sample_end

_LOGGER = logging.getLogger(__name__)

type Listener = Callable[[WeekCheck], None]


class PowerQuality:
    """The last check of every power-quality device, and the next one at its time.

    A week is checked after the end of its last interval was archived; weeks that ended
    while Home Assistant was off are checked when the site starts.
    """

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry,
        installation: Installation,
        site: Site,
    ) -> None:
        """Know nothing yet of the power-quality devices of a site."""
        self._hass = hass
        self._entry = entry
        self._zone = installation.zone
        self._site = site
        self._checking = asyncio.Lock()
        self._checked: Span | None = None
        self._latest: dict[int, WeekCheck] = {}
        self._listeners: list[Listener] = []
        self.devices = frozenset(eq_devices(installation))

    def latest(self, device_id: int) -> WeekCheck | None:
        """What the last week of a device was; None before its first check."""
        return self._latest.get(device_id)

    @callback
    def async_add_listener(self, listener: Listener) -> CALLBACK_TYPE:
        """Have ``listener`` told of every new check; return what ends that."""
        self._listeners.append(listener)

        @callback
        def remove() -> None:
            self._listeners.remove(listener)

        return remove

    async def async_start(self) -> None:
        """Recall what earlier weeks were, before the entities that show it are made."""
        if not self.devices:
            return
        try:
            past = await self._hass.async_add_executor_job(
                self._site.past_power_quality
            )
        except ArchiveError as error:
            _LOGGER.debug("Earlier checks of the power quality: %s", error)
            past = ()
        self._latest = {check.device_id: check for check in past}
        self._entry.async_on_unload(
            async_dispatcher_connect(
                self._hass, sample_end(self._entry.entry_id), self._async_check_soon
            )
        )

    @callback
    def async_make_up(self) -> None:
        """Check what ended while nobody was there, once its entities are there."""
        if self.devices:
            self._async_check_soon(dt_util.utcnow())

    @callback
    def _async_check_soon(self, now: datetime) -> None:
        if last_week(now, self._zone) != self._checked:
            _ = self._entry.async_create_background_task(
                self._hass, self._async_check(now), "Power quality"
            )

    async def _async_check(self, now: datetime) -> None:
        """Check what is due; what cannot be done now is tried after the next interval.

        Samples that could not be written yet are waited for.
        """
        week = last_week(now, self._zone)
        async with self._checking:
            if week == self._checked or self._site.recording.waiting:
                return
            try:
                checks = await self._hass.async_add_executor_job(
                    self._site.check_power_quality, now
                )
            except ArchiveError as error:
                _LOGGER.debug("The power quality could not be checked: %s", error)
                return
            self._checked = week
        for check in checks:
            self._latest[check.device_id] = check
            for listener in list(self._listeners):
                listener(check)
