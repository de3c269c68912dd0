"""Takes values out of a part of a file that is no list of objects."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from enum import StrEnum
import re
from typing import Final

from ..model.plain_data import decimal_of
from ..model.problems import problem
from .cells import NO, YES
from .rows import RowProblem, Said, at_row

_WHOLE: Final = re.compile(r"\d{1,9}", re.ASCII)


class SaidReader:
    """Reads values by name, and notes at their lines what cannot be read.

    A value that is not there stays as it was.
    """

    def __init__(self, name: str) -> None:
        """Read the part of a name; nothing is wrong with it yet."""
        self.problems: list[RowProblem] = []
        self._name = name

    def note(self, said: Said, at: str, key: str, value: object = None) -> None:
        """Note what is wrong with a value."""
        field = f"{self._name}.{at}" if at else self._name
        text = "–" if value is None else str(value)
        found = problem(field, key, value=text, column=at, number=text)
        self.problems.append(at_row(said.line, found))

    def part(self, said: Said, at: str, known: frozenset[str]) -> Mapping[str, Said]:
        """Return the values of a part by their names; others are noted."""
        if not isinstance(said.value, Mapping):
            self._note_form(said, at)
            return {}
        for name, value in said.value.items():
            if name not in known:
                self.note(value, name, "import_column_unknown")
        return said.value

    def rows(self, part: Mapping[str, Said], at: str) -> tuple[Said, ...]:
        """Return the parts of a list."""
        said = part.get(at)
        if said is None or said.value is None:
            return ()
        if not isinstance(said.value, tuple):
            self._note_form(said, at)
            return ()
        return said.value

    def parts(
        self, part: Mapping[str, Said], at: str, known: frozenset[str]
    ) -> Iterator[tuple[Said, Mapping[str, Said]]]:
        """Yield the parts of a list with their values; what is none is noted."""
        for said in self.rows(part, at):
            values = self.part(said, at, known)
            if isinstance(said.value, Mapping):
                yield said, values

    def text(self, part: Mapping[str, Said], at: str, stored: str | None) -> str | None:
        """Return a text, None where nothing shall stand there."""
        said = part.get(at)
        if said is None:
            return stored
        if said.value is not None and not isinstance(said.value, str):
            self._note_form(said, at)
            return stored
        return said.value or None

    def texts(self, part: Mapping[str, Said], at: str) -> tuple[str, ...]:
        """Return a list of texts."""
        return tuple(
            text
            for said in self.rows(part, at)
            if (text := self.text({at: said}, at, None)) is not None
        )

    def whole(self, part: Mapping[str, Said], at: str, stored: int) -> int:
        """Return a whole number."""
        said = part.get(at)
        if said is None:
            return stored
        text = self.text(part, at, "") or ""
        if _WHOLE.fullmatch(text) is None:
            self.note(said, at, "number_invalid", text or None)
            return stored
        return int(text)

    def wholes(
        self, part: Mapping[str, Said], at: str, stored: tuple[int, ...]
    ) -> tuple[int, ...]:
        """Return a list of whole numbers."""
        if at not in part:
            return stored
        return tuple(self.whole({at: said}, at, 0) for said in self.rows(part, at))

    def decimal(
        self, part: Mapping[str, Said], at: str, stored: Decimal | None
    ) -> Decimal | None:
        """Return a decimal, None where nothing shall stand there."""
        said = part.get(at)
        if said is None:
            return stored
        text = self.text(part, at, None)
        value = None if text is None else decimal_of(text.replace(",", "."))
        if text is not None and value is None:
            self.note(said, at, "decimal_invalid", text)
            return stored
        return value

    def flag(self, part: Mapping[str, Said], at: str, stored: bool) -> bool:
        """Return whether something holds."""
        said = part.get(at)
        if said is None:
            return stored
        text = (self.text(part, at, "") or "").lower()
        if text not in YES | NO:
            self.note(said, at, "import_flag_invalid", text or None)
            return stored
        return text in YES

    def choice[E: StrEnum](
        self, part: Mapping[str, Said], at: str, kind: type[E], stored: E
    ) -> E:
        """Return one of the options of ``kind``."""
        said = part.get(at)
        if said is None:
            return stored
        text = self.text(part, at, "") or ""
        if text not in set(kind):
            self.note(said, at, "choice_unknown", text or None)
            return stored
        return kind(text)

    def _note_form(self, said: Said, at: str) -> None:
        field = f"{self._name}.{at}" if at else self._name
        found = problem(field, "import_unreadable", line=said.line)
        self.problems.append(at_row(said.line, found))
