"""A charger as plain JSON values, as the other objects are (``codec``)."""

from types import MappingProxyType

from .charger import (
    DEFAULT_LAG_S,
    DEFAULT_REPORT_S,
    LOWEST_CURRENT_A,
    MAIN_CIRCUIT,
    Charger,
    ChargerRole,
)
from .codec import Plain
from .device import PHASES
from .encoded import Encoded, flag_at, invalid, numbers_at, text_at, texts_at, whole_at


def encode_charger(charger: Charger) -> dict[str, Plain]:
    """Encode a charger of another integration."""
    return {
        "id": charger.id,
        "name": charger.name,
        "phases": list(charger.phases),
        "rated_a": charger.rated_a,
        "minimum_a": charger.minimum_a,
        "circuit_id": charger.circuit_id,
        "lag_s": charger.lag_s,
        "report_s": charger.report_s,
        "preset": charger.preset,
        "entities": {role.value: entity for role, entity in charger.entities.items()},
        "states": dict(charger.states),
        "start_option": charger.start_option,
        "stop_option": charger.stop_option,
        "one_phase_option": charger.one_phase_option,
        "all_phases_option": charger.all_phases_option,
        "stops_at_zero": charger.stops_at_zero,
        "is_priority": charger.is_priority,
        "is_enabled": charger.is_enabled,
    }


def decode_charger(data: Encoded) -> Charger:
    """Decode a charger; raises ConfigurationError ``data_invalid`` at the field."""
    entities = texts_at(data, "entities")
    if not set(entities) <= set(ChargerRole):
        raise invalid("entities")
    phases = numbers_at({"phases": PHASES, **data}, "phases")
    if not phases or not set(phases) <= set(PHASES):
        raise invalid("phases")
    preset = data.get("preset")
    return Charger(
        id=whole_at(data, "id"),
        name=text_at(data, "name"),
        phases=phases,
        rated_a=whole_at(data, "rated_a"),
        minimum_a=whole_at(data, "minimum_a", LOWEST_CURRENT_A),
        circuit_id=whole_at(data, "circuit_id", MAIN_CIRCUIT),
        lag_s=whole_at(data, "lag_s", DEFAULT_LAG_S),
        report_s=whole_at(data, "report_s", DEFAULT_REPORT_S),
        preset=None if preset is None else text_at(data, "preset"),
        entities=MappingProxyType({ChargerRole(x): y for x, y in entities.items()}),
        states=texts_at(data, "states"),
        start_option=text_at(data, "start_option", ""),
        stop_option=text_at(data, "stop_option", ""),
        one_phase_option=text_at(data, "one_phase_option", ""),
        all_phases_option=text_at(data, "all_phases_option", ""),
        stops_at_zero=flag_at(data, "stops_at_zero", default=False),
        is_priority=flag_at(data, "is_priority", default=False),
        is_enabled=flag_at(data, "is_enabled", default=True),
    )
