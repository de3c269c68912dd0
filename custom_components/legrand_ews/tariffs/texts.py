"""Sentences about tariffs, where they are no error of a form."""

from collections.abc import Iterable, Mapping
from typing import Final

from homeassistant.core import HomeAssistant

from ..ews.model.problems import Problem
from ..ews.quantities import Fluid
from ..ews.tariffs import Gap, Mode, TariffPlan, minute_text
from ..ews.tariffs.codec import WEEKDAYS
from ..ews.tariffs.review import Review
from ..sentences import async_option_name, async_sentences

_SHOWN: Final = 8
"""So many gaps and rules are named; more would hide the rest of the form."""


async def async_fluid_name(hass: HomeAssistant, fluid: Fluid, language: str) -> str:
    """Return how a fluid is called."""
    return await async_option_name(hass, "fluid", fluid.value, language)


async def async_weekday_names(hass: HomeAssistant, language: str) -> list[str]:
    """Return the weekdays from Monday on."""
    return [await async_option_name(hass, "weekday", x, language) for x in WEEKDAYS]


async def async_problem_list(
    hass: HomeAssistant, problems: Iterable[Problem], language: str
) -> list[dict[str, str]]:
    """Return problems as the interface writes them: place, key and sentence."""
    sentence = await async_sentences(hass, language)
    return [
        {
            "where": found.field,
            "key": found.key,
            "message": sentence(found.key, found.placeholders),
        }
        for found in problems
    ]


async def async_hints(
    hass: HomeAssistant, plan: TariffPlan, found: Review, language: str
) -> list[str]:
    """Return what a user should know of his rules, a sentence each (S272)."""
    sentence = await async_sentences(hass, language)
    weekdays = await async_weekday_names(hass, language)
    hints = [
        sentence(
            "tariff_gap",
            {
                "weekday": ", ".join(weekdays[gap.weekday] for gap in gaps),
                "start": minute_text(first),
                "end": minute_text(last),
                "days": str(sum(gap.days for gap in gaps)),
            },
        )
        for (first, last), gaps in _by_time(found.gaps).items()
    ]
    for one in found.unreachable:
        tariff = plan.tariffs_by_id[plan.rules[one.rule].tariff_id]
        values = {
            "row": str(one.rule + 1),
            "tariff": tariff.name,
            "rows": ", ".join(str(number + 1) for number in one.hidden_by),
        }
        key = "tariff_rule_hidden" if one.hidden_by else "tariff_rule_never"
        hints.append(sentence(key, values))
    if found.disagreements and plan.mode is Mode.EWS:
        count = {"count": str(len(found.disagreements))}
        hints.append(sentence("tariff_modes_differ", count))
    if len(hints) > _SHOWN:
        more = {"count": str(len(hints) - _SHOWN)}
        hints = [*hints[:_SHOWN], sentence("tariff_more_hints", more)]
    return hints


def _by_time(found: Iterable[Gap]) -> Mapping[tuple[int, int], tuple[Gap, ...]]:
    """Gaps of different weekdays at the same time are one to the user."""
    by_time: dict[tuple[int, int], tuple[Gap, ...]] = {}
    for gap in found:
        time = gap.first_minute, gap.last_minute
        by_time[time] = (*by_time.get(time, ()), gap)
    return by_time
