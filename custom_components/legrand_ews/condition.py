"""Conditions of automations: a tariff applies, a zone or a station is as asked."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, override

from homeassistant.const import CONF_OPTIONS
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.automation import DomainSpec
from homeassistant.helpers.condition import (
    ENTITY_STATE_CONDITION_SCHEMA_ANY_ALL,
    Condition,
    ConditionConfig,
)
from homeassistant.helpers.condition.entity_condition import EntityConditionBase
import probatio

from .ews.model.rules import name_key
from .greenup import automations
from .tariffs.entities import SENSOR, tariff_entities

CONF_TARIFF: Final = "tariff"


class TariffIsCondition(EntityConditionBase):
    """The tariff of a name applies."""

    _domain_specs: Mapping[str, DomainSpec] = MappingProxyType({SENSOR: DomainSpec()})
    _schema = ENTITY_STATE_CONDITION_SCHEMA_ANY_ALL.extend(
        {probatio.Required(CONF_OPTIONS): {probatio.Required(CONF_TARIFF): cv.string}}
    )

    def __init__(self, hass: HomeAssistant, config: ConditionConfig) -> None:
        """Ask for a tariff."""
        super().__init__(hass, config)
        self._tariff = name_key((config.options or {})[CONF_TARIFF])

    @override
    def entity_filter(self, entities: set[str]) -> set[str]:
        return tariff_entities(self._hass, entities)

    @override
    def is_valid_state(self, entity_state: State) -> bool:
        return name_key(entity_state.state) == self._tariff


CONDITIONS: Final[dict[str, type[Condition]]] = {
    "tariff_is": TariffIsCondition,
    **automations.CONDITIONS,
}


async def async_get_conditions(hass: HomeAssistant) -> dict[str, type[Condition]]:
    """Return the conditions by their names."""
    return CONDITIONS
