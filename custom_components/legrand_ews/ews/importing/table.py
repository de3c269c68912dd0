"""A table of history, read row by row."""

from collections import Counter
from collections.abc import Iterator, Sequence
import csv
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from itertools import islice, pairwise
import re
from typing import Final, TextIO
from zoneinfo import ZoneInfo

from ..archive import ImportRow
from ..model.plain_data import decimal_of
from .instants import instant, neighbour, written_time
from .mapping import (
    DELIMITERS,
    ColumnMapping,
    FileMapping,
    Meaning,
    Stamp,
)
from .noting import Noted

_LOOKED_AT: Final = 500
"""Rows by which delimiter, decimal sign and interval are found out."""
_SPACES: Final = re.compile(r"[\s\u00a0\u202f'’]")
_OFFSET: Final = re.compile(r"(?:UTC)?([+-])(\d{1,2}):?(\d{2})?|Z")


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of the file with its instant (UTC)."""

    number: int
    at: datetime
    cells: Sequence[str]


class HistoryTable:
    """A file of history under a mapping.

    ``open_text`` opens the text anew for each pass. Problems of rows are noted in
    ``noted`` while `rows` goes along.
    """

    def __init__(
        self, text: TextIO, mapping: FileMapping, zone: ZoneInfo, noted: Noted
    ) -> None:
        """Take a text that can be wound back, and the site's time zone."""
        self._text = text
        self._mapping = mapping
        self._zone = zone
        self._noted = noted
        self._delimiter = mapping.delimiter or _delimiter_of(text)
        self._decimal_sign = mapping.decimal_sign

    def header(self) -> list[str]:
        """The names of the columns, from the first row that is not empty."""
        return next((cells for _, cells in self._all()), [])

    def rows(self) -> Iterator[ImportRow]:
        """Go through the file; what cannot be read is noted and left out."""
        places = self._places()
        if places is None:
            return
        time_place, offset_place, columns = places
        usual = self._mapping.length or self._usual_distance(time_place, offset_place)
        if usual is None:
            self._noted.add(None, "length", "import_length_unclear")
            return
        readings: dict[int, tuple[datetime, Decimal]] = {}
        for line in self._lines(time_place, offset_place, self._noted):
            for place, column in columns:
                value = self._value(line, place, column)
                if value is None:
                    continue
                if column.meaning is Meaning.COUNTER:
                    before = readings.get(place)
                    readings[place] = (line.at, value)
                    if before is not None:
                        yield from self._counted(line, column, before, value)
                    continue
                start, length = self._interval(line.at, usual)
                yield _row(line, column, start, length, value)

    def _interval(self, at: datetime, usual: timedelta) -> tuple[datetime, timedelta]:
        """Return start and length of the interval that a row's time stands for."""
        is_end = self._mapping.stamp is Stamp.END
        if self._mapping.length is not None:
            return (at - usual if is_end else at), usual
        other = neighbour(at, usual, self._zone, before=is_end)
        return min(at, other), abs(other - at)

    def _places(
        self,
    ) -> tuple[int, int | None, list[tuple[int, ColumnMapping]]] | None:
        header = self.header()
        known = {name: place for place, name in reversed(list(enumerate(header)))}
        wanted = [self._mapping.time_column, *(c.column for c in self._mapping.columns)]
        if self._mapping.offset_column is not None:
            wanted.append(self._mapping.offset_column)
        missing = [name for name in dict.fromkeys(wanted) if name not in known]
        for name in missing:
            self._noted.add(
                1,
                name,
                "import_column_missing",
                column=name,
                columns=", ".join(header[:30]) or "–",
            )
        if missing:
            return None
        offset = self._mapping.offset_column
        return (
            known[self._mapping.time_column],
            None if offset is None else known[offset],
            [(known[column.column], column) for column in self._mapping.columns],
        )

    def _all(self) -> Iterator[tuple[int, list[str]]]:
        self._text.seek(0)
        reader = csv.reader(self._text, delimiter=self._delimiter)
        try:
            for cells in reader:
                stripped = [cell.strip().removeprefix("\ufeff") for cell in cells]
                if any(stripped) and not stripped[0].lower().startswith("sep="):
                    yield reader.line_num, stripped
        except csv.Error:
            self._noted.add(reader.line_num, "file", "import_row_unreadable")

    def _lines(
        self, time_place: int, offset_place: int | None, noted: Noted
    ) -> Iterator[_Line]:
        before: datetime | None = None
        for number, cells in islice(self._all(), 1, None):
            time, said = (_cell(cells, place) for place in (time_place, offset_place))
            at = self._instant(time, said, before)
            if at is None:
                column = self._mapping.time_column
                value = f"{time} {said or ''}".strip()
                noted.add(number, column, "import_time_invalid", value=value)
            else:
                before = at
                yield _Line(number, at, cells)

    def _instant(
        self, text: str | None, said: str | None, before: datetime | None
    ) -> datetime | None:
        time = written_time(text or "", self._mapping.time_format)
        if time is None:
            return None
        if said is not None:
            offset = _offset_of(said)
            if offset is None:
                return None
            time = time.replace(tzinfo=offset)
        if time.tzinfo is not None:
            return instant(time)
        first = instant(time.replace(tzinfo=self._zone))
        # Where the clock was put back, rows in order tell the two hours apart.
        if first is not None and before is not None and first <= before:
            return instant(time.replace(tzinfo=self._zone, fold=1))
        return first

    def _value(self, line: _Line, place: int, column: ColumnMapping) -> Decimal | None:
        text = _cell(line.cells, place)
        if not text:
            return None  # a gap
        number = decimal_of(self._plain(text))
        if number is None:
            self._noted.add(
                line.number, column.column, "import_number_invalid", value=text
            )
            return None
        return number * column.factor

    def _plain(self, text: str) -> str:
        bare = _SPACES.sub("", text)
        sign = self._decimal_sign or ("," if "," in bare and "." not in bare else ".")
        other = "." if sign == "," else ","
        # Thousands are not parted: what looks like it may be a decimal sign, too.
        return "" if other in bare else bare.replace(sign, ".")

    def _counted(
        self,
        line: _Line,
        column: ColumnMapping,
        before: tuple[datetime, Decimal],
        value: Decimal,
    ) -> Iterator[ImportRow]:
        at, reading = before
        if line.at <= at:
            self._noted.add(
                line.number, self._mapping.time_column, "import_time_backwards"
            )
        elif value < reading:
            self._noted.add(
                line.number,
                column.column,
                "import_counter_backwards",
                before=reading,
                after=value,
            )
        else:
            yield _row(line, column, at, line.at - at, value - reading)

    def _usual_distance(
        self, time_place: int, offset_place: int | None
    ) -> timedelta | None:
        lines = islice(self._lines(time_place, offset_place, Noted()), _LOOKED_AT)
        distances = Counter(
            later.at - earlier.at
            for earlier, later in pairwise(lines)
            if later.at > earlier.at
        )
        return distances.most_common(1)[0][0] if distances else None


def _cell(cells: Sequence[str], place: int | None) -> str | None:
    """Return what stands in a place; None for no such place."""
    if place is None:
        return None
    return cells[place] if place < len(cells) else ""


def _row(
    line: _Line,
    column: ColumnMapping,
    start: datetime,
    length: timedelta,
    value: Decimal,
) -> ImportRow:
    return ImportRow(
        number=line.number,
        device_id=column.device_id,
        quantity=column.quantity,
        start=start,
        length=length,
        amount_milli=int((value * 1000).to_integral_value()),
    )


def _delimiter_of(text: TextIO) -> str:
    text.seek(0)
    lines = [line for line in islice(text, 5) if line.strip()]
    named = next(
        (x[4] for x in lines if x.lower().lstrip("\ufeff").startswith("sep=")), None
    )
    if named in DELIMITERS:
        return named
    heading = lines[0] if lines else ""
    return max(DELIMITERS, key=heading.count)


def _offset_of(text: str) -> timezone | None:
    match = _OFFSET.fullmatch(text.strip())
    if match is None:
        return None
    if match.group(1) is None:
        return UTC
    distance = timedelta(hours=int(match.group(2)), minutes=int(match.group(3) or 0))
    if distance >= timedelta(days=1):
        return None
    return timezone(distance if match.group(1) == "+" else -distance)
