"""What is odd in the tariffs of a site, as repairs that go when it is put right."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from ..ews.errors import ArchiveError
from ..ews.quantities import Fluid
from ..ews.site import Site
from ..ews.tariffs import Tariff
from ..ews.tariffs.review import Review, late_tariffs, review
from ..ews.timegrid import Span, local_day, local_midnight
from ..issues import async_raise, async_refresh
from ..runtime import EwsConfigEntry
from .texts import async_fluid_name, async_hints

TARIFF_GAPS: Final = "tariff_gaps"
TARIFF_RULES_HIDDEN: Final = "tariff_rules_hidden"
TARIFF_PRICE_LATE: Final = "tariff_price_late"
ISSUES: Final = (TARIFF_GAPS, TARIFF_RULES_HIDDEN, TARIFF_PRICE_LATE)


@dataclass(frozen=True, slots=True)
class _Findings:
    review: Review
    late: tuple[Tariff, ...]


async def async_update_tariff_issues(
    hass: HomeAssistant, entry: EwsConfigEntry
) -> None:
    """Raise gaps, rules that never apply, and prices that begin too late (S272, Q9)."""
    with async_refresh(hass, entry, *ISSUES):
        for fluid in entry.runtime_data.tariffs.fluids:
            await _async_update(hass, entry, fluid)


async def _async_update(
    hass: HomeAssistant, entry: EwsConfigEntry, fluid: Fluid
) -> None:
    runtime, language = entry.runtime_data, hass.config.language
    try:
        found = await hass.async_add_executor_job(
            _look, runtime.site, fluid, dt_util.utcnow()
        )
    except ArchiveError:
        return
    plan = runtime.tariffs.book(fluid).current
    names = {
        "site": entry.title,
        "fluid": await async_fluid_name(hass, fluid, language),
    }
    for kind, part in (
        (TARIFF_GAPS, Review(gaps=found.review.gaps)),
        (TARIFF_RULES_HIDDEN, Review(unreachable=found.review.unreachable)),
    ):
        if hints := await async_hints(hass, plan, part, language):
            lines = "\n".join(f"- {hint}" for hint in hints)
            async_raise(hass, entry, kind, {**names, "hints": lines}, about=fluid)
    if found.late:
        late = {**names, "tariffs": ", ".join(tariff.name for tariff in found.late)}
        async_raise(hass, entry, TARIFF_PRICE_LATE, late, about=fluid)


def _look(site: Site, fluid: Fluid, now: datetime) -> _Findings:
    zone = site.installation.zone
    books = site.billing.books
    plan = books.book(fluid).current
    starts = [total.first_start for total in site.recorded() if total.fluid is fluid]
    first = min(starts, default=now)
    timeline = books.timeline(fluid)
    late = []
    for tariff, day in late_tariffs(plan):
        until = min(now, local_midnight(day, zone))
        if first < until and any(
            segment.tariff_id == tariff.id
            for segment in timeline.segments(Span(first, until))
        ):
            late.append(tariff)
    return _Findings(review(plan, local_day(now, zone), zone), tuple(late))
