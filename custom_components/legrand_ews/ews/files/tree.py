"""The folders of CSV files as a view of the archive (S197-S209).

Nothing is stored: a folder lists what the archive and the installation give, and a file
is written while it is read. The file space is read-only.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Final

from ..archive import DataKind
from ..billing import Ledgers
from ..catalogue import Catalogue
from ..charging.settings import ChargingSettings
from ..errors import ConfigurationError
from ..inventory import FileFormat, write
from ..model import Installation
from ..power_quality import past_checks
from ..quantities import Fluid
from ..timegrid import Span, local_day, local_midnight
from .columns import FOLDER_FLUIDS, LIST_KINDS, lists_of, versions
from .device_file import QUANTITIES_OF, DeviceFile, types_of
from .dialect import FileDialect
from .eq_file import eq_files
from .greenup_file import greenup_file
from .harmonics_file import HarmonicsFile
from .list_file import ListFile
from .overall_file import FLUIDS, OverallFile
from .record import Record, common
from .source import FileSource
from .state_file import StateFile, states_of
from .table import Table

DEVICES: Final = "devices"
EQ_CHECK: Final = "eqcheck"
OVERALL: Final = "overallTotal"
SETTINGS: Final = "settings"
GENERAL: Final = "General.csv"
GREENUP: Final = "GreenUpSettings.csv"
FOLDERS: Final = (DEVICES, "energy", EQ_CHECK, "gas", OVERALL, SETTINGS, "water")
"""The seven folders, whether or not there is anything in them (S197)."""
WITHOUT_CHARGING: Final = ChargingSettings()
_FIRST: Final = datetime(1970, 1, 1, tzinfo=UTC)
_LINE_BYTES: Final = 36
_CELL_BYTES: Final = 5
_HARMONICS: Final = 124
"""Cells of a meter that shows the odd ranks to 63 of four currents."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A folder or file as a listing shows it.

    ``changed_at`` (UTC) is the end of what was recorded last. ``about_bytes`` is an
    estimate: how long a file is shows only when it is read.
    """

    name: str
    is_folder: bool
    changed_at: datetime
    about_bytes: int = 0


@dataclass(frozen=True, slots=True)
class _File:
    changed_at: datetime
    about_bytes: int
    read: Callable[[], Iterator[bytes]]


type _Files = Iterator[tuple[str, _File]]


class FileTree:
    """The file space of a site as it is at one moment; every method blocks.

    Paths are parted by ``/``, with or without one at their ends. Every method raises
    ArchiveError where the archive cannot be read, and ConfigurationError
    ``file_unknown`` for a path that leads nowhere.
    """

    def __init__(
        self,
        site: Installation,
        catalogue: Catalogue,
        source: FileSource,
        dialect: FileDialect,
        configured_at: datetime,
        ledgers: Ledgers | None = None,
        charging: ChargingSettings = WITHOUT_CHARGING,
    ) -> None:
        """Take the site, and when its configuration was changed last (UTC).

        Without ``ledgers`` there are no costs.
        """
        self._charging = charging
        self._ledgers = ledgers
        self._site = site
        self._catalogue = catalogue
        self._record = Record(site, source)
        self._source = source
        self._dialect = dialect
        self._configured_at = configured_at

    def entries(self, path: str = "") -> tuple[Entry, ...]:
        """What is in a folder, in the order of names; devices in that of numbers."""
        match _parts(path):
            case []:
                return tuple(self._folder(name) for name in FOLDERS)
            case ["devices"]:
                return tuple(map(self._device_folder, self._record.devices))
            case parts:
                files = self._files(parts, path)
                return tuple(_entry(name, files[name]) for name in sorted(files))

    def find(self, path: str) -> Entry:
        """A folder or file by its path."""
        match _parts(path):
            case []:
                return self._folder("")
            case [name] if name in FOLDERS:
                return self._folder(name)
            case ["devices", number] if self._is_device(number):
                return self._device_folder(int(number))
            case parts:
                return _entry(parts[-1], self._file(parts, path))

    def open(self, path: str) -> Iterator[bytes]:
        """The content of a file, piece by piece.

        Nothing is held open while the next piece is not asked for.
        """
        return self._file(_parts(path), path).read()

    def _file(self, parts: list[str], path: str) -> _File:
        file = self._files(parts[:-1], path).get(parts[-1]) if parts else None
        if file is None:
            raise _unknown(path)
        return file

    def _files(self, folder: list[str], path: str) -> Mapping[str, _File]:
        match folder:
            case ["devices", number] if self._is_device(number):
                return {
                    **dict(self._device_files(int(number))),
                    **dict(self._state_files(int(number))),
                    **dict(self._harmonics_files(int(number))),
                }
            case [("energy" | "gas" | "water") as name]:
                return dict(self._list_files(name))
            case ["overallTotal"]:
                return dict(self._overall_files())
            case ["settings"]:
                return {GENERAL: self._general, GREENUP: self._greenup}
            case ["eqcheck"]:
                return dict(self._eq_files())
            case _:
                raise _unknown(path)

    def _is_device(self, text: str) -> bool:
        return text in {str(number) for number in self._record.devices}

    def _folder(self, name: str) -> Entry:
        fluid = FOLDER_FLUIDS.get(name)
        span = self._record.span if fluid is None else self._record.span_of_fluid(fluid)
        is_of_samples = span is not None and name not in {SETTINGS, EQ_CHECK}
        changed_at = span.end if span and is_of_samples else self._configured_at
        return Entry(name=name, is_folder=True, changed_at=changed_at)

    def _device_folder(self, number: int) -> Entry:
        span = self._record.span_of(number)
        return Entry(
            name=str(number),
            is_folder=True,
            changed_at=self._configured_at if span is None else span.end,
        )

    def _device_files(self, number: int) -> _Files:
        span = self._record.span_of(number)
        recorded = self._source.quantities_of((number,)).get(number, frozenset())
        if span is None:
            return
        for file_type in types_of(recorded):
            quantities = tuple(x for x in QUANTITIES_OF[file_type] if x in recorded)
            kept = self._source.kept_since(DataKind(file_type.value))
            if kept is not None and kept >= span.end:
                continue
            known = Span(
                span.start if kept is None else max(kept, span.start), span.end
            )
            for name, part in self._record.parts(known):
                file = DeviceFile(
                    record=self._record,
                    device_id=number,
                    quantities=quantities,
                    span=part,
                    dialect=self._dialect,
                )
                columns = len(file.columns)
                yield (
                    f"{number}_{file_type}_{name}.csv",
                    _File(part.end, self._about_bytes(part, columns), file.read),
                )

    def _state_files(self, number: int) -> _Files:
        recorded = self._record.span_of(number)
        if recorded is None:
            return
        changes = self._source.states(Span(_FIRST, recorded.end), (number,))
        if not changes:
            return
        quantities = states_of(changes)
        known = Span(changes[0].since, max(recorded.end, changes[-1].since))
        for name, part in self._record.parts(known):
            file = StateFile(
                record=self._record,
                device_id=number,
                quantities=quantities,
                span=part,
                dialect=self._dialect,
            )
            lines = sum(1 for change in changes if change.since < part.end)
            about = lines * (_LINE_BYTES + len(quantities) * _CELL_BYTES)
            yield f"{number}_state_{name}.csv", _File(part.end, about, file.read)

    def _harmonics_files(self, number: int) -> _Files:
        recorded, known = self._record.span, self._source.harmonics_span(number)
        if recorded is None or known is None:
            return
        # The interval that runs is no row of any file yet.
        over = common(known, Span(_FIRST, recorded.end))
        if over is None:
            return
        for name, part in self._record.parts(over):
            file = HarmonicsFile(
                record=self._record,
                device_id=number,
                span=part,
                dialect=self._dialect,
            )
            about = self._about_bytes(part, _HARMONICS)
            yield f"{number}_harmonics_{name}.csv", _File(part.end, about, file.read)

    def _list_files(self, folder: str) -> _Files:
        fluid = FOLDER_FLUIDS[folder]
        span = self._record.span_of_fluid(fluid)
        if span is None:
            return
        for of, kind in LIST_KINDS.items():
            if of not in lists_of(folder):
                continue
            rosters = self._record.rosters.get(f"{folder}/{of}", ())
            for name, month in self._record.months(span):
                for version in versions(rosters, month, self._site):
                    part = common(span, version.span)
                    if part is None:
                        continue
                    table = Table(
                        record=self._record,
                        fluid=fluid,
                        kind=kind,
                        numbers=version.members,
                    )
                    file = ListFile(table=table, span=part, dialect=self._dialect)
                    about = self._about_bytes(part, len(version.members))
                    yield (
                        f"{of}_{name}_{version.number}.csv",
                        _File(part.end, about, file.read),
                    )

    def _eq_files(self) -> _Files:
        checks = past_checks(self._source, self._site.zone)
        for file in eq_files(self._record, checks, self._dialect):
            ended = file.checks[-1].week.end
            about = len(file.checks) * file.about_bytes_a_week
            yield file.name, _File(ended, about, file.read)

    def _overall_files(self) -> _Files:
        spans = {fluid: self._record.span_of_fluid(fluid) for fluid in FLUIDS}
        fluids = tuple(fluid for fluid, span in spans.items() if span is not None)
        yield from self._overall_of("values", fluids, None)
        if (ledgers := self._ledgers) is not None:
            priced = tuple(fluid for fluid in fluids if ledgers.has_prices(fluid))
            yield from self._overall_of("cost", priced, ledgers)

    def _overall_of(
        self, file_type: str, fluids: tuple[Fluid, ...], ledgers: Ledgers | None
    ) -> _Files:
        span = self._record.span
        if not fluids or span is None:
            return
        zone = self._site.zone
        first_day = local_midnight(local_day(span.start, zone), zone)
        for name, part in self._record.parts(Span(first_day, span.end)):
            file = OverallFile(
                record=self._record,
                fluids=fluids,
                span=part,
                dialect=self._dialect,
                ledgers=ledgers,
            )
            days = part.length.days + 1
            about = days * (_LINE_BYTES + len(fluids) * _CELL_BYTES)
            yield f"{file_type}_{name}.csv", _File(part.end, about, file.read)

    @cached_property
    def _general(self) -> _File:
        """The installation as the table that can be imported again (S207, S250)."""
        text = write(
            self._site, self._catalogue, FileFormat.CSV, self._dialect.of_tables
        )
        return self._configured(text)

    @cached_property
    def _greenup(self) -> _File:
        """What the load management is told (S207)."""
        tables = self._dialect.of_tables
        return self._configured(
            greenup_file(self._site, self._catalogue, self._charging, tables)
        )

    def _configured(self, text: str) -> _File:
        content = self._dialect.mark + text.encode()
        return _File(self._configured_at, len(content), lambda: iter((content,)))

    def _about_bytes(self, span: Span, columns: int) -> int:
        lines = span.length // self._site.sample_length + 1
        return lines * (_LINE_BYTES + columns * _CELL_BYTES)


def _parts(path: str) -> list[str]:
    return [part for part in path.split("/") if part]


def _entry(name: str, file: _File) -> Entry:
    return Entry(
        name=name,
        is_folder=False,
        changed_at=file.changed_at,
        about_bytes=file.about_bytes,
    )


def _unknown(path: str) -> ConfigurationError:
    return ConfigurationError("file_unknown", field="path", path=path)
