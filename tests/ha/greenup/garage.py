"""A building with charging stations, and time that passes for all of it together.

The main meter sees the stations, a load that hardly changes, and a lift whose breaker
is open until a test closes it. Cars come when a test plugs them in.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, override

from freezegun.api import TickingDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest

from custom_components.legrand_ews.ews.charging import Reason, ReasonKind
from custom_components.legrand_ews.ews.charging.settings import (
    ChargingSettings,
    MeterSource,
    encode_settings,
)
from custom_components.legrand_ews.ews.model import Address, Charger
from custom_components.legrand_ews.greenup.management import LoadManagement
from custom_components.legrand_ews.greenup.view import describe_charging
from simulator.clock import Clock
from simulator.simulation import Simulation, simulate
from simulator.site import SiteSpec, parse_site

from .. import site
from ..conftest import Load

METER, LIFT, VISITORS, LEFT, RIGHT = 1, 2, 3, 4, 5
"""Numbers of the devices."""
NAMES = {
    METER: "Main supply",
    LIFT: "Lift",
    VISITORS: "Visitors",
    LEFT: "Left",
    RIGHT: "Right",
}
SETTLED_S = 20
PATIENCE_MS = 1500
"""A machine that is busy must not be taken for a device that is silent."""
SECOND = timedelta(seconds=1)
QUIET_TURNS = 5


def _circuit(name: str, profile: str, rated_w: int, **more: Any) -> dict[str, Any]:
    return {"name": name, "profile": profile, "rated_w": rated_w, **more}


def _device(number: int, unit: int, model: str, *circuits: str, **more: Any) -> Any:
    return {
        "name": NAMES[number],
        "gateway": "Stations" if number >= VISITORS else "Meters",
        "address": unit,
        "model": model,
        "circuits": list(circuits),
        **more,
    }


def building_of(left: dict[str, Any], right: dict[str, Any]) -> SiteSpec:
    """Return the building; two of its stations are as they are described."""
    return parse_site(
        {
            "name": "Garage",
            "installed": "2026-11-22",
            "seed": 7,
            "gateways": [{"name": "Meters"}, {"name": "Stations"}],
            "circuits": [
                _circuit("servers", "server_room", 9000),
                _circuit("lift", "server_room", 40_000),
                _circuit("visitors", "cars_at_home", 7360, phase=1, power_factor=0.99),
                _circuit("left", "cars_at_home", 22080, power_factor=0.99),
                _circuit("right", "cars_at_home", 22080, power_factor=0.99),
            ],
            "devices": [
                _device(METER, 1, "412052", "all", ratios={"ct": 40}),
                _device(LIFT, 2, "x_dpx3_250_meas", "lift"),
                _device(VISITORS, 1, "059009", "visitors"),
                {**_device(LEFT, 11, "058049", "left"), **left},
                {**_device(RIGHT, 12, "058049", "right"), **right},
            ],
        }
    )


GARAGE: SiteSpec = building_of({}, {})


@pytest.fixture
def building() -> SiteSpec:
    """The building of a test; a module may have another one."""
    return GARAGE


class TestedClock(Clock):
    """The simulation's time is the test's."""

    @override
    def now(self) -> datetime:
        return datetime.now(UTC)

    @override
    def advance(self, step: timedelta) -> None:
        raise NotImplementedError


class Garage:
    """The building, the site that manages it, and what was told."""

    def __init__(
        self, hass: HomeAssistant, simulation: Simulation, clock: TickingDateTimeFactory
    ) -> None:
        self.simulation = simulation
        self.told: list[tuple[datetime, Reason]] = []
        self.entry: site.MockConfigEntry | None = None
        self._hass = hass
        self._clock = clock

    @property
    def management(self) -> LoadManagement:
        return self.entry.runtime_data.charging

    def limit(self, number: int) -> int:
        """What the station itself keeps to, in A; 0 while it lets its car wait."""
        moment = self.simulation.meters[NAMES[number]].equipment.station.moment(
            self.simulation.now()
        )
        return moment.limit_a if moment.is_started else 0

    def drawn(self, number: int) -> int:
        """What a car draws, in A of each phase."""
        station = self.simulation.meters[NAMES[number]].equipment.station
        return station.moment(self.simulation.now()).current_a

    def reasons(self, *stations: int) -> list[ReasonKind]:
        """What was told, of some stations or of all."""
        return [
            x.kind for _, x in self.told if not stations or x.station_id in stations
        ]

    async def warnings(self, number: int, language: str = "en") -> list[dict[str, str]]:
        """What the page says against a station or its vehicle."""
        watch = self.entry.runtime_data.charging_watch
        watch.async_look()
        sentences = await watch.async_sentences(language)
        shown = describe_charging(self._hass, self.entry, sentences)
        return next(x["warnings"] for x in shown["stations"] if x["id"] == number)

    def plug_in(self, number: int, **car: Any) -> None:
        self.simulation.plug_in(NAMES[number], **{"wanted_wh": 60_000, **car})

    def unplug(self, number: int) -> None:
        self.simulation.unplug(NAMES[number])

    def permit(self, number: int, *, is_started: bool = True) -> None:
        """Let a station charge, or wait, as somebody does who stands before it."""
        station = self.simulation.meters[NAMES[number]].equipment.station
        station.set_started(self.simulation.now(), is_started=is_started)

    def watch(self) -> None:
        """Note what is told from now on."""
        self.management.async_on_reasons(
            lambda at, reasons: self.told.extend((at, x) for x in reasons)
        )

    async def pass_time(self, seconds: float) -> None:
        """Let seconds pass, each with what is asked and answered in it.

        An exchange takes no time by this clock, so no answer comes too late by it; only
        on a machine that needs more than a second for it the clock has gone further.
        """
        for _ in range(round(seconds)):
            next_second = self._clock.time_to_freeze + SECOND
            self._clock.move_to(max(next_second, self._clock()))
            await self.settle()

    async def until(self, condition: Callable[[], bool], seconds: int = 60) -> None:
        """Let seconds pass until something holds, but no more than so many."""
        for _ in range(seconds):
            if condition():
                return
            await self.pass_time(1)
        assert condition()

    async def settle(self) -> None:
        lines = [
            x.bus.line
            for x in self.entry.runtime_data.coordinators.values()
            if x.bus is not None
        ]
        quiet = 0
        while quiet < QUIET_TURNS:
            await asyncio.sleep(0)
            quiet = 0 if any(line.is_taken for line in lines) else quiet + 1
        await self._hass.async_block_till_done()


type Open = Callable[..., Awaitable[Garage]]


@pytest.fixture
async def open_garage(
    hass: HomeAssistant,
    socket_enabled: None,
    clock: TickingDateTimeFactory,
    load: Load,
    building: SiteSpec,
) -> AsyncIterator[Open]:
    """Return what starts the building and loads a site that manages it."""
    hass.loop.set_debug(False)
    async with simulate(building, TestedClock(), is_timed=False) as simulation:
        simulation.open(NAMES[LIFT])

        async def run(
            chargers: Sequence[Charger] = (),
            *,
            is_confirmed: bool = True,
            options: dict[str, Any] | None = None,
            **settings: Any,
        ) -> Garage:
            garage = Garage(hass, simulation, clock)
            garage.entry = entry_of(
                simulation,
                chargers,
                is_confirmed=is_confirmed,
                options=options,
                **settings,
            )
            await load(garage.entry)
            garage.watch()
            return garage

        yield run


def entry_of(
    simulation: Simulation,
    chargers: Sequence[Charger] = (),
    *,
    is_confirmed: bool = True,
    options: dict[str, Any] | None = None,
    **settings: Any,
) -> site.MockConfigEntry:
    """Return the entry of a site whose main meter measures the whole building."""
    gateways = {name: n for n, name in enumerate(simulation.gateways, start=1)}
    changes: dict[int, dict[str, Any]] = {
        METER: {"parameters": {"ct": "40"}},
        VISITORS: {"phase": 1},
    }
    charging = ChargingSettings(
        **{
            "meter": MeterSource(device_id=METER),
            "maximum_a": 100,
            "charging_a": 90,
            **settings,
        }
    )
    return site.entry(
        [
            *(
                site.gateway(n, simulation.gateways[name].port, timeout_ms=PATIENCE_MS)
                for name, n in gateways.items()
            ),
            *(
                site.device(
                    number,
                    gateways[spec.gateway],
                    spec.address,
                    name=spec.name,
                    model=spec.model,
                    address=Address(unit=spec.address, position=spec.side),
                    is_map_confirmed=is_confirmed,
                    **changes.get(number, {}),
                )
                for number, spec in enumerate(simulation.site.devices, start=1)
            ),
            *chargers,
        ],
        options={
            "sample_minutes": 10,
            "charging": encode_settings(charging) if options is None else options,
        },
    )
