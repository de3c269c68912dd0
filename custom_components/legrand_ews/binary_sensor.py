"""Whether a gateway can be reached (S53)."""

from typing import Final, override

from homeassistant.components.binary_sensor import (
    BinarySensorDeviceClass,
    BinarySensorEntity,
    BinarySensorEntityDescription,
)
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .entity import GatewayEntity
from .ews.model import ObjectKind
from .runtime import EwsConfigEntry

PARALLEL_UPDATES = 0

CONNECTIVITY: Final = BinarySensorEntityDescription(
    key="connectivity",
    translation_key="connectivity",
    device_class=BinarySensorDeviceClass.CONNECTIVITY,
    entity_category=EntityCategory.DIAGNOSTIC,
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: EwsConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add one entity per gateway."""
    runtime = entry.runtime_data
    for gateway_id, coordinator in runtime.coordinators.items():
        async_add_entities(
            [GatewayConnectivity(coordinator, CONNECTIVITY)],
            config_subentry_id=runtime.subentry_id(ObjectKind.GATEWAY, gateway_id),
        )


class GatewayConnectivity(GatewayEntity, BinarySensorEntity):
    """On while the gateway answers; unavailable while it is switched off."""

    @override
    def _take_over(self) -> bool:
        coordinator = self.coordinator
        before = self._attr_available, self._attr_is_on
        self._attr_available = coordinator.is_polling
        self._attr_is_on = coordinator.is_answering if coordinator.has_asked else None
        return before != (self._attr_available, self._attr_is_on)
