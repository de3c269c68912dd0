"""Tariffs with dated prices, and the ordered rules that choose among them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import Final

from ..quantities import Fluid
from .extras import NO_EXTRAS, Extras
from .price import Price

MAX_TARIFFS: Final = 5
"""Tariffs a fluid in edition mode (S104)."""
MAX_PRICES: Final = 5
"""Prices a tariff in edition mode (S105)."""
DAY_MINUTES: Final = 1440
EVERY_DAY: Final = frozenset(range(7))
_FREE: Final = Decimal(0)


class Mode(StrEnum):
    """How long a rule holds once it is true (S110, Q22)."""

    CONTINUOUS = "continuous"
    """At every minute the first true rule wins."""
    EWS = "ews"
    """A rule that was found true holds to the end of its time frame."""


@dataclass(frozen=True, kw_only=True)
class Tariff:
    """A named set of dated prices; ``id`` is permanent, ``color`` is ``#rrggbb``.

    With a ``price_source`` - an entity or statistic of Home Assistant - its history
    prices the tariff, and the dated prices count where the source knows none; there
    may then be none of them.
    """

    id: int
    name: str
    color: str
    prices: tuple[Price, ...]
    price_source: str | None = None

    @cached_property
    def dated_prices(self) -> tuple[Price, ...]:
        """The prices in order of time."""
        return tuple(sorted(self.prices, key=lambda p: p.valid_from or date.min))

    def price_on(self, day: date) -> Decimal:
        """Return the price of a local day; before the first date the first (Q9)."""
        if not self.prices:
            return _FREE
        chosen = self.dated_prices[0]
        for price in self.dated_prices:
            if (price.valid_from or date.min) <= day:
                chosen = price
        return chosen.amount


@dataclass(frozen=True, slots=True, kw_only=True)
class CostRule:
    """When a tariff applies (S108).

    The time frame runs from ``first_minute`` through ``last_minute`` of the civil day,
    both included; where the last comes before the first it crosses midnight, and
    dates and weekdays are asked of the day on which it began (Q10). ``weekdays`` are 0
    (Monday) to 6. With ``is_yearly`` only day and month of the dates count, and a
    period may cross New Year (Q25).
    """

    tariff_id: int
    first_day: date | None = None
    last_day: date | None = None
    is_yearly: bool = False
    first_minute: int = 0
    last_minute: int = DAY_MINUTES - 1
    weekdays: frozenset[int] = EVERY_DAY

    @property
    def crosses_midnight(self) -> bool:
        """Whether the time frame ends on the day after it began."""
        return self.last_minute < self.first_minute

    def begins_on(self, day: date) -> bool:
        """Say whether a time frame of this rule begins on a local day."""
        return day.weekday() in self.weekdays and self._holds_on(day)

    def _holds_on(self, day: date) -> bool:
        first, last = self.first_day, self.last_day
        if not self.is_yearly or first is None or last is None:
            return (first or date.min) <= day <= (last or date.max)
        # 29 February lies between its neighbours and matches nothing else (Q11).
        begin, end = (first.month, first.day), (last.month, last.day)
        today = (day.month, day.day)
        if begin <= end:
            return begin <= today <= end
        return today >= begin or today <= end


@dataclass(frozen=True, kw_only=True)
class TariffPlan:
    """Everything that prices one fluid: tariffs, and rules in order (S101, S110)."""

    fluid: Fluid
    tariffs: tuple[Tariff, ...] = ()
    rules: tuple[CostRule, ...] = ()
    mode: Mode = Mode.CONTINUOUS
    extras: Extras = NO_EXTRAS

    @property
    def price_sources(self) -> frozenset[str]:
        """Where the prices of dynamic tariffs come from."""
        sources = (tariff.price_source for tariff in self.tariffs)
        return frozenset(source for source in sources if source is not None)

    @cached_property
    def price_days(self) -> frozenset[date]:
        """Local days on which a price or a rate begins to hold."""
        prices = (tariff.prices for tariff in self.tariffs)
        return frozenset(
            price.valid_from
            for dated in (*prices, *self.extras.rates())
            for price in dated
            if price.valid_from is not None
        )

    @cached_property
    def tariffs_by_id(self) -> Mapping[int, Tariff]:
        """The tariffs by their permanent number."""
        return MappingProxyType({tariff.id: tariff for tariff in self.tariffs})
