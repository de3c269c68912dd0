"""The correction journal: actions that read it, and record an exchange of a meter."""

from decimal import Decimal, DecimalException
from typing import Any, Final

from homeassistant.core import HomeAssistant, SupportsResponse, callback
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.typing import VolDictType
from homeassistant.util import dt as dt_util
import probatio

from ..api import SiteRequest, async_register_twins
from ..errors import invalid
from ..ews.consumption import CorrectionQuery
from ..ews.model import ObjectKind
from ..queries import known_object

GET_CORRECTIONS: Final = "get_corrections"
RECORD_METER_EXCHANGE: Final = "record_meter_exchange"

_CORRECTIONS: Final[VolDictType] = {
    probatio.Optional(name): object for name in ("devices", "start", "end")
}
_EXCHANGE: Final[VolDictType] = {
    probatio.Required("device"): cv.positive_int,
    probatio.Required("quantity"): str,
    probatio.Required("old_end"): probatio.Any(int, float, str),
    probatio.Required("new_start"): probatio.Any(int, float, str),
    probatio.Optional("at"): cv.datetime,
}


@callback
def async_setup_journal(hass: HomeAssistant) -> None:
    """Register the actions and their twins; to record is for administrators."""
    async_register_twins(
        hass,
        GET_CORRECTIONS,
        _get_corrections,
        _CORRECTIONS,
        response=SupportsResponse.ONLY,
    )
    async_register_twins(
        hass, RECORD_METER_EXCHANGE, _record_meter_exchange, _EXCHANGE, admin=True
    )


async def _get_corrections(request: SiteRequest) -> dict[str, Any]:
    """Answer what counters did beside counting, the latest first.

    Raises ConfigurationError at the field that is wrong, and ArchiveError.
    """
    runtime = request.runtime
    query = CorrectionQuery.from_request(request.fields, runtime.installation.zone)
    found = await request.hass.async_add_executor_job(
        runtime.site.get_corrections, query
    )
    return found.as_dict()


async def _record_meter_exchange(request: SiteRequest) -> None:
    """Record the last reading of an old meter and the first one of its successor.

    Readings are in the unit of the quantity, ``at`` is local unless it says otherwise.
    Returns when the archive has it; where it refuses, a repair says so and it is tried
    again.
    """
    runtime, asked = request.runtime, request.fields
    device = known_object(
        runtime.installation.devices, ObjectKind.DEVICE, asked["device"]
    )
    now = dt_util.utcnow()
    at = dt_util.as_utc(asked["at"]) if "at" in asked else now
    if at > now:
        raise invalid("exchange_in_future")
    runtime.site.recording.exchange_meter(
        device.id,
        asked["quantity"],
        _reading(asked["old_end"]),
        _reading(asked["new_start"]),
        at,
    )
    await runtime.sampler.async_write()


def _reading(value: float | str) -> Decimal:
    try:
        return Decimal(str(value))
    except DecimalException:
        raise invalid("decimal_invalid", value=value) from None
