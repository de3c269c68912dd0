"""Days in which a device recorded one interval after the other, read in one go.

Mostly the gauges of a meter have a row in each of their tables every ten minutes.
SQLite, which has no index by device, then need not look for where rows start, and puts
those of all tables together while it reads them.
"""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import timedelta
from functools import lru_cache
from itertools import pairwise
from json import dumps
from operator import itemgetter
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Select, and_, bindparam, func, select

from ..timegrid import SAMPLE_LENGTHS
from .course_columns import BETWEEN, KEY_COLUMNS, numbers_of, without_zeros
from .dialects import Plain, plain_rows, rows_of_devices
from .gauges import day_over_until, over_until
from .grid import day_edges
from .meta import STALE, read_meta
from .subjects import SUBJECT_OF_QUANTITY
from .tables import GAUGES_DAILY, HOUR_S, TABLE_OF_SUBJECT

_KEYS: Final = len(KEY_COLUMNS)
_INTERVALS: Final = frozenset(
    length // timedelta(seconds=1) for length in SAMPLE_LENGTHS
)

type Numbered = tuple[Plain, str]
"""Start, length and quality of a row, and its numbers."""


def steady_rows(
    connection: Connection,
    zone: ZoneInfo,
    start: int,
    end: int,
    device_id: int,
    quantities: tuple[str, ...],
) -> tuple[list[Numbered], list[tuple[int, int]]]:
    """Rows of steady days in a span, in order, and what is left of the span.

    Where rows start is guessed, but that none is left out is known: their lengths add
    up to what the rollup of their day covers. Blocks; for SQLite.
    """
    subjects = dict.fromkeys(SUBJECT_OF_QUANTITY[key] for key in quantities)
    days = _derived_days(connection, zone, start, end)
    if not days or any(subject.is_counted for subject in subjects):
        return [], [(start, end)]
    tables = tuple(subject.table for subject in subjects)
    starts = _guessed(connection, tables[0], days[0][0], days[-1][1], device_id)
    values = {"device_id": device_id, "starts": dumps(starts)}
    rows = plain_rows(connection, _together(tables, quantities), values)
    covered = [_covered(connection, table, days, device_id) for table in tables]
    steady: list[Plain] = []
    left = [(start, days[0][0])]
    for day in days:
        first, last = (bisect_left(rows, edge, key=itemgetter(0)) for edge in day)
        its = rows[first:last]
        if all(
            sum(row[column] or 0 for row in its) == seconds.get(day[0], 0)
            for column, seconds in enumerate(covered, _KEYS)
        ):
            steady += its
        else:
            left.append(day)
    left.append((days[-1][1], end))
    texts = _KEYS + len(tables)
    numbered = [
        (row[:_KEYS], without_zeros(BETWEEN.join(row[texts:]))) for row in steady
    ]
    return numbered, [span for span in left if span[0] < span[1]]


def _derived_days(
    connection: Connection, zone: ZoneInfo, start: int, end: int
) -> list[tuple[int, int]]:
    """Whole days of a span of which there are rollups."""
    until = over_until(connection)
    if until is None or read_meta(connection, STALE) == "1":
        return []
    end = min(end, day_over_until(until, zone))
    if end <= start:
        return []
    return [
        day
        for day in pairwise(day_edges(start, end, zone))
        if start <= day[0] and day[1] <= end
    ]


def _guessed(
    connection: Connection, table: str, start: int, end: int, device_id: int
) -> list[int]:
    """Where rows start if all do as in the first hour, or the last."""
    of = TABLE_OF_SUBJECT[table]
    columns = (of.c.start, of.c.length)
    for hour in (start, end - HOUR_S):
        rows = rows_of_devices(
            connection, of, columns, hour, hour + HOUR_S, [device_id]
        )
        if rows and rows[-1][1] in _INTERVALS:
            begun, length = rows[-1]
            return list(range(start + (begun - start) % length, end, length))
    return []


def _covered(
    connection: Connection,
    table: str,
    days: Sequence[tuple[int, int]],
    device_id: int,
) -> dict[int, int]:
    """By start of the day, the seconds that samples of a device cover in a table."""
    daily = GAUGES_DAILY[table]
    columns = (daily.c.start, daily.c.covered_s)
    starts = [start for start, _ in days]
    rows = rows_of_devices(
        connection, daily, columns, starts[0], days[-1][1], [device_id], starts
    )
    return dict(rows)


@lru_cache(maxsize=64)
def _together(tables: tuple[str, ...], quantities: tuple[str, ...]) -> Select[Any]:
    """Rows of the first table at known starts, and what the others have beside them.

    The columns are those of the key, the length in every table, and the texts.
    """
    first, *others = (TABLE_OF_SUBJECT[table] for table in tables)
    starts = func.json_each(bindparam("starts")).table_valued("value")
    source = starts.join(
        first,
        and_(
            first.c.start == starts.c.value,
            first.c.device_id == bindparam("device_id"),
        ),
    )
    same = ("device_id", *KEY_COLUMNS)
    for other in others:
        source = source.outerjoin(
            other, and_(*(other.c[name] == first.c[name] for name in same))
        )
    return select(
        *(first.c[name] for name in KEY_COLUMNS),
        *(TABLE_OF_SUBJECT[table].c.length for table in tables),
        *numbers_of(quantities, is_text=True),
    ).select_from(source)
