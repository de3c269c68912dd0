"""Every concentrator and every counter with a pulse input carries pulse meters (S71)."""

from collections.abc import AsyncIterator

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
import pytest

from custom_components.legrand_ews.catalogue import async_get_catalogue
from custom_components.legrand_ews.ews.model import Address
from custom_components.legrand_ews.installation import installation_of

from .flow_sites import device_form, new_site
from .flow_walk import stored
from .obliging_server import ObligingServer

pytestmark = pytest.mark.usefixtures("socket_enabled", "no_setup")

# Manual, section 5.1, and the data sheets: inputs of each.
INPUTS = {
    "414926": 3,
    "412065": 12,
    "004687": 7,
    "412081": 1,
    "412091": 1,
    "412041": 1,
}


@pytest.fixture
async def entry(hass: HomeAssistant) -> AsyncIterator[ConfigEntry]:
    server = ObligingServer()
    await server.start()
    yield await new_site(hass, server)
    await server.stop()


async def test_the_list_is_whole(hass: HomeAssistant) -> None:
    catalogue = await async_get_catalogue(hass)
    assert {x.key for x in catalogue.concentrators()} == INPUTS.keys()


@pytest.mark.parametrize("concentrator", INPUTS)
async def test_all_inputs_and_no_more(
    hass: HomeAssistant, entry: ConfigEntry, concentrator: str
) -> None:
    """S8, S68, S69, S71: the last input is there, the next one is refused."""
    last = INPUTS[concentrator]
    before = stored(entry)
    walk = await device_form(hass, entry, "pulse_counter", "412069")
    values = {"concentrator": concentrator, "concentrator_address": "30"}
    await walk.fill(**values, position=last + 1)
    assert walk.errors == {"position": "out_of_range"}
    assert stored(entry) == before
    await walk.fill(position=last)
    assert walk.step == "device_tested", walk.errors
    await walk.choose("save_device")
    device = installation_of(hass, entry).devices[1]
    assert device.address == Address(unit=30, position=last)
    assert device.pulse_input is not None
    assert device.pulse_input.concentrator == concentrator
    assert device.name == f"30-{last}"
    walk = await device_form(hass, entry, "pulse_counter", "412069")
    await walk.fill(**values, position=last)
    assert walk.errors == {
        "concentrator_address": "address_duplicate",
        "position": "address_duplicate",
    }
