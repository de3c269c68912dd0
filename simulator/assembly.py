"""From a site file and the catalogue to units on lines."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Final, override

from custom_components.legrand_ews.ews.catalogue import (
    Catalogue,
    Function,
    Model,
    RegisterMap,
    UnitCode,
)
from custom_components.legrand_ews.ews.model import Supply
from custom_components.legrand_ews.ews.quantities import Fluid, Unit as UnitOfMeasure

from .building import Building
from .curve import MICRO
from .electricity import Electricity
from .encoding import Values
from .equipment import Equipment, build_equipment
from .feed import Feed
from .group import Group
from .reading import SiteError
from .site import DeviceSpec, GatewaySpec, PulseSpec, SiteSpec
from .tables import REMOTE_MAP, blocks_of, check_names, constants_of, settings_of
from .unit import Responder, Unit

_INPUT_UNITS: Final = {
    "Wh": (UnitOfMeasure.WATT_HOUR, Decimal(1)),
    "kWh": (UnitOfMeasure.WATT_HOUR, Decimal(1000)),
    "dm3": (UnitOfMeasure.CUBIC_DECIMETRE, Decimal(1)),
    "m3": (UnitOfMeasure.CUBIC_DECIMETRE, Decimal(1000)),
    "pulse": (UnitOfMeasure.COUNT, Decimal(1)),
}
"""What an input of a concentrator can be programmed to deliver."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meter:
    """A device of the site: its description, its feed, and the unit it is on.

    ``equipment`` is what it is beside a meter: a breaker, a station ...
    """

    spec: DeviceSpec
    model: Model
    feed: Feed
    unit: Unit
    equipment: Equipment


def build_building(site: SiteSpec) -> Building:
    """The building of a site, without any meter."""
    return Building(
        seed=site.seed, zone=site.zone, installed=site.installed, circuits=site.circuits
    )


def build_meters(
    site: SiteSpec, building: Building, catalogue: Catalogue
) -> Mapping[str, Meter]:
    """Every device of the site by name; SiteError where it cannot be built."""
    meters: dict[str, Meter] = {}
    for gateway in site.gateways:
        by_address: dict[int, list[DeviceSpec]] = {}
        for device in site.devices_behind(gateway.name):
            by_address.setdefault(device.address, []).append(device)
        for devices in by_address.values():
            meters |= _build_address(site, building, catalogue, gateway, devices)
    return {device.name: meters[device.name] for device in site.devices}


def build_responder(meters: Iterable[Meter]) -> Responder:
    """What answers at the address that ``meters`` share; ValueError if they clash."""
    units = list({id(meter.unit): meter.unit for meter in meters}.values())
    return units[0] if len(units) == 1 else Group(units)


def _build_address(
    site: SiteSpec,
    building: Building,
    catalogue: Catalogue,
    gateway: GatewaySpec,
    devices: Sequence[DeviceSpec],
) -> dict[str, Meter]:
    is_pulsed = any(device.pulse is not None for device in devices)
    build = _build_inputs if is_pulsed else _build_devices
    try:
        meters = build(site, building, catalogue, gateway, devices)
        build_responder(meters)
    except (KeyError, ValueError) as error:
        raise SiteError(f"device {devices[0].name}: {error}") from error
    return {meter.spec.name: meter for meter in meters}


def _feed(site: SiteSpec, building: Building, device: DeviceSpec, model: Model) -> Feed:
    specs = site.circuits_of(device)
    if not specs and Function.MEASURE in model.functions:
        raise ValueError("it measures no circuit")
    circuits = [building.circuits[spec.name] for spec in specs]
    is_electrical = not {spec.fluid for spec in specs} & {Fluid.GAS, Fluid.WATER}
    return Feed(
        building,
        circuits,
        phases=1 if model.phases == 1 and is_electrical else 3,
        is_reversed=device.supply is Supply.DOWNSTREAM,
        is_one_way=device.supply is Supply.DOWNSTREAM
        and "active_energy_export" not in model.quantities,
    )


def _build_devices(
    site: SiteSpec,
    building: Building,
    catalogue: Catalogue,
    gateway: GatewaySpec,
    devices: Sequence[DeviceSpec],
) -> list[Meter]:
    """Devices with registers of their own, mostly one at an address."""
    meters = []
    for device in devices:
        model = catalogue.model_of(device.model, device.parameters)
        feed = _feed(site, building, device, model)
        equipment = build_equipment(
            seed=site.seed,
            name=device.name,
            model=model,
            circuits=feed.circuits,
            feed=feed,
        )
        unit = _unit(
            model, catalogue, gateway, device, _measure_device(feed, equipment)
        )
        commands = catalogue.commands_of(
            model, is_confirmed=True, side=device.side or 1
        )
        unit.take_orders(commands, equipment.obey)
        meters.append(
            Meter(spec=device, model=model, feed=feed, unit=unit, equipment=equipment)
        )
    return meters


def _build_inputs(
    site: SiteSpec,
    building: Building,
    catalogue: Catalogue,
    gateway: GatewaySpec,
    devices: Sequence[DeviceSpec],
) -> list[Meter]:
    """Pulse meters on the inputs of one concentrator."""
    pulses = [device.pulse for device in devices if device.pulse is not None]
    if len(pulses) < len(devices):
        raise ValueError(f"address {devices[0].address} holds a concentrator")
    models = {pulse.concentrator for pulse in pulses}
    if len(models) > 1 or len({p.position for p in pulses}) < len(pulses):
        raise ValueError("one concentrator, one meter an input")
    concentrator = catalogue.models[models.pop()]
    own = [catalogue.models[device.model] for device in devices]
    feeds = [_feed(site, building, d, m) for d, m in zip(devices, own, strict=True)]
    inputs = {p.position: (f, p) for f, p in zip(feeds, pulses, strict=True)}
    codes = _unit_codes(catalogue.map_of(concentrator), pulses)
    spec = replace(devices[0], registers={**codes, **devices[0].registers})
    unit = _unit(concentrator, catalogue, gateway, spec, _measure_inputs(inputs))
    return [
        Meter(spec=device, model=model, feed=feed, unit=unit, equipment=Equipment())
        for device, model, feed in zip(devices, own, feeds, strict=True)
    ]


def _unit(
    model: Model,
    catalogue: Catalogue,
    gateway: GatewaySpec,
    device: DeviceSpec,
    measure: Callable[[datetime], Values],
) -> Unit:
    register_map = catalogue.map_of(model)
    check_names(catalogue, model, register_map, device)
    blocks = blocks_of(catalogue, model, register_map, device)
    settings = settings_of(catalogue, model, device, register_map, blocks)
    turnaround_ms = gateway.turnaround_ms
    if turnaround_ms is None:
        turnaround_ms = register_map.turnaround_ms
    # Both sides of a station answer for one identity: that of the first.
    is_first = device.side in {None, 1}
    return Unit(
        model=model.key,
        serial=device.serial,
        blocks=blocks,
        constants=lambda serial: (
            constants_of(register_map, model, device, serial) if is_first else ()
        ),
        settings=settings,
        measure=measure,
        max_words=device.max_words or register_map.max_words,
        turnaround_s=turnaround_ms / 1000,
        spacing_s=register_map.spacing_ms / 1000,
        is_whole=register_map.key == REMOTE_MAP,
        harmonics=[
            block
            for block in catalogue.harmonics_of(model)
            if block.key not in device.refuses
        ],
    )


class _Gauges(Mapping[str, float]):
    """A device's own gauges before those of its feed, which take longer."""

    def __init__(self, own: Mapping[str, float], measured: Mapping[str, float]) -> None:
        self._own = own
        self._measured = measured

    @override
    def __getitem__(self, name: str) -> float:
        return self._own[name] if name in self._own else self._measured[name]

    @override
    def __iter__(self) -> Iterator[str]:
        yield from self._own
        yield from (name for name in self._measured if name not in self._own)

    @override
    def __len__(self) -> int:
        return len(list(iter(self)))


def _measure_device(feed: Feed, equipment: Equipment) -> Callable[[datetime], Values]:
    if feed.fluid in {Fluid.GAS, Fluid.WATER}:
        raise ValueError("gas and water are measured through a concentrator")
    electricity = Electricity(feed)

    def measure(instant: datetime) -> Values:
        own = equipment.values(instant)
        return Values(
            counters={**feed.counters(instant), **own.counters},
            gauges=_Gauges(own.gauges, electricity.gauges(instant)),
            states=own.states,
        )

    return measure


def _measure_inputs(
    inputs: Mapping[int, tuple[Feed, PulseSpec]],
) -> Callable[[datetime], Values]:
    def measure(instant: datetime) -> Values:
        counts = {
            position: feed.total(instant) // count_micro(pulse)
            for position, (feed, pulse) in inputs.items()
        }
        return Values(counters={}, gauges={}, inputs=counts)

    return measure


def count_micro(pulse: PulseSpec) -> int:
    """Millionths of a Wh or dm³ in one count of a concentrator's input.

    A programmed input counts its unit; a bare one counts pulses of ``weight``.
    """
    _, factor = _INPUT_UNITS[pulse.unit]
    weight = pulse.weight if pulse.unit == "pulse" else Decimal(1)
    return int(factor * weight * MICRO)


def _unit_codes(
    register_map: RegisterMap, pulses: Iterable[PulseSpec]
) -> dict[str, int]:
    """Unit code registers of the inputs in use, where the map has such."""
    fields = {
        f.position: f.unit_field
        for block in register_map.blocks
        for f in block.fields
        if f.position is not None and f.unit_field is not None
    }
    codes = {}
    for pulse in pulses:
        unit, factor = _INPUT_UNITS[pulse.unit]
        name = fields.get(pulse.position)
        if name is None:
            continue
        wanted = UnitCode(unit=unit, factor=factor)
        matching = [c for c, code in register_map.unit_codes.items() if code == wanted]
        if not matching:
            raise ValueError(f"the concentrator has no unit {pulse.unit}")
        codes[name] = matching[0]
    return codes
