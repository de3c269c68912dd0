"""Looking after the archive: retention, health, tidying up, copies and moving."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from ..errors import ArchiveError
from . import gauges, moving, retention as retain, rollup, upkeep
from .base import ArchiveBase
from .engine import Database
from .grid import from_epoch
from .meta import STALE, TIME_ZONE, kept_from, write_meta
from .retention import TABLES_OF_KIND, Retention
from .subjects import DataKind
from .upkeep import Health, Optimised


class ArchiveUpkeep(ArchiveBase):
    """What is done for an archive rather than with it."""

    def apply_retention(
        self, retention: Retention, now: datetime
    ) -> dict[DataKind, int]:
        """Delete samples and states that are too old; what is derived stays.

        Rows go a few thousand at a time, each in a transaction of its own. Returns the
        number of rows by kind; raises ArchiveError ``archive_write_failed``.
        """
        gone: dict[DataKind, int] = {}
        for kind in DataKind:
            limit = retention.limit(kind, now, self._zone)
            if limit is not None:
                gone[kind] = self._let_go(kind, limit)
        return gone

    def _let_go(self, kind: DataKind, limit: int) -> int:
        with self._writing() as connection:
            retain.let_go(connection, self._zone, kind, limit)
            count = 0
            if kind is DataKind.STATES:
                count = retain.forget_states(connection, limit)
        for table in TABLES_OF_KIND[kind]:
            with self._writing() as connection:
                count += retain.take_chunks(connection, self._zone, table, limit)
            start = 0
            while True:
                with self._reading() as connection:
                    step = retain.next_step(connection, table, start, limit)
                if step is None:
                    break
                with self._writing() as connection:
                    count += retain.take(connection, self._zone, step)
                start = step.end
        return count

    def kept_since(self, kind: DataKind) -> datetime | None:
        """Before this instant, samples of a kind were let go; None while all are kept."""
        with self._reading() as connection:
            limits = kept_from(connection)
        of_kind = (limits.get(table.name) for table in TABLES_OF_KIND[kind])
        return max((from_epoch(x) for x in of_kind if x is not None), default=None)

    def check(self) -> None:
        """Look through the whole database; raises ArchiveError ``archive_corrupt``."""
        with self._reading() as connection:
            upkeep.check(self._database, connection)

    def optimise(self) -> Optimised:
        """Tidy the database up; `write` waits meanwhile, readers do not.

        Raises ArchiveError ``archive_no_room`` or ``archive_write_failed``; then
        everything is as before.
        """
        with self._write_lock:
            return upkeep.optimise(self._database)

    def rebuild_rollups(self, report: Callable[[float], None] = lambda _: None) -> None:
        """Derive hours, days and totals anew from the samples, as far as these go back.

        All of it or nothing; `write` waits meanwhile. ``report`` is told the share
        that is done, from 0 to 1. Raises ArchiveError ``archive_write_failed``.
        """
        with self._writing() as connection:
            self._rebuild(connection, report)
        report(1)

    def health(self) -> Health:
        """Size, unused space, room on the disk and growth."""
        with self._reading() as connection:
            return upkeep.health(self._database, connection)

    def growth(self) -> float | None:
        """Bytes that a day adds; None until sizes of two days are known."""
        return self.health().growth_bytes_a_day

    def note_size(self, now: datetime) -> None:
        """Keep today's size for the forecast; to be called once a day."""
        with self._writing() as connection:
            upkeep.note_size(self._database, connection, now)

    def snapshot(self, path: Path) -> None:
        """Copy the archive as it is now into one SQLite file; writing goes on.

        Raises ArchiveError ``archive_copy_failed``; a file that was there stays.
        """
        source = self._database.path
        if source is not None:
            upkeep.copy_file(source, path)
            return
        part = path.with_name(f"{path.name}.part")
        part.unlink(missing_ok=True)
        copy = Database(part)
        try:
            copy.open()
            moving.begin(copy)
            with self._still() as connection:
                reading = moving.reading(connection)
                moving.copy_differences(reading, copy, lambda _: None)
                moving.end(reading, copy)
            copy.checkpoint()
        except ArchiveError as err:
            reason = err.placeholders.get("reason", err.key)
            raise ArchiveError("archive_copy_failed", reason=reason) from err
        finally:
            copy.close()
        part.replace(path)

    def move_to(
        self,
        url_or_path: str | Path,
        report: moving.Report,
        settle: Callable[[], None] = lambda: None,
    ) -> None:
        """Copy everything into another, empty database; writing goes on.

        ``settle`` is called when only the latest is missing: who writes goes on there
        once it has returned. While that is copied, `write` waits. A move that was cut
        off goes on where it was when it is called again. Raises ArchiveError
        ``archive_not_empty``, or what keeps one of the databases away.
        """
        target = Database(url_or_path)
        target.open()
        try:
            moving.begin(target)
            moving.copy_differences(self._reading, target, report)
            settle()
            with self._still() as connection:
                reading = moving.reading(connection)
                moving.copy_differences(reading, target, report)
                moving.end(reading, target)
            target.checkpoint()
        finally:
            target.close()

    def _rebuild(
        self, connection: Connection, report: Callable[[float], None] = lambda _: None
    ) -> None:
        rollup.rebuild(connection, self._zone, lambda share: report(share / 2))
        gauges.rebuild(connection, self._zone, lambda share: report((1 + share) / 2))
        self._note_rebuilt(connection)

    def _note_rebuilt(self, connection: Connection) -> None:
        write_meta(connection, TIME_ZONE, self._zone.key)
        write_meta(connection, STALE, "0")
