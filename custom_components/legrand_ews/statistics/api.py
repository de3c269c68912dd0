"""The action ``rebuild_statistics`` and its twin among the WebSocket commands."""

from collections.abc import Mapping
from typing import Any, Final

from homeassistant.components import websocket_api
from homeassistant.components.websocket_api import (
    ActiveConnection,
    async_register_command,
)
from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.service import async_register_admin_service
from homeassistant.helpers.typing import VolDictType
import probatio

from ..const import CONF_CONFIG_ENTRY_ID, DOMAIN
from ..errors import translated_errors
from ..ews.consumption import span_bounds
from ..queries import loaded_site
from ..runtime import EwsConfigEntry
from ..websocket_api import answering
from .rebuilding import Rebuilt, async_rebuild_statistics

REBUILD_STATISTICS: Final = "rebuild_statistics"
EVENT_REBUILD: Final = f"{DOMAIN}_rebuild_statistics"

_FIELDS: Final[VolDictType] = {
    probatio.Optional("start"): object,
    probatio.Optional("end"): object,
    probatio.Optional("averages", default=False): cv.boolean,
    probatio.Optional(CONF_CONFIG_ENTRY_ID): str,
}


@callback
def async_setup_statistics(hass: HomeAssistant) -> None:
    """Register the action and its twin, both for administrators."""
    async_register_admin_service(
        hass,
        DOMAIN,
        REBUILD_STATISTICS,
        _rebuild_statistics,
        schema=probatio.Schema(_FIELDS),
        supports_response=SupportsResponse.OPTIONAL,
    )
    async_register_command(hass, rebuild_statistics)


async def async_rebuild(
    hass: HomeAssistant, entry: EwsConfigEntry, request: Mapping[str, Any]
) -> dict[str, Any]:
    """Rewrite statistics; an event after every month tells how far it has come.

    Raises ConfigurationError at the field that is wrong, and what
    `async_rebuild_statistics` does.
    """

    @callback
    def progress(at: Rebuilt) -> None:
        hass.bus.async_fire(
            EVENT_REBUILD,
            {
                CONF_CONFIG_ENTRY_ID: entry.entry_id,
                "done": at.done,
                "total": at.total,
                "hours": at.hours,
            },
        )

    start, end = span_bounds(request, entry.runtime_data.installation.zone)
    rebuilt = await async_rebuild_statistics(
        hass, entry, start, end, progress, with_averages=request["averages"]
    )
    costs = await entry.runtime_data.cost_statistics.async_rewrite(start)
    return {
        "statistics": rebuilt.statistics,
        "hours": rebuilt.hours,
        "cost_hours": costs,
    }


async def _rebuild_statistics(call: ServiceCall) -> ServiceResponse:
    entry = loaded_site(call.hass, call.data.get(CONF_CONFIG_ENTRY_ID))
    with translated_errors():
        return await async_rebuild(call.hass, entry, call.data)


@websocket_api.websocket_command(
    {probatio.Required("type"): f"{DOMAIN}/{REBUILD_STATISTICS}", **_FIELDS}
)
@websocket_api.require_admin
@websocket_api.async_response
@answering
async def rebuild_statistics(
    hass: HomeAssistant, connection: ActiveConnection, message: dict[str, Any]
) -> None:
    """Answer what the action ``rebuild_statistics`` answers."""
    entry = loaded_site(hass, message.get(CONF_CONFIG_ENTRY_ID))
    connection.send_result(message["id"], await async_rebuild(hass, entry, message))
