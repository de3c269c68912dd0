"""Creates the schema, and brings an older one up to date step by step."""

from collections.abc import Mapping
from hashlib import sha256

from sqlalchemy import Connection, inspect
from sqlalchemy.schema import CreateColumn

from ..errors import ArchiveError
from . import known, timescale, views
from .meta import MOVING, SCHEMA, SHAPE, read_meta, write_meta
from .migrations import MIGRATIONS, Migration
from .tables import (
    COUNTERS,
    GAUGES_DAILY,
    GAUGES_HOURLY,
    HARMONICS,
    META,
    METADATA,
    SAMPLE_TABLES,
    SCHEMA_VERSION,
)


def prepare(
    connection: Connection,
    migrations: Mapping[int, Migration] = MIGRATIONS,
    version: int = SCHEMA_VERSION,
) -> bool:
    """Create the tables, or migrate them to ``version``, in one transaction.

    Say whether there was nothing before. Raises ArchiveError ``archive_too_new`` for
    a schema of a later release, and ``archive_foreign`` for a database that holds
    something else.
    """
    names = set(inspect(connection).get_table_names())
    is_new = names.isdisjoint(METADATA.tables)
    if META.name not in names and names & METADATA.tables.keys():
        raise ArchiveError("archive_foreign")
    # Some databases create table by table: a schema is there when its version is.
    META.create(connection, checkfirst=True)
    found = int(read_meta(connection, SCHEMA) or 0)
    if found > version:
        raise ArchiveError("archive_too_new", found=found, known=version)
    if not found:
        METADATA.create_all(connection)
        write_meta(connection, SCHEMA, str(version))
    for step in range(found or version, version):
        if step not in migrations:
            raise ArchiveError("archive_foreign")
        migrations[step](connection)
        write_meta(connection, SCHEMA, str(step + 1))
    if version == SCHEMA_VERSION:
        _complete(connection, is_new=is_new)
        timescale.adopt(connection)
    return is_new


def refuse_half_moved(connection: Connection) -> None:
    """Raise ArchiveError ``archive_moving`` where rows are still to come."""
    if read_meta(connection, MOVING) is not None:
        raise ArchiveError("archive_moving")


def _complete(connection: Connection, *, is_new: bool) -> None:
    """Bring in tables and quantities that are new, and the views.

    What was created just now lacks no table and no column.
    """
    statements = views.statements(connection.dialect.name)
    shape = [
        f"{table.name}({','.join(table.c.keys())})" for table in METADATA.sorted_tables
    ]
    mark = sha256("\n".join((*shape, *statements)).encode()).hexdigest()
    if read_meta(connection, SHAPE) == mark:
        return
    if not is_new:
        METADATA.create_all(connection)
        _add_columns(connection)
    known.number_quantities(connection)
    for statement in statements:
        connection.exec_driver_sql(statement)
    write_meta(connection, SHAPE, mark)


def _add_columns(connection: Connection) -> None:
    preparer = connection.dialect.identifier_preparer
    present = inspect(connection).get_multi_columns()
    rollups = (*GAUGES_HOURLY.values(), *GAUGES_DAILY.values())
    tables = (*SAMPLE_TABLES, HARMONICS, COUNTERS, *rollups)
    for table in tables:
        there = {column["name"] for column in present[None, table.name]}
        for column in table.columns:
            if column.name not in there:
                definition = CreateColumn(column).compile(dialect=connection.dialect)
                name = preparer.format_table(table)
                connection.exec_driver_sql(
                    f"ALTER TABLE {name} ADD COLUMN {definition}"
                )
