"""The loop of the load management: brings readings to the core, gives its orders."""

import asyncio
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.event import async_track_time_interval
from homeassistant.util import dt as dt_util

from ..ews.charging import (
    ChargingConfig,
    Command,
    Inputs,
    Reason,
    ReasonKind,
    Request,
    State,
    step,
)
from ..tariffs.watch import TariffWatch
from .configuring import Setup
from .fallback import FailSafe, limits_of
from .interrupted import unheard
from .listeners import Listeners
from .memory import Memory
from .orders import Order, Orders
from .wishing import Wishing

CONTROL_PERIOD: Final = timedelta(seconds=5)
SHORTEST_PAUSE_S: Final = 0.5
"""Between two steps that readings bring about."""


class ControlLoop:
    """Makes a step every few seconds, and whenever something was read.

    ``state`` is what the latest step has made of everything. ``listeners`` are called
    after each step, ``reason_listeners`` with what happened and when. Orders are carried
    out beside the steps, each station's by itself.
    """

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry,
        setup: Setup,
        tariffs: TariffWatch,
    ) -> None:
        """Decide upon ``setup``; nothing is asked of any station yet."""
        self.state = State()
        self.listeners = Listeners[[]]()
        self.reason_listeners = Listeners[[datetime, tuple[Reason, ...]]]()
        self.wishing = Wishing(hass, entry, tariffs, setup.crew)
        self.orders = Orders(hass, entry, self._on_refused, self._on_withheld)
        self._hass = hass
        self._setup = setup
        self._memory = Memory(hass, entry)
        self._requests: list[tuple[int, Request]] = []
        self._refused: set[int] = set()
        self._withheld: set[int] = set()
        self._cancel_tick: CALLBACK_TYPE | None = None
        self._coming: asyncio.TimerHandle | None = None
        self._stepped_at: float | None = None
        self._fail_safe = FailSafe()

    async def async_remember(self) -> None:
        """Take up what was when the site ended."""
        self.state = await self._memory.async_load()
        self.wishing.departures.update(self._memory.departures)

    @callback
    def async_start(self) -> None:
        """Begin to decide."""
        self._setup.crew.async_start()
        self.wishing.async_start()
        self._cancel_tick = async_track_time_interval(
            self._hass, self._on_tick, CONTROL_PERIOD, cancel_on_shutdown=True
        )

    async def async_stop(self, leaving: Iterable[int] = ()) -> None:
        """End, and save what is to be remembered; let those go that are ``leaving``."""
        if self._cancel_tick is None:
            return
        self._cancel_tick()
        self._cancel_tick = None
        self._not_soon()
        self.wishing.async_stop()
        members = self._setup.crew.members
        interrupted = await self.orders.async_stop(
            [members[x].station for x in leaving]
        )
        # Beside those that were interrupted before and not heard since.
        self._memory.interrupted |= interrupted | self._refused | self._withheld
        await self._setup.crew.async_stop()
        await self._memory.async_save()

    @callback
    def async_on_news(self) -> None:
        """Make a step soon: several readings come together."""
        if self._cancel_tick is None or self._coming is not None:
            return
        loop = self._hass.loop
        last = self._stepped_at
        wait = 0.0 if last is None else max(0.0, last + SHORTEST_PAUSE_S - loop.time())
        self._coming = loop.call_later(wait, self.async_step)

    @callback
    def async_request(self, station_id: int, request: Request) -> None:
        """Ask something for the present process of a station, at once."""
        self._requests.append((station_id, request))
        self.async_step()

    @callback
    def async_step(self) -> None:
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
                error, self._setup.config, self.state, self._stepped_at
            )
            self._give(commands, self.state)
        else:
            self._fail_safe.worked()
        if reasons:
            self.reason_listeners.tell(now, reasons)
        self.listeners.tell()

    @callback
    def _on_tick(self, now: datetime) -> None:
        self.async_step()
        self._setup.crew.async_keep_fast(now)

    @callback
    def _on_refused(self, number: int) -> None:
        self._refused.add(number)
        self.async_on_news()

    @callback
    def _on_withheld(self, number: int) -> None:
        self._withheld.add(number)
        self.async_on_news()

    def _not_soon(self) -> None:
        if self._coming is not None:
            self._coming.cancel()
            self._coming = None

    def _decide(self, now: datetime) -> tuple[Reason, ...]:
        self._setup.look()
        if self._setup.config is None:
            return ()
        before = self.state
        inputs = self._inputs(self._setup.config, now)
        config = self.wishing.switch_phases(self._setup.config, before, self.orders)
        state, commands, reasons = step(config, inputs, before, now)
        self.state = state
        self._requests, self._refused, self._withheld = [], set(), set()
        self._memory.interrupted -= inputs.stations.keys()
        self._give(commands, before)
        for reason in reasons:
            if reason.kind is ReasonKind.SESSION_ENDED:
                self.wishing.departures.pop(reason.station_id or 0, None)
        self._memory.departures = self.wishing.departures
        self._memory.async_keep(state, now, is_news=bool(reasons))
        return reasons

    def _give(self, commands: Iterable[Command], before: State) -> None:
        limits = limits_of(before)
        self.orders.give(
            Order(
                command=x,
                station=self._setup.crew.members[x.station_id].station,
                is_increase=x.limit_a > limits.get(x.station_id, 0),
            )
            for x in commands
        )

    def _inputs(self, config: ChargingConfig, now: datetime) -> Inputs:
        crew = self._setup.crew
        wished = self.wishing.look(config, self._setup.settings, self.state, now)
        readings = {
            number: reading
            for number, member in crew.members.items()
            if (reading := member.station.read(now)) is not None
        }
        interrupted = unheard(self._memory.interrupted, self.state, readings)
        return Inputs(
            meters=crew.readings(),
            stations=readings,
            requests=tuple(self._requests),
            refused=frozenset(self._refused),
            withheld=frozenset(self._withheld | interrupted),
            caps_a={} if wished is None else wished.caps_a,
            needs_ma={} if wished is None else wished.needs_ma,
            external_limit_a=None if wished is None else wished.external_limit_a,
        )
