"""What the catalogue knows of devices side by side: shared addresses, fluids."""

from collections.abc import Callable
from typing import Final

from ..model import Device
from ..quantities import Fluid
from .families import Model
from .library import Catalogue


def may_share_address(catalogue: Catalogue) -> Callable[[Device, Device], bool]:
    """Return what says whether two devices can be parts of one Modbus unit.

    EMS CX³ modules set to the same address answer as one unit, each kind in registers
    of its own (registers.md T7.0): they must be behind the same kind of interface and
    have different maps.
    """

    def may_share(one: Device, other: Device) -> bool:
        first, second = (_source(catalogue, device) for device in (one, other))
        return (
            first is not None
            and second is not None
            and first.carrier == second.carrier != ""
            and first.map_key != second.map_key
        )

    return may_share


_OF_QUALITY: Final = ("voltage_", "thd_voltage_", "frequency")
"""How the quantities begin from which power quality is judged."""


def measures_quality(catalogue: Catalogue) -> Callable[[Device], bool]:
    """Return what says whether a device can be a power-quality device (S87, S89)."""

    def has_quality(device: Device) -> bool:
        if device.model is None or device.model not in catalogue.models:
            return False
        model = catalogue.model_of(device.model, device.parameters)
        return any(quantity.startswith(_OF_QUALITY) for quantity in model.quantities)

    return has_quality


def counted_fluid(catalogue: Catalogue) -> Callable[[Device], Fluid | None]:
    """Return what says of which fluid a device is a meter; None where of none."""

    def fluid_of(device: Device) -> Fluid | None:
        if device.model is None or device.model not in catalogue.models:
            return None
        model = catalogue.model_of(device.model, device.parameters)
        return model.fluid if model.counts_energy else None

    return fluid_of


def _source(catalogue: Catalogue, device: Device) -> Model | None:
    """Return the model whose registers are read for a device."""
    model = catalogue.models.get(device.model or "")
    return None if model is None else catalogue.source_of(model, device.pulse_input)
