"""What the columns of a file of history mean."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final

from ..model.plain_data import Data, PlainReader, decimal_of
from ..model.problems import Problem, problem
from ..quantities import QUANTITIES, Kind

DELIMITERS: Final = (";", ",", "\t")
DECIMAL_SIGNS: Final = (",", ".")
LONGEST: Final = timedelta(days=366)
"""A row may stand for so much time at most."""


class Stamp(StrEnum):
    """Which end of its interval the time of a row names."""

    START = "start"
    END = "end"


class Meaning(StrEnum):
    """What a number of a column is."""

    AMOUNT = "amount"
    """What was counted in the interval."""
    COUNTER = "counter"
    """Where the counter stood at the time of the row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnMapping:
    """A column of numbers: which counter of which device, in what unit.

    A number times ``factor`` is in the unit of the quantity (1000 for kWh).
    """

    column: str
    device_id: int
    quantity: str
    factor: Decimal = Decimal(1)
    meaning: Meaning = Meaning.AMOUNT


@dataclass(frozen=True, slots=True, kw_only=True)
class FileMapping:
    """How a table of history is read.

    Times are ISO 8601, or as ``time_format`` says (as `datetime.strptime`); without
    an offset, there or in ``offset_column``, they are those of the site's wall clock.
    ``length`` of None is the distance that most rows have. ``delimiter`` and
    ``decimal_sign`` of None are found out.
    """

    time_column: str
    columns: tuple[ColumnMapping, ...]
    time_format: str | None = None
    offset_column: str | None = None
    stamp: Stamp = Stamp.START
    length: timedelta | None = None
    delimiter: str | None = None
    decimal_sign: str | None = None


def decode_mapping(
    data: Data, device_ids: Sequence[int]
) -> tuple[FileMapping, list[Problem]]:
    """Read a mapping as actions and forms give it; every problem names its field."""
    reader = _Reader(frozenset(device_ids))
    mapping = FileMapping(
        time_column=reader.required(data, "time_column"),
        columns=tuple(reader.columns(data.get("columns"))),
        time_format=_text(data.get("time_format")),
        offset_column=_text(data.get("offset_column")),
        stamp=reader.choice(Stamp, data.get("stamp"), "stamp", Stamp.START),
        length=reader.length(data.get("length")),
        delimiter=reader.one_of(data.get("delimiter"), "delimiter", DELIMITERS),
        decimal_sign=reader.one_of(data.get("decimal"), "decimal", DECIMAL_SIGNS),
    )
    if mapping.decimal_sign is not None and mapping.decimal_sign == mapping.delimiter:
        reader.wrong("decimal", "import_separators_equal")
    return mapping, reader.problems


def _text(value: object) -> str | None:
    return None if value is None or value == "" else str(value)


class _Reader(PlainReader):
    """Reads what the columns mean."""

    def __init__(self, device_ids: frozenset[int]) -> None:
        super().__init__()
        self._device_ids = device_ids

    def required(self, data: Data, at: str, place: str | None = None) -> str:
        text = _text(data.get(at))
        if text is None:
            self.wrong(place or at, "import_field_missing", field=at)
        return text or ""

    def one_of(self, value: object, at: str, choices: Sequence[str]) -> str | None:
        if value is None or value == "":
            return None
        if value not in choices:
            named = " ".join("tab" if sign == "\t" else sign for sign in choices)
            self.wrong(at, "choice_unknown", value=value, choices=named)
            return None
        return str(value)

    def length(self, value: object) -> timedelta | None:
        if value is None or value == "":
            return None
        return checked_length(value, "length", self.problems)

    def columns(self, data: object) -> list[ColumnMapping]:
        if not isinstance(data, Sequence) or isinstance(data, str) or not data:
            self.wrong("columns", "import_field_missing", field="columns")
            return []
        return [self._column(row, at) for at, row in self.rows(data, "columns")]

    def _column(self, row: Data, at: str) -> ColumnMapping:
        quantity = self.required(row, "quantity", f"{at}.quantity")
        if quantity and not is_importable(quantity):
            self.wrong(f"{at}.quantity", "import_quantity_unknown", quantity=quantity)
        device = row.get("device")
        if device not in self._device_ids:
            self.wrong(f"{at}.device", "import_device_unknown", device=device)
        return ColumnMapping(
            column=self.required(row, "column", f"{at}.column"),
            device_id=device if isinstance(device, int) else 0,
            quantity=quantity,
            factor=self._factor(row.get("factor"), f"{at}.factor"),
            meaning=self.choice(
                Meaning, row.get("meaning"), f"{at}.meaning", Meaning.AMOUNT
            ),
        )

    def _factor(self, value: object, at: str) -> Decimal:
        if value is None or value == "":
            return Decimal(1)
        number = decimal_of(value)
        if number is None or number <= 0:
            self.wrong(at, "import_factor_invalid", value=value)
            return Decimal(1)
        return number


def is_importable(quantity: str) -> bool:
    """Say whether history of a quantity can be imported: counters that are archived."""
    known = QUANTITIES.get(quantity)
    return known is not None and known.kind is Kind.COUNTER and known.is_archived


def checked_length(value: object, at: str, problems: list[Problem]) -> timedelta | None:
    """Return the length of an interval given in whole seconds; problems name limits."""
    number = decimal_of(value)
    seconds = None if number is None or number % 1 else int(number)
    if seconds is None or not 1 <= seconds <= LONGEST.total_seconds():
        problems.append(
            problem(
                at,
                "import_length_invalid",
                value=value,
                maximum=int(LONGEST.total_seconds()),
            )
        )
        return None
    return timedelta(seconds=seconds)
