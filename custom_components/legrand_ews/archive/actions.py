"""The action ``optimize`` and its twin among the WebSocket commands (S243)."""

from typing import Any, Final

from homeassistant.core import HomeAssistant, SupportsResponse, callback
import probatio

from ..api import SiteRequest, async_register_twins
from ..const import CONF_CONFIG_ENTRY_ID, DOMAIN

OPTIMIZE: Final = "optimize"
CONF_REBUILD: Final = "rebuild"
EVENT_OPTIMIZE: Final = f"{DOMAIN}_optimize"


@callback
def async_setup_archive_actions(hass: HomeAssistant) -> None:
    """Register the action and its twin; both are for administrators."""
    async_register_twins(
        hass,
        OPTIMIZE,
        _optimize,
        {probatio.Optional(CONF_REBUILD, default=False): bool},
        response=SupportsResponse.OPTIONAL,
        admin=True,
    )


async def _optimize(request: SiteRequest) -> dict[str, Any]:
    """Tidy a site's archive up and say what that gave back; raises ArchiveError.

    Events tell by the hundredth how far rebuilding has come.
    """

    @callback
    def tell(share: float) -> None:
        request.hass.bus.async_fire(
            EVENT_OPTIMIZE,
            {CONF_CONFIG_ENTRY_ID: request.entry.entry_id, "progress": share},
        )

    upkeep = request.runtime.upkeep
    done = await upkeep.async_optimise(tell if request.fields[CONF_REBUILD] else None)
    return {
        "bytes_before": done.bytes_before,
        "bytes_after": done.bytes_after,
        "seconds": round(done.seconds, 3),
    }
