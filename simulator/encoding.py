"""From values to register words: a register map read backwards.

The same map data that the bus decodes with. Counters come as millionths of
their unit and are cut (a counter shows whole counts that have passed); gauges
come as floats and are rounded.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType

from custom_components.legrand_ews.ews.catalogue import (
    Block,
    Field,
    Mode,
    RatioScale,
    RawScale,
    Scale,
    Transform,
    ValueType,
    WordOrder,
)
from custom_components.legrand_ews.ews.quantities import QUANTITIES, Kind

from .curve import MICRO


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What is set on a device: raw auxiliary fields, ratios, word order."""

    raws: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    ratios: Mapping[str, Decimal] = field(default_factory=lambda: MappingProxyType({}))
    modes: Mapping[str, Mode] = field(default_factory=lambda: MappingProxyType({}))
    word_order: WordOrder = WordOrder.BIG

    def is_in_force(self, register: Field) -> bool:
        """Whether the field stands in its register in the device's mode."""
        if register.when is None:
            return True
        is_on = self.modes[register.when.mode].is_on(self.raws, {})
        return is_on is register.when.is_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Values:
    """What a device shows: micro counters, gauges, input counts, states.

    States are options of their quantities.
    """

    counters: Mapping[str, int]
    gauges: Mapping[str, float]
    inputs: Mapping[int, int] = field(default_factory=lambda: MappingProxyType({}))
    """Counts of a concentrator by position."""
    states: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


def encode_block(block: Block, values: Values, settings: Settings) -> list[int]:
    """The words of a whole block; registers without a field read 0."""
    words = [0] * block.words
    for register in block.fields:
        if not settings.is_in_force(register):
            continue
        for address, part in _encode_field(register, block.fields, values, settings):
            place = address - block.address
            if register.bits is not None:
                words[place] = register.insert(words[place], part[-1])
            elif register.first_of:
                # Flags of one word, which other fields add theirs to.
                words[place] |= part[-1]
            else:
                words[place : place + len(part)] = part
    return words


def resolution_micro(register: Field, settings: Settings) -> int:
    """Millionths of the unit that one count of a counter field stands for."""
    return int(_factor(register.scale, 0, settings) * MICRO)


def modulus_micro(register: Field, settings: Settings) -> int:
    """Where a counter is zero again, in millionths of its unit.

    By the map, else where the register itself is full.
    """
    if register.modulus is not None:
        modulus = register.modulus.value(settings.raws, settings.ratios, register.scale)
        if modulus is not None:
            return int(modulus * MICRO)
    return resolution_micro(register, settings) << 16 * register.type.words


def input_modulus(register: Field) -> int:
    """Counts after which a concentrator's input is zero again."""
    counts = register.modulus.counts if register.modulus is not None else None
    return counts or 1 << 16 * register.type.words


def counter_raw(register: Field, total_micro: int, settings: Settings) -> int:
    """What a counter shows after ``total_micro``: whole counts, rolled over.

    High parts (MWh above Wh) count within the same value.
    """
    shown = total_micro % modulus_micro(register, settings)
    return shown // resolution_micro(register, settings)


def to_words(raw: int, value_type: ValueType, order: WordOrder) -> list[int]:
    """Two's complement words of an integer, which is cut to its width."""
    count = value_type.words
    raw %= 1 << 16 * count
    words = [raw >> 16 * k & 0xFFFF for k in reversed(range(count))]
    if order is WordOrder.BIG:
        return words
    words.reverse()
    if order is WordOrder.LITTLE:
        words = [(word & 0xFF) << 8 | word >> 8 for word in words]
    return words


def _encode_field(
    register: Field, siblings: Iterable[Field], values: Values, settings: Settings
) -> Iterable[tuple[int, list[int]]]:
    order = settings.word_order
    if register.quantity is None:
        raw = _auxiliary(register, siblings, values, settings)
        yield register.address, to_words(raw, register.type, order)
        return
    if register.position is not None:
        raw = values.inputs.get(register.position, 0) % input_modulus(register)
        yield register.address, to_words(raw, register.type, order)
        return
    if register.transform is Transform.SECTOR and _has_twin(register, siblings):
        return
    if QUANTITIES[register.quantity].kind is Kind.COUNTER:
        total = values.counters.get(register.quantity)
        yield from _encode_counter(register, total, settings)
        return
    if register.quantity in values.states:
        raw = _state_raw(register, siblings, values.states)
    elif register.quantity not in values.gauges:
        raw = max(register.not_available, default=0)
    else:
        raw = _gauge_raw(register, siblings, values.gauges[register.quantity], settings)
    yield register.address, to_words(raw, register.type, order)


def _encode_counter(
    register: Field, total_micro: int | None, settings: Settings
) -> Iterable[tuple[int, list[int]]]:
    order = settings.word_order
    if total_micro is None:
        raw = max(register.not_available, default=0)
        yield register.address, to_words(raw, register.type, order)
        return
    raw = counter_raw(register, total_micro, settings)
    own = resolution_micro(register, settings)
    scaled = [(p.multiplier, p) for p in register.parts if p.multiplier is not None]
    for multiplier, part in sorted(scaled, key=lambda p: p[0], reverse=True):
        high, raw = divmod(raw, int(multiplier * MICRO) // own)
        yield part.address, to_words(high, part.type, order)
    yield register.address, to_words(raw, register.type, order)
    for part in register.parts:
        if part.multiplier is None:
            # All energy runs in the first tariff; the others stand still.
            yield part.address, to_words(0, part.type, order)


def _state_raw(
    register: Field, siblings: Iterable[Field], states: Mapping[str, str]
) -> int:
    """The number of a state; one that also fits others in the same register."""
    option = states[register.quantity or ""]
    if not register.is_named:
        return register.options.index(option)
    together = [
        other
        for other in siblings
        if other.address == register.address
        and other.bits == register.bits
        and other.states
        and other.quantity in states
    ]
    for raw in sorted(register.states):
        if all(o.states.get(raw) == states[o.quantity or ""] for o in together):
            return raw
    number = register.raw_of(option)
    if number is None:
        raise ValueError(f"{register.name} has no number for {option}")
    return number


def _gauge_raw(
    register: Field, siblings: Iterable[Field], value: float, settings: Settings
) -> int:
    if register.transform is Transform.MAGNITUDE and _has_twin(register, siblings):
        # The sign of such a power factor means leading, and no load here leads.
        value = abs(value)
    if register.sign is not None or not register.type.is_signed:
        value = abs(value)
    estimate = value
    if isinstance(register.scale, RawScale):
        for step in register.scale.steps:
            estimate = round(value / float(step.factor))
            if step.below is None or estimate < step.below:
                return estimate
    return round(value / float(_factor(register.scale, int(estimate), settings)))


def _auxiliary(
    register: Field, siblings: Iterable[Field], values: Values, settings: Settings
) -> int:
    signed = next((f for f in siblings if f.sign == register.name), None)
    if signed is not None and signed.quantity is not None:
        return int(values.gauges.get(signed.quantity, 0.0) < 0)
    return settings.raws.get(register.name, 0)


def _has_twin(register: Field, siblings: Iterable[Field]) -> bool:
    """Whether a power factor carries its sector in the same register."""
    return any(
        other is not register
        and other.address == register.address
        and {other.transform, register.transform}
        == {Transform.MAGNITUDE, Transform.SECTOR}
        for other in siblings
    )


def _factor(scale: Scale, raw: int, settings: Settings) -> Decimal:
    factor = scale.factor(raw, settings.ratios)
    if factor is None:
        names = scale.ratios if isinstance(scale, RatioScale) else ()
        raise ValueError(f"the device needs ratios {', '.join(names)}")
    return factor
