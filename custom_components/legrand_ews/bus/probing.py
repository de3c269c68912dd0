"""Tests of a gateway or a device of a running site, for buttons and actions."""

from typing import Any

from homeassistant.core import HomeAssistant

from ..entities.values import as_number
from ..ews.bus import DeviceTest, GatewayTest, test_device, test_gateway
from ..ews.model import Device, Gateway
from ..ews.model.scaling import unit_of
from ..ews.quantities import QUANTITIES
from ..runtime import EwsConfigEntry
from .link import temporary_units


async def async_test_gateway(
    hass: HomeAssistant, entry: EwsConfigEntry, gateway: Gateway
) -> GatewayTest:
    """Ask every unit behind a gateway for a sign of life, whatever its back-off.

    Devices that answer again are polled at once. Raises HomeAssistantError where
    the line is in use with other settings.
    """
    runtime = entry.runtime_data
    devices = runtime.installation.devices_behind(gateway.id)
    # Without a device any unit will do: a gateway that refuses it answers.
    units = {device.address.unit for device in devices} or {1}
    async with temporary_units(hass, gateway, units) as unit_for:
        answer = await test_gateway(unit_for, units, timeout_ms=gateway.timeout_ms)
    runtime.coordinators[gateway.id].async_retry()
    return answer


async def async_test_device(
    hass: HomeAssistant, entry: EwsConfigEntry, device: Device
) -> DeviceTest:
    """Read a device of a known gateway once, whatever its back-off.

    Raises HomeAssistantError where the line is in use with other settings.
    """
    runtime = entry.runtime_data
    gateway = runtime.installation.gateways[device.gateway_id]
    async with temporary_units(hass, gateway, {device.address.unit}) as unit_for:
        answer = await test_device(
            device,
            runtime.catalogue,
            unit_for,
            timeout_ms=gateway.timeout_ms,
            link=gateway.link,
        )
    runtime.coordinators[gateway.id].async_retry()
    return answer


def gateway_answer(test: GatewayTest) -> dict[str, Any]:
    """Return the answer of the action ``test_gateway``."""
    return {
        "reachable": test.is_reachable,
        "latency_ms": None if test.latency_ms is None else round(test.latency_ms, 1),
        "error": test.error,
    }


def device_answer(test: DeviceTest, device: Device) -> dict[str, Any]:
    """Return the answer of the action ``test_device``; values in their own units."""
    return {
        "reachable": test.is_reachable,
        "identity": dict(test.identity),
        "map": test.map_key,
        "provenance": test.provenance,
        "values": {
            key: {
                "value": as_number(reading.value),
                "unit": unit_of(key, device.parameters) or QUANTITIES[key].unit,
            }
            for key, reading in test.readings.items()
        },
        "error": test.error,
    }
