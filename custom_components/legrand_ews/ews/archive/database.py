"""The archive as one object; every method blocks and may be called from any thread."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from itertools import batched
from pathlib import Path
from threading import Lock
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, delete, insert, select

from ..errors import ArchiveError
from ..metering import Correction, CorrectionKind, CounterState, OpenCount, Sample
from ..model import Installation
from ..quantities import Fluid
from ..timegrid import Span
from . import queries, rollup
from .engine import Database
from .grid import from_epoch, to_epoch
from .objects import RememberedObject, remember, remembered
from .queries import Amounts
from .rollup import FluidTotal
from .rosters import Roster, remember_rosters, rosters
from .rows import read_samples, write_samples
from .schema import prepare, read_meta, write_meta
from .tables import CORRECTIONS, COUNTERS

_BATCH_ROWS: Final = 50_000
_TIME_ZONE: Final = "time_zone"
_STALE: Final = "rollups_stale"


class Archive:
    """Samples of one site, in an SQLite file or behind a database URL.

    ``zone`` is the site's civil time, by which hours and days are cut. Whatever
    goes wrong with the database is raised as `ArchiveError`.
    """

    def __init__(self, url_or_path: str | Path, zone: ZoneInfo) -> None:
        """Name the database; nothing is opened yet."""
        self._database = Database(url_or_path)
        self._zone = zone
        self._write_lock = Lock()

    def open(self) -> None:
        """Create, check or migrate the database.

        Raises ArchiveError ``archive_corrupt``, ``archive_too_new``,
        ``archive_foreign`` or ``archive_unreachable``.
        """
        self._database.open()
        try:
            with self._database.transaction("archive_unreachable") as connection:
                self._database.check(connection)
                prepare(connection)
                is_stale = read_meta(connection, _STALE) == "1"
                if is_stale or read_meta(connection, _TIME_ZONE) != self._zone.key:
                    self._rebuild(connection)
        except ArchiveError:
            self.close()
            raise

    def close(self) -> None:
        """Close every connection."""
        self._database.close()

    def write(
        self,
        samples: Iterable[Sample],
        counter_states: Iterable[CounterState] = (),
        corrections: Iterable[Correction] = (),
    ) -> None:
        """Store the end of an interval in one transaction, with its rollups.

        Writing the same samples again changes nothing. Raises ArchiveError
        ``archive_write_failed``; then nothing of it is stored.
        """
        stored = list(samples)
        with self._writing() as connection:
            write_samples(connection, stored)
            _write_states(connection, list(counter_states))
            _write_corrections(connection, list(corrections))
            if stored:
                first = min(to_epoch(sample.start) for sample in stored)
                last = max(to_epoch(sample.end) for sample in stored)
                rollup.refresh(connection, self._zone, first, last)

    def write_history(self, samples: Iterable[Sample]) -> int:
        """Store many samples in large transactions; the rollups follow at the end.

        Returns the number of samples. When it is interrupted, the next `open`
        derives the rollups.
        """
        first = last = None
        count = 0
        with self._writing() as connection:
            write_meta(connection, _STALE, "1")
        for batch in batched(samples, _BATCH_ROWS, strict=False):
            with self._writing() as connection:
                write_samples(connection, batch)
            count += len(batch)
            starts = min(to_epoch(sample.start) for sample in batch)
            ends = max(to_epoch(sample.end) for sample in batch)
            first = starts if first is None else min(first, starts)
            last = ends if last is None else max(last, ends)
        with self._writing() as connection:
            if first is not None and last is not None:
                rollup.refresh(connection, self._zone, first, last)
            write_meta(connection, _STALE, "0")
        return count

    def rebuild_rollups(self) -> None:
        """Derive hours, days and totals anew from the samples."""
        with self._writing() as connection:
            self._rebuild(connection)

    def remember_objects(self, installation: Installation, now: datetime) -> None:
        """Note names and places of all objects; what is gone counts as archived."""
        with self._writing() as connection:
            remember(connection, installation, now)

    def objects(self) -> list[RememberedObject]:
        """Every object that the site ever had."""
        with self._reading() as connection:
            return remembered(connection)

    def remember_rosters(
        self, lists: Mapping[str, Iterable[int]], now: datetime
    ) -> None:
        """Note which objects make up each list, where that has changed."""
        with self._writing() as connection:
            remember_rosters(connection, lists, now)

    def rosters(self) -> dict[str, list[Roster]]:
        """What each list held, and since when, oldest first."""
        with self._reading() as connection:
            return rosters(connection)

    def counter_states(self) -> list[CounterState]:
        """Where each counter stood when it was booked last."""
        with self._reading() as connection:
            return [
                CounterState(
                    device_id=row.device_id,
                    quantity=row.quantity,
                    value_milli=row.value_milli,
                    read_at=from_epoch(row.read_at),
                    booked_until=from_epoch(row.booked_until),
                    open_count=OpenCount.of_text(row.open_count)
                    if row.open_count
                    else None,
                )
                for row in connection.execute(select(COUNTERS))
            ]

    def corrections(self, span: Span) -> list[Correction]:
        """The journal of what counters did beside counting, oldest first."""
        at = CORRECTIONS.c.at
        query = (
            select(CORRECTIONS)
            .where(at >= to_epoch(span.start), at < to_epoch(span.end))
            .order_by(at, CORRECTIONS.c.id)
        )
        with self._reading() as connection:
            return [
                Correction(
                    device_id=row.device_id,
                    quantity=row.quantity,
                    at=from_epoch(row.at),
                    kind=CorrectionKind(row.kind),
                    before_milli=row.before_milli,
                    after_milli=row.after_milli,
                    booked_milli=row.booked_milli,
                )
                for row in connection.execute(query)
            ]

    def samples(
        self, span: Span, device_ids: Iterable[int] | None = None
    ) -> list[Sample]:
        """Samples that start in ``span``, of all devices or some, by start."""
        start, end = to_epoch(span.start), to_epoch(span.end)
        with self._reading() as connection:
            return read_samples(connection, start, end, device_ids)

    def amounts(self, fluid: Fluid, edges: Sequence[datetime]) -> Amounts:
        """Amounts of every device in the buckets between ``edges``."""
        resolution = queries.resolution_of(edges, self._zone)
        with self._reading() as connection:
            return queries.amounts(connection, fluid, edges, resolution)

    def totals(self) -> list[FluidTotal]:
        """Everything counted since the first sample, by device and fluid."""
        with self._reading() as connection:
            return rollup.totals(connection)

    def checkpoint(self) -> None:
        """Bring everything into the one file, for a copy of it."""
        self._database.checkpoint()

    @property
    def is_open(self) -> bool:
        """Whether `open` has succeeded."""
        return self._database.is_open

    def size_bytes(self) -> int:
        """Size of an SQLite archive with its log; 0 for a database server."""
        return self._database.size_bytes()

    def _rebuild(self, connection: Connection) -> None:
        rollup.rebuild(connection, self._zone)
        write_meta(connection, _TIME_ZONE, self._zone.key)
        write_meta(connection, _STALE, "0")

    def _reading(self) -> AbstractContextManager[Connection]:
        return self._database.transaction("archive_read_failed")

    def _writing(self) -> AbstractContextManager[Connection]:
        return self._database.transaction("archive_write_failed", self._write_lock)


def _write_states(connection: Connection, states: Sequence[CounterState]) -> None:
    if not states:
        return
    # Several intervals that are written together bring several states of a counter.
    latest = {(state.device_id, state.quantity): state for state in states}
    for device_id, quantity in latest:
        connection.execute(
            delete(COUNTERS).where(
                COUNTERS.c.device_id == device_id, COUNTERS.c.quantity == quantity
            )
        )
    connection.execute(
        insert(COUNTERS),
        [
            {
                "device_id": state.device_id,
                "quantity": state.quantity,
                "value_milli": state.value_milli,
                "read_at": to_epoch(state.read_at),
                "booked_until": to_epoch(state.booked_until),
                "open_count": state.open_count and state.open_count.to_text(),
            }
            for state in latest.values()
        ],
    )


def _write_corrections(
    connection: Connection, corrections: Sequence[Correction]
) -> None:
    if not corrections:
        return
    connection.execute(
        insert(CORRECTIONS),
        [
            {
                "at": to_epoch(correction.at),
                "device_id": correction.device_id,
                "quantity": correction.quantity,
                "kind": correction.kind.value,
                "before_milli": correction.before_milli,
                "after_milli": correction.after_milli,
                "booked_milli": correction.booked_milli,
            }
            for correction in corrections
        ],
    )
