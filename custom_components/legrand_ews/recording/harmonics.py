"""Reads harmonics for the archive, once an interval, where the user wants that."""

import asyncio
from datetime import datetime
import logging

from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.dispatcher import async_dispatcher_connect

from ..bus.coordinator import GatewayCoordinator
from ..ews.bus import DeviceStatus
from ..ews.errors import EwsError, GatewayUnreachableError
from ..ews.metering import Booking, harmonic_samples
from ..installation import OPTION_RECORD_HARMONICS
from ..runtime import EwsConfigEntry
from .sampler import sample_end

_LOGGER = logging.getLogger(__name__)


@callback
def async_record_harmonics(hass: HomeAssistant, entry: EwsConfigEntry) -> None:
    """Record harmonics until the site is unloaded, if the options say so.

    Off unless switched on: a meter takes ten long frames, on a slow line seconds of
    its time, and adds tens of thousands of values a day.
    """
    if not entry.options.get(OPTION_RECORD_HARMONICS, False):
        return
    runtime = entry.runtime_data
    behind: dict[GatewayCoordinator, list[int]] = {}
    for device in runtime.readable_devices():
        model = runtime.model_of(device)
        coordinator = runtime.coordinators[device.gateway_id]
        if (
            model is not None
            and model.harmonics
            and device.is_enabled
            and coordinator.is_polling
        ):
            behind.setdefault(coordinator, []).append(device.id)
    if not behind:
        return
    rounds = _Rounds(hass, entry, behind)
    entry.async_on_unload(
        async_dispatcher_connect(
            hass, sample_end(entry.entry_id), rounds.async_interval_began
        )
    )


class _Rounds:
    """Asks all devices one after the other, and all gateways at the same time."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry: EwsConfigEntry,
        behind: dict[GatewayCoordinator, list[int]],
    ) -> None:
        self._hass = hass
        self._entry = entry
        self._behind = behind
        self._round: asyncio.Task[None] | None = None

    @callback
    def async_interval_began(self, edge: datetime) -> None:
        """Begin a round, unless a slow bus is still at the one before."""
        if self._round is not None and not self._round.done():
            _LOGGER.debug("Harmonics of the interval before %s still come", edge)
            return
        self._round = self._entry.async_create_background_task(
            self._hass, self._async_read_all(), f"Harmonics of {self._entry.title}"
        )

    async def _async_read_all(self) -> None:
        reads = (self._async_read(*one) for one in self._behind.items())
        if any(await asyncio.gather(*reads)):
            self._entry.runtime_data.sampler.async_write_soon()

    async def _async_read(
        self, coordinator: GatewayCoordinator, device_ids: list[int]
    ) -> bool:
        """Read what answers behind a gateway; say whether there was anything.

        A silent device is left to the coordinator, which asks it less and less.
        """
        site = self._entry.runtime_data.site
        length, zone = site.installation.sample_length, site.installation.zone
        has_read = False
        for device_id in device_ids:
            report = coordinator.report_of(device_id)
            if (
                coordinator.bus is None
                or report is None
                or report.status is not DeviceStatus.ON
            ):
                continue
            try:
                harmonics = await coordinator.bus.read_harmonics(device_id)
            except GatewayUnreachableError as error:
                _LOGGER.debug("Harmonics of %s: %s", coordinator.name, error)
                break
            except (EwsError, HomeAssistantError) as error:
                _LOGGER.debug("Harmonics of device %s: %s", device_id, error)
                continue
            samples = harmonic_samples(device_id, harmonics, length, zone)
            site.recording.take_harmonics(Booking(harmonics=tuple(samples)))
            has_read = True
        return has_read
