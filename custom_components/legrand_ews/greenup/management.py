"""The load management of a site: brings readings to the core and carries out orders."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
import logging
from typing import Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.event import async_track_time_interval
from homeassistant.util import dt as dt_util

from ..bus.coordinator import GatewayCoordinator
from ..errors import invalid
from ..ews.catalogue import Catalogue
from ..ews.charging import (
    ChargingConfig,
    Inputs,
    Reason,
    Request,
    State,
    StationReading,
    StationSpec,
    check_config,
    step,
)
from ..ews.charging.settings import (
    PARAMETERS,
    ChargingSettings,
    config_of,
    decode_settings,
    encode_settings,
)
from ..ews.model import Charger, Device, Installation
from ..ews.model.problems import Problem, problem
from .crew import Crew, Member
from .memory import Memory
from .orders import Orders

_LOGGER = logging.getLogger(__name__)

OPTION_CHARGING: Final = "charging"
CONTROL_PERIOD: Final = timedelta(seconds=5)
SHORTEST_PAUSE_S: Final = 0.5
"""Between two steps that readings bring about."""

type OnReasons = Callable[[datetime, tuple[Reason, ...]], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ManagedStation:
    """A station as it is now; one that is not managed is shown all the same.

    ``problem`` says why it is not managed.
    """

    id: int
    name: str
    spec: StationSpec
    device: Device | Charger
    is_greenup: bool
    is_managed: bool
    reading: StationReading | None = None
    energy_milli_wh: int | None = None
    problem: Problem | None = None


class LoadManagement:
    """What a site does about its charging stations; idle where it has none.

    ``state`` is what the latest step has made of everything, ``problems`` is what is
    wrong with the settings or the site. Listeners are called after each step, those of
    reasons with what happened and when. Orders are carried out in a task of their own,
    and no step is made before they are.
    """

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry,
        installation: Installation,
        catalogue: Catalogue,
        coordinators: Mapping[int, GatewayCoordinator],
        settings: ChargingSettings,
    ) -> None:
        """Take the settings; nothing is asked of any station yet."""
        self.settings = settings
        self.config: ChargingConfig | None = None
        self.problems: tuple[Problem, ...] = ()
        self.state = State()
        self._hass = hass
        self._entry = entry
        self._installation = installation
        self._crew = Crew(hass, self.settings, catalogue, coordinators, self._on_news)
        self._orders = Orders(hass, entry, self._on_done)
        self._memory = Memory(hass, entry)
        self._listeners: dict[object, CALLBACK_TYPE] = {}
        self._reason_listeners: dict[object, OnReasons] = {}
        self._requests: list[tuple[int, Request]] = []
        self._refused: frozenset[int] = frozenset()
        self._unfit: Mapping[int, Problem] = {}
        self._specs: tuple[StationSpec, ...] = ()
        self._cancel_tick: CALLBACK_TYPE | None = None
        self._coming: asyncio.TimerHandle | None = None
        self._stepped_at: float | None = None
        self._has_failed = False
        self._take_up()

    @property
    def is_set_up(self) -> bool:
        """Whether there is a main meter, so that anything can be decided."""
        return self.settings.meter is not None

    @property
    def stations(self) -> Mapping[int, ManagedStation]:
        """All stations of the site by number, as they are at this moment."""
        now = dt_util.utcnow()
        return {x.number: self._shown(x, now) for x in self._crew.members.values()}

    @callback
    def async_add_listener(self, listener: CALLBACK_TYPE) -> CALLBACK_TYPE:
        """Call ``listener`` after every step; return what ends that."""
        return _added(self._listeners, listener)

    @callback
    def async_on_reasons(self, listener: OnReasons) -> CALLBACK_TYPE:
        """Call ``listener`` with the reasons of each step that has some."""
        return _added(self._reason_listeners, listener)

    async def async_start(self) -> None:
        """Remember what was, and begin; without stations or meter nothing runs."""
        self.state = await self._memory.async_load()
        if not (self.is_set_up and self._crew.members):
            return
        self._crew.async_start()
        self._cancel_tick = async_track_time_interval(
            self._hass, self._on_tick, CONTROL_PERIOD, cancel_on_shutdown=True
        )

    async def async_stop(self) -> None:
        """End, and save what is to be remembered; stations go on as they are."""
        if self._cancel_tick is None:
            return
        self._cancel_tick()
        self._cancel_tick = None
        self._not_soon()
        await self._orders.async_stop()
        await self._crew.async_stop()
        await self._memory.async_save()

    @callback
    def async_request(self, station_id: int, request: Request) -> None:
        """Ask something for the present process of a station, at once (S186-S188).

        Raises ServiceValidationError for an unknown station, one that is not managed,
        and one without a vehicle.
        """
        member = self._crew.members.get(station_id)
        if member is None:
            raise invalid("station_unknown", id=station_id)
        known = self.state.stations.get(station_id)
        if station_id not in {x.id for x in self._specs}:
            raise invalid("station_not_managed", name=member.device.name)
        if known is None or known.session is None:
            raise invalid("station_without_vehicle", name=member.device.name)
        self._requests.append((station_id, request))
        self._step()

    @callback
    def async_change(self, **parameters: object) -> None:
        """Change settings by their names, store them, and go on by them at once.

        Raises ServiceValidationError where they make no sense. Nothing is reloaded.
        """
        unknown = parameters.keys() - PARAMETERS
        if unknown:
            raise KeyError(*unknown)
        settings = replace(self.settings, **parameters)  # type: ignore[arg-type]
        config = config_of(settings, ())
        for found in check_config(config) if config is not None else ():
            raise invalid(found.key, **found.placeholders)
        options = {
            **self._entry.options,
            OPTION_CHARGING: encode_settings(settings),
        }
        self._hass.config_entries.async_update_entry(self._entry, options=options)
        self.async_take(settings)

    @callback
    def async_take(
        self, settings: ChargingSettings, installation: Installation | None = None
    ) -> None:
        """Go on by other settings, and with stations that are otherwise the same."""
        if settings == self.settings and installation is None:
            return
        self.settings = settings
        self._installation = installation or self._installation
        self._take_up()
        self._step()

    def _take_up(self) -> None:
        self._crew.take(self.settings, self._installation)
        self._specs = ()
        self._configure()

    def _configure(self) -> None:
        """Make the configuration of what is known of the stations by now.

        A station that does not fit is left out, and said why.
        """
        members = self._crew.members.values()
        specs = tuple(x.station.spec for x in members if x.problem is None)
        if self._specs and specs == self._specs:
            return
        self._specs = specs
        config = config_of(self.settings, specs)
        found = [] if config is None else check_config(config)
        unfit = {
            spec.id: own[0]
            for spec in specs
            if (own := [x for x in found if x.field.startswith(f"stations.{spec.id}.")])
        }
        self._unfit = unfit
        is_sound = all(x.field.startswith("stations.") for x in found)
        self.config = None
        if config is not None and is_sound:
            fit = tuple(x for x in specs if x.id not in unfit)
            self.config = replace(config, stations=fit)
        missing = [
            problem(f"circuits.{circuit}.meter", "charging_meter_missing")
            for circuit in self._crew.missing
        ]
        unmanaged = [x.problem for x in members if x.problem is not None]
        self.problems = (*missing, *found, *unmanaged)

    def _shown(self, member: Member, now: datetime) -> ManagedStation:
        wrong = member.problem or self._unfit.get(member.number)
        return ManagedStation(
            id=member.number,
            name=member.device.name,
            spec=member.station.spec,
            device=member.device,
            is_greenup=member.is_greenup,
            is_managed=self.config is not None and wrong is None,
            reading=member.station.read(now),
            energy_milli_wh=member.station.energy_milli_wh,
            problem=wrong,
        )

    @callback
    def _on_tick(self, now: datetime) -> None:
        self._crew.async_keep_fast(now)
        self._step()

    @callback
    def _on_news(self) -> None:
        """Make a step soon: several readings come together."""
        if self._cancel_tick is None or self._coming is not None:
            return
        loop = self._hass.loop
        last = self._stepped_at
        wait = 0.0 if last is None else max(0.0, last + SHORTEST_PAUSE_S - loop.time())
        self._coming = loop.call_later(wait, self._step)

    @callback
    def _on_done(self, refused: frozenset[int]) -> None:
        self._refused = refused
        if refused or self._requests:
            self._step()

    def _not_soon(self) -> None:
        if self._coming is not None:
            self._coming.cancel()
            self._coming = None

    @callback
    def _step(self) -> None:
        """Decide, tell, and give the orders."""
        self._not_soon()
        if self._orders.is_busy or self._cancel_tick is None:
            return
        self._stepped_at = self._hass.loop.time()
        now = dt_util.utcnow()
        self._configure()
        if self.config is None:
            self._tell(now, ())
            return
        inputs = self._inputs(now)
        self._requests, self._refused = [], frozenset()
        self.state, commands, reasons = step(self.config, inputs, self.state, now)
        if commands:
            stations = {x: y.station for x, y in self._crew.members.items()}
            self._orders.give(commands, stations)
        self._memory.async_keep(self.state, now, is_news=bool(reasons))
        self._tell(now, reasons)

    def _inputs(self, now: datetime) -> Inputs:
        readings = {x: y.station.read(now) for x, y in self._crew.members.items()}
        return Inputs(
            meters=self._crew.readings(),
            stations={x: y for x, y in readings.items() if y is not None},
            requests=tuple(self._requests),
            refused=self._refused,
        )

    def _tell(self, now: datetime, reasons: tuple[Reason, ...]) -> None:
        if reasons:
            for listener in list(self._reason_listeners.values()):
                listener(now, reasons)
        for told in list(self._listeners.values()):
            told()


def charging_settings(entry: ConfigEntry) -> ChargingSettings:
    """Return what a site's options say of its load management.

    Raises ConfigurationError where what is stored cannot be read.
    """
    return decode_settings(entry.options.get(OPTION_CHARGING, {}))


def _added[T](listeners: dict[object, T], listener: T) -> CALLBACK_TYPE:
    key = object()
    listeners[key] = listener

    @callback
    def remove() -> None:
        listeners.pop(key, None)

    return remove
