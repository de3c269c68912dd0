"""From a gateway of the site to Modbus units on Home Assistant's shared connection."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager

from homeassistant.components.modbus import (
    async_get_temporary_unit,
    async_get_unit,
)
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from modbus_connection import ModbusSerialParams, ModbusTcpParams, ModbusUnit

from ..ews.model import Gateway, SerialLink

_SOCKET_BAUD_RATE = 115200
"""What Home Assistant itself states for RTU over a socket; any other value would make
one connection look like two that differ."""


def link_params(gateway: Gateway) -> ModbusTcpParams | ModbusSerialParams:
    """Name the connection that leads to the gateway.

    RTU over TCP is a serial line whose device is a socket; an IPv6 address stands in
    brackets there.
    """
    link = gateway.link
    if isinstance(link, SerialLink):
        return ModbusSerialParams(
            device=link.port,
            baudrate=link.baud_rate,
            parity=link.parity.value,
            stopbits=2 if link.stop_bits == 2 else 1,
        )
    if not link.is_rtu:
        return ModbusTcpParams(host=link.host, port=link.port)
    host = f"[{link.host}]" if ":" in link.host else link.host
    return ModbusSerialParams(
        device=f"socket://{host}:{link.port}", baudrate=_SOCKET_BAUD_RATE
    )


def unit_for(
    hass: HomeAssistant, entry: ConfigEntry, gateway: Gateway
) -> Callable[[int], ModbusUnit]:
    """Return what hands out the units behind a gateway while the entry is loaded.

    A unit is taken when it is first asked for and kept. Raises HomeAssistantError
    (``modbus``: ``device_in_use``) where another integration holds the same connection
    with other settings.
    """
    units: dict[int, ModbusUnit] = {}
    params = link_params(gateway)

    def unit(unit_id: int) -> ModbusUnit:
        if unit_id not in units:
            units[unit_id] = async_get_unit(hass, entry, params, unit_id)
            units[unit_id].require_timeout(gateway.timeout_ms / 1000)
        return units[unit_id]

    return unit


@asynccontextmanager
async def temporary_units(
    hass: HomeAssistant, gateway: Gateway, unit_ids: set[int]
) -> AsyncIterator[Callable[[int], ModbusUnit]]:
    """Lend units for a test before anything is stored; the context gives them back.

    Raises HomeAssistantError as ``unit_for`` does.
    """
    params = link_params(gateway)
    async with AsyncExitStack() as stack:
        units: dict[int, ModbusUnit] = {}
        for unit_id in sorted(unit_ids):
            unit = await stack.enter_async_context(
                async_get_temporary_unit(hass, params, unit_id)
            )
            unit.require_timeout(gateway.timeout_ms / 1000)
            units[unit_id] = unit
        yield units.__getitem__
