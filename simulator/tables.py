"""Register tables of a device: blocks, settings and identity from its map."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Final

from custom_components.legrand_ews.ews.catalogue import (
    Block,
    Catalogue,
    Model,
    RegisterMap,
    Space,
)

from .encoding import Settings
from .site import DeviceSpec
from .unit import Constant

REMOTE_MAP: Final = "ews_server"
"""Map of another server, whose registers are remote ids."""
_FACTORY: Final[Mapping[str, Mapping[str, int]]] = {
    # 0.6: the identifier of a Nemo 96HD; 0.7 row 6: its VT ratio is in tenths.
    "ime_1000": {"identifier": 0x0010, "device_identifier": 0x0010},
    # T2c: E34/E44 name 999 999 999 as the value at which counters wrap.
    "soco_counter": {"counter_limit": 999_999_999, "certification": 0},
    "soco_pulse": {"number_of_inputs": 7},
}
"""Auxiliary and identity registers as they leave the factory (registers.md)."""


def check_names(
    catalogue: Catalogue, model: Model, register_map: RegisterMap, device: DeviceSpec
) -> None:
    """Refuse ratios, blocks and registers that the map does not know."""
    blocks = {block.key for block in register_map.blocks}
    blocks |= {block.key for block in register_map.harmonics}
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


def blocks_of(
    catalogue: Catalogue, model: Model, register_map: RegisterMap, device: DeviceSpec
) -> tuple[Block, ...]:
    """All the tables that the device has: more than anybody need read.

    States are those of the model alone: maps have several for one register.
    """
    if register_map.key == REMOTE_MAP:
        (block,) = catalogue.blocks_of(model, device.parameters)
        # Another server answers both functions the same (registers.md T11).
        return tuple(replace(block, space=s) for s in (Space.HOLDING, Space.INPUT))
    side = device.side or 1
    has_parts = model.has_states or bool(model.commands)
    if register_map.parameter_block or has_parts:
        blocks = catalogue.blocks_of(model, device.parameters, side=side)
    else:
        blocks = register_map.blocks
    missing = model.excluded | device.refuses
    return tuple(
        replace(
            block,
            fields=tuple(
                f for f in block.fields if f"{block.key}.{f.name}" not in missing
            ),
        )
        for block in blocks
        if block.key not in missing
    )


def settings_of(
    catalogue: Catalogue,
    model: Model,
    device: DeviceSpec,
    register_map: RegisterMap,
    blocks: Iterable[Block],
) -> Settings:
    """What is set on the device: ratios, and registers as the site file has them."""
    raws = {
        register.name: 0
        for block in blocks
        for register in block.fields
        if register.quantity is None
    }
    if "phases" in raws:
        raws["phases"] = model.phases
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


def constants_of(
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
