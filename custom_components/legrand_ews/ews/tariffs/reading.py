"""Reads plain data field by field and collects what is wrong with it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from ..model.problems import Problem, problem
from .price import Price

type Data = Mapping[str, object]


class Reader:
    """A reader of one plan. What cannot be read is named and left out."""

    def __init__(self) -> None:
        """Begin without problems."""
        self.problems: list[Problem] = []

    def choice[E: StrEnum](
        self, kind: type[E], value: object, at: str, default: E
    ) -> E:
        """Read one of the options of ``kind``."""
        if value is None:
            return default
        try:
            return kind(str(value))
        except ValueError:
            choices = ", ".join(kind)
            self.wrong(at, "choice_unknown", value=value, choices=choices)
            return default

    def prices(self, data: object, at: str, field: str = "price") -> Iterator[Price]:
        """Read dated amounts; ``field`` is where each of them has its amount."""
        for where, row in self.rows(data, at):
            amount = self.decimal(row.get(field), f"{where}.{field}")
            if amount is not None:
                day = self.date(row.get("from"), f"{where}.from")
                yield Price(valid_from=day, amount=amount)

    def decimal(self, value: object, at: str) -> Decimal | None:
        """Read a number, which is exact where it comes as text."""
        try:
            amount = Decimal(str(value))
        except InvalidOperation:
            amount = Decimal("NaN")
        if amount.is_finite():
            return amount
        self.wrong(at, "price_invalid", value=value)
        return None

    def date(self, value: object, at: str) -> date | None:
        """Read a civil day."""
        if value is None or value == "":
            return None
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.wrong(at, "date_invalid", value=value)
            return None

    def minute(self, value: object, at: str, default: int) -> int:
        """Read a time of day as minutes since midnight."""
        if value is None or value == "":
            return default
        try:
            moment = (
                value if isinstance(value, time) else time.fromisoformat(str(value))
            )
        except ValueError:
            self.wrong(at, "time_invalid", value=value)
            return default
        return moment.hour * 60 + moment.minute

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

    def wrong(self, at: str, key: str, **placeholders: object) -> None:
        """Note a problem."""
        self.problems.append(problem(at, key, **placeholders))


def day_text(day: date | None) -> str | None:
    """Return a civil day as plain data carry it."""
    return None if day is None else day.isoformat()
