"""What others write for the same samples: a row a value, and Home Assistant itself.

Both get the same values. Their tables are filled with some hours and their figures
hold for a value or an hour; for the questions of charts they get a month of energies.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import chain
from pathlib import Path
import sqlite3
import subprocess
import sys
from typing import Final, override

from custom_components.legrand_ews.ews.metering import Sample

from .campus import COUNTERS, DAY, DEVICES, GAUGES, INTERVALS, LENGTH, START

_ENERGY: Final = "active_energy_import"
_SHORT_TERM_S: Final = 300
_HOUR: Final = timedelta(hours=1)
_HA_SCHEMA: Final = """
from homeassistant.components.recorder import db_schema
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable
for kind in (db_schema.Statistics, db_schema.StatisticsShortTerm):
    table = kind.__table__
    for statement in (CreateTable(table), *map(CreateIndex, table.indexes)):
        print(statement.compile(dialect=sqlite.dialect()), ";")
"""


class Peer(ABC):
    """A database that takes samples in its own way."""

    def __init__(self, path: Path) -> None:
        """Create the tables, with the settings that Home Assistant uses."""
        self._path = path
        self._database = sqlite3.connect(path)
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA synchronous = NORMAL")
        self.values = 0
        self._create(self._database)

    def write(self, samples: Iterable[Sample]) -> None:
        """Store an interval in a transaction."""
        self._insert(self._database, samples)
        self._database.commit()

    @abstractmethod
    def fill_month(self) -> None:
        """Add a month of the one quantity that the chart asks for."""

    @abstractmethod
    def month_of_days(self) -> int:
        """Answer a chart: every device's energy on each day; the number of bars."""

    def checkpoint(self) -> None:
        """Bring everything into the file."""
        self._database.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def size(self) -> int:
        """Bytes of the file."""
        return self._path.stat().st_size

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    @abstractmethod
    def _create(self, database: sqlite3.Connection) -> None:
        """Create the tables."""

    @abstractmethod
    def _insert(self, database: sqlite3.Connection, samples: Iterable[Sample]) -> None:
        """Insert an interval."""


class RowPerValue(Peer):
    """One table with a row for every value, found by device, quantity and time."""

    @override
    def _create(self, database: sqlite3.Connection) -> None:
        database.executescript(
            "CREATE TABLE measurements (id INTEGER PRIMARY KEY, device_id INTEGER,"
            " quantity TEXT, start TEXT, value REAL);"
            "CREATE INDEX by_series ON measurements (device_id, quantity, start);"
        )

    @override
    def _insert(self, database: sqlite3.Connection, samples: Iterable[Sample]) -> None:
        rows = [row for sample in samples for row in _values(sample)]
        self.values += len(rows)
        database.executemany(
            "INSERT INTO measurements (device_id, quantity, start, value)"
            " VALUES (?, ?, ?, ?)",
            rows,
        )

    @override
    def fill_month(self) -> None:
        self._database.executemany(
            "INSERT INTO measurements (device_id, quantity, start, value)"
            " VALUES (?, ?, ?, ?)",
            (
                (device_id, _ENERGY, (START - back * LENGTH).isoformat(), 12.5)
                for back in range(30 * INTERVALS, 0, -1)
                for device_id in range(1, DEVICES + 1)
            ),
        )
        self._database.commit()

    @override
    def month_of_days(self) -> int:
        query = (
            "SELECT device_id, date(start), sum(value) FROM measurements"
            " WHERE device_id = ? AND quantity = ? AND start >= ? GROUP BY 2"
        )
        since = (START - 30 * DAY).isoformat()
        return sum(
            len(self._database.execute(query, (number, _ENERGY, since)).fetchall())
            for number in range(1, DEVICES + 1)
        )


def _values(sample: Sample) -> Iterator[tuple[int, str, str, float]]:
    at = sample.start.isoformat()
    for key, amount in sample.amounts_milli.items():
        yield sample.device_id, key, at, amount / 1000
    for key, statistic in sample.statistics.items():
        yield sample.device_id, f"{key}_average", at, statistic.average_milli / 1000
        yield sample.device_id, f"{key}_minimum", at, statistic.minimum_milli / 1000
        yield sample.device_id, f"{key}_maximum", at, statistic.maximum_milli / 1000


class HomeAssistant(Peer):
    """The recorder's statistics: short-term rows of five minutes, rows of hours.

    An interval of ten minutes is two short-term rows; its values count once.
    """

    @override
    def _create(self, database: sqlite3.Connection) -> None:
        schema = subprocess.run(
            (sys.executable, "-c", _HA_SCHEMA),
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        database.executescript(schema.stdout)
        self._sums: dict[int, float] = {}

    @override
    def _insert(self, database: sqlite3.Connection, samples: Iterable[Sample]) -> None:
        kept = list(samples)
        for part in range(int(LENGTH.total_seconds()) // _SHORT_TERM_S):
            later = timedelta(seconds=part * _SHORT_TERM_S)
            rows = chain.from_iterable(self._rows(s, s.start + later) for s in kept)
            self._insert_rows(database, "statistics_short_term", rows)
        if kept and (kept[0].end - START) % _HOUR == timedelta():
            hour = kept[0].end - _HOUR
            rows = chain.from_iterable(self._rows(s, hour) for s in kept)
            self._insert_rows(database, "statistics", rows)
        self.values += sum(len(s.amounts_milli) + 3 * len(s.statistics) for s in kept)

    def _insert_rows(
        self,
        database: sqlite3.Connection,
        table: str,
        rows: Iterable[Sequence[float | None]],
    ) -> None:
        database.executemany(
            f"INSERT INTO {table} (created_ts, metadata_id, start_ts, mean, min, max,"
            " state, sum) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            rows,
        )

    def _rows(self, sample: Sample, at: datetime) -> Iterator[tuple[float | None, ...]]:
        created, start = at.timestamp() + 310.123456, at.timestamp()
        first = sample.device_id * 100
        for number, key in enumerate(COUNTERS, first):
            total = self._sums.get(number, 0.0) + sample.amounts_milli[key] / 2000
            self._sums[number] = total
            yield created, number, start, None, None, None, 5000.5 + total, total
        for number, key in enumerate(GAUGES, first + len(COUNTERS)):
            statistic = sample.statistics[key]
            yield (
                created,
                number,
                start,
                statistic.average_milli / 1000,
                statistic.minimum_milli / 1000,
                statistic.maximum_milli / 1000,
                None,
                None,
            )

    @override
    def fill_month(self) -> None:
        self._insert_rows(
            self._database,
            "statistics",
            (
                (start, device_id * 100, start, None, None, None, start, start)
                for back in range(30 * 24, 0, -1)
                for start in ((START - back * _HOUR).timestamp(),)
                for device_id in range(1, DEVICES + 1)
            ),
        )
        self._database.commit()

    @override
    def month_of_days(self) -> int:
        # Sums of hours, of which the differences between days are shown.
        ids = [n * 100 for n in range(1, DEVICES + 1)]
        marks = ", ".join("?" * len(ids))
        rows = self._database.execute(
            "SELECT metadata_id, start_ts, sum FROM statistics"
            f" WHERE metadata_id IN ({marks}) AND start_ts >= ?"
            " ORDER BY metadata_id, start_ts",
            (*ids, (START - 30 * DAY).timestamp()),
        )
        last: dict[tuple[int, int], float] = {}
        for number, start, total in rows:
            last[number, int(start // 86_400)] = total
        return len(last)
