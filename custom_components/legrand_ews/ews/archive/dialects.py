"""Pieces of SQL, and what SQLite, PostgreSQL and MariaDB do each in a way of its own."""

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum, auto
from functools import lru_cache
from json import dumps
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Select,
    Table,
    bindparam,
    case,
    cast,
    func,
    null,
    select,
)
from sqlalchemy.dialects import mysql, postgresql, sqlite
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from .grid import Stretch
from .tables import HOUR_S

SQLITE: Final = "sqlite"
POSTGRESQL: Final = "postgresql"
MARIADB: Final = ("mariadb", "mysql")
_STEPPED_DEVICES: Final = 32
"""Up to that many devices are looked up interval by interval."""

type Values = Mapping[str, object]
type Plain = tuple[Any, ...]
"""A row as the driver gives it: integers, and None."""


def replace(connection: Connection, table: Table, rows: Sequence[Values]) -> None:
    """Insert rows; those with the same primary key are replaced.

    All ``rows`` name the same columns; the others of a replaced row become NULL.
    """
    if not rows:
        return
    name = connection.dialect.name
    if name == SQLITE:
        connection.execute(sqlite.insert(table).prefix_with("OR REPLACE"), rows)
        return
    keys = [column.name for column in table.primary_key.columns]
    rest = [column.name for column in table.c if column.name not in keys]
    if name == POSTGRESQL:
        insert = postgresql.insert(table)
        new = {n: insert.excluded[n] if n in rows[0] else null() for n in rest}
        conflict = (
            insert.on_conflict_do_update(index_elements=keys, set_=new)
            if rest
            else insert.on_conflict_do_nothing()
        )
        connection.execute(conflict, rows)
        return
    add = mysql.insert(table)
    # Where there is nothing beside the key, it takes its own value.
    new = {n: add.inserted[n] if n in rows[0] else null() for n in rest or keys[:1]}
    connection.execute(add.on_duplicate_key_update(new), rows)


def within(
    column: ColumnElement[int], start: int, end: int
) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """From ``start`` up to but without ``end``."""
    return column >= start, column < end


def offset_in_hour(start: ColumnElement[int], stretch: Stretch) -> ColumnElement[int]:
    """Seconds since the civil hour began."""
    return (start - stretch.phase) % HOUR_S


def hour_of(start: ColumnElement[int], stretch: Stretch) -> ColumnElement[int]:
    """The civil hour that holds an instant of a stretch."""
    hour = start - offset_in_hour(start, stretch)
    # The hour in which the clock changes is cut short.
    return case((hour < stretch.start, stretch.start), else_=hour)


class Quotient(FunctionElement[int]):
    """The quotient of two integers, cut towards zero."""

    name = "quotient"
    type = BigInteger()
    inherit_cache = True


@compiles(Quotient)
def _divided(element: Quotient, compiler: SQLCompiler, **options: Any) -> str:
    dividend, divisor = (compiler.process(c, **options) for c in element.clauses)
    is_mysql = compiler.dialect.name in MARIADB
    return f"(({dividend}) {'DIV' if is_mysql else '/'} ({divisor}))"


def whole(value: ColumnElement[int]) -> ColumnElement[int]:
    """A sum as an integer; servers widen sums to decimals."""
    return cast(value, BigInteger)


def plain_rows(
    connection: Connection, query: Select[Any], values: Values | None = None
) -> list[Plain]:
    """Rows as the driver gives them: for charts, wrapping them takes most of the time."""
    with connection.execute(query, values) as result:
        return list(result.cursor.fetchall())


def rows_of_devices(
    connection: Connection,
    table: Table,
    columns: Iterable[ColumnElement[int]],
    start: int,
    end: int,
    device_ids: Sequence[int] | None = None,
    starts: Iterable[int] | None = None,
) -> list[Plain]:
    """Rows that start in a span, of all devices or some.

    ``starts`` are all instants in it at which rows can start, where those are known.
    """
    values: dict[str, object] = {"first": start, "upto": end}
    way = _Way.EVERY_DEVICE
    if device_ids is not None:
        values["device_ids"] = list(device_ids)
        way = _Way.SPAN
        if connection.dialect.name == SQLITE and len(device_ids) <= _STEPPED_DEVICES:
            way = _Way.STEPS
            if starts is not None:
                way = _Way.STARTS
                values = {
                    "device_ids": list(device_ids),
                    "starts": dumps(sorted(starts)),
                }
    return plain_rows(connection, _selection(table, tuple(columns), way), values)


class _Way(Enum):
    """How the rows of devices are found."""

    EVERY_DEVICE = auto()
    SPAN = auto()
    STEPS = auto()
    """SQLite has rows in the order of time: from start to start, to each device's."""
    STARTS = auto()


@lru_cache(maxsize=256)
def _selection(
    table: Table, columns: tuple[ColumnElement[int], ...], way: _Way
) -> Select[Any]:
    """A query for values that come with it: making it anew takes as long as reading."""
    of, query = table.c, select(*columns)
    first, upto = (bindparam(name, type_=BigInteger()) for name in ("first", "upto"))
    span = (of.start >= first, of.start < upto)
    if way is _Way.EVERY_DEVICE:
        return query.where(*span)
    query = query.where(of.device_id.in_(bindparam("device_ids", expanding=True)))
    if way is _Way.SPAN:
        return query.where(*span)
    if way is _Way.STARTS:
        known = func.json_each(bindparam("starts")).table_valued("value")
        return query.where(of.start == known.c.value)
    steps = select(func.min(of.start).label("start")).where(*span).cte(recursive=True)
    later = table.alias()
    following = select(func.min(later.c.start)).where(
        later.c.start > steps.c.start, later.c.start < upto
    )
    steps = steps.union_all(
        select(following.scalar_subquery()).where(steps.c.start.is_not(None))
    )
    return query.where(of.start == steps.c.start)
