"""Reads prices, days and times of plans, and collects what is wrong with them."""

from collections.abc import Iterator
from datetime import date, time
from decimal import Decimal

from ..model.plain_data import PlainReader, decimal_of
from .price import Price


class Reader(PlainReader):
    """A reader of one plan."""

    def prices(self, data: object, at: str, field: str = "price") -> Iterator[Price]:
        """Read dated amounts; ``field`` is where each of them has its amount."""
        for where, row in self.rows(data, at):
            amount = self.decimal(row.get(field), f"{where}.{field}")
            if amount is not None:
                day = self.date(row.get("from"), f"{where}.from")
                yield Price(valid_from=day, amount=amount)

    def decimal(self, value: object, at: str) -> Decimal | None:
        """Read a number, which is exact where it comes as text."""
        amount = decimal_of(value)
        if amount is None:
            self.wrong(at, "price_invalid", value=value)
        return amount

    def date(self, value: object, at: str) -> date | None:
        """Read a civil day."""
        if value is None or value == "":
            return None
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.wrong(at, "date_invalid", value=value)
            return None

    def minute(self, value: object, at: str, default: int) -> int:
        """Read a time of day as minutes since midnight."""
        if value is None or value == "":
            return default
        try:
            moment = (
                value if isinstance(value, time) else time.fromisoformat(str(value))
            )
        except ValueError:
            self.wrong(at, "time_invalid", value=value)
            return default
        return moment.hour * 60 + moment.minute


def day_text(day: date | None) -> str | None:
    """Return a civil day as plain data carry it."""
    return None if day is None else day.isoformat()
