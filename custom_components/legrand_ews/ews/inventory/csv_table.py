"""The table as CSV, in the dialects that spreadsheets write and read.

A spreadsheet takes ``2-1`` for a date, ``=A1`` for a formula and ``012`` for 12. Texts
that it would turn into something else are written with an apostrophe before them, which
reading takes away again. A lone ``-`` says that nothing shall stand in a cell.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
import csv
from dataclasses import dataclass
from decimal import Decimal
import io
import re
from typing import Final

from ..model import ObjectKind
from ..model.problems import problem
from .rows import KIND, KINDS, Cell, Inventory, Row, RowProblem, Value, at_row, joined

NOTHING: Final = "-"
DELIMITERS: Final = (";", ",", "\t")

_TEXT_COLUMNS: Final = frozenset(
    {
        *("name", "description", "gateway", "board", "load", "groups", "serial_port"),
        *("start_option", "stop_option", "one_phase_option", "all_phases_option"),
    }
)
_FORMULA: Final = re.compile(r"[=+\-@\t\r']")
_NUMBER_LIKE: Final = re.compile(r"[\d.,:/\\+\-eE%\s]*\d[\d.,:/\\+\-eE%\s]*")
_PLAIN_NUMBER: Final = re.compile(r"0|[1-9]\d{0,14}|\d+(\.\d+){3}")
_MONTH: Final = (
    r"(jan|f[eé]v|feb|mar|apr|avr|may|mai|jun|jui|jul|aug|ao[uû]|sep|oct|nov|dec|déc)"
)
_DATE_LIKE: Final = re.compile(
    rf"\d{{1,4}}[ ./-]*{_MONTH}.*|{_MONTH}\w*\.?[ ./-]*\d{{1,4}}", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """How a country's spreadsheets part cells and write decimals."""

    delimiter: str
    decimal_sign: str


ENGLISH: Final = Dialect(delimiter=",", decimal_sign=".")
CONTINENTAL: Final = Dialect(delimiter=";", decimal_sign=",")


def dialect_of(language: str) -> Dialect:
    """Return what spreadsheets expect in a language, such as ``en-GB`` or ``fr``."""
    return ENGLISH if language.startswith("en") else CONTINENTAL


def write_csv(
    columns: Sequence[str],
    rows: Iterable[tuple[ObjectKind, Mapping[str, Value]]],
    dialect: Dialect,
) -> str:
    """Return the table with its heading; lines end with CR LF, as spreadsheets do."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=dialect.delimiter, lineterminator="\r\n")
    writer.writerow(columns)
    for kind, values in rows:
        cells = {KIND: kind.value, **_written(values, dialect)}
        writer.writerow([cells.get(column, "") for column in columns])
    return text.getvalue()


def write_table(
    columns: Sequence[str], rows: Iterable[Sequence[object]], dialect: Dialect
) -> str:
    """Return a table that is only for reading: texts and whole numbers, None is empty."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=dialect.delimiter, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow(
            [_protected(cell) if isinstance(cell, str) else cell for cell in row]
        )
    return text.getvalue()


def _written(values: Mapping[str, Value], dialect: Dialect) -> dict[str, str]:
    return {at: _cell(at, value, dialect) for at, value in values.items()}


def _cell(at: str, value: Value, dialect: Dialect) -> str:
    match value:
        case None:
            return NOTHING
        case bool():
            return "yes" if value else "no"
        case int():
            return str(value)
        case Decimal():
            return f"{value:f}".replace(".", dialect.decimal_sign)
        case tuple():
            return _protected(joined(value))
        case str() if at in _TEXT_COLUMNS:
            return _protected(value)
        case str():
            return f"'{value}" if _FORMULA.match(value) else value


def _protected(text: str) -> str:
    is_turned = (
        _NUMBER_LIKE.fullmatch(text) is not None
        and _PLAIN_NUMBER.fullmatch(text) is None
    ) or _DATE_LIKE.fullmatch(text) is not None
    return f"'{text}" if is_turned or _FORMULA.match(text) else text


def is_csv(text: str) -> bool:
    """Whether a text begins with a heading: a row of which one cell is ``kind``."""
    for line in text.splitlines():
        if line.strip() and not line.lstrip().lower().startswith(("sep=", "#")):
            cells = re.split(r"[;,\t]", line)
            return any(_column(cell.strip(' "')) == KIND for cell in cells)
    return False


def read_csv(text: str) -> Inventory:
    """Return what a table says, with every row that cannot be read as a problem.

    A heading may be repeated, with other columns, before each kind. Empty rows and rows
    that begin with ``#`` are passed over.
    """
    text, delimiter = _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    table = _Table()
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            table.take(number, [cell.strip() for cell in cells])
    except csv.Error:
        table.note(number + 1, KIND, "import_unreadable", line=number + 1)
    return table.inventory()


class _Table:
    """What has been read of a table so far."""

    def __init__(self) -> None:
        self._rows: list[Row] = []
        self._problems: list[RowProblem] = []
        self._columns: dict[str, int] = {}
        self._heading: tuple[str, ...] = ()

    def take(self, number: int, cells: list[str]) -> None:
        if not any(cells) or self._is_comment(cells[0]):
            return
        columns = tuple(_column(cell) for cell in cells)
        if self._is_heading(columns):
            self._take_heading(number, columns)
            return
        said = dict(self._said(number, cells))
        kind = str(said.pop(KIND, "")).strip().lower().replace(" ", "_")
        if kind not in _KINDS:
            self.note(number, KIND, "import_kind_unknown", value=kind or "–")
            return
        self._rows.append(Row(number=number, kind=_KINDS[kind], cells=said))

    def _is_comment(self, first: str) -> bool:
        return first.startswith("#") and self._heading[:1] in {(), (KIND,)}

    def _is_heading(self, columns: tuple[str, ...]) -> bool:
        if not self._heading:
            return KIND in columns
        # An object may be called "kind": only the word in its own column counts.
        place = self._heading.index(KIND)
        return len(columns) > place and columns[place] == KIND

    def note(self, row: int, at: str, key: str, **placeholders: object) -> None:
        self._problems.append(at_row(row, problem(at, key, **placeholders)))

    def inventory(self) -> Inventory:
        return Inventory(
            rows=tuple(self._rows),
            columns=self._columns,
            kinds=frozenset(row.kind for row in self._rows),
            problems=tuple(self._problems),
        )

    def _take_heading(self, number: int, columns: tuple[str, ...]) -> None:
        self._heading = columns
        for column in sorted({x for x in columns if x and columns.count(x) > 1}):
            self.note(number, column, "import_column_repeated", column=column)
        for column in columns:
            if column and column != KIND:
                self._columns.setdefault(column, number)

    def _said(self, number: int, cells: list[str]) -> Iterator[tuple[str, Cell]]:
        for index, cell in enumerate(cells):
            if not cell:
                continue
            column = self._heading[index] if index < len(self._heading) else ""
            if not column:
                self.note(number, KIND, "import_cell_without_column", value=cell)
            elif cell == NOTHING:
                yield column, None
            else:
                yield column, cell.removeprefix("'")


_KINDS: Final = {kind.value: kind for kind in KINDS} | {"panel_board": ObjectKind.BOARD}


def _column(text: str) -> str:
    return re.sub(r"[\s-]+", "_", text.strip().lower())


def _delimiter(text: str) -> tuple[str, str]:
    """Return the text without a line ``sep=;``, and what its cells are parted by."""
    first, _, rest = text.partition("\n")
    if first.lower().startswith("sep=") and len(first.rstrip("\r")) == len("sep=;"):
        return rest, first[4]
    heading = next((x for x in text.splitlines() if _is_heading(x)), "")
    return text, max(DELIMITERS, key=heading.count)


def _is_heading(line: str) -> bool:
    return KIND in line.lower() and not line.lstrip().startswith("#")
