"""What a bill holds beside the energy: fees, levies, tiers, capacity and taxes.

Nothing here changes what a kWh costs under a tariff: tariffs go on adding up to the
cost of the energy, and all this is put on top of it for the whole site.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final

from .price import Price

MAX_BILLING_DAY: Final = 28
"""The last day of a month that every month has."""
_ONE_DAY: Final = timedelta(days=1)


class Per(StrEnum):
    """The time for which a fee is paid."""

    DAY = "day"
    MONTH = "month"


class Basis(StrEnum):
    """What a tax is a share of."""

    ENERGY = "energy"
    """Energy by tariff, tiers and levies."""
    FEES = "fees"
    """Fees and capacity."""
    ALL = "all"


class PeakInterval(StrEnum):
    """The time over which power is averaged before its peak is looked for."""

    QUARTER_HOUR = "15min"
    SAMPLE = "sample"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fee:
    """A fixed amount for every civil day or billing month."""

    name: str
    per: Per
    prices: tuple[Price, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Levy:
    """An amount for every kWh or m³, whatever its tariff."""

    name: str
    prices: tuple[Price, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tier:
    """A surcharge per kWh or m³ on what exceeds ``above`` in a billing month.

    It falls on the amount from ``above`` to the ``above`` of the next tier, as it is
    reached in the course of the month; a negative one is a discount. ``above`` counts
    for a whole billing month, also where a bill covers a part of it.
    """

    name: str
    above: Decimal
    prices: tuple[Price, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CapacityPrice:
    """An amount per kW (or m³/h) of the highest average power of a billing month.

    At least ``minimum`` kW are billed.
    """

    name: str
    interval: PeakInterval = PeakInterval.QUARTER_HOUR
    minimum: Decimal = Decimal(0)
    prices: tuple[Price, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tax:
    """A percentage of everything on its basis, and of the taxes before it there.

    A tax on everything falls on every tax before it, one on energy or fees only on
    those of the same basis; none with ``is_on_taxes`` false. The amounts of
    ``percents`` are percentages.
    """

    name: str
    basis: Basis = Basis.ALL
    is_on_taxes: bool = True
    percents: tuple[Price, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Extras:
    """Everything on a bill beside the energy. ``tiers`` are in order of ``above``.

    A billing month begins on day ``billing_day`` of the civil month.
    """

    fees: tuple[Fee, ...] = ()
    levies: tuple[Levy, ...] = ()
    tiers: tuple[Tier, ...] = ()
    capacity: CapacityPrice | None = None
    taxes: tuple[Tax, ...] = ()
    billing_day: int = 1

    def rates(self) -> Iterator[Sequence[Price]]:
        """Yield the dated amounts and percentages of everything there is."""
        priced: tuple[Fee | Levy | Tier, ...] = (
            *self.fees,
            *self.levies,
            *self.tiers,
        )
        for item in priced:
            yield item.prices
        if self.capacity is not None:
            yield self.capacity.prices
        for tax in self.taxes:
            yield tax.percents

    def month_of(self, day: date) -> tuple[date, date]:
        """Return the first and the last day of the billing month that holds a day."""
        first = day.replace(day=self.billing_day)
        if first > day:
            first = _month_later(first, -1)
        return first, _month_later(first, 1) - _ONE_DAY


NO_EXTRAS: Final = Extras()


def rate_on(rates: Sequence[Price], day: date) -> Decimal | None:
    """Return what holds on a local day; None before the first date.

    Unlike the price of a tariff (Q9), a fee that has a date did not exist before it.
    """
    known = [rate for rate in rates if (rate.valid_from or date.min) <= day]
    if not known:
        return None
    return max(known, key=lambda rate: rate.valid_from or date.min).amount


def _month_later(first: date, months: int) -> date:
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return date(year, month + 1, first.day)
