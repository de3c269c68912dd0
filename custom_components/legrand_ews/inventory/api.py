"""Export and import of the installation as actions and as WebSocket commands.

Both are for administrators: a file names every address of the site.
"""

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
from ..ews.inventory import FileFormat
from ..files.export_view import ExportView
from ..queries import loaded_site
from ..websocket_api import answering
from .actions import (
    EXPORT_FIELDS,
    IMPORT_FIELDS,
    async_export_installation,
    async_import_installation,
)

EXPORT_INSTALLATION: Final = "export_installation"
IMPORT_INSTALLATION: Final = "import_installation"

_SITE: Final[VolDictType] = {probatio.Optional(CONF_CONFIG_ENTRY_ID): str}


@callback
def async_setup_inventory(hass: HomeAssistant) -> None:
    """Register actions, commands and the address of the files."""
    for name, handler, fields in (
        (EXPORT_INSTALLATION, _export, EXPORT_FIELDS),
        (IMPORT_INSTALLATION, _import, IMPORT_FIELDS),
    ):
        async_register_admin_service(
            hass,
            DOMAIN,
            name,
            handler,
            schema=probatio.Schema({**fields, **_SITE}),
            supports_response=SupportsResponse.OPTIONAL,
        )
    websocket_api.async_register_command(hass, export_installation)
    websocket_api.async_register_command(hass, import_installation)
    hass.http.register_view(ExportView())


async def _export(call: ServiceCall) -> ServiceResponse:
    entry = loaded_site(call.hass, call.data.get(CONF_CONFIG_ENTRY_ID))
    with translated_errors():
        return await async_export_installation(
            call.hass, entry, FileFormat(call.data["format"])
        )


async def _import(call: ServiceCall) -> ServiceResponse:
    entry = loaded_site(call.hass, call.data.get(CONF_CONFIG_ENTRY_ID))
    with translated_errors():
        return await async_import_installation(
            call.hass, entry, call.data, language=call.hass.config.language
        )


@websocket_api.websocket_command(
    {
        probatio.Required("type"): f"{DOMAIN}/{EXPORT_INSTALLATION}",
        **EXPORT_FIELDS,
        **_SITE,
    }
)
@websocket_api.require_admin
@websocket_api.async_response
@answering
async def export_installation(
    hass: HomeAssistant, connection: ActiveConnection, message: dict[str, Any]
) -> None:
    """Answer what the action ``export_installation`` answers."""
    entry = loaded_site(hass, message.get(CONF_CONFIG_ENTRY_ID))
    answer = await async_export_installation(hass, entry, FileFormat(message["format"]))
    connection.send_result(message["id"], answer)


@websocket_api.websocket_command(
    {
        probatio.Required("type"): f"{DOMAIN}/{IMPORT_INSTALLATION}",
        probatio.Optional(CONF_LANGUAGE): str,
        **IMPORT_FIELDS,
        **_SITE,
    }
)
@websocket_api.require_admin
@websocket_api.async_response
@answering
async def import_installation(
    hass: HomeAssistant, connection: ActiveConnection, message: dict[str, Any]
) -> None:
    """Answer what the action ``import_installation`` answers."""
    entry = loaded_site(hass, message.get(CONF_CONFIG_ENTRY_ID))
    language = message.get(CONF_LANGUAGE, hass.config.language)
    answer = await async_import_installation(hass, entry, message, language=language)
    connection.send_result(message["id"], answer)
