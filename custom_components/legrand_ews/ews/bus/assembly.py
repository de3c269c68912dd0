"""Puts the devices of a gateway onto its units before anything is read."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from ..catalogue import Catalogue, Model
from ..errors import ConfigurationError
from ..model import Device
from .modbus import ModbusUnit
from .points import MeterPoint, Point, PulsePoint
from .profile import Profile
from .reader import DeviceReader
from .terminal import Terminal

type UnitFor = Callable[[int], ModbusUnit]
"""Gives the Modbus unit behind the gateway by its number."""
type _Place = tuple[int, str, int | None, int | None]
"""Unit, model, side of a station and remote ID: what one reader reads."""
type ReaderFor = Callable[[ModbusUnit, Profile], DeviceReader]


@dataclass(slots=True)
class Assembly:
    """The units to read, and the error of every device that cannot be read."""

    terminals: list[Terminal] = field(default_factory=list)
    errors: dict[int, str] = field(default_factory=dict)


def assemble(
    devices: Iterable[Device],
    catalogue: Catalogue,
    unit_for: UnitFor,
    reader_for: ReaderFor,
) -> Assembly:
    """Build one reader for each unit and map; disabled devices are left out.

    Meters on the inputs of one concentrator share its reader, also with the
    concentrator where that is a meter itself. A device that cannot be read gets the
    translation key of its error (S79).
    """
    assembly = Assembly()
    shared: dict[_Place, tuple[Model, list[Point]]] = {}
    for device in devices:
        if not device.is_enabled:
            continue
        try:
            point, model = point_of(device, catalogue)
        except ConfigurationError as error:
            assembly.errors[device.id] = error.key
            continue
        place = (device.address.unit, model.key, device.side, device.remote_id)
        shared.setdefault(place, (model, []))[1].append(point)
    for (unit, *_), (model, points) in shared.items():
        try:
            profile = profile_of(points, model, catalogue)
        except ConfigurationError as error:
            assembly.errors |= {point.device.id: error.key for point in points}
            continue
        reader = reader_for(unit_for(unit), profile)
        assembly.terminals.append(Terminal(unit=unit, reader=reader, points=points))
    return assembly


def point_of(device: Device, catalogue: Catalogue) -> tuple[Point, Model]:
    """Return a device's metering point and the model that is read for it.

    Raises ConfigurationError: no model yet, or one that the catalogue lacks.
    """
    if device.model is None:
        raise ConfigurationError("device_without_model", field="model")
    try:
        model = catalogue.model_of(device.model, device.parameters)
    except KeyError:
        raise ConfigurationError(
            "model_unknown", field="model", model=device.model
        ) from None
    if not model.is_pulse:
        return MeterPoint(device=device), model
    pulse_input = device.pulse_input
    concentrator = (
        catalogue.models.get(pulse_input.concentrator) if pulse_input else None
    )
    if concentrator is None or not concentrator.is_concentrator:
        raise ConfigurationError("concentrator_unknown", field="concentrator_model")
    return PulsePoint(device=device, model=model), concentrator


def profile_of(points: Iterable[Point], model: Model, catalogue: Catalogue) -> Profile:
    """Return what is to be read for points that share a unit.

    Raises ConfigurationError for wrong parameters of the meter among them.
    """
    parameters: Mapping[str, str] = {}
    positions: set[int] = set()
    side = 1
    is_meter = False
    for point in points:
        match point:
            case MeterPoint(device=device):
                parameters = device.parameters
                side = device.side or 1
                is_meter = True
            case PulsePoint(device=device):
                positions.add(device.address.position or 0)
    profile = Profile.of(catalogue, model, parameters, side)
    return profile.only(positions=positions, is_meter=is_meter)
