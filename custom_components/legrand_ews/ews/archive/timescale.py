"""Hypertables and compression, where a PostgreSQL server has TimescaleDB.

Samples and hours of gauges then lie in chunks of a month, and chunks that are some
weeks old are compressed. Everything else reads and writes them like plain tables.
"""

from typing import Final

from sqlalchemy import ColumnElement, Connection, Table, case, func, select, text
from sqlalchemy.exc import DBAPIError

from .dialects import POSTGRESQL, within
from .tables import GAUGES_HOURLY, HOUR_S, SAMPLE_TABLES

CHUNK_S: Final = 30 * 24 * HOUR_S
COMPRESSED_AFTER_S: Final = 28 * 24 * HOUR_S
"""Later than anything is booked in the ordinary course of things."""
HYPERTABLES: Final = (*SAMPLE_TABLES, *GAUGES_HOURLY.values())
_OLDEST: Final = (2, 11)
"""The first release that replaces and deletes rows of compressed chunks."""
_INSTALLED: Final = text(
    "SELECT n.nspname, e.extversion FROM pg_extension e"
    " JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'timescaledb'"
)
_READY: Final = text(
    # Without its library, which the server loads at its start, it cannot be created.
    "SELECT current_setting('timescaledb.disable_load', true) IS NOT NULL AND EXISTS"
    " (SELECT FROM pg_available_extensions WHERE name = 'timescaledb')"
)
_LICENCE: Final = text("SELECT current_setting('timescaledb.license', true)")
_NAMES: Final = text(
    "SELECT hypertable_name FROM timescaledb_information.hypertables"
    " WHERE hypertable_schema = current_schema()"
)
_CHUNKS: Final = text(
    "SELECT range_start_integer, range_end_integer"
    " FROM timescaledb_information.chunks"
    " WHERE hypertable_schema = current_schema() AND hypertable_name = :name"
    " AND range_end_integer <= :limit ORDER BY 1"
)
_NOW: Final = (
    "CREATE OR REPLACE FUNCTION ews_now() RETURNS BIGINT LANGUAGE SQL STABLE"
    " AS 'SELECT extract(epoch FROM now())::BIGINT'"
)


def adopt(connection: Connection) -> None:
    """Make hypertables of the tables that are none yet, with the rows they hold.

    Where the server has no TimescaleDB, or one that is too old, tables stay plain.
    """
    schema = _schema(connection)
    if schema is None:
        return
    there = set(connection.scalars(_NAMES))
    missing = [table for table in HYPERTABLES if table.name not in there]
    if not missing:
        return
    run = connection.exec_driver_sql
    run(_NOW)
    # The edition of the Apache licence does not compress.
    is_compressed = connection.scalar(_LICENCE) == "timescale"
    for table in missing:
        name = table.name
        run(
            f"SELECT {schema}.create_hypertable('{name}', 'start', migrate_data => true,"
            f" chunk_time_interval => {CHUNK_S}, create_default_indexes => false)"
        )
        run(f"SELECT {schema}.set_integer_now_func('{name}', 'ews_now')")
        if is_compressed:
            order = [c.name for c in table.primary_key if c.name != "device_id"]
            run(
                f"ALTER TABLE {name} SET (timescaledb.compress,"
                " timescaledb.compress_segmentby = 'device_id',"
                f" timescaledb.compress_orderby = '{', '.join(order)}')"
            )
            run(
                f"SELECT {schema}.add_compression_policy('{name}',"
                f" BIGINT '{COMPRESSED_AFTER_S}')"
            )


def drop_chunks(
    connection: Connection, table: Table, limit: int, stays: ColumnElement[bool]
) -> int:
    """Drop the chunks that end before ``limit`` and hold nothing that stays.

    Returns the number of their rows; 0 where the table is no hypertable.
    """
    schema = _schema(connection)
    if schema is None or table.name not in set(connection.scalars(_NAMES)):
        return 0
    gone = 0
    values = {"name": table.name, "limit": limit}
    for start, end in connection.execute(_CHUNKS, values).all():
        held = select(func.count(), func.sum(case((stays, 1), else_=0)))
        rows, staying = connection.execute(
            held.select_from(table).where(*within(table.c.start, start, end))
        ).one()
        if staying:
            continue
        gone += rows
        connection.exec_driver_sql(
            f"SELECT {schema}.drop_chunks('{table.name}',"
            f" older_than => BIGINT '{end}', newer_than => BIGINT '{start}')"
        )
    return gone


def _schema(connection: Connection) -> str | None:
    """Where the functions of TimescaleDB are; None without a version that will do."""
    if connection.dialect.name != POSTGRESQL:
        return None
    found = connection.execute(_INSTALLED).first()
    if found is None and connection.scalar(_READY):
        try:
            with connection.begin_nested():
                connection.exec_driver_sql("CREATE EXTENSION IF NOT EXISTS timescaledb")
        except DBAPIError:
            # Not every user may; an administrator can do it for them.
            return None
        found = connection.execute(_INSTALLED).first()
    if found is None:
        return None
    version = tuple(int(part) for part in found.extversion.split("-")[0].split("."))
    if version[: len(_OLDEST)] < _OLDEST:
        return None
    return connection.dialect.identifier_preparer.quote(found.nspname)
