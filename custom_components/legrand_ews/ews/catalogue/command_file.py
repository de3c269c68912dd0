"""Reading the commands of a register map from its data file."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from ..quantities import OFF_ON, QUANTITIES, Unit
from .commands import PRESS, Command, CommandKind, Unlock
from .known import Provenance
from .node import Node
from .values import Space, ValueType

_KEYS: Final = frozenset(
    [
        *("key", "kind", "space", "address", "type", "values", "scale"),
        *("minimum", "maximum", "step", "unit", "read_back", "expects"),
        *("unlock", "settle_ms", "provenance", "up_to_rated", "count", "stride"),
    ]
)
_WRITABLE: Final = frozenset({Space.HOLDING, Space.COIL})
_LAST_ADDRESS: Final = 0xFFFF


def read_commands(node: Node, provenance: Provenance) -> Iterator[Command]:
    """Yield the commands of a map; ``{n}`` in a key stands for several."""
    keys: set[str] = set()
    for item in node.items():
        item.check_keys(_KEYS)
        pattern = item["key"].text()
        count = item["count"].integer(1, minimum=1)
        stride = item["stride"].integer(1, minimum=1)
        if (count > 1) != ("{n}" in pattern):
            raise item["key"].wrong()
        for n in range(count):
            command = _command(item, str(n + 1), n * stride, provenance)
            if command.key in keys:
                raise item["key"].error("catalogue_duplicate", value=command.key)
            keys.add(command.key)
            yield command


def _command(node: Node, label: str, offset: int, provenance: Provenance) -> Command:
    kind = node["kind"].choice(CommandKind)
    space = node["space"].choice(Space, Space.HOLDING)
    if space not in _WRITABLE:
        raise node["space"].wrong()
    is_bit = space is Space.COIL
    value_type = node["type"].choice(
        ValueType, ValueType.BIT if is_bit else ValueType.U16
    )
    if (value_type is ValueType.BIT) != is_bit or value_type.is_pattern:
        raise node["type"].wrong()
    read_back = node["read_back"].optional_text()
    if read_back is not None:
        read_back = read_back.replace("{n}", label)
        if read_back not in QUANTITIES:
            raise node["read_back"].error("catalogue_reference", value=read_back)
    return Command(
        key=node["key"].text().replace("{n}", label),
        kind=kind,
        space=space,
        address=node["address"].integer(maximum=_LAST_ADDRESS - offset) + offset,
        type=value_type,
        values=_values(node["values"], kind),
        multiplier=node["scale"].decimal(Decimal(1)),
        minimum=node["minimum"].optional_decimal(),
        maximum=node["maximum"].optional_decimal(),
        up_to_rated=node["up_to_rated"].flag(),
        step=node["step"].decimal(Decimal(1)),
        unit=node["unit"].choice(Unit, Unit.NONE),
        read_back=read_back,
        expects=_expects(node["expects"], kind, read_back),
        unlock=_unlock(node["unlock"]),
        settle_ms=node["settle_ms"].integer(0),
        provenance=node["provenance"].choice(Provenance, provenance),
    )


def _values(node: Node, kind: CommandKind) -> Mapping[str, int]:
    """Return the raw number of each option, as many as the kind takes."""
    values = {option: raw.integer() for option, raw in node.entries()}
    if kind is CommandKind.SWITCH and not values:
        return dict(zip(OFF_ON, (0, 1), strict=True))
    is_right = {
        CommandKind.SWITCH: values.keys() == set(OFF_ON),
        CommandKind.BUTTON: values.keys() == {PRESS},
        CommandKind.NUMBER: not values,
        CommandKind.SELECT: len(values) > 1,
    }
    if not is_right[kind]:
        raise node.wrong()
    return values


def _expects(node: Node, kind: CommandKind, read_back: str | None) -> tuple[str, ...]:
    """Return what a button leads to: options of the quantity that shows it."""
    is_wanted = kind is CommandKind.BUTTON and read_back is not None
    options = QUANTITIES[read_back].options if read_back is not None else ()
    if is_wanted and node.is_absent:
        raise node.error("catalogue_missing")
    for item in node.items():
        if not is_wanted or item.text() not in options:
            raise item.error("catalogue_reference", value=item.text())
    return node.texts()


def _unlock(node: Node) -> Unlock | None:
    if node.is_absent:
        return None
    node.check_keys(frozenset({"address", "value"}))
    return Unlock(
        address=node["address"].integer(maximum=_LAST_ADDRESS),
        value=node["value"].integer(maximum=0xFFFF),
    )
