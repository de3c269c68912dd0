"""From the forms to values: a site that is described runs, and changes reach it."""

from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
import pytest

from custom_components.legrand_ews.const import DOMAIN

from .conftest import PassTime
from .flow_registers import CONCENTRATOR, COUNTER, MULTIMETER, TRANSFORMERS
from .flow_sites import add_device, new_site
from .flow_walk import Walk, only
from .modbus_server import ModbusServer

pytestmark = pytest.mark.usefixtures("socket_enabled")


async def test_described_device_shows_values_and_keeps_its_entities(
    hass: HomeAssistant, bus: ModbusServer, pass_time: PassTime
) -> None:
    """S28, S80: a change of gateway, name and address is not a new device."""
    entry = await new_site(hass, bus)
    await add_device(hass, entry, name="Lift")
    await pass_time(5)
    unique_id = f"{entry.entry_id}_device_1_active_energy_import"
    entity_id = er.async_get(hass).async_get_entity_id("sensor", DOMAIN, unique_id)
    assert entity_id is not None
    state = hass.states.get(entity_id)
    assert state is not None
    value = float(state.state)
    assert value in {6_553_800, 6553.8}  # as Home Assistant's unit says

    moved = ModbusServer({33: bus.units[COUNTER]})
    await moved.start()
    walk = await Walk.change(hass, entry, only(entry, "gateway"))
    await walk.fill(port=moved.port, name="Attic")
    await walk.choose("save_gateway")
    await pass_time(5)
    lost = hass.states.get(entity_id)
    assert lost is not None
    assert lost.state == "unavailable"  # nobody at address 8 there

    walk = await Walk.change(hass, entry, only(entry, "device"))
    await walk.choose("device")
    await walk.fill(address="33", name="Goods lift")
    await walk.choose("save_device")
    await pass_time(5)
    found = hass.states.get(entity_id)
    assert found is not None
    assert float(found.state) == value
    assert "Goods lift" in found.name
    await hass.config_entries.async_unload(entry.entry_id)
    await moved.stop()


async def test_bus_is_searched_while_it_is_read(
    hass: HomeAssistant, bus: ModbusServer, pass_time: PassTime
) -> None:
    """Reads of the running site go first; what was found runs after one reload."""
    bus.units[MULTIMETER].update(TRANSFORMERS)
    entry = await new_site(hass, bus)
    await add_device(hass, entry, name="Lift")
    await pass_time(5)
    walk = await Walk.add(hass, entry, "device")
    await walk.choose("scan")
    await walk.fill(first=1, last=10)
    assert walk.step == "scan_progress"
    await walk.wait()
    assert walk.step == "scan_found"
    rows = {row["address"]: row for row in walk.suggested["devices"]}
    row = rows.pop(str(MULTIMETER))
    assert set(rows) == {str(CONCENTRATOR)}
    await walk.fill(devices=[{**row, "name": "Main"}])
    assert walk.step == "created"
    await pass_time(5)
    for device, quantity in ((1, "active_energy_import"), (2, "voltage_l1")):
        unique_id = f"{entry.entry_id}_device_{device}_{quantity}"
        entity_id = er.async_get(hass).async_get_entity_id("sensor", DOMAIN, unique_id)
        assert entity_id is not None
        state = hass.states.get(entity_id)
        assert state is not None
        assert float(state.state) > 0
    await hass.config_entries.async_unload(entry.entry_id)
