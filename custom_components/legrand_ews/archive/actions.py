"""The action ``optimize`` and its twin among the WebSocket commands (S243)."""

from typing import Any, Final

from homeassistant.core import HomeAssistant, SupportsResponse, callback

from ..api import SiteRequest, async_register_twins

OPTIMIZE: Final = "optimize"


@callback
def async_setup_archive_actions(hass: HomeAssistant) -> None:
    """Register the action and its twin; both are for administrators."""
    async_register_twins(
        hass, OPTIMIZE, _optimize, {}, response=SupportsResponse.OPTIONAL, admin=True
    )


async def _optimize(request: SiteRequest) -> dict[str, Any]:
    """Tidy a site's archive up and say what that gave back; raises ArchiveError."""
    done = await request.runtime.upkeep.async_optimise()
    return {
        "bytes_before": done.bytes_before,
        "bytes_after": done.bytes_after,
        "seconds": round(done.seconds, 3),
    }
