"""Plain data, as actions, forms and stored options carry them, read field by field."""

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Final

from .problems import Problem, problem

_DIGITS: Final = 18

type Data = Mapping[str, object]


class PlainReader:
    """Collects what is wrong; what cannot be read is named and left out."""

    def __init__(self) -> None:
        """Begin without problems."""
        self.problems: list[Problem] = []

    def wrong(self, at: str, key: str, **placeholders: object) -> None:
        """Note a problem."""
        self.problems.append(problem(at, key, **placeholders))

    def choice[E: StrEnum](
        self, kind: type[E], value: object, at: str, default: E
    ) -> E:
        """Read one of the options of ``kind``."""
        if value is None:
            return default
        try:
            return kind(str(value))
        except ValueError:
            self.wrong(at, "choice_unknown", value=value, choices=", ".join(kind))
            return default

    def rows(self, data: object, at: str) -> list[tuple[str, Data]]:
        """Read a list of objects, each with its place."""
        if not isinstance(data, Sequence) or isinstance(data, str):
            self.wrong(at, "list_expected")
            return []
        rows = []
        for index, row in enumerate(data):
            if isinstance(row, Mapping):
                rows.append((f"{at}[{index}]", row))
            else:
                self.wrong(f"{at}[{index}]", "list_expected")
        return rows


def decimal_of(value: object) -> Decimal | None:
    """Return a number, which is exact where it comes as text; or None.

    Numbers with more than eighteen digits before the decimal sign are none, so that
    what is computed with them is exact, too.
    """
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() and number.adjusted() < _DIGITS else None
