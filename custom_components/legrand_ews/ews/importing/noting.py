"""Problems of a file, kept up to a number that a user can still read."""

from typing import Final

from ..inventory import RowProblem
from ..model.problems import problem

MOST: Final = 100


class Noted:
    """Collects problems by row; beyond the first hundred they are only counted."""

    def __init__(self) -> None:
        """Start with none."""
        self.problems: list[RowProblem] = []
        self.count = 0

    def add(self, row: int | None, field: str, key: str, **texts: object) -> None:
        """Note what is wrong in a row of the file, or in the whole (None)."""
        self.count += 1
        if len(self.problems) < MOST:
            found = problem(field, key, **texts)
            self.problems.append(
                RowProblem(
                    row=row,
                    field=found.field,
                    key=found.key,
                    placeholders=found.placeholders,
                )
            )
