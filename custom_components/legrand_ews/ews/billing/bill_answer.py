"""A bill as plain data: what ``get_bill`` answers, and what a frozen bill keeps."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Final, cast
from zoneinfo import ZoneInfo

from ..consumption.answer import instant_text
from ..tariffs import Tariff
from ..tariffs.currency import plain, shown
from .bill import Bill
from .bill_lines import EXACT, BillLine, LineKind

type Content = Mapping[str, object]
"""Lines and totals of a bill as JSON knows them: money as exact decimal texts."""

TOTALS: Final = (
    *("energy_total", "energy_cost", "surcharges", "levies", "fixed_costs", "taxes"),
    *("total", "total_rounded"),
)
CONTENT_KEYS: Final = ("currency", "complete", "lines", *TOTALS)
_LINE_KEYS: Final = ("kind", "tariff", "quantity", "price", "base", "amount")
"""What makes two lines the same, whatever they are called by now."""


def content_of(
    bill: Bill,
    tariffs: Sequence[Tariff],
    currency: str,
    zone: ZoneInfo,
    *,
    is_complete: bool,
) -> dict[str, object]:
    """Return lines and totals of a bill; ``tariffs`` give the lines their colours."""
    colors = {tariff.id: tariff.color for tariff in tariffs}
    levies = bill.levies
    return {
        "currency": currency,
        "complete": is_complete,
        "lines": [_line(line, colors, zone) for line in bill.lines],
        "energy_total": _amount(bill),
        "energy_cost": plain(bill.energy_cost),
        "surcharges": plain(bill.surcharges),
        "levies": plain(levies),
        "fixed_costs": plain(bill.fixed_costs),
        "taxes": plain(EXACT.add(levies, bill.taxes)),
        "total": plain(bill.total),
        "total_rounded": plain_shown(bill.total, currency),
    }


def plain_shown(amount: Decimal, currency: str) -> str:
    """Return an amount with the decimals that its currency is shown with."""
    return format(shown(amount, currency), "f")


def is_same(one: Content, other: Content) -> bool:
    """Say whether two bills come to the same, line by line."""
    return (
        one["currency"] == other["currency"]
        and all(one[key] == other[key] for key in TOTALS)
        and _essence(one) == _essence(other)
    )


def _essence(content: Content) -> list[tuple[object, ...]]:
    lines = cast("Sequence[Mapping[str, object]]", content["lines"])
    return [tuple(line.get(key) for key in _LINE_KEYS) for line in lines]


def _line(
    line: BillLine, colors: Mapping[int, str], zone: ZoneInfo
) -> dict[str, object]:
    found: dict[str, object] = {
        "kind": line.kind.value,
        "name": line.name,
        "tariff": line.tariff_id,
        "color": None if line.tariff_id is None else colors.get(line.tariff_id),
        "first_day": line.first_day.isoformat(),
        "last_day": line.last_day.isoformat(),
        "quantity": _text(line.quantity),
        "unit": line.unit,
        "price": _text(line.price),
        "amount": plain(line.amount),
    }
    if line.kind is LineKind.ENERGY:
        found["assumed"] = line.is_assumed
    if line.kind is LineKind.TAX:
        found["base"] = _text(line.base)
    if line.kind is LineKind.CAPACITY:
        found["peak"] = _text(line.peak)
        found["peak_at"] = _instant(line.peak_at, zone)
    return found


def _amount(bill: Bill) -> int | float:
    """What was used in Wh or dm³."""
    amount = EXACT.multiply(bill.units, Decimal(1000))
    return int(amount) if amount == int(amount) else float(amount)


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else plain(amount)


def _instant(instant: datetime | None, zone: ZoneInfo) -> str | None:
    return None if instant is None else instant_text(instant, zone)
