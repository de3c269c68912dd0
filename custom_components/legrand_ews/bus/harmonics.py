"""The action get_harmonics and its WebSocket twin: harmonics rank by rank (S148)."""

from collections.abc import Mapping
from typing import Any, Final

from homeassistant.components import websocket_api
from homeassistant.components.websocket_api import (
    ActiveConnection,
    async_register_command,
)
from homeassistant.const import PERCENTAGE
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

from ..const import CONF_CONFIG_ENTRY_ID, DOMAIN
from ..errors import failed, translated_errors
from ..ews.bus import Harmonics
from ..ews.model import ObjectKind
from ..queries import known_object, loaded_site
from ..runtime import EwsConfigEntry
from ..websocket_api import answering

GET_HARMONICS: Final = "get_harmonics"

_FIELDS: Final[VolDictType] = {
    probatio.Required("device"): cv.positive_int,
    probatio.Optional(CONF_CONFIG_ENTRY_ID): str,
}


@callback
def async_setup_harmonics(hass: HomeAssistant) -> None:
    """Register the action and its twin."""
    hass.services.async_register(
        DOMAIN,
        GET_HARMONICS,
        _get_harmonics,
        schema=probatio.Schema(_FIELDS),
        supports_response=SupportsResponse.ONLY,
    )
    async_register_command(hass, get_harmonics)


async def async_get_harmonics(
    entry: EwsConfigEntry, asked: Mapping[str, Any]
) -> dict[str, Any]:
    """Read the harmonics of a device now, after everything that is due on its bus.

    Raises the bus errors, ConfigurationError for a device that has none, and
    HomeAssistantError where its gateway is not polled.
    """
    runtime = entry.runtime_data
    device = known_object(
        runtime.installation.devices, ObjectKind.DEVICE, asked["device"]
    )
    coordinator = runtime.coordinators.get(device.gateway_id)
    if coordinator is None or coordinator.bus is None:
        raise failed("gateway_unreachable")
    return _answer(await coordinator.bus.read_harmonics(device.id))


def _answer(harmonics: Harmonics) -> dict[str, Any]:
    ranks = harmonics.ranks
    return {
        "ranks": list(ranks),
        "series": [
            {
                "quantity": quantity,
                "values": [float(own[rank]) if rank in own else None for rank in ranks],
            }
            for quantity, own in harmonics.series.items()
        ],
        "unit": PERCENTAGE,
        "provenance": harmonics.provenance,
        "read_at": harmonics.read_at.isoformat(),
    }


async def _get_harmonics(call: ServiceCall) -> ServiceResponse:
    entry = loaded_site(call.hass, call.data.get(CONF_CONFIG_ENTRY_ID))
    with translated_errors():
        return await async_get_harmonics(entry, call.data)


@websocket_api.websocket_command(
    {probatio.Required("type"): f"{DOMAIN}/{GET_HARMONICS}", **_FIELDS}
)
@websocket_api.async_response
@answering
async def get_harmonics(
    hass: HomeAssistant, connection: ActiveConnection, message: dict[str, Any]
) -> None:
    """Answer what the action ``get_harmonics`` answers."""
    entry = loaded_site(hass, message.get(CONF_CONFIG_ENTRY_ID))
    connection.send_result(message["id"], await async_get_harmonics(entry, message))
