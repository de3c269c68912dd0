"""The log of charging sessions on disk, and what the open ones cost so far."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
import logging
from typing import Any, Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.event import async_call_later
from homeassistant.helpers.storage import Store

from ..archive.upkeep import Upkeep
from ..const import DOMAIN
from ..ews.billing import cost_text
from ..ews.charging import ChargingConfig, State
from ..ews.charging.sessions import SessionLog
from ..ews.errors import ArchiveError
from ..ews.metering.charged import ChargedSession
from ..ews.site import Site
from .management import ManagedStation

_LOGGER = logging.getLogger(__name__)

STORE_VERSION: Final = 1
SAVE_DELAY_S: Final = 2
SAVE_INTERVAL: Final = timedelta(minutes=1)
"""How much of an open session a crash may cost."""
RETRY: Final = timedelta(minutes=1)
COST_INTERVAL: Final = timedelta(minutes=1)
COST_STEP_MILLI_WH: Final = 100_000


def session_store(hass: HomeAssistant, entry: ConfigEntry) -> Store[dict[str, Any]]:
    """Return the file of a site's sessions that are not in the archive yet."""
    return Store(hass, STORE_VERSION, f"{DOMAIN}.{entry.entry_id}.charging_sessions")


class ChargingSessions:
    """Writes sessions into the archive when they end.

    What the archive refuses waits; what is open outlives a restart.
    """

    def __init__(
        self, hass: HomeAssistant, entry: ConfigEntry, site: Site, upkeep: Upkeep
    ) -> None:
        """Nothing is open yet."""
        self._hass = hass
        self._entry = entry
        self._site = site
        self._upkeep = upkeep
        self._store = session_store(hass, entry)
        self._log = SessionLog()
        self._costs: dict[int, tuple[datetime, int, datetime, str | None]] = {}
        self._cancel: CALLBACK_TYPE | None = None
        self._is_writing = False
        self._saved_at: datetime | None = None

    async def async_load(self) -> None:
        """Go on with what was open when Home Assistant ended."""
        self._log.restore(await self._store.async_load())
        self._async_write_soon()

    @property
    def unsaved(self) -> list[ChargedSession]:
        """Sessions that the archive does not have yet, the open ones included."""
        return [*self._log.waiting, *self._log.running.values()]

    def running_at(self, number: int) -> ChargedSession | None:
        """The open session of a station."""
        return self._log.running_at(number)

    @callback
    def async_observe(
        self,
        config: ChargingConfig,
        state: State,
        stations: Mapping[int, ManagedStation],
        sides: Mapping[int, int | None],
        now: datetime,
    ) -> None:
        """Take in the outcome of a step."""
        counters = {
            number: station.energy_milli_wh
            for number, station in stations.items()
            if station.energy_milli_wh is not None
        }
        ended = self._log.observe(config, state, counters, sides, now)
        if ended:
            self._async_write_soon()
        # A delay that is asked for anew begins anew: asked every time, it would not end.
        is_due = self._saved_at is None or abs(now - self._saved_at) >= SAVE_INTERVAL
        if ended or (is_due and self._log.has_running):
            self._saved_at = now
            self._store.async_delay_save(self._log.as_data, SAVE_DELAY_S)

    def cost_so_far(self, session: ChargedSession, now: datetime) -> str | None:
        """Return what an open session has cost, at most a minute or 0.1 kWh ago."""
        known = self._costs.get(session.device_id)
        mark = session.start, session.energy_milli_wh // COST_STEP_MILLI_WH
        is_recent = known is not None and abs(now - known[2]) < COST_INTERVAL
        if known is not None and known[:2] == mark and is_recent:
            return known[3]
        cost = cost_text(self._site.charged.priced(session).cost)
        self._costs[session.device_id] = *mark, now, cost
        return cost

    async def async_stop(self) -> None:
        """Write what can be written; the rest is kept for the next start."""
        if self._cancel is not None:
            self._cancel()
            self._cancel = None
        await self._async_write()
        await self._store.async_save(self._log.as_data())

    @callback
    def _async_write_soon(self, now: datetime | None = None) -> None:
        if self._log.waiting and not self._is_writing:
            _ = self._entry.async_create_background_task(
                self._hass, self._async_write(), "Charging sessions"
            )

    async def _async_write(self) -> None:
        sessions = self._log.waiting
        if not sessions or self._is_writing:
            return
        self._is_writing = True
        try:
            await self._upkeep.async_run(partial(self._site.charged.keep, sessions))
        except ArchiveError as error:
            _LOGGER.debug("Charging sessions wait to be stored: %s", error)
            self._cancel = async_call_later(self._hass, RETRY, self._async_write_soon)
            return
        finally:
            self._is_writing = False
        self._log.stored(sessions)
        self._store.async_delay_save(self._log.as_data, SAVE_DELAY_S)
        self._async_write_soon()
