"""Lines of a bill: what one thing costs at one price, and since when."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Context, Decimal
from enum import StrEnum
from typing import Final

EXACT: Final = Context(prec=120)
"""Wide enough for any sum of products of amounts, prices and percentages."""


class LineKind(StrEnum):
    """What a line of a bill is for, in the order of a bill."""

    ENERGY = "energy"
    TIER = "tier"
    LEVY = "levy"
    FEE = "fee"
    CAPACITY = "capacity"
    TAX = "tax"


@dataclass(frozen=True, slots=True, kw_only=True)
class BillLine:
    """One thing at one price, over the days in which it was billed.

    ``quantity`` is in ``unit``; ``price`` is in the currency per unit, or per cent for
    a tax, which is taken on ``base``. Energy without a ``price`` had many (a dynamic
    tariff), and without a ``tariff_id`` no rule was true for it (Q12).
    """

    kind: LineKind
    name: str | None
    unit: str
    first_day: date
    last_day: date
    amount: Decimal
    quantity: Decimal | None = None
    price: Decimal | None = None
    tariff_id: int | None = None
    base: Decimal | None = None
    is_assumed: bool = False
    peak: Decimal | None = None
    peak_at: datetime | None = None


type _Key = tuple[LineKind, str | None, int | None, Decimal | None, datetime | None]


class Lines:
    """Collects what all pieces add to a bill, one line a thing and price."""

    def __init__(self) -> None:
        """Begin with an empty bill."""
        self._lines: dict[_Key, BillLine] = {}

    def add(self, line: BillLine) -> None:
        """Put what a piece adds to the line to which it belongs."""
        key = (line.kind, line.name, line.tariff_id, line.price, line.peak_at)
        known = self._lines.get(key)
        self._lines[key] = line if known is None else _joined(known, line)

    def in_order(self) -> tuple[BillLine, ...]:
        """Return the lines by kind, and within a kind as they first appeared."""
        kinds = list(LineKind)
        return tuple(sorted(self._lines.values(), key=lambda x: kinds.index(x.kind)))


def _joined(first: BillLine, second: BillLine) -> BillLine:
    return replace(
        first,
        first_day=min(first.first_day, second.first_day),
        last_day=max(first.last_day, second.last_day),
        amount=EXACT.add(first.amount, second.amount),
        quantity=_sum(first.quantity, second.quantity),
        base=_sum(first.base, second.base),
        is_assumed=first.is_assumed or second.is_assumed,
    )


def _sum(first: Decimal | None, second: Decimal | None) -> Decimal | None:
    if first is None or second is None:
        return None
    return EXACT.add(first, second)
