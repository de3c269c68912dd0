"""``devices/<ID>/<ID>_<type>_<yyyy-MM>.csv``: what one device recorded (S199, S200).

A row is an interval as it was stored, with its length and quality, so that series with
several recording intervals read back exactly (S115). What flowed during a gap is a row
of its own over the whole gap; the intervals of the gap are rows with empty cells (S209).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import batched
from types import MappingProxyType
from typing import Final

from ..archive import CourseRow
from ..quantities import QUANTITIES, Kind, Quantity, Unit
from ..timegrid import Span
from .dialect import FileDialect, local_time
from .record import Record
from .rows import empty_rows, interval_of, spans_gap

ROW_COLUMNS: Final = ("start", "utc_offset", "seconds", "quality")
MISSING: Final = "missing"
"""Quality of an interval in which nothing was recorded."""
_SECOND: Final = timedelta(seconds=1)
_PIECE: Final = 1000
"""Lines that are read at once."""
_STATISTICS: Final = ("avg", "min", "max")


class FileType(StrEnum):
    """Kinds of data, each with a file of its own."""

    ENERGY = "energy"
    GAS = "gas"
    WATER = "water"
    DETAILS = "details"
    """Counters of phases and tariffs, apparent energy, hours, pulses."""
    STATISTICS = "statistics"
    THD = "thd"


_COUNTERS_OF: Final[Mapping[FileType, tuple[str, ...]]] = {
    FileType.ENERGY: (
        "active_energy_import",
        "active_energy_export",
        "reactive_energy_import",
        "reactive_energy_export",
    ),
    FileType.GAS: ("gas_volume",),
    FileType.WATER: ("water_volume",),
}


def _quantities_of_types() -> Iterator[tuple[FileType, tuple[str, ...]]]:
    yield from _COUNTERS_OF.items()
    archived = [x for x in QUANTITIES.values() if x.is_archived]
    elsewhere = {key for keys in _COUNTERS_OF.values() for key in keys}
    details = [x.key for x in archived if x.kind is Kind.COUNTER]
    yield FileType.DETAILS, tuple(key for key in details if key not in elsewhere)
    gauges = [x for x in archived if x.kind is Kind.GAUGE]
    yield (
        FileType.STATISTICS,
        tuple(x.key for x in gauges if x.unit is not Unit.PERCENT),
    )
    yield FileType.THD, tuple(x.key for x in gauges if x.unit is Unit.PERCENT)


QUANTITIES_OF: Final[Mapping[FileType, tuple[str, ...]]] = MappingProxyType(
    dict(_quantities_of_types())
)
"""The columns of each type in the order of its files; new ones are added at the end."""


def types_of(recorded: frozenset[str]) -> tuple[FileType, ...]:
    """The files of a device that recorded these quantities."""
    return tuple(
        file_type
        for file_type, quantities in QUANTITIES_OF.items()
        if not recorded.isdisjoint(quantities)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceFile:
    """One file of a device: ``span`` is the part of the month in which it recorded.

    ``quantities`` are those of the type that the device has recorded, in their order.
    """

    record: Record
    device_id: int
    quantities: tuple[str, ...]
    span: Span
    dialect: FileDialect

    def read(self) -> Iterator[bytes]:
        """Yield the file piece by piece (blocking).

        Nothing is held open while the next piece is not asked for.
        """
        yield self.dialect.heading((*ROW_COLUMNS, *self.columns))
        for lines in batched(_Lines(self).all(), _PIECE, strict=False):
            yield "".join(lines).encode()

    @property
    def columns(self) -> tuple[str, ...]:
        """The headings after those of `ROW_COLUMNS`: quantities with their units."""
        return tuple(
            heading for key in self.quantities for heading in _headings(QUANTITIES[key])
        )


def _headings(quantity: Quantity) -> Iterator[str]:
    unit = f" [{quantity.unit}]" if quantity.unit else ""
    if quantity.kind is Kind.COUNTER:
        yield f"{quantity.key}{unit}"
    else:
        yield from (f"{quantity.key}_{part}{unit}" for part in _STATISTICS)


class _Lines:
    """Lines of rows that come in order of their start, and of what lies between."""

    def __init__(self, file: DeviceFile) -> None:
        self._file = file
        self._zone = file.record.site.zone
        self._dialect = file.dialect
        self._delimiter = file.dialect.delimiter
        self._nothing = self._delimiter * (len(file.columns) - 1)
        self._position = file.span.start
        self._length: timedelta | None = None

    def all(self) -> Iterator[str]:
        file = self._file
        course = file.record.source.course(file.span, file.device_id, file.quantities)
        for row in course:
            yield from self._of(row)
        yield from self._missing_until(file.span.end)

    def _of(self, row: CourseRow) -> Iterator[str]:
        if not row.is_measured:
            return
        if not spans_gap(row):
            interval = interval_of(row.length)
            if row.start > self._position:
                self._length = self._length or interval
                yield from self._missing_until(row.start)
            self._length = interval
            self._position = max(self._position, row.start + row.length)
        cells = self._dialect.numbers_of(row.numbers)
        yield self._line(row.start, row.length, row.quality, cells)

    def _missing_until(self, instant: datetime) -> Iterator[str]:
        missing = Span(self._position, instant)
        length = self._length or self._file.record.site.sample_length
        for empty in empty_rows(missing, length, self._zone):
            yield self._line(empty.start, empty.length, MISSING, self._nothing)
        self._position = max(self._position, instant)

    def _line(
        self, start: datetime, length: timedelta, quality: str, cells: str
    ) -> str:
        time = local_time(start, self._zone)
        seconds = str(length // _SECOND)
        return self._dialect.line((*time, seconds, quality, cells))
