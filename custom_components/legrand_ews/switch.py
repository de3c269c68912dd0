"""Switches: what is in service (S55, S90), and what a device can switch (S150-S158)."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final, override

from homeassistant.components.switch import SwitchEntity, SwitchEntityDescription
from homeassistant.const import EntityCategory, Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .bus.coordinator import GatewayCoordinator
from .const import CONF_ENABLED
from .entities.adding import Adding
from .entities.command_entity import CommandEntity, async_add_commands
from .entity import EwsEntity
from .ews.catalogue import Command, CommandKind
from .ews.model import Device, Gateway, ObjectKind
from .greenup.controls import async_add_switches
from .runtime import EwsConfigEntry

PARALLEL_UPDATES = 1

ENABLED: Final = SwitchEntityDescription(
    key="enabled",
    translation_key="enabled",
    entity_category=EntityCategory.CONFIG,
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: EwsConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add a switch for every gateway, every device and what devices can switch."""
    await async_add_switches(hass, entry, async_add_entities)
    runtime = entry.runtime_data
    adding = Adding(hass, entry, async_add_entities, Platform.SWITCH)
    await adding.async_add_for_each(
        runtime.installation.gateways.values(),
        lambda gateway: _switches(entry, ObjectKind.GATEWAY, gateway),
    )
    await adding.async_add_for_each(
        runtime.installation.devices.values(),
        lambda device: _switches(entry, ObjectKind.DEVICE, device),
    )
    await async_add_commands(adding, CommandKind.SWITCH, CommandSwitch)


def _switches(
    entry: EwsConfigEntry, kind: ObjectKind, what: Gateway | Device
) -> Iterator[EnabledSwitch]:
    subentry_id = entry.runtime_data.subentry_id(kind, what.id)
    if subentry_id is not None:
        yield EnabledSwitch(entry, subentry_id, kind, what)


class EnabledSwitch(EwsEntity, SwitchEntity):
    """Stores whether an object is in service; the site is reloaded with it.

    What is recorded stays; a gateway's devices are out of service with it and come
    back as they were.
    """

    def __init__(
        self,
        entry: EwsConfigEntry,
        subentry_id: str,
        kind: ObjectKind,
        what: Gateway | Device,
    ) -> None:
        """Make the switch of ``what``, which is stored in the subentry."""
        self._belong_to(entry, ENABLED, kind, what.id)
        self._entry = entry
        self._subentry_id = subentry_id
        self._attr_is_on = what.is_enabled

    @override
    async def async_turn_on(self, **kwargs: Any) -> None:
        self._store(is_on=True)

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        self._store(is_on=False)

    def _store(self, *, is_on: bool) -> None:
        subentry = self._entry.subentries[self._subentry_id]
        self._attr_is_on = is_on
        self.async_write_ha_state()
        self.hass.config_entries.async_update_subentry(
            self._entry, subentry, data={**subentry.data, CONF_ENABLED: is_on}
        )


class CommandSwitch(CommandEntity, SwitchEntity):
    """An output or a plug that a device switches."""

    def __init__(
        self,
        coordinator: GatewayCoordinator,
        device: Device,
        command: Command,
        is_headline: bool,
    ) -> None:
        """Make the switch of ``command``."""
        description = SwitchEntityDescription(
            key=command.key,
            translation_key=command.key,
            entity_registry_enabled_default=is_headline,
        )
        super().__init__(coordinator, device, command, description)

    @override
    async def async_turn_on(self, **kwargs: Any) -> None:
        await self._async_send("on")

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        await self._async_send("off")

    @override
    def _show(self, value: str | Decimal | None) -> None:
        self._attr_is_on = None if value is None else value == "on"

    @override
    def _shown(self) -> object:
        return self._attr_is_on
