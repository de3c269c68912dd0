"""The archive as one object; every method blocks and may be called from any thread."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import batched, pairwise
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from ..errors import ArchiveError
from ..metering import Correction, CounterState, HarmonicSample, Sample, StateChange
from ..model import Installation
from ..quantities import Fluid
from ..timegrid import Span
from . import gauges, known, queries, rollup
from .billed import BilledArchive
from .charged import ChargedArchive
from .counters import (
    read_corrections,
    read_counters,
    write_corrections,
    write_counters,
)
from .courses import CourseRow, course_edges, read_course
from .grid import from_epoch, to_epoch
from .harmonics import HarmonicsArchive, write_harmonics
from .import_undo import PastImport, imported, narrow_totals, past_imports, undo_import
from .imports import ImportOutcome, ImportRow, OnConflict, import_rows
from .meta import STALE, TIME_ZONE, read_meta, write_meta
from .objects import RememberedObject, remember, remembered
from .priced import PricedArchive
from .purge import purge
from .quality_checks import StoredFinding, read_findings, write_findings
from .queries import Amounts
from .rosters import Roster, remember_rosters, rosters
from .rows import first_start, read_samples, write_samples
from .schema import prepare, refuse_half_moved
from .states import read_states, write_states
from .statistics import Statistics, statistics
from .tables import HOUR_S
from .tending import ArchiveUpkeep
from .totals import FluidTotal, totals

_BATCH_ROWS: Final = 5_000
_PIECE_SAMPLES: Final = 4_000


class Archive(
    BilledArchive, PricedArchive, ChargedArchive, HarmonicsArchive, ArchiveUpkeep
):
    """Samples of one site, in an SQLite file or behind a database URL.

    ``zone`` is the site's civil time, by which hours and days are cut. Whatever
    goes wrong with the database is raised as `ArchiveError`.
    """

    def __init__(
        self, url_or_path: str | Path, zone: ZoneInfo, spool: Path | None = None
    ) -> None:
        """Name the database; nothing is opened yet."""
        super().__init__(url_or_path, zone, spool)
        self._recorded: set[known.Pair] = set()

    def open(self) -> None:
        """Create, check or migrate the database.

        Raises ArchiveError ``archive_corrupt``, ``archive_too_new``,
        ``archive_foreign``, ``archive_moving`` or ``archive_unreachable``.
        """
        self._database.open()
        try:
            with self._database.transaction("archive_unreachable") as connection:
                self._database.check(connection)
                is_new = prepare(connection)
                refuse_half_moved(connection)
                is_stale = read_meta(connection, STALE) == "1"
                if is_new:
                    self._note_rebuilt(connection)
                elif is_stale or read_meta(connection, TIME_ZONE) != self._zone.key:
                    self._rebuild(connection)
                self._recorded = known.recorded(connection)
        except ArchiveError:
            self.close()
            raise

    def write(
        self,
        samples: Iterable[Sample],
        counter_states: Iterable[CounterState] = (),
        corrections: Iterable[Correction] = (),
        harmonics: Iterable[HarmonicSample] = (),
    ) -> None:
        """Store the end of an interval in one transaction, with its rollups.

        Writing the same samples again changes nothing. Raises ArchiveError
        ``archive_write_failed``; then nothing of it is stored.
        """
        stored = list(samples)
        new = known.pairs_of(stored) - self._recorded
        with self._writing() as connection:
            write_samples(connection, stored)
            known.record(connection, new)
            write_counters(connection, list(counter_states))
            write_corrections(connection, list(corrections))
            write_harmonics(connection, harmonics)
            self._refresh(connection, _Touched(stored))
        self._recorded |= new

    def write_history(self, samples: Iterable[Sample]) -> int:
        """Store many samples in large transactions; the rollups follow at the end.

        Returns the number of samples. When it is interrupted, the next `open`
        derives the rollups.
        """
        touched = _Touched()
        count = 0
        with self._writing() as connection:
            write_meta(connection, STALE, "1")
        for batch in batched(samples, _BATCH_ROWS, strict=False):
            new = known.pairs_of(batch) - self._recorded
            with self._writing() as connection:
                write_samples(connection, batch)
                known.record(connection, new)
            self._recorded |= new
            touched.add(batch)
            count += len(batch)
        with self._writing() as connection:
            self._refresh(connection, touched)
            write_meta(connection, STALE, "0")
        return count

    def import_rows(
        self,
        rows: Iterable[ImportRow],
        now: datetime,
        on_conflict: OnConflict,
        *,
        token: str | None,
    ) -> ImportOutcome:
        """Write history from elsewhere in one transaction, all of it or nothing.

        Without a ``token`` nothing is written, and the outcome tells what would be.
        Raises ArchiveError ``import_conflicts`` where conflicts are to be refused.
        """
        with self._writing() as connection:
            outcome = import_rows(
                connection, rows, token or "", now, on_conflict, dry_run=token is None
            )
            if token is None:
                return outcome
            if outcome.conflicts and on_conflict is OnConflict.REFUSE:
                raise ArchiveError("import_conflicts", count=outcome.conflicts)
            if outcome.first is not None and outcome.last is not None:
                rollup.refresh(connection, self._zone, outcome.first, outcome.last)
            self._recorded = known.recorded(connection)
            return outcome

    def undo_import(self, token: str) -> Span | None:
        """Put back what was there before an import; returns the time it touched.

        Raises ArchiveError ``import_unknown`` or ``import_past_keeping``.
        """
        with self._writing() as connection:
            undone = undo_import(connection, token)
            if undone is None:
                return None
            rollup.refresh(connection, self._zone, undone.first, undone.last)
            narrow_totals(connection, undone)
            return Span(from_epoch(undone.first), from_epoch(undone.last))

    def imported(self) -> dict[known.Pair, int]:
        """By how many thousandths imports have changed each device's counters."""
        with self._reading() as connection:
            return imported(connection)

    def past_imports(self) -> list[PastImport]:
        """Imports that can be undone, the latest first."""
        with self._reading() as connection:
            return past_imports(connection)

    def remember_objects(self, installation: Installation, now: datetime) -> None:
        """Note names and places of all objects; what is gone counts as archived."""
        with self._writing() as connection:
            remember(connection, installation, now)

    def objects(self) -> list[RememberedObject]:
        """Every object that the site ever had."""
        with self._reading() as connection:
            return remembered(connection)

    def purge(self, device_id: int) -> None:
        """Delete everything of a device that the site no longer has (S91).

        Raises ArchiveError ``archive_device_in_use`` or ``archive_write_failed``.
        """
        with self._writing() as connection:
            purge(connection, device_id)
            self._recorded = known.recorded(connection)

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

    def write_quality_findings(self, findings: Iterable[StoredFinding]) -> None:
        """Store what weekly checks have found; it replaces earlier findings."""
        with self._writing() as connection:
            write_findings(connection, findings)

    def quality_findings(
        self, device_ids: Collection[int] | None = None
    ) -> list[StoredFinding]:
        """What weekly checks have found, by week and device."""
        with self._reading() as connection:
            return read_findings(connection, device_ids)

    def counter_states(self) -> list[CounterState]:
        """Where each counter stood when it was booked last."""
        with self._reading() as connection:
            return read_counters(connection)

    def corrections(self, span: Span) -> list[Correction]:
        """The journal of what counters did beside counting, oldest first."""
        with self._reading() as connection:
            return read_corrections(connection, span)

    def write_states(self, changes: Iterable[StateChange]) -> int:
        """Store what breakers, contacts, stations and inputs show from now on.

        What tells nothing new is left out. Returns how many changes were new;
        raises ArchiveError ``archive_write_failed``.
        """
        with self._writing() as connection:
            return write_states(connection, changes)

    def states(
        self,
        span: Span,
        device_ids: Collection[int] | None = None,
        quantities: Collection[str] | None = None,
    ) -> list[StateChange]:
        """Changes within ``span`` by time, led by what held when it began."""
        with self._reading() as connection:
            return read_states(connection, span, device_ids, quantities)

    def samples(
        self,
        span: Span,
        device_ids: Collection[int] | None = None,
        quantities: Collection[str] | None = None,
    ) -> list[Sample]:
        """Samples that start in ``span``, of all devices or some, by start."""
        start, end = to_epoch(span.start), to_epoch(span.end)
        with self._reading() as connection:
            return read_samples(connection, start, end, device_ids, quantities)

    def course(
        self, span: Span, device_id: int, quantities: Sequence[str]
    ) -> Iterator[CourseRow]:
        """Yield what a device recorded of some quantities, some days at a time.

        Rows are those of intervals that start in ``span``, in order. Each of the
        pieces is read in a transaction of its own.
        """
        edges = course_edges(to_epoch(span.start), to_epoch(span.end), self._zone)
        for start, end in pairwise(edges):
            with self._reading() as connection:
                piece = read_course(
                    connection, self._zone, start, end, device_id, quantities
                )
            yield from piece

    def stream_samples(
        self,
        span: Span,
        device_ids: Collection[int] | None = None,
        quantities: Collection[str] | None = None,
    ) -> Iterator[Sample]:
        """Yield what `samples` returns, a few thousand at a time in memory.

        Each of the pieces is read in a transaction of its own.
        """
        start, end = to_epoch(span.start), to_epoch(span.end)
        width = HOUR_S
        while start < end:
            upto = min(start + width, end)
            with self._reading() as connection:
                piece = read_samples(connection, start, upto, device_ids, quantities)
                start = upto
                if not piece:
                    first = first_start(connection, start)
                    start = end if first is None else max(start, first)
            if len(piece) < _PIECE_SAMPLES // 2:
                width *= 2
            elif len(piece) > _PIECE_SAMPLES:
                width = max(HOUR_S, width // 2)
            yield from piece

    def first_start(self) -> datetime | None:
        """Start of the oldest sample that is kept; None for an empty archive."""
        with self._reading() as connection:
            first = first_start(connection)
        return None if first is None else from_epoch(first)

    def quantities_of(
        self, device_ids: Collection[int] | None = None
    ) -> dict[int, frozenset[str]]:
        """Which quantities were ever recorded, by device."""
        return known.by_device(self._recorded, device_ids)

    def amounts(
        self,
        fluid: Fluid,
        edges: Sequence[datetime],
        device_ids: Collection[int] | None = None,
    ) -> Amounts:
        """Amounts of all devices or some in the buckets between ``edges``."""
        resolution = queries.resolution_of(edges, self._zone)
        with self._reading() as connection:
            return queries.amounts(
                connection, self._zone, fluid, edges, resolution, device_ids
            )

    def statistics(
        self,
        device_ids: Collection[int],
        quantities: Collection[str],
        edges: Sequence[datetime],
    ) -> Statistics:
        """Average, minimum and maximum of gauges in the buckets between ``edges``."""
        resolution = queries.resolution_of(edges, self._zone)
        seconds = [to_epoch(edge) for edge in edges]
        with self._reading() as connection:
            return statistics(
                connection, self._zone, device_ids, quantities, seconds, resolution
            )

    def totals(self) -> list[FluidTotal]:
        """Everything counted since the first sample, by device and fluid."""
        with self._reading() as connection:
            return totals(connection)

    def _refresh(self, connection: Connection, touched: _Touched) -> None:
        if (amounts := touched.amounts) is not None:
            rollup.refresh(connection, self._zone, *amounts)
        if (statistics := touched.statistics) is not None:
            gauges.refresh(connection, self._zone, *statistics)


class _Touched:
    """From where to where samples have amounts, and statistics."""

    amounts: tuple[int, int] | None = None
    statistics: tuple[int, int] | None = None

    def __init__(self, samples: Iterable[Sample] = ()) -> None:
        self.add(samples)

    def add(self, samples: Iterable[Sample]) -> None:
        """Put more samples to it."""
        for sample in samples:
            span = (to_epoch(sample.start), to_epoch(sample.end))
            if sample.amounts_milli:
                self.amounts = _around(self.amounts, span)
            if sample.statistics:
                self.statistics = _around(self.statistics, span)


def _around(known: tuple[int, int] | None, span: tuple[int, int]) -> tuple[int, int]:
    if known is None:
        return span
    return min(known[0], span[0]), max(known[1], span[1])
