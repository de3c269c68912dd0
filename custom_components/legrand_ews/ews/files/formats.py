"""How the tables of a download are written: as CSV, or as JSON for programs."""

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
import json
from typing import Protocol

from ..billing.money import COST_DECIMALS, cost_text
from ..consumption.amounts import unit_of
from ..consumption.answer import as_number
from ..timegrid import Span
from .dialect import FileDialect, local_time
from .table import Table

type TableRow = tuple[Span, tuple[int | None, ...]]


class DownloadFormat(StrEnum):
    """What the files of a download are."""

    CSV = "csv"
    JSON = "json"


class TableWriter(Protocol):
    """Writes one table piece by piece: its head, rows in several goes, its end."""

    def head(self) -> bytes:
        """What comes before the rows."""

    def rows(self, rows: Iterable[TableRow]) -> bytes:
        """Some rows."""

    def end(self) -> bytes:
        """What comes after the rows."""


def writer_of(
    file_format: DownloadFormat,
    table: Table,
    dialect: FileDialect,
    *,
    has_length: bool,
    currency: str | None = None,
) -> TableWriter:
    """Return what writes a table; ``has_length`` adds the seconds of each row.

    With a ``currency`` its rows are costs.
    """
    if file_format is DownloadFormat.JSON:
        return _Json(table, currency)
    return _Csv(table, dialect, has_length, currency)


class _Csv:
    def __init__(
        self,
        table: Table,
        dialect: FileDialect,
        has_length: bool,
        currency: str | None,
    ) -> None:
        self._table = table
        self._dialect = dialect
        self._has_length = has_length
        self._unit = "" if currency is None else f" [{currency}]"
        is_cost = currency is not None
        self._numbers = dialect.numbers(COST_DECIMALS) if is_cost else dialect.numbers()

    def head(self) -> bytes:
        length = ("seconds",) if self._has_length else ()
        names = (f"{heading}{self._unit}" for heading in self._table.headings)
        return self._dialect.heading(("start", "utc_offset", *length, *names))

    def rows(self, rows: Iterable[TableRow]) -> bytes:
        return "".join(map(self._dialect.line, self._lines(rows))).encode()

    def _lines(self, rows: Iterable[TableRow]) -> Iterator[tuple[str, ...]]:
        zone = self._table.record.site.zone
        for span, amounts in rows:
            length = (str(_seconds(span)),) if self._has_length else ()
            cells = map(self._numbers.__getitem__, amounts)
            yield (*local_time(span.start, zone), *length, *cells)

    def end(self) -> bytes:
        return b""


class _Json:
    """An object a row; amounts are numbers in the unit of the table, null for a gap.

    Costs are decimal texts.
    """

    def __init__(self, table: Table, currency: str | None) -> None:
        self._table = table
        self._unit = unit_of(table.fluid).value if currency is None else currency
        self._value: Callable[[int | None], object] = (
            as_number if currency is None else cost_text
        )
        self._is_first = True

    def head(self) -> bytes:
        table = self._table
        columns = [
            {"id": number, "name": table.record.name_of(table.kind, number)}
            for number in table.numbers
        ]
        about = {
            "fluid": table.fluid.value,
            "unit": self._unit,
            "columns": columns,
        }
        return _text(about).removesuffix("}").encode() + b',"rows":[\n'

    def rows(self, rows: Iterable[TableRow]) -> bytes:
        zone = self._table.record.site.zone
        texts = (
            _text(
                {
                    "start": span.start.astimezone(zone).isoformat(),
                    "seconds": _seconds(span),
                    "values": list(map(self._value, amounts)),
                }
            )
            for span, amounts in rows
        )
        text = ",\n".join(texts)
        if text and not self._is_first:
            text = f",\n{text}"
        self._is_first = self._is_first and not text
        return text.encode()

    def end(self) -> bytes:
        return b"\n]}\n"


def _seconds(span: Span) -> int:
    return int(span.length.total_seconds())


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
