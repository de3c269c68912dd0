"""Inputs, contacts and alarms of devices, and whether a gateway can be reached."""

from collections.abc import Iterator
from typing import Final, override

from homeassistant.components.binary_sensor import (
    BinarySensorDeviceClass,
    BinarySensorEntity,
    BinarySensorEntityDescription,
)
from homeassistant.const import EntityCategory, Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .bus.coordinator import GatewayCoordinator
from .entities.adding import Adding
from .entities.command_entity import shown_by_commands
from .entities.descriptions import BINARY_STATES
from .entity import DeviceEntity, GatewayEntity
from .ews.model import Device
from .greenup.problems import async_add_problems
from .runtime import EwsConfigEntry, EwsRuntime

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
    """Add one entity per gateway, and one for all that is off or on in a device."""
    await async_add_problems(hass, entry, async_add_entities)
    runtime = entry.runtime_data
    adding = Adding(hass, entry, async_add_entities, Platform.BINARY_SENSOR)
    await adding.async_add_for_each(
        runtime.installation.gateways.values(),
        lambda gateway: [
            GatewayConnectivity(runtime.coordinators[gateway.id], CONNECTIVITY)
        ],
    )
    await adding.async_add_for_each(
        runtime.readable_devices(), lambda device: _states(runtime, device)
    )
    await adding.async_forget_others(BINARY_STATES)


def _states(runtime: EwsRuntime, device: Device) -> Iterator[DeviceState]:
    model = runtime.model_of(device)
    headline = frozenset(model.headline if model else ())
    headline -= shown_by_commands(runtime, device)
    coordinator = runtime.coordinators[device.gateway_id]
    for quantity in runtime.quantities[device.id]:
        if quantity in BINARY_STATES:
            yield DeviceState(
                coordinator, device, quantity, is_headline=quantity in headline
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


class DeviceState(DeviceEntity, BinarySensorEntity):
    """An input, a contact or an alarm of a device, as it was last read."""

    def __init__(
        self,
        coordinator: GatewayCoordinator,
        device: Device,
        quantity: str,
        *,
        is_headline: bool,
    ) -> None:
        """Show ``quantity``; from the start if it is one of the headline values."""
        super().__init__(coordinator, device, BINARY_STATES[quantity])
        self._quantity = quantity
        self._attr_entity_registry_enabled_default = is_headline

    @override
    def _take_over(self) -> bool:
        before = self._attr_available, self._attr_is_on
        value = self.value_of(self._quantity)
        self._attr_available = value is not None
        self._attr_is_on = None if value is None else bool(value)
        return before != (self._attr_available, self._attr_is_on)
