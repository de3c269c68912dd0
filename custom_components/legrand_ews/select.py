"""Settings of devices that have a few named values (S125, S154, S155)."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final, override

from homeassistant.components.select import SelectEntity, SelectEntityDescription
from homeassistant.const import EntityCategory, Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .bus.coordinator import GatewayCoordinator
from .entities.adding import Adding
from .entities.command_entity import CommandEntity, async_add_commands
from .entity import EwsEntity
from .ews.catalogue import Command, CommandKind
from .ews.model import Device, ObjectKind
from .greenup.controls import async_add_selects
from .runtime import EwsConfigEntry

PARALLEL_UPDATES = 1

PRIORITY: Final = SelectEntityDescription(
    key="charging_priority",
    translation_key="charging_priority",
    options=["normal", "priority"],
    entity_category=EntityCategory.CONFIG,
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: EwsConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add what devices let the user choose, and the priority of charging stations."""
    await async_add_selects(hass, entry, async_add_entities)
    runtime = entry.runtime_data
    adding = Adding(hass, entry, async_add_entities, Platform.SELECT)
    await adding.async_add_for_each(
        runtime.installation.devices.values(),
        lambda device: _priorities(entry, device),
    )
    await adding.async_forget_others({PRIORITY.key})
    await async_add_commands(adding, CommandKind.SELECT, CommandSelect)


def _priorities(entry: EwsConfigEntry, device: Device) -> Iterator[PrioritySelect]:
    runtime = entry.runtime_data
    subentry_id = runtime.subentry_id(ObjectKind.DEVICE, device.id)
    is_station = "station_state" in runtime.quantities[device.id]
    if is_station and subentry_id is not None:
        yield PrioritySelect(entry, subentry_id, device)


class PrioritySelect(EwsEntity, SelectEntity):
    """Stores whether a side of a charging station goes before others by default."""

    def __init__(self, entry: EwsConfigEntry, subentry_id: str, device: Device) -> None:
        """Make the choice for ``device``, which is stored in the subentry."""
        self._belong_to(entry, PRIORITY, ObjectKind.DEVICE, device.id)
        self._entry = entry
        self._subentry_id = subentry_id
        self._attr_current_option = "priority" if device.is_priority else "normal"

    @override
    async def async_select_option(self, option: str) -> None:
        self._attr_current_option = option
        self.async_write_ha_state()
        subentry = self._entry.subentries[self._subentry_id]
        data = {**subentry.data, "is_priority": option == "priority"}
        self.hass.config_entries.async_update_subentry(self._entry, subentry, data=data)


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
