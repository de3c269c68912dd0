"""What one device recorded, row by row as decimal numbers: the way files want it.

A month of a meter has half a million numbers. As objects they would take three times
as long to read, and as integers half as long again: SQLite writes the texts itself.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from operator import itemgetter
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from ..metering import Quality
from .course_columns import BETWEEN, KEY_COLUMNS, numbers_of, without_zeros
from .dialects import SQLITE, Plain, rows_of_devices
from .grid import day_edges, from_epoch
from .steady import Numbered, steady_rows
from .subjects import STATISTIC_PARTS, SUBJECT_OF_QUANTITY, SUBJECTS
from .tables import QUALITY_CODES, TABLE_OF_SUBJECT

_QUALITIES: Final = {code: quality for quality, code in QUALITY_CODES.items()}
_PIECE_DAYS: Final = 8
_PLACES: Final = 3
"""Decimals of thousandths."""


class CourseRow(NamedTuple):
    """One interval (UTC): amounts, and average, minimum and maximum of each gauge.

    ``numbers`` are in the units and the order of the quantities that were asked for:
    decimals with a point and only as many digits as they need, `BETWEEN` one and the
    next, and nothing where nothing was measured.
    """

    start: datetime
    length: timedelta
    quality: Quality
    numbers: str

    @property
    def is_measured(self) -> bool:
        """Whether there is any number."""
        return bool(self.numbers.strip(BETWEEN))


def course_edges(start: int, end: int, zone: ZoneInfo) -> list[int]:
    """Cut a time into pieces to be read at once: at midnights some days apart."""
    return [start, *day_edges(start, end, zone)[_PIECE_DAYS:-1:_PIECE_DAYS], end]


def read_course(
    connection: Connection,
    zone: ZoneInfo,
    start: int,
    end: int,
    device_id: int,
    quantities: Sequence[str],
) -> list[CourseRow]:
    """Rows of a device that start in a span, in order; intervals without any are not."""
    asked = tuple(key for key in quantities if key in SUBJECT_OF_QUANTITY)
    if not asked:
        return []
    rows: list[Numbered] = []
    left = [(start, end)]
    if connection.dialect.name == SQLITE:
        rows, left = steady_rows(connection, zone, start, end, device_id, asked)
    for span in left:
        rows += _table_by_table(connection, *span, device_id, asked)
    rows.sort()
    return [
        CourseRow(from_epoch(key[0]), _length(key[1]), _QUALITIES[key[2]], numbers)
        for key, numbers in rows
    ]


def _table_by_table(
    connection: Connection,
    start: int,
    end: int,
    device_id: int,
    quantities: Sequence[str],
) -> Iterator[Numbered]:
    """Every row of each table, put together by start, length and quality."""
    found: list[dict[Plain, str]] = []
    nothing: list[str] = []
    places: dict[str, range] = {}
    width = 0
    for subject in SUBJECTS:
        wanted = tuple(key for key in subject.quantities if key in quantities)
        if not wanted:
            continue
        # A counter may have more digits than a floating-point number.
        is_text = connection.dialect.name == SQLITE and not subject.is_counted
        of = TABLE_OF_SUBJECT[subject.table].c
        rows = rows_of_devices(
            connection,
            TABLE_OF_SUBJECT[subject.table],
            (*(of[name] for name in KEY_COLUMNS), *numbers_of(wanted, is_text=is_text)),
            start,
            end,
            [device_id],
        )
        written = _joined if is_text else _written
        found.append({row[:3]: written(row[3:]) for row in rows})
        apiece = 1 if subject.is_counted else len(STATISTIC_PARTS)
        nothing.append(BETWEEN * (len(wanted) * apiece - 1))
        for key in wanted:
            places[key] = range(width, width + apiece)
            width += apiece
    # One more, since a getter of one place gives no tuple.
    pick = itemgetter(*(place for key in quantities for place in places[key]), 0)
    return (
        (key, _joined(pick(_numbers(key, found, nothing))[:-1]))
        for key in set().union(*found)
    )


_joined: Final = BETWEEN.join


def _numbers(
    key: Plain, found: Sequence[Mapping[Plain, str]], nothing: Sequence[str]
) -> list[str]:
    """The numbers of every subject behind one another."""
    texts = (rows.get(key, absent) for rows, absent in zip(found, nothing, strict=True))
    return without_zeros(_joined(texts)).split(BETWEEN)


def _written(values: Plain) -> str:
    return _joined(map(decimal_text, values))


def decimal_text(milli: int | None) -> str:
    """Thousandths as a decimal number with a point; nothing for None."""
    if milli is None:
        return ""
    whole, rest = divmod(abs(milli), 10**_PLACES)
    decimals = f".{rest:0{_PLACES}}".rstrip("0") if rest else ""
    return f"{'-' if milli < 0 else ''}{whole}{decimals}"


@cache
def _length(seconds: int) -> timedelta:
    return timedelta(seconds=seconds)
