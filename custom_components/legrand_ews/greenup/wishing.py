"""What is wished beyond the manual: where sun, prices and the grid's limit come from."""

from collections.abc import Mapping
from datetime import datetime, timedelta
import logging
from typing import Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import (
    ATTR_UNIT_OF_MEASUREMENT,
    UnitOfElectricCurrent,
    UnitOfPower,
)
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.event import async_track_time_interval
from homeassistant.util import dt as dt_util
from homeassistant.util.unit_conversion import PowerConverter

from ..ews.charging import ChargingConfig, State, with_conductors
from ..ews.charging.departing import Departure, PriceSlot
from ..ews.charging.external import ExternalSignal
from ..ews.charging.settings import ChargingSettings
from ..ews.charging.wishes import Wished, WishInputs, WishState, wish
from ..ews.model.device import PHASES
from ..ews.quantities import Fluid
from ..ews.timegrid import Span
from ..tariffs.watch import TariffWatch
from .crew import Crew
from .meters import current_ma, number_of
from .orders import Orders

_LOGGER = logging.getLogger(__name__)

PRICES_AHEAD: Final = timedelta(hours=48)
PRICES_EVERY: Final = timedelta(minutes=15)
_DRAWS_FROM_MA: Final = 1000


class Wishing:
    """Knows what the wishes ask, and works them out before each step.

    ``departures`` are by station; they go with their vehicle. ``wished`` is what the
    latest step was told, None while nothing is wished.
    """

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry,
        tariffs: TariffWatch,
        crew: Crew,
    ) -> None:
        """Wish nothing yet."""
        self.departures: dict[int, Departure] = {}
        self.wished: Wished | None = None
        self._hass = hass
        self._entry = entry
        self._tariffs = tariffs
        self._crew = crew
        self._memory = WishState()
        self._prices: tuple[PriceSlot, ...] = ()
        self._signal: ExternalSignal | None = None
        self._undo: list[CALLBACK_TYPE] = []

    @callback
    def async_start(self) -> None:
        """Keep the prices of the next two days at hand."""
        self._undo = [
            async_track_time_interval(
                self._hass, self._async_ask, PRICES_EVERY, cancel_on_shutdown=True
            ),
            self._tariffs.async_add_listener(self._async_ask),
        ]
        self._async_ask()

    @callback
    def async_stop(self) -> None:
        """Look no more."""
        while self._undo:
            self._undo.pop()()

    def look(
        self,
        config: ChargingConfig,
        settings: ChargingSettings,
        state: State,
        now: datetime,
    ) -> Wished | None:
        """Return what the wishes bound at this moment."""
        wishes = settings.wishes
        if not (wishes.stations or wishes.external or self.departures):
            self.wished = None
            return None
        grid = self._grid(settings)
        inputs = WishInputs(
            grid_w=None if grid is None else grid[0],
            grid_read_at=None if grid is None else grid[1],
            prices=self._prices,
            departures=self.departures,
            received_wh=_received(config, state, wishes.voltage_v),
            external=self._external(settings),
            conductors=self._crew.conductors(),
        )
        self._memory, self.wished = wish(
            config, wishes, inputs, state, self._memory, now
        )
        return self.wished

    def switch_phases(
        self, config: ChargingConfig, state: State, orders: Orders
    ) -> ChargingConfig:
        """Ask for other numbers of conductors; return the settings of this moment.

        A station is told while its vehicle takes nothing, until it shows the new number.
        """
        present = self._crew.conductors()
        wanted = {} if self.wished is None else self.wished.conductors
        for number, count in wanted.items():
            known = state.stations.get(number)
            if known is None or max(known.drawn_ma, default=0) >= _DRAWS_FROM_MA:
                continue
            if number in present and count != present[number]:
                station = self._crew.members[number].station
                orders.switch(number, station, count)
        return with_conductors(config, present) if present else config

    def _grid(self, settings: ChargingSettings) -> tuple[int, datetime] | None:
        """Return the power from the grid in W, and when it was read."""
        if settings.grid_entity is None:
            return self._crew.grid_power()
        state = self._hass.states.get(settings.grid_entity)
        value = number_of(state)
        if state is None or value is None:
            return None
        unit = state.attributes.get(ATTR_UNIT_OF_MEASUREMENT, UnitOfPower.WATT)
        if unit not in PowerConverter.VALID_UNITS:
            return None
        watts = PowerConverter.convert(value, unit, UnitOfPower.WATT)
        return round(watts), state.last_reported

    def _external(self, settings: ChargingSettings) -> ExternalSignal | None:
        """Return the last valid limit; one that is unavailable is not renewed.

        A power is that of all phases together.
        """
        if settings.external_entity is not None:
            state = self._hass.states.get(settings.external_entity)
            phases = len(PHASES if settings.meter is None else settings.meter.phases)
            limit_ma = current_ma(
                state, phases=phases, usual_unit=UnitOfElectricCurrent.AMPERE
            )
            if state is not None and limit_ma is not None:
                self._signal = ExternalSignal(
                    limit_a=max(0, limit_ma // 1000), received_at=state.last_reported
                )
        return self._signal

    @callback
    def _async_ask(self, now: datetime | None = None) -> None:
        if Fluid.ELECTRICITY in self._tariffs.fluids:
            _ = self._entry.async_create_background_task(
                self._hass, self._async_look_ahead(), "Prices for charging"
            )

    async def _async_look_ahead(self) -> None:
        now = dt_util.utcnow()

        def look() -> tuple[PriceSlot, ...]:
            timeline = self._tariffs.timeline(Fluid.ELECTRICITY)
            return tuple(
                PriceSlot(start=x.start, end=x.end, price=x.price)
                for x in timeline.segments(Span(now, now + PRICES_AHEAD))
                if x.tariff_id is not None and not x.is_assumed
            )

        # A year is laid out when it is first asked for, which takes a while.
        self._prices = await self._hass.async_add_executor_job(look)


def _received(
    config: ChargingConfig, state: State, voltage_v: int
) -> Mapping[int, int]:
    """Return what the present vehicles have received, in Wh, from their currents."""
    received = {}
    for spec in config.stations:
        station = state.stations.get(spec.id)
        if station is not None and station.session is not None:
            used = sum(x >= _DRAWS_FROM_MA for x in station.drawn_ma)
            conductors = used or len(spec.phases)
            received[spec.id] = int(station.session.charge_ah * voltage_v * conductors)
    return received
