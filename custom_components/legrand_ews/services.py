"""Actions that automations, scripts and other programs can call."""

from typing import Final

from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.typing import VolDictType
import probatio

from .bus.probing import (
    async_test_device,
    async_test_gateway,
    device_answer,
    gateway_answer,
)
from .const import CONF_CONFIG_ENTRY_ID, DOMAIN
from .errors import translated_errors
from .ews.model import ObjectKind
from .queries import (
    CONSUMPTION_FIELDS,
    async_get_consumption,
    known_object,
    loaded_site,
)
from .runtime import EwsConfigEntry

GET_CONSUMPTION: Final = "get_consumption"
TEST_GATEWAY: Final = "test_gateway"
TEST_DEVICE: Final = "test_device"

_SITE: Final[VolDictType] = {probatio.Optional(CONF_CONFIG_ENTRY_ID): str}


@callback
def async_setup_services(hass: HomeAssistant) -> None:
    """Register the actions; they are there as long as Home Assistant runs."""
    gateway: VolDictType = {probatio.Required("gateway"): cv.positive_int}
    device: VolDictType = {probatio.Required("device"): cv.positive_int}
    for name, handler, fields in (
        (GET_CONSUMPTION, _get_consumption, CONSUMPTION_FIELDS),
        (TEST_GATEWAY, _test_gateway, gateway),
        (TEST_DEVICE, _test_device, device),
    ):
        hass.services.async_register(
            DOMAIN,
            name,
            handler,
            schema=probatio.Schema({**fields, **_SITE}),
            supports_response=SupportsResponse.ONLY,
        )


def _site_of(call: ServiceCall) -> EwsConfigEntry:
    return loaded_site(call.hass, call.data.get(CONF_CONFIG_ENTRY_ID))


async def _get_consumption(call: ServiceCall) -> ServiceResponse:
    with translated_errors():
        return await async_get_consumption(
            call.hass,
            _site_of(call),
            call.data,
            language=call.hass.config.language,
        )


async def _test_gateway(call: ServiceCall) -> ServiceResponse:
    entry = _site_of(call)
    gateways = entry.runtime_data.installation.gateways
    gateway = known_object(gateways, ObjectKind.GATEWAY, call.data["gateway"])
    return gateway_answer(await async_test_gateway(call.hass, entry, gateway))


async def _test_device(call: ServiceCall) -> ServiceResponse:
    entry = _site_of(call)
    site = entry.runtime_data.installation
    device = known_object(site.devices, ObjectKind.DEVICE, call.data["device"])
    known_object(site.gateways, ObjectKind.GATEWAY, device.gateway_id)
    test = await async_test_device(call.hass, entry, device)
    return device_answer(test, device)
