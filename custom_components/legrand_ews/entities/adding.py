"""Adds the entities of a site in steps."""

from collections.abc import Callable, Iterable

from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity import Entity
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from ..ews.model import Device, Gateway, ObjectKind
from ..pace import pace_of
from ..runtime import EwsConfigEntry


async def async_add_for_each[T: Gateway | Device](
    hass: HomeAssistant,
    entry: EwsConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
    objects: Iterable[T],
    make: Callable[[T], Iterable[Entity]],
) -> None:
    """Add what ``make`` makes of every gateway or device, one after the other.

    What the user has deleted meanwhile is passed over; the site is reloaded for it.
    """
    async for what in pace_of(hass).each(objects):
        kind = ObjectKind.GATEWAY if isinstance(what, Gateway) else ObjectKind.DEVICE
        subentry_id = entry.runtime_data.subentry_id(kind, what.id)
        if subentry_id in entry.subentries:
            async_add_entities(make(what), config_subentry_id=subentry_id)
