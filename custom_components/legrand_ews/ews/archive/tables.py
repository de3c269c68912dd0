"""The tables of the archive.

Instants are seconds since 1970 (UTC), lengths are seconds. Amounts and gauges are
integers in thousandths of the unit of their quantity (mWh, cm³, mV ...). NULL is
"not measured", never zero. A gauge has its average, and how far its minimum lies
below and its maximum above it. The views of the same names with ``_view`` behind
(`views`) give all that as plain figures.

Samples live in one table a subject, one row a device and interval, in the order of
time: what an interval adds lies together. The length is part of the key: when the
counters of a device fail one by one, two rows of a device may start together and
hold different columns; no amount is ever in two.
"""

from collections.abc import Mapping
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

from ..metering import RECORDED_RANKS, Quality
from ..quantities import FLUID_COUNTERS, Fluid
from .subjects import SUBJECT_OF_QUANTITY, SUBJECTS, Subject

SCHEMA_VERSION: Final = 4
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

FLUID_CODES: Final[Mapping[Fluid, int]] = MappingProxyType(
    {
        Fluid.ELECTRICITY: 0,
        Fluid.ELECTRICITY_EXPORT: 1,
        Fluid.GAS: 2,
        Fluid.WATER: 3,
    }
)
"""Numbers in the column ``fluid``; once written they keep their meaning."""


def _start() -> Column[int]:
    return Column("start", BigInteger, primary_key=True, autoincrement=False)


def _device() -> Column[int]:
    return Column("device_id", Integer, primary_key=True, autoincrement=False)


def _by_device(table: Table) -> None:
    """Add an index for one device's rows; SQLite goes from start to start instead.

    There it would cost as much to write as the samples themselves.
    """
    Index(f"ix_{table.name}_device", table.c.device_id, table.c.start).ddl_if(
        callable_=lambda *_, dialect, **__: dialect.name != "sqlite"
    )


def _samples(subject: Subject) -> Table:
    table = Table(
        subject.table,
        METADATA,
        _start(),
        _device(),
        Column("length", Integer, primary_key=True, autoincrement=False),
        Column("quality", SmallInteger, nullable=False),
        *(Column(column, BigInteger) for column in subject.columns),
        sqlite_with_rowid=False,
    )
    # Rows longer than an hour are few; those that reach into a span from before
    # it are found through this index.
    is_long = table.c.length > HOUR_S
    Index(
        f"ix_{subject.table}_long",
        table.c.start,
        sqlite_where=is_long,
        postgresql_where=is_long,
    )
    _by_device(table)
    return table


TABLE_OF_SUBJECT: Final[Mapping[str, Table]] = MappingProxyType(
    {subject.table: _samples(subject) for subject in SUBJECTS}
)
SAMPLE_TABLES: Final = tuple(TABLE_OF_SUBJECT.values())

TABLE_OF_QUANTITY: Final[Mapping[str, Table]] = MappingProxyType(
    {
        quantity: TABLE_OF_SUBJECT[subject.table]
        for quantity, subject in SUBJECT_OF_QUANTITY.items()
    }
)

FLUID_COLUMNS: Final[Mapping[Fluid, Column[int]]] = MappingProxyType(
    {
        fluid: TABLE_OF_QUANTITY[quantity].c[quantity]
        for fluid, quantity in FLUID_COUNTERS.items()
    }
)
"""Where the counter of each fluid is stored."""


def harmonic_column(rank: int) -> str:
    """Name of the column that holds a harmonic: ``h3``."""
    return f"h{rank}"


HARMONICS: Final = Table(
    "harmonics",
    METADATA,
    _device(),
    _start(),
    Column("length", Integer, primary_key=True, autoincrement=False),
    Column("series", String(64), primary_key=True),
    *(Column(harmonic_column(rank), Integer) for rank in RECORDED_RANKS),
    Index("ix_harmonics_start", "start"),
    sqlite_with_rowid=False,
)
"""What was read once in an interval of the harmonics of a series (``current_l1``), in
thousandths of a percent of the fundamental. Few devices have them: their rows lie
together."""


def _rollup(name: str) -> Table:
    return Table(
        name,
        METADATA,
        _start(),
        Column("fluid", SmallInteger, primary_key=True, autoincrement=False),
        _device(),
        Column("amount_milli", BigInteger, nullable=False),
        Column("covered_s", Integer, nullable=False),
        Column("recovered_s", Integer, nullable=False),
        sqlite_with_rowid=False,
    )


HOURLY: Final = _rollup("hourly")
"""Per civil hour: the amount, and the seconds of it that samples cover."""
DAILY: Final = _rollup("daily")
"""Per civil day, summed from the hours."""
MONTHLY: Final = _rollup("monthly")
"""Per civil month, summed from the days."""
YEARLY: Final = _rollup("yearly")
"""Per civil year, summed from the months."""
TOTALS: Final = Table(
    "totals",
    METADATA,
    Column("fluid", SmallInteger, primary_key=True, autoincrement=False),
    _device(),
    Column("amount_milli", BigInteger, nullable=False),
    Column("first_start", BigInteger, nullable=False),
    Column("last_end", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)
"""Everything since the first sample of a device."""


TARIFF_DAYS: Final = Table(
    "tariff_days",
    METADATA,
    _start(),
    Column("fluid", SmallInteger, primary_key=True, autoincrement=False),
    Column("tariff_id", Integer, primary_key=True, autoincrement=False),
    _device(),
    Column("amount_milli", BigInteger, nullable=False),
    Column("cost_micro", BigInteger),
    Column("cost_rest", BigInteger),
    sqlite_with_rowid=False,
)
"""What a device counted under each tariff in a civil day that is over; tariff 0 is
"no rule was true". The cost is there only where a price changed in the course of the
day: millionths of the currency, and what is left of them in their 10⁻¹²."""
TARIFF_DAY_MARKS: Final = Table(
    "tariff_day_marks",
    METADATA,
    _start(),
    Column("fluid", SmallInteger, primary_key=True, autoincrement=False),
    Column("fingerprint", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)
"""Days whose rows in ``tariff_days`` are what the samples say under the rules of which
this is the fingerprint. A day without a mark has to be shared out anew."""


def _gauge_rollup(subject: Subject, suffix: str) -> Table:
    table = Table(
        f"{subject.table}_{suffix}",
        METADATA,
        _start(),
        _device(),
        Column("covered_s", Integer, nullable=False),
        *(Column(column, BigInteger) for column in subject.columns),
        sqlite_with_rowid=False,
    )
    _by_device(table)
    return table


GAUGE_SUBJECTS: Final = tuple(s for s in SUBJECTS if not s.is_counted)
GAUGES_HOURLY: Final[Mapping[str, Table]] = MappingProxyType(
    {subject.table: _gauge_rollup(subject, "hourly") for subject in GAUGE_SUBJECTS}
)
"""By subject: averages, minima and maxima of civil hours that are over."""
GAUGES_DAILY: Final[Mapping[str, Table]] = MappingProxyType(
    {subject.table: _gauge_rollup(subject, "daily") for subject in GAUGE_SUBJECTS}
)
"""The same of civil days that are over, derived from the hours."""

QUANTITY_NUMBERS: Final = Table(
    "quantities",
    METADATA,
    Column("number", SmallInteger, primary_key=True, autoincrement=False),
    Column("quantity", String(64), nullable=False, unique=True),
    Column("unit", String(10), nullable=False),
)
"""Short numbers for the names of quantities."""

RECORDED: Final = Table(
    "recorded",
    METADATA,
    _device(),
    Column("quantity", SmallInteger, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)
"""Which quantities were ever stored of a device."""

COUNTED: Final = tuple(q for s in SUBJECTS if s.is_counted for q in s.quantities)
COUNTERS: Final = Table(
    "counters",
    METADATA,
    _device(),
    Column("read_at", BigInteger, primary_key=True, autoincrement=False),
    Column("booked_until", BigInteger, primary_key=True, autoincrement=False),
    *(Column(quantity, BigInteger) for quantity in COUNTED),
    sqlite_with_rowid=False,
)
"""Where the counters of a device stood when they were last booked, in thousandths.
What was read and booked at the same instants is one row: this table is written anew
with every interval."""

OPEN_COUNTS: Final = Table(
    "open_counts",
    METADATA,
    _device(),
    Column("quantity", String(64), primary_key=True),
    Column("open_count", Text, nullable=False),
    sqlite_with_rowid=False,
)
"""What a counter has counted since it was booked, where that is not the difference to
what it shows (`metering.OpenCount` as text)."""

STATES: Final = Table(
    "states",
    METADATA,
    _device(),
    Column("quantity", String(64), primary_key=True),
    Column("since", BigInteger, primary_key=True, autoincrement=False),
    Column("value", SmallInteger),
    sqlite_with_rowid=False,
)
"""Changes of what breakers, contacts, stations and inputs show: from ``since`` on, the
state of this place in the quantity's options; NULL while it is unknown."""

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
    Column("upstream_id", Integer),
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

EQ_FINDINGS: Final = Table(
    "eq_findings",
    METADATA,
    _start(),
    _device(),
    Column("criterion", String(40), primary_key=True),
    Column("channel", String(20), primary_key=True),
    Column("edition", String(40), nullable=False),
    Column("verdict", String(20), nullable=False),
    Column("is_met", Boolean),
    Column("expected", Integer, nullable=False),
    Column("valid", Integer, nullable=False),
    Column("outside", Integer, nullable=False),
    Column("beyond", Integer, nullable=False),
    Column("worst_milli", BigInteger),
    sqlite_with_rowid=False,
)
"""What the weekly checks of the power quality have found; ``start`` is the week's."""

IMPORTS: Final = Table(
    "imports",
    METADATA,
    Column("token", String(40), primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("written", Integer, nullable=False),
    sqlite_with_rowid=False,
)
"""Imports of history that can be undone."""

IMPORT_CHANGES: Final = Table(
    "import_changes",
    METADATA,
    Column("token", String(40), primary_key=True),
    Column("quantity", String(64), primary_key=True),
    Column("device_id", Integer, primary_key=True, autoincrement=False),
    Column("start", BigInteger, primary_key=True, autoincrement=False),
    Column("length", Integer, primary_key=True, autoincrement=False),
    Column("amount_milli", BigInteger, nullable=False),
    Column("before_milli", BigInteger),
    sqlite_with_rowid=False,
)
"""What an import has written where, and what stood there before."""

SIZES: Final = Table(
    "sizes",
    METADATA,
    Column("day", Integer, primary_key=True, autoincrement=False),
    Column("at", BigInteger, nullable=False),
    Column("bytes", BigInteger, nullable=False),
)
"""How large the archive was on each day since 1970: its growth."""

META: Final = Table(
    "meta",
    METADATA,
    Column("key", String(40), primary_key=True),
    Column("value", Text, nullable=False),
    sqlite_with_rowid=False,
)
"""``schema_version``, and the ``time_zone`` by which the rollups are cut."""
