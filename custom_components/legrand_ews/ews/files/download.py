"""``reportdata.zip``: amounts of chosen devices, groups or loads (S210-S215)."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import IO, Final, Self
import zipfile
from zoneinfo import ZoneInfo

from ..billing import Ledgers
from ..consumption import ConsumptionQuery
from ..consumption.request import numbers_of, option_of
from ..errors import ConfigurationError
from ..model import ObjectKind
from ..quantities import Fluid
from ..timegrid import Bucket, Period, Span, bucket_edges, local_day, period_span
from .dialect import FileDialect
from .formats import DownloadFormat, writer_of
from .list_file import Part, recorded_parts
from .measured import Measured
from .record import Record
from .rows import days_of
from .table import Table

REPORT_FILE: Final = "reportdata.zip"
_KINDS: Final = {
    "device": ObjectKind.DEVICE,
    "group": ObjectKind.GROUP,
    "load": ObjectKind.LOAD,
}
_FLUIDS: Final = (Fluid.ELECTRICITY, Fluid.GAS, Fluid.WATER)
_QUARTER: Final = timedelta(minutes=15)

type Progress = Callable[[float], None]
"""Told how much is done, from 0 to 1; may raise `DownloadCancelledError`."""


class DownloadCancelledError(Exception):
    """Whoever wanted the file wants it no more."""


class DownloadKind(StrEnum):
    """What the columns are."""

    DEVICE = "device"
    GROUP = "group"
    LOAD = "load"


class Rate(StrEnum):
    """Length of a row (S211); ``SAMPLE`` as it was recorded."""

    SAMPLE = "sample"
    QUARTER_HOUR = "15min"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


_BUCKETS: Final = {
    Rate.QUARTER_HOUR: Bucket.SAMPLE,
    Rate.HOUR: Bucket.HOUR,
    Rate.DAY: Bucket.DAY,
    Rate.WEEK: Bucket.WEEK,
    Rate.MONTH: Bucket.MONTH,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DataRequest:
    """What to download; without ``ids`` every object of the kind that has data.

    ``has_costs`` gives each file a twin of what its amounts cost.
    """

    kind: DownloadKind
    ids: tuple[int, ...] | None
    span: Span
    rate: Rate
    file_format: DownloadFormat = DownloadFormat.CSV
    has_costs: bool = False

    @classmethod
    def from_request(cls, request: Mapping[str, object], zone: ZoneInfo) -> Self:
        """Read the fields of the action ``export_data``.

        A span given by days includes the last one. Raises ConfigurationError at the
        field that is wrong.
        """
        asked = {"start": request.get("start"), "end": request.get("end")}
        span = ConsumptionQuery.from_request(asked, zone).span
        if span is None:
            raise ConfigurationError("span_missing", field="start")
        if span.end <= span.start:
            raise ConfigurationError("end_not_after_start", field="end")
        return cls(
            kind=option_of(DownloadKind, request, "kind", DownloadKind.DEVICE),
            ids=numbers_of(request, "ids"),
            span=span,
            rate=option_of(Rate, request, "rate", Rate.QUARTER_HOUR),
            file_format=option_of(
                DownloadFormat, request, "format", DownloadFormat.CSV
            ),
            has_costs=request.get("costs") is True,
        )


def write_download(
    path: Path,
    request: DataRequest,
    record: Record,
    dialect: FileDialect,
    progress: Progress,
    ledgers: Ledgers | None = None,
) -> tuple[str, ...]:
    """Write the archive file and return the names of the files in it (blocking).

    There is either a whole file at ``path`` or none. Raises ConfigurationError
    ``unknown_object``, ``export_empty`` or ``costs_missing``, ArchiveError, OSError,
    and whatever ``progress`` raises.
    """
    sheets = list(_sheets(request, record, ledgers))
    if not sheets:
        raise ConfigurationError("export_empty", field="start")
    if request.has_costs and all(sheet.ledgers is None for sheet in sheets):
        raise ConfigurationError("costs_missing", field="costs")
    unfinished = path.with_suffix(".part")
    try:
        with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive:
            for index, sheet in enumerate(sheets):
                done = _Part(progress, index, len(sheets), request.span)
                name = _file_name(request, sheet)
                with archive.open(name, "w", force_zip64=True) as file:
                    _write_sheet(file, sheet, request, dialect, done)
        unfinished.replace(path)
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
    progress(1.0)
    return tuple(_file_name(request, sheet) for sheet in sheets)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A file to write: a table of amounts, or with ``ledgers`` of what they cost."""

    table: Table
    ledgers: Ledgers | None = None


def _sheets(
    request: DataRequest, record: Record, ledgers: Ledgers | None
) -> Iterator[_Sheet]:
    wanted = ledgers if request.has_costs else None
    for table in _tables(request, record):
        yield _Sheet(table)
        if wanted is not None and wanted.has_prices(table.fluid):
            yield _Sheet(table, wanted)


@dataclass(frozen=True, slots=True)
class _Part:
    """Progress of one of several files."""

    progress: Progress
    index: int
    count: int
    span: Span

    def reached(self, instant: datetime) -> None:
        done = (instant - self.span.start) / self.span.length
        self.progress((self.index + min(max(done, 0.0), 1.0)) / self.count)


def _tables(request: DataRequest, record: Record) -> Iterator[Table]:
    """The files that apply: those of fluids that the chosen objects have (S213)."""
    kind = _KINDS[request.kind]
    for number in request.ids or ():
        if not record.directory.knows(kind, number):
            raise ConfigurationError(
                "unknown_object", field="ids", kind=kind, id=number
            )
    for fluid in _FLUIDS:
        if record.span_of_fluid(fluid) is None:
            continue
        table = Table(record=record, fluid=fluid, kind=kind, numbers=())
        present = table.present(request.span)
        numbers = sorted(present)
        if request.ids is not None:
            chosen = table.recorded().intersection(request.ids)
            numbers = [x for x in request.ids if x in chosen]
        if not present.isdisjoint(numbers):
            yield Table(record=record, fluid=fluid, kind=kind, numbers=numbers)


def _file_name(request: DataRequest, sheet: _Sheet) -> str:
    name, fluid = f"report_energy_{request.kind}s", sheet.table.fluid
    if request.kind is not DownloadKind.LOAD or fluid is not Fluid.ELECTRICITY:
        name += f"_{fluid}"
    if sheet.ledgers is not None:
        name += "_cost"
    return f"{name}.{request.file_format}"


def _write_sheet(
    file: IO[bytes],
    sheet: _Sheet,
    request: DataRequest,
    dialect: FileDialect,
    done: _Part,
) -> None:
    table, ledgers = sheet.table, sheet.ledgers
    writer = writer_of(
        request.file_format,
        table,
        dialect,
        has_length=request.rate is Rate.SAMPLE,
        currency=None if ledgers is None else ledgers.currency,
    )
    file.write(writer.head())
    span = _with_rows(request, table)
    for source, edges in _chunks(table, span, request.rate):
        if ledgers is None:
            rows = table.rows(source, edges)
        else:
            rows = table.costs(source, ledgers.of(table.fluid), edges)
        file.write(writer.rows(rows))
        done.reached(edges[-1])
    file.write(writer.end())


def _with_rows(request: DataRequest, table: Table) -> Span:
    """The part of the span that has rows: to the day on which data begin and end.

    Long rows start where they were asked to start.
    """
    zone, asked = table.record.site.zone, request.span
    recorded = table.record.span_of_fluid(table.fluid)
    if recorded is None or request.rate in {Rate.DAY, Rate.WEEK, Rate.MONTH}:
        return asked
    first, last = (
        period_span(Period.DAY, local_day(at, zone), zone)
        for at in (recorded.start, recorded.end)
    )
    return Span(max(asked.start, first.start), min(asked.end, last.end))


def _chunks(table: Table, span: Span, rate: Rate) -> Iterator[Part]:
    """Cut a span into pieces that fit into memory, each with the edges of its rows."""
    record, zone = table.record, table.record.site.zone
    if rate is Rate.SAMPLE:
        yield from recorded_parts(record, table.fluid, span)
        return
    measured = Measured(record.source)
    pieces = [span]
    if rate in {Rate.QUARTER_HOUR, Rate.HOUR}:
        pieces = list(days_of(span, zone))
    for piece in pieces:
        yield measured, bucket_edges(piece, _BUCKETS[rate], zone, _QUARTER)
