"""Creates the schema, and brings an older one up to date step by step."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from sqlalchemy import Connection, delete, insert, inspect, select, text

from ..errors import ArchiveError
from .tables import META, METADATA, ROSTERS, SCHEMA_VERSION

type Migration = Callable[[Connection], None]


def _add_open_counts_and_rosters(connection: Connection) -> None:
    connection.execute(text("ALTER TABLE counters ADD COLUMN open_count TEXT"))
    ROSTERS.create(connection, checkfirst=True)


MIGRATIONS: Final[Mapping[int, Migration]] = MappingProxyType(
    {1: _add_open_counts_and_rosters}
)
"""By the version from which each leads to the next one."""


def prepare(
    connection: Connection,
    migrations: Mapping[int, Migration] = MIGRATIONS,
    version: int = SCHEMA_VERSION,
) -> None:
    """Create the tables, or migrate them to ``version``, in one transaction.

    Raises ArchiveError ``archive_too_new`` for a schema of a later release, and
    ``archive_foreign`` for a database that holds something else.
    """
    names = set(inspect(connection).get_table_names())
    if META.name not in names:
        if names & METADATA.tables.keys():
            raise ArchiveError("archive_foreign")
        METADATA.create_all(connection)
        write_meta(connection, "schema_version", str(version))
        return
    found = int(read_meta(connection, "schema_version") or 0)
    if found > version:
        raise ArchiveError("archive_too_new", found=found, known=version)
    for step in range(found, version):
        if step not in migrations:
            raise ArchiveError("archive_foreign")
        migrations[step](connection)
        write_meta(connection, "schema_version", str(step + 1))


def read_meta(connection: Connection, key: str) -> str | None:
    """A value of the table ``meta``."""
    return connection.scalar(select(META.c.value).where(META.c.key == key))


def write_meta(connection: Connection, key: str, value: str) -> None:
    """Set a value of the table ``meta``."""
    connection.execute(delete(META).where(META.c.key == key))
    connection.execute(insert(META).values(key=key, value=value))
