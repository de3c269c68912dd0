"""The action scan_bus and its WebSocket twin: who is behind a gateway."""

import asyncio
from typing import Any, Final

from homeassistant.core import HomeAssistant, SupportsResponse, callback
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.typing import VolDictType
import probatio

from ..api import SiteRequest, async_register_twins
from ..const import CONF_CONFIG_ENTRY_ID, DOMAIN
from ..errors import failed, invalid
from ..ews.bus import Found, ScanProgress, ScanResult, scan
from ..ews.bus.scan import OnProgress
from ..ews.model import Gateway, ObjectKind
from ..ews.model.address import FIRST_UNIT, LAST_UNIT
from ..queries import known_object
from .link import temporary_units

SCAN_BUS: Final = "scan_bus"
EVENT_SCAN: Final = f"{DOMAIN}_scan"

_UNIT: Final = probatio.All(
    probatio.Coerce(int), probatio.Range(min=FIRST_UNIT, max=LAST_UNIT)
)
_FIELDS: Final[VolDictType] = {
    probatio.Required("gateway"): cv.positive_int,
    probatio.Optional("first", default=FIRST_UNIT): _UNIT,
    probatio.Optional("last", default=LAST_UNIT): _UNIT,
}


@callback
def async_setup_scan(hass: HomeAssistant) -> None:
    """Register the action and its twin, for administrators."""
    async_register_twins(
        hass,
        SCAN_BUS,
        _scan_bus,
        _FIELDS,
        response=SupportsResponse.ONLY,
        admin=True,
        ends_with_caller=True,
    )


async def _scan_bus(request: SiteRequest) -> dict[str, Any]:
    """Ask every address of a range behind a gateway who is there.

    An event ``legrand_ews_scan`` after every address tells how far it has come. A
    bus at work goes on with its reads in between. The search ends with its site:
    HomeAssistantError ``scan_ended``.
    """
    hass, entry, asked = request.hass, request.entry, request.fields
    gateways = request.runtime.installation.gateways
    gateway = known_object(gateways, ObjectKind.GATEWAY, asked["gateway"])
    first, last = asked["first"], asked["last"]
    if last < first:
        raise invalid("scan_range_empty", first=first, last=last)

    @callback
    def tell(at: ScanProgress) -> None:
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

    search = entry.async_create_background_task(
        hass, _search(request, gateway, first, last, tell), f"{entry.title} scan"
    )
    try:
        return _answer(await search)
    except asyncio.CancelledError:
        task = asyncio.current_task()
        if task is not None and task.cancelling():
            raise  # whoever has asked is gone
        raise failed("scan_ended", gateway=gateway.name) from None


async def _search(
    request: SiteRequest, gateway: Gateway, first: int, last: int, tell: OnProgress
) -> ScanResult:
    runtime = request.runtime
    bus = runtime.coordinators[gateway.id].bus
    if bus is not None:
        return await bus.scan(first, last, tell)
    units = set(range(first, last + 1))
    async with temporary_units(request.hass, gateway, units) as unit_for:
        return await scan(
            unit_for,
            runtime.catalogue,
            first,
            last,
            tell,
            timeout_ms=gateway.timeout_ms,
            link=gateway.link,
        )


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
