"""The forms of a charger of another integration: fields, checks and a look at it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import batched
from types import MappingProxyType
from typing import Any, Final

from homeassistant.components.number import ATTR_MIN
from homeassistant.const import (
    ATTR_UNIT_OF_MEASUREMENT,
    UnitOfElectricCurrent,
    UnitOfTime,
)
from homeassistant.core import HomeAssistant, split_entity_id
from homeassistant.helpers.selector import EntitySelector, EntitySelectorConfig
from homeassistant.util import dt as dt_util
import probatio

from ..ews.charging import Charge
from ..ews.model import Charger, ChargerRole, Installation
from ..ews.model.charger import CURRENT_ROLES
from ..ews.model.rules import clean_name
from ..greenup.charger_check import check_owners
from ..greenup.charger_limit import CHOOSING, is_limit_unit
from ..greenup.chargers import ChargerStation
from ..greenup.presets import Preset, option_among
from .forms import SWITCH, TEXT, FormErrors, UserInput, choice, number, search, whole
from .greenup_form import check_unit
from .texts import async_option_text

PHASE_CHOICES: Final[Mapping[str, tuple[int, ...]]] = MappingProxyType(
    {
        "l1_l2_l3": (1, 2, 3),
        "l2_l3_l1": (2, 3, 1),
        "l3_l1_l2": (3, 1, 2),
        "l1": (1,),
        "l2": (2,),
        "l3": (3,),
    }
)
"""The building's phases in the order of the charger's conductors."""
_DOMAINS: Final[Mapping[ChargerRole, list[str]]] = MappingProxyType(
    {
        ChargerRole.STATE: ["sensor", "binary_sensor", "select", "input_select"],
        ChargerRole.CURRENT_1: ["sensor", "input_number"],
        ChargerRole.CURRENT_2: ["sensor", "input_number"],
        ChargerRole.CURRENT_3: ["sensor", "input_number"],
        ChargerRole.POWER: ["sensor", "input_number"],
        ChargerRole.CURRENT_LIMIT: [
            *("number", "input_number", "select", "input_select", "script"),
        ],
        ChargerRole.PERMISSION: [
            *("switch", "input_boolean", "select", "input_select"),
        ],
        ChargerRole.START: ["button", "input_button", "script"],
        ChargerRole.STOP: ["button", "input_button", "script"],
        ChargerRole.ENERGY: ["sensor", "input_number"],
        ChargerRole.PHASES: [
            *("switch", "input_boolean", "select", "input_select"),
        ],
    }
)
ROLES: Final = tuple(_DOMAINS)
_REQUIRED: Final = frozenset({ChargerRole.STATE, ChargerRole.CURRENT_LIMIT})
_SWITCHED: Final = ("on", "off")
_OPTIONS: Final = (
    *("start_option", "stop_option"),
    *("one_phase_option", "all_phases_option"),
)
_NUMBERS: Final = ("rated_a", "minimum_a", "lag_s", "report_s")


def entity_schema(charger: Charger) -> probatio.Schema:
    """Return the form of a charger's entities, by role."""
    fields: dict[probatio.Marker, object] = {}
    for role, domains in _DOMAINS.items():
        marker = probatio.Required if role in _REQUIRED else probatio.Optional
        known = charger.entities.get(role)
        fields[marker(role.value, description={"suggested_value": known})] = (
            EntitySelector(EntitySelectorConfig(domain=domains))
        )
    fields[probatio.Required("stops_at_zero", default=charger.stops_at_zero)] = SWITCH
    return probatio.Schema(fields)


def with_entities(
    hass: HomeAssistant,
    charger: Charger,
    user_input: UserInput,
    site: Installation,
    errors: FormErrors,
) -> Charger:
    """Return the charger with the entities of a form; it must be told somehow."""
    entities = {role: user_input[role] for role in ROLES if user_input.get(role)}
    for role in (*CURRENT_ROLES, ChargerRole.POWER):
        if role in entities:
            check_unit(hass, entities[role], role, errors)
    _check_limit(hass, entities, user_input, errors)
    for found in check_owners(hass, replace(charger, entities=entities), site):
        errors.add(found.field, found.key, found.placeholders)
    has_buttons = ChargerRole.START in entities and ChargerRole.STOP in entities
    stops_at_zero = bool(user_input.get("stops_at_zero"))
    if not (has_buttons or ChargerRole.PERMISSION in entities or stops_at_zero):
        errors.add(ChargerRole.PERMISSION, "charger_cannot_wait", {})
    return replace(
        charger, entities=MappingProxyType(entities), stops_at_zero=stops_at_zero
    )


def _check_limit(
    hass: HomeAssistant,
    entities: Mapping[ChargerRole, str],
    user_input: UserInput,
    errors: FormErrors,
) -> None:
    """Put an error where a number is no current, or cannot be the 0 A that is needed."""
    entity_id = entities.get(ChargerRole.CURRENT_LIMIT)
    state = None if entity_id is None else hass.states.get(entity_id)
    if state is None:  # it may come later
        return
    unit = state.attributes.get(ATTR_UNIT_OF_MEASUREMENT)
    if not is_limit_unit(unit):
        values = {"entity": state.entity_id, "unit": str(unit)}
        errors.add(ChargerRole.CURRENT_LIMIT, "sensor_unit_wrong", values)
    least = state.attributes.get(ATTR_MIN)
    if user_input.get("stops_at_zero") and isinstance(least, int | float) and least > 0:
        values = {"entity": state.entity_id, "minimum": f"{least:g}"}
        errors.add("stops_at_zero", "charger_never_zero", values)


def word_schema(
    hass: HomeAssistant, charger: Charger, preset: Preset
) -> tuple[probatio.Schema, dict[str, Any]]:
    """Return the form of what its words mean, and what it is filled with.

    Options of a permission are asked for where it is a list or a switch.
    """
    state = hass.states.get(charger.entities[ChargerRole.STATE])
    offered = [*(state.attributes.get("options") or ())] if state else []
    if state is not None and state.state not in offered:
        offered.append(state.state)
    known = dict(charger.states) or {
        word: charge
        for word, charge in preset.states.items()
        if word in offered or not (state and state.attributes.get("options"))
    }
    words = list(dict.fromkeys([*offered, *known]))
    fields: dict[probatio.Marker, object] = {}
    filled: dict[str, Any] = {}
    for charge in Charge:
        fields[probatio.Optional(charge.value)] = _words(words)
        filled[charge.value] = [x for x, y in known.items() if y == charge]
    for role, options in (
        (
            ChargerRole.PERMISSION,
            {
                "start_option": preset.start_options,
                "stop_option": preset.stop_options,
            },
        ),
        (
            ChargerRole.PHASES,
            {
                "one_phase_option": preset.one_phase_options,
                "all_phases_option": preset.all_phases_options,
            },
        ),
    ):
        if (entity_id := charger.entities.get(role)) is not None:
            _add_options(hass, charger, entity_id, options, fields, filled)
    return probatio.Schema(fields), filled


def _add_options(
    hass: HomeAssistant,
    charger: Charger,
    entity_id: str,
    known: Mapping[str, Sequence[str]],
    fields: dict[probatio.Marker, object],
    filled: dict[str, Any],
) -> None:
    """Ask which options of a list, or of a switch, do the one thing and the other."""
    shown = hass.states.get(entity_id)
    is_list = split_entity_id(entity_id)[0] in CHOOSING
    offered = list(shown.attributes.get("options", ())) if shown else []
    for name, usual in zip(known, _SWITCHED, strict=True):
        options = offered if is_list else _SWITCHED
        fields[probatio.Required(name)] = search({x: x for x in options})
        filled[name] = (
            getattr(charger, name)
            or option_among(shown, known[name])
            or ("" if is_list else usual)
        )


def with_words(charger: Charger, user_input: UserInput, errors: FormErrors) -> Charger:
    """Return the charger with the meanings of a form; each word has only one."""
    states: dict[str, str] = {}
    for charge in Charge:
        for word in user_input.get(charge.value) or ():
            if word in states:
                errors.add(charge.value, "word_twice", {"word": word})
            states[word] = charge.value
    for charge in (Charge.NO_VEHICLE, Charge.CHARGING):
        if charge.value not in states.values():
            errors.add(charge.value, "word_missing", {})
    options: dict[str, Any] = {
        name: str(user_input.get(name, "")).strip() for name in _OPTIONS
    }
    for one, other in batched(_OPTIONS, 2, strict=True):
        if options[one] and options[one] == options[other]:
            errors.add(other, "options_alike", {})
    return replace(charger, states=MappingProxyType(states), **options)


def charger_schema(charger: Charger, circuits: Mapping[str, str]) -> probatio.Schema:
    """Return the form of a charger's name and figures."""
    phases = next(x for x, y in PHASE_CHOICES.items() if y == charger.phases)
    fields: dict[probatio.Marker, object] = {
        probatio.Required("name", default=charger.name): TEXT,
        probatio.Required("phases", default=phases): choice(
            list(PHASE_CHOICES), "charger_phases"
        ),
        probatio.Required("rated_a", default=charger.rated_a): _amperes(),
        probatio.Required("minimum_a", default=charger.minimum_a): _amperes(),
    }
    if len(circuits) > 1:
        present = str(charger.circuit_id)
        fields[probatio.Required("circuit_id", default=present)] = search(circuits)
    fields |= {
        probatio.Required("lag_s", default=charger.lag_s): number(UnitOfTime.SECONDS),
        probatio.Required("report_s", default=charger.report_s): number(
            UnitOfTime.SECONDS
        ),
        probatio.Required("is_priority", default=charger.is_priority): SWITCH,
        probatio.Required("is_enabled", default=charger.is_enabled): SWITCH,
    }
    return probatio.Schema(fields)


def with_figures(charger: Charger, user_input: UserInput) -> Charger:
    """Return the charger as the form of figures wants it.

    Raises ConfigurationError ``number_invalid`` at the field of a broken number.
    """
    numbers: dict[str, Any] = {x: whole(user_input, x, 0) for x in _NUMBERS}
    return replace(
        charger,
        name=clean_name(user_input["name"]),
        phases=PHASE_CHOICES[user_input["phases"]],
        circuit_id=int(user_input.get("circuit_id", charger.circuit_id)),
        is_priority=user_input["is_priority"],
        is_enabled=user_input["is_enabled"],
        **numbers,
    )


async def async_look(hass: HomeAssistant, charger: Charger) -> dict[str, str]:
    """Return what a charger shows now, as the texts of a form."""
    station = ChargerStation(hass, charger)
    reading = station.read(dt_util.utcnow())
    state = hass.states.get(charger.entities[ChargerRole.STATE])
    word = "–" if state is None else state.state
    if reading is None:
        nothing = await async_option_text(hass, "charge", "silent")
        return {
            "word": word,
            "charge": nothing,
            "drawn": "–",
            "limit": "–",
            "energy": "–",
        }
    energy = station.energy_milli_wh
    return {
        "word": word,
        "charge": await async_option_text(hass, "charge", reading.charge),
        "drawn": _joined(f"{x / 1000:.1f} A" for x in reading.drawn_ma),
        "limit": "–" if reading.limit_a is None else f"{reading.limit_a} A",
        "energy": "–" if energy is None else f"{energy / 1_000_000:.2f} kWh",
    }


def _joined(texts: Iterable[str]) -> str:
    return " / ".join(texts)


def _words(words: Iterable[str]) -> object:
    selector = search({word: word for word in words})
    selector.config["multiple"] = True
    return selector


def _amperes() -> object:
    return number(UnitOfElectricCurrent.AMPERE)
