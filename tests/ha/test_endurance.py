"""Many changes, reloads while polling, a gateway that flaps: nothing leaks or is lost."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import EVENT_HOMEASSISTANT_FINAL_WRITE
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.legrand_ews.const import DOMAIN
from custom_components.legrand_ews.ews.archive import Archive
from custom_components.legrand_ews.ews.timegrid import Span

from . import site
from .conftest import Load, PassTime, StartServer
from .modbus_server import ModbusServer
from .registers import emdx3

pytestmark = pytest.mark.usefixtures("clock")

FIRST_WH = 1_000_000
STEP_WH = 10


@dataclass(frozen=True, slots=True)
class Held:
    """What a site holds on to while nothing happens."""

    tasks: int
    connections: int
    listeners: Mapping[str, int]


async def held(hass: HomeAssistant, server: ModbusServer) -> Held:
    """Look when all work under way is over."""
    await hass.async_block_till_done(wait_background_tasks=True)
    listeners = dict(hass.bus.async_listeners())
    # Home Assistant's own files that are still to be written come and go.
    listeners.pop(EVENT_HOMEASSISTANT_FINAL_WRITE, None)
    return Held(
        tasks=len(asyncio.all_tasks()),
        connections=server.connections,
        listeners=listeners,
    )


def count_on(server: ModbusServer, wh: int) -> None:
    """Let the meter show so much."""
    server.units[11] = emdx3(imported_wh=wh, power_w=2500)


async def recorded_wh(hass: HomeAssistant, entry: MockConfigEntry) -> float:
    """Everything that the archive's file holds."""
    path = Path(hass.config.path(DOMAIN, entry.entry_id, "archive.db"))
    archive = Archive(path, ZoneInfo(hass.config.time_zone))
    archive.open()
    span = Span(datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))
    samples = archive.samples(span)
    archive.close()
    return sum(s.amounts_milli.get("active_energy_import", 0) for s in samples) / 1000


async def one_meter(
    start_server: StartServer, load: Load
) -> tuple[ModbusServer, MockConfigEntry]:
    server = await start_server({11: emdx3(imported_wh=FIRST_WH, power_w=2500)})
    entry = site.entry([site.gateway(1, server.port), site.device(1, 1, 11)])
    await load(entry)
    return server, entry


def rename(hass: HomeAssistant, entry: MockConfigEntry, name: str) -> None:
    subentry = next(s for s in entry.subentries.values() if s.subentry_type == "device")
    hass.config_entries.async_update_subentry(
        entry, subentry, data={**subentry.data, "name": name}, title=name
    )


async def test_sixty_changes_in_a_row(
    hass: HomeAssistant, start_server: StartServer, load: Load, pass_time: PassTime
) -> None:
    server, entry = await one_meter(start_server, load)
    await pass_time(5)
    before = await held(hass, server)
    for number in range(1, 61):
        rename(hass, entry, f"Meter {number}")
        count_on(server, FIRST_WH + number * STEP_WH)
        # Every third has its own reload, the others come together.
        await pass_time(4 if number % 3 == 0 else 0)
    await pass_time(5)
    assert entry.state is ConfigEntryState.LOADED
    assert entry.runtime_data.installation.devices[1].name == "Meter 60"
    assert await held(hass, server) == before
    await pass_time(10 * 60)
    assert await recorded_wh(hass, entry) == 60 * STEP_WH


async def test_reloads_while_it_polls(
    hass: HomeAssistant, start_server: StartServer, load: Load, pass_time: PassTime
) -> None:
    server, entry = await one_meter(start_server, load)
    await pass_time(5)
    before = await held(hass, server)
    for number in range(1, 21):
        count_on(server, FIRST_WH + number * STEP_WH)
        # The cycle under way is cut off at another place every time.
        entry.runtime_data.coordinators[1].async_lease({1})
        for _ in range(number):
            await asyncio.sleep(0)
        assert await hass.config_entries.async_reload(entry.entry_id)
        await hass.async_block_till_done(wait_background_tasks=True)
    await pass_time(5)
    assert await held(hass, server) == before
    await pass_time(10 * 60)
    assert await recorded_wh(hass, entry) == 20 * STEP_WH


async def test_a_gateway_that_flaps_for_ten_minutes(
    hass: HomeAssistant, start_server: StartServer, load: Load, pass_time: PassTime
) -> None:
    server, entry = await one_meter(start_server, load)
    await pass_time(5)
    before = await held(hass, server)
    for number in range(1, 301):
        await server.stop()
        await pass_time(1)
        count_on(server, FIRST_WH + number * STEP_WH)
        await server.start()
        await pass_time(1)
    # It is polled every minute.
    await pass_time(65)
    assert hass.states.get("sensor.meter_1_status").state == "on"
    assert await held(hass, server) == before
    await pass_time(10 * 60)
    assert await recorded_wh(hass, entry) == 300 * STEP_WH


async def test_an_unloaded_site_leaves_nothing(
    hass: HomeAssistant, start_server: StartServer, load: Load, pass_time: PassTime
) -> None:
    server, entry = await one_meter(start_server, load)
    assert await hass.config_entries.async_unload(entry.entry_id)
    await pass_time(1)
    before = await held(hass, server)
    assert before.connections == 0
    for _ in range(5):
        assert await hass.config_entries.async_setup(entry.entry_id)
        await pass_time(3)
        assert await hass.config_entries.async_unload(entry.entry_id)
        await pass_time(1)
    assert await held(hass, server) == before
