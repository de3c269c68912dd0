"""Whether the entities of a charger are nobody else's."""

from collections.abc import Iterable, Iterator

from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er

from ..const import DOMAIN
from ..ews.model import Charger, ChargerRole
from ..ews.model.charger import ORDER_ROLES
from ..ews.model.problems import Problem, problem

_OWN_ROLES = (ChargerRole.STATE, *ORDER_ROLES)


def check_entities(
    hass: HomeAssistant, charger: Charger, others: Iterable[Charger]
) -> Iterator[Problem]:
    """Yield what is wrong with who tells a charger, and whom its state is of.

    One that is told twice would be counted twice and get orders that contradict each
    other: each of these entities is of one charger, and none is a Green'Up station's.
    """
    registry = er.async_get(hass)
    owners = {
        other.entities[role]: other.name
        for other in others
        if other.id != charger.id
        for role in _OWN_ROLES
        if role in other.entities
    }
    for role in _OWN_ROLES:
        entity_id = charger.entities.get(role)
        if entity_id is None:
            continue
        known = registry.async_get(entity_id)
        if known is not None and known.platform == DOMAIN:
            yield problem(role.value, "charger_entity_own", entity=entity_id)
        elif entity_id in owners:
            name = owners[entity_id]
            yield problem(
                role.value, "charger_entity_taken", entity=entity_id, name=name
            )
