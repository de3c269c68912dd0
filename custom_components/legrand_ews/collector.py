"""Spares Python's garbage collector the objects of a large site.

A collection of the oldest generation walks over everything that Home Assistant holds,
and nothing else runs meanwhile: with 255 meters that is half a second, every few
minutes. What is there once a large site runs stays for as long as Home Assistant does,
so it is set aside; later collections look at what came after, and take milliseconds.
"""

import gc
from typing import Final

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.dispatcher import async_dispatcher_connect
from homeassistant.helpers.start import async_at_started

from .runtime import EwsConfigEntry
from .sampler import sample_end

LARGE_SITE: Final = 100
"""Devices from which on a whole collection would be felt."""
_INTERVALS: Final = 2
"""By the end of so many, everything was read and counted once."""


@callback
def async_spare_collector(hass: HomeAssistant, entry: EwsConfigEntry) -> None:
    """Set aside what is there when all has started, until the site is unloaded.

    Of what other integrations drop meanwhile, only cycles from before that stay in
    memory, and only until then.
    """
    if len(entry.runtime_data.installation.devices) < LARGE_SITE:
        return
    ended = 0

    @callback
    def started(_: HomeAssistant) -> None:
        gc.freeze()

    @callback
    def interval_ended(*_: object) -> None:
        nonlocal ended
        ended += 1
        if ended <= _INTERVALS:
            gc.freeze()

    entry.async_on_unload(gc.unfreeze)
    entry.async_on_unload(async_at_started(hass, started))
    entry.async_on_unload(
        async_dispatcher_connect(hass, sample_end(entry.entry_id), interval_ended)
    )
