"""Steps from an older schema to the next; every row comes along."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Integer, inspect, text

from ..metering import CounterState, OpenCount
from ..quantities import Fluid
from .counters import write_counters
from .grid import from_epoch
from .known import number_quantities
from .meta import STALE, TIME_ZONE, read_meta, write_meta
from .rollup import derive_years
from .subjects import SUBJECTS, Subject
from .tables import (
    COUNTERS,
    FLUID_CODES,
    METADATA,
    OPEN_COUNTS,
    QUANTITY_NUMBERS,
    RECORDED,
    ROSTERS,
    TARIFF_DAY_MARKS,
    TARIFF_DAYS,
    YEARLY,
)
from .totals import hold_all_hours

type Migration = Callable[[Connection], None]

_OLD: Final = "old_"
"""Stands before the names of tables whose rows are on the move."""
_OLD_SAMPLES: Final = ("energy", "gas", "water", "details", "statistics", "thd")
_OLD_ROLLUPS: Final = ("hourly", "daily", "totals")
_KEY: Final = ("start", "device_id", "length", "quality")


def _add_open_counts_and_rosters(connection: Connection) -> None:
    connection.execute(text("ALTER TABLE counters ADD COLUMN open_count TEXT"))
    ROSTERS.create(connection, checkfirst=True)


def _narrow_tables(connection: Connection) -> None:
    """Give each subject a table, and keep extremes as distances from the average.

    Archives of this age are SQLite files.
    """
    run = connection.exec_driver_sql
    moved = (*_OLD_SAMPLES, *_OLD_ROLLUPS)
    for table in moved:
        for index in inspect(connection).get_indexes(table):
            run(f'DROP INDEX "{index["name"]}"')
        run(f"ALTER TABLE {table} RENAME TO {_OLD}{table}")
    run("ALTER TABLE objects ADD COLUMN upstream_id INTEGER")
    METADATA.create_all(connection)
    number_quantities(connection)
    for old in _OLD_SAMPLES:
        present = {c["name"] for c in inspect(connection).get_columns(_OLD + old)}
        for subject in SUBJECTS:
            _move_samples(connection, subject, _OLD + old, present)
    for old in _OLD_ROLLUPS:
        _number_fluids(connection, old)
    for table in moved:
        run(f"DROP TABLE {_OLD}{table}")
    # Months, and hours and days of gauges, are derived when the archive opens.
    write_meta(connection, STALE, "1")


def _move_samples(
    connection: Connection, subject: Subject, old: str, present: set[str]
) -> None:
    if subject.is_counted:
        known = [q for q in subject.quantities if q in present]
        targets, sources, marks = known, known, known
    else:
        known = [q for q in subject.quantities if f"{q}_avg" in present]
        targets = [f"{q}_{part}" for q in known for part in ("avg", "below", "above")]
        sources = [
            source
            for q in known
            for source in (f"{q}_avg", f"{q}_avg - {q}_min", f"{q}_max - {q}_avg")
        ]
        marks = [f"{q}_avg" for q in known]
    if not known:
        return
    run = connection.exec_driver_sql
    run(
        f"INSERT INTO {subject.table} ({', '.join((*_KEY, *targets))})"
        f" SELECT {', '.join((*_KEY, *sources))} FROM {old}"
        f" WHERE COALESCE({', '.join((*marks, 'NULL'))}) IS NOT NULL"
    )
    for quantity, mark in zip(known, marks, strict=True):
        run(
            f"INSERT INTO {RECORDED.name} SELECT DISTINCT r.device_id, q.number"
            f" FROM {old} r JOIN {QUANTITY_NUMBERS.name} q ON q.quantity = '{quantity}'"
            f" WHERE r.{mark} IS NOT NULL"
        )


def _number_fluids(connection: Connection, rollup: str) -> None:
    columns = [c["name"] for c in inspect(connection).get_columns(rollup)]
    codes = " ".join(f"WHEN '{Fluid(f)}' THEN {n}" for f, n in FLUID_CODES.items())
    values = [f"CASE fluid {codes} END" if c == "fluid" else c for c in columns]
    connection.exec_driver_sql(
        f"INSERT INTO {rollup} ({', '.join(columns)})"
        f" SELECT {', '.join(values)} FROM {_OLD}{rollup}"
    )


def _add_tariff_days_and_years(connection: Connection) -> None:
    """Give a device's counters a row together, and years rows of their own."""
    for table in (TARIFF_DAYS, TARIFF_DAY_MARKS, YEARLY, OPEN_COUNTS):
        table.create(connection, checkfirst=True)
    zone = read_meta(connection, TIME_ZONE)
    if zone is not None:
        derive_years(connection, ZoneInfo(zone))
    hold_all_hours(connection)
    states = list(_old_counters(connection))
    connection.exec_driver_sql("DROP VIEW IF EXISTS counters_view")
    connection.exec_driver_sql("DROP TABLE counters")
    COUNTERS.create(connection)
    write_counters(connection, states)


def _old_counters(connection: Connection) -> Iterator[CounterState]:
    """One row a counter; its quantity is a name, or the number of one."""
    columns = {c["name"]: c for c in inspect(connection).get_columns("counters")}
    is_number = isinstance(columns["quantity"]["type"], Integer)
    query = (
        "SELECT c.device_id, q.quantity, c.value_milli, c.read_at, c.booked_until,"
        f" c.open_count FROM counters c JOIN {QUANTITY_NUMBERS.name} q"
        f" ON q.{'number' if is_number else 'quantity'} = c.quantity"
    )
    for row in connection.exec_driver_sql(query):
        yield CounterState(
            device_id=row.device_id,
            quantity=row.quantity,
            value_milli=row.value_milli,
            read_at=from_epoch(row.read_at),
            booked_until=from_epoch(row.booked_until),
            open_count=row.open_count and OpenCount.of_text(row.open_count),
        )


MIGRATIONS: Final[Mapping[int, Migration]] = MappingProxyType(
    {1: _add_open_counts_and_rosters, 2: _narrow_tables, 3: _add_tariff_days_and_years}
)
"""By the version from which each leads to the next one."""
