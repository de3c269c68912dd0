"""From register words to values, as the register maps say (registers.md).

Everything is pure. Whatever the words are, a function here answers with a value
or with None for "no value"; it never raises.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, DecimalException
from struct import pack, unpack
from types import MappingProxyType
from typing import Final

from ..catalogue import (
    Field,
    IdentityField,
    Mode,
    Ratio,
    Transform,
    ValueType,
    WordOrder,
)
from ..model import Supply
from ..quantities import QUANTITIES, Kind
from .modbus import decode_int

_UNITY: Final = Decimal(0)
_INDUCTIVE: Final = Decimal(1)
_CAPACITIVE: Final = Decimal(2)
_MOST_COUNTED: Final = Decimal(10) ** 15
_MOST_MEASURED: Final = Decimal(10) ** 11
"""Beyond is nothing that a board has, nor that can be stored, or summed up over a day,
in thousandths: a floating-point number whose words were taken for others."""
_SINGLE: Final = 4
"""Octets of a floating-point number of single precision."""
_NEGATED: Final = frozenset(
    f"{power}{phase}"
    for power in ("active_power", "reactive_power")
    for phase in ("", "_l1", "_l2", "_l3")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What the words of a device depend on beside themselves.

    ``raws`` are the raw integers of auxiliary fields by name, ``ratios`` the known
    transformer ratios, ``modes`` the names of the modes in force.
    """

    word_order: WordOrder = WordOrder.BIG
    raws: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    ratios: Mapping[str, Decimal] = field(default_factory=lambda: MappingProxyType({}))
    modes: frozenset[str] = frozenset()

    @classmethod
    def resolve(
        cls,
        *,
        raws: Mapping[str, int],
        parameters: Mapping[str, str],
        ratios: Sequence[Ratio] = (),
        modes: Sequence[Mode] = (),
        word_order: WordOrder = WordOrder.BIG,
    ) -> Context:
        """Work out ratios and modes; an unknown ratio is absent, never zero."""
        known = {ratio.name: ratio.resolve(raws, parameters) for ratio in ratios}
        return cls(
            word_order=word_order,
            raws=raws,
            ratios={name: value for name, value in known.items() if value is not None},
            modes=frozenset(m.name for m in modes if m.is_on(raws, parameters)),
        )


def decode_raw(
    words: Sequence[int], value_type: ValueType, word_order: WordOrder = WordOrder.BIG
) -> int:
    """Join words into the raw integer of a register (registers.md 0.7 row 5)."""
    ordered = [word & 0xFFFF for word in words]
    if word_order is WordOrder.LITTLE:
        ordered = [(word & 0xFF) << 8 | word >> 8 for word in ordered]
    return decode_int(
        ordered,
        signed=value_type.is_signed,
        word_order="big" if word_order is WordOrder.BIG else "little",
    )


def encode_raw(
    raw: int, value_type: ValueType, word_order: WordOrder = WordOrder.BIG
) -> list[int]:
    """Return the words of a raw integer: the inverse of ``decode_raw``.

    Raises OverflowError where it does not fit into the type.
    """
    size = 2 * value_type.words
    octets = raw.to_bytes(size, "big", signed=value_type.is_signed)
    words = [octets[n] << 8 | octets[n + 1] for n in range(0, size, 2)]
    if word_order is not WordOrder.BIG:
        words.reverse()
    if word_order is WordOrder.LITTLE:
        words = [(word & 0xFF) << 8 | word >> 8 for word in words]
    return words


def raw_at(
    memory: Mapping[int, int],
    address: int,
    value_type: ValueType,
    word_order: WordOrder = WordOrder.BIG,
) -> int | None:
    """Return the raw integer at an address, None unless all its words were read."""
    words: list[int] = []
    for place in range(address, address + value_type.words):
        word = memory.get(place)
        if word is None:
            return None
        words.append(word)
    return decode_raw(words, value_type, word_order)


def is_available(raw: int, register: Field) -> bool:
    """Say whether a raw value is one, and no marker for "not available".

    Markers are bit patterns, so a signed register is compared unsigned.
    """
    pattern = raw & ((1 << 16 * register.type.words) - 1)
    return pattern not in register.not_available


def counts_now(register: Field, context: Context) -> bool:
    """Say whether the device's mode lets a field count (registers.md 0.7 row 4)."""
    condition = register.when
    return condition is None or (condition.mode in context.modes) == condition.is_on


def decode_field(
    register: Field, memory: Mapping[int, int], context: Context
) -> Decimal | None:
    """Return a field's value in the unit of its quantity, None where it has none.

    ``memory`` holds the words of the field's block by address. No value: a word was
    not read, the device marks it as not available, a ratio or the sign is
    unknown, or the device's mode gives the register another meaning.
    """
    raw = raw_at(memory, register.address, register.type, context.word_order)
    if raw is None or not is_available(raw, register):
        return None
    if not counts_now(register, context):
        return None
    raw = register.extract(raw)
    if register.is_named:
        index = register.index_of(raw)
        return None if index is None else Decimal(index)
    number = _number(raw, register.type)
    if number is None:
        return None
    factor = register.scale.factor(int(number), context.ratios)
    if factor is None:
        return None
    try:
        value = number * factor
        for part in register.parts:
            more = raw_at(memory, part.address, part.type, context.word_order)
            if more is None:
                return None
            value += more * (factor if part.multiplier is None else part.multiplier)
    except DecimalException:
        # A factor of a generic meter may be absurd.
        return None
    if register.sign is not None:
        sign = context.raws.get(register.sign)
        if sign is None:
            return None
        value = -value if sign == 1 else value
    return _plausible(register, _transformed(value, register.transform))


def _number(raw: int, value_type: ValueType) -> Decimal | None:
    """Return the number that a raw integer stands for; None where it is none."""
    if value_type.is_decimal:
        digits = f"{raw:x}"
        return Decimal(digits) if digits.isdecimal() else None
    if not value_type.is_float:
        return Decimal(raw)
    number = Decimal(_shortest(raw.to_bytes(2 * value_type.words, "big")))
    return number if number.is_finite() else None


def _shortest(pattern: bytes) -> str:
    """Return the shortest text that is a floating-point number: 230.1 for 230.100006."""
    if len(pattern) > _SINGLE:
        return repr(unpack(">d", pattern)[0])
    (value,) = unpack(">f", pattern)
    texts = (f"{value:.{digits}g}" for digits in range(6, 10))
    return next((x for x in texts if pack(">f", float(x)) == pattern), repr(value))


def decode_modulus(register: Field, context: Context) -> Decimal | None:
    """Return where a counter wraps, in the unit of its quantity; None if unknown."""
    if register.modulus is None:
        return None
    try:
        return register.modulus.value(context.raws, context.ratios, register.scale)
    except DecimalException:
        return None


def decode_text(words: Sequence[int]) -> str:
    """Return the printable characters of words that carry one or two each."""
    octets = b"".join((word & 0xFFFF).to_bytes(2, "big") for word in words)
    text = octets.replace(b"\0", b"").decode("ascii", errors="ignore")
    return "".join(c for c in text if c.isprintable()).strip()


def identity_text(item: IdentityField, words: Sequence[int]) -> str:
    """Return an identity field as text; empty where the device left it blank."""
    if item.is_text:
        return decode_text(words)
    number = 0
    for word in words:
        number = number << 16 | word & 0xFFFF
    return item.names.get(number) or f"{(number * item.multiplier).normalize():f}"


def supplied_quantity(quantity: str, supply: Supply) -> str | None:
    """Return what a meter's quantity is for the site (S61, Q4).

    Current that flows downstream through the sensor makes the meter's import the
    site's export. None where the other direction has no such counter.
    """
    if supply is Supply.UPSTREAM:
        return quantity
    for own, other in (("_import", "_export"), ("_export", "_import")):
        if own in quantity:
            swapped = quantity.replace(own, other)
            return swapped if swapped in QUANTITIES else None
    return quantity


def supplied_value(quantity: str, value: Decimal, supply: Supply) -> Decimal:
    """Return a meter's value as the site sees it: P and Q change sign (Q4).

    Averages and maxima of a meter are magnitudes and stay.
    """
    if supply is Supply.DOWNSTREAM and quantity in _NEGATED:
        return -value
    return value


def _plausible(register: Field, value: Decimal | None) -> Decimal | None:
    """Drop what no quantity can be: a garbled state, a number of other words."""
    if value is None or register.quantity is None:
        return value
    quantity = QUANTITIES[register.quantity]
    if options := quantity.options:
        is_state = value == value.to_integral_value() and 0 <= value < len(options)
        return value if is_state else None
    most = _MOST_COUNTED if quantity.kind is Kind.COUNTER else _MOST_MEASURED
    return value if abs(value) < most else None


def _transformed(value: Decimal, transform: Transform) -> Decimal | None:
    match transform:
        case Transform.NONE:
            return value
        case Transform.MAGNITUDE:
            return abs(value)
        case Transform.SECTOR:
            if abs(value) == 1:
                return _UNITY
            if value == 0:
                # Without load there is no angle.
                return None
            return _INDUCTIVE if value > 0 else _CAPACITIVE
