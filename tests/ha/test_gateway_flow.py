"""Further gateways of a site, and changes to stored ones."""

from homeassistant.components.modbus import async_get_unit
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
import pytest

from custom_components.legrand_ews.bus.link import link_params
from custom_components.legrand_ews.ews.model.codec import decode_gateway
from custom_components.legrand_ews.installation import installation_of

from .flow_registers import COUNTER
from .flow_sites import add_device, new_site
from .flow_walk import Walk, only, stored
from .modbus_server import ModbusServer

pytestmark = pytest.mark.usefixtures("socket_enabled", "no_setup")


@pytest.fixture
async def entry(hass: HomeAssistant, bus: ModbusServer) -> ConfigEntry:
    return await new_site(hass, bus)


@pytest.fixture
async def roof(socket_enabled: None) -> ModbusServer:
    server = ModbusServer({1: {0: 0}})
    await server.start()
    yield server
    await server.stop()


async def add_gateway(hass: HomeAssistant, entry: ConfigEntry, port: int) -> None:
    walk = await Walk.add(hass, entry, "gateway")
    await walk.choose("tcp")
    await walk.fill(host="127.0.0.1", port=port, name="Roof")
    await walk.choose("save_gateway")
    assert walk.step == "created"


async def test_second_gateway(
    hass: HomeAssistant, entry: ConfigEntry, roof: ModbusServer
) -> None:
    await add_gateway(hass, entry, roof.port)
    gateways = installation_of(hass, entry).gateways
    assert {number: gateway.name for number, gateway in gateways.items()} == {
        1: "Cellar",
        2: "Roof",
    }
    assert entry.data["next_ids"]["gateway"] == 3


async def test_numbers_are_never_given_twice(
    hass: HomeAssistant, entry: ConfigEntry, roof: ModbusServer
) -> None:
    """S80: also not after the last gateway was deleted."""
    await add_gateway(hass, entry, roof.port)
    second = entry.get_subentries_of_type("gateway")[1]
    hass.config_entries.async_remove_subentry(entry, second.subentry_id)
    await add_gateway(hass, entry, roof.port)
    assert set(installation_of(hass, entry).gateways) == {1, 3}


async def test_second_gateway_at_the_same_place(
    hass: HomeAssistant, entry: ConfigEntry, bus: ModbusServer
) -> None:
    """S25, S77: refused at the place and at the name, before anything is asked."""
    before = stored(entry)
    bus.requests.clear()
    for transport in ("tcp", "rtu_over_tcp"):
        walk = await Walk.add(hass, entry, "gateway")
        await walk.choose(transport)
        await walk.fill(host="127.0.0.1", port=bus.port, name=" CELLAR")
        assert walk.errors == {"host": "gateway_duplicate", "name": "name_duplicate"}
        assert "Cellar" in walk.text("error", "gateway_duplicate", language="fr")
    assert stored(entry) == before
    assert not bus.requests


async def test_unreachable_gateway_then_recovery(
    hass: HomeAssistant, entry: ConfigEntry, roof: ModbusServer
) -> None:
    await roof.stop()
    before = stored(entry)
    walk = await Walk.add(hass, entry, "gateway")
    await walk.choose("tcp")
    await walk.fill(host="127.0.0.1", port=roof.port)
    assert walk.errors == {"host": "cannot_connect"}
    assert stored(entry) == before
    await roof.start()
    await walk.fill()
    assert walk.step == "gateway_tested"
    await walk.choose("save_gateway")
    assert walk.step == "created"


async def test_gateway_that_is_off_is_not_tested(
    hass: HomeAssistant, entry: ConfigEntry
) -> None:
    """S55: it can be described before it is there."""
    walk = await Walk.add(hass, entry, "gateway")
    await walk.choose("tcp")
    await walk.fill(host="192.0.2.1", is_enabled=False)
    assert walk.step == "created"


async def test_place_that_is_taken_after_the_test(
    hass: HomeAssistant, entry: ConfigEntry, roof: ModbusServer
) -> None:
    walk = await Walk.add(hass, entry, "gateway")
    await walk.choose("tcp")
    await walk.fill(host="127.0.0.1", port=roof.port, name="Attic")
    await add_gateway(hass, entry, roof.port)
    before = stored(entry)
    await walk.choose("save_gateway")
    assert walk.errors == {"host": "gateway_duplicate"}
    assert stored(entry) == before


async def test_change_keeps_number_and_devices(
    hass: HomeAssistant, entry: ConfigEntry, bus: ModbusServer, roof: ModbusServer
) -> None:
    """S28: another address, and every device stays where it is."""
    await add_device(hass, entry, name="Lift")
    gateway = only(entry, "gateway")
    roof.units = bus.units
    walk = await Walk.change(hass, entry, gateway)
    assert walk.step == "tcp"
    assert walk.suggested["name"] == "Cellar"
    roof.requests.clear()
    await walk.fill(port=roof.port, name="Attic", timeout_ms=500)
    assert walk.step == "gateway_tested"
    assert {unit for unit, _, _ in roof.requests} == {COUNTER}  # what is known there
    await walk.choose("save_gateway")
    assert walk.step == "reconfigure_successful"

    changed = only(entry, "gateway")
    assert changed.subentry_id == gateway.subentry_id
    assert changed.unique_id == "gateway_1"
    assert changed.title == "Attic"
    site = installation_of(hass, entry)
    assert site.gateways[1].timeout_ms == 500
    assert [device.name for device in site.devices_behind(1)] == ["Lift"]
    assert entry.data["next_ids"]["gateway"] == 2


async def test_change_of_the_name_alone_needs_no_test(
    hass: HomeAssistant, entry: ConfigEntry, bus: ModbusServer
) -> None:
    await bus.stop()
    walk = await Walk.change(hass, entry, only(entry, "gateway"))
    await walk.fill(name="Attic")
    assert walk.step == "reconfigure_successful"
    assert only(entry, "gateway").title == "Attic"
    walk = await Walk.change(hass, entry, only(entry, "gateway"))
    await walk.fill(name=None)  # emptied: named after its host again
    assert only(entry, "gateway").title == "127.0.0.1"


async def test_change_that_is_refused_changes_nothing(
    hass: HomeAssistant, entry: ConfigEntry, roof: ModbusServer
) -> None:
    await add_gateway(hass, entry, roof.port)
    before = stored(entry)
    walk = await Walk.change(hass, entry, entry.get_subentries_of_type("gateway")[1])
    await walk.fill(name="cellar")
    assert walk.errors == {"name": "name_duplicate"}
    await roof.stop()
    await walk.fill(name="Roof", host="localhost")
    assert walk.errors == {"host": "cannot_connect"}
    assert stored(entry) == before


async def test_serial_line_in_use_cannot_be_tested_at_another_speed(
    hass: HomeAssistant, entry: ConfigEntry
) -> None:
    """A port can be open with one speed only; the user may save and find out."""
    walk = await Walk.add(hass, entry, "gateway")
    await walk.choose("serial")
    await walk.fill(serial_port="/dev/ttyLINE")
    await walk.fill(save_without_test=True)
    local = entry.get_subentries_of_type("gateway")[1]
    async_get_unit(hass, entry, link_params(decode_gateway(local.data)), 1)

    walk = await Walk.change(hass, entry, local)
    assert walk.suggested["parity"] == "even"
    await walk.fill(baud_rate="9600", parity="none")
    assert walk.errors == {"serial_port": "connection_in_use"}
    await walk.fill(save_without_test=True)
    assert walk.step == "reconfigure_successful"
    changed = entry.subentries[local.subentry_id].data
    assert (changed["baud_rate"], changed["parity"]) == (9600, "N")


async def test_gateway_goes_on_a_board(
    hass: HomeAssistant, entry: ConfigEntry, bus: ModbusServer
) -> None:
    """S54: one board a gateway, and none at all is fine."""
    walk = await Walk.change(hass, entry, only(entry, "gateway"))
    assert "board_id" not in walk.fields  # there is none yet
    walk = await Walk.add(hass, entry, "panel_board")
    await walk.fill(name="Main board")
    board = only(entry, "panel_board")

    walk = await Walk.change(hass, entry, only(entry, "gateway"))
    assert walk.options_of("board_id") == {"1": "Main board"}
    await walk.fill(board_id="1")
    assert installation_of(hass, entry).gateways[1].board_id == 1

    walk = await Walk.change(hass, entry, only(entry, "gateway"))
    hass.config_entries.async_remove_subentry(entry, board.subentry_id)
    before = stored(entry)
    await walk.fill()
    assert walk.errors == {"board_id": "board_unknown"}
    assert stored(entry) == before
    await walk.fill(board_id=None)
    assert installation_of(hass, entry).gateways[1].board_id is None
