"""The device catalogue, loaded once for all sites of this Home Assistant."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

from homeassistant.core import HomeAssistant
from homeassistant.util.hass_dict import HassKey

from .const import DOMAIN, MAPS_FOLDER, STORAGE_FOLDER
from .ews.catalogue import Catalogue, load_catalogue

type _Files = tuple[tuple[str, int, int], ...]
"""The user's own files: name, time of the last change in ns, and size."""


@dataclass(frozen=True, slots=True)
class _Loaded:
    """The catalogue that is made of some files, or will be in a moment."""

    files: _Files
    catalogue: asyncio.Future[Catalogue]


_CATALOGUE: HassKey[_Loaded] = HassKey(f"{DOMAIN}_catalogue")


async def async_get_catalogue(hass: HomeAssistant) -> Catalogue:
    """Return the catalogue with the user's own maps as they are now.

    It is read when it is asked for first, and again when one of those files has
    changed. Raises CatalogueError, which names file and line, where a map is wrong.
    """
    folder = Path(hass.config.path(STORAGE_FOLDER, MAPS_FOLDER))
    files = await hass.async_add_executor_job(_files_in, folder)
    loaded = hass.data.get(_CATALOGUE)
    if loaded is None or loaded.files != files:
        reading = hass.async_add_executor_job(load_catalogue, folder)
        loaded = hass.data[_CATALOGUE] = _Loaded(files, reading)
    return await asyncio.shield(loaded.catalogue)


def _files_in(folder: Path) -> _Files:
    found = []
    for path in sorted(folder.glob("*.yaml")):
        status = path.stat()
        found.append((path.name, status.st_mtime_ns, status.st_size))
    return tuple(found)
