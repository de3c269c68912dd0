"""Import of history as actions and as WebSocket commands, for administrators."""

from typing import Any, Final

from homeassistant.components import websocket_api
from homeassistant.components.websocket_api import ActiveConnection
from homeassistant.const import CONF_LANGUAGE
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
from ..ews.archive import OnConflict
from ..queries import loaded_site
from ..websocket_api import answering
from .importing import async_import_history, async_undo_import

IMPORT_HISTORY: Final = "import_history"
UNDO_IMPORT: Final = "undo_import"

_SITE: Final[VolDictType] = {probatio.Optional(CONF_CONFIG_ENTRY_ID): str}
_IMPORT_FIELDS: Final[VolDictType] = {
    probatio.Optional("samples"): [dict],
    probatio.Optional("file"): str,
    probatio.Optional("mapping"): dict,
    probatio.Optional("on_conflict", default=OnConflict.KEEP.value): probatio.In(
        [how.value for how in OnConflict]
    ),
    probatio.Optional("dry_run", default=False): bool,
}
_UNDO_FIELDS: Final[VolDictType] = {probatio.Required("undo"): str}


@callback
def async_setup_history(hass: HomeAssistant) -> None:
    """Register actions and commands."""
    for name, handler, fields in (
        (IMPORT_HISTORY, _import, _IMPORT_FIELDS),
        (UNDO_IMPORT, _undo, _UNDO_FIELDS),
    ):
        async_register_admin_service(
            hass,
            DOMAIN,
            name,
            handler,
            schema=probatio.Schema({**fields, **_SITE}),
            supports_response=SupportsResponse.OPTIONAL,
        )
    websocket_api.async_register_command(hass, import_history)
    websocket_api.async_register_command(hass, undo_import)


async def _import(call: ServiceCall) -> ServiceResponse:
    entry = loaded_site(call.hass, call.data.get(CONF_CONFIG_ENTRY_ID))
    with translated_errors():
        return await async_import_history(
            call.hass, entry, call.data, language=call.hass.config.language
        )


async def _undo(call: ServiceCall) -> ServiceResponse:
    entry = loaded_site(call.hass, call.data.get(CONF_CONFIG_ENTRY_ID))
    with translated_errors():
        return await async_undo_import(call.hass, entry, call.data["undo"])


@websocket_api.websocket_command(
    {
        probatio.Required("type"): f"{DOMAIN}/{IMPORT_HISTORY}",
        probatio.Optional(CONF_LANGUAGE): str,
        **_IMPORT_FIELDS,
        **_SITE,
    }
)
@websocket_api.require_admin
@websocket_api.async_response
@answering
async def import_history(
    hass: HomeAssistant, connection: ActiveConnection, message: dict[str, Any]
) -> None:
    """Answer what the action ``import_history`` answers."""
    entry = loaded_site(hass, message.get(CONF_CONFIG_ENTRY_ID))
    language = message.get(CONF_LANGUAGE, hass.config.language)
    answer = await async_import_history(hass, entry, message, language=language)
    connection.send_result(message["id"], answer)


@websocket_api.websocket_command(
    {
        probatio.Required("type"): f"{DOMAIN}/{UNDO_IMPORT}",
        **_UNDO_FIELDS,
        **_SITE,
    }
)
@websocket_api.require_admin
@websocket_api.async_response
@answering
async def undo_import(
    hass: HomeAssistant, connection: ActiveConnection, message: dict[str, Any]
) -> None:
    """Answer what the action ``undo_import`` answers."""
    entry = loaded_site(hass, message.get(CONF_CONFIG_ENTRY_ID))
    answer = await async_undo_import(hass, entry, message["undo"])
    connection.send_result(message["id"], answer)
