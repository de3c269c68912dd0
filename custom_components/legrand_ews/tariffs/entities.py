"""Entities of tariffs in the registry: which show a tariff, and which are left over."""

from collections.abc import Collection
from typing import Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import entity_registry as er

from ..entity import entities_showing
from ..ews.quantities import Fluid
from ..ews.tariffs.settings import PRICED_FLUIDS

SENSOR: Final = "sensor"
_KEYS: Final = frozenset(f"tariff_{fluid}" for fluid in PRICED_FLUIDS)
_KINDS: Final = (
    "tariff",
    "tariffs",
    "cost_rule",
    "price",
    "tariff_change",
    "cost_today",
    "cost_month",
    "cost_year",
)
"""Everything that a fluid has only while it has a plan."""


def tariff_entities(hass: HomeAssistant, entity_ids: set[str]) -> set[str]:
    """Return those among some entities that show the tariff of a fluid."""
    return entities_showing(hass, entity_ids, SENSOR, _KEYS)


@callback
def async_remove_unpriced(
    hass: HomeAssistant, entry: ConfigEntry, priced: Collection[Fluid]
) -> None:
    """Take out of the registry what fluids have left that have no plan any more."""
    gone = {
        f"{kind}_{fluid}"
        for fluid in PRICED_FLUIDS
        if fluid not in priced
        for kind in _KINDS
    }
    registry = er.async_get(hass)
    for entity in er.async_entries_for_config_entry(registry, entry.entry_id):
        if entity.translation_key in gone:
            registry.async_remove(entity.entity_id)
