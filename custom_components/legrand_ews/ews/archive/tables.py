"""The tables of the archive.

Instants are seconds since 1970 (UTC), lengths are seconds. Amounts and gauges are
integers in thousandths of the unit of their quantity (mWh, cm³, mV ...). NULL is
"not measured", never zero.

Samples live in one wide table a subject, one row a device and interval. The length
is part of the key: when the counters of a device fail one by one, two rows of a
device may start together and hold different columns; no amount is ever in two.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
)

from ..metering import Quality
from ..quantities import FLUID_COUNTERS, QUANTITIES, Fluid, Kind, Unit

SCHEMA_VERSION: Final = 2
HOUR_S: Final = 3600

METADATA: Final = MetaData()

QUALITY_CODES: Final[Mapping[Quality, int]] = MappingProxyType(
    {
        Quality.COMPLETE: 0,
        Quality.PARTIAL: 1,
        Quality.RECOVERED: 2,
        Quality.EXCHANGED: 3,
    }
)
"""Numbers in the column ``quality``; once written they keep their meaning."""

STATISTIC_PARTS: Final = ("avg", "min", "max")


def _samples(name: str, columns: Iterable[str]) -> Table:
    table = Table(
        name,
        METADATA,
        Column("start", BigInteger, primary_key=True, autoincrement=False),
        Column("device_id", Integer, primary_key=True, autoincrement=False),
        Column("length", Integer, primary_key=True, autoincrement=False),
        Column("quality", SmallInteger, nullable=False),
        *(Column(column, BigInteger) for column in columns),
        sqlite_with_rowid=False,
    )
    # Rows longer than an hour are few; those that reach into a span from before
    # it are found through this index.
    is_long = table.c.length > HOUR_S
    Index(
        f"ix_{name}_long",
        table.c.start,
        sqlite_where=is_long,
        postgresql_where=is_long,
    )
    return table


_MAIN_ENERGIES: Final = (
    "active_energy_import",
    "active_energy_export",
    "reactive_energy_import",
    "reactive_energy_export",
)
_OF_OTHER_TABLES: Final = (*_MAIN_ENERGIES, "gas_volume", "water_volume")
_ARCHIVED: Final = {k: q.kind for k, q in QUANTITIES.items() if q.is_archived}
_COUNTERS: Final = tuple(k for k, kind in _ARCHIVED.items() if kind is Kind.COUNTER)
_GAUGES: Final = tuple(k for k, kind in _ARCHIVED.items() if kind is Kind.GAUGE)
_DISTORTIONS: Final = tuple(
    key for key in _GAUGES if QUANTITIES[key].unit is Unit.PERCENT
)


def _statistic_columns(quantities: Iterable[str]) -> list[str]:
    return [f"{quantity}_{part}" for quantity in quantities for part in STATISTIC_PARTS]


ENERGY: Final = _samples("energy", _MAIN_ENERGIES)
GAS: Final = _samples("gas", ("gas_volume",))
WATER: Final = _samples("water", ("water_volume",))
DETAILS: Final = _samples(
    "details", [k for k in _COUNTERS if k not in _OF_OTHER_TABLES]
)
"""Counters of phases, tariffs and partial counts, apparent energy, hours, pulses."""
STATISTICS: Final = _samples(
    "statistics", _statistic_columns(k for k in _GAUGES if k not in _DISTORTIONS)
)
THD: Final = _samples("thd", _statistic_columns(_DISTORTIONS))

SAMPLE_TABLES: Final = (ENERGY, GAS, WATER, DETAILS, STATISTICS, THD)

TABLE_OF_QUANTITY: Final[Mapping[str, Table]] = MappingProxyType(
    {
        column.name: table
        for table in (ENERGY, GAS, WATER, DETAILS)
        for column in table.c
        if column.name in QUANTITIES
    }
    | {key: THD if key in _DISTORTIONS else STATISTICS for key in _GAUGES}
)

FLUID_COLUMNS: Final[Mapping[Fluid, Column[int]]] = MappingProxyType(
    {
        fluid: TABLE_OF_QUANTITY[quantity].c[quantity]
        for fluid, quantity in FLUID_COUNTERS.items()
    }
)
"""Where the counter of each fluid is stored."""


def _rollup(name: str) -> Table:
    return Table(
        name,
        METADATA,
        Column("start", BigInteger, primary_key=True, autoincrement=False),
        Column("fluid", String(20), primary_key=True),
        Column("device_id", Integer, primary_key=True, autoincrement=False),
        Column("amount_milli", BigInteger, nullable=False),
        Column("covered_s", Integer, nullable=False),
        Column("recovered_s", Integer, nullable=False),
        sqlite_with_rowid=False,
    )


HOURLY: Final = _rollup("hourly")
"""Per civil hour: the amount, and the seconds of it that samples cover."""
DAILY: Final = _rollup("daily")
"""Per civil day, summed from the hours."""
TOTALS: Final = Table(
    "totals",
    METADATA,
    Column("fluid", String(20), primary_key=True),
    Column("device_id", Integer, primary_key=True, autoincrement=False),
    Column("amount_milli", BigInteger, nullable=False),
    Column("first_start", BigInteger, nullable=False),
    Column("last_end", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)
"""Everything since the first sample of a device."""

COUNTERS: Final = Table(
    "counters",
    METADATA,
    Column("device_id", Integer, primary_key=True, autoincrement=False),
    Column("quantity", String(64), primary_key=True),
    Column("value_milli", BigInteger, nullable=False),
    Column("read_at", BigInteger, nullable=False),
    Column("booked_until", BigInteger, nullable=False),
    Column("open_count", Text),
    sqlite_with_rowid=False,
)
"""Where each counter stood when it was last booked, and what is known of it
since then (`metering.OpenCount` as text)."""

CORRECTIONS: Final = Table(
    "corrections",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("at", BigInteger, nullable=False, index=True),
    Column("device_id", Integer, nullable=False),
    Column("quantity", String(64), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("before_milli", BigInteger, nullable=False),
    Column("after_milli", BigInteger, nullable=False),
    Column("booked_milli", BigInteger, nullable=False),
)
"""Journal of roll-overs, resets, exchanges and rejected readings."""

OBJECTS: Final = Table(
    "objects",
    METADATA,
    Column("kind", String(20), primary_key=True),
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("load_id", Integer),
    Column("group_ids", Text, nullable=False, default=""),
    Column("board_id", Integer),
    Column("color", String(20)),
    Column("is_excluded", Boolean, nullable=False, default=False),
    Column("is_archived", Boolean, nullable=False, default=False),
    Column("first_seen", BigInteger, nullable=False),
    Column("last_seen", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)
"""Every object that the site ever had. Archived ones were deleted by the user;
their history stays (Q7). ``group_ids`` are numbers separated by spaces."""

ROSTERS: Final = Table(
    "rosters",
    METADATA,
    Column("roster", String(40), primary_key=True),
    Column("since", BigInteger, primary_key=True, autoincrement=False),
    Column("members", Text, nullable=False),
    sqlite_with_rowid=False,
)
"""Which objects made up a list from an instant on: the columns of files. ``members``
are numbers separated by spaces."""

META: Final = Table(
    "meta",
    METADATA,
    Column("key", String(40), primary_key=True),
    Column("value", Text, nullable=False),
    sqlite_with_rowid=False,
)
"""``schema_version``, and the ``time_zone`` by which the rollups are cut."""
