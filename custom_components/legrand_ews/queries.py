"""Questions that actions and WebSocket commands have in common."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.service import async_get_config_entry
from homeassistant.helpers.typing import VolDictType
from homeassistant.util import dt as dt_util
import probatio

from .const import DOMAIN
from .errors import invalid
from .ews.consumption import ConsumptionQuery
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


async def async_get_consumption(
    hass: HomeAssistant,
    entry: EwsConfigEntry,
    request: Mapping[str, Any],
    *,
    language: str,
) -> dict[str, Any]:
    """Answer ``get_consumption``, with the predefined loads in a language.

    Raises ConfigurationError at the field that is wrong, and ArchiveError.
    """
    site = entry.runtime_data.site
    query = ConsumptionQuery.from_request(request, entry.runtime_data.installation.zone)
    consumption = await hass.async_add_executor_job(
        site.get_consumption, query, dt_util.utcnow()
    )
    answer: dict[str, Any] = consumption.as_dict()
    for part in (answer, answer.get("compare", {})):
        await async_translate_series(hass, part.get("series", ()), language)
    return answer


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
