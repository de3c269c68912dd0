"""Which tariff applies now: kept for every fluid, and told to all that show it."""

from collections.abc import Callable, Iterable
from datetime import datetime

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.event import async_track_point_in_utc_time
from homeassistant.util import dt as dt_util

from .ews.model import Installation
from .ews.quantities import Fluid
from .ews.tariffs.book import BookTimeline, TariffBook
from .ews.tariffs.outlook import Outlook, outlook
from .ews.tariffs.price_history import NO_PRICES, PriceHistory
from .ews.tariffs.settings import BillingSettings


class TariffWatch:
    """The tariffs of a site through time.

    Listeners are called at the instant at which a rule, tariff or price changes.
    """

    def __init__(
        self, hass: HomeAssistant, installation: Installation, billing: BillingSettings
    ) -> None:
        """Watch every fluid that has tariffs."""
        self._hass = hass
        self._zone = installation.zone
        self.billing = billing
        self.prices: PriceHistory = NO_PRICES
        self._timelines: dict[Fluid, BookTimeline] = {}
        self._outlooks: dict[Fluid, Outlook] = {}
        self._listeners: list[Callable[[], None]] = []
        self._cancel: CALLBACK_TYPE | None = None

    @property
    def fluids(self) -> list[Fluid]:
        """The fluids that have a plan, in the usual order."""
        return [
            fluid for fluid, book in self.billing.books.items() if book.current.tariffs
        ]

    def book(self, fluid: Fluid) -> TariffBook:
        """Return the book of a fluid."""
        return self.billing.book_of(fluid)

    def timeline(self, fluid: Fluid) -> BookTimeline:
        """Return the book of a fluid over the civil time of the site."""
        return self._timelines[fluid]

    def outlook(self, fluid: Fluid) -> Outlook:
        """Return what applies now and next."""
        return self._outlooks[fluid]

    async def async_start(self) -> None:
        """Look up what applies, and wait for the next change."""
        await self.async_take_prices(self.prices)

    @callback
    def async_stop(self) -> None:
        """Wait for nothing more."""
        if self._cancel is not None:
            self._cancel()
            self._cancel = None

    async def async_take_prices(self, prices: PriceHistory) -> None:
        """Go on with what is now known of prices that change by the hour."""
        self.prices = prices
        self._timelines = {
            fluid: BookTimeline(self.book(fluid), self._zone, prices)
            for fluid in self.fluids
        }
        # A year is laid out when it is first asked for, which takes a while.
        now = dt_util.utcnow()
        await self._hass.async_add_executor_job(self._look, now, self.fluids)
        self._schedule()
        self._tell()

    @callback
    def async_add_listener(self, listener: Callable[[], None]) -> CALLBACK_TYPE:
        """Call ``listener`` after every change; returns what ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def _look(self, now: datetime, fluids: Iterable[Fluid]) -> None:
        for fluid in fluids:
            self._outlooks[fluid] = outlook(self._timelines[fluid], now)

    def _schedule(self) -> None:
        self.async_stop()
        if self._outlooks:
            # Without a change in sight it is the end of what was looked at.
            first = min(found.active.end for found in self._outlooks.values())
            self._cancel = async_track_point_in_utc_time(
                self._hass, self._async_change, first
            )

    async def _async_change(self, now: datetime) -> None:
        due = [
            fluid for fluid, found in self._outlooks.items() if found.active.end <= now
        ]
        await self._hass.async_add_executor_job(self._look, now, due)
        self._schedule()
        self._tell()

    def _tell(self) -> None:
        for listener in list(self._listeners):
            listener()
