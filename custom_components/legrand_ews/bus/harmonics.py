"""The action get_harmonics and its WebSocket twin: harmonics rank by rank (S148)."""

from typing import Any, Final

from homeassistant.const import PERCENTAGE
from homeassistant.core import HomeAssistant, SupportsResponse, callback
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.typing import VolDictType
import probatio

from ..api import SiteRequest, async_register_twins
from ..errors import failed
from ..ews.bus import Harmonics
from ..ews.model import ObjectKind
from ..queries import known_object

GET_HARMONICS: Final = "get_harmonics"

_FIELDS: Final[VolDictType] = {
    probatio.Required("device"): cv.positive_int,
}


@callback
def async_setup_harmonics(hass: HomeAssistant) -> None:
    """Register the action and its twin."""
    async_register_twins(
        hass, GET_HARMONICS, _get_harmonics, _FIELDS, response=SupportsResponse.ONLY
    )


async def _get_harmonics(request: SiteRequest) -> dict[str, Any]:
    """Read the harmonics of a device now, after everything that is due on its bus.

    Raises the bus errors, ConfigurationError for a device that has none, and
    HomeAssistantError where its gateway is not polled.
    """
    runtime = request.runtime
    device = known_object(
        runtime.installation.devices, ObjectKind.DEVICE, request.fields["device"]
    )
    coordinator = runtime.coordinators.get(device.gateway_id)
    if coordinator is None or coordinator.bus is None:
        raise failed("gateway_unreachable")
    return _answer(await coordinator.bus.read_harmonics(device.id))


def _answer(harmonics: Harmonics) -> dict[str, Any]:
    ranks = harmonics.ranks
    return {
        "ranks": list(ranks),
        "series": [
            {
                "quantity": quantity,
                "values": [float(own[rank]) if rank in own else None for rank in ranks],
            }
            for quantity, own in harmonics.series.items()
        ],
        "unit": PERCENTAGE,
        "provenance": harmonics.provenance,
        "read_at": harmonics.read_at.isoformat(),
    }
