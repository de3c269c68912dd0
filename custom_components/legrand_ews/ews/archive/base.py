"""What every part of the archive stands on: one database, a zone and one writer."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from threading import Lock
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from .engine import Database


class ArchiveBase:
    """A database whose writers come one after the other."""

    def __init__(
        self, url_or_path: str | Path, zone: ZoneInfo, spool: Path | None = None
    ) -> None:
        """Name the database; nothing is opened yet.

        ``spool`` is a folder for what the database refuses; beside an SQLite file
        there is one without asking.
        """
        self._database = Database(url_or_path)
        path = self._database.path
        if spool is None and path is not None:
            spool = path.with_name(f"{path.name}.waiting")
        self.spool = spool
        self._zone = zone
        self._write_lock = Lock()

    @property
    def is_open(self) -> bool:
        """Whether `open` has succeeded."""
        return self._database.is_open

    def close(self) -> None:
        """Close every connection."""
        self._database.close()

    def checkpoint(self) -> None:
        """Bring everything into the one file, for a copy of it."""
        self._database.checkpoint()

    def size_bytes(self) -> int:
        """Size of an SQLite archive with its log, or of a server's database."""
        return self._database.size_bytes()

    def _reading(self) -> AbstractContextManager[Connection]:
        return self._database.transaction("archive_read_failed")

    def _writing(self) -> AbstractContextManager[Connection]:
        return self._database.transaction("archive_write_failed", self._write_lock)

    @contextmanager
    def _still(self) -> Iterator[Connection]:
        """Read with nobody writing: one state of everything."""
        with self._write_lock, self._reading() as connection:
            yield connection
