"""Triggers of automations: a tariff begins to apply, something happens to a charge."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, override

from homeassistant.const import CONF_OPTIONS, STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.automation import DomainSpec
from homeassistant.helpers.trigger import (
    ENTITY_STATE_TRIGGER_SCHEMA_WITH_BEHAVIOR,
    EntityTriggerBase,
    Trigger,
    TriggerConfig,
)
from homeassistant.helpers.trigger.entity_trigger import NotTriggeredReasonReporter
import probatio

from .ews.model.rules import name_key
from .greenup import automations
from .tariffs.entities import SENSOR, tariff_entities

CONF_TARIFF: Final = "tariff"


class TariffBecameTrigger(EntityTriggerBase):
    """A tariff begins to apply: the one of a name, or any other than before."""

    _domain_specs: Mapping[str, DomainSpec] = MappingProxyType({SENSOR: DomainSpec()})
    # Unknown is the time without a tariff: what comes after it begins, too.
    _excluded_from_states = frozenset({STATE_UNAVAILABLE})
    _schema = ENTITY_STATE_TRIGGER_SCHEMA_WITH_BEHAVIOR.extend(
        {
            probatio.Required(CONF_OPTIONS, default={}): {
                probatio.Optional(CONF_TARIFF): cv.string
            }
        }
    )

    def __init__(self, hass: HomeAssistant, config: TriggerConfig) -> None:
        """Look out for a tariff."""
        super().__init__(hass, config)
        self._tariff = name_key(self._options.get(CONF_TARIFF, ""))

    @override
    def entity_filter(self, entities: set[str]) -> set[str]:
        return tariff_entities(self._hass, entities)

    @override
    def is_valid_state(
        self, state: State, report_not_triggered: NotTriggeredReasonReporter
    ) -> bool:
        return not self._tariff or name_key(state.state) == self._tariff


TRIGGERS: Final[dict[str, type[Trigger]]] = {
    "tariff_became": TariffBecameTrigger,
    **automations.TRIGGERS,
}


async def async_get_triggers(hass: HomeAssistant) -> dict[str, type[Trigger]]:
    """Return the triggers by their names."""
    return TRIGGERS
