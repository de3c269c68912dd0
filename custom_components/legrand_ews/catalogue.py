"""The device catalogue, loaded once for all sites of this Home Assistant."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from homeassistant.core import HomeAssistant
from homeassistant.util.hass_dict import HassKey

from .const import DOMAIN, MAPS_FOLDER, STORAGE_FOLDER
from .ews.catalogue import Catalogue, load_catalogue

_CATALOGUE: HassKey[asyncio.Future[Catalogue]] = HassKey(f"{DOMAIN}_catalogue")


async def async_get_catalogue(hass: HomeAssistant) -> Catalogue:
    """Return the catalogue with the user's own maps; read from disk the first time.

    Raises CatalogueError, which names file and line, where a map is wrong; the next
    call reads the files again.
    """
    if _CATALOGUE not in hass.data:
        hass.data[_CATALOGUE] = hass.async_add_executor_job(_load, hass.config.path)
    try:
        return await asyncio.shield(hass.data[_CATALOGUE])
    except Exception:
        hass.data.pop(_CATALOGUE, None)
        raise


def _load(path: Callable[..., str]) -> Catalogue:
    folder = Path(path(STORAGE_FOLDER, MAPS_FOLDER))
    return load_catalogue(folder if folder.is_dir() else None)
