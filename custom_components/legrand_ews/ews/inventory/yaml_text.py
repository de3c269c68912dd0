"""The only place of this package that reads and writes YAML.

Scalars are taken as they are written, so that 004687 stays a catalogue number and
``on`` a choice.
"""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Final

import yaml

from ..model import ObjectKind
from ..model.problems import problem
from .rows import (
    KIND,
    KINDS,
    PAIRED,
    Cell,
    Inventory,
    Row,
    RowProblem,
    Said,
    Value,
    at_row,
    pairs_in,
)

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # PyYAML without libyaml: slower, same result
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

SECTIONS: Final = {f"{kind.value}s": kind for kind in KINDS}
"""``boards``, ``loads``, ``groups``, ``gateways``, ``devices``, ``chargers``: lists."""
PARAMETERS: Final = "parameters"
CHARGING: Final = "charging"
"""The load management of the site."""

_HEAD: Final = frozenset({"version", "site"})
_VERSION: Final = 1
_NULL: Final = "tag:yaml.org,2002:null"


def write_yaml(
    site: str,
    rows: Iterable[tuple[ObjectKind, Mapping[str, Value]]],
    parameters: frozenset[str],
    charging: Mapping[str, object],
) -> str:
    """Return the objects by kind; ``parameters`` are written in a part of their own.

    ``charging`` is what is said of the load management, nothing where there is none.
    """
    content: dict[str, object] = {"version": _VERSION, "site": site}
    lists: dict[str, list[object]] = {section: [] for section in SECTIONS}
    for kind, values in rows:
        said = {at: _plain(x) for at, x in values.items() if at not in parameters}
        for at in PAIRED & values.keys():
            if isinstance(pairs := values[at], tuple):
                said[at] = pairs_in(at, pairs)
        if own := {at: _plain(x) for at, x in values.items() if at in parameters}:
            said[PARAMETERS] = own
        lists[f"{kind.value}s"].append(said)
    return yaml.dump(
        {**content, **lists, CHARGING: charging},
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        width=100,
    )


class _Dumper(yaml.SafeDumper):
    """Writes texts of several lines with escapes: folding would change them."""

    def text(self, text: str) -> yaml.ScalarNode:
        """Return a text, quoted where one of its signs could end a line."""
        style = '"' if len(text.splitlines()) > 1 else None
        return self.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _Dumper.text)


def _plain(value: Value) -> object:
    match value:
        case tuple():
            return list(value)
        case Decimal():
            return f"{value:f}"
        case str():
            return str(value)  # the writer knows no enumerations
        case _:
            return value


def read_yaml(text: str) -> Inventory:
    """Return what a YAML file says, with everything that is out of place as problems."""
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = 0 if mark is None else min(mark.line, text.count("\n"))
        return _unreadable(line + 1)
    except yaml.YAMLError, RecursionError, ValueError:
        return _unreadable(1)
    if node is None:
        return Inventory()
    if not isinstance(node, yaml.MappingNode):
        return _unreadable(_line(node))
    return _Reader().read(node)


def _unreadable(line: int) -> Inventory:
    found = at_row(line, problem("base", "import_unreadable", line=line))
    return Inventory(problems=(found,))


class _Reader:
    """What has been read of a file so far."""

    def __init__(self) -> None:
        self._rows: list[Row] = []
        self._problems: list[RowProblem] = []
        self._columns: dict[str, int] = {}
        self._kinds: set[ObjectKind] = set()
        self._charging: Said | None = None

    def read(self, node: yaml.MappingNode) -> Inventory:
        for key, value in node.value:
            section = str(key.value)
            if section in SECTIONS:
                self._section(SECTIONS[section], value)
            elif section == CHARGING:
                self._charging = None if _is_empty(value) else _said(value)
            elif section not in _HEAD:
                self._note(key, section, "import_column_unknown", column=section)
        return Inventory(
            rows=tuple(self._rows),
            columns=self._columns,
            kinds=frozenset(self._kinds),
            problems=tuple(self._problems),
            charging=self._charging,
        )

    def _section(self, kind: ObjectKind, node: yaml.Node) -> None:
        if _is_empty(node):
            return
        self._kinds.add(kind)
        for item in self._items(node):
            if not isinstance(item, yaml.MappingNode):
                self._note(item, KIND, "import_unreadable", line=_line(item))
                continue
            said = dict(self._said(item, has_parameters=kind is ObjectKind.DEVICE))
            self._rows.append(Row(number=_line(item), kind=kind, cells=said))

    def _items(self, node: yaml.Node) -> list[yaml.Node]:
        if isinstance(node, yaml.SequenceNode):
            return list(node.value)
        self._note(node, KIND, "import_unreadable", line=_line(node))
        return []

    def _said(
        self, node: yaml.MappingNode, *, has_parameters: bool
    ) -> Iterator[tuple[str, Cell]]:
        for key, value in node.value:
            column = str(key.value)
            if column == PARAMETERS and has_parameters:
                if isinstance(value, yaml.MappingNode):
                    yield from self._said(value, has_parameters=False)
                elif not _is_empty(value):
                    self._note(value, column, "import_unreadable", line=_line(value))
                continue
            self._columns.setdefault(column, _line(key))
            if _is_empty(value):
                continue
            if isinstance(value, yaml.ScalarNode):
                yield column, None if value.tag == _NULL else value.value
            elif isinstance(value, yaml.MappingNode) and column in PAIRED:
                yield column, tuple(f"{x.value}={y.value}" for x, y in value.value)
            elif isinstance(value, yaml.SequenceNode) and _is_flat(value):
                yield column, tuple(str(x.value) for x in value.value) or None
            else:
                self._note(value, column, "import_unreadable", line=_line(value))

    def _note(self, node: yaml.Node, at: str, key: str, **placeholders: object) -> None:
        found = problem(at, key, **placeholders)
        self._problems.append(at_row(_line(node), found))


def _is_empty(node: yaml.Node) -> bool:
    """Whether nothing is written; ``null``, ``[]`` and quotes say that none is meant."""
    return isinstance(node, yaml.ScalarNode) and not node.value and not node.style


def _said(node: yaml.Node, known: dict[int, Said] | None = None) -> Said:
    """Return a part as it stands, each value with its line.

    What is repeated by an anchor is read once; inside itself it is nothing.
    """
    known = {} if known is None else known
    if id(node) in known:
        return known[id(node)]
    line = _line(node)
    known[id(node)] = Said(line=line, value=None)
    value: str | tuple[Said, ...] | Mapping[str, Said] | None
    if isinstance(node, yaml.MappingNode):
        pairs = [(x, y) for x, y in node.value if not _is_empty(y)]
        value = {str(x.value): _said(y, known) for x, y in pairs}
    elif isinstance(node, yaml.SequenceNode):
        value = tuple(_said(x, known) for x in node.value)
    else:
        value = None if node.tag == _NULL else str(node.value)
    known[id(node)] = Said(line=line, value=value)
    return known[id(node)]


def _is_flat(node: yaml.SequenceNode) -> bool:
    return all(isinstance(item, yaml.ScalarNode) for item in node.value)


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
