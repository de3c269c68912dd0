"""Which tariff applies now: kept for every fluid, and told to all that show it."""

from collections.abc import Callable, Iterable
from datetime import datetime

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.event import async_track_point_in_utc_time
from homeassistant.util import dt as dt_util

from ..ews.quantities import Fluid
from ..ews.site import Site
from ..ews.tariffs.book import BookTimeline, TariffBook
from ..ews.tariffs.outlook import Outlook, is_cheapest, outlook
from ..ews.tariffs.price_history import PriceHistory
from ..ews.tariffs.settings import PRICED_FLUIDS


class TariffWatch:
    """The tariffs of a site through time.

    Listeners are called at the instant at which a rule, tariff or price changes.
    """

    def __init__(self, hass: HomeAssistant, site: Site) -> None:
        """Watch every fluid that has tariffs."""
        self._hass = hass
        self._site = site
        self._outlooks: dict[Fluid, Outlook] = {}
        self._cheapest: dict[Fluid, bool] = {}
        self._listeners: list[Callable[[], None]] = []
        self._cancel: CALLBACK_TYPE | None = None
        self._is_over = False

    @property
    def currency(self) -> str:
        """A code of ISO 4217."""
        return self._site.billing.books.currency

    @property
    def prices(self) -> PriceHistory:
        """What is known of prices that change by the hour."""
        return self._site.billing.books.prices

    @property
    def fluids(self) -> list[Fluid]:
        """The fluids that have a plan."""
        return [fluid for fluid in PRICED_FLUIDS if self.book(fluid).current.tariffs]

    def book(self, fluid: Fluid) -> TariffBook:
        """Return the book of a fluid."""
        return self._site.billing.books.book(fluid)

    def timeline(self, fluid: Fluid) -> BookTimeline:
        """Return the book of a fluid over the civil time of the site."""
        return self._site.billing.books.timeline(fluid)

    def outlook(self, fluid: Fluid) -> Outlook:
        """Return what applies now and next."""
        return self._outlooks[fluid]

    def is_cheapest(self, fluid: Fluid) -> bool:
        """Say whether no tariff of the day ahead was cheaper at the last change."""
        return self._cheapest[fluid]

    async def async_refresh(self) -> None:
        """Look up what applies, and wait for the next change.

        To be called at the start, and when prices that change by the hour have come.
        """
        await self._async_look(self.fluids)

    @callback
    def async_stop(self) -> None:
        """Wait for nothing more: the site is unloaded."""
        self._is_over = True
        self._wait_no_longer()

    @callback
    def async_add_listener(self, listener: Callable[[], None]) -> CALLBACK_TYPE:
        """Call ``listener`` after every change; returns what ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    async def _async_look(self, fluids: Iterable[Fluid]) -> None:
        now = dt_util.utcnow()

        def look() -> None:
            for fluid in fluids:
                timeline = self.timeline(fluid)
                self._outlooks[fluid] = outlook(timeline, now)
                self._cheapest[fluid] = is_cheapest(timeline, now)

        # A year is laid out when it is first asked for, which takes a while.
        await self._hass.async_add_executor_job(look)
        self._schedule()
        for listener in list(self._listeners):
            listener()

    def _wait_no_longer(self) -> None:
        if self._cancel is not None:
            self._cancel()
            self._cancel = None

    def _schedule(self) -> None:
        self._wait_no_longer()
        # The site may have ended while a thread looked ahead.
        if self._outlooks and not self._is_over:
            # Without a change in sight it is the end of what was looked at.
            first = min(found.active.end for found in self._outlooks.values())
            self._cancel = async_track_point_in_utc_time(
                self._hass, self._async_change, first
            )

    async def _async_change(self, now: datetime) -> None:
        outlooks = self._outlooks.items()
        await self._async_look([x for x, found in outlooks if found.active.end <= now])
