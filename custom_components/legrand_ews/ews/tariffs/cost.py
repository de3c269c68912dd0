"""What an amount costs when it flows evenly through times of different price (Q23)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Context, Decimal
from typing import Final

from .timeline import Segment

MILLI_PER_PRICED_UNIT: Final = 1_000_000
"""Thousandths of a Wh in a kWh, and of a dm³ in a m³: prices are per kWh or m³."""
_SECOND: Final = timedelta(seconds=1)
_EXACT: Final = Context(prec=60)


@dataclass(frozen=True, slots=True)
class Charge:
    """What flowed under one tariff, and its cost, never rounded.

    ``tariff_id`` is None where no rule was true (Q12).
    """

    tariff_id: int | None
    amount_milli: int
    cost: Decimal


def cost_of(amount_milli: int, price: Decimal) -> Decimal:
    """Return the exact cost of an amount (mWh or thousandths of dm³)."""
    return _EXACT.divide(
        _EXACT.multiply(Decimal(amount_milli), price), Decimal(MILLI_PER_PRICED_UNIT)
    )


def add(first: Decimal, second: Decimal) -> Decimal:
    """Add two costs exactly, whatever their size."""
    return _EXACT.add(first, second)


def charges(
    amount_milli: int, start: datetime, end: datetime, segments: Iterable[Segment]
) -> tuple[Charge, ...]:
    """Share an amount among the tariffs of the time in which it flowed.

    ``segments`` cover the time from ``start`` to ``end`` without gaps. The shares add
    up to the amount: each is the difference of two cumulated ones, rounded down.
    """
    return merged(
        Charge(segment.tariff_id, share, cost_of(share, segment.price))
        for segment, share in _shares(amount_milli, start, end, segments)
    )


def _shares(
    amount_milli: int, start: datetime, end: datetime, segments: Iterable[Segment]
) -> Iterator[tuple[Segment, int]]:
    length, done = (end - start) // _SECOND, 0
    for segment in segments:
        until = (min(segment.end, end) - start) // _SECOND
        share = amount_milli * until // length - done
        done += share
        yield segment, share


def merged(parts: Iterable[Charge]) -> tuple[Charge, ...]:
    """Add up charges by tariff, in the order in which tariffs first appear."""
    sums: dict[int | None, Charge] = {}
    for part in parts:
        known = sums.get(part.tariff_id)
        sums[part.tariff_id] = (
            part
            if known is None
            else Charge(
                part.tariff_id,
                known.amount_milli + part.amount_milli,
                add(known.cost, part.cost),
            )
        )
    return tuple(sums.values())
