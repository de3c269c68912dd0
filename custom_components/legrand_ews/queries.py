"""Questions that actions and WebSocket commands have in common."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.service import async_get_config_entry
from homeassistant.helpers.typing import VolDictType
import probatio

from .const import DOMAIN
from .errors import invalid
from .ews.model import ObjectKind, PredefinedLoad
from .runtime import EwsConfigEntry
from .site_view import async_load_names

_TEXT: Final = probatio.Any(None, str)

CONSUMPTION_FIELDS: Final[VolDictType] = {
    **{
        probatio.Optional(name): object
        for name in ("ids", "load", "group", "date", "start", "end")
    },
    **{
        probatio.Optional(name): _TEXT
        for name in ("level", "by", "fluid", "period", "bucket", "compare")
    },
}
"""Fields of ``get_consumption``. What they may hold is the core's to say, in words."""


@callback
def loaded_site(hass: HomeAssistant, entry_id: str | None) -> EwsConfigEntry:
    """Return the site of an entry, or the only one there is.

    Raises ServiceValidationError where it is unknown, not running, or one of several.
    """
    entry: EwsConfigEntry = async_get_config_entry(hass, DOMAIN, entry_id)
    return entry


@callback
def running_site(hass: HomeAssistant, entry_id: str) -> EwsConfigEntry | None:
    """Return the site of an entry while it runs."""
    entries: list[EwsConfigEntry] = hass.config_entries.async_loaded_entries(DOMAIN)
    return next((entry for entry in entries if entry.entry_id == entry_id), None)


async def async_translate_series(
    hass: HomeAssistant, series: Iterable[dict[str, Any]], language: str
) -> None:
    """Name the predefined loads among some series in a language."""
    names = await async_load_names(hass, language)
    for one in series:
        if (key := one.get("key")) is not None:
            one["name"] = names.get(PredefinedLoad(key), one["name"])


def known_object[T](objects: Mapping[int, T], kind: ObjectKind, object_id: int) -> T:
    """Return one of a site's objects; ServiceValidationError where it has no such."""
    if object_id not in objects:
        raise invalid("unknown_object", kind=kind.value, id=object_id)
    return objects[object_id]
