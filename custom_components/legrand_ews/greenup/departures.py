"""When the present vehicle leaves, and what it is to get until then (S191)."""

from datetime import datetime
from typing import Final

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.typing import VolDictType
from homeassistant.util import dt as dt_util
import probatio

from ..api import SiteRequest, async_register_twins
from ..errors import invalid
from ..ews.charging.departing import Departure
from ..ews.consumption.request import instant_of
from .access import STATION_FIELDS, operable_side

SET_DEPARTURE: Final = "set_charging_departure"
_FIELDS: Final[VolDictType] = {
    **STATION_FIELDS,
    probatio.Optional("departure"): object,
    probatio.Optional("energy"): cv.positive_int,
}


@callback
def async_setup_departures(hass: HomeAssistant) -> None:
    """Register the action and its twin."""
    async_register_twins(hass, SET_DEPARTURE, _set_departure, _FIELDS)


async def _set_departure(request: SiteRequest) -> None:
    """Take a departure, or without one take it back.

    Raises ConfigurationError at the field that is wrong, ServiceValidationError where
    there is no vehicle, and Unauthorized.
    """
    number, asked = operable_side(request), request.fields
    at = instant_of(asked, "departure", request.runtime.installation.zone)
    departure = None
    if at is not None:
        if not isinstance(at, datetime) or at <= dt_util.utcnow():
            raise invalid("departure_not_ahead")
        if "energy" not in asked:
            raise invalid("departure_energy_missing")
        departure = Departure(at=at, wanted_wh=asked["energy"])
    request.runtime.charging.async_set_departure(number, departure)
