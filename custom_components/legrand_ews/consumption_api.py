"""Consumption, Overall and Compare as actions, each with a twin over WebSocket."""

from typing import Any, Final

from homeassistant.core import HomeAssistant, SupportsResponse, callback
from homeassistant.helpers.typing import VolDictType
from homeassistant.util import dt as dt_util
import probatio

from .api import SiteRequest, async_register_twins
from .ews.consumption import ComparisonQuery, ConsumptionQuery
from .ews.model import PredefinedLoad
from .site_view import async_load_names

GET_CONSUMPTION: Final = "get_consumption"
GET_OVERALL: Final = "get_overall"
COMPARE_CONSUMPTION: Final = "compare_consumption"

_TEXT: Final = probatio.Any(None, str)
CONSUMPTION_FIELDS: Final[VolDictType] = {
    **{
        probatio.Optional(name): object
        for name in ("ids", "load", "group", "date", "start", "end")
    },
    **{
        probatio.Optional(name): _TEXT
        for name in ("level", "by", "fluid", "period", "bucket", "compare")
    },
}
_PERIOD: Final = ("period", "date", "start", "end")
_OVERALL_FIELDS: Final[VolDictType] = {
    probatio.Optional(name): object
    for name in ("level", "ids", "load", "group", "compare", *_PERIOD)
}
_COMPARE_FIELDS: Final[VolDictType] = {
    probatio.Required("items"): object,
    **{probatio.Optional(name): object for name in ("in", "bucket", *_PERIOD)},
}
"""Fields of the actions. What they may hold is the core's to say, in words."""


@callback
def async_setup_consumption(hass: HomeAssistant) -> None:
    """Register the actions and their twins."""
    for name, handler, fields, has_language in (
        (GET_CONSUMPTION, _get_consumption, CONSUMPTION_FIELDS, True),
        (GET_OVERALL, _get_overall, _OVERALL_FIELDS, False),
        (COMPARE_CONSUMPTION, _compare_consumption, _COMPARE_FIELDS, True),
    ):
        async_register_twins(
            hass,
            name,
            handler,
            fields,
            response=SupportsResponse.ONLY,
            has_language=has_language,
        )


async def _get_consumption(request: SiteRequest) -> dict[str, Any]:
    """Answer what was consumed, with the predefined loads in a language.

    Raises ConfigurationError at the field that is wrong, and ArchiveError.
    """
    hass, runtime = request.hass, request.runtime
    query = ConsumptionQuery.from_request(request.fields, runtime.installation.zone)
    consumption = await hass.async_add_executor_job(
        runtime.site.get_consumption, query, dt_util.utcnow()
    )
    return await async_name_loads(request, consumption.as_dict())


async def _get_overall(request: SiteRequest) -> dict[str, Any]:
    """Answer the page Overall; raises ConfigurationError and ArchiveError."""
    runtime = request.runtime
    query = ConsumptionQuery.from_request(request.fields, runtime.installation.zone)
    overall = await request.hass.async_add_executor_job(
        runtime.site.get_overall, query, dt_util.utcnow()
    )
    return overall.as_dict()


async def _compare_consumption(request: SiteRequest) -> dict[str, Any]:
    """Answer the page Compare, with the predefined loads in a language.

    Raises ConfigurationError and ArchiveError.
    """
    hass, runtime = request.hass, request.runtime
    query = ComparisonQuery.from_request(request.fields, runtime.installation.zone)
    comparison = await hass.async_add_executor_job(
        runtime.site.compare_consumption, query, dt_util.utcnow()
    )
    return await async_name_loads(request, comparison.as_dict())


async def async_name_loads(
    request: SiteRequest, answer: dict[str, Any]
) -> dict[str, Any]:
    """Return an answer that calls the predefined loads as the request's language does."""
    names = await async_load_names(request.hass, request.language)
    for part in (answer, answer.get("compare", {})):
        for row in (*part.get("series", ()), *part.get("items", ())):
            if (key := row.get("key")) is not None:
                row["name"] = names.get(PredefinedLoad(key), row["name"])
    return answer
