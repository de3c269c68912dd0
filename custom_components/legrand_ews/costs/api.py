"""The action ``get_costs`` and its twin among the WebSocket commands."""

from collections.abc import Mapping
from typing import Any, Final

from homeassistant.components import websocket_api
from homeassistant.components.websocket_api import (
    ActiveConnection,
    async_register_command,
)
from homeassistant.const import CONF_LANGUAGE
from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
from homeassistant.helpers.typing import VolDictType
from homeassistant.util import dt as dt_util
import probatio

from ..const import CONF_CONFIG_ENTRY_ID, DOMAIN
from ..errors import translated_errors
from ..ews.billing import CostQuery
from ..queries import CONSUMPTION_FIELDS, async_translate_series, loaded_site
from ..runtime import EwsConfigEntry
from ..websocket_api import answering

GET_COSTS: Final = "get_costs"

COST_FIELDS: Final[VolDictType] = {
    **CONSUMPTION_FIELDS,
    probatio.Optional("tariffs"): object,
    probatio.Optional(CONF_CONFIG_ENTRY_ID): str,
}
"""Fields of ``get_costs``. What they may hold is the core's to say, in words."""


@callback
def async_setup_costs(hass: HomeAssistant) -> None:
    """Register the action and its twin."""
    hass.services.async_register(
        DOMAIN,
        GET_COSTS,
        _get_costs,
        schema=probatio.Schema(COST_FIELDS),
        supports_response=SupportsResponse.ONLY,
    )
    async_register_command(hass, get_costs)


async def async_get_costs(
    hass: HomeAssistant,
    entry: EwsConfigEntry,
    request: Mapping[str, Any],
    *,
    language: str,
) -> dict[str, Any]:
    """Answer ``get_costs``, with the predefined loads in a language.

    Raises ConfigurationError at the field that is wrong, and ArchiveError.
    """
    runtime = entry.runtime_data
    query = CostQuery.from_request(request, runtime.installation.zone)
    costs = await hass.async_add_executor_job(
        runtime.site.get_costs, query, dt_util.utcnow()
    )
    answer: dict[str, Any] = costs.as_dict()
    for part in (answer, answer.get("compare", {})):
        await async_translate_series(hass, part.get("series", ()), language)
    return answer


async def _get_costs(call: ServiceCall) -> ServiceResponse:
    entry = loaded_site(call.hass, call.data.get(CONF_CONFIG_ENTRY_ID))
    with translated_errors():
        return await async_get_costs(
            call.hass, entry, call.data, language=call.hass.config.language
        )


@websocket_api.websocket_command(
    {
        probatio.Required("type"): f"{DOMAIN}/{GET_COSTS}",
        probatio.Optional(CONF_LANGUAGE): str,
        **COST_FIELDS,
    }
)
@websocket_api.async_response
@answering
async def get_costs(
    hass: HomeAssistant, connection: ActiveConnection, message: dict[str, Any]
) -> None:
    """Answer what the action ``get_costs`` answers."""
    answer = await async_get_costs(
        hass,
        loaded_site(hass, message.get(CONF_CONFIG_ENTRY_ID)),
        message,
        language=message.get(CONF_LANGUAGE, hass.config.language),
    )
    connection.send_result(message["id"], answer)
