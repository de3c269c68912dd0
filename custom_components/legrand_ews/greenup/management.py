"""The load management of a site, as everything else speaks to it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.util import dt as dt_util

from ..bus.coordinator import GatewayCoordinator
from ..errors import invalid
from ..ews.catalogue import Catalogue
from ..ews.charging import (
    ChargingConfig,
    Reason,
    Request,
    State,
    StationReading,
    StationSpec,
    check_config,
)
from ..ews.charging.departing import Departure
from ..ews.charging.settings import (
    PARAMETERS,
    ChargingSettings,
    config_of,
    encode_settings,
)
from ..ews.charging.wishes import Wished
from ..ews.model import Charger, Device, Installation, ObjectKind
from ..ews.model.problems import Problem
from ..installation import subentry_of
from ..tariffs.watch import TariffWatch
from .configuring import Setup
from .control import ControlLoop
from .crew import Crew
from .failure import Failure
from .members import Member, with_priority
from .stored import OPTION_CHARGING

type OnReasons = Callable[[datetime, tuple[Reason, ...]], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ManagedStation:
    """A station as it is now; one that is not managed is shown all the same.

    ``problem`` says why it is not managed, ``failure`` why it took no order of late.
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
    failure: Failure | None = None


class LoadManagement:
    """What a site does about its charging stations; idle where it has none.

    Its settings are changed here, and wishes are taken; what comes of them is the
    loop's business (``control``).
    """

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry,
        installation: Installation,
        catalogue: Catalogue,
        coordinators: Mapping[int, GatewayCoordinator],
        *,
        settings: ChargingSettings,
        tariffs: TariffWatch,
    ) -> None:
        """Take the settings; nothing is asked of any station yet."""
        self._hass = hass
        self._entry = entry
        crew = Crew(hass, settings, catalogue, coordinators, self._on_news)
        self._setup = Setup(crew, settings, installation)
        self._loop = ControlLoop(hass, entry, self._setup, tariffs)

    @property
    def is_set_up(self) -> bool:
        """Whether there is a main meter, so that anything can be decided."""
        return self.settings.meter is not None

    @property
    def settings(self) -> ChargingSettings:
        """What the site has decided."""
        return self._setup.settings

    @property
    def config(self) -> ChargingConfig | None:
        """What is decided upon; None where nothing can be."""
        return self._setup.config

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the settings or the site."""
        return self._setup.problems

    @property
    def state(self) -> State:
        """What the latest step has made of everything."""
        return self._loop.state

    @property
    def wished(self) -> Wished | None:
        """What sun, prices, departures and the grid ask now; None for nothing."""
        return self._loop.wishing.wished

    @property
    def departures(self) -> Mapping[int, Departure]:
        """When vehicles leave, by station."""
        return self._loop.wishing.departures

    @property
    def stations(self) -> Mapping[int, ManagedStation]:
        """All stations of the site by number, as they are at this moment."""
        now = dt_util.utcnow()
        members = self._setup.crew.members
        return {x.number: self._shown(x, now) for x in members.values()}

    @callback
    def async_add_listener(self, listener: CALLBACK_TYPE) -> CALLBACK_TYPE:
        """Call ``listener`` after every step; return what ends that."""
        return self._loop.listeners.add(listener)

    @callback
    def async_on_reasons(self, listener: OnReasons) -> CALLBACK_TYPE:
        """Call ``listener`` with the reasons of each step that has some."""
        return self._loop.reason_listeners.add(listener)

    async def async_start(self) -> None:
        """Remember what was, and begin; without stations or meter nothing runs."""
        await self._loop.async_remember()
        if self.is_set_up and self._setup.crew.members:
            self._loop.async_start()

    async def async_stop(self, leaving: Iterable[int] = ()) -> None:
        """End, and save what is to be remembered; stations go on as they are.

        Only those that are ``leaving`` are let go: nobody would order them again.
        """
        await self._loop.async_stop(leaving)

    @callback
    def async_set_priority(self, station_id: int, *, is_priority: bool) -> None:
        """Let a station go before others by default, or no more (S125).

        What charges now keeps what it has (S188). Raises ServiceValidationError for an
        unknown station.
        """
        member = self._member(station_id)
        kind = ObjectKind.DEVICE if member.is_greenup else ObjectKind.CHARGER
        subentry = subentry_of(self._entry, kind, station_id)
        if subentry is None:  # deleted; the site is about to be loaded anew
            raise invalid("station_unknown", id=station_id)
        self._hass.config_entries.async_update_subentry(
            self._entry,
            subentry,
            data={**subentry.data, "is_priority": is_priority},
        )
        site = self._setup.installation
        self.async_take(
            self.settings, with_priority(site, member, is_priority=is_priority)
        )

    @callback
    def async_request(self, station_id: int, request: Request) -> None:
        """Ask something for the present process of a station, at once (S186-S188).

        Raises ServiceValidationError for an unknown station, one that is not managed,
        and one without a vehicle.
        """
        self._check_vehicle(station_id)
        self._loop.async_request(station_id, request)

    @callback
    def async_set_departure(self, station_id: int, departure: Departure | None) -> None:
        """Say when the present vehicle leaves and what it is to get, or take that back.

        Raises as `async_request`.
        """
        self._check_vehicle(station_id)
        if departure is None:
            self._loop.wishing.departures.pop(station_id, None)
        else:
            self._loop.wishing.departures[station_id] = departure
        self._loop.async_step()

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
        self._setup.take(settings, installation)
        self._loop.async_step()

    @callback
    def _on_news(self) -> None:
        self._loop.async_on_news()

    def _member(self, station_id: int) -> Member:
        member = self._setup.crew.members.get(station_id)
        if member is None:
            raise invalid("station_unknown", id=station_id)
        return member

    def _check_vehicle(self, station_id: int) -> None:
        member = self._member(station_id)
        specs = () if self.config is None else self.config.stations
        if not any(x.id == station_id and x.is_managed for x in specs):
            raise invalid("station_not_managed", name=member.device.name)
        known = self.state.stations.get(station_id)
        if known is None or known.session is None:
            raise invalid("station_without_vehicle", name=member.device.name)

    def _shown(self, member: Member, now: datetime) -> ManagedStation:
        wrong = self._setup.unfit.get(member.number)
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
            failure=self._loop.orders.failures.get(member.number),
        )
