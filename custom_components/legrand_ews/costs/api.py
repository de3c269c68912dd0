"""The action ``get_costs`` and its twin among the WebSocket commands."""

from typing import Any, Final

from homeassistant.core import HomeAssistant, SupportsResponse, callback
from homeassistant.helpers.typing import VolDictType
from homeassistant.util import dt as dt_util
import probatio

from ..api import SiteRequest, async_register_twins
from ..consumption_api import CONSUMPTION_FIELDS, async_name_loads
from ..ews.billing import CostQuery

GET_COSTS: Final = "get_costs"

_FIELDS: Final[VolDictType] = {
    **CONSUMPTION_FIELDS,
    probatio.Optional("tariffs"): object,
}
"""What they may hold is the core's to say, in words."""


@callback
def async_setup_costs(hass: HomeAssistant) -> None:
    """Register the action and its twin."""
    async_register_twins(
        hass,
        GET_COSTS,
        _get_costs,
        _FIELDS,
        response=SupportsResponse.ONLY,
        has_language=True,
    )


async def _get_costs(request: SiteRequest) -> dict[str, Any]:
    """Answer the costs of a period, with the predefined loads in a language.

    Raises ConfigurationError at the field that is wrong, and ArchiveError.
    """
    hass, runtime = request.hass, request.runtime
    query = CostQuery.from_request(request.fields, runtime.installation.zone)
    costs = await hass.async_add_executor_job(
        runtime.site.get_costs, query, dt_util.utcnow()
    )
    return await async_name_loads(request, costs.as_dict())
