"""Triggers and conditions of automations about zones, stations and their vehicles."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, override

from homeassistant.components.event import DOMAIN as EVENT, EventEntityStateAttribute
from homeassistant.const import CONF_OPTIONS, STATE_ON, Platform
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.automation import DomainSpec
from homeassistant.helpers.condition import (
    ENTITY_STATE_CONDITION_SCHEMA_ANY_ALL,
    Condition,
    ConditionConfig,
)
from homeassistant.helpers.condition.entity_condition import EntityConditionBase
from homeassistant.helpers.trigger import (
    ENTITY_STATE_TRIGGER_SCHEMA,
    ENTITY_STATE_TRIGGER_SCHEMA_WITH_BEHAVIOR,
    EntityTriggerBase,
    StatelessEntityTriggerBase,
    Trigger,
    TriggerConfig,
)
from homeassistant.helpers.trigger.entity_trigger import NotTriggeredReasonReporter
import probatio

from ..entity import entities_showing
from ..ews.charging import ReasonKind, Zone
from . import events, problems
from .snapshot import Stage

CONF_ZONE: Final = "zone"
CONF_WHAT: Final = "what"
CONF_STAGE: Final = "stage"

HAPPENED: Final[Mapping[str, frozenset[ReasonKind]]] = MappingProxyType(
    {
        "started": frozenset({ReasonKind.STARTED, ReasonKind.RESUMED}),
        "ended": frozenset({ReasonKind.SESSION_ENDED}),
        "reduced": frozenset(
            {
                ReasonKind.REDUCED_IN_RED,
                ReasonKind.REDUCED_TO_MAKE_ROOM,
                ReasonKind.REDUCED_TO_SHARE,
                ReasonKind.HARD_LIMIT_REDUCED,
            }
        ),
        "stopped": frozenset(
            {
                ReasonKind.STOPPED_IN_RED,
                ReasonKind.GAVE_WAY,
                ReasonKind.HARD_LIMIT_STOPPED,
            }
        ),
        "refused": frozenset({ReasonKind.COMMAND_REFUSED}),
        "ignored": frozenset({ReasonKind.LIMIT_IGNORED}),
        "lost": frozenset({ReasonKind.STATION_LOST}),
    }
)
"""What automations are told of, in words that need no knowledge of the rules."""
_SENSOR: Final = Platform.SENSOR.value
_ZONE_KEYS: Final = frozenset(
    {"charging_zone", *(f"charging_zone_l{n}" for n in (1, 2, 3)), "feeder_zone"}
)
_STAGE_KEYS: Final = frozenset({"charging_stage"})
_EVENT_KEYS: Final = frozenset({events.STATION.key})
_PROBLEM_KEYS: Final = frozenset({problems.STATION.key, problems.CHARGE.key})


def _chosen(kind: Callable[[str], str], key: str) -> dict[probatio.Required, object]:
    return {
        probatio.Required(key): probatio.All(
            cv.ensure_list, probatio.Length(min=1), [probatio.Coerce(kind)]
        )
    }


class ZoneBecameTrigger(EntityTriggerBase):
    """A phase, or the worst of them, comes into one of some zones."""

    _domain_specs: Mapping[str, DomainSpec] = MappingProxyType({_SENSOR: DomainSpec()})
    _schema = ENTITY_STATE_TRIGGER_SCHEMA_WITH_BEHAVIOR.extend(
        {probatio.Required(CONF_OPTIONS): _chosen(Zone, CONF_ZONE)}
    )

    def __init__(self, hass: HomeAssistant, config: TriggerConfig) -> None:
        """Look out for zones."""
        super().__init__(hass, config)
        self._zones = frozenset(self._options[CONF_ZONE])

    @override
    def entity_filter(self, entities: set[str]) -> set[str]:
        return entities_showing(self._hass, entities, _SENSOR, _ZONE_KEYS)

    @override
    def is_valid_transition(self, from_state: State, to_state: State) -> bool:
        return from_state.state not in self._zones

    @override
    def is_valid_state(
        self, state: State, report_not_triggered: NotTriggeredReasonReporter
    ) -> bool:
        return state.state in self._zones


class HappenedTrigger(StatelessEntityTriggerBase):
    """Something happens to a vehicle or its station."""

    _domain_specs: Mapping[str, DomainSpec] = MappingProxyType({EVENT: DomainSpec()})
    _schema = ENTITY_STATE_TRIGGER_SCHEMA.extend(
        {
            probatio.Required(CONF_OPTIONS): {
                probatio.Required(CONF_WHAT): probatio.All(
                    cv.ensure_list, probatio.Length(min=1), [probatio.In(HAPPENED)]
                )
            }
        }
    )

    def __init__(self, hass: HomeAssistant, config: TriggerConfig) -> None:
        """Look out for what was chosen."""
        super().__init__(hass, config)
        self._kinds = frozenset().union(
            *(HAPPENED[x] for x in self._options[CONF_WHAT])
        )

    @override
    def entity_filter(self, entities: set[str]) -> set[str]:
        return entities_showing(self._hass, entities, EVENT, _EVENT_KEYS)

    @override
    def is_valid_state(
        self, state: State, report_not_triggered: NotTriggeredReasonReporter
    ) -> bool:
        return state.attributes.get(EventEntityStateAttribute.EVENT_TYPE) in self._kinds


class StationFailedTrigger(EntityTriggerBase):
    """A station, or the charge at it, has a fault."""

    _domain_specs: Mapping[str, DomainSpec] = MappingProxyType(
        {Platform.BINARY_SENSOR.value: DomainSpec()}
    )

    @override
    def entity_filter(self, entities: set[str]) -> set[str]:
        return entities_showing(
            self._hass, entities, Platform.BINARY_SENSOR, _PROBLEM_KEYS
        )

    @override
    def is_valid_state(
        self, state: State, report_not_triggered: NotTriggeredReasonReporter
    ) -> bool:
        return state.state == STATE_ON


class ZoneIsCondition(EntityConditionBase):
    """A phase, or the worst of them, is in one of some zones."""

    _domain_specs: Mapping[str, DomainSpec] = MappingProxyType({_SENSOR: DomainSpec()})
    _schema = ENTITY_STATE_CONDITION_SCHEMA_ANY_ALL.extend(
        {probatio.Required(CONF_OPTIONS): _chosen(Zone, CONF_ZONE)}
    )

    def __init__(self, hass: HomeAssistant, config: ConditionConfig) -> None:
        """Ask for zones."""
        super().__init__(hass, config)
        self._zones = frozenset((config.options or {})[CONF_ZONE])

    @override
    def entity_filter(self, entities: set[str]) -> set[str]:
        return entities_showing(self._hass, entities, _SENSOR, _ZONE_KEYS)

    @override
    def is_valid_state(self, entity_state: State) -> bool:
        return entity_state.state in self._zones


class StationIsCondition(EntityConditionBase):
    """A station is charging, waiting, free ..."""

    _domain_specs: Mapping[str, DomainSpec] = MappingProxyType({_SENSOR: DomainSpec()})
    _schema = ENTITY_STATE_CONDITION_SCHEMA_ANY_ALL.extend(
        {probatio.Required(CONF_OPTIONS): _chosen(Stage, CONF_STAGE)}
    )

    def __init__(self, hass: HomeAssistant, config: ConditionConfig) -> None:
        """Ask for stages."""
        super().__init__(hass, config)
        self._stages = frozenset((config.options or {})[CONF_STAGE])

    @override
    def entity_filter(self, entities: set[str]) -> set[str]:
        return entities_showing(self._hass, entities, _SENSOR, _STAGE_KEYS)

    @override
    def is_valid_state(self, entity_state: State) -> bool:
        return entity_state.state in self._stages


TRIGGERS: Final[Mapping[str, type[Trigger]]] = MappingProxyType(
    {
        "charging_zone_became": ZoneBecameTrigger,
        "charging_happened": HappenedTrigger,
        "station_failed": StationFailedTrigger,
    }
)
CONDITIONS: Final[Mapping[str, type[Condition]]] = MappingProxyType(
    {"charging_zone_is": ZoneIsCondition, "station_is": StationIsCondition}
)
