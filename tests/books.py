"""What an archive holds, by plain SQL: not a line of the code under test."""

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
import sqlite3
from typing import Final

from simulator.assembly import Meter
from simulator.history import recorded_counters

SAMPLE_TABLES: Final = (
    *("energy", "energy_phases", "energy_tariffs"),
    *("gas", "water", "details"),
)
KEYS: Final = ("start", "device_id", "length", "quality")
COUNTER_KEYS: Final = ("device_id", "read_at", "booked_until")
SECOND: Final = timedelta(seconds=1)
READING: Final = timedelta(seconds=2)

type Counter = tuple[int, str]
"""A device's number and a quantity."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterRow:
    """Where a counter stood when it was last booked."""

    value_milli: int
    read_at: int
    booked_until: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """All amounts ever booked, and the counters that they come from."""

    booked_milli: Mapping[Counter, int]
    counters: Mapping[Counter, CounterRow]

    @property
    def booked_until(self) -> int:
        """End of the newest interval, in seconds since 1970; 0 before the first."""
        return max((row.booked_until for row in self.counters.values()), default=0)


def connect(path: Path) -> sqlite3.Connection:
    """Open an archive for reading only."""
    return sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=20)


def read_books(path: Path) -> Books:
    """Add up every column of every sample table, in one look."""
    booked: dict[Counter, int] = {}
    with closing(connect(path)) as database:
        database.execute("BEGIN")
        for table in SAMPLE_TABLES:
            columns = [
                row[1] for row in database.execute(f"PRAGMA table_info({table})")
            ]
            for quantity in (name for name in columns if name not in KEYS):
                rows = database.execute(
                    f"SELECT device_id, SUM({quantity}) FROM {table} "
                    f"WHERE {quantity} IS NOT NULL GROUP BY device_id"
                )
                booked |= {(device, quantity): amount for device, amount in rows}
        quantities = [
            row[1]
            for row in database.execute("PRAGMA table_info(counters)")
            if row[1] not in COUNTER_KEYS
        ]
        counters = {
            (device_id, quantity): CounterRow(
                value_milli=value, read_at=read_at, booked_until=booked_until
            )
            for quantity in quantities
            for device_id, read_at, booked_until, value in database.execute(
                f"SELECT device_id, read_at, booked_until, {quantity} FROM counters "
                f"WHERE {quantity} IS NOT NULL"
            )
        }
    return Books(booked_milli=booked, counters=counters)


def device_sums(
    path: Path, table: str, quantity: str, start: datetime, end: datetime
) -> dict[int, int]:
    """Thousandths by device in a span that no sample straddles."""
    span = (int(start.timestamp()), int(end.timestamp()))
    with closing(connect(path)) as database:
        straddling = database.execute(
            f"SELECT COUNT(*) FROM {table} WHERE start < ? AND start + length > ? "
            "OR start < ? AND start + length > ?",
            (span[0], span[0], span[1], span[1]),
        ).fetchone()
        assert straddling == (0,)
        rows = database.execute(
            f"SELECT device_id, SUM({quantity}) FROM {table} WHERE start >= ? "
            f"AND start < ? AND {quantity} IS NOT NULL GROUP BY device_id",
            span,
        ).fetchall()
    return dict(rows)


def unbalanced(before: Books, after: Books) -> dict[Counter, tuple[int, int]]:
    """Counters of which more or less was booked than they have grown by."""
    found: dict[Counter, tuple[int, int]] = {}
    for counter, first in before.counters.items():
        grown = after.counters[counter].value_milli - first.value_milli
        booked = after.booked_milli.get(counter, 0) - before.booked_milli.get(
            counter, 0
        )
        if grown != booked:
            found[counter] = (grown, booked)
    return found


def strangers(
    books: Books, meters: Mapping[str, Meter], ids: Mapping[str, int]
) -> dict[Counter, tuple[int, int, int]]:
    """Counters that do not stand where the simulated meter stood when it was read.

    The archive knows the instant at which a reading arrived, to the second; the meter
    looked at its counter a little earlier.
    """
    found: dict[Counter, tuple[int, int, int]] = {}
    for meter in meters.values():
        number = ids[meter.spec.name]
        for quantity in recorded_counters(meter, datetime.now(UTC)):
            row = books.counters[number, quantity]
            at = datetime.fromtimestamp(row.read_at, UTC)
            low = recorded_counters(meter, at - READING)[quantity]
            high = recorded_counters(meter, at + SECOND)[quantity]
            if not low <= row.value_milli <= high:
                found[number, quantity] = (low, row.value_milli, high)
    return found
