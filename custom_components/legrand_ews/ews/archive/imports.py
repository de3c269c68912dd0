"""History from elsewhere, written beside what was measured.

Every column that an import writes is noted with what stood there before, so that
`import_undo` can take it away again as a whole, however much later.
"""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import batched
from typing import Final

from sqlalchemy import (
    Column,
    Connection,
    and_,
    bindparam,
    insert,
    or_,
    select,
    update as sql_update,
)

from ..metering import Quality
from .grid import to_epoch
from .known import Pair, record
from .tables import (
    HOUR_S,
    IMPORT_CHANGES,
    IMPORTS,
    QUALITY_CODES,
    TABLE_OF_QUANTITY,
)

_BATCH: Final = 20_000
_SECOND: Final = timedelta(seconds=1)
_MOST_NAMED: Final = 100


class OnConflict(StrEnum):
    """What happens to an imported amount where one is known already."""

    KEEP = "keep"
    """What is known stays."""
    REPLACE = "replace"
    """The imported amount takes its place, where both stand for the same interval."""
    REFUSE = "refuse"
    """Nothing at all is imported."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRow:
    """An amount that a device counted in an interval (UTC); ``number`` is its row.

    ``amount_milli`` is in thousandths of the unit of ``quantity``.
    """

    number: int
    device_id: int
    quantity: str
    start: datetime
    length: timedelta
    amount_milli: int


@dataclass(slots=True, kw_only=True)
class ImportOutcome:
    """What an import did, or would do.

    ``conflicts`` are rows for whose time an amount was known; of those and of rows
    that overlap (one another, or an amount with another interval) the first hundred
    numbers are given. ``first`` and ``last`` are seconds since 1970.
    """

    rows: int = 0
    written: int = 0
    conflicts: int = 0
    overlaps: list[int] = field(default_factory=list)
    overlapping: int = 0
    first: int | None = None
    last: int | None = None

    def overlap(self, number: int) -> None:
        """Note a row that cannot be written because its time is taken in part."""
        self.overlapping += 1
        if len(self.overlaps) < _MOST_NAMED:
            self.overlaps.append(number)

    def reach(self, start: int, end: int) -> None:
        """Note a time in which something was written."""
        self.first = start if self.first is None else min(self.first, start)
        self.last = end if self.last is None else max(self.last, end)


type _Interval = tuple[int, int]
"""Start and length in seconds."""
type _Known = dict[int, dict[_Interval, int]]
"""By device, what a quantity has in the time looked at."""


def import_rows(
    connection: Connection,
    rows: Iterable[ImportRow],
    token: str,
    now: datetime,
    on_conflict: OnConflict,
    *,
    dry_run: bool,
) -> ImportOutcome:
    """Write amounts, or only see what writing them would do.

    Rolls nothing back: where `OnConflict.REFUSE` meets a conflict the caller does.
    """
    outcome = ImportOutcome()
    if not dry_run:
        connection.execute(
            insert(IMPORTS).values(token=token, at=to_epoch(now), written=0)
        )
    taken: defaultdict[Pair, _Cover] = defaultdict(_Cover)
    for batch in batched(rows, _BATCH, strict=False):
        outcome.rows += len(batch)
        by_quantity: defaultdict[str, list[ImportRow]] = defaultdict(list)
        for row in batch:
            by_quantity[row.quantity].append(row)
        for quantity, own in by_quantity.items():
            column = TABLE_OF_QUANTITY[quantity].c[quantity]
            known = _known(connection, column, own)
            chosen = list(_chosen(own, known, taken, on_conflict, outcome))
            if not dry_run:
                _write(connection, column, chosen, known, token)
    if not dry_run:
        record(connection, taken.keys())
        connection.execute(
            sql_update(IMPORTS)
            .where(IMPORTS.c.token == token)
            .values(written=outcome.written)
        )
    return outcome


def _known(
    connection: Connection, column: Column[int], rows: Sequence[ImportRow]
) -> _Known:
    table = column.table.c
    first = min(to_epoch(row.start) for row in rows)
    last = max(to_epoch(row.start) + row.length // _SECOND for row in rows)
    query = select(table.device_id, table.start, table.length, column).where(
        table.device_id.in_({row.device_id for row in rows}),
        column.is_not(None),
        # What is longer than an hour is rare and has an index of its own.
        or_(
            and_(table.start >= first - HOUR_S, table.start < last),
            and_(table.start < first - HOUR_S, table.length > HOUR_S),
        ),
        table.start + table.length > first,
    )
    found: _Known = {}
    for device_id, start, length, amount in connection.execute(query):
        found.setdefault(device_id, {})[start, length] = amount
    return found


class _Cover:
    """Times of a device and quantity that are taken; they do not overlap.

    What was measured may: a gap that was filled by an import is booked as a whole
    when the device answers again.
    """

    def __init__(self, intervals: Iterable[_Interval] = ()) -> None:
        self._intervals: list[_Interval] = []
        for start, length in sorted(intervals):
            first, reach = self._intervals[-1] if self._intervals else (start, 0)
            if start < first + reach:
                self._intervals[-1] = (first, max(reach, start + length - first))
            else:
                self._intervals.append((start, length))

    def touches(self, interval: _Interval) -> bool:
        start, length = interval
        place = bisect_left(self._intervals, interval)
        after = self._intervals[place : place + 1]
        before = self._intervals[max(place - 1, 0) : place]
        return any(at < start + length for at, _ in after) or any(
            at + reach > start for at, reach in before
        )

    def add(self, interval: _Interval) -> None:
        insort(self._intervals, interval)


def _chosen(
    rows: Iterable[ImportRow],
    known: _Known,
    taken: defaultdict[Pair, _Cover],
    on_conflict: OnConflict,
    outcome: ImportOutcome,
) -> Iterator[ImportRow]:
    covers = {device: _Cover(intervals) for device, intervals in known.items()}
    nothing = _Cover()
    for row in rows:
        interval = (to_epoch(row.start), row.length // _SECOND)
        imported = taken[row.device_id, row.quantity]
        if imported.touches(interval):
            outcome.overlap(row.number)
            continue
        if covers.get(row.device_id, nothing).touches(interval):
            outcome.conflicts += 1
            is_same = interval in known[row.device_id]
            if not is_same and on_conflict is not OnConflict.KEEP:
                outcome.overlap(row.number)
            if not is_same or on_conflict is not OnConflict.REPLACE:
                continue
        imported.add(interval)
        outcome.written += 1
        outcome.reach(interval[0], sum(interval))
        yield row


def _write(
    connection: Connection,
    column: Column[int],
    rows: Sequence[ImportRow],
    known: _Known,
    token: str,
) -> None:
    if not rows:
        return
    keys = [(row.device_id, to_epoch(row.start), row.length // _SECOND) for row in rows]
    connection.execute(
        insert(IMPORT_CHANGES),
        [
            {
                "token": token,
                "quantity": column.name,
                "device_id": device_id,
                "start": start,
                "length": length,
                "amount_milli": row.amount_milli,
                "before_milli": known.get(device_id, {}).get((start, length)),
            }
            for row, (device_id, start, length) in zip(rows, keys, strict=True)
        ],
    )
    stored = _stored_keys(connection, column, keys)
    amounts = [(*key, row.amount_milli) for key, row in zip(keys, rows, strict=True)]
    update_amounts(connection, column, [x for x in amounts if x[:3] in stored])
    fresh = [
        {
            "device_id": device_id,
            "start": start,
            "length": length,
            "quality": QUALITY_CODES[Quality.COMPLETE],
            column.name: amount,
        }
        for device_id, start, length, amount in amounts
        if (device_id, start, length) not in stored
    ]
    if fresh:
        connection.execute(insert(column.table), fresh)


def _stored_keys(
    connection: Connection, column: Column[int], keys: Sequence[tuple[int, int, int]]
) -> set[tuple[int, int, int]]:
    table = column.table.c
    starts = [start for _, start, _ in keys]
    query = select(table.device_id, table.start, table.length).where(
        table.start >= min(starts),
        table.start <= max(starts),
        table.device_id.in_({device_id for device_id, _, _ in keys}),
    )
    return {
        (device, start, length) for device, start, length in connection.execute(query)
    }


def update_amounts(
    connection: Connection,
    column: Column[int],
    amounts: Sequence[tuple[int, int, int, int | None]],
) -> None:
    """Set a column of rows that exist: device, start, length, amount or None."""
    if not amounts:
        return
    table = column.table
    statement = (
        sql_update(table)
        .where(
            table.c.device_id == bindparam("of_device"),
            table.c.start == bindparam("of_start"),
            table.c.length == bindparam("of_length"),
        )
        .values({column.name: bindparam("amount")})
    )
    connection.execute(
        statement,
        [
            {
                "of_device": device,
                "of_start": start,
                "of_length": length,
                "amount": amount,
            }
            for device, start, length, amount in amounts
        ],
    )
