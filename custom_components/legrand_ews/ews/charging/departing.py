"""Ready in time, in the cheapest hours: prices by time, and a plan until a departure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

MARGIN_PERCENT: Final = 10
"""Cars take less towards the end, and others want current too."""
MARGIN_S: Final = 600
_HOUR_S: Final = 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceSlot:
    """A price of a kWh from ``start`` until ``end`` (aware; the end does not belong)."""

    start: datetime
    end: datetime
    price: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """When a vehicle leaves (aware), and what it is to have received by then, in Wh."""

    at: datetime
    wanted_wh: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a departure means for this moment.

    ``needed_s`` is how long the rest takes at full power to be sure, ``meant_s`` how long the hours
    are in which it may flow. ``is_now`` says whether this is one of them, None where no
    price is known. ``is_short`` says that the time is needed to the end.
    """

    left_wh: int
    needed_s: int
    meant_s: int
    is_now: bool | None
    is_short: bool

    @property
    def mean_w(self) -> int:
        """The power at which it is ready in time, on average of the hours meant for it."""
        percent = 100 + MARGIN_PERCENT
        seconds = max(MARGIN_S, self.meant_s - MARGIN_S)
        return self.left_wh * _HOUR_S * percent // (100 * seconds)


def price_at(prices: Iterable[PriceSlot], now: datetime) -> Decimal | None:
    """Return the price of a moment, None where it is not known."""
    return next((slot.price for slot in prices if slot.start <= now < slot.end), None)


def plan(
    departure: Departure,
    *,
    left_wh: int,
    power_w: int,
    prices: tuple[PriceSlot, ...],
    was_short: bool,
    now: datetime,
) -> Plan:
    """Choose the cheapest hours until the departure; of equal ones, the first.

    Time without a price is used last. Once time is short it stays so: what was gained by
    charging is not put off again.
    """
    if left_wh <= 0:
        return Plan(left_wh=0, needed_s=0, meant_s=0, is_now=False, is_short=False)
    until_s = _seconds(departure.at - now)
    needed_s = left_wh * _HOUR_S // power_w
    needed_s = needed_s * (100 + MARGIN_PERCENT) // 100 + MARGIN_S
    is_short = was_short or needed_s >= until_s
    known = [
        (slot.price, max(slot.start, now), min(slot.end, departure.at))
        for slot in prices
        if slot.end > now and slot.start < departure.at
    ]
    if is_short or not known:
        return Plan(
            left_wh=left_wh,
            needed_s=needed_s,
            meant_s=until_s,
            is_now=None,
            is_short=is_short,
        )
    meant_s, is_now = 0, False
    for _, start, end in sorted(known):
        if meant_s >= needed_s:
            break
        meant_s += _seconds(end - start)
        is_now |= start <= now
    if meant_s < needed_s:
        # What is known is not enough: so is the time whose price is not.
        meant_s = until_s
        is_now = is_now or price_at(prices, now) is None
    return Plan(
        left_wh=left_wh,
        needed_s=needed_s,
        meant_s=meant_s,
        is_now=is_now,
        is_short=False,
    )


def _seconds(time: timedelta) -> int:
    return max(0, int(time.total_seconds()))
