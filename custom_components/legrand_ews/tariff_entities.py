"""Which entities show the tariff that applies: what triggers and conditions look at."""

from typing import Final

from homeassistant.core import HomeAssistant, split_entity_id
from homeassistant.helpers import entity_registry as er

from .const import DOMAIN
from .ews.tariffs.settings import PRICED_FLUIDS

SENSOR: Final = "sensor"
_KEYS: Final = frozenset(f"tariff_{fluid}" for fluid in PRICED_FLUIDS)


def tariff_entities(hass: HomeAssistant, entity_ids: set[str]) -> set[str]:
    """Return those among some entities that show the tariff of a fluid."""
    registry = er.async_get(hass)
    found = set()
    for entity_id in entity_ids:
        entity = registry.async_get(entity_id)
        if (
            split_entity_id(entity_id)[0] == SENSOR
            and entity is not None
            and entity.platform == DOMAIN
            and entity.translation_key in _KEYS
        ):
            found.add(entity_id)
    return found
