"""From a site file and the catalogue to units on lines."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Final

from custom_components.legrand_ews.ews.catalogue import (
    Block,
    Catalogue,
    Model,
    RegisterMap,
    UnitCode,
    generic_block,
)
from custom_components.legrand_ews.ews.model import Supply
from custom_components.legrand_ews.ews.quantities import Fluid, Unit as UnitOfMeasure

from .building import Building
from .curve import MICRO
from .electricity import Electricity
from .encoding import Settings, Values
from .feed import Feed
from .reading import SiteError
from .site import DeviceSpec, GatewaySpec, PulseSpec, SiteSpec
from .unit import Constant, Unit

_INPUT_UNITS: Final = {
    "Wh": (UnitOfMeasure.WATT_HOUR, Decimal(1)),
    "kWh": (UnitOfMeasure.WATT_HOUR, Decimal(1000)),
    "dm3": (UnitOfMeasure.CUBIC_DECIMETRE, Decimal(1)),
    "m3": (UnitOfMeasure.CUBIC_DECIMETRE, Decimal(1000)),
    "pulse": (UnitOfMeasure.COUNT, Decimal(1)),
}
"""What an input of a concentrator can be programmed to deliver."""

_FACTORY: Final[Mapping[str, Mapping[str, int]]] = {
    # 0.6: the identifier of a Nemo 96HD; 0.7 row 6: its VT ratio is in tenths.
    "ime_1000": {"identifier": 0x0010, "device_identifier": 0x0010},
    # T2c: E34/E44 name 999 999 999 as the value at which counters wrap.
    "soco_counter": {"counter_limit": 999_999_999, "certification": 0},
    "soco_pulse": {"number_of_inputs": 7},
}
"""Auxiliary and identity registers as they leave the factory (registers.md)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meter:
    """A device of the site: its description, its feed, and the unit it is on."""

    spec: DeviceSpec
    model: Model
    feed: Feed
    unit: Unit


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


def _build_address(
    site: SiteSpec,
    building: Building,
    catalogue: Catalogue,
    gateway: GatewaySpec,
    devices: Sequence[DeviceSpec],
) -> dict[str, Meter]:
    try:
        models = {device.name: catalogue.models[device.model] for device in devices}
        feeds = {d.name: _feed(site, building, d, models[d.name]) for d in devices}
        unit = _build_unit(catalogue, gateway, devices, feeds)
    except (KeyError, ValueError) as error:
        raise SiteError(f"device {devices[0].name}: {error}") from error
    return {
        device.name: Meter(
            spec=device, model=models[device.name], feed=feeds[device.name], unit=unit
        )
        for device in devices
    }


def _feed(site: SiteSpec, building: Building, device: DeviceSpec, model: Model) -> Feed:
    specs = site.circuits_of(device)
    circuits = [building.circuits[spec.name] for spec in specs]
    is_electrical = not {spec.fluid for spec in specs} & {Fluid.GAS, Fluid.WATER}
    return Feed(
        building,
        circuits,
        phases=1 if model.phases == 1 and is_electrical else 3,
        is_reversed=device.supply is Supply.DOWNSTREAM,
    )


def _build_unit(
    catalogue: Catalogue,
    gateway: GatewaySpec,
    devices: Sequence[DeviceSpec],
    feeds: Mapping[str, Feed],
) -> Unit:
    pulses = {d.name: d.pulse for d in devices if d.pulse is not None}
    if not pulses:
        if len(devices) > 1:
            raise ValueError(f"address {devices[0].address} is taken twice")
        device = devices[0]
        return _unit(
            catalogue.models[device.model],
            catalogue,
            gateway,
            device,
            _measure_feed(feeds[device.name]),
        )
    if len(pulses) < len(devices):
        raise ValueError(f"address {devices[0].address} holds a concentrator")
    models = {pulse.concentrator for pulse in pulses.values()}
    if len(models) > 1 or len({p.position for p in pulses.values()}) < len(pulses):
        raise ValueError("one concentrator, one meter an input")
    concentrator = catalogue.models[models.pop()]
    register_map = catalogue.map_of(concentrator)
    inputs = {p.position: (feeds[name], p) for name, p in pulses.items()}
    codes = _unit_codes(register_map, pulses.values())
    device = replace(devices[0], registers={**codes, **devices[0].registers})
    return _unit(concentrator, catalogue, gateway, device, _measure_inputs(inputs))


def _unit(
    model: Model,
    catalogue: Catalogue,
    gateway: GatewaySpec,
    device: DeviceSpec,
    measure: Callable[[datetime], Values],
) -> Unit:
    register_map = catalogue.map_of(model)
    _check_names(catalogue, model, register_map, device)
    blocks = _blocks(model, register_map, device)
    settings = _settings(catalogue, model, device, register_map, blocks)
    turnaround_ms = gateway.turnaround_ms
    if turnaround_ms is None:
        turnaround_ms = register_map.turnaround_ms
    return Unit(
        model=model.key,
        serial=device.serial,
        blocks=blocks,
        constants=lambda serial: _constants(register_map, model, device, serial),
        settings=settings,
        measure=measure,
        max_words=device.max_words or register_map.max_words,
        turnaround_s=turnaround_ms / 1000,
    )


def _check_names(
    catalogue: Catalogue, model: Model, register_map: RegisterMap, device: DeviceSpec
) -> None:
    """Refuse ratios, blocks and registers that the map does not know."""
    blocks = {block.key for block in register_map.blocks}
    fields = {f"{b.key}.{f.name}" for b in register_map.blocks for f in b.fields}
    names = {f.name for b in register_map.blocks for f in b.fields}
    names |= {identity.name for identity in register_map.identity}
    for what, used, known in (
        ("ratio", device.ratios, {r.name for r in catalogue.ratios_of(model)}),
        ("block", device.refuses, blocks | fields),
        ("register", device.registers, names),
    ):
        if unknown := set(used) - known:
            raise ValueError(f"{what} {min(unknown)} is not in map {register_map.key}")
    for name, value in device.ratios.items():
        if value <= 0:
            raise ValueError(f"ratio {name} must be more than 0")


def _blocks(
    model: Model, register_map: RegisterMap, device: DeviceSpec
) -> tuple[Block, ...]:
    """All the tables that the device has: more than anybody need read."""
    if register_map.parameter_block:
        return (generic_block(device.parameters),)
    missing = model.excluded | device.refuses
    return tuple(
        replace(
            block,
            fields=tuple(
                f for f in block.fields if f"{block.key}.{f.name}" not in missing
            ),
        )
        for block in register_map.blocks
        if block.key not in missing
    )


def _settings(
    catalogue: Catalogue,
    model: Model,
    device: DeviceSpec,
    register_map: RegisterMap,
    blocks: Iterable[Block],
) -> Settings:
    raws = {
        register.name: 0
        for block in blocks
        for register in block.fields
        if register.quantity is None
    }
    raws |= _factory(register_map, device)
    ratios: dict[str, Decimal] = {}
    for ratio in catalogue.ratios_of(model):
        value = device.ratios.get(ratio.name, ratio.default or Decimal(1))
        ratios[ratio.name] = value
        for source in ratio.sources:
            is_spoken = (
                source.when_field is None
                or raws.get(source.when_field) in source.when_values
            )
            if is_spoken and source.field not in device.registers:
                raws[source.field] = int(value / source.multiplier)
    return Settings(
        raws=raws,
        ratios=ratios,
        modes={mode.name: mode for mode in register_map.modes},
        word_order=device.word_order,
    )


def _factory(register_map: RegisterMap, device: DeviceSpec) -> Mapping[str, int]:
    return {**_FACTORY.get(register_map.key, {}), **device.registers}


def _constants(
    register_map: RegisterMap, model: Model, device: DeviceSpec, serial: str
) -> tuple[Constant, ...]:
    """Identifiers and texts by which the Test button recognises a device."""
    factory = _factory(register_map, device)
    found = []
    for probe in register_map.probes:
        if probe.texts:
            words = _text_words(probe.texts[0].upper(), probe.words)
        elif probe.values:
            words = _number_words(min(probe.values), probe.words)
        else:
            continue
        found.append(Constant(space=probe.space, address=probe.address, words=words))
    known = {(constant.space, constant.address) for constant in found}
    for identity in register_map.identity:
        if (identity.space, identity.address) in known:
            continue
        text = serial if "serial" in identity.name else model.printed
        number = factory.get(identity.name, 101)
        words = (
            _text_words(text, identity.words)
            if identity.is_text
            else _number_words(number, identity.words)
        )
        found.append(
            Constant(space=identity.space, address=identity.address, words=words)
        )
    return tuple(found)


def _text_words(text: str, count: int) -> tuple[int, ...]:
    """One character a word, as a DIRIS answers; two where it would not fit."""
    if len(text) <= count:
        return tuple(ord(c) for c in text.ljust(count, "\0"))
    padded = text[: 2 * count].ljust(2 * count, "\0").encode("ascii", "replace")
    return tuple(
        int.from_bytes(padded[k : k + 2], "big") for k in range(0, 2 * count, 2)
    )


def _number_words(number: int, count: int) -> tuple[int, ...]:
    return tuple(number >> 16 * k & 0xFFFF for k in reversed(range(count)))


def _measure_feed(feed: Feed) -> Callable[[datetime], Values]:
    if feed.fluid in {Fluid.GAS, Fluid.WATER}:
        raise ValueError("gas and water are measured through a concentrator")
    electricity = Electricity(feed)

    def measure(instant: datetime) -> Values:
        return Values(
            counters=feed.counters(instant), gauges=electricity.gauges(instant)
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
