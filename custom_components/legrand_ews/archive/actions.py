"""The action ``optimize`` and its twin among the WebSocket commands (S243)."""

from typing import Any, Final

from homeassistant.components import websocket_api
from homeassistant.components.websocket_api import ActiveConnection
from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
from homeassistant.helpers.service import async_register_admin_service
from homeassistant.helpers.typing import VolDictType
import probatio

from ..const import CONF_CONFIG_ENTRY_ID, DOMAIN
from ..errors import translated_errors
from ..queries import loaded_site
from ..runtime import EwsConfigEntry
from ..websocket_api import answering

OPTIMIZE: Final = "optimize"

_SITE: Final[VolDictType] = {probatio.Optional(CONF_CONFIG_ENTRY_ID): str}


@callback
def async_setup_archive_actions(hass: HomeAssistant) -> None:
    """Register the action and its twin; both are for administrators."""
    async_register_admin_service(
        hass,
        DOMAIN,
        OPTIMIZE,
        _optimize,
        schema=probatio.Schema(_SITE),
        supports_response=SupportsResponse.OPTIONAL,
    )
    websocket_api.async_register_command(hass, optimize)


async def async_optimize(entry: EwsConfigEntry) -> dict[str, Any]:
    """Tidy a site's archive up and say what that gave back; raises ArchiveError."""
    done = await entry.runtime_data.upkeep.async_optimise()
    return {
        "bytes_before": done.bytes_before,
        "bytes_after": done.bytes_after,
        "seconds": round(done.seconds, 3),
    }


async def _optimize(call: ServiceCall) -> ServiceResponse:
    entry = loaded_site(call.hass, call.data.get(CONF_CONFIG_ENTRY_ID))
    with translated_errors():
        return await async_optimize(entry)


@websocket_api.websocket_command(
    {probatio.Required("type"): f"{DOMAIN}/{OPTIMIZE}", **_SITE}
)
@websocket_api.require_admin
@websocket_api.async_response
@answering
async def optimize(
    hass: HomeAssistant, connection: ActiveConnection, message: dict[str, Any]
) -> None:
    """Answer what the action ``optimize`` answers."""
    entry = loaded_site(hass, message.get(CONF_CONFIG_ENTRY_ID))
    connection.send_result(message["id"], await async_optimize(entry))
