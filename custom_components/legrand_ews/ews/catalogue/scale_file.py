"""Reading scales, ratios, modes and roll-over from a register map's data file."""

from collections.abc import Mapping

from ..quantities import Unit
from .node import Node
from .registers import UNSCALED
from .scales import (
    FixedScale,
    Mode,
    Modulus,
    Ratio,
    RatioScale,
    RatioSource,
    RawScale,
    Scale,
    Step,
    UnitCode,
)


def read_scale(node: Node, named: Mapping[str, Scale]) -> Scale:
    """Return a scale: a name, a factor, a divisor, or steps by ratios or raw."""
    if node.is_absent:
        return UNSCALED
    if node.is_text:
        return node.one_of(named)
    if not node.is_mapping:
        return FixedScale(multiplier=node.positive())
    node.check_keys(frozenset({"divisor", "ratios", "steps"}))
    if not node["divisor"].is_absent:
        return FixedScale(multiplier=1 / node["divisor"].positive())
    steps = tuple(_step(step) for step in node["steps"].items())
    if not steps or steps[-1].below is not None:
        raise node["steps"].wrong()
    ratios = node["ratios"].texts()
    return RatioScale(ratios=ratios, steps=steps) if ratios else RawScale(steps=steps)


def _step(node: Node) -> Step:
    pair = tuple(node.items())
    if len(pair) != 2:
        raise node.wrong()
    return Step(below=pair[0].optional_decimal(), factor=pair[1].positive())


def read_modulus(node: Node, scales: Mapping[str, Scale]) -> Modulus:
    """Return a roll-over: a number of counts, or who says it."""
    if not node.is_mapping:
        return Modulus(counts=node.integer(minimum=2))
    node.check_keys(frozenset({"counts", "field", "field_offset", "unit"}))
    unit = node["unit"]
    return Modulus(
        counts=node["counts"].optional_integer(minimum=2),
        field=node["field"].optional_text(),
        field_offset=node["field_offset"].integer(0),
        unit=None if unit.is_absent else read_scale(unit, scales),
    )


def read_ratio(name: str, node: Node) -> Ratio:
    """Return where a transformer ratio comes from."""
    node.check_keys(frozenset({"parameter", "sources", "default"}))
    return Ratio(
        name=name,
        parameter=node["parameter"].optional_text(),
        sources=tuple(_ratio_source(source) for source in node["sources"].items()),
        default=node["default"].optional_decimal(),
    )


def _ratio_source(node: Node) -> RatioSource:
    node.check_keys(frozenset({"field", "scale", "when_field", "when_values"}))
    return RatioSource(
        field=node["field"].text(),
        multiplier=node["scale"].decimal(UNSCALED.multiplier),
        when_field=node["when_field"].optional_text(),
        when_values=frozenset(node["when_values"].integers()),
    )


def read_mode(name: str, node: Node) -> Mode:
    """Return a mode of the device and how it is known."""
    node.check_keys(frozenset({"parameter", "field", "values", "default"}))
    return Mode(
        name=name,
        parameter=node["parameter"].optional_text(),
        field=node["field"].optional_text(),
        values=frozenset(node["values"].integers()),
        default=node["default"].flag(),
    )


def read_unit_code(node: Node) -> UnitCode:
    """Return what a unit code of a concentrator stands for."""
    node.check_keys(frozenset({"unit", "factor"}))
    return UnitCode(
        unit=node["unit"].choice(Unit),
        factor=node["factor"].decimal(UNSCALED.multiplier),
    )
