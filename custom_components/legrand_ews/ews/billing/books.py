"""The tariffs of a site laid over its civil time, and what they are asked about."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self
from zoneinfo import ZoneInfo

from ..archive import Archive
from ..consumption import Directory
from ..consumption.amounts import counted_as
from ..model import Installation
from ..quantities import Fluid
from ..tariffs.book import BookTimeline, TariffBook
from ..tariffs.price_history import NO_PRICES, PriceHistory
from ..tariffs.settings import BillingSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Metered:
    """Everything that was measured, and by what."""

    installation: Installation
    directory: Directory
    archive: Archive

    @property
    def zone(self) -> ZoneInfo:
        """The site's civil time."""
        return self.installation.zone


class Books:
    """The books of a site and their timelines, which remember the years asked for."""

    def __init__(
        self,
        settings: BillingSettings,
        zone: ZoneInfo,
        prices: PriceHistory = NO_PRICES,
        timelines: Mapping[Fluid, BookTimeline] | None = None,
    ) -> None:
        """Lay the books of ``settings`` over the time of ``zone``.

        ``timelines`` are those of the books with these prices, where they are known.
        """
        self.settings = settings
        self.prices = prices
        self.zone = zone
        self._timelines = dict(timelines or {})

    @property
    def currency(self) -> str:
        """A code of ISO 4217."""
        return self.settings.currency

    def with_prices(self, prices: PriceHistory) -> Self:
        """Return the same books with other dynamic prices."""
        known = {
            fluid: timeline.with_prices(prices)
            for fluid, timeline in self._timelines.items()
        }
        return type(self)(self.settings, self.zone, prices, known)

    def book(self, fluid: Fluid) -> TariffBook:
        """The book of a fluid; an empty one where nothing was set up."""
        return self.settings.book_of(fluid)

    @property
    def price_sources(self) -> frozenset[str]:
        """Where the prices of dynamic tariffs come from."""
        books = self.settings.books.values()
        return frozenset().union(*(book.price_sources for book in books))

    def has_prices(self, fluid: Fluid) -> bool:
        """Whether any plan of a fluid has a tariff; what has none is not free."""
        return bool(self.book(fluid).tariffs)

    def has_extras(self, fluid: Fluid) -> bool:
        """Whether anything beside the energy is to be paid under any plan."""
        return self.book(fluid).has_extras

    def timeline(self, fluid: Fluid) -> BookTimeline:
        """The book of a fluid over time; the energy of gas costs what its volume does."""
        priced = counted_as(fluid)
        if priced not in self._timelines:
            self._timelines[priced] = BookTimeline(
                self.book(priced), self.zone, self.prices
            )
        return self._timelines[priced]
