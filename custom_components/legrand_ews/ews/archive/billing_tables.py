"""Tables of what money depends on: prices, bills, peaks of days, charging sessions."""

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Integer,
    SmallInteger,
    String,
    Table,
    Text,
)

from .tables import METADATA

PRICES: Final = Table(
    "prices",
    METADATA,
    Column("source", String(190), primary_key=True),
    Column("start", BigInteger, primary_key=True, autoincrement=False),
    Column("price", Text),
    sqlite_with_rowid=False,
)
"""What the source of a dynamic price said from ``start`` on, per kWh or m³ as a decimal
text; NULL where it fell silent."""

BILLS: Final = Table(
    "bills",
    METADATA,
    Column("fluid", SmallInteger, primary_key=True, autoincrement=False),
    Column("first_day", String(10), primary_key=True),
    Column("last_day", String(10), primary_key=True),
    Column("frozen_at", BigInteger, nullable=False),
    Column("content", Text, nullable=False),
    sqlite_with_rowid=False,
)
"""Bills as they were billed: civil days, both included, and the lines as JSON."""

PEAK_DAYS: Final = Table(
    "peak_days",
    METADATA,
    Column("start", BigInteger, primary_key=True, autoincrement=False),
    Column("fluid", SmallInteger, primary_key=True, autoincrement=False),
    Column("length", Integer, primary_key=True, autoincrement=False),
    Column("fingerprint", BigInteger, nullable=False),
    Column("peak_start", BigInteger),
    Column("peak_length", Integer),
    Column("amount_milli", BigInteger),
    sqlite_with_rowid=False,
)
"""The interval of a civil day that is over in which the whole site counted most, where
a day is cut into intervals of ``length``; NULL where nothing was counted. The fingerprint
is that of the devices that count, and of which of them lies behind which; a day whose
samples have changed has no row until it is looked through anew."""

CHARGING_SESSIONS: Final = Table(
    "charging_sessions",
    METADATA,
    Column("start", BigInteger, primary_key=True, autoincrement=False),
    Column("device_id", Integer, primary_key=True, autoincrement=False),
    Column("side", SmallInteger),
    Column("ended", BigInteger, nullable=False),
    Column("reason", String(20)),
    Column("energy_milli", BigInteger, nullable=False),
    Column("charge_milli", BigInteger, nullable=False),
    Column("is_estimated", Boolean, nullable=False),
    Column("pieces", Text, nullable=False),
    sqlite_with_rowid=False,
)
"""Vehicles that were plugged in, from ``start`` to ``ended``. ``pieces`` are what was
given (mWh) in quarters of an hour, from the one that holds ``start``, separated by
spaces; costs are not stored, they follow from them."""
