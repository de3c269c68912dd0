"""Tariffs and cost rules as actions, each with a twin among the WebSocket commands."""

from typing import Final

from homeassistant.core import HomeAssistant, SupportsResponse, callback
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.typing import VolDictType
import probatio

from ..api import async_register_twins
from .answers import async_get_tariffs
from .change import async_recompute_costs, async_set_cost_rules

GET_TARIFFS: Final = "get_tariffs"
SET_COST_RULES: Final = "set_cost_rules"
RECOMPUTE_COSTS: Final = "recompute_costs"

_PLAN: Final[VolDictType] = {
    probatio.Optional(name): object for name in ("fluid", "tariffs", "rules", "mode")
}
_TARIFF_FIELDS: Final[VolDictType] = {
    **_PLAN,
    **{probatio.Optional(name): object for name in ("start", "end")},
}
_EXTRAS: Final = ("fees", "levies", "taxes", "tiers", "capacity", "billing_day")
_RULE_FIELDS: Final[VolDictType] = {
    **_PLAN,
    **{probatio.Optional(name): object for name in (*_EXTRAS, "gas_factor")},
    probatio.Optional("recompute", default="none"): cv.string,
    probatio.Optional("version"): cv.string,
    probatio.Optional("dry_run", default=False): cv.boolean,
}
_RECOMPUTE_FIELDS: Final[VolDictType] = {
    **{probatio.Optional(name): object for name in ("fluid", "start", "end")},
    probatio.Optional("dry_run", default=False): cv.boolean,
}
"""Fields of the actions. What they may hold is the core's to say, in words."""


@callback
def async_setup_tariffs(hass: HomeAssistant) -> None:
    """Register the actions and their twins; changes are for administrators."""
    async_register_twins(
        hass,
        GET_TARIFFS,
        async_get_tariffs,
        _TARIFF_FIELDS,
        response=SupportsResponse.ONLY,
        has_language=True,
    )
    async_register_twins(
        hass,
        SET_COST_RULES,
        async_set_cost_rules,
        _RULE_FIELDS,
        response=SupportsResponse.OPTIONAL,
        admin=True,
        has_language=True,
    )
    async_register_twins(
        hass,
        RECOMPUTE_COSTS,
        async_recompute_costs,
        _RECOMPUTE_FIELDS,
        response=SupportsResponse.OPTIONAL,
        admin=True,
    )
