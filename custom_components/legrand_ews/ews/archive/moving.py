"""Moves an archive from one database to another, and goes on after an interruption.

Day by day, both sides are counted and summed up; days that differ are copied anew.
So a move that was cut off goes on where it was, and what has been written meanwhile
comes along. Until it is complete, the target cannot be opened as an archive.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from itertools import batched
from typing import Any, Final

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Integer,
    Select,
    Table,
    delete,
    func,
    insert,
    select,
)

from ..errors import ArchiveError
from .dialects import whole, within
from .engine import Database
from .meta import MOVING, SHAPE, read_meta, write_meta
from .schema import prepare
from .tables import META, METADATA, QUANTITY_NUMBERS

_WINDOW_S: Final = 86_400
_BATCH: Final = 2_000
_TIMES: Final = ("start", "since", "at")


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveProgress:
    """How many rows of how many are known to be the same on both sides."""

    moved: int
    rows: int


type Report = Callable[[MoveProgress], None]
type Reading = Callable[[], AbstractContextManager[Connection]]


def reading(connection: Connection) -> Reading:
    """Read all there is from one transaction."""
    return lambda: nullcontext(connection)


def begin(target: Database) -> None:
    """Make the target ready; raises ArchiveError ``archive_not_empty``."""
    with target.transaction("archive_unreachable") as connection:
        prepare(connection)
        if read_meta(connection, MOVING) is not None:
            return
        # The numbers of quantities are there from the beginning.
        for table in _tables():
            if table is not QUANTITY_NUMBERS and _count(connection, table):
                raise ArchiveError("archive_not_empty")
        write_meta(connection, MOVING, "1")


def copy_differences(source: Reading, target: Database, report: Report) -> None:
    """Make every table of the target what it is in the source."""
    with source() as connection:
        rows = {table: _count(connection, table) for table in _tables()}
    total = sum(rows.values())
    moved = 0
    for table in rows:
        time = next((table.c[name] for name in _TIMES if name in table.c), None)
        start: int | None = None
        while True:
            with (
                source() as origin,
                target.transaction("archive_write_failed") as copy,
            ):
                if time is None:
                    moved += _copy_where(origin, copy, table, ())
                    break
                start = _next(origin, copy, time, start)
                if start is None:
                    break
                window = within(time, start, start + _WINDOW_S)
                moved += _copy_where(origin, copy, table, window)
            start += _WINDOW_S
            report(MoveProgress(moved=min(moved, total), rows=total))
    report(MoveProgress(moved=total, rows=total))


def end(source: Reading, target: Database) -> None:
    """Take over what the archive says of itself: from now on the target is one."""
    with source() as origin, target.transaction("archive_write_failed") as copy:
        shape = read_meta(copy, SHAPE)
        copy.execute(delete(META))
        for row in origin.execute(select(META)):
            write_meta(copy, row.key, row.value)
        if shape is not None:
            write_meta(copy, SHAPE, shape)


def _tables() -> list[Table]:
    return [table for table in METADATA.sorted_tables if table is not META]


def _count(connection: Connection, table: Table) -> int:
    return connection.scalar(select(func.count()).select_from(table)) or 0


def _next(
    origin: Connection, copy: Connection, time: Column[Any], start: int | None
) -> int | None:
    """Where rows begin on either side, at ``start`` or after."""
    query = select(func.min(time))
    if start is not None:
        query = query.where(time >= start)
    found = [first for c in (origin, copy) if (first := c.scalar(query)) is not None]
    return min(found, default=None)


def _copy_where(
    origin: Connection,
    copy: Connection,
    table: Table,
    window: Sequence[ColumnElement[bool]],
) -> int:
    signature = _signature(table).where(*window)
    due, there = (connection.execute(signature).one() for connection in (origin, copy))
    if tuple(due) != tuple(there) or not window:
        copy.execute(delete(table).where(*window))
        rows = origin.execute(select(table).where(*window)).mappings()
        for batch in batched(rows, _BATCH, strict=False):
            copy.execute(insert(table), [dict(row) for row in batch])
    return int(due[0])


def _signature(table: Table) -> Select[Any]:
    """The number of rows, and the sum and number of values in every column."""
    numbers = [column for column in table.c if isinstance(column.type, Integer)]
    return select(
        func.count(),
        *(whole(func.sum(column)) for column in numbers),
        *(func.count(column) for column in table.c),
    ).select_from(table)
