"""When the present vehicle leaves, and what it is to get until then (S191)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from homeassistant.auth.models import User
from homeassistant.components import websocket_api
from homeassistant.components.websocket_api import (
    ActiveConnection,
    async_register_command,
)
from homeassistant.core import HomeAssistant, ServiceCall, callback
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.typing import VolDictType
from homeassistant.util import dt as dt_util
import probatio

from ..const import CONF_CONFIG_ENTRY_ID, DOMAIN
from ..errors import invalid, translated_errors
from ..ews.charging.departing import Departure
from ..ews.consumption.request import instant_of
from ..queries import loaded_site
from ..runtime import EwsConfigEntry
from ..websocket_api import answering
from .access import STATION_FIELDS, check_access, side_of, user_of

SET_DEPARTURE: Final = "set_charging_departure"
_FIELDS: Final[VolDictType] = {
    **STATION_FIELDS,
    probatio.Optional("departure"): object,
    probatio.Optional("energy"): cv.positive_int,
    probatio.Optional(CONF_CONFIG_ENTRY_ID): str,
}


@callback
def async_setup_departures(hass: HomeAssistant) -> None:
    """Register the action and its twin."""
    hass.services.async_register(
        DOMAIN, SET_DEPARTURE, _set_departure, schema=probatio.Schema(_FIELDS)
    )
    async_register_command(hass, set_charging_departure)


def _apply(
    hass: HomeAssistant,
    entry: EwsConfigEntry,
    asked: Mapping[str, Any],
    user: User | None,
) -> None:
    """Take a departure, or without one take it back.

    Raises ConfigurationError at the field that is wrong, ServiceValidationError where
    there is no vehicle, and Unauthorized.
    """
    number = side_of(entry, asked)
    check_access(hass, entry, number, user)
    zone = entry.runtime_data.installation.zone
    at = instant_of(asked, "departure", zone)
    departure = None
    if at is not None:
        if not isinstance(at, datetime) or at <= dt_util.utcnow():
            raise invalid("departure_not_ahead")
        if "energy" not in asked:
            raise invalid("departure_energy_missing")
        departure = Departure(at=at, wanted_wh=asked["energy"])
    entry.runtime_data.charging.async_set_departure(number, departure)


async def _set_departure(call: ServiceCall) -> None:
    entry = loaded_site(call.hass, call.data.get(CONF_CONFIG_ENTRY_ID))
    with translated_errors():
        _apply(call.hass, entry, call.data, await user_of(call))


@websocket_api.websocket_command(
    {probatio.Required("type"): f"{DOMAIN}/{SET_DEPARTURE}", **_FIELDS}
)
@websocket_api.async_response
@answering
async def set_charging_departure(
    hass: HomeAssistant, connection: ActiveConnection, message: dict[str, Any]
) -> None:
    """Do what the action ``set_charging_departure`` does."""
    entry = loaded_site(hass, message.get(CONF_CONFIG_ENTRY_ID))
    _apply(hass, entry, message, connection.user)
    connection.send_result(message["id"])
