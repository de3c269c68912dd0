"""Spares Python's garbage collector the objects of a large site.

A collection of the oldest generation walks over everything that Home Assistant holds,
and nothing else runs meanwhile: with 255 meters that is half a second, every few
minutes. What is there once a large site runs stays for as long as Home Assistant does,
so it is set aside; later collections look at what came after.

That is little, for what polls bring is freed without a collection (`entity`).
"""

from datetime import timedelta
import gc
from typing import Final

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.dispatcher import async_dispatcher_connect
from homeassistant.helpers.event import async_call_later
from homeassistant.helpers.start import async_at_started

from ..ews.bus.readings import DeviceReport, DeviceStatus
from ..runtime import EwsConfigEntry
from .sampler import sample_end

LARGE_SITE: Final = 100
"""Devices from which on a whole collection would be felt."""
_INTERVALS: Final = 2
"""By the end of so many, everything was counted once."""
_TELLING: Final = timedelta(seconds=5)
"""Entities are told in steps, and the recorder writes what they tell."""


@callback
def async_spare_collector(hass: HomeAssistant, entry: EwsConfigEntry) -> None:
    """Set aside what is there until the site is unloaded.

    That is done when all has started, when every device was read once, and when it was
    counted. Of what other integrations drop meanwhile, only cycles from before that
    stay in memory, and only until then.
    """
    if len(entry.runtime_data.installation.devices) < LARGE_SITE:
        return
    entry.async_on_unload(gc.unfreeze)
    _when_started(hass, entry)
    _when_read(hass, entry)
    _when_counted(hass, entry)


def _when_started(hass: HomeAssistant, entry: EwsConfigEntry) -> None:
    @callback
    def started(_: HomeAssistant) -> None:
        gc.freeze()

    entry.async_on_unload(async_at_started(hass, started))


def _when_read(hass: HomeAssistant, entry: EwsConfigEntry) -> None:
    coordinators = [x for x in entry.runtime_data.coordinators.values() if x.is_polling]
    is_over = False

    @callback
    def told(*_: object) -> None:
        gc.freeze()

    @callback
    def asked() -> None:
        nonlocal is_over
        if is_over or not all(
            coordinator.has_asked
            and all(_was_asked(x) for x in coordinator.data.devices.values())
            for coordinator in coordinators
        ):
            return
        is_over = True
        entry.async_on_unload(async_call_later(hass, _TELLING, told))

    for coordinator in coordinators:
        entry.async_on_unload(coordinator.async_add_listener(asked))


def _was_asked(report: DeviceReport) -> bool:
    is_silent = report.status is DeviceStatus.COMMUNICATION_ERROR
    return not is_silent or report.error is not None


def _when_counted(hass: HomeAssistant, entry: EwsConfigEntry) -> None:
    ended = 0

    @callback
    def interval_ended(*_: object) -> None:
        nonlocal ended
        ended += 1
        if ended <= _INTERVALS:
            gc.freeze()

    entry.async_on_unload(
        async_dispatcher_connect(hass, sample_end(entry.entry_id), interval_ended)
    )
