"""Answers that tell of tariffs: requests in, plain data out."""

from collections.abc import Mapping
from typing import Any, Final

from homeassistant.util import dt as dt_util

from ..api import SiteRequest
from ..ews.consumption import span_bounds
from ..ews.errors import ConfigurationError
from ..ews.model.gas import encode_gas_factors
from ..ews.model.problems import Problem
from ..ews.quantities import Fluid
from ..ews.tariffs.book import TariffBook
from ..ews.tariffs.description import LONGEST_CALENDAR, TariffView, describe
from ..ews.tariffs.revising import changed_plan
from ..ews.tariffs.settings import PRICED_FLUIDS, version_of
from ..ews.timegrid import Span
from .texts import async_problem_list

PLAN_FIELDS: Final = (
    "tariffs",
    "rules",
    "mode",
    "fees",
    "levies",
    "taxes",
    "tiers",
    "capacity",
    "billing_day",
)
"""What a request can change of a plan."""


def priced_fluid(request: Mapping[str, Any]) -> Fluid:
    """Return the fluid of a request, electricity by default.

    Raises ConfigurationError ``option_unknown`` at field ``fluid``.
    """
    value = request.get("fluid") or Fluid.ELECTRICITY
    if value not in PRICED_FLUIDS:
        options = ", ".join(PRICED_FLUIDS)
        raise ConfigurationError(
            "option_unknown", field="fluid", value=value, options=options
        )
    return Fluid(value)


def changes_of(request: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a request changes of a plan."""
    return {key: request[key] for key in PLAN_FIELDS if request.get(key) is not None}


async def async_get_tariffs(request: SiteRequest) -> dict[str, Any]:
    """Answer ``get_tariffs``; raises ConfigurationError at the field that is wrong."""
    hass, runtime = request.hass, request.runtime
    fluid = priced_fluid(request.fields)
    span = _span_of(request)
    book = runtime.tariffs.book(fluid)
    version = version_of(book)
    problems: list[Problem] = []
    if changes := changes_of(request.fields):
        plan, problems = changed_plan(book, changes)
        book = TariffBook.of(plan)
    view = TariffView(
        book=book,
        currency=runtime.tariffs.currency,
        zone=runtime.installation.zone,
        now=dt_util.utcnow(),
        span=span,
        prices=runtime.tariffs.prices,
    )
    answer: dict[str, Any] = await hass.async_add_executor_job(describe, view)
    answer["version"] = version
    answer["problems"] = await async_problem_list(hass, problems, request.language)
    if fluid is Fluid.GAS:
        factors = runtime.installation.gas_factors
        answer["gas_factor"] = encode_gas_factors(factors)
    return answer


def _span_of(request: SiteRequest) -> Span | None:
    start, end = span_bounds(request.fields, request.runtime.installation.zone)
    if start is None and end is None:
        return None
    if start is None or end is None:
        missing = "start" if start is None else "end"
        raise ConfigurationError("span_missing", field=missing)
    if end - start > LONGEST_CALENDAR:
        raise ConfigurationError(
            "calendar_too_long", field="end", days=LONGEST_CALENDAR.days
        )
    return Span(start, end)
