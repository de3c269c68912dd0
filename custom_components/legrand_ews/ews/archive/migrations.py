"""Steps from an older schema to the next; every row comes along."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from sqlalchemy import Connection, inspect, text

from ..quantities import Fluid
from .known import number_quantities
from .meta import STALE, write_meta
from .subjects import SUBJECTS, Subject
from .tables import (
    FLUID_CODES,
    METADATA,
    QUANTITY_NUMBERS,
    RECORDED,
    ROSTERS,
    TARIFF_DAY_MARKS,
    TARIFF_DAYS,
)

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
    moved = (*_OLD_SAMPLES, *_OLD_ROLLUPS, "counters")
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
    run(
        "INSERT INTO counters SELECT c.device_id, q.number, c.value_milli, c.read_at,"
        f" c.booked_until, c.open_count FROM {_OLD}counters c"
        f" JOIN {QUANTITY_NUMBERS.name} q ON q.quantity = c.quantity"
    )
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


def _add_tariff_days(connection: Connection) -> None:
    for table in (TARIFF_DAYS, TARIFF_DAY_MARKS):
        table.create(connection, checkfirst=True)


MIGRATIONS: Final[Mapping[int, Migration]] = MappingProxyType(
    {1: _add_open_counts_and_rosters, 2: _narrow_tables, 3: _add_tariff_days}
)
"""By the version from which each leads to the next one."""
