"""Where files are downloaded: those of the file space, and those made on request."""

from collections.abc import Callable
from datetime import datetime, timedelta
from http import HTTPStatus
from pathlib import Path
import re
import secrets
import shutil
from typing import Final
from urllib.parse import quote

from aiohttp import web
from homeassistant.components.http.auth import async_sign_path
from homeassistant.core import HassJob, HomeAssistant, callback
from homeassistant.exceptions import Unauthorized
from homeassistant.helpers.event import async_call_later
from homeassistant.helpers.http import KEY_HASS, HomeAssistantView

from ..const import DOMAIN, STORAGE_FOLDER
from ..errors import failed
from ..ews.errors import ArchiveError, ConfigurationError
from ..queries import running_site
from ..runtime import EwsConfigEntry
from .space import async_in_files, async_pieces

URL_LIFETIME: Final = timedelta(hours=1)
"""How long an address can be opened, and a file made on request is kept."""
SETTINGS_FOLDER: Final = "settings"
CSV: Final = "text/csv"

_FILES_URL: Final = f"/api/{DOMAIN}/files"
_MADE_URL: Final = f"/api/{DOMAIN}/made"
_MADE_FOLDER: Final = "downloads"
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{20,}")
_NAMES: Final = frozenset({"reportdata.zip", "datalogger.csv", "charging-sessions.csv"})


async def async_setup_downloads(hass: HomeAssistant) -> None:
    """Register the addresses; what an earlier run has left over is removed."""
    hass.http.register_view(FileSpaceView())
    hass.http.register_view(MadeFileView())
    await hass.async_add_executor_job(_remove, _made_folder(hass))


def file_url(entry: EwsConfigEntry, path: str) -> str:
    """Return the address of a file of the file space, not yet signed."""
    return f"{_FILES_URL}/{entry.entry_id}/{quote(path)}"


class MadeFile:
    """A file that is being made on request, in a folder nobody can guess."""

    def __init__(self, hass: HomeAssistant, name: str) -> None:
        """Choose its place; ``name`` is what it is saved as."""
        self._hass = hass
        self._token = secrets.token_urlsafe(24)
        self.name = name
        self.path = _made_folder(hass) / self._token / name

    async def async_make[T](self, make: Callable[[Path], T]) -> T:
        """Let ``make`` write the file in a worker thread; it is removed after an hour.

        Raises HomeAssistantError ``export_failed``, and what ``make`` raises.
        """

        def work() -> T:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            return make(self.path)

        async def expire(_: datetime) -> None:
            await self._async_remove()

        try:
            made = await self._hass.async_add_executor_job(work)
        except OSError as error:
            await self._async_remove()
            raise failed("export_failed", reason=error.strerror) from error
        except BaseException:
            await self._async_remove()
            raise
        job = HassJob(expire, cancel_on_shutdown=True)
        async_call_later(self._hass, URL_LIFETIME, job)
        return made

    @callback
    def async_url(self) -> str:
        """Return an address that can be opened for an hour without signing in."""
        url = f"{_MADE_URL}/{self._token}/{self.name}"
        return async_sign_path(self._hass, url, URL_LIFETIME)

    async def _async_remove(self) -> None:
        await self._hass.async_add_executor_job(_remove, self.path.parent)


class MadeFileView(HomeAssistantView):
    """Files made on request, for whoever was told where they are."""

    url = _MADE_URL + "/{token}/{name}"
    name = f"api:{DOMAIN}:made"

    async def get(
        self, request: web.Request, token: str, name: str
    ) -> web.StreamResponse:
        """Return a file as a download."""
        hass: HomeAssistant = request.app[KEY_HASS]
        path = _made_folder(hass) / token / name
        if (
            _TOKEN.fullmatch(token) is None
            or name not in _NAMES
            or not await hass.async_add_executor_job(path.is_file)
        ):
            return web.Response(status=HTTPStatus.NOT_FOUND)
        return web.FileResponse(path, headers=_as_download(name))


class FileSpaceView(HomeAssistantView):
    """Files of the file space, written while they are sent.

    The settings name every address of the site: they are for administrators.
    """

    url = _FILES_URL + "/{entry_id}/{path:.+}"
    name = f"api:{DOMAIN}:files"

    async def get(
        self, request: web.Request, entry_id: str, path: str
    ) -> web.StreamResponse:
        """Return a file as a download."""
        hass: HomeAssistant = request.app[KEY_HASS]
        user = request["hass_user"]
        if is_of_settings(path) and not (user.is_admin or user.system_generated):
            raise Unauthorized
        entry = running_site(hass, entry_id)
        if entry is None:
            return web.Response(status=HTTPStatus.NOT_FOUND)
        try:
            pieces = await async_in_files(hass, entry, lambda tree: tree.open(path))
        except ConfigurationError:
            return web.Response(status=HTTPStatus.NOT_FOUND)
        except ArchiveError:
            return web.Response(status=HTTPStatus.SERVICE_UNAVAILABLE)
        response = web.StreamResponse(headers=_as_download(Path(path).name))
        response.content_type, response.charset = CSV, "utf-8"
        response.enable_compression()
        await response.prepare(request)
        async for piece in async_pieces(hass, pieces):
            await response.write(piece)
        await response.write_eof()
        return response


def is_of_settings(path: str) -> bool:
    """Whether a path leads into the folder that names every address."""
    return path.strip("/").split("/")[0] == SETTINGS_FOLDER


def _made_folder(hass: HomeAssistant) -> Path:
    return Path(hass.config.path(STORAGE_FOLDER, _MADE_FOLDER))


def _remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)


def _as_download(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}
