"""The load management of a site: brings readings to the core and carries out orders."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
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
    Command,
    Inputs,
    Reason,
    ReasonKind,
    Request,
    State,
    StationReading,
    StationSpec,
    check_config,
    step,
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
from .configuring import Configured, configured, specs_of
from .crew import Crew, Member, with_priority
from .failure import Failure
from .fallback import FailSafe, limits_of
from .listeners import Listeners
from .memory import Memory
from .orders import Order, Orders
from .stored import OPTION_CHARGING
from .wishing import Wishing

CONTROL_PERIOD: Final = timedelta(seconds=5)
SHORTEST_PAUSE_S: Final = 0.5
"""Between two steps that readings bring about."""

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

    ``state`` is what the latest step has made of everything, ``problems`` is what is
    wrong with the settings or the site. Listeners are called after each step, those of
    reasons with what happened and when. Orders are carried out beside the steps, each
    station's by itself.
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
        self.settings = settings
        self.config: ChargingConfig | None = None
        self.problems: tuple[Problem, ...] = ()
        self.state = State()
        self._hass = hass
        self._entry = entry
        self._installation = installation
        self._crew = Crew(hass, self.settings, catalogue, coordinators, self._on_news)
        self._wishing = Wishing(hass, entry, tariffs, self._crew)
        self._orders = Orders(hass, entry, self._on_refused, self._on_withheld)
        self._memory = Memory(hass, entry)
        self._listeners = Listeners[[]]()
        self._reason_listeners = Listeners[[datetime, tuple[Reason, ...]]]()
        self._requests: list[tuple[int, Request]] = []
        self._refused: set[int] = set()
        self._withheld: set[int] = set()
        self._made: Configured | None = None
        self._cancel_tick: CALLBACK_TYPE | None = None
        self._coming: asyncio.TimerHandle | None = None
        self._stepped_at: float | None = None
        self._fail_safe = FailSafe()
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
        return self._listeners.add(listener)

    @callback
    def async_on_reasons(self, listener: OnReasons) -> CALLBACK_TYPE:
        """Call ``listener`` with the reasons of each step that has some."""
        return self._reason_listeners.add(listener)

    @callback
    def async_set_priority(self, station_id: int, *, is_priority: bool) -> None:
        """Let a station go before others by default, or no more (S125).

        What charges now keeps what it has (S188). Raises ServiceValidationError for an
        unknown station.
        """
        member = self._crew.members.get(station_id)
        if member is None:
            raise invalid("station_unknown", id=station_id)
        kind = ObjectKind.DEVICE if member.is_greenup else ObjectKind.CHARGER
        subentry = subentry_of(self._entry, kind, station_id)
        if subentry is None:  # deleted; the site is about to be loaded anew
            raise invalid("station_unknown", id=station_id)
        self._hass.config_entries.async_update_subentry(
            self._entry,
            subentry,
            data={**subentry.data, "is_priority": is_priority},
        )
        site = with_priority(self._installation, member, is_priority=is_priority)
        self.async_take(self.settings, site)

    async def async_start(self) -> None:
        """Remember what was, and begin; without stations or meter nothing runs."""
        self.state = await self._memory.async_load()
        self._wishing.departures.update(self._memory.departures)
        if not (self.is_set_up and self._crew.members):
            return
        self._crew.async_start()
        self._wishing.async_start()
        self._cancel_tick = async_track_time_interval(
            self._hass, self._on_tick, CONTROL_PERIOD, cancel_on_shutdown=True
        )

    async def async_stop(self, leaving: Iterable[int] = ()) -> None:
        """End, and save what is to be remembered; stations go on as they are.

        Only those that are ``leaving`` are let go: nobody would order them again.
        """
        if self._cancel_tick is None:
            return
        self._cancel_tick()
        self._cancel_tick = None
        self._not_soon()
        self._wishing.async_stop()
        members = self._crew.members
        await self._orders.async_stop([members[x].station for x in leaving])
        await self._crew.async_stop()
        await self._memory.async_save()

    @callback
    def async_request(self, station_id: int, request: Request) -> None:
        """Ask something for the present process of a station, at once (S186-S188).

        Raises ServiceValidationError for an unknown station, one that is not managed,
        and one without a vehicle.
        """
        self._check_vehicle(station_id)
        self._requests.append((station_id, request))
        self._step()

    @property
    def wished(self) -> Wished | None:
        """What sun, prices, departures and the grid ask now; None for nothing."""
        return self._wishing.wished

    @property
    def departures(self) -> Mapping[int, Departure]:
        """When vehicles leave, by station."""
        return self._wishing.departures

    @callback
    def async_set_departure(self, station_id: int, departure: Departure | None) -> None:
        """Say when the present vehicle leaves and what it is to get, or take that back.

        Raises as `async_request`.
        """
        self._check_vehicle(station_id)
        if departure is None:
            self._wishing.departures.pop(station_id, None)
        else:
            self._wishing.departures[station_id] = departure
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

    def _check_vehicle(self, station_id: int) -> None:
        member = self._crew.members.get(station_id)
        if member is None:
            raise invalid("station_unknown", id=station_id)
        known = self.state.stations.get(station_id)
        config = self.config
        specs = () if config is None else config.stations
        if not any(x.id == station_id and x.is_managed for x in specs):
            raise invalid("station_not_managed", name=member.device.name)
        if known is None or known.session is None:
            raise invalid("station_without_vehicle", name=member.device.name)

    def _take_up(self) -> None:
        self._crew.take(self.settings, self._installation)
        self._made = None
        self._configure()

    def _configure(self) -> None:
        """Make the configuration anew where more is known of a station by now."""
        members = self._crew.members.values()
        if self._made is not None and self._made.specs == specs_of(members):
            return
        self._made = configured(self.settings, members, self._crew.missing)
        self.config, self.problems = self._made.config, self._made.problems

    def _shown(self, member: Member, now: datetime) -> ManagedStation:
        wrong = None if self._made is None else self._made.unfit.get(member.number)
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
            failure=self._orders.failures.get(member.number),
        )

    @callback
    def _on_tick(self, now: datetime) -> None:
        self._step()
        self._crew.async_keep_fast(now)

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
    def _on_refused(self, number: int) -> None:
        self._refused.add(number)
        self._on_news()

    @callback
    def _on_withheld(self, number: int) -> None:
        self._withheld.add(number)
        self._on_news()

    def _not_soon(self) -> None:
        if self._coming is not None:
            self._coming.cancel()
            self._coming = None

    @callback
    def _step(self) -> None:
        """Decide, tell, and give the orders.

        A step that fails is told once and tried again; meanwhile stations go on by
        their last orders, and when that lasts, by the fallback for lost meters.
        """
        self._not_soon()
        if self._cancel_tick is None:
            return
        self._stepped_at = self._hass.loop.time()
        now = dt_util.utcnow()
        reasons: tuple[Reason, ...] = ()
        try:
            reasons = self._decide(now)
        except Exception as error:
            commands = self._fail_safe.failed(
                error, self.config, self.state, self._stepped_at
            )
            self._give(commands, self.state)
        else:
            self._fail_safe.worked()
        self._tell(now, reasons)

    def _decide(self, now: datetime) -> tuple[Reason, ...]:
        self._configure()
        if self.config is None:
            return ()
        before = self.state
        inputs = self._inputs(self.config, now)
        config = self._wishing.switch_phases(self.config, before, self._orders)
        state, commands, reasons = step(config, inputs, before, now)
        self.state = state
        self._requests, self._refused, self._withheld = [], set(), set()
        self._give(commands, before)
        for reason in reasons:
            if reason.kind is ReasonKind.SESSION_ENDED:
                self._wishing.departures.pop(reason.station_id or 0, None)
        self._memory.departures = self._wishing.departures
        self._memory.async_keep(state, now, is_news=bool(reasons))
        return reasons

    def _give(self, commands: Iterable[Command], before: State) -> None:
        limits = limits_of(before)
        self._orders.give(
            Order(
                command=x,
                station=self._crew.members[x.station_id].station,
                is_increase=x.limit_a > limits.get(x.station_id, 0),
            )
            for x in commands
        )

    def _inputs(self, config: ChargingConfig, now: datetime) -> Inputs:
        wished = self._wishing.look(config, self.settings, self.state, now)
        readings = {x: y.station.read(now) for x, y in self._crew.members.items()}
        return Inputs(
            meters=self._crew.readings(),
            stations={x: y for x, y in readings.items() if y is not None},
            requests=tuple(self._requests),
            refused=frozenset(self._refused),
            withheld=frozenset(self._withheld),
            caps_a={} if wished is None else wished.caps_a,
            needs_ma={} if wished is None else wished.needs_ma,
            external_limit_a=None if wished is None else wished.external_limit_a,
        )

    def _tell(self, now: datetime, reasons: tuple[Reason, ...]) -> None:
        if reasons:
            self._reason_listeners.tell(now, reasons)
        self._listeners.tell()
