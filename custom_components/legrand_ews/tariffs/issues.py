"""What is odd in the tariffs of a site, as repairs that go when it is put right."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir
from homeassistant.util import dt as dt_util

from ..const import DOMAIN
from ..ews.errors import ArchiveError
from ..ews.quantities import Fluid
from ..ews.site import Site
from ..ews.tariffs import Tariff
from ..ews.tariffs.review import Review, late_tariffs, review
from ..ews.timegrid import Span, local_day, local_midnight
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
    runtime = entry.runtime_data
    language = hass.config.language
    current: dict[str, tuple[str, Mapping[str, str]]] = {}
    for fluid in runtime.tariffs.fluids:
        try:
            found = await hass.async_add_executor_job(
                _look, runtime.site, fluid, dt_util.utcnow()
            )
        except ArchiveError:
            continue
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
                current[_issue(entry, kind, fluid)] = kind, {**names, "hints": lines}
        if found.late:
            tariffs = ", ".join(tariff.name for tariff in found.late)
            kind = TARIFF_PRICE_LATE
            current[_issue(entry, kind, fluid)] = kind, {**names, "tariffs": tariffs}
    async_clear_tariff_issues(hass, entry, keep=current)
    for issue_id, (kind, placeholders) in current.items():
        ir.async_create_issue(
            hass,
            DOMAIN,
            issue_id,
            is_fixable=False,
            severity=ir.IssueSeverity.WARNING,
            config_entry_id=entry.entry_id,
            translation_key=kind,
            translation_placeholders=dict(placeholders),
        )


@callback
def async_clear_tariff_issues(
    hass: HomeAssistant, entry: EwsConfigEntry, keep: Mapping[str, object] | None = None
) -> None:
    """Withdraw what was raised for a site and is not any more."""
    prefixes = tuple(f"{kind}_{entry.entry_id}" for kind in ISSUES)
    for domain, issue_id in list(ir.async_get(hass).issues):
        is_ours = domain == DOMAIN and issue_id.startswith(prefixes)
        if is_ours and issue_id not in (keep or {}):
            ir.async_delete_issue(hass, domain, issue_id)


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


def _issue(entry: EwsConfigEntry, kind: str, fluid: Fluid) -> str:
    return f"{kind}_{entry.entry_id}_{fluid}"
