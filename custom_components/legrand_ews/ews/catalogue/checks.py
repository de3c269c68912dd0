"""What no single value can tell: layout of a map, references between its parts."""

from itertools import pairwise

from .node import Node
from .registers import Block, Field, RegisterMap
from .scales import RatioScale, Scale
from .values import ValueType


def check_map(register_map: RegisterMap, node: Node) -> None:
    """Refuse a map whose registers or names do not fit together.

    Raises CatalogueError ``catalogue_layout``, ``catalogue_duplicate`` or
    ``catalogue_reference`` at the block it is about.
    """
    blocks = tuple(node["blocks"].items())
    auxiliary: set[str] = set()
    keys: set[str] = set()
    for block, place in zip(register_map.blocks, blocks, strict=True):
        if block.key in keys:
            raise place["key"].error("catalogue_duplicate", value=block.key)
        keys.add(block.key)
        _check_layout(block, place)
        auxiliary |= _check_names(block, place, auxiliary)
    for block, place in zip(register_map.blocks, blocks, strict=True):
        for field in block.fields:
            _check_references(field, register_map, auxiliary, block, place["fields"])
    _check_harmonics(register_map, node)
    for ratio in register_map.ratios:
        for source in ratio.sources:
            for name in (source.field, source.when_field):
                if name is not None and name not in auxiliary:
                    place = node["ratios"][ratio.name]
                    raise place.error("catalogue_reference", value=name)
    for mode in register_map.modes:
        if mode.field is not None and mode.field not in auxiliary:
            raise node["modes"][mode.name].error(
                "catalogue_reference", value=mode.field
            )


def _check_harmonics(register_map: RegisterMap, node: Node) -> None:
    """Keys of blocks and their series are unique in the map."""
    known: set[str] = set()
    places = node["harmonics"].items()
    for block, place in zip(register_map.harmonics, places, strict=True):
        for name in (block.key, *block.series):
            if name in known:
                raise place.error("catalogue_duplicate", value=name)
            known.add(name)


def _check_layout(block: Block, place: Node) -> None:
    """Every register inside the block, and no two values share half a span.

    Bits stand in spaces of bits, and bits of a word inside the word. A floating-point or
    decimal number is a value and nothing else: no setting, no names, no sum, no roll-over.
    """
    for field in block.fields:
        is_bit = field.type is ValueType.BIT
        is_outside = field.bits is not None and sum(field.bits) > 16 * field.type.words
        is_plain = not (
            field.quantity is None
            or field.options
            or field.bits
            or field.parts
            or field.modulus
        )
        is_unfit = (field.type.is_pattern and not is_plain) or any(
            part.type.is_pattern for part in field.parts
        )
        if is_bit != block.space.is_bits or is_outside or is_unfit:
            raise place["fields"].error("catalogue_value", value=field.name)
    end = block.address + block.words
    spans = sorted({span for field in block.fields for span in field.spans})
    for address, words in spans:
        if address < block.address or address + words > end:
            raise place.error("catalogue_layout", value=f"0x{address:04X}")
    for (first, words), (second, _) in pairwise(spans):
        if first + words > second:
            raise place.error("catalogue_layout", value=f"0x{second:04X}")


def _check_names(block: Block, place: Node, auxiliary: set[str]) -> set[str]:
    """Names are unique in a block, those of auxiliary fields in the map."""
    names: set[str] = set()
    for field in block.fields:
        is_taken = field.quantity is None and field.name in auxiliary
        if field.name in names or is_taken:
            raise place["fields"].error("catalogue_duplicate", value=field.name)
        names.add(field.name)
    return {field.name for field in block.fields if field.quantity is None}


def _check_references(
    field: Field,
    register_map: RegisterMap,
    auxiliary: set[str],
    block: Block,
    place: Node,
) -> None:
    own = {other.name for other in block.fields if other.quantity is None}
    modulus = field.modulus
    wanted = [(field.unit_field, auxiliary), (field.sign, own | auxiliary)]
    if modulus is not None:
        wanted.append((modulus.field, auxiliary))
    if field.when is not None:
        wanted.append((field.when.mode, {mode.name for mode in register_map.modes}))
    ratios = {ratio.name for ratio in register_map.ratios}
    for scale in (field.scale, modulus.unit if modulus is not None else None):
        wanted.extend((name, ratios) for name in _ratios_of(scale))
    for name, known in wanted:
        if name is not None and name not in known:
            raise place.error("catalogue_reference", value=name)


def _ratios_of(scale: Scale | None) -> tuple[str, ...]:
    return scale.ratios if isinstance(scale, RatioScale) else ()
