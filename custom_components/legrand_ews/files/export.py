"""Downloads of consumption: ``reportdata.zip``, ``datalogger.csv``, the file space.

Any signed-in user may download what he sees in the dashboards; what is in the folder
``settings`` is for administrators.
"""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from threading import Event as ThreadEvent
from typing import Any, Final

from homeassistant.components import websocket_api
from homeassistant.components.http.auth import async_sign_path
from homeassistant.components.websocket_api import (
    ActiveConnection,
    async_register_command,
    event_message,
)
from homeassistant.const import CONF_LANGUAGE
from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.translation import async_get_translations
from homeassistant.helpers.typing import VolDictType
from homeassistant.util import dt as dt_util
import probatio

from ..const import CONF_CONFIG_ENTRY_ID, DOMAIN
from ..errors import translated_errors
from ..ews.consumption import ConsumptionQuery
from ..ews.errors import EwsError
from ..ews.files import (
    DATALOGGER_FILE,
    REPORT_FILE,
    DataRequest,
    DownloadCancelledError,
    Entry,
    datalogger,
)
from ..flows.texts import async_with_load_names
from ..queries import CONSUMPTION_FIELDS, loaded_site
from ..runtime import EwsConfigEntry
from ..site_view import async_load_names
from ..websocket_api import answering
from .downloads import (
    URL_LIFETIME,
    MadeFile,
    async_setup_downloads,
    file_url,
    is_of_settings,
)
from .space import async_in_files, dialect_of_entry

EXPORT_DATA: Final = "export_data"
_STEP: Final = 0.01
"""Progress is told by the hundredth."""

_SITE: Final[VolDictType] = {probatio.Optional(CONF_CONFIG_ENTRY_ID): str}
EXPORT_DATA_FIELDS: Final[VolDictType] = {
    **{
        probatio.Optional(x): object
        for x in ("kind", "ids", "start", "end", "rate", "format")
    },
    probatio.Optional("costs", default=False): bool,
}
"""What they may hold is the core's to say, in words."""

type Tell = Callable[[float], None]


async def async_setup_data_export(hass: HomeAssistant) -> None:
    """Register the action, the commands and the addresses of the files."""
    hass.services.async_register(
        DOMAIN,
        EXPORT_DATA,
        _export_data,
        schema=probatio.Schema({**EXPORT_DATA_FIELDS, **_SITE}),
        supports_response=SupportsResponse.ONLY,
    )
    for command in (export_data, get_datalogger, list_files, get_file_url):
        async_register_command(hass, command)
    await async_setup_downloads(hass)


async def async_export_data(
    hass: HomeAssistant,
    entry: EwsConfigEntry,
    request: Mapping[str, Any],
    tell: Tell,
) -> dict[str, Any]:
    """Make ``reportdata.zip`` and say where it is (S210-S215).

    ``tell`` is called in the event loop with what is done, from 0 to 1. Cancelling the
    task stops the work. Raises ConfigurationError at the field that is wrong,
    ArchiveError, and HomeAssistantError where the file cannot be written.
    """
    runtime = entry.runtime_data
    asked = DataRequest.from_request(request, runtime.installation.zone)
    named = await async_with_load_names(hass, runtime.installation)
    dialect = dialect_of_entry(entry)
    given_up = ThreadEvent()
    told = 0.0

    def progress(done: float) -> None:
        nonlocal told
        if given_up.is_set():
            raise DownloadCancelledError
        if done >= told + _STEP:
            told = done
            hass.loop.call_soon_threadsafe(tell, done)

    def make(path: Path) -> tuple[str, ...]:
        return runtime.site.export_data(path, asked, named, dialect, progress)

    file = MadeFile(hass, REPORT_FILE)
    work = hass.async_create_task(file.async_make(make))
    try:
        await asyncio.wait((work,))
    except asyncio.CancelledError:
        given_up.set()
        with suppress(DownloadCancelledError, HomeAssistantError, EwsError):
            await work
        raise
    names = await work
    return {"file": file.name, "url": file.async_url(), "files": list(names)}


async def _export_data(call: ServiceCall) -> ServiceResponse:
    entry = loaded_site(call.hass, call.data.get(CONF_CONFIG_ENTRY_ID))
    with translated_errors():
        return await async_export_data(call.hass, entry, call.data, lambda _: None)


@websocket_api.websocket_command(
    {
        probatio.Required("type"): f"{DOMAIN}/{EXPORT_DATA}",
        **EXPORT_DATA_FIELDS,
        **_SITE,
    }
)
@websocket_api.async_response
@answering
async def export_data(
    hass: HomeAssistant, connection: ActiveConnection, message: dict[str, Any]
) -> None:
    """Do what the action ``export_data`` does, and tell how far it is.

    Events hold ``progress``; the last one holds the action's answer, or an ``error``.
    Ending the subscription cancels the work.
    """
    entry = loaded_site(hass, message.get(CONF_CONFIG_ENTRY_ID))
    DataRequest.from_request(message, entry.runtime_data.installation.zone)

    @callback
    def send(event: dict[str, Any]) -> None:
        connection.send_message(event_message(message["id"], event))

    async def work() -> None:
        try:
            with translated_errors():
                answer = await async_export_data(
                    hass, entry, message, lambda done: send({"progress": done})
                )
        except HomeAssistantError as error:
            send({"error": _as_error(error)})
        else:
            send({"progress": 1, **answer})

    task = hass.async_create_background_task(work(), f"{DOMAIN} {EXPORT_DATA}")

    @callback
    def cancel() -> None:
        task.cancel()

    connection.subscriptions[message["id"]] = cancel
    connection.send_result(message["id"])


@websocket_api.websocket_command(
    {
        probatio.Required("type"): f"{DOMAIN}/datalogger",
        probatio.Optional(CONF_LANGUAGE): str,
        **CONSUMPTION_FIELDS,
        **_SITE,
    }
)
@websocket_api.async_response
@answering
async def get_datalogger(
    hass: HomeAssistant, connection: ActiveConnection, message: dict[str, Any]
) -> None:
    """Make ``datalogger.csv`` of what ``get_consumption`` answers (S176)."""
    entry = loaded_site(hass, message.get(CONF_CONFIG_ENTRY_ID))
    runtime = entry.runtime_data
    language = message.get(CONF_LANGUAGE, hass.config.language)
    names = await async_load_names(hass, language)
    rest = await _async_rest(hass, language)
    query = ConsumptionQuery.from_request(message, runtime.installation.zone)
    dialect, now = dialect_of_entry(entry), dt_util.utcnow()

    def make(path: Path) -> None:
        shown = runtime.site.get_consumption(query, now)
        path.write_bytes(datalogger(shown, dialect, names, rest))

    file = MadeFile(hass, DATALOGGER_FILE)
    await file.async_make(make)
    connection.send_result(message["id"], {"file": file.name, "url": file.async_url()})


async def _async_rest(hass: HomeAssistant, language: str) -> str:
    """Return what is said of a main meter's rest in a language."""
    texts = await async_get_translations(hass, language, "selector", {DOMAIN})
    return texts[f"component.{DOMAIN}.selector.series_kind.options.rest"]


@websocket_api.websocket_command(
    {
        probatio.Required("type"): f"{DOMAIN}/files",
        probatio.Optional("path", default=""): str,
        **_SITE,
    }
)
@websocket_api.async_response
@answering
async def list_files(
    hass: HomeAssistant, connection: ActiveConnection, message: dict[str, Any]
) -> None:
    """List a folder of the file space."""
    entry = loaded_site(hass, message.get(CONF_CONFIG_ENTRY_ID))
    path = message["path"]
    found = await async_in_files(hass, entry, lambda tree: tree.entries(path))
    connection.send_result(message["id"], {"entries": [_as_entry(x) for x in found]})


@websocket_api.websocket_command(
    {
        probatio.Required("type"): f"{DOMAIN}/file_url",
        probatio.Required("path"): str,
        **_SITE,
    }
)
@websocket_api.async_response
@answering
async def get_file_url(
    hass: HomeAssistant, connection: ActiveConnection, message: dict[str, Any]
) -> None:
    """Answer an address at which a file of the file space can be opened for an hour."""
    path = message["path"]
    if is_of_settings(path) and not connection.user.is_admin:
        connection.send_error(
            message["id"], websocket_api.ERR_UNAUTHORIZED, "Unauthorized"
        )
        return
    entry = loaded_site(hass, message.get(CONF_CONFIG_ENTRY_ID))
    await async_in_files(hass, entry, lambda tree: tree.open(path))
    url = async_sign_path(hass, file_url(entry, path), URL_LIFETIME)
    connection.send_result(message["id"], {"url": url})


def _as_entry(entry: Entry) -> dict[str, Any]:
    return {
        "name": entry.name,
        "is_folder": entry.is_folder,
        "changed": entry.changed_at.isoformat(),
        "about_bytes": entry.about_bytes,
    }


def _as_error(error: HomeAssistantError) -> dict[str, Any]:
    return {
        "message": str(error),
        "translation_domain": error.translation_domain,
        "translation_key": error.translation_key,
        "translation_placeholders": error.translation_placeholders,
    }
