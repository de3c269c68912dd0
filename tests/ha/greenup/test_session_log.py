"""Open sessions on disk: kept from time to time, whatever the clock does."""

from datetime import timedelta
from typing import Any, cast

from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_fire_time_changed,
)

from custom_components.legrand_ews.archive.upkeep import Upkeep
from custom_components.legrand_ews.const import DOMAIN
from custom_components.legrand_ews.ews.site import Site
from custom_components.legrand_ews.greenup.session_log import ChargingSessions

from ...core.charging.world import World, config, station


@pytest.mark.parametrize(
    ("passed", "is_saved"),
    [
        (timedelta(seconds=20), False),
        (timedelta(seconds=70), True),
        (timedelta(hours=-1), True),
    ],
    ids=["a moment later", "a minute later", "the clock was set back"],
)
async def test_an_open_session_is_saved_once_a_minute(
    hass: HomeAssistant, hass_storage: dict[str, Any], passed: timedelta, is_saved: bool
) -> None:
    """A crash costs a minute of it, also in the hour after summer time."""
    entry = MockConfigEntry(domain=DOMAIN)
    entry.add_to_hass(hass)
    # Neither is asked while no session has ended.
    sessions = ChargingSessions(hass, entry, cast("Site", None), cast("Upkeep", None))
    world = World(config(station(1), maximum=60, charging=50))
    world.plug(1)
    world.run(60)
    file = f"{DOMAIN}.{entry.entry_id}.charging_sessions"
    for now in (world.now, world.now + passed):
        hass_storage.pop(file, None)
        sessions.async_observe(world.config, world.state, {}, {1: None}, now)
        async_fire_time_changed(hass, dt_util.utcnow() + timedelta(seconds=5))
        await hass.async_block_till_done()
    assert (file in hass_storage) is is_saved
