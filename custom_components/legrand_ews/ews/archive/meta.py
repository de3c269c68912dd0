"""The table ``meta``: small facts about the archive itself."""

from typing import Final

from sqlalchemy import Connection, bindparam, select

from .dialects import replace
from .tables import META

SCHEMA: Final = "schema_version"
TIME_ZONE: Final = "time_zone"
STALE: Final = "rollups_stale"
MOVING: Final = "moving"
"""Stands while rows of another database are being copied in."""
SHAPE: Final = "shape"
PAST: Final = "past_revision"
"""Counts the times at which anything of days that are over was changed."""
_VALUE: Final = select(META.c.value).where(META.c.key == bindparam("wanted"))
_KEPT_FROM: Final = "kept_from_"


def read_meta(connection: Connection, key: str) -> str | None:
    """A value of the table ``meta``."""
    return connection.scalar(_VALUE, {"wanted": key})


def write_meta(connection: Connection, key: str, value: str) -> None:
    """Set a value of the table ``meta``."""
    replace(connection, META, [{"key": key, "value": value}])


def past_revision(connection: Connection) -> int:
    """Return a number that rises whenever days that are over change."""
    return int(read_meta(connection, PAST) or 0)


def past_changed(connection: Connection) -> None:
    """Note that something of days that are over is no longer what it was."""
    write_meta(connection, PAST, str(past_revision(connection) + 1))


def kept_from(connection: Connection) -> dict[str, int]:
    """By table of samples: rows that ended before this instant were deleted."""
    query = select(META).where(META.c.key.startswith(_KEPT_FROM, autoescape=True))
    return {
        row.key.removeprefix(_KEPT_FROM): int(row.value)
        for row in connection.execute(query)
    }


def keep_from(connection: Connection, table: str, instant: int) -> None:
    """Note that what ended before ``instant`` is no longer in a table of samples."""
    write_meta(connection, f"{_KEPT_FROM}{table}", str(instant))
