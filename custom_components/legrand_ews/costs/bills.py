"""Bills as actions, each with a twin among the WebSocket commands."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

from homeassistant.core import HomeAssistant, SupportsResponse, callback
from homeassistant.helpers.typing import VolDictType
from homeassistant.util import dt as dt_util
import probatio

from ..api import SiteRequest, async_register_twins
from ..ews.billing.bill_query import BillQuery
from ..ews.billing.bills import frozen_rows
from ..ews.quantities import Fluid
from ..ews.tariffs.book import FrozenPeriod, TariffBook
from ..runtime import EwsConfigEntry
from ..tariffs.settings import billing_of, with_book

GET_BILL: Final = "get_bill"
FREEZE_BILL: Final = "freeze_bill"
UNFREEZE_BILL: Final = "unfreeze_bill"

_FIELDS: Final[VolDictType] = {
    probatio.Optional(name): object
    for name in ("fluid", "period", "date", "start", "end")
}
"""Fields of all three. What they may hold is the core's to say, in words."""


@callback
def async_setup_bills(hass: HomeAssistant) -> None:
    """Register the actions and their twins; freezing is for administrators."""
    async_register_twins(
        hass, GET_BILL, _get_bill, _FIELDS, response=SupportsResponse.ONLY
    )
    for name, handler in ((FREEZE_BILL, _freeze_bill), (UNFREEZE_BILL, _unfreeze_bill)):
        async_register_twins(
            hass,
            name,
            handler,
            _FIELDS,
            response=SupportsResponse.OPTIONAL,
            admin=True,
        )


def _query_of(request: SiteRequest) -> BillQuery:
    return BillQuery.from_request(request.fields, request.runtime.installation.zone)


async def _get_bill(request: SiteRequest) -> dict[str, Any]:
    """Answer a bill; raises ConfigurationError and ArchiveError."""
    billing, query = request.runtime.site.billing, _query_of(request)
    return await request.hass.async_add_executor_job(
        billing.get_bill, query, dt_util.utcnow()
    )


async def _freeze_bill(request: SiteRequest) -> dict[str, Any]:
    """Keep a bill, and for its days their tariffs.

    Raises ConfigurationError where it cannot be frozen, and ArchiveError.
    """
    hass, runtime, query = request.hass, request.runtime, _query_of(request)
    billing, now = runtime.site.billing, dt_util.utcnow()
    frozen = await runtime.upkeep.async_run(partial(billing.freeze_bill, query, now))
    answer = await hass.async_add_executor_job(billing.get_bill, query, now)
    books = _async_store(hass, request.entry, frozen, TariffBook.with_frozen)
    answer["frozen"] = frozen_rows(
        [(book.fluid, period) for book in books for period in book.frozen]
    )
    return answer


async def _unfreeze_bill(request: SiteRequest) -> dict[str, Any]:
    """Forget what was kept of a bill, and open its days again.

    Raises ConfigurationError where nothing is frozen, and ArchiveError.
    """
    runtime = request.runtime
    billing = runtime.site.billing
    unfreeze = partial(billing.unfreeze_bill, _query_of(request), dt_util.utcnow())
    opened = await runtime.upkeep.async_run(unfreeze)
    _async_store(request.hass, request.entry, opened, TariffBook.without_frozen)
    return {"unfrozen": frozen_rows(list(opened.items()))}


@callback
def _async_store(
    hass: HomeAssistant,
    entry: EwsConfigEntry,
    periods: Mapping[Fluid, FrozenPeriod],
    change: Callable[[TariffBook, FrozenPeriod], TariffBook],
) -> list[TariffBook]:
    """Store which days are frozen, and return the books as they are stored now.

    The books that run may be older than those: what was changed meanwhile stays.
    """
    options, billing = dict(entry.options), billing_of(hass, entry)
    books = [change(billing.book_of(x), period) for x, period in periods.items()]
    for book in books:
        options = with_book(options, book)
    hass.config_entries.async_update_entry(entry, options=options)
    return books
