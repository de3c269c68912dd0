"""The action ``rebuild_statistics`` and its twin among the WebSocket commands."""

from typing import Any, Final

from homeassistant.core import HomeAssistant, SupportsResponse, callback
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.typing import VolDictType
import probatio

from ..api import SiteRequest, async_register_twins
from ..const import CONF_CONFIG_ENTRY_ID, DOMAIN
from ..ews.consumption import span_bounds
from .rebuilding import Rebuilt, async_rebuild_statistics

REBUILD_STATISTICS: Final = "rebuild_statistics"
EVENT_REBUILD: Final = f"{DOMAIN}_rebuild_statistics"

_FIELDS: Final[VolDictType] = {
    probatio.Optional("start"): object,
    probatio.Optional("end"): object,
    probatio.Optional("averages", default=False): cv.boolean,
}


@callback
def async_setup_statistics(hass: HomeAssistant) -> None:
    """Register the action and its twin, both for administrators."""
    async_register_twins(
        hass,
        REBUILD_STATISTICS,
        _rebuild,
        _FIELDS,
        response=SupportsResponse.OPTIONAL,
        admin=True,
    )


async def _rebuild(request: SiteRequest) -> dict[str, Any]:
    """Rewrite statistics; an event after every month tells how far it has come.

    Raises ConfigurationError at the field that is wrong, and what
    `async_rebuild_statistics` does.
    """
    hass, entry, asked = request.hass, request.entry, request.fields

    @callback
    def progress(at: Rebuilt) -> None:
        hass.bus.async_fire(
            EVENT_REBUILD,
            {
                CONF_CONFIG_ENTRY_ID: entry.entry_id,
                "done": at.done,
                "total": at.total,
                "hours": at.hours,
            },
        )

    start, end = span_bounds(asked, request.runtime.installation.zone)
    rebuilt = await async_rebuild_statistics(
        hass, entry, start, end, progress, with_averages=asked["averages"]
    )
    costs = await request.runtime.cost_statistics.async_rewrite(start)
    return {
        "statistics": rebuilt.statistics,
        "hours": rebuilt.hours,
        "cost_hours": costs,
    }
