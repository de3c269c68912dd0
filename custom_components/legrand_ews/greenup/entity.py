"""What the entities of the load management have in common."""

from collections.abc import Callable, Collection, Iterable
from typing import override

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.entity import Entity, EntityDescription
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from ..entity import SITE, EwsEntity
from ..ews.model import ObjectKind
from ..pace import pace_of
from ..runtime import EwsConfigEntry
from .management import ManagedStation
from .snapshot import SiteView, StationView


def kind_of(station: ManagedStation) -> ObjectKind:
    """Return which kind of object a station is."""
    return ObjectKind.DEVICE if station.is_greenup else ObjectKind.CHARGER


class ChargingEntity(EwsEntity):
    """Shows something of the snapshot; called when that has changed."""

    _number: int | None = None

    def _begin(self, entry: EwsConfigEntry) -> None:
        runtime = entry.runtime_data
        self._entry = entry
        self._watch = runtime.charging_watch
        self._management = runtime.charging

    def _take_over(self) -> None:
        """Take over what the snapshot says."""
        raise NotImplementedError

    @override
    async def async_added_to_hass(self) -> None:
        await super().async_added_to_hass()
        self._take_over()
        self.async_on_remove(
            self._watch.async_add_listener(self._number, self._async_changed)
        )

    @callback
    def _async_changed(self) -> None:
        self._take_over()
        self.async_write_ha_state()


class SiteEntity(ChargingEntity):
    """An entity of the site as a whole."""

    def __init__(self, entry: EwsConfigEntry, description: EntityDescription) -> None:
        """Make the entity of ``description``."""
        self._begin(entry)
        self._belong_to(entry, description, SITE)

    @property
    def view(self) -> SiteView:
        """What is shown of the site."""
        return self._watch.site


class StationEntity(ChargingEntity):
    """An entity of one side of a charging station, whoever reads it."""

    def __init__(
        self,
        entry: EwsConfigEntry,
        station: ManagedStation,
        description: EntityDescription,
    ) -> None:
        """Make the entity of ``description`` at ``station``."""
        self._begin(entry)
        self._number = station.id
        self._station_id = station.id
        self._belong_to(entry, description, kind_of(station), station.id)

    @property
    def view(self) -> StationView | None:
        """What is shown of the station; None once it is gone."""
        return self._watch.stations.get(self._station_id)


async def async_add_charging(
    hass: HomeAssistant,
    entry: EwsConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
    of_site: Iterable[Entity],
    of_station: Callable[[ManagedStation], Iterable[Entity]],
    *,
    platform: str,
    keys: Collection[str],
) -> None:
    """Add entities of a platform in steps; those with ``keys`` that are left over go.

    There are some only in a site that has stations and a limit for them.
    """
    runtime = entry.runtime_data
    kept: set[str | None] = set()
    if runtime.charging_watch.is_shown:
        entities = list(of_site)
        kept.update(x.unique_id for x in entities)
        async_add_entities(entities)
        stations = list(runtime.charging_watch.managed.values())
        async for station in pace_of(hass).each(stations):
            subentry_id = runtime.subentry_id(kind_of(station), station.id)
            entities = list(of_station(station))
            kept.update(x.unique_id for x in entities)
            if subentry_id in entry.subentries:
                async_add_entities(entities, config_subentry_id=subentry_id)
    registry = er.async_get(hass)
    for known in er.async_entries_for_config_entry(registry, entry.entry_id):
        if (
            known.domain == platform
            and known.translation_key in keys
            and known.unique_id not in kept
        ):
            registry.async_remove(known.entity_id)
