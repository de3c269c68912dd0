"""Register maps: which registers a device has and what stands in them.

Addresses are zero-based wire addresses. A map describes words only; how they
travel is the bus's affair, and what a quantity is stands in ``quantities``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from ..quantities import QUANTITIES, UNKNOWN
from .commands import Command
from .harmonics import HarmonicBlock
from .known import Confidence, Provenance
from .scales import Condition, FixedScale, Mode, Modulus, Ratio, Scale, UnitCode
from .values import Space, ValueType

UNSCALED: Final = FixedScale()
"""The raw value is the value."""


class Cadence(StrEnum):
    """How often a block is read (design section 5)."""

    FAST = "fast"
    """Steering values, every few seconds."""
    NORMAL = "normal"
    """Once a minute, and with FAST while somebody looks."""
    SLOW = "slow"
    """Once a sample: settings, ratios, maxima."""


class WordOrder(StrEnum):
    """Order of the words of a value longer than one word (0.7 row 5)."""

    BIG = "big"
    """High word first, high byte first: the Modbus convention."""
    SWAPPED = "swapped"
    """Low word first, high byte first."""
    LITTLE = "little"
    """Low word first, and the bytes of every word exchanged."""


class Transform(StrEnum):
    """What happens to the scaled value last (0.7 row 15)."""

    NONE = "none"
    MAGNITUDE = "magnitude"
    """The absolute value: power factors are magnitude and sector."""
    SECTOR = "sector"
    """Sector of a signed power factor (minus = leading): scaled value 1 or -1
    gives 0 (unity), positive 1 (inductive), negative 2 (capacitive)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A further register that is added to a field's value.

    ``multiplier`` None means the field's own scale: high halves have their
    own (MWh above Wh), tariffs that sum to a total share it.
    """

    address: int
    type: ValueType
    multiplier: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StateRule:
    """A state holds where all of ``bits`` are set; 0 holds always."""

    option: str
    bits: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One value in a block; ``name`` is unique within its block.

    ``quantity`` is None for an auxiliary field (ratio, sign, identifier, unit
    code), whose raw integer others refer to by ``name`` (unique in the map).
    Value = transform(sign x (raw x scale + parts)), in the quantity's unit; a
    first register that reads (unsigned) one of ``not_available`` has none.
    ``sign`` names an auxiliary field: 1 negates. It stands in the same block unless
    the device gives every value by itself.
    Of several fields for one quantity the lowest ``rank`` that has a value
    wins. ``position`` is the input (1...) of a concentrator that it belongs to.
    """

    name: str
    quantity: str | None
    address: int
    type: ValueType
    scale: Scale = UNSCALED
    parts: tuple[Part, ...] = ()
    sign: str | None = None
    transform: Transform = Transform.NONE
    modulus: Modulus | None = None
    not_available: frozenset[int] = frozenset()
    rank: int = 0
    position: int | None = None
    unit_field: str | None = None
    """Auxiliary field with the unit code of this input (T5)."""
    when: Condition | None = None
    bits: tuple[int, int] | None = None
    """Shift and width of a value that takes only some bits of its word."""
    states: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({}))
    """Options of a state by raw number."""
    first_of: tuple[StateRule, ...] = ()
    """Options of a state by flags of the raw number; the first that holds counts."""
    provenance: Provenance

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """Address and word count of every register group it needs."""
        own = ((self.address, self.type.words),)
        return own + tuple((part.address, part.type.words) for part in self.parts)

    def extract(self, raw: int) -> int:
        """Return the bits of a raw word that belong to this field."""
        if self.bits is None:
            return raw
        shift, width = self.bits
        return raw >> shift & ((1 << width) - 1)

    def insert(self, word: int, value: int) -> int:
        """Return a word with this field's bits set to ``value``."""
        if self.bits is None:
            return value
        shift, width = self.bits
        mask = ((1 << width) - 1) << shift
        return word & ~mask | value << shift & mask

    def option_of(self, raw: int) -> str | None:
        """Return the option that an (extracted) raw number stands for.

        None: it stands for none, and the state has no word for that.
        """
        rules = (rule.option for rule in self.first_of if not rule.bits & ~raw)
        option = next(rules, None) if self.first_of else self.states.get(raw)
        if option is None and UNKNOWN in self.options:
            return UNKNOWN
        return option

    def index_of(self, raw: int) -> int | None:
        """Return the place of the option in the quantity's list, None for none."""
        option = self.option_of(raw)
        return None if option is None else self.options.index(option)

    def raw_of(self, option: str) -> int | None:
        """Return a raw number that stands for an option, None if none does."""
        for rule in self.first_of:
            if rule.option == option:
                return rule.bits
        return next((raw for raw, name in self.states.items() if name == option), None)

    @property
    def is_named(self) -> bool:
        """Whether its raw numbers are names of states and no scaled values."""
        return bool(self.states or self.first_of)

    @property
    def options(self) -> tuple[str, ...]:
        """Options of its quantity; none for other kinds."""
        return () if self.quantity is None else QUANTITIES[self.quantity].options


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Registers that are read together; values of one read share one time.

    ``words`` counts bits in the spaces of bits.
    A request never crosses the edge of a block (devices refuse reads across
    two of their tables) but may be shorter. ``is_optional``: the device may
    refuse it (exception 02), which is learnt; other blocks then supply the
    quantities. Whoever plans reads may leave out a block of higher ``rank``
    when blocks that answered supply all its quantities.
    """

    key: str
    space: Space
    address: int
    words: int
    cadence: Cadence
    fields: tuple[Field, ...]
    is_optional: bool = False
    rank: int = 0

    @property
    def quantities(self) -> frozenset[str]:
        """Quantities that it supplies; empty for settings."""
        return frozenset(f.quantity for f in self.fields if f.quantity is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """A read that recognises a map (registers.md 0.6).

    A device fits a map when it answers every probe of it. The answer fits when its text starts with one of ``texts`` (ignoring case,
    one or two characters a word), or its raw number is one of ``values`` or
    lies in ``minimum``...``maximum``; whichever of them is given.
    """

    space: Space
    address: int
    words: int
    texts: tuple[str, ...] = ()
    values: frozenset[int] = frozenset()
    minimum: int | None = None
    maximum: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityField:
    """Something a device says of itself, for the Test answer (S59).

    With ``is_text`` the words carry characters, one or two each. Otherwise
    the unsigned number x ``multiplier`` is shown, or its name in ``names``.
    """

    name: str
    space: Space
    address: int
    words: int
    is_text: bool = False
    multiplier: Decimal = Decimal(1)
    names: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterMap:
    """All that is known of the registers of a kind of device.

    ``max_words`` is the longest read to try first; halve it on exception 03.
    ``spacing_ms`` is the silence a device wants before the next request (0.7
    row 14), ``turnaround_ms`` how long it usually takes to answer (for the
    simulator), ``reply_timeout_ms`` how long it may take (None: the gateway's
    setting decides). ``parameter_block`` marks the generic meter, whose only
    block comes from the user's parameters.
    """

    key: str
    title_en: str
    title_fr: str
    provenance: Provenance
    confidence: Confidence
    sources: tuple[str, ...]
    blocks: tuple[Block, ...]
    word_orders: tuple[WordOrder, ...] = (WordOrder.BIG,)
    """Orders the device can be set to; the first one is the default, and the
    device's parameter ``word_order`` says otherwise."""
    max_words: int = 120
    spacing_ms: int = 0
    turnaround_ms: int = 5
    reply_timeout_ms: int | None = None
    ratios: tuple[Ratio, ...] = ()
    modes: tuple[Mode, ...] = ()
    unit_codes: Mapping[int, UnitCode] = field(
        default_factory=lambda: MappingProxyType({})
    )
    probes: tuple[Probe, ...] = ()
    hints: tuple[Probe, ...] = ()
    """Answers that a device of this map would give, where nothing proves the map."""
    hinted_beside: tuple[str, ...] = ()
    """Maps whose devices may have this one's registers too; elsewhere the hints count
    only for a device that no probe has recognised."""
    identity: tuple[IdentityField, ...] = ()
    alternatives: tuple[str, ...] = ()
    """Maps to try next where no probe of this one is answered."""
    parameter_block: bool = False
    commands: tuple[Command, ...] = ()
    harmonics: tuple[HarmonicBlock, ...] = ()
    """Read on request only; they are no quantities."""
    side_stride: int = 0
    """Distance of the registers of a two-sided station's second side (S74)."""
    notes: str = ""

    @property
    def quantities(self) -> frozenset[str]:
        """Every quantity that some block supplies."""
        return frozenset[str]().union(*(block.quantities for block in self.blocks))
