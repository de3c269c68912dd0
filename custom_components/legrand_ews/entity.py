"""What all entities of a gateway and of the devices behind it share."""

from collections.abc import Collection, Iterable
from decimal import Decimal
from typing import override

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.device_registry import DeviceInfo
from homeassistant.helpers.entity import Entity, EntityDescription
from homeassistant.helpers.update_coordinator import CoordinatorEntity

from .bus.coordinator import GatewayCoordinator
from .const import DOMAIN
from .ews.bus.readings import DeviceReport
from .ews.model import Device, ObjectKind

SITE = "site"


def device_identifier(
    entry: ConfigEntry, kind: str, object_id: int | None = None
) -> tuple[str, str]:
    """Return how an object is called in Home Assistant's device registry."""
    name = kind if object_id is None else f"{kind}_{object_id}"
    return DOMAIN, f"{entry.entry_id}_{name}"


def entities_showing(
    hass: HomeAssistant, entity_ids: Iterable[str], domain: str, keys: Collection[str]
) -> set[str]:
    """Return those among some entities that are ours and show one of the keys."""
    registry = er.async_get(hass)
    found = (registry.async_get(entity_id) for entity_id in entity_ids)
    return {
        entity.entity_id
        for entity in found
        if entity is not None
        and entity.domain == domain
        and entity.platform == DOMAIN
        and entity.translation_key in keys
    }


class EwsEntity(Entity):
    """An entity of one object of the site."""

    _attr_has_entity_name = True
    _attr_should_poll = False

    def _belong_to(
        self,
        entry: ConfigEntry,
        description: EntityDescription,
        kind: str,
        object_id: int | None = None,
    ) -> None:
        """Take the place of ``description`` at an object of the site.

        The object's device is in the registry before any entity is made.
        """
        domain, name = device_identifier(entry, kind, object_id)
        self.entity_description = description
        self._attr_unique_id = f"{name}_{description.key}"
        self._attr_device_info = DeviceInfo(identifiers={(domain, name)})


class ReportEntity(EwsEntity, CoordinatorEntity[GatewayCoordinator]):
    """An entity that shows something of a gateway's report.

    Its state is written only when what it shows has changed.
    """

    def _take_over(self) -> bool:
        """Take over what the report says; tell whether anything changed."""
        raise NotImplementedError

    @property
    @override
    def available(self) -> bool:
        return self._attr_available

    @override
    async def async_added_to_hass(self) -> None:
        await super().async_added_to_hass()
        self._take_over()

    @callback
    @override
    def _handle_coordinator_update(self) -> None:
        if self._take_over():
            self.async_write_ha_state()
            self._let_go()

    def _let_go(self) -> None:
        """Let this state be freed as soon as the next one takes its place.

        Its event and its context name each other, so that only a garbage collection
        would free them and all that they hold: with thousands of states a minute that
        is a pause of a tenth of a second every few minutes. What somebody has ordered
        keeps its context: the logbook tells who it was.
        """
        if self._context is None:
            state = self.hass.states.get(self.entity_id)
            if state is not None:
                state.context.origin_event = None


class GatewayEntity(ReportEntity):
    """An entity of the gateway itself."""

    def __init__(
        self, coordinator: GatewayCoordinator, description: EntityDescription
    ) -> None:
        """Make the entity of ``description`` at the coordinator's gateway."""
        super().__init__(coordinator)
        self._belong_to(
            coordinator.config_entry,
            description,
            ObjectKind.GATEWAY,
            coordinator.gateway.id,
        )


class DeviceEntity(ReportEntity):
    """An entity of a device behind the gateway."""

    def __init__(
        self,
        coordinator: GatewayCoordinator,
        device: Device,
        description: EntityDescription,
    ) -> None:
        """Make the entity of ``description`` at ``device``, named as the user says (S86)."""
        super().__init__(coordinator, device.id)
        self.device = device
        self._belong_to(
            coordinator.config_entry, description, ObjectKind.DEVICE, device.id
        )
        if description.key in device.channel_names:
            self._attr_name = device.channel_names[description.key]

    def value_of(self, quantity: str) -> Decimal | None:
        """The latest value of a quantity; None while there is none."""
        report = self.report
        reading = None if report is None else report.readings.get(quantity)
        return None if reading is None else reading.value

    @property
    def report(self) -> DeviceReport | None:
        """The latest of the device; None before its first cycle."""
        if not self.coordinator.last_update_success:
            return None
        return self.coordinator.report_of(self.device.id)
