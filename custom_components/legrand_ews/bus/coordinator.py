"""One coordinator per gateway: the clock that drives a bus and spreads its news."""

import asyncio
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
import logging
from typing import Final, override

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HassJob, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.event import async_call_later
from homeassistant.helpers.update_coordinator import DataUpdateCoordinator, UpdateFailed
from homeassistant.util import dt as dt_util

from ..const import DOMAIN, LEASE_LENGTH
from ..errors import failed, translated_errors
from ..ews.bus import GatewayBus
from ..ews.bus.readings import DeviceReport, DeviceStatus, GatewayReport
from ..ews.model import Gateway
from ..pace import pace_of

_LOGGER = logging.getLogger(__name__)

RETRY_DELAY: Final = timedelta(seconds=5)
SHORTEST_DELAY: Final = timedelta(milliseconds=50)
"""A bus that is behind starts again almost at once, but lets others run between."""
LISTENERS_AT_ONCE: Final = 40
"""Entities told without giving way to anything else; more are told in steps."""


class GatewayCoordinator(DataUpdateCoordinator[GatewayReport]):
    """Polls the bus behind a gateway for as long as the site is loaded.

    ``data`` is the latest report; before the first one it shows what is known
    without asking: devices that are switched off with their gateway, behind which
    nothing is polled (S55). ``observe`` gets all news before any entity does, as
    reports of some of the devices. ``bus`` is there from the first cycle on.
    """

    config_entry: ConfigEntry

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry,
        gateway: Gateway,
        make_bus: Callable[[], GatewayBus],
        device_ids: Collection[int],
        observe: Callable[[GatewayReport], None],
    ) -> None:
        """Poll the bus that ``make_bus`` gives and hand every report to ``observe``."""
        super().__init__(
            hass,
            _LOGGER,
            config_entry=entry,
            name=f"{DOMAIN} gateway {gateway.id}",
            update_interval=None,
        )
        self.gateway = gateway
        self.bus: GatewayBus | None = None
        self._make_bus = make_bus
        self._observe = observe
        self._pace = pace_of(hass)
        self._working = asyncio.Lock()
        self._seen: Mapping[int, DeviceReport] = {}
        self._news: set[int] = set()
        self._was_success = True
        self._untold: dict[int, None] = {}
        self._telling: asyncio.Task[None] | None = None
        self._has_report = False
        self._delay = RETRY_DELAY
        self._cancel_wait: CALLBACK_TYPE | None = None
        self._is_stopped = False
        self.data = _first_report(gateway, device_ids)

    @property
    def is_polling(self) -> bool:
        """Whether the gateway is in service."""
        return self.gateway.is_enabled

    @property
    def has_asked(self) -> bool:
        """Whether a first cycle is over, so that ``data`` is more than a guess."""
        return self._has_report or not self.last_update_success

    @property
    def is_answering(self) -> bool:
        """Whether the gateway was reached by the latest cycle."""
        return self.last_update_success and self.data.is_reachable

    @callback
    def async_start(self) -> None:
        """Start polling, without waiting for the first answer.

        Entities have no say in it: samples are recorded even where none is enabled.
        """
        if self.is_polling:
            self.async_refresh_soon()

    @callback
    def async_refresh_soon(self) -> None:
        """Start a cycle as soon as the one under way is over."""
        _ = self.config_entry.async_create_background_task(
            self.hass, self.async_refresh(), f"{self.name} refresh"
        )

    @callback
    def async_lease(self, device_ids: Collection[int]) -> None:
        """Poll these devices fast for ``LEASE_LENGTH`` from now on (S148)."""
        if self.bus is None:
            return
        self.bus.lease(device_ids, dt_util.utcnow() + LEASE_LENGTH)
        self.async_refresh_soon()

    @callback
    def async_retry(self) -> None:
        """Ask silent devices again now: somebody has just seen to them."""
        if self.bus is None:
            return
        self.bus.forget_backoff()
        self.async_refresh_soon()

    async def async_read_counters(self) -> None:
        """Read all counters of the bus now; returns when all had their turn."""
        if self.bus is None:
            return
        self.bus.request_counters()
        await self.async_refresh()
        while self.bus.are_counters_due and not self._is_stopped:
            await self.async_refresh()

    async def async_write(
        self, device_id: int, command: str, value: str | Decimal
    ) -> None:
        """Write a command of a device, before anything else that waits for the bus.

        Raises HomeAssistantError where the device has not obeyed.
        """
        if self.bus is None:
            raise failed("gateway_unreachable")
        with translated_errors():
            await self.bus.write(device_id, command, value)
        # The new state is known by now; nothing needs to be due for it to be told.
        self.async_refresh_soon()

    def report_of(self, device_id: int) -> DeviceReport | None:
        """The latest of a device; None before its first cycle."""
        return self.data.devices.get(device_id)

    @override
    async def _async_update_data(self) -> GatewayReport:
        if not self.is_polling:
            return self.data
        try:
            # Reports come in the order of their reads, each seen to its end.
            async with self._working:
                if self.bus is None:
                    await self._pace.step()
                    self.bus = self._make_bus()
                report = await self.bus.cycle(dt_util.utcnow())
                await self._async_observe(report)
        except HomeAssistantError as error:
            # The shared connection refuses its units: another integration holds the
            # same line with other settings.
            self._delay = RETRY_DELAY
            raise UpdateFailed(
                translation_domain=error.translation_domain,
                translation_key=error.translation_key,
                translation_placeholders=error.translation_placeholders,
            ) from error
        self._delay = max(self.bus.next_due(dt_util.utcnow()), SHORTEST_DELAY)
        self._has_report = True
        return report

    async def _async_observe(self, report: GatewayReport) -> None:
        """Hand on what is new, device by device."""
        seen, self._seen = self._seen, report.devices
        news = {
            key: device
            for key, device in report.devices.items()
            if not _is_same(device, seen.get(key))
        }
        self._news.update(news)
        async for key, device in self._pace.each(news.items()):
            self._observe(replace(report, devices={key: device}))

    @override
    async def async_shutdown(self) -> None:
        self._is_stopped = True
        self._stop_waiting()
        await super().async_shutdown()

    @callback
    @override
    def _async_refresh_finished(self) -> None:
        """Wait for what is due next, exactly.

        Home Assistant's own interval is rounded down to whole seconds: it would come
        before anything is due, again and again.
        """
        self._stop_waiting()
        is_wanted = self.is_polling and not self.config_entry.pref_disable_polling
        if is_wanted and not self._is_stopped:
            job = HassJob(self._async_due, cancel_on_shutdown=True)
            self._cancel_wait = async_call_later(self.hass, self._delay, job)

    @callback
    def _async_due(self, _: datetime) -> None:
        self._cancel_wait = None
        self.async_refresh_soon()

    def _stop_waiting(self) -> None:
        if self._cancel_wait is not None:
            self._cancel_wait()
            self._cancel_wait = None

    @callback
    @override
    def async_update_listeners(self) -> None:
        """Tell those whom it concerns, many of them over several turns of the loop.

        A listener's context is the number of the device that it shows; one without
        is told of everything.
        """
        is_for_all = self._was_success != self.last_update_success
        self._was_success = self.last_update_success
        news, self._news = self._news, set()
        concerned = {
            key: None
            for key, (_, device_id) in self._listeners.items()
            if is_for_all or device_id is None or device_id in news
        }
        if len(concerned) <= LISTENERS_AT_ONCE:
            for key in concerned:
                self._tell(key)
            return
        self._untold |= concerned
        if self._telling is None or self._telling.done():
            self._telling = self.config_entry.async_create_background_task(
                self.hass, self._async_tell(), f"{self.name} spread"
            )

    async def _async_tell(self) -> None:
        while self._untold:
            await self._pace.step()
            key = next(iter(self._untold), None)
            if key is None:
                return
            del self._untold[key]
            self._tell(key)

    def _tell(self, key: int) -> None:
        # An entity may have gone since.
        if key in self._listeners:
            self._listeners[key][0]()


def _is_same(device: DeviceReport, seen: DeviceReport | None) -> bool:
    """Whether nothing was read or has become known of a device since ``seen``."""
    return (
        seen is not None
        and device.readings is seen.readings
        and device.identity is seen.identity
        and device.status is seen.status
        and device.error == seen.error
    )


def _first_report(gateway: Gateway, device_ids: Collection[int]) -> GatewayReport:
    now = dt_util.utcnow()
    devices = {
        key: DeviceReport(device_id=key, at=now, status=DeviceStatus.OFF)
        for key in device_ids
    }
    return GatewayReport(
        gateway_id=gateway.id,
        at=now,
        is_reachable=False,
        round_trip_ms=None,
        error_rate=0.0,
        bus_load=0.0,
        devices={} if gateway.is_enabled else devices,
    )
