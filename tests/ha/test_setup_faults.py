"""A site whose start fails half-way: nothing of it runs on, and the next start works."""

from pathlib import Path
from typing import Any
from unittest.mock import patch

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ConfigEntryNotReady
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.legrand_ews.const import DOMAIN
from custom_components.legrand_ews.greenup.memory import charging_store

from . import site
from .conftest import INTEGRATION, Load, PassTime, StartServer
from .registers import emdx3

pytestmark = pytest.mark.usefixtures("clock")

NOT_YET = ConfigEntryNotReady("not yet")


async def one_meter(start_server: StartServer) -> MockConfigEntry:
    server = await start_server({11: emdx3(imported_wh=1_000_000, power_w=2500)})
    return site.entry([site.gateway(1, server.port), site.device(1, 1, 11)])


def open_files(hass: HomeAssistant, entry: MockConfigEntry) -> list[str]:
    """Files of the archive that this process holds open (blocking)."""
    folder = Path(hass.config.path(DOMAIN, entry.entry_id))
    return sorted(
        link.readlink().name
        for link in Path("/proc/self/fd").iterdir()
        if link.is_symlink() and link.readlink().parent == folder
    )


async def assert_works(
    hass: HomeAssistant, entry: MockConfigEntry, pass_time: PassTime
) -> None:
    """It samples, shows and ends as any other site does."""
    assert entry.state is ConfigEntryState.LOADED
    await pass_time(8 * 60)
    power = hass.states.get("sensor.meter_1_active_power")
    assert power is not None
    assert float(power.state) == 2500
    assert entry.runtime_data.site.recording.waiting == 0
    assert await hass.async_add_executor_job(open_files, hass, entry)
    assert await hass.config_entries.async_unload(entry.entry_id)
    assert await hass.async_add_executor_job(open_files, hass, entry) == []


async def test_memory_of_a_newer_version_stays_as_it_is_until_it_is_put_right(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    start_server: StartServer,
    load: Load,
    pass_time: PassTime,
) -> None:
    """An older version was installed again: Home Assistant reads no newer file."""
    entry = await one_meter(start_server)
    key = charging_store(hass, entry).key
    newer = {"version": 99, "minor_version": 1, "key": key, "data": {"more": 1}}
    hass_storage[key] = newer
    await load(entry)
    assert entry.state is ConfigEntryState.SETUP_ERROR
    assert await hass.async_add_executor_job(open_files, hass, entry) == []
    assert hass_storage[key] is newer
    del hass_storage[key]
    assert await hass.config_entries.async_reload(entry.entry_id)
    await assert_works(hass, entry, pass_time)


@pytest.mark.parametrize(
    "step",
    [
        pytest.param("assembly.DeviceTree.async_register", id="while it is assembled"),
        pytest.param("archive.upkeep.Upkeep.async_start", id="before its entities"),
        pytest.param("async_start_ftp", id="after its entities"),
    ],
)
async def test_what_is_not_ready_is_tried_again_from_the_beginning(
    hass: HomeAssistant,
    start_server: StartServer,
    load: Load,
    pass_time: PassTime,
    step: str,
) -> None:
    entry = await one_meter(start_server)
    with patch(f"{INTEGRATION}.{step}", side_effect=NOT_YET):
        await load(entry)
        assert entry.state is ConfigEntryState.SETUP_RETRY
        assert await hass.async_add_executor_job(open_files, hass, entry) == []
    await pass_time(10)
    await assert_works(hass, entry, pass_time)
