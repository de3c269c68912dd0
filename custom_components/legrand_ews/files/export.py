"""Downloads of consumption: ``reportdata.zip``, ``datalogger.csv``, the file space.

Any signed-in user may download what he sees in the dashboards; what is in the folder
``settings`` is for administrators.
"""

import asyncio
from contextlib import suppress
from pathlib import Path
from threading import Event as ThreadEvent
from typing import Any, Final

from homeassistant.components.http.auth import async_sign_path
from homeassistant.core import HomeAssistant, SupportsResponse, callback
from homeassistant.exceptions import HomeAssistantError, Unauthorized
from homeassistant.helpers.typing import VolDictType
from homeassistant.util import dt as dt_util
import probatio

from ..api import (
    SiteRequest,
    Subscriber,
    async_register_action,
    async_register_command,
    async_register_subscription,
)
from ..const import DOMAIN
from ..consumption_api import CONSUMPTION_FIELDS
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
from ..progress import Tell, by_the_hundredth
from ..sentences import async_option_name
from ..site_view import async_load_names
from .downloads import (
    URL_LIFETIME,
    MadeFile,
    async_setup_downloads,
    file_url,
    is_of_settings,
)
from .space import async_in_files, dialect_of_entry

EXPORT_DATA: Final = "export_data"

_EXPORT_DATA: Final[VolDictType] = {
    **{
        probatio.Optional(x): object
        for x in ("kind", "ids", "start", "end", "rate", "format")
    },
    probatio.Optional("costs", default=False): bool,
}
"""What they may hold is the core's to say, in words."""
_FOLDER: Final[VolDictType] = {probatio.Optional("path", default=""): str}
_FILE: Final[VolDictType] = {probatio.Required("path"): str}


async def async_setup_data_export(hass: HomeAssistant) -> None:
    """Register the action, the commands and the addresses of the files."""
    async_register_action(
        hass, EXPORT_DATA, _export_data, _EXPORT_DATA, response=SupportsResponse.ONLY
    )
    async_register_subscription(hass, EXPORT_DATA, _export_and_tell, _EXPORT_DATA)
    async_register_command(
        hass, "datalogger", _make_datalogger, CONSUMPTION_FIELDS, has_language=True
    )
    async_register_command(hass, "files", _list_files, _FOLDER)
    async_register_command(hass, "file_url", _sign_url, _FILE)
    await async_setup_downloads(hass)


async def _async_export(request: SiteRequest, tell: Tell) -> dict[str, Any]:
    """Make ``reportdata.zip`` and say where it is (S210-S215).

    ``tell`` is called in the event loop with what is done, from 0 to 1. Cancelling the
    task stops the work. Raises ConfigurationError at the field that is wrong,
    ArchiveError, and HomeAssistantError where the file cannot be written.
    """
    hass, runtime = request.hass, request.runtime
    asked = DataRequest.from_request(request.fields, runtime.installation.zone)
    named = await async_with_load_names(hass, runtime.installation)
    dialect = dialect_of_entry(request.entry)
    given_up = ThreadEvent()
    report = by_the_hundredth(hass, tell)

    def progress(done: float) -> None:
        if given_up.is_set():
            raise DownloadCancelledError
        report(done)

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


async def _export_data(request: SiteRequest) -> dict[str, Any]:
    return await _async_export(request, lambda _: None)


async def _export_and_tell(request: SiteRequest, subscriber: Subscriber) -> None:
    """Do what the action ``export_data`` does, and tell how far it is.

    Events hold ``progress``; the last one holds the action's answer, or an ``error``.
    Ending the subscription cancels the work.
    """
    DataRequest.from_request(request.fields, request.runtime.installation.zone)
    send = subscriber.async_send

    async def work() -> None:
        try:
            with translated_errors():
                answer = await _async_export(
                    request, lambda done: send({"progress": done})
                )
        except HomeAssistantError as error:
            send({"error": _as_error(error)})
        else:
            send({"progress": 1, **answer})

    task = request.hass.async_create_background_task(work(), f"{DOMAIN} {EXPORT_DATA}")

    @callback
    def cancel() -> None:
        task.cancel()

    subscriber.async_accept(cancel)


async def _make_datalogger(request: SiteRequest) -> dict[str, Any]:
    """Make ``datalogger.csv`` of what ``get_consumption`` answers (S176)."""
    hass, runtime = request.hass, request.runtime
    names = await async_load_names(hass, request.language)
    rest = await async_option_name(hass, "series_kind", "rest", request.language)
    query = ConsumptionQuery.from_request(request.fields, runtime.installation.zone)
    dialect, now = dialect_of_entry(request.entry), dt_util.utcnow()

    def make(path: Path) -> None:
        shown = runtime.site.get_consumption(query, now)
        path.write_bytes(datalogger(shown, dialect, names, rest))

    file = MadeFile(hass, DATALOGGER_FILE)
    await file.async_make(make)
    return {"file": file.name, "url": file.async_url()}


async def _list_files(request: SiteRequest) -> dict[str, Any]:
    """List a folder of the file space."""
    path = request.fields["path"]
    found = await async_in_files(
        request.hass, request.entry, lambda tree: tree.entries(path)
    )
    return {"entries": [_as_entry(x) for x in found]}


async def _sign_url(request: SiteRequest) -> dict[str, Any]:
    """Answer an address at which a file of the file space can be opened for an hour."""
    hass, entry, path = request.hass, request.entry, request.fields["path"]
    user = request.user
    if is_of_settings(path) and user is not None and not user.is_admin:
        raise Unauthorized
    await async_in_files(hass, entry, lambda tree: tree.open(path))
    return {"url": async_sign_path(hass, file_url(entry, path), URL_LIFETIME)}


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
