"""Sites and gateways that tests of flows start from; all made through the flows."""

from collections.abc import Mapping

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant

from custom_components.legrand_ews.const import DOMAIN

from .flow_registers import COUNTER
from .flow_walk import Walk, only
from .modbus_server import ModbusServer


async def new_site(
    hass: HomeAssistant, server: ModbusServer, name: str = "Town hall"
) -> ConfigEntry:
    """Create a site whose first gateway is the server on loopback."""
    walk = await Walk.site(hass)
    await walk.fill(name=name)
    await walk.choose("tcp")
    await walk.fill(host="127.0.0.1", port=server.port, name="Cellar")
    await walk.choose("save_gateway")
    assert walk.step == "created"
    entry: ConfigEntry = walk.result["result"]
    return entry


async def new_device(hass: HomeAssistant, entry: ConfigEntry) -> Walk:
    """Open the flow of a new device and go to the choice of gateway and family."""
    walk = await Walk.add(hass, entry, "device")
    if walk.step == "user":
        await walk.choose("pick")
    return walk


async def device_form(
    hass: HomeAssistant,
    entry: ConfigEntry,
    family: str = "generic",
    model: str = "x_generic_modbus",
) -> Walk:
    """Go to the form of a new device behind the site's one gateway."""
    walk = await new_device(hass, entry)
    gateway = only(entry, "gateway")
    await walk.fill(gateway_id=str(gateway.data["id"]), family=family)
    if walk.step == "model":
        await walk.fill(model=model)
    if walk.step == "unverified":
        await walk.fill()
    return walk


GENERIC: Mapping[str, str] = {
    "address": str(COUNTER),
    "register": "2000",
    "words": "2",
    "factor": "100",
}


async def add_device(
    hass: HomeAssistant, entry: ConfigEntry, **values: object
) -> dict[str, object]:
    """Add the counter of another maker; return what was stored of it."""
    known = set(entry.subentries)
    walk = await device_form(hass, entry)
    await walk.fill(**{**GENERIC, **values})
    assert walk.step == "device_tested", walk.result
    await walk.choose("save_device")
    assert walk.step == "created"
    (new,) = set(entry.subentries) - known
    return dict(entry.subentries[new].data)


def entries(hass: HomeAssistant) -> list[ConfigEntry]:
    """Return every site that is stored."""
    return hass.config_entries.async_entries(DOMAIN)
