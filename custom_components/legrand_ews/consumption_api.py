"""Overall and Compare as actions, each with a twin among the WebSocket commands."""

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

from .const import CONF_CONFIG_ENTRY_ID, DOMAIN
from .errors import translated_errors
from .ews.consumption import ComparisonQuery, ConsumptionQuery
from .queries import async_translate_series, loaded_site
from .runtime import EwsConfigEntry
from .websocket_api import answering

GET_OVERALL: Final = "get_overall"
COMPARE_CONSUMPTION: Final = "compare_consumption"

_SITE: Final[VolDictType] = {probatio.Optional(CONF_CONFIG_ENTRY_ID): str}
_PERIOD: Final = ("period", "date", "start", "end")
OVERALL_FIELDS: Final[VolDictType] = {
    probatio.Optional(name): object
    for name in ("level", "ids", "load", "group", "compare", *_PERIOD)
}
COMPARE_FIELDS: Final[VolDictType] = {
    probatio.Required("items"): object,
    **{probatio.Optional(name): object for name in ("in", "bucket", *_PERIOD)},
}
"""Fields of both. What they may hold is the core's to say, in words."""


@callback
def async_setup_consumption(hass: HomeAssistant) -> None:
    """Register the actions and their twins."""
    for name, handler, fields in (
        (GET_OVERALL, _get_overall, OVERALL_FIELDS),
        (COMPARE_CONSUMPTION, _compare_consumption, COMPARE_FIELDS),
    ):
        hass.services.async_register(
            DOMAIN,
            name,
            handler,
            schema=probatio.Schema({**fields, **_SITE}),
            supports_response=SupportsResponse.ONLY,
        )
    async_register_command(hass, get_overall)
    async_register_command(hass, compare_consumption)


async def async_get_overall(
    hass: HomeAssistant, entry: EwsConfigEntry, request: Mapping[str, Any]
) -> dict[str, Any]:
    """Answer ``get_overall``; raises ConfigurationError and ArchiveError."""
    runtime = entry.runtime_data
    query = ConsumptionQuery.from_request(request, runtime.installation.zone)
    overall = await hass.async_add_executor_job(
        runtime.site.get_overall, query, dt_util.utcnow()
    )
    return overall.as_dict()


async def async_compare_consumption(
    hass: HomeAssistant,
    entry: EwsConfigEntry,
    request: Mapping[str, Any],
    *,
    language: str,
) -> dict[str, Any]:
    """Answer ``compare_consumption``, with the predefined loads in a language.

    Raises ConfigurationError and ArchiveError.
    """
    runtime = entry.runtime_data
    query = ComparisonQuery.from_request(request, runtime.installation.zone)
    comparison = await hass.async_add_executor_job(
        runtime.site.compare_consumption, query, dt_util.utcnow()
    )
    answer: dict[str, Any] = comparison.as_dict()
    await async_translate_series(hass, answer["items"], language)
    return answer


async def _get_overall(call: ServiceCall) -> ServiceResponse:
    entry = loaded_site(call.hass, call.data.get(CONF_CONFIG_ENTRY_ID))
    with translated_errors():
        return await async_get_overall(call.hass, entry, call.data)


async def _compare_consumption(call: ServiceCall) -> ServiceResponse:
    entry = loaded_site(call.hass, call.data.get(CONF_CONFIG_ENTRY_ID))
    with translated_errors():
        return await async_compare_consumption(
            call.hass, entry, call.data, language=call.hass.config.language
        )


@websocket_api.websocket_command(
    {probatio.Required("type"): f"{DOMAIN}/{GET_OVERALL}", **OVERALL_FIELDS, **_SITE}
)
@websocket_api.async_response
@answering
async def get_overall(
    hass: HomeAssistant, connection: ActiveConnection, message: dict[str, Any]
) -> None:
    """Answer what the action ``get_overall`` answers."""
    entry = loaded_site(hass, message.get(CONF_CONFIG_ENTRY_ID))
    connection.send_result(message["id"], await async_get_overall(hass, entry, message))


@websocket_api.websocket_command(
    {
        probatio.Required("type"): f"{DOMAIN}/{COMPARE_CONSUMPTION}",
        probatio.Optional(CONF_LANGUAGE): str,
        **COMPARE_FIELDS,
        **_SITE,
    }
)
@websocket_api.async_response
@answering
async def compare_consumption(
    hass: HomeAssistant, connection: ActiveConnection, message: dict[str, Any]
) -> None:
    """Answer what the action ``compare_consumption`` answers."""
    entry = loaded_site(hass, message.get(CONF_CONFIG_ENTRY_ID))
    answer = await async_compare_consumption(
        hass,
        entry,
        message,
        language=message.get(CONF_LANGUAGE, hass.config.language),
    )
    connection.send_result(message["id"], answer)
