"""Watches the load management for all that show it, tell of it or write it down.

After every step one snapshot is made; entities are called where theirs has changed.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.util import dt as dt_util

from ..archive.upkeep import Upkeep
from ..bus.coordinator import GatewayCoordinator
from ..ews.bus.readings import DeviceReport
from ..ews.charging import Reason
from ..ews.model import Device
from ..ews.site import Site
from .course import Course
from .issues import ChargingIssues
from .management import LoadManagement, ManagedStation
from .sentences import Sentences, async_charging_sentences
from .session_log import ChargingSessions
from .snapshot import SiteView, StationView, site_view, station_view

type OnReason = Callable[[Reason, str], None]
"""Told of a reason and its sentence in Home Assistant's language."""

SHORTEST_PAUSE: Final = timedelta(seconds=2)
"""Steps follow the meters more closely than anybody looks; news are told at once."""
SITE: Final = None
"""Stands for the site where a station's number is expected."""


class ChargingWatch:
    """The load management as it is seen from outside.

    ``stations`` and ``site`` are the latest snapshot, ``sessions`` the session log and
    ``course`` what the live view shows.
    """

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry,
        site: Site,
        upkeep: Upkeep,
        coordinators: Mapping[int, GatewayCoordinator],
        management: LoadManagement,
    ) -> None:
        """Look at ``management``; nothing is heard of it before the start."""
        self.management = management
        self.sessions = ChargingSessions(hass, entry, site, upkeep)
        self.course = Course()
        self._issues = ChargingIssues(hass, entry, management)
        self.currency = site.billing.books.currency
        self._hass = hass
        self._coordinators = coordinators
        language = hass.config.language
        self.sentences = Sentences({}, management, self.name_of, language)
        self._listeners: dict[int | None, list[CALLBACK_TYPE]] = {}
        self._reason_listeners: dict[int | None, list[OnReason]] = {}
        self._pages: dict[object, CALLBACK_TYPE] = {}
        self._undo: list[CALLBACK_TYPE] = []
        self._looked_at: datetime | None = None
        self._has_news = False
        self.stations: Mapping[int, StationView] = {}
        self.managed: Mapping[int, ManagedStation] = {}
        self.site: SiteView = site_view(management, {})

    @property
    def is_shown(self) -> bool:
        """Whether there is anything to show: stations, and a limit for them."""
        return self.management.is_set_up and bool(self.managed)

    def name_of(self, number: int) -> str:
        """Name a station; one that is gone by its number."""
        known = self.managed.get(number)
        return str(number) if known is None else known.name

    async def async_start(self) -> None:
        """Take up open sessions, and look from now on after every step."""
        await self.sessions.async_load()
        self.sentences = await self.async_sentences(self._hass.config.language)
        self.async_look()
        self._undo = [
            self.management.async_on_reasons(self._async_reasons),
            self.management.async_add_listener(self._async_stepped),
        ]

    async def async_stop(self) -> None:
        """Look no more; what is to be kept is written."""
        undo, self._undo = self._undo, []
        for each in undo:
            each()
        if undo:
            await self.sessions.async_stop()

    async def async_sentences(self, language: str) -> Sentences:
        """Return what speaks a language of these stations."""
        return await async_charging_sentences(
            self._hass, self.management, self.name_of, language
        )

    @callback
    def async_add_listener(
        self, number: int | None, listener: CALLBACK_TYPE
    ) -> CALLBACK_TYPE:
        """Call ``listener`` when a station is shown differently, or the site."""
        return _added(self._listeners, number, listener)

    @callback
    def async_on_reason(self, number: int | None, listener: OnReason) -> CALLBACK_TYPE:
        """Tell ``listener`` what happens at a station, or at none of them."""
        return _added(self._reason_listeners, number, listener)

    @callback
    def async_add_page(self, look: CALLBACK_TYPE) -> CALLBACK_TYPE:
        """Call ``look`` after every snapshot; return what ends that."""
        key = object()
        self._pages[key] = look

        @callback
        def remove() -> None:
            self._pages.pop(key, None)

        return remove

    @callback
    def async_look(self) -> None:
        """Make the snapshot anew, and call whoever shows what has changed in it."""
        before, site = self.stations, self.site
        now = dt_util.utcnow()
        self._take(now)
        self._issues.async_look(self.managed.values(), self.sentences, now)
        for number, view in self.stations.items():
            known = before.get(number)
            if known is None or known.shown != view.shown:
                self._call(number)
        if site != self.site:
            self._call(SITE)
        for look in list(self._pages.values()):
            look()

    @callback
    def _async_stepped(self) -> None:
        now = dt_util.utcnow()
        last = self._looked_at or now - SHORTEST_PAUSE
        is_soon = timedelta() <= now - last < SHORTEST_PAUSE
        if is_soon and not self._has_news:
            return
        self._looked_at, self._has_news = now, False
        self.course.note(self.management.state, now)
        self.async_look()

    def _take(self, now: datetime) -> None:
        state = self.management.state
        self.managed = self.management.stations
        config = self.management.config
        if config is not None and self._undo:
            sides = {
                number: station.device.side
                if isinstance(station.device, Device)
                else None
                for number, station in self.managed.items()
            }
            self.sessions.async_observe(config, state, self.managed, sides, now)
        wished = self.management.wished
        found = {}
        for number, station in self.managed.items():
            logged = self.sessions.running_at(number)
            cost = None if logged is None else self.sessions.cost_so_far(logged, now)
            report = self._report_of(station)
            wish = None if wished is None else wished.why.get(number)
            found[number] = station_view(station, state, report, logged, cost, wish)
        self.stations = found
        self.site = site_view(self.management, found)

    def _call(self, number: int | None) -> None:
        for listener in list(self._listeners.get(number, ())):
            listener()

    @callback
    def _async_reasons(self, at: datetime, reasons: tuple[Reason, ...]) -> None:
        self.course.tell(at, reasons)
        self._has_news = True
        for reason in reasons:
            for listener in list(self._reason_listeners.get(reason.station_id, ())):
                listener(reason, self.sentences.of_reason(reason))

    def _report_of(self, station: ManagedStation) -> DeviceReport | None:
        device = station.device
        if not isinstance(device, Device):
            return None
        coordinator = self._coordinators.get(device.gateway_id)
        if coordinator is None or not coordinator.last_update_success:
            return None
        return coordinator.report_of(device.id)


def _added[T](
    listeners: dict[int | None, list[T]], number: int | None, listener: T
) -> CALLBACK_TYPE:
    listeners.setdefault(number, []).append(listener)

    @callback
    def remove() -> None:
        listeners[number].remove(listener)

    return remove
