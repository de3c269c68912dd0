"""Whether the entities of a charger are nobody else's."""

from collections.abc import Iterator

from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er

from ..const import DOMAIN
from ..ews.charging.charger_rules import OWN_ROLES, told_twice
from ..ews.model import Charger, Installation
from ..ews.model.problems import Problem, problem


def check_owners(
    hass: HomeAssistant, charger: Charger, site: Installation
) -> Iterator[Problem]:
    """Yield what is wrong with who tells a charger, and whom its state is of.

    One that is told twice would be counted twice and get orders that contradict each
    other: each of these entities is of one charger, and none is a Green'Up station's.
    """
    registry = er.async_get(hass)
    for role in OWN_ROLES:
        entity_id = charger.entities.get(role)
        known = None if entity_id is None else registry.async_get(entity_id)
        if known is not None and known.platform == DOMAIN:
            yield problem(role.value, "charger_entity_own", entity=entity_id)
    for role, entity_id, name in told_twice(charger, site):
        yield problem(role.value, "charger_entity_taken", entity=entity_id, name=name)
