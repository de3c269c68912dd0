"""Tests of a gateway or a device of a running site, for buttons and actions."""

from typing import Any, Final

from homeassistant.core import HomeAssistant, SupportsResponse, callback
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.typing import VolDictType
import probatio

from ..api import SiteRequest, async_register_twins
from ..entities.values import as_number
from ..ews.bus import DeviceTest, GatewayTest, test_device, test_gateway
from ..ews.model import Device, Gateway, ObjectKind
from ..ews.model.scaling import unit_of
from ..ews.quantities import QUANTITIES
from ..queries import known_object
from ..runtime import EwsConfigEntry
from .link import temporary_units

TEST_GATEWAY: Final = "test_gateway"
TEST_DEVICE: Final = "test_device"

_GATEWAY: Final[VolDictType] = {probatio.Required("gateway"): cv.positive_int}
_DEVICE: Final[VolDictType] = {probatio.Required("device"): cv.positive_int}


@callback
def async_setup_tests(hass: HomeAssistant) -> None:
    """Register the actions and their twins."""
    for name, handler, fields in (
        (TEST_GATEWAY, _test_gateway, _GATEWAY),
        (TEST_DEVICE, _test_device, _DEVICE),
    ):
        async_register_twins(
            hass, name, handler, fields, response=SupportsResponse.ONLY
        )


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


async def _test_gateway(request: SiteRequest) -> dict[str, Any]:
    gateways = request.runtime.installation.gateways
    gateway = known_object(gateways, ObjectKind.GATEWAY, request.fields["gateway"])
    test = await async_test_gateway(request.hass, request.entry, gateway)
    return _gateway_answer(test)


async def _test_device(request: SiteRequest) -> dict[str, Any]:
    site = request.runtime.installation
    device = known_object(site.devices, ObjectKind.DEVICE, request.fields["device"])
    known_object(site.gateways, ObjectKind.GATEWAY, device.gateway_id)
    test = await async_test_device(request.hass, request.entry, device)
    return _device_answer(test, device)


def _gateway_answer(test: GatewayTest) -> dict[str, Any]:
    """What the gateway said; the latency in milliseconds."""
    return {
        "reachable": test.is_reachable,
        "latency_ms": None if test.latency_ms is None else round(test.latency_ms, 1),
        "answering": list(test.answering),
        "error": test.error,
    }


def _device_answer(test: DeviceTest, device: Device) -> dict[str, Any]:
    """What the device said, values in their own units."""
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
