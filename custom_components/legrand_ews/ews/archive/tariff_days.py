"""Days that are over, shared out among the tariffs under which they were counted.

Derived like the rollups, but by the rules of a tariff plan: whatever changes the
amounts of a day takes its mark away, and rules that changed have another fingerprint.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import batched
from typing import Final

from sqlalchemy import (
    BigInteger,
    Connection,
    delete,
    func,
    insert,
    literal_column,
    select,
)

from ..quantities import Fluid
from .dialects import plain_rows, whole, within
from .grid import to_epoch
from .tables import FLUID_CODES, HOUR_S, TARIFF_DAY_MARKS, TARIFF_DAYS

_DAY_S: Final = 24 * HOUR_S
_REST: Final = 10**12
"""A millionth of the currency in units of 10⁻¹⁸."""
_BATCH: Final = 20_000
_SUMS: Final = tuple(
    whole(func.sum(TARIFF_DAYS.c[name]))
    for name in ("amount_milli", "cost_micro", "cost_rest")
)
_HAS_COST: Final = TARIFF_DAYS.c.cost_micro.is_not(None)
TOGETHER: Final = 0
"""Stands for all devices together; no device has this number."""
_TOGETHER: Final = literal_column(str(TOGETHER), BigInteger())


@dataclass(frozen=True, slots=True)
class TariffAmount:
    """What a device counted under a tariff, in thousandths of Wh or dm³.

    Tariff 0 is "no rule was true". ``cost`` is in 10⁻¹⁸ of the currency, and None
    where one price held all day.
    """

    tariff_id: int
    device_id: int
    amount_milli: int
    cost: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TariffDay:
    """A civil day that begins at ``start`` (UTC), under rules with a fingerprint.

    The fingerprint is a whole number of at most 63 bits.
    """

    start: datetime
    fingerprint: int
    amounts: Sequence[TariffAmount]


def read_marks(
    connection: Connection, fluid: Fluid, start: int, end: int
) -> dict[int, int]:
    """Fingerprints of the days that were shared out, by their start."""
    of = TARIFF_DAY_MARKS.c
    query = select(of.start, of.fingerprint).where(
        of.fluid == FLUID_CODES[fluid], *within(of.start, start, end)
    )
    return dict(plain_rows(connection, query))


def read_days(
    connection: Connection,
    fluid: Fluid,
    spans: Sequence[tuple[int, int]],
    device_ids: Collection[int] | None,
    *,
    is_summed: bool = False,
) -> Iterator[tuple[int, TariffAmount]]:
    """Amounts in spans of whole days, which rise and do not overlap.

    With the number of their span. What has a cost and what has none comes apart; all
    devices together where the sum is asked for.
    """
    if not spans:
        return
    first, last = spans[0][0], spans[-1][1]
    of = TARIFF_DAYS.c
    device = _TOGETHER if is_summed else of.device_id
    among = [of.fluid == FLUID_CODES[fluid]]
    if device_ids is not None:
        among.append(of.device_id.in_(list(device_ids)))
    one = () if is_summed else (of.device_id,)
    if last - first > 2 * _DAY_S * len(spans):
        query = select(of.tariff_id, device, *_SUMS).where(*among)
        query = query.group_by(of.tariff_id, *one, _HAS_COST)
        for number, (start, end) in enumerate(spans):
            for row in plain_rows(
                connection, query.where(*within(of.start, start, end))
            ):
                yield number, _amount(*row)
        return
    columns = (of.amount_milli, of.cost_micro, of.cost_rest)
    rows = select(of.start, of.tariff_id, device, *(_SUMS if is_summed else columns))
    if is_summed:
        rows = rows.group_by(of.start, of.tariff_id, _HAS_COST)
    rows = rows.where(*among, *within(of.start, first, last))
    starts = [start for start, _ in spans]
    for start, *counted in plain_rows(connection, rows):
        number = bisect_right(starts, start) - 1
        if start < spans[number][1]:
            yield number, _amount(*counted)


def write_days(connection: Connection, fluid: Fluid, days: Iterable[TariffDay]) -> None:
    """Store days that were shared out, in place of what was known of them."""
    code = FLUID_CODES[fluid]
    for day in days:
        start = to_epoch(day.start)
        for table in (TARIFF_DAYS, TARIFF_DAY_MARKS):
            its = (table.c.start == start, table.c.fluid == code)
            connection.execute(delete(table).where(*its))
        rows = [_row(start, code, amount) for amount in day.amounts]
        for batch in batched(rows, _BATCH, strict=False):
            connection.execute(insert(TARIFF_DAYS), list(batch))
        mark = {"start": start, "fluid": code, "fingerprint": day.fingerprint}
        connection.execute(insert(TARIFF_DAY_MARKS), mark)


def _amount(
    tariff_id: int, device_id: int, amount: int, micro: int | None, rest: int | None
) -> TariffAmount:
    cost = None if micro is None else micro * _REST + (rest or 0)
    return TariffAmount(tariff_id, device_id, amount, cost)


def _row(start: int, code: int, amount: TariffAmount) -> Mapping[str, int | None]:
    micro, rest = (None, None) if amount.cost is None else divmod(amount.cost, _REST)
    return {
        "start": start,
        "fluid": code,
        "tariff_id": amount.tariff_id,
        "device_id": amount.device_id,
        "amount_milli": amount.amount_milli,
        "cost_micro": micro,
        "cost_rest": rest,
    }
