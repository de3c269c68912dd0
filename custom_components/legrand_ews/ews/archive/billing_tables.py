"""Tables of what money depends on and nothing measured tells: prices and bills."""

from typing import Final

from sqlalchemy import BigInteger, Column, SmallInteger, String, Table, Text

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
