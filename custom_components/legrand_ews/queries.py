"""The site and the object that a request speaks of."""

from collections.abc import Mapping

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.service import async_get_config_entry

from .const import DOMAIN
from .errors import invalid
from .ews.model import ObjectKind
from .runtime import EwsConfigEntry


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


def known_object[T](objects: Mapping[int, T], kind: ObjectKind, object_id: int) -> T:
    """Return one of a site's objects; ServiceValidationError where it has no such."""
    if object_id not in objects:
        raise invalid("unknown_object", kind=kind.value, id=object_id)
    return objects[object_id]
