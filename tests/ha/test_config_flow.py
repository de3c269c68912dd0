"""A new site with its first gateway: every step, every error at its field."""

from socket import gaierror

from homeassistant.components.modbus.connection import async_get_connection_info
from homeassistant.core import HomeAssistant
from pymodbus import FramerType
from pymodbus.server import ModbusTcpServer
from pymodbus.simulator import DataType, SimData, SimDevice
import pytest

from .flow_sites import entries, new_site
from .flow_walk import Walk, only, stored
from .modbus_server import ModbusServer

pytestmark = pytest.mark.usefixtures("socket_enabled", "no_setup")


async def gateway_form(hass: HomeAssistant, transport: str = "tcp") -> Walk:
    walk = await Walk.site(hass)
    await walk.fill(name="Town hall")
    await walk.choose(transport)
    return walk


async def test_site_with_modbus_tcp(hass: HomeAssistant, bus: ModbusServer) -> None:
    walk = await Walk.site(hass)
    assert walk.suggested == {"name": "test home"}  # as Home Assistant is called
    await walk.fill(name=" Town hall ")
    assert walk.step == "gateway"
    await walk.choose("tcp")
    assert walk.suggested == {"host": "", "port": 502, "timeout_ms": 300}
    await walk.fill(host="127.0.0.1", port=bus.port, description="Behind the door")
    assert walk.step == "gateway_connected"  # nobody answers at address 1
    await walk.choose("save_gateway")
    assert walk.step == "created"

    (entry,) = entries(hass)
    assert entry.title == "Town hall"
    assert entry.unique_id == "town hall"
    assert entry.data == {
        "next_ids": {"gateway": 2, "device": 1, "load": 10, "group": 1, "board": 1}
    }
    gateway = only(entry, "gateway")
    assert gateway.title == "127.0.0.1"  # S51: a forgotten name
    assert gateway.unique_id == "gateway_1"
    assert gateway.data == {
        "id": 1,
        "name": "127.0.0.1",
        "kind": "modbus",
        "transport": "tcp",
        "host": "127.0.0.1",
        "port": bus.port,
        "timeout_ms": 300,
        "description": "Behind the door",
        "board_id": None,
        "eq_device_id": None,
        "is_enabled": True,
    }
    assert {unit for unit, _, _ in bus.requests} == {1}  # really asked
    assert async_get_connection_info(hass) == []  # and let go again


async def test_latency_is_shown_where_a_device_answers(
    hass: HomeAssistant, bus: ModbusServer
) -> None:
    bus.units[1] = {0: 0}
    walk = await gateway_form(hass)
    await walk.fill(host="127.0.0.1", port=bus.port)
    assert walk.step == "gateway_tested"
    latency = walk.result["description_placeholders"]["latency"]
    assert 0 < float(latency) < 1000
    assert "ms" in walk.text("step", "gateway_tested", "description", language="fr")


async def test_unreachable_gateway_then_recovery(
    hass: HomeAssistant, bus: ModbusServer
) -> None:
    await bus.stop()
    walk = await gateway_form(hass)
    await walk.fill(host="127.0.0.1", port=bus.port, name="Cellar")
    assert walk.errors == {"host": "cannot_connect"}
    assert not entries(hass)
    assert walk.suggested["name"] == "Cellar"  # nothing to type again
    assert walk.suggested["save_without_test"] is False

    await walk.fill()  # without a change: tested again
    assert walk.errors == {"host": "cannot_connect"}

    await bus.start()
    await walk.fill()
    assert walk.step == "gateway_connected"
    await walk.choose("edit_gateway")
    assert walk.step == "tcp"
    assert walk.suggested["port"] == bus.port
    await walk.fill()
    await walk.choose("save_gateway")
    assert walk.step == "created"


async def test_saving_without_a_test(hass: HomeAssistant, bus: ModbusServer) -> None:
    await bus.stop()
    walk = await gateway_form(hass)
    assert "save_without_test" not in walk.fields  # only after a failed test
    await walk.fill(host="127.0.0.1", port=bus.port)
    await walk.fill(save_without_test=True)
    assert walk.step == "created"
    (entry,) = entries(hass)
    assert "save_without_test" not in only(entry, "gateway").data


@pytest.mark.parametrize(
    ("values", "errors"),
    [
        ({"host": ""}, {"host": "host_required"}),
        ({"host": "192.168.1.300"}, {"host": "host_invalid"}),
        ({"host": "http://x"}, {"host": "host_invalid"}),
        ({"host": "127.0.0.1", "port": 0}, {"port": "out_of_range"}),
        ({"host": "127.0.0.1", "port": 502.5}, {"port": "number_invalid"}),
        ({"host": "127.0.0.1", "timeout_ms": 49}, {"timeout_ms": "out_of_range"}),
        ({"host": "127.0.0.1", "timeout_ms": 10001}, {"timeout_ms": "out_of_range"}),
        (
            # Of two ranges the other is told when the form is sent again.
            {"host": "", "port": 70000, "timeout_ms": 1},
            {"host": "host_required", "port": "out_of_range"},
        ),
    ],
)
async def test_errors_of_a_network_gateway(
    hass: HomeAssistant, values: dict[str, object], errors: dict[str, str]
) -> None:
    walk = await gateway_form(hass)
    await walk.fill(**values)
    assert walk.step == "tcp"
    assert walk.errors == errors
    assert not entries(hass)


async def test_unknown_host(
    hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The kit lets no name be looked up, so the look-up answers here as DNS would."""

    async def not_found(*_: object, **__: object) -> None:
        raise gaierror("Name or service not known")

    monkeypatch.setattr(hass.loop, "getaddrinfo", not_found)
    walk = await gateway_form(hass)
    await walk.fill(host="gateway.invalid")
    assert walk.errors == {"host": "unknown_host"}
    assert not entries(hass)
    assert "gateway.invalid" in walk.text("error", "unknown_host", language="fr")


async def test_rtu_over_tcp(hass: HomeAssistant) -> None:
    """A serial device server carries RTU frames with their checksums."""
    device = SimDevice(1, [SimData(0, values=[7], datatype=DataType.REGISTERS)])
    server = ModbusTcpServer(device, framer=FramerType.RTU, address=("127.0.0.1", 0))
    await server.serve_forever(background=True)
    port = server.transport.sockets[0].getsockname()[1]
    walk = await gateway_form(hass, "rtu_over_tcp")
    await walk.fill(host="127.0.0.1", port=port)
    assert walk.step == "gateway_tested"
    await walk.choose("save_gateway")
    (entry,) = entries(hass)
    assert only(entry, "gateway").data["transport"] == "rtu_over_tcp"
    await server.shutdown()


async def test_serial_port_is_called_local(hass: HomeAssistant) -> None:
    """S28, S50: even parity, 1 stop bit, 19200 baud, 300 ms; name ``Local``."""
    walk = await gateway_form(hass, "serial")
    assert walk.suggested == {
        "baud_rate": "19200",
        "parity": "even",
        "stop_bits": "1",
        "timeout_ms": 300,
    }
    await walk.fill(serial_port="/dev/serial/by-id/usb-none")
    assert walk.errors == {"serial_port": "cannot_connect"}
    assert not entries(hass)
    await walk.fill(save_without_test=True)
    (entry,) = entries(hass)
    gateway = only(entry, "gateway")
    assert gateway.title == "Local"
    assert (
        gateway.data.items()
        >= {
            "transport": "serial",
            "serial_port": "/dev/serial/by-id/usb-none",
            "baud_rate": 19200,
            "parity": "E",
            "stop_bits": 1,
            "timeout_ms": 300,
        }.items()
    )


async def test_serial_port_must_be_chosen(hass: HomeAssistant) -> None:
    walk = await gateway_form(hass, "serial")
    await walk.fill(serial_port=" ")
    assert walk.errors == {"serial_port": "serial_port_required"}
    assert not entries(hass)


async def test_site_needs_a_name_of_its_own(
    hass: HomeAssistant, bus: ModbusServer
) -> None:
    await new_site(hass, bus)
    walk = await Walk.site(hass)
    await walk.fill(name="  ")
    assert walk.errors == {"name": "name_required"}
    await walk.fill(name="TOWN hall")
    assert walk.errors == {"name": "site_duplicate"}
    assert len(entries(hass)) == 1
    await walk.fill(name="School")
    assert walk.step == "gateway"


async def test_name_that_is_taken_while_the_flow_is_open(
    hass: HomeAssistant, bus: ModbusServer
) -> None:
    school = await new_site(hass, bus, "School")
    slow = await gateway_form(hass)
    await slow.fill(host="127.0.0.1", port=bus.port)
    renaming = await Walk.site(hass, school)
    await renaming.fill(name="Town Hall")
    await slow.choose("save_gateway")
    assert slow.step == "already_configured"
    assert entries(hass) == [school]


async def test_site_gets_another_name(hass: HomeAssistant, bus: ModbusServer) -> None:
    entry = await new_site(hass, bus)
    await new_site(hass, bus, "School")
    before = stored(entry)
    walk = await Walk.site(hass, entry)
    assert walk.suggested == {"name": "Town hall"}
    await walk.fill(name="school")
    assert walk.errors == {"name": "site_duplicate"}
    await walk.fill(name="")
    assert walk.errors == {"name": "name_required"}
    assert stored(entry) == before
    await walk.fill(name="City hall")
    assert walk.step == "reconfigure_successful"
    assert stored(entry) == {**before, "title": "City hall"}
    assert entry.unique_id == "city hall"


async def test_site_that_only_reads_another_server(
    hass: HomeAssistant, bus: ModbusServer
) -> None:
    """S129, S130: unit 247 is asked; there is no bus to search, only what to read."""
    walk = await Walk.site(hass)
    await walk.fill(name="Annex")
    await walk.choose("ews_slave")
    await walk.fill(host="127.0.0.1", port=bus.port)
    assert {unit for unit, _, _ in bus.requests} == {247}
    await walk.choose("save_gateway")
    assert walk.step == "created"
    entry = walk.result["result"]
    assert only(entry, "gateway").data["kind"] == "ews_slave"
    walk = await Walk.add(hass, entry, "device")
    assert walk.step == "pick"
