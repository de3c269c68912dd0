"""Reading a register map from its data file.

``{phase}``, ``{pair}`` and ``{n}`` in a field's names stand for several fields
at once: one address each for the three phases or pairs, ``count`` addresses
``stride`` words apart for inputs and tariffs.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from ..quantities import QUANTITIES, Kind
from .command_file import read_commands
from .harmonics import PAIRS, PHASES, read_harmonics
from .known import Confidence, Provenance
from .node import Node
from .registers import (
    UNSCALED,
    Block,
    Cadence,
    Field,
    IdentityField,
    Part,
    Probe,
    RegisterMap,
    StateRule,
    Transform,
    WordOrder,
)
from .scale_file import (
    read_mode,
    read_modulus,
    read_ratio,
    read_scale,
    read_unit_code,
)
from .scales import Condition, Modulus, Scale
from .values import Space, ValueType

LAST_ADDRESS: Final = 0xFFFF
MAX_READ_WORDS: Final = 125
"""The Modbus protocol's limit of one read."""

_MAP_KEYS: Final = frozenset(
    [
        "key",
        "title_en",
        "title_fr",
        "provenance",
        "confidence",
        "sources",
        "notes",
        "word_orders",
        "max_words",
        "spacing_ms",
        "turnaround_ms",
        "reply_timeout_ms",
        "scales",
        "moduli",
        "ratios",
        "modes",
        "not_available",
        "unit_codes",
        "probes",
        "hints",
        "hinted_beside",
        "identity",
        "alternatives",
        "blocks",
        "parameter_block",
        "commands",
        "harmonics",
        "side_stride",
    ]
)
_BLOCK_KEYS: Final = frozenset(
    [
        "key",
        "space",
        "address",
        "words",
        "cadence",
        "optional",
        "rank",
        "provenance",
        "fields",
    ]
)
_FIELD_KEYS: Final = frozenset(
    [
        "name",
        "quantity",
        "address",
        "type",
        "scale",
        "parts",
        "sign",
        "transform",
        "modulus",
        "not_available",
        "rank",
        "unit_field",
        "when",
        "bits",
        "states",
        "first_of",
        "provenance",
        "count",
        "stride",
    ]
)


@dataclass(frozen=True, slots=True)
class _Shared:
    """What a map's fields refer to by name."""

    scales: Mapping[str, Scale]
    moduli: Mapping[str, Modulus]
    not_available: Mapping[ValueType, frozenset[int]]


def read_map(node: Node) -> RegisterMap:
    """Return the register map of one file; CatalogueError where it is wrong."""
    node.check_keys(_MAP_KEYS)
    scales = {name: read_scale(scale, {}) for name, scale in node["scales"].entries()}
    shared = _Shared(
        scales,
        {name: read_modulus(spec, scales) for name, spec in node["moduli"].entries()},
        _not_available(node["not_available"]),
    )
    provenance = node["provenance"].choice(Provenance)
    orders = tuple(item.choice(WordOrder) for item in node["word_orders"].items())
    return RegisterMap(
        key=node["key"].text(),
        title_en=node["title_en"].text(),
        title_fr=node["title_fr"].text(),
        provenance=provenance,
        confidence=node["confidence"].choice(Confidence),
        sources=node["sources"].texts(),
        notes=node["notes"].text(""),
        word_orders=orders or (WordOrder.BIG,),
        max_words=node["max_words"].integer(120, minimum=1, maximum=MAX_READ_WORDS),
        spacing_ms=node["spacing_ms"].integer(0),
        turnaround_ms=node["turnaround_ms"].integer(5),
        reply_timeout_ms=node["reply_timeout_ms"].optional_integer(minimum=1),
        ratios=tuple(
            read_ratio(name, ratio) for name, ratio in node["ratios"].entries()
        ),
        modes=tuple(read_mode(name, mode) for name, mode in node["modes"].entries()),
        unit_codes={c: read_unit_code(unit) for c, unit in node["unit_codes"].codes()},
        probes=tuple(_probe(probe) for probe in node["probes"].items()),
        hints=tuple(_probe(hint) for hint in node["hints"].items()),
        hinted_beside=node["hinted_beside"].texts(),
        identity=tuple(_identity(item) for item in node["identity"].items()),
        alternatives=node["alternatives"].texts(),
        parameter_block=node["parameter_block"].flag(),
        commands=tuple(read_commands(node["commands"], provenance)),
        harmonics=tuple(
            read_harmonics(item, provenance) for item in node["harmonics"].items()
        ),
        side_stride=node["side_stride"].integer(0),
        blocks=tuple(_block(b, provenance, shared) for b in node["blocks"].items()),
    )


def _not_available(node: Node) -> dict[ValueType, frozenset[int]]:
    values = {}
    for name, raws in node.entries():
        if name not in ValueType:
            raise raws.error("catalogue_unknown_field", value=name)
        values[ValueType(name)] = frozenset(raws.integers())
    return values


def _probe(node: Node) -> Probe:
    node.check_keys(
        frozenset(
            {"space", "address", "words", "texts", "values", "minimum", "maximum"}
        )
    )
    return Probe(
        space=node["space"].choice(Space, Space.HOLDING),
        address=node["address"].integer(maximum=LAST_ADDRESS),
        words=node["words"].integer(1, minimum=1, maximum=MAX_READ_WORDS),
        texts=node["texts"].texts(),
        values=frozenset(node["values"].integers()),
        minimum=node["minimum"].optional_integer(),
        maximum=node["maximum"].optional_integer(),
    )


def _identity(node: Node) -> IdentityField:
    node.check_keys(
        frozenset({"name", "space", "address", "words", "text", "scale", "names"})
    )
    return IdentityField(
        name=node["name"].text(),
        space=node["space"].choice(Space, Space.HOLDING),
        address=node["address"].integer(maximum=LAST_ADDRESS),
        words=node["words"].integer(1, minimum=1, maximum=MAX_READ_WORDS),
        is_text=node["text"].flag(),
        multiplier=node["scale"].decimal(UNSCALED.multiplier),
        names={code: name.text() for code, name in node["names"].codes()},
    )


def _block(node: Node, provenance: Provenance, shared: _Shared) -> Block:
    node.check_keys(_BLOCK_KEYS)
    own = node["provenance"].choice(Provenance, provenance)
    rank = node["rank"].integer(0)
    return Block(
        key=node["key"].text(),
        space=node["space"].choice(Space, Space.HOLDING),
        address=node["address"].integer(maximum=LAST_ADDRESS),
        words=node["words"].integer(minimum=1, maximum=MAX_READ_WORDS),
        cadence=node["cadence"].choice(Cadence, Cadence.NORMAL),
        is_optional=node["optional"].flag(),
        rank=rank,
        fields=tuple(
            field
            for item in node["fields"].items()
            for field in _fields(item, own, rank, shared)
        ),
    )


def _fields(
    node: Node, provenance: Provenance, rank: int, shared: _Shared
) -> Iterator[Field]:
    """Yield the field of one entry, or one each for its phases or inputs."""
    node.check_keys(_FIELD_KEYS)
    pattern = node["name"].text("") + node["quantity"].text("")
    addresses = node["address"].integers()
    if not pattern:
        raise node["quantity"].error("catalogue_missing")
    if "{n}" in pattern:
        count = node["count"].integer(minimum=1)
        stride = node["stride"].integer(2, minimum=1)
        labels = tuple(str(n) for n in range(1, count + 1))
        if len(addresses) != 1:
            raise node["address"].wrong()
        addresses = tuple(addresses[0] + stride * n for n in range(count))
    elif "{phase}" in pattern:
        labels = PHASES
    elif "{pair}" in pattern:
        labels = PAIRS
    else:
        labels = ("",)
    if len(addresses) != len(labels):
        raise node["address"].wrong()
    for label, address in zip(labels, addresses, strict=True):
        yield _field(node, label, address, provenance, rank, shared)


def _field(
    node: Node,
    label: str,
    address: int,
    provenance: Provenance,
    rank: int,
    shared: _Shared,
) -> Field:
    def named(key: str) -> str | None:
        text = node[key].optional_text()
        return None if text is None else _filled(text, label)

    if address > LAST_ADDRESS:
        raise node["address"].wrong()
    quantity = named("quantity")
    if quantity is not None and quantity not in QUANTITIES:
        raise node["quantity"].error("catalogue_reference", value=quantity)
    value_type = node["type"].choice(ValueType)
    modulus = _named_modulus(node["modulus"], shared)
    if modulus is not None and (
        quantity is None or QUANTITIES[quantity].kind is not Kind.COUNTER
    ):
        raise node["modulus"].wrong()
    raws = node["not_available"]
    default_raws = shared.not_available.get(value_type, frozenset())
    _check_states(node, quantity)
    is_input = "{n}" in node["name"].text("") and quantity == "pulse_count"
    return Field(
        name=named("name") or quantity or "",
        quantity=quantity,
        address=address,
        type=value_type,
        scale=read_scale(node["scale"], shared.scales),
        parts=tuple(_part(part) for part in node["parts"].items()),
        sign=named("sign"),
        transform=node["transform"].choice(Transform, Transform.NONE),
        modulus=modulus,
        not_available=default_raws if raws.is_absent else frozenset(raws.integers()),
        rank=node["rank"].integer(rank),
        position=int(label) if is_input else None,
        unit_field=named("unit_field"),
        when=_condition(node["when"]),
        bits=_bits(node["bits"]),
        states=_states(node["states"]),
        first_of=tuple(_rule(rule) for rule in node["first_of"].items()),
        provenance=node["provenance"].choice(Provenance, provenance),
    )


def _filled(pattern: str, label: str) -> str:
    for placeholder in ("{n}", "{phase}", "{pair}"):
        pattern = pattern.replace(placeholder, label)
    return pattern


def _named_modulus(node: Node, shared: _Shared) -> Modulus | None:
    if node.is_absent:
        return None
    if node.is_text:
        return node.one_of(shared.moduli)
    return read_modulus(node, shared.scales)


def _part(node: Node) -> Part:
    node.check_keys(frozenset({"address", "type", "scale"}))
    return Part(
        address=node["address"].integer(maximum=LAST_ADDRESS),
        type=node["type"].choice(ValueType),
        multiplier=node["scale"].optional_decimal(),
    )


def _condition(node: Node) -> Condition | None:
    if node.is_absent:
        return None
    modes = tuple(node.entries())
    if len(modes) != 1:
        raise node.wrong()
    name, state = modes[0]
    return Condition(mode=name, is_on=state.flag())


def _bits(node: Node) -> tuple[int, int] | None:
    """Return shift and width: ``3`` is bit 3, ``[4, 2]`` are bits 4 and 5."""
    if node.is_absent:
        return None
    shift, width, *more = (*node.integers(), 1) if not node.is_list else node.integers()
    if more or width < 1:
        raise node.wrong()
    return shift, width


def _states(node: Node) -> dict[int, str]:
    return {raw: option.text() for raw, option in node.codes()}


def _rule(node: Node) -> StateRule:
    node.check_keys(frozenset({"option", "bits"}))
    return StateRule(
        option=node["option"].text(),
        bits=sum({1 << n for n in node["bits"].integers()}),
    )


def _check_states(node: Node, quantity: str | None) -> None:
    """Refuse options that the quantity does not have."""
    options = () if quantity is None else QUANTITIES[quantity].options
    named = [option for _, option in node["states"].codes()]
    named += [rule["option"] for rule in node["first_of"].items()]
    for option in named:
        if option.text() not in options:
            raise option.error("catalogue_reference", value=option.text())
