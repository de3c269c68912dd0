"""Prices that sources have said, and bills as they were billed."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Connection, delete, insert, select

from ..quantities import Fluid
from ..tariffs import PriceHistory, SourcePrice
from .base import ArchiveBase
from .billing_tables import BILLS, PRICES
from .dialects import replace
from .grid import from_epoch, to_epoch
from .tables import FLUID_CODES


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredBill:
    """A bill of local days, both included, as it was frozen; ``content`` is JSON."""

    fluid: Fluid
    first_day: date
    last_day: date
    frozen_at: datetime
    content: str


class PricedArchive(ArchiveBase):
    """The part of the archive that keeps prices and bills."""

    def price_history(self, sources: Collection[str] | None = None) -> PriceHistory:
        """Everything that all sources or some have ever said."""
        of = PRICES.c
        query = select(of.source, of.start, of.price).order_by(of.source, of.start)
        if sources is not None:
            query = query.where(of.source.in_(list(sources)))
        rows: dict[str, list[SourcePrice]] = {}
        with self._reading() as connection:
            for source, start, price in connection.execute(query):
                amount = None if price is None else Decimal(price)
                rows.setdefault(source, []).append(
                    SourcePrice(from_epoch(start), amount)
                )
        return PriceHistory(rows)

    def add_prices(self, source: str, prices: Iterable[SourcePrice]) -> None:
        """Note what a source said, in place of what it said at the same seconds.

        Raises ArchiveError ``archive_write_failed``.
        """
        rows = [_price_row(source, price) for price in prices]
        with self._writing() as connection:
            replace(connection, PRICES, rows)

    def bills(self, fluid: Fluid | None = None) -> list[StoredBill]:
        """Bills of a fluid or of all, by their days."""
        of = BILLS.c
        query = select(BILLS).order_by(of.first_day, of.fluid)
        if fluid is not None:
            query = query.where(of.fluid == FLUID_CODES[fluid])
        fluids = {code: known for known, code in FLUID_CODES.items()}
        with self._reading() as connection:
            return [
                StoredBill(
                    fluid=fluids[row.fluid],
                    first_day=date.fromisoformat(row.first_day),
                    last_day=date.fromisoformat(row.last_day),
                    frozen_at=from_epoch(row.frozen_at),
                    content=row.content,
                )
                for row in connection.execute(query)
            ]

    def keep_bills(self, bills: Iterable[StoredBill]) -> None:
        """Keep bills as they are, in one transaction; others of the same days go."""
        with self._writing() as connection:
            for bill in bills:
                _drop(connection, bill.fluid, bill.first_day, bill.last_day)
                connection.execute(
                    insert(BILLS),
                    {
                        "fluid": FLUID_CODES[bill.fluid],
                        "first_day": bill.first_day.isoformat(),
                        "last_day": bill.last_day.isoformat(),
                        "frozen_at": to_epoch(bill.frozen_at),
                        "content": bill.content,
                    },
                )

    def drop_bill(self, fluid: Fluid, first_day: date, last_day: date) -> None:
        """Forget the bill of some days."""
        with self._writing() as connection:
            _drop(connection, fluid, first_day, last_day)


def _price_row(source: str, price: SourcePrice) -> dict[str, object]:
    amount = None if price.amount is None else f"{price.amount:f}"
    return {"source": source, "start": to_epoch(price.start), "price": amount}


def _drop(
    connection: Connection, fluid: Fluid, first_day: date, last_day: date
) -> None:
    of = BILLS.c
    connection.execute(
        delete(BILLS).where(
            of.fluid == FLUID_CODES[fluid],
            of.first_day == first_day.isoformat(),
            of.last_day == last_day.isoformat(),
        )
    )
