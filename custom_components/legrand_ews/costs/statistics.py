"""Long-term statistics of costs: one a fluid, hour by hour, written by ourselves.

They follow the archive and the tariffs: what is computed anew there is written anew
here, so the energy dashboard shows what the bill says. Fees and taxes are not in them.
"""

import asyncio
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
import logging
from typing import Any, Final

from homeassistant.components.recorder import get_instance
from homeassistant.components.recorder.models import (
    StatisticData,
    StatisticMeanType,
    StatisticMetaData,
)
from homeassistant.components.recorder.statistics import async_add_external_statistics
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.dispatcher import async_dispatcher_connect
from homeassistant.helpers.storage import Store
from homeassistant.util import dt as dt_util

from ..const import DOMAIN
from ..ews.billing import Cost, money
from ..ews.billing.money import cost_of_money
from ..ews.consumption import hour_floor, hours_of
from ..ews.errors import ArchiveError
from ..ews.quantities import Fluid
from ..ews.site import Site
from ..ews.tariffs.revising import changed_since
from ..ews.tariffs.settings import decode_book, encode_book
from ..ews.timegrid import HOUR, Span, local_midnight
from ..recording.sampler import sample_end
from ..sentences import async_sentences
from ..statistics.rows import KnownStatistic, known_statistics
from ..statistics.spans import chunks
from ..tariffs.texts import async_fluid_name
from ..tariffs.watch import TariffWatch

RECORDER: Final = "recorder"
_STORE_VERSION: Final = 1
_WHOLE: Final = (None, None)
"""The total of the site among all totals."""
_LOGGER = logging.getLogger(__name__)


def cost_statistic_id(entry: ConfigEntry, fluid: Fluid) -> str:
    """Return how the statistic of a fluid's costs is called."""
    return f"{DOMAIN}:cost_{fluid}_{entry.entry_id.lower()}"


def cost_store(hass: HomeAssistant, entry: ConfigEntry) -> Store[dict[str, Any]]:
    """Return where it is kept by which tariffs the statistics were written."""
    return Store(hass, _STORE_VERSION, f"{DOMAIN}.costs_{entry.entry_id}")


class CostStatistics:
    """Writes the costs of a site after every interval, and anew when they change."""

    def __init__(
        self, hass: HomeAssistant, entry: ConfigEntry, site: Site, tariffs: TariffWatch
    ) -> None:
        """Write for the fluids that have ``tariffs``."""
        self._hass = hass
        self._entry = entry
        self._site = site
        self._tariffs = tariffs
        self._store = cost_store(hass, entry)
        self._turn = asyncio.Lock()
        self._open: dict[Fluid, tuple[datetime, Cost]] = {}
        self._is_up_to_date = False

    @callback
    def async_start(self) -> None:
        """Make up for what is missing, then go on after every interval."""
        if RECORDER not in self._hass.config.components or not self._tariffs.fluids:
            return
        self._entry.async_on_unload(
            async_dispatcher_connect(
                self._hass, sample_end(self._entry.entry_id), self._async_sampled
            )
        )
        _ = self._entry.async_create_background_task(
            self._hass, self._async_begin(), f"Cost statistics of {self._entry.title}"
        )

    async def async_rewrite(self, start: datetime | None) -> int:
        """Write all hours from ``start`` on, or all there are; returns how many.

        Sums go on to the present, so there is no end. Raises ArchiveError.
        """
        if RECORDER not in self._hass.config.components:
            return 0
        async with self._turn:
            hours = 0
            for fluid in self._tariffs.fluids:
                hours += await self._async_write_from(fluid, start)
            return hours

    async def _async_begin(self) -> None:
        async with self._turn:
            try:
                await self._async_make_up()
            except ArchiveError as error:
                _LOGGER.debug("Cost statistics wait for the next interval: %s", error)

    async def _async_make_up(self) -> None:
        """Go on where the statistics end, or where they follow other tariffs."""
        stored: Mapping[str, Any] = await self._store.async_load() or {}
        for fluid in self._tariffs.fluids:
            start = await self._async_due(fluid, stored.get(fluid))
            await self._async_write_from(fluid, start)
        self._is_up_to_date = True
        await self._store.async_save(
            {
                fluid.value: {
                    "currency": self._tariffs.currency,
                    "book": encode_book(self._tariffs.book(fluid)),
                }
                for fluid in self._tariffs.fluids
            }
        )

    async def _async_due(
        self, fluid: Fluid, written: Mapping[str, Any] | None
    ) -> datetime | None:
        """Return from when on a statistic is out of date; None: all of it."""
        if written is None or written["currency"] != self._tariffs.currency:
            return None
        known = await self._async_known(fluid, dt_util.utcnow() + HOUR)
        if known is None or known.last is None:
            return None
        before, _ = decode_book(fluid, written["book"])
        changed = changed_since(before, self._tariffs.book(fluid))
        if changed is None:
            return known.last.start
        return None if changed == date.min else self._midnight(changed, known)

    def _midnight(self, day: date, known: KnownStatistic) -> datetime:
        """A day that is to come is no reason to leave the present hours out."""
        midnight = local_midnight(day, self._site.installation.zone)
        return midnight if known.last is None else min(midnight, known.last.start)

    async def _async_sampled(self, _: datetime) -> None:
        if self._turn.locked():
            return  # Whoever writes comes to this hour anyway, or the next interval.
        async with self._turn:
            try:
                if not self._is_up_to_date:
                    await self._async_make_up()
                for fluid, (hour, base) in list(self._open.items()):
                    await self._async_write(fluid, hour, base)
            except ArchiveError as error:
                _LOGGER.debug("Cost statistics could not be written: %s", error)

    async def _async_write_from(self, fluid: Fluid, start: datetime | None) -> int:
        recorded = await self._hass.async_add_executor_job(self._site.recorded)
        starts = [total.first_start for total in recorded if total.fluid is fluid]
        begin = first = hour_floor(min(starts, default=dt_util.utcnow()))
        base = 0
        if start is not None and hour_floor(start) > first:
            known = await self._async_known(fluid, hour_floor(start))
            if known is not None and known.before is not None:
                begin = hour_floor(start)
                total = Decimal(str(known.before.sum or 0.0))
                base = cost_of_money(total)
        return await self._async_write(fluid, begin, base)

    async def _async_known(self, fluid: Fluid, at: datetime) -> KnownStatistic | None:
        """Return what the recorder has of a fluid's costs before an instant."""
        recorder = get_instance(self._hass)
        await recorder.async_block_till_done()
        name = cost_statistic_id(self._entry, fluid)
        known = await recorder.async_add_executor_job(
            known_statistics, self._hass, {name: Span(at, at)}
        )
        return known.get(name)

    async def _async_write(self, fluid: Fluid, begin: datetime, base: Cost) -> int:
        """Write the hours from ``begin`` to the present one; ``base`` came before."""
        metadata = await self._async_metadata(fluid)
        end = hour_floor(dt_util.utcnow()) + HOUR
        total, count = base, 0
        for chunk in chunks(Span(begin, end)):
            hours = hours_of(chunk)
            costs = await self._hass.async_add_executor_job(
                self._site.billing.counted_costs, fluid, hours
            )
            values = costs.totals.get(_WHOLE) or [None] * (len(hours) - 1)
            rows: list[StatisticData] = []
            for hour, value in zip(hours[:-1], values, strict=True):
                self._open[fluid] = (hour, total)
                total += int(value or 0)
                amount = float(money(total))
                rows.append({"start": hour, "state": amount, "sum": amount})
            async_add_external_statistics(self._hass, metadata, rows)
            count += len(rows)
        return count

    async def _async_metadata(self, fluid: Fluid) -> StatisticMetaData:
        language = self._hass.config.language
        sentence = await async_sentences(self._hass, language)
        is_revenue = fluid is Fluid.ELECTRICITY_EXPORT
        name = sentence(
            "statistic_revenue" if is_revenue else "statistic_cost",
            {
                "site": self._entry.title,
                "fluid": await async_fluid_name(self._hass, fluid, language),
            },
        )
        return StatisticMetaData(
            mean_type=StatisticMeanType.NONE,
            has_sum=True,
            name=name,
            source=DOMAIN,
            statistic_id=cost_statistic_id(self._entry, fluid),
            unit_class=None,
            unit_of_measurement=self._tariffs.currency,
        )
