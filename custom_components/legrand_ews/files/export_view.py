"""Hands out the files that exports have written."""

from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path
import re
from typing import Any, Final

from aiohttp import web
from homeassistant.components.http.auth import async_sign_path
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import Unauthorized
from homeassistant.helpers.http import KEY_HASS, HomeAssistantView

from ..const import DOMAIN, STORAGE_FOLDER
from ..errors import failed

EXPORT_FOLDER: Final = "export"
EXPORT_URL: Final = f"/api/{DOMAIN}/export"

BOM: Final = "\ufeff"
"""Without it, spreadsheets take a CSV file for one in the old encoding."""

_URL_LIFETIME: Final = timedelta(hours=1)
_NAME: Final = re.compile(r"[a-z0-9_-]+\.(csv|yaml)")


class ExportView(HomeAssistantView):
    """Files of exports, for administrators and for whoever was given a signed address."""

    url = EXPORT_URL + "/{name}"
    name = f"api:{DOMAIN}:export"

    async def get(self, request: web.Request, name: str) -> web.StreamResponse:
        """Return a file as a download."""
        user = request["hass_user"]
        # An address that is signed outside a user's session is signed by the system.
        if not (user.is_admin or user.system_generated):
            raise Unauthorized
        if _NAME.fullmatch(name) is None:
            return web.Response(status=HTTPStatus.NOT_FOUND)
        hass: HomeAssistant = request.app[KEY_HASS]
        path = Path(hass.config.path(STORAGE_FOLDER, EXPORT_FOLDER, name))
        if not await hass.async_add_executor_job(path.is_file):
            return web.Response(status=HTTPStatus.NOT_FOUND)
        disposition = f'attachment; filename="{name}"'
        return web.FileResponse(path, headers={"Content-Disposition": disposition})


async def async_hand_out(
    hass: HomeAssistant, name: str, make: Callable[[], str], *, mark: str = ""
) -> dict[str, Any]:
    """Write what ``make`` returns into a file; return its place, an address, its content.

    ``make`` runs in a worker thread, ``mark`` goes before the content in the file. The
    address can be opened for an hour. Raises HomeAssistantError ``export_failed``.
    """
    folder = Path(hass.config.path(STORAGE_FOLDER, EXPORT_FOLDER))

    def write_file() -> str:
        text = make()
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(f"{mark}{text}".encode())
        return text

    try:
        content = await hass.async_add_executor_job(write_file)
    except OSError as error:
        raise failed("export_failed", reason=error.strerror) from error
    return {
        "file": f"{STORAGE_FOLDER}/{EXPORT_FOLDER}/{name}",
        "url": async_sign_path(hass, f"{EXPORT_URL}/{name}", _URL_LIFETIME),
        "content": content,
    }
