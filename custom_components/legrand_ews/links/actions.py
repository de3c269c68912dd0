"""The list of links between EMS CX3 modules: an action, a command, a file (S179, S183)."""

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
from homeassistant.helpers.translation import async_get_translations
from homeassistant.helpers.typing import VolDictType
from homeassistant.util import slugify
import probatio

from ..const import CONF_CONFIG_ENTRY_ID, DOMAIN
from ..ews.inventory import dialect_of, write_table
from ..ews.model import LinkEnd
from ..files.export_view import BOM, async_hand_out
from ..queries import loaded_site
from ..runtime import EwsConfigEntry
from ..websocket_api import answering
from .watching import faults

GET_LINKS: Final = "get_links"
EXPORT_LINKS: Final = "export_links"

_SITE: Final[VolDictType] = {probatio.Optional(CONF_CONFIG_ENTRY_ID): str}
_END: Final = ("name", "function", "gateway_name", "address")


@callback
def async_setup_links(hass: HomeAssistant) -> None:
    """Register the actions and their twins; the file is for administrators."""
    hass.services.async_register(
        DOMAIN,
        GET_LINKS,
        _get_links,
        schema=probatio.Schema(_SITE),
        supports_response=SupportsResponse.ONLY,
    )
    async_register_admin_service(
        hass,
        DOMAIN,
        EXPORT_LINKS,
        _export_links,
        schema=probatio.Schema(_SITE),
        supports_response=SupportsResponse.OPTIONAL,
    )
    websocket_api.async_register_command(hass, get_links)
    websocket_api.async_register_command(hass, export_links)


async def async_list_links(
    hass: HomeAssistant, entry: EwsConfigEntry, language: str
) -> dict[str, Any]:
    """Return the links that the user has recorded, each with what is wrong with it.

    ``error`` is a sentence in ``language``, ``error_key`` names it for programs.
    """
    texts = await async_get_translations(hass, language, "exceptions", [DOMAIN])
    links: list[dict[str, Any]] = []
    for link, fault in faults(entry.runtime_data):
        error = None
        if fault is not None:
            sentence = texts[f"component.{DOMAIN}.exceptions.{fault.key}.message"]
            error = sentence.format_map(fault.placeholders)
        links.append(
            {
                "event": _end(entry, link.event),
                "action": _end(entry, link.action),
                "comment": link.comment,
                "error": error,
                "error_key": None if fault is None else fault.key,
            }
        )
    return {"links": links}


async def async_export_links(
    hass: HomeAssistant, entry: EwsConfigEntry
) -> dict[str, Any]:
    """Write the links into a table for spreadsheets; return where it is, and its content.

    The address can be opened for an hour. Separators are those of Home Assistant's
    language.
    """
    language = hass.config.language
    answer = await async_list_links(hass, entry, language)
    sides = ("event", "action")
    columns = [f"{side}_{part}" for side in sides for part in ("device", *_END)]
    rows = [
        [
            *(link[side][part] for side in sides for part in ("device", *_END)),
            link["comment"],
            link["error"],
        ]
        for link in answer["links"]
    ]
    content = write_table([*columns, "comment", "error"], rows, dialect_of(language))
    name = f"{slugify(entry.title)}-{entry.entry_id[-6:].lower()}-links.csv"
    return await async_hand_out(hass, name, lambda: content, mark=BOM)


def _end(entry: EwsConfigEntry, end: LinkEnd) -> dict[str, Any]:
    site = entry.runtime_data.installation
    device = site.devices.get(end.device_id)
    gateway = None if device is None else site.gateways.get(device.gateway_id)
    return {
        "device": end.device_id,
        "function": end.function,
        "name": None if device is None else device.name,
        "gateway": None if gateway is None else gateway.id,
        "gateway_name": None if gateway is None else gateway.name,
        "address": None if device is None else device.place,
    }


async def _get_links(call: ServiceCall) -> ServiceResponse:
    entry = loaded_site(call.hass, call.data.get(CONF_CONFIG_ENTRY_ID))
    return await async_list_links(call.hass, entry, call.hass.config.language)


async def _export_links(call: ServiceCall) -> ServiceResponse:
    entry = loaded_site(call.hass, call.data.get(CONF_CONFIG_ENTRY_ID))
    return await async_export_links(call.hass, entry)


@websocket_api.websocket_command(
    {
        probatio.Required("type"): f"{DOMAIN}/{GET_LINKS}",
        probatio.Optional(CONF_LANGUAGE): str,
        **_SITE,
    }
)
@websocket_api.async_response
@answering
async def get_links(
    hass: HomeAssistant, connection: ActiveConnection, message: dict[str, Any]
) -> None:
    """Answer what the action ``get_links`` answers, in the user's language."""
    entry = loaded_site(hass, message.get(CONF_CONFIG_ENTRY_ID))
    language = message.get(CONF_LANGUAGE, hass.config.language)
    answer = await async_list_links(hass, entry, language)
    connection.send_result(message["id"], answer)


@websocket_api.websocket_command(
    {probatio.Required("type"): f"{DOMAIN}/{EXPORT_LINKS}", **_SITE}
)
@websocket_api.require_admin
@websocket_api.async_response
@answering
async def export_links(
    hass: HomeAssistant, connection: ActiveConnection, message: dict[str, Any]
) -> None:
    """Answer what the action ``export_links`` answers."""
    entry = loaded_site(hass, message.get(CONF_CONFIG_ENTRY_ID))
    connection.send_result(message["id"], await async_export_links(hass, entry))
