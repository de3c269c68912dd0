"""Settings of devices that are numbers: limits and times (S156)."""

from decimal import Decimal
from typing import Final, override

from homeassistant.components.number import (
    NumberDeviceClass,
    NumberEntity,
    NumberEntityDescription,
    NumberMode,
)
from homeassistant.const import EntityCategory, Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .bus.coordinator import GatewayCoordinator
from .entities.adding import Adding
from .entities.command_entity import CommandEntity, async_add_commands
from .ews.catalogue import Command, CommandKind
from .ews.model import Device
from .ews.quantities import Unit
from .greenup.controls import async_add_numbers
from .runtime import EwsConfigEntry

PARALLEL_UPDATES = 1

_CLASSES: Final = {
    Unit.AMPERE: NumberDeviceClass.CURRENT,
    Unit.SECOND: NumberDeviceClass.DURATION,
    Unit.WATT: NumberDeviceClass.POWER,
}


async def async_setup_entry(
    hass: HomeAssistant,
    entry: EwsConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the numbers that devices can be told."""
    await async_add_numbers(hass, entry, async_add_entities)
    adding = Adding(hass, entry, async_add_entities, Platform.NUMBER)
    await async_add_commands(adding, CommandKind.NUMBER, CommandNumber)


class CommandNumber(CommandEntity, NumberEntity):
    """A number that a device keeps to."""

    def __init__(
        self,
        coordinator: GatewayCoordinator,
        device: Device,
        command: Command,
        is_headline: bool,
    ) -> None:
        """Make the entity of ``command`` within its limits."""
        largest = command.multiplier * ((1 << 16 * command.type.words) - 1)
        description = NumberEntityDescription(
            key=command.key,
            translation_key=command.key,
            device_class=_CLASSES.get(command.unit),
            native_unit_of_measurement=command.unit or None,
            native_min_value=float(command.minimum or 0),
            native_max_value=float(
                largest if command.maximum is None else command.maximum
            ),
            native_step=float(command.step),
            mode=NumberMode.BOX,
            entity_category=None if is_headline else EntityCategory.CONFIG,
            entity_registry_enabled_default=is_headline,
        )
        super().__init__(coordinator, device, command, description)

    @override
    async def async_set_native_value(self, value: float) -> None:
        # The shortest text of a float is what the user meant.
        await self._async_send(Decimal(repr(value)))

    @override
    def _show(self, value: str | Decimal | None) -> None:
        self._attr_native_value = None if value is None else float(value)

    @override
    def _shown(self) -> object:
        return self._attr_native_value
