"""An installation as rows of cells: what a file says, before anybody believes it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
import re
from types import MappingProxyType
from typing import Final

from ..model import (
    Charger,
    Device,
    Gateway,
    Load,
    MeasureGroup,
    ObjectKind,
    PanelBoard,
)
from ..model.problems import Problem

type Part = Gateway | Device | Load | MeasureGroup | PanelBoard | Charger
"""An object of an installation."""
type Cell = str | tuple[str, ...] | None
"""What a file says in one place; None where it says that nothing shall stand there."""
type Value = str | int | bool | Decimal | tuple[str, ...] | None
"""What is written in one place; None where nothing stands that a new object would get."""

KIND: Final = "kind"
CHANNEL_NAMES: Final = "channel_names"
"""Names of inputs and outputs, each as ``input_1=Pump`` (S86)."""
ENTITIES: Final = "entities"
"""Entities of a charger by role, each as ``state=sensor.box``."""
STATES: Final = "states"
"""Words of a charger's state and what they mean, each as ``Charging=charging``."""
SEPARATOR: Final = "|"
"""Stands between several things in one cell, such as the groups of a device."""
KINDS: Final = (
    ObjectKind.BOARD,
    ObjectKind.LOAD,
    ObjectKind.GROUP,
    ObjectKind.GATEWAY,
    ObjectKind.DEVICE,
    ObjectKind.CHARGER,
)
"""Kinds in the order of a file: what others speak of comes first."""

_COMMON: Final = ("id", "name")
CHARGER_COLUMNS: Final = (
    "preset",
    ENTITIES,
    STATES,
    "start_option",
    "stop_option",
    "one_phase_option",
    "all_phases_option",
    "stops_at_zero",
    "phases",
    "rated_a",
    "minimum_a",
    "circuit",
    "lag_s",
    "report_s",
)
COLUMNS: Final[Mapping[ObjectKind, tuple[str, ...]]] = MappingProxyType(
    {
        ObjectKind.BOARD: (*_COMMON, "description", "enabled"),
        ObjectKind.LOAD: (*_COMMON, "color", "enabled"),
        ObjectKind.GROUP: (*_COMMON, "description", "enabled"),
        ObjectKind.GATEWAY: (
            *_COMMON,
            "description",
            "board",
            "gateway_kind",
            "transport",
            "host",
            "port",
            "serial_port",
            "baud_rate",
            "parity",
            "stop_bits",
            "timeout_ms",
            "eq_device",
            "enabled",
        ),
        ObjectKind.DEVICE: (
            *_COMMON,
            "gateway",
            "address",
            "interface",
            "position",
            "family",
            "model",
            "load",
            "groups",
            "supply",
            "phase",
            "exclude_from_totals",
            "behind_meter",
            "exclude_alerts",
            "priority",
            "map_confirmed",
            "concentrator",
            "weight",
            "start",
            CHANNEL_NAMES,
            "enabled",
        ),
        ObjectKind.CHARGER: (
            *_COMMON,
            *CHARGER_COLUMNS,
            "priority",
            "enabled",
        ),
    }
)
"""What can be said of each kind; a device's parameters are columns beside these."""
TABLE_COLUMNS: Final = (
    KIND,
    *_COMMON,
    "description",
    "gateway",
    "address",
    "interface",
    "position",
    "family",
    "model",
    "load",
    "groups",
    "board",
    "supply",
    "phase",
    "exclude_from_totals",
    "behind_meter",
    "exclude_alerts",
    "priority",
    "enabled",
    "concentrator",
    "weight",
    "start",
    "map_confirmed",
    CHANNEL_NAMES,
    "color",
    "gateway_kind",
    "transport",
    "host",
    "port",
    "serial_port",
    "baud_rate",
    "parity",
    "stop_bits",
    "timeout_ms",
    "eq_device",
    *CHARGER_COLUMNS,
)
"""Columns of the one table that holds every kind, before those of the parameters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowProblem:
    """What is wrong in a file: the row, its field, and the sentence that says so.

    ``row`` is the row of the spreadsheet or the line of the YAML file, from 1; None
    where no row is to blame, but an object that the file leaves out.
    """

    row: int | None
    field: str
    key: str
    placeholders: Mapping[str, str] = MappingProxyType({})


def at_row(row: int | None, problem: Problem, field: str | None = None) -> RowProblem:
    """Return a broken rule as a problem of a row, at ``field`` where its name differs."""
    return RowProblem(
        row=row,
        field=field or problem.field,
        key=problem.key,
        placeholders=problem.placeholders,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What a file says of one object; ``cells`` holds only what is said."""

    number: int
    kind: ObjectKind
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What stands in one place of a part that is no list of objects, and on which line.

    Scalars are texts as they are written; None says that nothing shall stand there.
    """

    line: int
    value: str | tuple[Said, ...] | Mapping[str, Said] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Inventory:
    """The content of a file.

    ``columns`` are the names it uses with the row in which each is first used, ``kinds``
    those it speaks of, be it to say that there are none. ``charging`` is what it says of
    the load management, None where it does not speak of it.
    """

    rows: tuple[Row, ...] = ()
    columns: Mapping[str, int] = MappingProxyType({})
    kinds: frozenset[ObjectKind] = frozenset()
    problems: tuple[RowProblem, ...] = ()
    charging: Said | None = None


def joined(items: tuple[str, ...]) -> str:
    """Return several things as one cell; the separator inside them is escaped."""
    escaped = (
        x.replace("\\", r"\\").replace(SEPARATOR, rf"\{SEPARATOR}") for x in items
    )
    return f" {SEPARATOR} ".join(escaped)


def parted(cell: str | tuple[str, ...]) -> tuple[str, ...]:
    """Return the things in one cell, without blanks around them."""
    if isinstance(cell, tuple):
        return tuple(item.strip() for item in cell)
    items = re.findall(r"(?:[^|\\]|\\.?)+", cell)
    texts = (re.sub(r"\\(.)", r"\1", item).strip() for item in items)
    return tuple(text for text in texts if text)


def pairs_of(items: str | tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield key and text of each ``key=text``; the text is empty where there is none."""
    for item in parted(items):
        key, _, text = item.partition("=")
        yield key.strip(), text.strip()


def meanings_of(items: str | tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield word and meaning of each ``word=meaning``; only the word may hold a ``=``."""
    for item in parted(items):
        word, _, meaning = item.rpartition("=")
        yield word.strip(), meaning.strip()


def pairs_in(at: str, items: str | tuple[str, ...]) -> dict[str, str]:
    """Return what stands in a cell that holds pairs, by what comes first in each."""
    return dict(meanings_of(items) if at == STATES else pairs_of(items))


PAIRED: Final = frozenset({CHANNEL_NAMES, ENTITIES, STATES})
"""Columns that hold pairs."""
