"""Buttons: test a gateway or a device (S52, S59), give it an order, tidy up (S243)."""

from typing import Final, override

from homeassistant.components.button import ButtonEntity, ButtonEntityDescription
from homeassistant.const import EntityCategory, Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .bus.coordinator import GatewayCoordinator
from .bus.probing import async_test_device, async_test_gateway
from .entities.adding import Adding
from .entities.command_entity import CommandEntity, async_add_commands
from .entity import SITE, EwsEntity
from .errors import failed, translated_errors
from .ews.catalogue import PRESS, Command, CommandKind
from .ews.model import Device, Gateway, ObjectKind
from .runtime import EwsConfigEntry

PARALLEL_UPDATES = 1

TEST: Final = ButtonEntityDescription(
    key="test",
    translation_key="test",
    entity_category=EntityCategory.DIAGNOSTIC,
)

OPTIMISE: Final = ButtonEntityDescription(
    key="optimise",
    translation_key="optimise",
    entity_category=EntityCategory.DIAGNOSTIC,
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: EwsConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the test of every gateway and every device, and what devices can be told."""
    runtime = entry.runtime_data
    async_add_entities([OptimiseArchive(entry)])
    adding = Adding(hass, entry, async_add_entities, Platform.BUTTON)
    await adding.async_add_for_each(
        runtime.installation.gateways.values(),
        lambda gateway: [TestGateway(entry, gateway)],
    )
    await adding.async_add_for_each(
        runtime.readable_devices(), lambda device: [TestDevice(entry, device)]
    )
    await async_add_commands(adding, CommandKind.BUTTON, CommandButton)


class OptimiseArchive(EwsEntity, ButtonEntity):
    """Tidies the archive up (S243); what is measured meanwhile is written after."""

    def __init__(self, entry: EwsConfigEntry) -> None:
        """Make the button of a site."""
        self._belong_to(entry, OPTIMISE, SITE)
        self._upkeep = entry.runtime_data.upkeep

    @override
    async def async_press(self) -> None:
        with translated_errors():
            await self._upkeep.async_optimise()


class TestGateway(EwsEntity, ButtonEntity):
    """Asks the gateway for a sign of life; fails where there is none."""

    def __init__(self, entry: EwsConfigEntry, gateway: Gateway) -> None:
        """Make the button of ``gateway``."""
        self._belong_to(entry, TEST, ObjectKind.GATEWAY, gateway.id)
        self._entry = entry
        self._gateway = gateway

    @override
    async def async_press(self) -> None:
        answer = await async_test_gateway(self.hass, self._entry, self._gateway)
        if not answer.is_reachable:
            raise failed("gateway_test_failed", name=self._gateway.name)


class TestDevice(EwsEntity, ButtonEntity):
    """Reads the device once; fails where it does not answer as it should."""

    def __init__(self, entry: EwsConfigEntry, device: Device) -> None:
        """Make the button of ``device``."""
        self._belong_to(entry, TEST, ObjectKind.DEVICE, device.id)
        self._entry = entry
        self._device = device

    @override
    async def async_press(self) -> None:
        device = self._device
        answer = await async_test_device(self.hass, self._entry, device)
        if not answer.is_reachable or answer.error is not None:
            raise failed("device_test_failed", name=device.name, address=device.place)


class CommandButton(CommandEntity, ButtonEntity):
    """An order to a device."""

    def __init__(
        self,
        coordinator: GatewayCoordinator,
        device: Device,
        command: Command,
        is_headline: bool,
    ) -> None:
        """Make the button of ``command``."""
        description = ButtonEntityDescription(
            key=command.key,
            translation_key=command.key,
            entity_registry_enabled_default=is_headline,
        )
        super().__init__(coordinator, device, command, description)

    @override
    async def async_press(self) -> None:
        await self._async_send(PRESS)
