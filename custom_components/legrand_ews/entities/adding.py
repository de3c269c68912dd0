"""Adds the entities of a site in steps, and forgets those that are left over."""

from collections.abc import Callable, Collection, Iterable

from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.entity import Entity
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from ..const import DOMAIN
from ..entity import device_identifier
from ..ews.model import Device, Gateway, ObjectKind
from ..pace import pace_of
from ..runtime import EwsConfigEntry


class Adding:
    """The entities that one platform adds for gateways and devices."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry: EwsConfigEntry,
        async_add_entities: AddConfigEntryEntitiesCallback,
        platform: Platform,
    ) -> None:
        """Begin with none."""
        self.hass = hass
        self.entry = entry
        self._add = async_add_entities
        self._platform = platform
        self._made: set[str | None] = set()

    async def async_add_for_each[T: Gateway | Device](
        self, objects: Iterable[T], make: Callable[[T], Iterable[Entity]]
    ) -> None:
        """Add what ``make`` makes of every object, one after the other.

        What the user has deleted meanwhile is passed over; the site is reloaded for it.
        """
        entry = self.entry
        async for what in pace_of(self.hass).each(objects):
            is_gateway = isinstance(what, Gateway)
            kind = ObjectKind.GATEWAY if is_gateway else ObjectKind.DEVICE
            subentry_id = entry.runtime_data.subentry_id(kind, what.id)
            if subentry_id in entry.subentries:
                entities = list(make(what))
                self._made.update(entity.unique_id for entity in entities)
                self._add(entities, config_subentry_id=subentry_id)

    async def async_forget_others(self, keys: Collection[str]) -> None:
        """Take entities with ``keys`` out of the registry that devices have no more.

        Another model was chosen, say, or the user took back that a register map is
        right. A device that cannot be read before it is completed keeps what it had.
        """
        registry = er.async_get(self.hass)
        runtime = self.entry.runtime_data
        async for device in pace_of(self.hass).each(runtime.readable_devices()):
            if not runtime.quantities[device.id]:
                continue
            _, name = device_identifier(self.entry, ObjectKind.DEVICE, device.id)
            for key in keys:
                unique_id = f"{name}_{key}"
                if unique_id in self._made:
                    continue
                found = registry.async_get_entity_id(self._platform, DOMAIN, unique_id)
                if found is not None:
                    registry.async_remove(found)
