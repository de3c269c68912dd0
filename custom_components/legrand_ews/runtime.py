"""What a loaded site consists of."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from homeassistant.config_entries import ConfigEntry

from .archive.upkeep import Upkeep
from .bus.coordinator import GatewayCoordinator
from .costs.price_recorder import PriceRecorder
from .costs.statistics import CostStatistics
from .costs.watch import CostWatch
from .devices import DeviceTree
from .ews.catalogue import Catalogue, Command, Model
from .ews.errors import ConfigurationError
from .ews.model import Device, Installation, ObjectKind
from .ews.site import Site
from .greenup.management import LoadManagement
from .greenup.watch import ChargingWatch
from .recording.power_quality import PowerQuality
from .recording.sampler import Sampler
from .recording.totals import Totals
from .tariffs.watch import TariffWatch


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class EwsRuntime:
    """Everything that belongs to one loaded site.

    ``quantities`` are the keys of what each device delivers. Gateways that are
    switched off have a coordinator too, which asks for nothing.
    """

    installation: Installation
    catalogue: Catalogue
    site: Site
    totals: Totals
    tariffs: TariffWatch
    costs: CostWatch
    cost_statistics: CostStatistics
    prices: PriceRecorder
    coordinators: Mapping[int, GatewayCoordinator]
    sampler: Sampler
    power_quality: PowerQuality
    upkeep: Upkeep
    charging: LoadManagement
    charging_watch: ChargingWatch
    tree: DeviceTree
    quantities: Mapping[int, tuple[str, ...]]
    subentry_ids: Mapping[tuple[ObjectKind, int], str]

    def model_of(self, device: Device) -> Model | None:
        """The device's model; None where it has none that the catalogue knows (S79)."""
        return model_of(self.catalogue, device)

    def source_of(self, device: Device) -> Model | None:
        """The model whose registers are read: a pulse meter's is its concentrator.

        What is known of those registers is all that is known of the device.
        """
        model = self.model_of(device)
        if model is None:
            return None
        return self.catalogue.source_of(model, device.pulse_input)

    def commands_of(self, device: Device) -> tuple[Command, ...]:
        """What a device can be told; guessed commands only where confirmed (D9)."""
        model = self.model_of(device)
        if model is None or not self.quantities[device.id]:
            return ()
        return self.catalogue.commands_of(
            model, is_confirmed=device.is_map_confirmed, side=device.side or 1
        )

    def subentry_id(self, kind: ObjectKind | None, object_id: int | None) -> str | None:
        """The subentry that holds an object; None for the site and its fixed loads."""
        if kind is None or object_id is None:
            return None
        return self.subentry_ids.get((kind, object_id))

    def readable_devices(self) -> Iterator[Device]:
        """Devices that have what it takes to be read: a gateway and a model."""
        return (
            device
            for device in self.installation.devices.values()
            if device.gateway_id in self.coordinators
            and self.model_of(device) is not None
        )


type EwsConfigEntry = ConfigEntry[EwsRuntime]


def model_of(catalogue: Catalogue, device: Device) -> Model | None:
    """Return a device's model as its parameters make it; None for an unknown one."""
    if device.model is None or device.model not in catalogue.models:
        return None
    return catalogue.model_of(device.model, device.parameters)


def quantities_of(catalogue: Catalogue, device: Device) -> tuple[str, ...]:
    """Return the keys of what a device delivers, as its model and parameters say.

    Nothing where the model is missing or its parameters are incomplete.
    """
    model = model_of(catalogue, device)
    if model is None:
        return ()
    if model.is_pulse or not catalogue.map_of(model).parameter_block:
        return model.quantities
    try:
        blocks = catalogue.blocks_of(model, device.parameters)
    except ConfigurationError:
        return ()
    return tuple(quantity for block in blocks for quantity in block.quantities)
