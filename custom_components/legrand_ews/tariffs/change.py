"""A change of tariffs: since when it counts, and what it does to past costs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final
from zoneinfo import ZoneInfo

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from ..api import SiteRequest
from ..ews.billing import Billing
from ..ews.billing.bills import frozen_rows
from ..ews.consumption import span_bounds
from ..ews.consumption.query import ALL_TIME
from ..ews.errors import ConfigurationError
from ..ews.model.gas import decode_gas_factors, encode_gas_factors
from ..ews.model.problems import Problem
from ..ews.quantities import Fluid
from ..ews.tariffs.book import TariffBook
from ..ews.tariffs.description import review_data
from ..ews.tariffs.review import Review, review
from ..ews.tariffs.revising import changed_plan, counts_since, recounted
from ..ews.tariffs.settings import PRICED_FLUIDS, version_of
from ..ews.timegrid import Span, local_day
from ..installation import OPTION_GAS_FACTOR
from ..runtime import EwsConfigEntry
from .answers import changes_of, priced_fluid
from .difference import async_difference, async_difference_text
from .settings import billing_of, with_book
from .texts import async_hints, async_problem_list

_CHANGED: Final = Problem(field="version", key="tariffs_changed")


class CountsFor(StrEnum):
    """The consumption for which a change counts."""

    ALL = "all"
    DAY = "day"
    TODAY = "today"

    def since(self, today: date, day: str) -> date | None:
        """Return the first local day for which the change counts; None: ever since."""
        match self:
            case CountsFor.ALL:
                return None
            case CountsFor.DAY:
                return date.fromisoformat(day)
            case CountsFor.TODAY:
                return today


@dataclass(frozen=True, slots=True, kw_only=True)
class TariffChange:
    """The book of a fluid before and after a change."""

    before: TariffBook
    after: TariffBook


def zone_of(hass: HomeAssistant) -> ZoneInfo:
    """Return the time zone of every site: Home Assistant's."""
    return ZoneInfo(hass.config.time_zone)


def today_of(hass: HomeAssistant) -> date:
    """Return the local day."""
    return dt_util.now(zone_of(hass)).date()


async def async_preview(
    hass: HomeAssistant, entry: EwsConfigEntry, change: TariffChange, language: str
) -> list[str]:
    """Return what a user should know before a change applies, a sentence each."""
    plan = change.after.current
    found = await _async_review(hass, change.after)
    hints = await async_hints(hass, plan, found, language)
    if entry.state is not ConfigEntryState.LOADED:
        return hints
    difference = await async_difference(hass, entry, [change.after])
    return [await async_difference_text(hass, entry, difference, language), *hints]


async def async_set_cost_rules(request: SiteRequest) -> dict[str, Any]:
    """Answer ``set_cost_rules``: with any problem, all stays as it was.

    One of them is that somebody else has changed the plans: since the ``version`` from
    which the request comes, or while it was looked at. Raises ConfigurationError for a
    fluid that has no price of its own.
    """
    hass, entry, asked = request.hass, request.entry, request.fields
    fluid = priced_fluid(asked)
    before = billing_of(hass, entry).book_of(fluid)
    plan, problems = changed_plan(before, changes_of(asked))
    factors: list[dict[str, str | None]] | None = None
    since: date | None = None
    try:
        since = counts_since(asked["recompute"], today_of(hass))
        if asked.get("gas_factor") is not None:
            factors = _gas_factors(fluid, asked["gas_factor"])
    except ConfigurationError as error:
        problems.append(
            Problem(field=error.field, key=error.key, placeholders=error.placeholders)
        )
    if asked.get("version") not in (None, version_of(before)):
        problems.append(_CHANGED)
    after = before if problems else before.revised(plan, since)
    found = await _async_review(hass, after)
    applied = not problems and not asked["dry_run"]
    difference = None
    if not problems:
        difference = (await async_difference(hass, entry, [after])).as_dict()
    if applied and billing_of(hass, entry).book_of(fluid) != before:
        problems, applied = [_CHANGED], False
    answer = {
        "problems": await async_problem_list(hass, problems, request.language),
        **review_data(found, zone_of(hass)),
        "currency": billing_of(hass, entry).currency,
        "difference": difference,
        "frozen": _frozen(before, since, None),
        "applied": applied,
    }
    if applied:
        # What others have changed meanwhile stays: only this fluid is another.
        options = with_book(entry.options, after)
        if factors not in (None, entry.options.get(OPTION_GAS_FACTOR, [])):
            options[OPTION_GAS_FACTOR] = factors
        hass.config_entries.async_update_entry(entry, options=options)
    return answer


async def async_recompute_costs(request: SiteRequest) -> dict[str, Any]:
    """Answer ``recompute_costs``: the rules of today count for the past, too.

    What was kept of the days is computed anew from hours and samples. Raises
    ConfigurationError at the field that is wrong, and ArchiveError.
    """
    hass, entry, asked = request.hass, request.entry, request.fields
    fluids = [priced_fluid(asked)] if asked.get("fluid") else list(PRICED_FLUIDS)
    start, end = span_bounds(asked, zone_of(hass))
    first = None if start is None else local_day(start, zone_of(hass))
    last = None
    if end is not None:
        last = local_day(end - timedelta.resolution, zone_of(hass))
    billing = billing_of(hass, entry)
    books: list[TariffBook] = []
    frozen: list[dict[str, str]] = []
    for fluid in fluids:
        before = billing.book_of(fluid)
        books.append(recounted(before, first, last))
        frozen += _frozen(before, first, last)
    difference = await async_difference(hass, entry, books)
    applied = not asked["dry_run"]
    if applied:
        await hass.async_add_executor_job(
            _compute_anew, entry.runtime_data.site.billing, fluids, start, end
        )
        options, billing = dict(entry.options), billing_of(hass, entry)
        for fluid in fluids:
            # What others have changed meanwhile stays.
            before = billing.book_of(fluid)
            if (book := recounted(before, first, last)) != before:
                options = with_book(options, book)
        hass.config_entries.async_update_entry(entry, options=options)
    return {
        "difference": difference.as_dict(),
        "currency": billing.currency,
        "frozen": frozen,
        "applied": applied,
    }


def _compute_anew(
    billing: Billing,
    fluids: Iterable[Fluid],
    start: datetime | None,
    end: datetime | None,
) -> None:
    span = None
    if start is not None or end is not None:
        span = Span(start or ALL_TIME.start, end or dt_util.utcnow())
    for fluid in fluids:
        billing.recompute(fluid, span, dry_run=False)


async def _async_review(hass: HomeAssistant, book: TariffBook) -> Review:
    return await hass.async_add_executor_job(
        review, book.current, today_of(hass), zone_of(hass)
    )


def _frozen(
    book: TariffBook, first: date | None, last: date | None
) -> list[dict[str, str]]:
    """Return the billed periods in a time: they stay as they were billed."""
    return frozen_rows(
        [
            (book.fluid, period)
            for period in book.frozen
            if (first or date.min) <= period.last_day
            and period.first_day <= (last or date.max)
        ]
    )


def _gas_factors(fluid: Fluid, rows: Any) -> list[dict[str, str | None]]:
    if fluid is not Fluid.GAS:
        raise ConfigurationError("gas_factor_elsewhere", field="gas_factor")
    if not isinstance(rows, list) or not all(isinstance(x, Mapping) for x in rows):
        raise ConfigurationError("list_expected", field="gas_factor")
    return encode_gas_factors(decode_gas_factors(rows))
