"""Whether a charger of another integration makes sense, field by field."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from ..model import Charger, ChargerRole, Installation
from ..model.charger import ORDER_ROLES
from ..model.problems import Problem, check_range, problem
from ..model.rules import name_key
from .checks import LARGEST_CURRENT_A, LONGEST_WAIT_S, check_config
from .config import ChargingConfig
from .inputs import Charge
from .specs import spec_of_charger

REQUIRED_ROLES: Final = (ChargerRole.STATE, ChargerRole.CURRENT_LIMIT)
REQUIRED_CHARGES: Final = (Charge.NO_VEHICLE, Charge.CHARGING)
OWN_ROLES: Final = (ChargerRole.STATE, *ORDER_ROLES)
"""Roles whose entity is of one charger only."""


def check_charger(
    charger: Charger, site: Installation, config: ChargingConfig | None
) -> list[Problem]:
    """Return what is wrong with its name and figures, at the fields of a charger.

    ``config`` is the load management of the site; None where it has no main meter.
    """
    problems = []
    if not charger.name:
        problems.append(problem("name", "name_required"))
    names = {x.id: x.name for x in site.devices.values()}
    names |= {x.id: x.name for x in site.chargers.values() if x.id != charger.id}
    if name_key(charger.name) in map(name_key, names.values()):
        problems.append(problem("name", "name_duplicate", name=charger.name))
    if config is None:  # without a main meter, whatever it uses is right
        config = ChargingConfig(
            maximum_a=LARGEST_CURRENT_A, charging_a=LARGEST_CURRENT_A
        )
    others = (x for x in config.stations if x.id != charger.id)
    config = replace(config, stations=(*others, spec_of_charger(charger)))
    own = f"stations.{charger.id}."
    return problems + [
        replace(x, field=x.field.removeprefix(own))
        for x in check_config(config)
        if x.field.startswith(own)
    ]


def check_entities(charger: Charger, site: Installation) -> Iterator[Problem]:
    """Yield what is wrong with the entities of a charger and the words of its state."""
    for role in REQUIRED_ROLES:
        if role not in charger.entities:
            yield problem("entities", "charger_role_needed", role=role.value)
    has_buttons = {ChargerRole.START, ChargerRole.STOP} <= charger.entities.keys()
    if not (
        has_buttons
        or ChargerRole.PERMISSION in charger.entities
        or charger.stops_at_zero
    ):
        yield problem("entities", "charger_cannot_wait")
    for role, entity_id, name in told_twice(charger, site):
        yield problem(
            "entities",
            "charger_entity_taken",
            entity=entity_id,
            name=name,
            role=role.value,
        )
    for charge in REQUIRED_CHARGES:
        if charge.value not in charger.states.values():
            yield problem("states", "charger_word_missing", charge=charge.value)
    yield from check_range("report_s", charger.report_s, 0, LONGEST_WAIT_S)


def told_twice(
    charger: Charger, site: Installation
) -> Iterator[tuple[ChargerRole, str, str]]:
    """Yield role and entity that are another charger's already, with its name."""
    owners = {
        other.entities[role]: other.name
        for other in site.chargers.values()
        if other.id != charger.id
        for role in OWN_ROLES
        if role in other.entities
    }
    for role in OWN_ROLES:
        entity_id = charger.entities.get(role, "")
        if entity_id in owners:
            yield role, entity_id, owners[entity_id]
