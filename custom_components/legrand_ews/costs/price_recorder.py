"""Keeps what the sources of dynamic prices say, and prices with it at once."""

import asyncio
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial
import logging
from typing import Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import (
    Event,
    EventStateChangedData,
    HomeAssistant,
    State,
    callback,
)
from homeassistant.helpers.event import (
    async_track_state_change_event,
    async_track_time_interval,
)
from homeassistant.helpers.issue_registry import IssueSeverity
from homeassistant.helpers.start import async_at_started
from homeassistant.util import dt as dt_util

from ..archive.upkeep import Upkeep
from ..ews.consumption import hour_floor
from ..ews.errors import ArchiveError, ConfigurationError
from ..ews.site import Site
from ..ews.tariffs import HOLD, SourcePrice
from ..ews.tariffs.settings import PRICED_FLUIDS
from ..issues import async_raise, async_refresh, async_withdraw, issue_id
from ..tariffs.watch import TariffWatch
from .price_sources import Source, async_past_prices
from .statistics import CostStatistics
from .watch import CostWatch

PRICE_UNIT_WRONG: Final = "price_unit_wrong"
PRICE_SOURCE_SILENT: Final = "price_source_silent"
LOOK_EVERY: Final = timedelta(hours=1)
_SECOND: Final = timedelta(seconds=1)
_LOGGER = logging.getLogger(__name__)


class PriceRecorder:
    """Listens to the sources of the tariffs of a site.

    What they said while nobody listened is taken from the recorder; where that knows
    nothing either, they fell silent when the site was last at work.
    """

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry,
        site: Site,
        upkeep: Upkeep,
        *,
        tariffs: TariffWatch,
        costs: CostWatch,
        statistics: CostStatistics,
    ) -> None:
        """Keep prices in the archive of ``site``; `async_start` begins."""
        self._hass = hass
        self._entry = entry
        self._site = site
        self._upkeep = upkeep
        self._tariffs = tariffs
        self._costs = costs
        self._statistics = statistics
        self._sources: dict[str, Source] = {}
        self._before: dict[str, SourcePrice | None] = {}
        self._silent_since: datetime | None = None
        self._waiting: dict[str, list[SourcePrice]] = {}
        self._turn = asyncio.Lock()

    async def async_load(self) -> None:
        """Take what is known of prices; what cannot be read is as if nothing was."""
        books = self._site.billing.books
        for fluid in PRICED_FLUIDS:
            for source in books.book(fluid).price_sources:
                self._sources.setdefault(
                    source, Source(id=source, fluid=fluid, currency=books.currency)
                )
        if not self._sources:
            return
        try:
            await self._hass.async_add_executor_job(self._site.billing.load_prices)
            self._silent_since = await self._hass.async_add_executor_job(self._missed)
        except ArchiveError as error:
            _LOGGER.warning("Prices could not be read: %s", error)

    @callback
    def async_start(self) -> None:
        """Catch up with what was said, and listen until the entry is unloaded."""
        self._withdraw_others()
        if not self._sources:
            return
        for source in self._sources.values():
            last = self._before[source.id] = self._tariffs.prices.last(source.id)
            # What was said last held no longer than somebody listened.
            if last is not None and (silent := self._silent(source, last)) is not None:
                self._note(source, SourcePrice(silent, None))
        entities = [source.id for source in self._sources.values() if source.is_entity]
        self._entry.async_on_unload(
            async_track_state_change_event(self._hass, entities, self._async_changed)
        )
        self._entry.async_on_unload(
            async_track_time_interval(self._hass, self._async_look, LOOK_EVERY)
        )

        # Sources may be set up after this site.
        async def started(_: HomeAssistant) -> None:
            await self._async_catch_up()

        self._entry.async_on_unload(async_at_started(self._hass, started))

    async def async_stop(self) -> None:
        """Write what waits."""
        await self._async_store()

    async def _async_catch_up(self) -> None:
        """Ask the recorder for what was missed; of a new source, for everything."""
        changed: list[datetime] = []
        for source in self._sources.values():
            since, before = dt_util.utc_from_timestamp(0), self._before[source.id]
            if before is not None:
                since = self._silent(source, before) or before.start
            try:
                past = await async_past_prices(self._hass, source, since)
            except ConfigurationError as error:
                self._report_unit(source, error)
            else:
                missed = [price for price in past if price.start > since]
                if missed:
                    # What is new may also price the time before its first price.
                    changed.append(since if before is None else missed[0].start)
                    waiting = self._waiting.setdefault(source.id, [])
                    waiting[:] = [*missed, *waiting]
            await self._async_write()
            self._take(source, self._hass.states.get(source.id))
        await self._async_write()
        self._report_silent(dt_util.utcnow())
        await self._async_rewrite(changed)

    def _silent(self, source: Source, last: SourcePrice) -> datetime | None:
        """Since when an entity was not listened to, after what it said last.

        What a statistic tells, the recorder has whether or not this site runs.
        """
        since = self._silent_since
        if since is None or since <= last.start or not source.is_entity:
            return None
        return since

    def _missed(self) -> datetime | None:
        """Since when nobody listened; None where that was only a moment (blocking)."""
        ends = [total.last_end for total in self._site.recorded()]
        if not ends:
            return None
        is_moment = (
            dt_util.utcnow() - max(ends) < 3 * self._site.installation.sample_length
        )
        return None if is_moment else max(ends)

    @callback
    def _async_changed(self, event: Event[EventStateChangedData]) -> None:
        source = self._sources[event.data["entity_id"]]
        state = event.data["new_state"]
        if state is None:
            now = event.time_fired.replace(microsecond=0)
            self._note(source, SourcePrice(now, None))
        else:
            self._take(source, state)
        if self._waiting:
            _ = self._entry.async_create_background_task(
                self._hass, self._async_write(), f"Prices of {self._entry.title}"
            )

    @callback
    def _take(self, source: Source, state: State | None) -> None:
        """Note what a state says; one that is no price says nothing."""
        if state is None:
            return
        try:
            price = source.price_of(state)
        except ConfigurationError as error:
            self._report_unit(source, error)
            price = SourcePrice(state.last_changed.replace(microsecond=0), None)
        else:
            if price.amount is not None:
                async_withdraw(
                    self._hass, self._entry, PRICE_UNIT_WRONG, about=source.id
                )
        self._note(source, price)

    @callback
    def _note(self, source: Source, price: SourcePrice) -> None:
        """Let a price wait to be written, unless it says what was said before."""
        waiting = self._waiting.get(source.id)
        last = waiting[-1] if waiting else self._tariffs.prices.last(source.id)
        if price.amount == (None if last is None else last.amount):
            return
        if last is not None and price.start <= last.start:
            # It has said so for longer than somebody listened.
            now = dt_util.utcnow().replace(microsecond=0)
            price = SourcePrice(max(now, last.start + _SECOND), price.amount)
        self._waiting.setdefault(source.id, []).append(price)

    async def _async_write(self) -> None:
        """Write what waits, and tell all that shows prices and costs."""
        if await self._async_store():
            await self._tariffs.async_refresh()
            await self._costs.async_refresh()

    async def _async_store(self) -> bool:
        """Write what waits; what the archive refuses goes on waiting."""
        async with self._turn:
            waiting, self._waiting = self._waiting, {}
            for source, prices in waiting.items():
                add = partial(self._site.billing.add_prices, source, prices)
                try:
                    await self._upkeep.async_run(add)
                except ArchiveError as error:
                    _LOGGER.warning("Prices of %s wait: %s", source, error)
                    later = self._waiting.get(source, [])
                    self._waiting[source] = [*prices, *later]
        return bool(waiting)

    async def _async_look(self, now: datetime) -> None:
        """Read statistics, which come by the hour, and look for silent sources."""
        changed: list[datetime] = []
        for source in self._sources.values():
            last = self._tariffs.prices.last(source.id)
            if source.is_entity or last is None:
                continue
            try:
                past = await async_past_prices(self._hass, source, last.start)
            except ConfigurationError as error:
                self._report_unit(source, error)
                continue
            for price in past:
                if price.start > last.start:
                    self._note(source, price)
                    changed.append(price.start)
        await self._async_write()
        self._report_silent(now)
        await self._async_rewrite(changed)

    async def _async_rewrite(self, changed: Iterable[datetime]) -> None:
        """Write cost statistics anew from the first instant whose price has changed."""
        first = min(changed, default=None)
        if first is None or hour_floor(first) >= hour_floor(dt_util.utcnow()):
            return
        try:
            await self._statistics.async_rewrite(hour_floor(first))
        except ArchiveError as error:
            _LOGGER.debug("Cost statistics could not be written: %s", error)

    @callback
    def _report_unit(self, source: Source, error: ConfigurationError) -> None:
        async_raise(
            self._hass,
            self._entry,
            PRICE_UNIT_WRONG,
            {"site": self._entry.title, "source": source.id, **error.placeholders},
            about=source.id,
            severity=IssueSeverity.ERROR,
        )

    @callback
    def _report_silent(self, now: datetime) -> None:
        """Raise which sources have said nothing for longer than their price holds."""
        with async_refresh(self._hass, self._entry, PRICE_SOURCE_SILENT):
            for source in self._sources.values():
                last = self._tariffs.prices.last(source.id)
                if last is not None and (
                    last.amount is not None or now - last.start <= HOLD
                ):
                    continue
                async_raise(
                    self._hass,
                    self._entry,
                    PRICE_SOURCE_SILENT,
                    {
                        "site": self._entry.title,
                        "source": source.id,
                        "hours": str(HOLD // timedelta(hours=1)),
                    },
                    about=source.id,
                )

    @callback
    def _withdraw_others(self) -> None:
        """Withdraw what was raised of sources that are no longer asked."""
        kinds = (PRICE_UNIT_WRONG, PRICE_SOURCE_SILENT)
        with async_refresh(self._hass, self._entry, *kinds) as refresh:
            refresh.async_keep(
                issue_id(self._entry, kind, source)
                for kind in kinds
                for source in self._sources
            )
