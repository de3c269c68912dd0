"""Settings of the site: recording interval and predefined loads."""

from homeassistant.core import HomeAssistant
import pytest

from custom_components.legrand_ews.ews.model import PredefinedLoad
from custom_components.legrand_ews.installation import installation_of

from .flow_sites import new_site
from .flow_walk import Walk
from .modbus_server import ModbusServer

pytestmark = pytest.mark.usefixtures("socket_enabled", "no_setup")


async def test_recording_interval(hass: HomeAssistant, bus: ModbusServer) -> None:
    """S113: 10 minutes unless chosen otherwise; eight intervals on offer."""
    entry = await new_site(hass, bus)
    assert installation_of(hass, entry).sample_length.total_seconds() == 600
    walk = await Walk.options(hass, entry)
    await walk.choose("sampling")
    assert walk.suggested == {"sample_minutes": "10", "record_harmonics": False}
    selector = walk.result["data_schema"].schema["sample_minutes"]
    assert selector.config["options"] == ["1", "2", "5", "10", "15", "20", "30", "60"]
    await walk.fill(sample_minutes="15", record_harmonics=True)
    assert walk.step == "created"
    assert entry.options == {"sample_minutes": 15, "record_harmonics": True}
    assert installation_of(hass, entry).sample_length.total_seconds() == 900


async def test_predefined_loads(hass: HomeAssistant, bus: ModbusServer) -> None:
    """S95, S99: they are switched off and coloured, never removed."""
    entry = await new_site(hass, bus)
    walk = await Walk.options(hass, entry)
    await walk.choose("predefined_loads")
    assert walk.suggested["enabled"] == [key.value for key in PredefinedLoad]
    kept = [key.value for key in PredefinedLoad if key is not PredefinedLoad.COOLING]
    await walk.fill(enabled=kept, lighting_color=[1, 2, 255])
    assert walk.step == "created"

    loads = {load.key: load for load in installation_of(hass, entry).loads.values()}
    assert len(loads) == len(PredefinedLoad)
    assert not loads[PredefinedLoad.COOLING].is_enabled
    assert loads[PredefinedLoad.HEATING].is_enabled
    assert loads[PredefinedLoad.LIGHTING].color == "#0102ff"

    walk = await Walk.options(hass, entry)
    await walk.choose("predefined_loads")
    assert walk.suggested["enabled"] == kept
    assert walk.suggested["lighting_color"] == [1, 2, 255]


async def test_one_setting_leaves_the_other(
    hass: HomeAssistant, bus: ModbusServer
) -> None:
    entry = await new_site(hass, bus)
    walk = await Walk.options(hass, entry)
    await walk.choose("sampling")
    await walk.fill(sample_minutes="1")
    walk = await Walk.options(hass, entry)
    await walk.choose("predefined_loads")
    await walk.fill(enabled=[])
    assert entry.options["sample_minutes"] == 1
    walk = await Walk.options(hass, entry)
    await walk.choose("sampling")
    await walk.fill()
    assert set(entry.options) == {
        *("sample_minutes", "record_harmonics", "predefined_loads"),
    }


async def test_energy_of_gas(hass: HomeAssistant, bus: ModbusServer) -> None:
    """S163: dated factors, in the form that the interface gives them."""
    entry = await new_site(hass, bus)
    assert installation_of(hass, entry).gas_factors == ()
    walk = await Walk.options(hass, entry)
    await walk.choose("gas_factor")
    rows = [{"kwh_per_m3": "11,4", "from": "2026-10-01"}, {"kwh_per_m3": "11.2"}]
    await walk.fill(gas_factor=[*rows, {"kwh_per_m3": "11.3"}])
    assert walk.errors == {"gas_factor": "gas_factor_twice"}
    await walk.fill(gas_factor=[{"kwh_per_m3": "much"}])
    assert walk.errors == {"gas_factor": "gas_factor_invalid"}
    await walk.fill(gas_factor=rows)
    assert walk.step == "created"
    assert entry.options["gas_factor"] == [
        {"from": None, "kwh_per_m3": "11.2"},
        {"from": "2026-10-01", "kwh_per_m3": "11.4"},
    ]
    factors = installation_of(hass, entry).gas_factors
    assert [str(factor.kwh_per_m3) for factor in factors] == ["11.2", "11.4"]
    walk = await Walk.options(hass, entry)
    await walk.choose("gas_factor")
    assert walk.suggested["gas_factor"] == [
        {"kwh_per_m3": "11.2"},
        {"kwh_per_m3": "11.4", "from": "2026-10-01"},
    ]
