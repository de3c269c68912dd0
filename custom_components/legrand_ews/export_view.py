"""Hands out the files that exports have written."""

from http import HTTPStatus
from pathlib import Path
import re
from typing import Final

from aiohttp import web
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import Unauthorized
from homeassistant.helpers.http import KEY_HASS, HomeAssistantView

from .const import DOMAIN, STORAGE_FOLDER

EXPORT_FOLDER: Final = "export"
EXPORT_URL: Final = f"/api/{DOMAIN}/export"

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
