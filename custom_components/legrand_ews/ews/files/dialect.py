"""How numbers, cells and lines of the CSV files are written (S192-S194, S247)."""

from collections.abc import Iterable
import csv
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
import io
import re
from typing import Final
from zoneinfo import ZoneInfo

from ..archive import BETWEEN
from ..errors import ConfigurationError
from ..inventory import Dialect

LINE_END: Final = "\r\n"
BYTE_ORDER_MARK: Final = "\ufeff".encode()
_REMEMBERED: Final = 20_000
_FORMULA: Final = re.compile(r"[=+\-@\t\r']")


class DecimalSign(StrEnum):
    """What stands before the decimals."""

    COMMA = "comma"
    POINT = "point"


class Separator(StrEnum):
    """What stands between the cells of a line."""

    SEMICOLON = "semicolon"
    COMMA = "comma"


_SIGNS: Final = {DecimalSign.COMMA: ",", DecimalSign.POINT: "."}
_DELIMITERS: Final = {Separator.SEMICOLON: ";", Separator.COMMA: ","}


@dataclass(frozen=True, slots=True, kw_only=True)
class FileDialect:
    """The user's choice: decimal sign, field separator, and a byte order mark or none.

    Raises ConfigurationError ``separators_alike`` at ``field_separator`` where both
    would be a comma (Q18).
    """

    decimal_sign: DecimalSign = DecimalSign.COMMA
    separator: Separator = Separator.SEMICOLON
    has_mark: bool = True

    def __post_init__(self) -> None:
        """Refuse what nobody could read."""
        if self.decimal == self.delimiter:
            raise ConfigurationError("separators_alike", field="field_separator")

    @property
    def decimal(self) -> str:
        """The character before the decimals."""
        return _SIGNS[self.decimal_sign]

    @property
    def delimiter(self) -> str:
        """The character between cells."""
        return _DELIMITERS[self.separator]

    @property
    def mark(self) -> bytes:
        """What a file begins with: spreadsheets tell UTF-8 by it."""
        return BYTE_ORDER_MARK if self.has_mark else b""

    @property
    def of_tables(self) -> Dialect:
        """The same for the table of the installation."""
        return Dialect(delimiter=self.delimiter, decimal_sign=self.decimal)

    def numbers(self, places: int = 3) -> Numbers:
        """How amounts are written whose last ``places`` digits are decimals."""
        return Numbers(self.decimal, places)

    def numbers_of(self, course: str) -> str:
        """The numbers of a `CourseRow` as cells."""
        if self.delimiter != BETWEEN:
            course = course.replace(BETWEEN, self.delimiter)
        return course.replace(".", self.decimal)

    def heading(self, texts: Iterable[str]) -> bytes:
        """The first line; texts that a spreadsheet would compute are made harmless."""
        return self.mark + self.row(map(harmless, texts))

    def row(self, cells: Iterable[str]) -> bytes:
        """A line of cells that may hold whatever users write."""
        line = io.StringIO(newline="")
        writer = csv.writer(line, delimiter=self.delimiter, lineterminator=LINE_END)
        writer.writerow(cells)
        return line.getvalue().encode()

    def line(self, cells: Iterable[str]) -> str:
        """A line of cells that hold neither separators nor quotes: times and numbers."""
        return self.delimiter.join(cells) + LINE_END


def harmless(text: str) -> str:
    """A text that a spreadsheet does not compute."""
    return f"'{text}" if _FORMULA.match(text) else text


class Numbers(dict[int | None, str]):
    """Amounts as texts: each with only the decimals it has, nothing for None.

    Meters show the same values again and again, so some thousands are remembered.
    """

    def __init__(self, decimal: str, places: int) -> None:
        """Write ``decimal`` before the last ``places`` digits."""
        super().__init__({None: ""})
        self._decimal = decimal
        self._places = places

    def __missing__(self, amount: int) -> str:
        """Write an amount that is not remembered."""
        text = self._written(amount)
        if len(self) < _REMEMBERED:
            self[amount] = text
        return text

    def _written(self, amount: int) -> str:
        digits, sign = str(amount), ""
        if amount < 0:
            digits, sign = digits[1:], "-"
        digits = digits.rjust(self._places + 1, "0")
        whole, decimals = digits[: -self._places], digits[-self._places :].rstrip("0")
        if not decimals:
            return sign + whole
        return sign + whole + self._decimal + decimals


def local_time(instant: datetime, zone: ZoneInfo) -> tuple[str, str]:
    """Civil time and its offset from UTC: ``2026-03-29 03:00:00`` and ``+02:00``."""
    text = instant.astimezone(zone).isoformat(" ", "seconds")
    return text[:19], text[19:]
