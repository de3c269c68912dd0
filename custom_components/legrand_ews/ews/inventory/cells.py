"""Takes values out of the cells of a row, and notes what cannot be read."""

from collections.abc import Container, Iterable, Mapping
from decimal import Decimal
import re
from types import MappingProxyType
from typing import Final

from ..model.problems import Problem, problem
from ..model.rules import check_parameter, normal_parameter
from .references import Directory
from .rows import Cell, Row, RowProblem, Value, at_row, joined, pairs_in, parted

YES: Final = frozenset({"yes", "true", "1", "on", "x", "oui", "vrai"})
NO: Final = frozenset({"no", "false", "0", "off", "non", "faux"})

_WHOLE: Final = re.compile(r"(\d{1,12})([.,]0+)?", re.ASCII)


class Cells:
    """The cells of one row that say something new about its object.

    ``described`` is what a file would say of the object as it is stored now: a cell
    that says the same changes nothing and need not be right.
    """

    def __init__(self, row: Row, described: Mapping[str, Value]) -> None:
        """Read ``row``; nothing is wrong with it yet."""
        self._row = row
        self._described = described
        self._said = {
            at: cell
            for at, cell in row.cells.items()
            if at not in described or not _is_same(cell, described[at])
        }
        self.problems: list[RowProblem] = []
        self.failed: set[str] = set()
        """Fields whose value could not be read."""

    def says(self, at: str) -> bool:
        """Whether a field is to change."""
        return at in self._said

    def is_emptied(self, at: str) -> bool:
        """Whether the row says that nothing shall stand in a field."""
        return at in self._said and self._said[at] is None

    def note(self, at: str, key: str, **placeholders: object) -> None:
        """Note what is wrong at a field."""
        self.note_problem(problem(at, key, **placeholders))

    def note_problem(self, found: Problem) -> None:
        """Note a broken rule at the field that it names."""
        self.problems.append(at_row(self._row.number, found))
        self.failed.add(found.field)

    def refuse(self, fields: Iterable[str]) -> None:
        """Note that an object of this kind or model has no such fields."""
        for at in fields:
            if at in self._said and self._said[at] is not None:
                self.note(at, "import_field_unsuited", column=at)

    def text(self, at: str, stored: str) -> str:
        """Return a text without outer blanks; nothing where it is emptied."""
        if at not in self._said:
            return stored
        cell = self._said[at]
        return _text(cell).strip() if cell is not None else ""

    def needed(self, at: str, stored: str | None) -> str | None:
        """Return a text that must be there; None, with a problem, where it is not."""
        text = self.text(at, stored or "")
        if not text:
            self.note(at, "import_value_missing")
            return None
        return text

    def whole(self, at: str, stored: int | None) -> int | None:
        """Return a whole number, None where there is none."""
        text = self.text(at, "")
        if not text:
            return stored if at not in self._said else None
        if (match := _WHOLE.fullmatch(text)) is None:
            self.note(at, "number_invalid", value=text)
            return stored
        return int(match[1])

    def number(self, at: str, stored: int) -> int:
        """Return a whole number that cannot be emptied."""
        value = self.whole(at, stored)
        if value is None:
            self.note(at, "import_value_missing")
            return stored
        return value

    def numbers(self, at: str, stored: tuple[int, ...]) -> tuple[int, ...]:
        """Return several whole numbers, which cannot all be emptied."""
        if at not in self._said:
            return stored
        cell = self._said[at]
        items = () if cell is None else parted(cell)
        matches = [_WHOLE.fullmatch(item) for item in items]
        if not items:
            self.note(at, "import_value_missing")
        elif None in matches:
            self.note(at, "number_invalid", value=joined(items))
        else:
            return tuple(int(match[1]) for match in matches if match is not None)
        return stored

    def decimal(self, at: str, stored: Decimal) -> Decimal:
        """Return a decimal, written with a point or a comma."""
        if at not in self._said:
            return stored
        text = self.text(at, "")
        if found := check_parameter(at, "decimal", text):
            self.note_problem(found[0])
            return stored
        return Decimal(normal_parameter("decimal", text))

    def flag(self, at: str, *, stored: bool) -> bool:
        """Return whether something holds: yes or no, in words or figures."""
        text = self.text(at, "").lower()
        if at not in self._said or text in YES | NO:
            return text in YES if at in self._said else stored
        self.note(at, "import_flag_invalid", value=text or "–")
        return stored

    def choice(self, at: str, options: Container[str], stored: str) -> str:
        """Return one of several words, whatever their case."""
        text = self.text(at, stored).lower()
        if at not in self._said or text in options:
            return text
        self.note(at, "choice_unknown", value=text or "–")
        return stored

    def reference(
        self, at: str, places: Iterable[Directory], stored: int | None
    ) -> int | None:
        """Return the number of the object that a field names; the first place wins."""
        if at not in self._row.cells:
            return stored
        cell = self._row.cells[at]
        if cell is None:
            return None
        return self._named(at, _text(cell), places, stored)

    def references(
        self, at: str, places: Iterable[Directory], stored: tuple[int, ...]
    ) -> tuple[int, ...]:
        """Return the numbers of all objects that a field names, each once."""
        if at not in self._row.cells:
            return stored
        cell = self._row.cells[at]
        if cell is None:
            return ()
        places = tuple(places)
        numbers = [
            number
            for label in parted(cell)
            if (number := self._named(at, label, places, None)) is not None
        ]
        # What is gone from the site stays as it is where nobody speaks of it.
        return stored if at in self.failed else tuple(dict.fromkeys(numbers))

    def pairs(self, at: str, stored: Mapping[str, str]) -> Mapping[str, str]:
        """Return texts by key, from ``input_1=Pump``; all of them, or none."""
        if at not in self._said:
            return stored
        cell = self._said[at]
        pairs = {} if cell is None else pairs_in(at, cell)
        return MappingProxyType({key: text for key, text in pairs.items() if text})

    def _named(
        self, at: str, text: str, places: Iterable[Directory], stored: int | None
    ) -> int | None:
        for place in places:
            if (number := place.find(text)) is not None:
                return number
        if at in self._said:
            self.note(at, "import_reference_unknown", value=text.strip())
        else:
            self.failed.add(at)
        return stored


def _text(cell: Cell) -> str:
    return joined(cell) if isinstance(cell, tuple) else cell or ""


def _is_same(cell: Cell, value: Value) -> bool:
    if cell is None or value is None:
        return cell is None and value is None
    match value:
        case tuple():
            return parted(cell) == parted(value)
        case bool():
            return _text(cell).strip().lower() in (YES if value else NO)
        case Decimal():
            return _text(cell).strip().replace(",", ".") == f"{value:f}"
        case _:
            return _text(cell).strip() == str(value)
