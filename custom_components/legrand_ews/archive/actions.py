"""The action ``optimize`` and its twin among the WebSocket commands (S243)."""

from typing import Any, Final

from homeassistant.core import HomeAssistant, SupportsResponse, callback
import probatio

from ..api import SiteRequest, async_register_twins

OPTIMIZE: Final = "optimize"
CONF_REBUILD: Final = "rebuild"


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
    """Tidy a site's archive up and say what that gave back; raises ArchiveError."""
    done = await request.runtime.upkeep.async_optimise(
        rebuild=request.fields[CONF_REBUILD]
    )
    return {
        "bytes_before": done.bytes_before,
        "bytes_after": done.bytes_after,
        "seconds": round(done.seconds, 3),
    }
