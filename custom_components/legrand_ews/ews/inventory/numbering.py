"""Which object each row of a file means, and the numbers of those that are new."""

from collections.abc import Mapping

from ..model import Installation, ObjectKind
from ..model.codec import counter_of, numbered_together, take_id
from ..model.grouping import FIRST_USER_LOAD_ID
from ..model.problems import problem
from .cells import Cells
from .references import Directory
from .rows import KINDS, Inventory, Row, RowProblem, at_row
from .sites import parts_of


class Numbering:
    """Gives every row the permanent number of its object (S80).

    ``next_ids`` are the counters afterwards, ``problems`` what is wrong with numbers.
    """

    def __init__(
        self,
        inventory: Inventory,
        before: Installation,
        names: Mapping[ObjectKind, Directory],
        next_ids: Mapping[str, int],
    ) -> None:
        """Look up the objects that rows name; new ones have no number yet."""
        self.next_ids = dict(next_ids)
        self.problems: list[RowProblem] = []
        self._before = before
        self._names = names
        self._rows = {
            kind: [row for row in inventory.rows if row.kind is kind] for kind in KINDS
        }
        self._found: dict[ObjectKind, set[int]] = {}
        self._given = {kind: self._numbers_of(kind) for kind in KINDS}

    def identify(self, kind: ObjectKind) -> list[tuple[Row, int]]:
        """Return the rows of a kind with the numbers of their objects.

        A row that means the object of an earlier one is a problem, and left out.
        """
        numbers = self._given[kind]
        given = {
            number
            for other in numbered_together(kind)
            for number in self._given[other]
            if number is not None
        }
        used = {x for other in numbered_together(kind) for x in self._stored(other)}
        found: list[tuple[Row, int]] = []
        first_rows: dict[int, int] = {}
        for row, number in zip(self._rows[kind], numbers, strict=True):
            if number is None:
                new, self.next_ids = take_id(self.next_ids, kind, {*used, *given})
                given.add(new)
                found.append((row, new))
            elif any(number in x for x in self._found_of_others(kind)):
                taken = problem("id", "charging_number_taken", number=number)
                self.problems.append(at_row(row.number, taken))
            elif number in first_rows:
                again = problem("id", "import_repeated", first=first_rows[number])
                self.problems.append(at_row(row.number, again))
            else:
                first_rows[number] = row.number
                found.append((row, number))
        # The other kinds of these numbers find the new ones taken.
        self._given[kind] = [number for _, number in found]
        self._found[kind] = {number for _, number in found}
        highest = max(given, default=0)
        counter = counter_of(kind).value
        if self.next_ids.get(counter, 1) <= highest:
            self.next_ids[counter] = highest + 1
        return found

    def _found_of_others(self, kind: ObjectKind) -> list[set[int]]:
        """Return the numbers that the file gives to kinds that are counted with this."""
        others = (other for other in numbered_together(kind) if other is not kind)
        return [self._found.get(other, set()) for other in others]

    def _stored(self, kind: ObjectKind) -> Mapping[int, object]:
        return parts_of(self._before, kind)

    def _numbers_of(self, kind: ObjectKind) -> list[int | None]:
        return [self._number_of(row) for row in self._rows[kind]]

    def _number_of(self, row: Row) -> int | None:
        """Return the number that a row gives, or that of the object it names."""
        cells = Cells(row, {})
        number = cells.whole("id", None)
        name = cells.text("name", "")
        if not cells.problems and number is None:
            return self._names[row.kind].named(name) if name else None
        first = 1
        if row.kind is ObjectKind.LOAD and number not in self._before.loads:
            first = FIRST_USER_LOAD_ID
        if number is not None and number < first:
            limits = {"minimum": first, "maximum": "…"}
            cells.note_problem(problem("id", "out_of_range", **limits))
        if number is not None and number in self._foreign(row.kind):
            cells.note("id", "charging_number_taken", number=number)
        self.problems += cells.problems
        return number

    def _foreign(self, kind: ObjectKind) -> set[int]:
        """Return the numbers of other kinds that are counted with this one (S80)."""
        others = (other for other in numbered_together(kind) if other is not kind)
        return {number for other in others for number in self._stored(other)}
