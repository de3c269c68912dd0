"""What the entities have in common by which a device is told something.

Which there are, and what they write, say the rows of the catalogue; the state that is
shown is what the device itself reports.
"""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Final, override

from homeassistant.helpers.entity import Entity, EntityDescription

from ..bus.coordinator import GatewayCoordinator
from ..entity import DeviceEntity
from ..ews.bus.readings import DeviceStatus
from ..ews.catalogue import Command, CommandKind, Model
from ..ews.model import Device
from ..ews.quantities import QUANTITIES, Kind
from ..runtime import EwsRuntime
from .adding import Adding
from .values import option_of

_SHOWN: Final = frozenset({CommandKind.SWITCH, CommandKind.SELECT, CommandKind.NUMBER})
"""Commands whose entity shows a state; a button shows none."""


class CommandEntity(DeviceEntity):
    """An entity that writes one command of a device.

    Available while the device says what the command has brought about.
    """

    def __init__(
        self,
        coordinator: GatewayCoordinator,
        device: Device,
        command: Command,
        description: EntityDescription,
    ) -> None:
        """Make the entity of ``command``."""
        super().__init__(coordinator, device, description)
        self.command = command
        # Nothing tells whether such an order was obeyed.
        self._attr_assumed_state = (
            command.read_back is None and command.kind is not CommandKind.BUTTON
        )

    async def _async_send(self, value: str | Decimal) -> None:
        """Write; a HomeAssistantError says why the device has not obeyed."""
        await self.coordinator.async_write(self.device.id, self.command.key, value)
        if self._attr_assumed_state:
            self._show(value)
            self.async_write_ha_state()

    def _show(self, value: str | Decimal | None) -> None:
        """Show the option or the number that is in force, None where it is unknown."""

    def _shown(self) -> object:
        """What is shown at present."""
        return None

    @override
    def _take_over(self) -> bool:
        before = self._attr_available, self._shown()
        report = self.report
        self._attr_available = report is not None and report.status is DeviceStatus.ON
        if self.command.read_back is not None and self.command.kind in _SHOWN:
            quantity = QUANTITIES[self.command.read_back]
            value = self.value_of(quantity.key)
            self._attr_available = value is not None
            if value is None or quantity.kind is not Kind.STATE:
                self._show(value)
            else:
                self._show(option_of(quantity, value))
        return before != (self._attr_available, self._shown())


def is_headline(model: Model, command: Command) -> bool:
    """Whether a command is offered from the start: it sets a headline value.

    Buttons are not: what they do cannot be taken back.
    """
    return command.kind in _SHOWN and command.read_back in model.headline


def shown_by_commands(runtime: EwsRuntime, device: Device) -> frozenset[str]:
    """Return the quantities that entities of commands show already."""
    return frozenset(
        command.read_back
        for command in runtime.commands_of(device)
        if command.read_back is not None and command.kind in _SHOWN
    )


async def async_add_commands[E: Entity](
    adding: Adding,
    kind: CommandKind,
    make: Callable[[GatewayCoordinator, Device, Command, bool], E],
) -> None:
    """Add an entity for every command of one kind; ``make`` is told if it is headline.

    Those of commands that exist no longer leave the registry.
    """
    runtime = adding.entry.runtime_data

    def entities(device: Device) -> Iterator[E]:
        model = runtime.model_of(device)
        for command in runtime.commands_of(device):
            if model is not None and command.kind is kind:
                coordinator = runtime.coordinators[device.gateway_id]
                yield make(coordinator, device, command, is_headline(model, command))

    await adding.async_add_for_each(runtime.readable_devices(), entities)
    await adding.async_forget_others(
        {
            command.key
            for register_map in runtime.catalogue.maps.values()
            for command in register_map.commands
            if command.kind is kind
        }
    )
