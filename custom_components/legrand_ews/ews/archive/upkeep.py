"""Size, health, tidying up and copies of the database."""

from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
import os
from pathlib import Path
import shutil
import sqlite3
from statistics import median
from time import monotonic
from typing import Final

from sqlalchemy import Connection, select, text

from ..errors import ArchiveError
from .dialects import MARIADB, POSTGRESQL, replace
from .engine import Database
from .grid import from_epoch, to_epoch
from .tables import METADATA, SIZES

_UNUSED_SHARE: Final = 0.2
_UNUSED_BYTES: Final = 16 * 2**20
_ROOM: Final = 2.2
"""Tidying up writes the whole file twice."""
_DAYS_OF_GROWTH: Final = 30
_SHORT_SHARE: Final = 0.1
_SHORT_TIME: Final = timedelta(days=30)
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Optimised:
    """What tidying up has given back, and how long it took."""

    bytes_before: int
    bytes_after: int
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """Size of the archive, what of it is unused, and the room around it.

    ``free_bytes`` and ``disk_bytes`` are None where a server does not tell.
    ``growth_bytes_a_day`` is None until sizes of a few days are known.
    """

    bytes: int
    unused_bytes: int
    free_bytes: int | None
    growth_bytes_a_day: float | None
    disk_bytes: int | None = None

    @property
    def is_short_of_room(self) -> bool:
        """Whether the disk is nearly full, or will be within a month (S240)."""
        if self.free_bytes is None or self.disk_bytes is None:
            return False
        left = self.time_left
        return self.free_bytes < self.disk_bytes * _SHORT_SHARE or (
            left is not None and left < _SHORT_TIME
        )

    @property
    def needs_optimising(self) -> bool:
        """Whether tidying up would give back a fifth of the file."""
        return (
            self.unused_bytes > _UNUSED_BYTES
            and self.unused_bytes > self.bytes * _UNUSED_SHARE
        )

    @property
    def time_left(self) -> timedelta | None:
        """For how long the room lasts at the present growth; None for ever."""
        if self.free_bytes is None or not self.growth_bytes_a_day:
            return None
        room = self.free_bytes + self.unused_bytes
        days = min(room / self.growth_bytes_a_day, timedelta.max.days - 1)
        return timedelta(days=days)


def check(database: Database, connection: Connection) -> None:
    """Look through every page and index; raises ArchiveError ``archive_corrupt``."""
    if database.is_sqlite:
        verdicts = connection.scalars(text("PRAGMA integrity_check(1)")).all()
        if verdicts != ["ok"]:
            raise ArchiveError("archive_corrupt", reason="; ".join(verdicts))
    elif connection.dialect.name in MARIADB:
        names = ", ".join(METADATA.tables)
        for row in connection.execute(text(f"CHECK TABLE {names}")):
            if row.Msg_type == "error":
                raise ArchiveError("archive_corrupt", reason=row.Msg_text)


def optimise(database: Database) -> Optimised:
    """Rewrite the tables without gaps, and look at how values are spread.

    Raises ArchiveError ``archive_no_room`` where the disk is too full for it.
    """
    before, began = database.size_bytes(), monotonic()
    if database.path is not None:
        free = shutil.disk_usage(database.path.parent).free
        if free < before * _ROOM:
            needed = int(before * _ROOM)
            raise ArchiveError(
                "archive_no_room", needed=_megabytes(needed), free=_megabytes(free)
            )
    statements: tuple[str, ...]
    with database.alone() as connection:
        match connection.dialect.name:
            case "sqlite":
                statements = (
                    # In memory, a large file would be too much for a small computer.
                    "PRAGMA temp_store = FILE",
                    "VACUUM",
                    "PRAGMA analysis_limit = 1000",
                    "ANALYZE",
                    "PRAGMA wal_checkpoint(TRUNCATE)",
                )
            case name if name == POSTGRESQL:
                statements = ("VACUUM (ANALYZE)",)
            case _:
                statements = tuple(f"OPTIMIZE TABLE {name}" for name in METADATA.tables)
        try:
            for statement in statements:
                connection.exec_driver_sql(statement)
        finally:
            if database.is_sqlite:
                connection.exec_driver_sql("PRAGMA temp_store = MEMORY")
    return Optimised(
        bytes_before=before,
        bytes_after=database.size_bytes(),
        seconds=monotonic() - began,
    )


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.0f} MB"


def health(database: Database, connection: Connection) -> Health:
    """How the archive is, from what costs nothing to ask."""
    unused, free, disk = 0, None, None
    if database.path is not None:
        page = connection.scalar(text("PRAGMA page_size")) or 0
        unused = page * (connection.scalar(text("PRAGMA freelist_count")) or 0)
        disk, _, free = shutil.disk_usage(database.path.parent)
    return Health(
        bytes=database.size_bytes(),
        unused_bytes=unused,
        free_bytes=free,
        growth_bytes_a_day=_growth(connection),
        disk_bytes=disk,
    )


def note_size(database: Database, connection: Connection, now: datetime) -> None:
    """Keep the size of today for the forecast of growth."""
    used = database.size_bytes()
    if database.is_sqlite:
        pages = connection.scalar(text("PRAGMA page_count")) or 0
        unused = connection.scalar(text("PRAGMA freelist_count")) or 0
        used = (connection.scalar(text("PRAGMA page_size")) or 0) * (pages - unused)
    day = to_epoch(now) // int(_DAY.total_seconds())
    replace(connection, SIZES, [{"day": day, "at": to_epoch(now), "bytes": used}])


def _growth(connection: Connection) -> float | None:
    """The median of what each of the last days has added, so that no import counts."""
    columns = SIZES.c
    query = select(columns.at, columns.bytes).order_by(columns.day.desc())
    known = list(connection.execute(query.limit(_DAYS_OF_GROWTH)))
    added = [
        (later.bytes - earlier.bytes)
        / max((from_epoch(later.at) - from_epoch(earlier.at)) / _DAY, 1e-6)
        for later, earlier in pairwise(known)
    ]
    return max(0.0, median(added)) if added else None


def copy_file(source: Path, target: Path) -> None:
    """Copy an SQLite database as it is now, while others write to it.

    Raises ArchiveError ``archive_copy_failed``; a ``target`` that was there stays.
    """
    part = target.with_name(f"{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        with (
            closing(
                sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)
            ) as origin,
            closing(sqlite3.connect(part)) as copy,
        ):
            # In one step: a writer would make a copy in steps begin again.
            origin.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
        with part.open("rb") as copied:
            os.fsync(copied.fileno())
        part.replace(target)
    except (OSError, sqlite3.Error) as err:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise ArchiveError("archive_copy_failed", reason=str(err)) from err
