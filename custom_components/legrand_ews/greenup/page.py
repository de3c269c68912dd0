"""An open page about the charging stations; it outlives a reload of its site."""

from collections.abc import Callable
from copy import deepcopy
from datetime import datetime, timedelta
from typing import Any, Final

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.event import async_track_time_interval

from ..queries import running_site
from .sentences import Sentences
from .view import describe_charging
from .watch import ChargingWatch

RENEWAL: Final = timedelta(seconds=10)

type Send = Callable[[dict[str, Any]], None]


class ChargingPage:
    """Sends the answer of ``get_charging`` whenever something in it has changed."""

    def __init__(
        self, hass: HomeAssistant, entry_id: str, language: str, send: Send
    ) -> None:
        """Speak of the site of ``entry_id`` in a language."""
        self._hass = hass
        self._entry_id = entry_id
        self._language = language
        self._send = send
        self._sent: dict[str, Any] | None = None
        self._watch: ChargingWatch | None = None
        self._sentences: Sentences | None = None
        self._leave: CALLBACK_TYPE | None = None
        self._stop: CALLBACK_TYPE | None = None

    async def async_open(self) -> None:
        """Send what is there, and go on."""
        self._stop = async_track_time_interval(self._hass, self._async_renew, RENEWAL)
        await self._async_renew()

    @callback
    def async_close(self) -> None:
        """Send nothing more."""
        if self._stop is not None:
            self._stop()
        self._stop = None
        self._detach()

    async def _async_renew(self, _: datetime | None = None) -> None:
        """Listen to the site as it is loaded by now."""
        entry = running_site(self._hass, self._entry_id)
        watch = None if entry is None else entry.runtime_data.charging_watch
        if watch is not self._watch:
            self._detach()
            if watch is not None:
                self._sentences = await watch.async_sentences(self._language)
                if self._stop is None:  # closed meanwhile
                    return
                self._leave = watch.async_add_page(self._async_look)
            self._watch = watch
        self._async_look()

    def _detach(self) -> None:
        if self._leave is not None:
            self._leave()
        self._leave = self._watch = None

    @callback
    def _async_look(self) -> None:
        entry = running_site(self._hass, self._entry_id)
        if entry is None or self._sentences is None:
            return
        answer = describe_charging(self._hass, entry, self._sentences)
        lasting = _without_time(answer)
        if lasting != self._sent:
            self._sent = lasting
            self._send(answer)


def _without_time(answer: dict[str, Any]) -> dict[str, Any]:
    """Return an answer without what changes with time alone."""
    found = deepcopy(answer)
    for circuit in found["circuits"]:
        if circuit["meter"] is not None:
            del circuit["meter"]["read_at"]
    for station in found["stations"]:
        if station["session"] is not None:
            del station["session"]["duration_s"]
    return found
