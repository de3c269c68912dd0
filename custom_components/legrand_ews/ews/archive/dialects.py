"""Pieces of SQL, and what SQLite, PostgreSQL and MariaDB do each in a way of its own."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Select,
    Table,
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


def plain_rows(connection: Connection, query: Select[Any]) -> list[Plain]:
    """Rows as the driver gives them: for charts, wrapping them takes most of the time."""
    with connection.execute(query) as result:
        return list(result.cursor.fetchall())


def rows_of_devices(
    connection: Connection,
    table: Table,
    columns: Iterable[ColumnElement[int]],
    start: int,
    end: int,
    device_ids: Sequence[int] | None = None,
) -> list[Plain]:
    """Rows that start in a span, of all devices or some."""
    of = table.c
    query = select(*columns)
    if device_ids is None:
        query = query.where(of.start >= start, of.start < end)
    elif connection.dialect.name == SQLITE and len(device_ids) <= _STEPPED_DEVICES:
        # Rows lie in the order of time: from start to start, to each device's row.
        first = select(func.min(of.start).label("start"))
        steps = first.where(of.start >= start, of.start < end).cte(recursive=True)
        later = table.alias()
        following = select(func.min(later.c.start)).where(
            later.c.start > steps.c.start, later.c.start < end
        )
        steps = steps.union_all(
            select(following.scalar_subquery()).where(steps.c.start.is_not(None))
        )
        query = query.where(
            of.start == steps.c.start, of.device_id.in_(list(device_ids))
        )
    else:
        query = query.where(
            of.start >= start, of.start < end, of.device_id.in_(list(device_ids))
        )
    return plain_rows(connection, query)
