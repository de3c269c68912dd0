"""Which station is meant, and who may tell it something."""

from typing import Final

from homeassistant.auth.permissions.const import POLICY_CONTROL
from homeassistant.const import Platform
from homeassistant.exceptions import Unauthorized
from homeassistant.helpers import config_validation as cv, entity_registry as er
from homeassistant.helpers.typing import VolDictType
import probatio

from ..api import SiteRequest
from ..const import DOMAIN
from ..entity import device_identifier
from ..errors import invalid
from ..ews.model import Device
from .controls import ALLOWED
from .entity import kind_of

STATION_FIELDS: Final[VolDictType] = {
    probatio.Required("device"): cv.positive_int,
    probatio.Optional("side"): probatio.Coerce(int),
}
"""How a side of a station is named in requests."""


def operable_side(request: SiteRequest) -> int:
    """Return the number of the side that is meant, for those who may operate it.

    Each side has a number of its own; with ``side``, that of either will do. Raises
    ServiceValidationError ``station_unknown``, and Unauthorized.
    """
    number = _side_of(request)
    _check_access(request, number)
    return number


def _side_of(request: SiteRequest) -> int:
    number, side = request.fields["device"], request.fields.get("side")
    stations = request.runtime.charging_watch.managed
    station = stations.get(number)
    device = None if station is None else station.device
    if station is None:
        raise invalid("station_unknown", id=number)
    if not isinstance(device, Device) or side in (None, device.side):
        return station.id
    for other in stations.values():
        found = other.device
        if (
            isinstance(found, Device)
            and found.side == side
            and found.gateway_id == device.gateway_id
            and found.address.unit == device.address.unit
        ):
            return other.id
    raise invalid("station_unknown", id=f"{number}-{side}")


def _check_access(request: SiteRequest, number: int) -> None:
    """Let those charge who may operate the station's switch; others are refused.

    Without a user it is Home Assistant itself that asks.
    """
    user = request.user
    if user is None or user.is_admin:
        return
    station = request.runtime.charging_watch.managed[number]
    _, name = device_identifier(request.entry, kind_of(station), number)
    entity_id = er.async_get(request.hass).async_get_entity_id(
        Platform.SWITCH, DOMAIN, f"{name}_{ALLOWED.key}"
    )
    if entity_id is None or not user.permissions.check_entity(
        entity_id, POLICY_CONTROL
    ):
        raise Unauthorized(permission=POLICY_CONTROL, entity_id=entity_id)
