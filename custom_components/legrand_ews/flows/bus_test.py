"""Tests of a gateway or device before it is stored: the sentence to show, or values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
import socket
from types import MappingProxyType
from typing import Final

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError

from ..bus.link import temporary_units
from ..catalogue import async_get_catalogue
from ..ews.bus.probe import test_device, test_gateway
from ..ews.bus.readings import Reading
from ..ews.model import Device, Gateway, TcpLink
from ..ews.model.address import FIRST_UNIT
from .naming import map_title

NO_CONNECTION: Final = "cannot_connect"
UNKNOWN_HOST: Final = "unknown_host"
CONNECTION_IN_USE: Final = "connection_in_use"
GATEWAY_FAULTS: Final = frozenset({NO_CONNECTION, UNKNOWN_HOST, CONNECTION_IN_USE})
"""Faults of the way to a bus; behind it no device can be asked."""
DEVICE_FAULTS: Final = frozenset(
    {
        "device_silent",
        "device_refused",
        "device_reply_invalid",
        "device_without_values",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class GatewayResult:
    """What a test of a gateway found; ``error`` is the key of its fault.

    ``latency_ms`` is None where the gateway is there and no device has answered.
    """

    latency_ms: float | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceResult:
    """What a test of a device found; ``error`` is the key of its fault.

    ``other_map`` is the title of the register map that the device answers to where
    that is not its model's.
    """

    identity: Mapping[str, str] = MappingProxyType({})
    readings: Mapping[str, Reading] = MappingProxyType({})
    error: str | None = None
    other_map: str | None = None


async def async_test_gateway(
    hass: HomeAssistant, gateway: Gateway, unit_ids: Iterable[int]
) -> GatewayResult:
    """Ask whether the gateway can be reached (S52); ``unit_ids`` are known devices."""
    if not await _async_is_host_known(hass, gateway):
        return GatewayResult(error=UNKNOWN_HOST)
    units = set(unit_ids) or {FIRST_UNIT}
    try:
        async with temporary_units(hass, gateway, units) as unit_for:
            test = await test_gateway(unit_for, units, timeout_ms=gateway.timeout_ms)
    except HomeAssistantError:
        return GatewayResult(error=CONNECTION_IN_USE)
    if not test.is_reachable:
        return GatewayResult(error=NO_CONNECTION)
    return GatewayResult(latency_ms=test.latency_ms)


async def async_test_device(
    hass: HomeAssistant, gateway: Gateway, device: Device
) -> DeviceResult:
    """Read a device once (S59)."""
    if not await _async_is_host_known(hass, gateway):
        return DeviceResult(error=UNKNOWN_HOST)
    catalogue = await async_get_catalogue(hass)
    units = {device.address.unit}
    try:
        async with temporary_units(hass, gateway, units) as unit_for:
            test = await test_device(
                device,
                catalogue,
                unit_for,
                timeout_ms=gateway.timeout_ms,
                link=gateway.link,
            )
    except HomeAssistantError:
        return DeviceResult(error=CONNECTION_IN_USE)
    if test.error == "gateway_unreachable":
        return DeviceResult(error=NO_CONNECTION)
    if test.recognised not in {None, test.map_key}:
        other = catalogue.maps[test.recognised]
        title = map_title(other, hass.config.language)
        return DeviceResult(error="device_other_model", other_map=title)
    if test.readings:  # a refused part of the map is no reason to distrust the rest
        return DeviceResult(identity=test.identity, readings=test.readings)
    return DeviceResult(
        error=test.error if test.error in DEVICE_FAULTS else "test_failed"
    )


async def _async_is_host_known(hass: HomeAssistant, gateway: Gateway) -> bool:
    if isinstance(gateway.link, TcpLink):
        try:
            await hass.loop.getaddrinfo(
                gateway.link.host, gateway.link.port, type=socket.SOCK_STREAM
            )
        except OSError:
            return False
    return True
