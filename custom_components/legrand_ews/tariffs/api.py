"""Tariffs and cost rules as actions, each with a twin among the WebSocket commands."""

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
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.service import async_register_admin_service
from homeassistant.helpers.typing import VolDictType
import probatio

from ..const import CONF_CONFIG_ENTRY_ID, DOMAIN
from ..errors import translated_errors
from ..queries import loaded_site
from ..websocket_api import answering
from .answers import async_get_tariffs
from .change import async_recompute_costs, async_set_cost_rules

GET_TARIFFS: Final = "get_tariffs"
SET_COST_RULES: Final = "set_cost_rules"
RECOMPUTE_COSTS: Final = "recompute_costs"

_SITE: Final[VolDictType] = {probatio.Optional(CONF_CONFIG_ENTRY_ID): str}
_PLAN: Final[VolDictType] = {
    probatio.Optional(name): object for name in ("fluid", "tariffs", "rules", "mode")
}
TARIFF_FIELDS: Final[VolDictType] = {
    **_PLAN,
    **{probatio.Optional(name): object for name in ("start", "end")},
    **_SITE,
}
_EXTRAS: Final = ("fees", "levies", "taxes", "tiers", "capacity", "billing_day")
RULE_FIELDS: Final[VolDictType] = {
    **_PLAN,
    **{probatio.Optional(name): object for name in (*_EXTRAS, "gas_factor")},
    probatio.Optional("recompute", default="none"): cv.string,
    probatio.Optional("version"): cv.string,
    probatio.Optional("dry_run", default=False): cv.boolean,
    **_SITE,
}
RECOMPUTE_FIELDS: Final[VolDictType] = {
    **{probatio.Optional(name): object for name in ("fluid", "start", "end")},
    probatio.Optional("dry_run", default=False): cv.boolean,
    **_SITE,
}
"""Fields of the actions. What they may hold is the core's to say, in words."""


@callback
def async_setup_tariffs(hass: HomeAssistant) -> None:
    """Register the actions and their twins; changes are for administrators."""
    hass.services.async_register(
        DOMAIN,
        GET_TARIFFS,
        _get_tariffs,
        schema=probatio.Schema(TARIFF_FIELDS),
        supports_response=SupportsResponse.ONLY,
    )
    for name, handler, fields in (
        (SET_COST_RULES, _set_cost_rules, RULE_FIELDS),
        (RECOMPUTE_COSTS, _recompute_costs, RECOMPUTE_FIELDS),
    ):
        async_register_admin_service(
            hass,
            DOMAIN,
            name,
            handler,
            schema=probatio.Schema(fields),
            supports_response=SupportsResponse.OPTIONAL,
        )
    for command in (get_tariffs, set_cost_rules, recompute_costs):
        async_register_command(hass, command)


async def _get_tariffs(call: ServiceCall) -> ServiceResponse:
    entry = loaded_site(call.hass, call.data.get(CONF_CONFIG_ENTRY_ID))
    with translated_errors():
        return await async_get_tariffs(
            call.hass, entry, call.data, language=call.hass.config.language
        )


async def _set_cost_rules(call: ServiceCall) -> ServiceResponse:
    entry = loaded_site(call.hass, call.data.get(CONF_CONFIG_ENTRY_ID))
    with translated_errors():
        return await async_set_cost_rules(
            call.hass, entry, call.data, language=call.hass.config.language
        )


async def _recompute_costs(call: ServiceCall) -> ServiceResponse:
    entry = loaded_site(call.hass, call.data.get(CONF_CONFIG_ENTRY_ID))
    with translated_errors():
        return await async_recompute_costs(call.hass, entry, call.data)


@websocket_api.websocket_command(
    {
        probatio.Required("type"): f"{DOMAIN}/{GET_TARIFFS}",
        probatio.Optional(CONF_LANGUAGE): str,
        **TARIFF_FIELDS,
    }
)
@websocket_api.async_response
@answering
async def get_tariffs(
    hass: HomeAssistant, connection: ActiveConnection, message: dict[str, Any]
) -> None:
    """Answer what the action ``get_tariffs`` answers."""
    entry = loaded_site(hass, message.get(CONF_CONFIG_ENTRY_ID))
    answer = await async_get_tariffs(
        hass, entry, message, language=_language(hass, message)
    )
    connection.send_result(message["id"], answer)


@websocket_api.websocket_command(
    {
        probatio.Required("type"): f"{DOMAIN}/{SET_COST_RULES}",
        probatio.Optional(CONF_LANGUAGE): str,
        **RULE_FIELDS,
    }
)
@websocket_api.require_admin
@websocket_api.async_response
@answering
async def set_cost_rules(
    hass: HomeAssistant, connection: ActiveConnection, message: dict[str, Any]
) -> None:
    """Answer what the action ``set_cost_rules`` answers."""
    entry = loaded_site(hass, message.get(CONF_CONFIG_ENTRY_ID))
    answer = await async_set_cost_rules(
        hass, entry, message, language=_language(hass, message)
    )
    connection.send_result(message["id"], answer)


@websocket_api.websocket_command(
    {probatio.Required("type"): f"{DOMAIN}/{RECOMPUTE_COSTS}", **RECOMPUTE_FIELDS}
)
@websocket_api.require_admin
@websocket_api.async_response
@answering
async def recompute_costs(
    hass: HomeAssistant, connection: ActiveConnection, message: dict[str, Any]
) -> None:
    """Answer what the action ``recompute_costs`` answers."""
    entry = loaded_site(hass, message.get(CONF_CONFIG_ENTRY_ID))
    answer = await async_recompute_costs(hass, entry, message)
    connection.send_result(message["id"], answer)


def _language(hass: HomeAssistant, message: Mapping[str, Any]) -> str:
    language: str = message.get(CONF_LANGUAGE, hass.config.language)
    return language
