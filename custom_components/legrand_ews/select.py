"""Settings of devices that have a few named values (S154, S155)."""

from decimal import Decimal
from typing import override

from homeassistant.components.select import SelectEntity, SelectEntityDescription
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .command_entity import CommandEntity, async_add_commands
from .coordinator import GatewayCoordinator
from .ews.catalogue import Command, CommandKind
from .ews.model import Device
from .runtime import EwsConfigEntry

PARALLEL_UPDATES = 1


async def async_setup_entry(
    hass: HomeAssistant,
    entry: EwsConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add what devices let the user choose."""
    await async_add_commands(
        hass, entry, async_add_entities, CommandKind.SELECT, CommandSelect
    )


class CommandSelect(CommandEntity, SelectEntity):
    """A setting of a device."""

    def __init__(
        self,
        coordinator: GatewayCoordinator,
        device: Device,
        command: Command,
        is_headline: bool,
    ) -> None:
        """Make the entity of ``command``; what belongs to the device's setup is so."""
        description = SelectEntityDescription(
            key=command.key,
            translation_key=command.key,
            options=list(command.options),
            entity_category=None if is_headline else EntityCategory.CONFIG,
            entity_registry_enabled_default=is_headline,
        )
        super().__init__(coordinator, device, command, description)

    @override
    async def async_select_option(self, option: str) -> None:
        await self._async_send(option)

    @override
    def _show(self, value: str | Decimal | None) -> None:
        self._attr_current_option = (
            value if isinstance(value, str) and value in self.command.options else None
        )

    @override
    def _shown(self) -> object:
        return self._attr_current_option
