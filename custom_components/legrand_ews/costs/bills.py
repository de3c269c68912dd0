"""Bills as actions, each with a twin among the WebSocket commands."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
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
from homeassistant.helpers.service import async_register_admin_service
from homeassistant.helpers.typing import VolDictType
from homeassistant.util import dt as dt_util
import probatio

from ..const import CONF_CONFIG_ENTRY_ID, DOMAIN
from ..errors import translated_errors
from ..ews.billing.bill_query import BillQuery
from ..ews.billing.bills import frozen_rows
from ..ews.quantities import Fluid
from ..ews.tariffs.book import TariffBook
from ..queries import loaded_site
from ..runtime import EwsConfigEntry
from ..tariffs.settings import billing_of, with_book
from ..websocket_api import answering

GET_BILL: Final = "get_bill"
FREEZE_BILL: Final = "freeze_bill"
UNFREEZE_BILL: Final = "unfreeze_bill"

BILL_FIELDS: Final[VolDictType] = {
    **{
        probatio.Optional(name): object
        for name in ("fluid", "period", "date", "start", "end")
    },
    probatio.Optional(CONF_CONFIG_ENTRY_ID): str,
}
"""Fields of all three. What they may hold is the core's to say, in words."""


@callback
def async_setup_bills(hass: HomeAssistant) -> None:
    """Register the actions and their twins; freezing is for administrators."""
    schema = probatio.Schema(BILL_FIELDS)
    hass.services.async_register(
        DOMAIN,
        GET_BILL,
        _get_bill,
        schema=schema,
        supports_response=SupportsResponse.ONLY,
    )
    for name, handler in ((FREEZE_BILL, _freeze_bill), (UNFREEZE_BILL, _unfreeze_bill)):
        async_register_admin_service(
            hass,
            DOMAIN,
            name,
            handler,
            schema=schema,
            supports_response=SupportsResponse.OPTIONAL,
        )
    for command in (get_bill, freeze_bill, unfreeze_bill):
        async_register_command(hass, command)


async def async_get_bill(
    hass: HomeAssistant, entry: EwsConfigEntry, request: Mapping[str, Any]
) -> dict[str, Any]:
    """Answer ``get_bill``; raises ConfigurationError and ArchiveError."""
    site, zone = entry.runtime_data.site, entry.runtime_data.installation.zone
    query = BillQuery.from_request(request, zone)
    return await hass.async_add_executor_job(
        site.billing.get_bill, query, dt_util.utcnow()
    )


async def async_freeze_bill(
    hass: HomeAssistant, entry: EwsConfigEntry, request: Mapping[str, Any]
) -> dict[str, Any]:
    """Answer ``freeze_bill``: the bill is kept, and its days keep their tariffs.

    Raises ConfigurationError where it cannot be frozen, and ArchiveError.
    """
    runtime = entry.runtime_data
    query = BillQuery.from_request(request, runtime.installation.zone)
    billing, now = runtime.site.billing, dt_util.utcnow()
    books = await runtime.upkeep.async_run(partial(billing.freeze_bill, query, now))
    answer = await hass.async_add_executor_job(billing.get_bill, query, now)
    answer["frozen"] = [
        row
        for fluid, book in books.items()
        for row in frozen_rows([(fluid, period) for period in book.frozen])
    ]
    _async_store(hass, entry, books)
    return answer


async def async_unfreeze_bill(
    hass: HomeAssistant, entry: EwsConfigEntry, request: Mapping[str, Any]
) -> dict[str, Any]:
    """Answer ``unfreeze_bill``: what was kept is forgotten, and the days are open.

    Raises ConfigurationError where nothing is frozen, and ArchiveError.
    """
    runtime = entry.runtime_data
    before = {fluid: runtime.site.billing.books.book(fluid) for fluid in Fluid}
    query = BillQuery.from_request(request, runtime.installation.zone)
    unfreeze = partial(runtime.site.billing.unfreeze_bill, query, dt_util.utcnow())
    books = await runtime.upkeep.async_run(unfreeze)
    _async_store(hass, entry, books)
    return {
        "unfrozen": [
            row
            for fluid, book in books.items()
            for row in frozen_rows(
                [(fluid, x) for x in before[fluid].frozen if x not in book.frozen]
            )
        ]
    }


@callback
def _async_store(
    hass: HomeAssistant, entry: EwsConfigEntry, books: Mapping[Fluid, TariffBook]
) -> None:
    """Store which days are frozen; what others have changed meanwhile stays."""
    options, billing = dict(entry.options), billing_of(hass, entry)
    for fluid, book in books.items():
        stored = billing.book_of(fluid)
        options = with_book(options, replace(stored, frozen=book.frozen))
    hass.config_entries.async_update_entry(entry, options=options)


async def _get_bill(call: ServiceCall) -> ServiceResponse:
    entry = loaded_site(call.hass, call.data.get(CONF_CONFIG_ENTRY_ID))
    with translated_errors():
        return await async_get_bill(call.hass, entry, call.data)


async def _freeze_bill(call: ServiceCall) -> ServiceResponse:
    entry = loaded_site(call.hass, call.data.get(CONF_CONFIG_ENTRY_ID))
    with translated_errors():
        return await async_freeze_bill(call.hass, entry, call.data)


async def _unfreeze_bill(call: ServiceCall) -> ServiceResponse:
    entry = loaded_site(call.hass, call.data.get(CONF_CONFIG_ENTRY_ID))
    with translated_errors():
        return await async_unfreeze_bill(call.hass, entry, call.data)


@websocket_api.websocket_command(
    {probatio.Required("type"): f"{DOMAIN}/{GET_BILL}", **BILL_FIELDS}
)
@websocket_api.async_response
@answering
async def get_bill(
    hass: HomeAssistant, connection: ActiveConnection, message: dict[str, Any]
) -> None:
    """Answer what the action ``get_bill`` answers."""
    entry = loaded_site(hass, message.get(CONF_CONFIG_ENTRY_ID))
    answer = await async_get_bill(hass, entry, message)
    connection.send_result(message["id"], answer)


@websocket_api.websocket_command(
    {probatio.Required("type"): f"{DOMAIN}/{FREEZE_BILL}", **BILL_FIELDS}
)
@websocket_api.require_admin
@websocket_api.async_response
@answering
async def freeze_bill(
    hass: HomeAssistant, connection: ActiveConnection, message: dict[str, Any]
) -> None:
    """Answer what the action ``freeze_bill`` answers."""
    entry = loaded_site(hass, message.get(CONF_CONFIG_ENTRY_ID))
    answer = await async_freeze_bill(hass, entry, message)
    connection.send_result(message["id"], answer)


@websocket_api.websocket_command(
    {probatio.Required("type"): f"{DOMAIN}/{UNFREEZE_BILL}", **BILL_FIELDS}
)
@websocket_api.require_admin
@websocket_api.async_response
@answering
async def unfreeze_bill(
    hass: HomeAssistant, connection: ActiveConnection, message: dict[str, Any]
) -> None:
    """Answer what the action ``unfreeze_bill`` answers."""
    entry = loaded_site(hass, message.get(CONF_CONFIG_ENTRY_ID))
    answer = await async_unfreeze_bill(hass, entry, message)
    connection.send_result(message["id"], answer)
