"""From a gateway to the connection that all of Home Assistant shares."""

from homeassistant.components.modbus import async_get_unit
from homeassistant.components.modbus.connection import async_get_connection_info
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from modbus_connection import ModbusSerialParams, ModbusTcpParams
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.legrand_ews.bus.link import (
    link_params,
    temporary_units,
    unit_for,
)
from custom_components.legrand_ews.ews.model import (
    Gateway,
    Parity,
    SerialLink,
    TcpLink,
)


def gateway(link: TcpLink | SerialLink) -> Gateway:
    return Gateway(id=1, name="Cellar", link=link)


@pytest.mark.parametrize(
    ("link", "params"),
    [
        (
            TcpLink(host="192.0.2.7", port=1502),
            ModbusTcpParams(host="192.0.2.7", port=1502),
        ),
        (
            TcpLink(host="Gateway.example", port=4001, is_rtu=True),
            ModbusSerialParams(device="socket://Gateway.example:4001", baudrate=115200),
        ),
        (
            TcpLink(host="2001:db8::7", port=4001, is_rtu=True),
            ModbusSerialParams(device="socket://[2001:db8::7]:4001", baudrate=115200),
        ),
        (
            SerialLink(port="/dev/ttyUSB0"),
            ModbusSerialParams(
                device="/dev/ttyUSB0", baudrate=19200, parity="E", stopbits=1
            ),
        ),
        (
            SerialLink(
                port="/dev/ttyUSB0", baud_rate=9600, parity=Parity.NONE, stop_bits=2
            ),
            ModbusSerialParams(
                device="/dev/ttyUSB0", baudrate=9600, parity="N", stopbits=2
            ),
        ),
    ],
)
def test_connection_of_a_gateway(
    link: TcpLink | SerialLink, params: ModbusTcpParams | ModbusSerialParams
) -> None:
    assert link_params(gateway(link)) == params


def held(hass: HomeAssistant) -> dict[str, list[int]]:
    return {
        entry_id: units
        for info in async_get_connection_info(hass)
        for entry_id, units in info.units.items()
    }


async def test_units_are_held_for_the_entry(hass: HomeAssistant) -> None:
    entry = MockConfigEntry(domain="test")
    entry.add_to_hass(hass)
    unit = unit_for(hass, entry, gateway(TcpLink(host="192.0.2.7")))
    assert unit(5) is unit(5)  # taken once
    unit(9)
    assert held(hass) == {entry.entry_id: [5, 9]}


async def test_units_of_a_test_are_given_back(hass: HomeAssistant) -> None:
    async with temporary_units(
        hass, gateway(TcpLink(host="192.0.2.7")), {5, 9}
    ) as unit:
        assert unit(5) is not unit(9)
        assert len(async_get_connection_info(hass)) == 1
        assert held(hass) == {}
    assert async_get_connection_info(hass) == []


async def test_line_that_is_held_with_other_settings(hass: HomeAssistant) -> None:
    entry = MockConfigEntry(domain="test")
    entry.add_to_hass(hass)
    line = SerialLink(port="/dev/ttyUSB0")
    async_get_unit(hass, entry, ModbusSerialParams(device=line.port), 1)
    with pytest.raises(HomeAssistantError) as error:
        unit_for(hass, entry, gateway(line))(1)
    assert error.value.translation_key == "device_in_use"
    with pytest.raises(HomeAssistantError):
        async with temporary_units(hass, gateway(line), {1}):
            pass
    assert held(hass) == {entry.entry_id: [1]}
