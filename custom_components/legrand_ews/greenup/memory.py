"""The state of the load management on disk: a restart is no new beginning."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.storage import Store

from ..const import DOMAIN
from ..ews.charging import State, decode_state, encode_state
from ..ews.charging.departing import Departure

STORE_VERSION: Final = 1
SAVE_DELAY_S: Final = 2
SAVE_INTERVAL: Final = timedelta(seconds=60)
"""How much of a session's quantity a crash may cost."""


def charging_store(hass: HomeAssistant, entry: ConfigEntry) -> Store[dict[str, Any]]:
    """Return the file of a site's state."""
    return Store(hass, STORE_VERSION, f"{DOMAIN}.{entry.entry_id}.charging")


class Memory:
    """Saves soon what has happened, and from time to time what goes on.

    ``departures`` are by station; ``interrupted`` are the stations whose latest order was
    given up when the site ended, and that were not heard since.
    """

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry) -> None:
        """Use the site's file."""
        self._store = charging_store(hass, entry)
        self.departures: Mapping[int, Departure] = {}
        self.interrupted: set[int] = set()
        self._state = State()
        self._saved_at: datetime | None = None

    async def async_load(self) -> State:
        """Return the state as it was saved last; a new one where there is none."""
        data = await self._store.async_load()
        self._state = decode_state(data)
        self.departures = _departures(data)
        self.interrupted = _interrupted(data)
        return self._state

    @callback
    def async_keep(self, state: State, now: datetime, *, is_news: bool) -> None:
        """Keep a state; it is saved soon with news, else once in a while."""
        self._state = state
        has_session = any(x.session is not None for x in state.stations.values())
        is_due = self._saved_at is None or abs(now - self._saved_at) >= SAVE_INTERVAL
        if is_news or (has_session and is_due):
            self._saved_at = now
            self._store.async_delay_save(self._data, SAVE_DELAY_S)

    async def async_save(self) -> None:
        """Save what is kept, now."""
        await self._store.async_save(self._data())

    def _data(self) -> dict[str, Any]:
        departures = {
            str(number): {"at": x.at.isoformat(), "wanted_wh": x.wanted_wh}
            for number, x in self.departures.items()
        }
        return {
            **encode_state(self._state),
            "departures": departures,
            "interrupted": sorted(self.interrupted),
        }


def _departures(data: Any) -> dict[int, Departure]:
    """Read what was stored; without it vehicles charge as if nothing was said."""
    try:
        return {
            int(number): Departure(
                at=datetime.fromisoformat(x["at"]), wanted_wh=int(x["wanted_wh"])
            )
            for number, x in data["departures"].items()
        }
    except AttributeError, KeyError, TypeError, ValueError:
        return {}


def _interrupted(data: Any) -> set[int]:
    """Read what was stored; without it stations are believed to have heard."""
    try:
        return {int(number) for number in data["interrupted"]}
    except KeyError, TypeError, ValueError:
        return set()
