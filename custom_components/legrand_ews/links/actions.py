"""The list of links between EMS CX3 modules: an action, a command, a file (S179, S183)."""

from typing import Any, Final

from homeassistant.core import HomeAssistant, SupportsResponse, callback
from homeassistant.util import slugify

from ..api import SiteRequest, async_register_twins
from ..ews.inventory import dialect_of, write_table
from ..ews.model import LinkEnd
from ..files.export_view import BOM, async_hand_out
from ..runtime import EwsConfigEntry
from ..sentences import async_sentences
from .watching import faults

GET_LINKS: Final = "get_links"
EXPORT_LINKS: Final = "export_links"

_END: Final = ("name", "function", "gateway_name", "address")


@callback
def async_setup_links(hass: HomeAssistant) -> None:
    """Register the actions and their twins; the file is for administrators."""
    async_register_twins(
        hass,
        GET_LINKS,
        _get_links,
        {},
        response=SupportsResponse.ONLY,
        has_language=True,
    )
    async_register_twins(
        hass,
        EXPORT_LINKS,
        _export_links,
        {},
        response=SupportsResponse.OPTIONAL,
        admin=True,
    )


async def _async_list(
    hass: HomeAssistant, entry: EwsConfigEntry, language: str
) -> dict[str, Any]:
    """Return the links that the user has recorded, each with what is wrong with it.

    ``error`` is a sentence in ``language``, ``error_key`` names it for programs.
    """
    sentence = await async_sentences(hass, language)
    links: list[dict[str, Any]] = []
    for link, fault in faults(entry.runtime_data):
        error = None
        if fault is not None:
            error = sentence(fault.key, fault.placeholders)
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


async def _get_links(request: SiteRequest) -> dict[str, Any]:
    return await _async_list(request.hass, request.entry, request.language)


async def _export_links(request: SiteRequest) -> dict[str, Any]:
    """Write the links into a table for spreadsheets; return where it is, and its content.

    The address can be opened for an hour. Separators are those of Home Assistant's
    language.
    """
    hass, entry = request.hass, request.entry
    language = hass.config.language
    answer = await _async_list(hass, entry, language)
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
