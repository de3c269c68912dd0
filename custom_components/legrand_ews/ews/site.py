"""The site: one door to everything the Energy Web Server knows and does.

A door, not a room: every method hands on to one package and holds no rule.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from .archive import (
    Archive,
    ArchiveUpkeep,
    FluidTotal,
    ImportOutcome,
    ImportRow,
    OnConflict,
    PastImport,
    RememberedObject,
    Statistics,
)
from .billing import (
    Billing,
    ChargedSessions,
    CostComparison,
    CostQuery,
    Costs,
    Metered,
    PricedOverall,
)
from .catalogue import Catalogue
from .charging.settings import ChargingSettings
from .consumption import (
    Comparison,
    ComparisonQuery,
    Consumption,
    ConsumptionQuery,
    CorrectionQuery,
    Corrections,
    CountedAmounts,
    Directory,
    Measure,
    answer_comparison,
    answer_corrections,
    answer_query,
    counted_amounts,
    counted_between,
)
from .files import (
    WITHOUT_CHARGING,
    DataRequest,
    FileDialect,
    FileTree,
    Progress,
    Record,
    rosters_of,
    write_download,
)
from .model import Installation, ObjectKind
from .power_quality import WeekCheck, check_due, eq_devices, past_checks
from .quantities import FLUID_COUNTERS, Fluid
from .recording import Recording
from .tariffs.settings import BillingSettings
from .timegrid import Span

FREE: Final = BillingSettings(currency="EUR")
"""No fluid has a price."""


class Site:
    """An installation at work.

    ``recording`` makes samples of readings, ``billing`` costs of samples, ``charged`` is
    the log of charging sessions. All that opens, closes or answers a question blocks
    and belongs into a worker thread. Whatever fails is an `EwsError`.
    """

    def __init__(
        self,
        installation: Installation,
        catalogue: Catalogue,
        archive: Archive,
        settings: BillingSettings = FREE,
    ) -> None:
        """Compose the parts; nothing is opened yet."""
        self.installation = installation
        self.settings = settings
        self.billing = Billing(settings, installation.zone, self._metered)
        self.charged = ChargedSessions(self._metered, lambda: self.billing.books)
        self._catalogue = catalogue
        self._archive = archive
        self._directory = Directory(installation)
        self.recording = Recording(
            archive,
            length=installation.sample_length,
            zone=installation.zone,
            rating_of=self._rated_power_w,
        )

    def open(self, now: datetime) -> Mapping[tuple[int, str], int]:
        """Open the archive and continue where it ends.

        Returns what it holds of measurements since the beginning, in thousandths of
        Wh or dm³, by device and quantity; without what was imported.
        """
        self._archive.open()
        self.recording.begin()
        self._archive.remember_objects(self.installation, now)
        columns = rosters_of(self.installation, self._catalogue)
        self._archive.remember_rosters(columns, now)
        self._directory = Directory(self.installation, self._archive.objects())
        imported = self._archive.imported()
        found = {}
        for total in self._archive.totals():
            key = total.device_id, FLUID_COUNTERS[total.fluid]
            found[key] = total.amount_milli - imported.get(key, 0)
        return found

    def close(self) -> None:
        """Close the archive."""
        self._archive.close()

    @property
    def upkeep(self) -> ArchiveUpkeep:
        """What is done for the archive rather than with it."""
        return self._archive

    def move_archive(
        self,
        address: str | Path,
        report: Callable[[float], None],
        settle: Callable[[], None],
    ) -> None:
        """Copy the archive into another, empty database; nothing changes yet.

        ``report`` is told the share that is done; what it raises ends the move, which
        goes on there the next time. From the return of ``settle`` on, `Recording.write`
        has to wait for `switch_archive`. Raises ArchiveError.
        """
        self._archive.move_to(
            address, lambda x: report(x.moved / max(x.rows, 1)), settle
        )

    def switch_archive(self, address: str | Path, spool: Path | None) -> None:
        """Go on in another archive, with all that waits; raises ArchiveError."""
        before = self._archive
        archive = Archive(address, self.installation.zone, spool)
        archive.open()
        self.recording.move_to(archive)
        self._archive = archive
        before.close()

    def archived_devices(self) -> Sequence[RememberedObject]:
        """Devices that were deleted and whose history is kept; raises ArchiveError."""
        return [
            item
            for item in self._archive.objects()
            if item.kind is ObjectKind.DEVICE and item.is_archived
        ]

    def purge(self, device_id: int) -> None:
        """Delete the history of a device that was deleted; raises ArchiveError."""
        self._archive.purge(device_id)
        self._directory = Directory(self.installation, self._archive.objects())

    def get_consumption(self, query: ConsumptionQuery, now: datetime) -> Consumption:
        """Answer the action ``get_consumption``."""
        return answer_query(
            query,
            installation=self.installation,
            directory=self._directory,
            source=self._archive,
            now=now,
        )

    def get_costs(self, query: CostQuery, now: datetime) -> Costs:
        """Answer the action ``get_costs``; more of money is asked of ``billing``."""
        return self.billing.get_costs(query, now)

    def get_overall(self, query: ConsumptionQuery, now: datetime) -> PricedOverall:
        """Answer the action ``get_overall``."""
        return self.billing.get_overall(query, now)

    def counted_amounts(
        self, fluid: Fluid, edges: Sequence[datetime]
    ) -> CountedAmounts:
        """Add up devices and totals between instants; raises ArchiveError."""
        return counted_amounts(
            fluid,
            edges,
            installation=self.installation,
            directory=self._directory,
            source=self._archive,
        )

    def counted_between(self, fluid: Fluid, span: Span) -> CountedAmounts:
        """Add up devices and totals over a whole span; raises ArchiveError."""
        return counted_between(
            fluid,
            span,
            installation=self.installation,
            directory=self._directory,
            source=self._archive,
        )

    def recorded(self) -> Sequence[FluidTotal]:
        """When each device was recorded, and how much; raises ArchiveError."""
        return self._archive.totals()

    def first_start(self) -> datetime | None:
        """Start of the oldest sample; raises ArchiveError."""
        return self._archive.first_start()

    def gauges(
        self,
        device_ids: Collection[int],
        quantities: Collection[str],
        edges: Sequence[datetime],
    ) -> Statistics:
        """Average, minimum and maximum between instants; raises ArchiveError."""
        return self._archive.statistics(device_ids, quantities, edges)

    def counters(self) -> Mapping[tuple[int, str], int]:
        """What counters stood at when they were booked last; raises ArchiveError.

        In thousandths of their units, by device and quantity.
        """
        return {
            (state.device_id, state.quantity): state.value_milli
            for state in self._archive.counter_states()
        }

    def get_corrections(self, query: CorrectionQuery) -> Corrections:
        """Answer the action ``get_corrections``; raises ArchiveError."""
        return answer_corrections(query, self._archive.corrections)

    def compare_consumption(
        self, query: ComparisonQuery, now: datetime
    ) -> Comparison | CostComparison:
        """Answer the action ``compare_consumption``."""
        if query.measure is Measure.MONEY:
            return self.billing.compare(query, now)
        return answer_comparison(
            query,
            installation=self.installation,
            directory=self._directory,
            source=self._archive,
            now=now,
        )

    def _metered(self) -> Metered:
        return Metered(
            installation=self.installation,
            directory=self._directory,
            archive=self._archive,
        )

    def check_power_quality(self, now: datetime) -> tuple[WeekCheck, ...]:
        """Check the weeks that are over and were not checked yet (S88)."""
        return check_due(self.installation, self._archive, now)

    def past_power_quality(self) -> tuple[WeekCheck, ...]:
        """What earlier weeks of the power-quality devices were, oldest first."""
        chosen = eq_devices(self.installation)
        return past_checks(self._archive, self.installation.zone, chosen)

    def files(
        self,
        named: Installation,
        dialect: FileDialect,
        configured_at: datetime,
        charging: ChargingSettings = WITHOUT_CHARGING,
    ) -> FileTree:
        """The file space as it is now; ``named`` is the site in the user's words."""
        archive, ledgers = self._archive, self.billing.ledgers()
        return FileTree(
            named, self._catalogue, archive, dialect, configured_at, ledgers, charging
        )

    def export_data(
        self,
        path: Path,
        request: DataRequest,
        named: Installation,
        dialect: FileDialect,
        progress: Progress,
    ) -> tuple[str, ...]:
        """Write the archive file of the action ``export_data``; return what is in it."""
        record = Record(named, self._archive)
        ledgers = self.billing.ledgers()
        return write_download(path, request, record, dialect, progress, ledgers)

    def import_history(
        self,
        rows: Iterable[ImportRow],
        now: datetime,
        on_conflict: OnConflict,
        *,
        token: str | None,
    ) -> ImportOutcome:
        """Write history of the action ``import_history``; no token: only try."""
        return self._archive.import_rows(rows, now, on_conflict, token=token)

    def undo_import(self, token: str) -> Span | None:
        """Answer the action ``undo_import``; returns the time that was touched."""
        return self._archive.undo_import(token)

    def past_imports(self) -> list[PastImport]:
        """Imports of history that can be undone, the latest first."""
        return self._archive.past_imports()

    def _rated_power_w(self, device_id: int) -> int | None:
        device = self.installation.devices.get(device_id)
        if device is None or device.model is None:
            return None
        model = self._catalogue.models.get(device.model)
        return None if model is None else model.rated_power_w
