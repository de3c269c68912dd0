"""What one device recorded, row by row as decimal numbers: the way files want it.

A month of a meter has half a million numbers. As objects they would take three times
as long to read, and as integers half as long again: SQLite writes the texts itself.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache, lru_cache
from itertools import batched
from operator import itemgetter
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Connection, func

from ..metering import Quality
from .dialects import SQLITE, Plain, rows_of_devices
from .grid import from_epoch
from .subjects import STATISTIC_PARTS, SUBJECTS, Subject
from .tables import QUALITY_CODES, TABLE_OF_SUBJECT

_QUALITIES: Final = {code: quality for quality, code in QUALITY_CODES.items()}
_KEY_COLUMNS: Final = ("start", "length", "quality")
_PLACES: Final = 3
"""Decimals of thousandths."""
_MOST_ARGUMENTS: Final = 120
"""Functions of SQLite take 127 arguments."""

BETWEEN: Final = ";"
"""Stands between the numbers of a row."""


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


def read_course(
    connection: Connection,
    start: int,
    end: int,
    device_id: int,
    quantities: Sequence[str],
) -> list[CourseRow]:
    """Rows of a device that start in a span, in order; intervals without any are not."""
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
        rows = rows_of_devices(
            connection,
            TABLE_OF_SUBJECT[subject.table],
            _columns(subject, wanted, is_text=is_text),
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
    asked = [place for key in quantities for place in places.get(key, ())]
    if not asked:
        return []
    # One more, since a getter of one place gives no tuple.
    pick = itemgetter(*asked, 0)
    return [
        CourseRow(
            from_epoch(key[0]),
            _length(key[1]),
            _QUALITIES[key[2]],
            _joined(pick(_numbers(key, found, nothing))[:-1]),
        )
        for key in sorted(set().union(*found))
    ]


_joined: Final = BETWEEN.join


def _numbers(
    key: Plain, found: Sequence[Mapping[Plain, str]], nothing: Sequence[str]
) -> list[str]:
    """The numbers of every subject behind one another."""
    texts = (rows.get(key, absent) for rows, absent in zip(found, nothing, strict=True))
    whole = f"{_joined(texts)}{BETWEEN}".replace(f".0{BETWEEN}", BETWEEN)
    return whole.split(BETWEEN)


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


@lru_cache(maxsize=64)
def _columns(
    subject: Subject, quantities: tuple[str, ...], *, is_text: bool
) -> tuple[ColumnElement[Any], ...]:
    of = TABLE_OF_SUBJECT[subject.table].c
    values: list[ColumnElement[int]] = []
    for key in quantities:
        if subject.is_counted:
            values.append(of[key])
            continue
        average, below, above = (of[f"{key}_{part}"] for part in STATISTIC_PARTS)
        values += (average, average - below, average + above)
    columns: list[ColumnElement[Any]] = [of[name] for name in _KEY_COLUMNS]
    if not is_text:
        return (*columns, *values)
    for some in batched(values, _MOST_ARGUMENTS, strict=False):
        form = BETWEEN.join(["%s"] * len(some))
        columns.append(func.printf(form, *(value / 1000.0 for value in some)))
    return tuple(columns)
