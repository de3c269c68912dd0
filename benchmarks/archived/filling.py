"""Fills an archive with a month of samples and a year of rollups, in a minute or two.

A day is generated and written by the archive itself; its rows are then copied to the
other days inside the database, which is what writing them would give.
"""

from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
import sqlite3
from typing import Final
from zoneinfo import ZoneInfo

from custom_components.legrand_ews.ews.archive import Archive

from .campus import DAY, INTERVALS, LENGTH, START, Meter

ZONE: Final = ZoneInfo("UTC")
GENERATED_DAYS: Final = 1
RAW_DAYS: Final = 30
ROLLUP_DAYS: Final = 365
_DAY_S: Final = 86_400


def fill(path: Path, meters: Iterable[Meter], raw_days: int, rollup_days: int) -> None:
    """Fill an archive up to ``START``: samples, and rollups of hours, days, months."""
    every = list(meters)
    first = START - GENERATED_DAYS * DAY
    archive = Archive(path, ZONE)
    archive.open()
    archive.write_history(
        meter.sample(first + number * LENGTH)
        for number in range(GENERATED_DAYS * INTERVALS)
        for meter in every
    )
    archive.write([], [state for meter in every for state in meter.states(START)])
    archive.close()
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("PRAGMA synchronous = OFF")
        _copy_days(database, _tables(database, "length"), raw_days)
        _copy_days(database, _tables(database, "covered_s"), rollup_days)
        database.execute("PRAGMA journal_mode = WAL")
        _derive_months(database)
        begin = int((START - rollup_days * DAY).timestamp())
        database.execute("UPDATE totals SET first_start = ?", (begin,))
    database.close()


def _tables(database: sqlite3.Connection, column: str) -> list[str]:
    """Tables of samples have a length, rollups tell what they cover."""
    names = database.execute(
        "SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c"
        " WHERE m.type = 'table' AND c.name = ? AND m.name NOT LIKE 'import%'"
        " AND m.name NOT IN ('monthly', 'yearly')",
        (column,),
    )
    return [name for (name,) in names]


def _copy_days(database: sqlite3.Connection, tables: Iterable[str], days: int) -> None:
    """Let the generated days stand for all days before, the oldest first."""
    newest = int((START - GENERATED_DAYS * DAY).timestamp())
    for table in tables:
        columns = [row[1] for row in database.execute(f"PRAGMA table_info({table})")]
        rest = ", ".join(columns[1:])
        database.execute(f"CREATE TEMP TABLE days AS SELECT * FROM {table}")
        database.execute(f"DELETE FROM {table}")
        for back in range(days - GENERATED_DAYS, -1, -GENERATED_DAYS):
            database.execute(
                f"INSERT INTO {table} ({', '.join(columns)})"
                f" SELECT start - ?, {rest} FROM temp.days"
                " WHERE start - ? >= ? ORDER BY 1, 2, 3",
                (back * _DAY_S, back * _DAY_S, newest - (days - 2) * _DAY_S),
            )
        database.execute("DROP TABLE days")
        database.commit()


def _derive_months(database: sqlite3.Connection) -> None:
    """Ten years of months: the last from the days, those before like them; and years."""
    months = [START - timedelta(days=1)]
    while len(months) < 120:
        months.append(months[-1].replace(day=1) - timedelta(days=1))
    database.execute("DELETE FROM monthly")
    for month in months:
        database.execute(
            "INSERT INTO monthly SELECT ?, fluid, device_id, sum(amount_milli),"
            " sum(covered_s), sum(recovered_s) FROM daily WHERE start >= ?"
            " GROUP BY fluid, device_id",
            (
                int(month.replace(day=1).timestamp()),
                int((START - 30 * DAY).timestamp()),
            ),
        )
    database.execute("DELETE FROM yearly")
    database.execute(
        "INSERT INTO yearly SELECT unixepoch(start, 'unixepoch', 'start of year'),"
        " fluid, device_id, sum(amount_milli), sum(covered_s), sum(recovered_s)"
        " FROM monthly GROUP BY 1, 2, 3"
    )
