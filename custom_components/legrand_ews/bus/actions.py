"""Actions on a bus and its meters: look for devices, record that a meter was exchanged.

Both are for administrators; each has a twin among the WebSocket commands.
"""

from collections.abc import Mapping
from decimal import Decimal, DecimalException
from typing import Any, Final

from homeassistant.components import websocket_api
from homeassistant.components.websocket_api import (
    ActiveConnection,
    async_register_command,
)
from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.service import async_register_admin_service
from homeassistant.helpers.typing import VolDictType
from homeassistant.util import dt as dt_util
import probatio

from ..api import answering
from ..const import CONF_CONFIG_ENTRY_ID, DOMAIN
from ..errors import invalid, translated_errors
from ..ews.bus.scan import Found, ScanProgress, ScanResult, scan
from ..ews.model import ObjectKind
from ..queries import known_object, loaded_site
from ..runtime import EwsConfigEntry
from .link import temporary_units

SCAN_BUS: Final = "scan_bus"
RECORD_METER_EXCHANGE: Final = "record_meter_exchange"
EVENT_SCAN: Final = f"{DOMAIN}_scan"

FIRST_UNIT: Final = 1
LAST_UNIT: Final = 247

_UNIT: Final = probatio.All(
    probatio.Coerce(int), probatio.Range(min=FIRST_UNIT, max=LAST_UNIT)
)
_SITE: Final[VolDictType] = {probatio.Optional(CONF_CONFIG_ENTRY_ID): str}
SCAN_FIELDS: Final[VolDictType] = {
    probatio.Required("gateway"): cv.positive_int,
    probatio.Optional("first", default=FIRST_UNIT): _UNIT,
    probatio.Optional("last", default=LAST_UNIT): _UNIT,
}
EXCHANGE_FIELDS: Final[VolDictType] = {
    probatio.Required("device"): cv.positive_int,
    probatio.Required("quantity"): str,
    probatio.Required("old_end"): probatio.Any(int, float, str),
    probatio.Required("new_start"): probatio.Any(int, float, str),
    probatio.Optional("at"): cv.datetime,
}


@callback
def async_setup_bus_actions(hass: HomeAssistant) -> None:
    """Register the actions and their twins."""
    async_register_admin_service(
        hass,
        DOMAIN,
        SCAN_BUS,
        _scan_bus,
        schema=probatio.Schema({**SCAN_FIELDS, **_SITE}),
        supports_response=SupportsResponse.ONLY,
    )
    async_register_admin_service(
        hass,
        DOMAIN,
        RECORD_METER_EXCHANGE,
        _record_meter_exchange,
        schema=probatio.Schema({**EXCHANGE_FIELDS, **_SITE}),
    )
    async_register_command(hass, scan_bus)
    async_register_command(hass, record_meter_exchange)


async def async_scan_bus(
    hass: HomeAssistant, entry: EwsConfigEntry, asked: Mapping[str, Any]
) -> dict[str, Any]:
    """Ask every address of a range behind a gateway who is there.

    An event ``legrand_ews_scan`` after every address tells how far it has come. A
    bus at work goes on with its reads in between.
    """
    runtime = entry.runtime_data
    gateway = known_object(
        runtime.installation.gateways, ObjectKind.GATEWAY, asked["gateway"]
    )
    first, last = asked["first"], asked["last"]
    if last < first:
        raise invalid("scan_range_empty", first=first, last=last)

    @callback
    def progress(at: ScanProgress) -> None:
        hass.bus.async_fire(
            EVENT_SCAN,
            {
                CONF_CONFIG_ENTRY_ID: entry.entry_id,
                "gateway": gateway.id,
                "address": at.address,
                "asked": at.asked,
                "total": at.total,
                "found": [_found(one) for one in at.found],
            },
        )

    bus = runtime.coordinators[gateway.id].bus
    if bus is not None:
        return _answer(await bus.scan(first, last, progress))
    units = set(range(first, last + 1))
    async with temporary_units(hass, gateway, units) as unit_for:
        return _answer(
            await scan(
                unit_for,
                runtime.catalogue,
                first,
                last,
                progress,
                timeout_ms=gateway.timeout_ms,
                link=gateway.link,
            )
        )


async def async_record_meter_exchange(
    entry: EwsConfigEntry, asked: Mapping[str, Any]
) -> None:
    """Record the last reading of an old meter and the first one of its successor.

    Readings are in the unit of the quantity, ``at`` is local unless it says otherwise.
    Returns when the archive has it; where it refuses, a repair says so and it is tried
    again.
    """
    runtime = entry.runtime_data
    device = known_object(
        runtime.installation.devices, ObjectKind.DEVICE, asked["device"]
    )
    now = dt_util.utcnow()
    at = dt_util.as_utc(asked["at"]) if "at" in asked else now
    if at > now:
        raise invalid("exchange_in_future")
    runtime.site.record_meter_exchange(
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


def _found(found: Found) -> dict[str, Any]:
    return {
        "address": found.address,
        "map": found.map_key,
        "certainty": found.certainty,
        "candidates": list(found.candidates),
        "identity": dict(found.identity),
    }


def _answer(result: ScanResult) -> dict[str, Any]:
    return {
        "found": [_found(one) for one in result.found],
        "silent": result.silent,
        "seconds": round(result.seconds, 1),
    }


async def _scan_bus(call: ServiceCall) -> ServiceResponse:
    entry = loaded_site(call.hass, call.data.get(CONF_CONFIG_ENTRY_ID))
    with translated_errors():
        return await async_scan_bus(call.hass, entry, call.data)


async def _record_meter_exchange(call: ServiceCall) -> None:
    entry = loaded_site(call.hass, call.data.get(CONF_CONFIG_ENTRY_ID))
    with translated_errors():
        await async_record_meter_exchange(entry, call.data)


@websocket_api.websocket_command(
    {probatio.Required("type"): f"{DOMAIN}/{SCAN_BUS}", **SCAN_FIELDS, **_SITE}
)
@websocket_api.require_admin
@websocket_api.async_response
@answering
async def scan_bus(
    hass: HomeAssistant, connection: ActiveConnection, message: dict[str, Any]
) -> None:
    """Answer what the action ``scan_bus`` answers."""
    entry = loaded_site(hass, message.get(CONF_CONFIG_ENTRY_ID))
    connection.send_result(message["id"], await async_scan_bus(hass, entry, message))


@websocket_api.websocket_command(
    {
        probatio.Required("type"): f"{DOMAIN}/{RECORD_METER_EXCHANGE}",
        **EXCHANGE_FIELDS,
        **_SITE,
    }
)
@websocket_api.require_admin
@websocket_api.async_response
@answering
async def record_meter_exchange(
    hass: HomeAssistant, connection: ActiveConnection, message: dict[str, Any]
) -> None:
    """Do what the action ``record_meter_exchange`` does."""
    entry = loaded_site(hass, message.get(CONF_CONFIG_ENTRY_ID))
    await async_record_meter_exchange(entry, message)
    connection.send_result(message["id"])
