"""Keeps the archive files whole and still while Home Assistant copies them."""

from typing import Final

from homeassistant.core import HomeAssistant
from homeassistant.util.hass_dict import HassKey

from .const import DOMAIN
from .errors import failed
from .ews.errors import ArchiveError
from .runtime import EwsConfigEntry
from .sampler import Sampler

_HELD: Final[HassKey[list[Sampler]]] = HassKey(f"{DOMAIN}_held_for_backup")


async def async_pre_backup(hass: HomeAssistant) -> None:
    """Write what is waiting, bring every archive into one file, and let it rest.

    Until `async_post_backup`, samples wait in memory: a file that is copied while it
    is written would be torn. Raises HomeAssistantError where that fails: a backup
    without the latest samples must not look like a good one.
    """
    entries: list[EwsConfigEntry] = hass.config_entries.async_loaded_entries(DOMAIN)
    held = hass.data.setdefault(_HELD, [])
    for entry in entries:
        runtime = entry.runtime_data
        held.append(runtime.sampler)
        await runtime.sampler.async_hold()
        try:
            await hass.async_add_executor_job(runtime.site.checkpoint)
        except ArchiveError as error:
            raise failed("archive_checkpoint_failed", site=entry.title) from error


async def async_post_backup(hass: HomeAssistant) -> None:
    """Let every archive be written again; also called where a backup has failed."""
    for sampler in hass.data.pop(_HELD, []):
        await sampler.async_release()
