"""Import of history as actions and as WebSocket commands, for administrators."""

from typing import Any, Final

from homeassistant.core import HomeAssistant, SupportsResponse, callback
from homeassistant.helpers.typing import VolDictType
import probatio

from ..api import SiteRequest, async_register_twins
from ..ews.archive import OnConflict
from .importing import async_import_history, async_undo_import

IMPORT_HISTORY: Final = "import_history"
UNDO_IMPORT: Final = "undo_import"

_IMPORT_FIELDS: Final[VolDictType] = {
    probatio.Optional("samples"): [dict],
    probatio.Optional("file"): str,
    probatio.Optional("mapping"): dict,
    probatio.Optional("on_conflict", default=OnConflict.KEEP.value): probatio.In(
        [how.value for how in OnConflict]
    ),
    probatio.Optional("dry_run", default=False): bool,
}
_UNDO_FIELDS: Final[VolDictType] = {probatio.Required("undo"): str}


@callback
def async_setup_history(hass: HomeAssistant) -> None:
    """Register actions and commands."""
    async_register_twins(
        hass,
        IMPORT_HISTORY,
        _import_history,
        _IMPORT_FIELDS,
        response=SupportsResponse.OPTIONAL,
        admin=True,
        has_language=True,
    )
    async_register_twins(
        hass,
        UNDO_IMPORT,
        _undo_import,
        _UNDO_FIELDS,
        response=SupportsResponse.OPTIONAL,
        admin=True,
    )


async def _import_history(request: SiteRequest) -> dict[str, Any]:
    return await async_import_history(
        request.hass, request.entry, request.fields, language=request.language
    )


async def _undo_import(request: SiteRequest) -> dict[str, Any]:
    return await async_undo_import(request.hass, request.entry, request.fields["undo"])
