"""Keeps the archive files whole and still while Home Assistant copies them."""

from typing import Final

from homeassistant.core import HomeAssistant, callback
from homeassistant.util.hass_dict import HassKey

from .archive.upkeep import Upkeep
from .const import DOMAIN
from .errors import failed
from .ews.errors import ArchiveError
from .runtime import EwsConfigEntry

_RESTING: Final[HassKey[list[Upkeep]]] = HassKey(f"{DOMAIN}_resting_for_backup")


@callback
def async_is_backup_running(hass: HomeAssistant) -> bool:
    """Say whether archives rest now, so that no site should end or begin."""
    return _RESTING in hass.data


async def async_pre_backup(hass: HomeAssistant) -> None:
    """Write what is waiting, bring every archive into one file, and let it rest.

    Until `async_post_backup`, samples wait in memory, and imports, retention and all
    else that changes an archive waits for its turn: a file that is copied while it is
    written would be torn. Raises HomeAssistantError where that fails: a backup without
    the latest samples must not look like a good one.
    """
    entries: list[EwsConfigEntry] = hass.config_entries.async_loaded_entries(DOMAIN)
    resting = hass.data.setdefault(_RESTING, [])
    for entry in entries:
        runtime = entry.runtime_data
        await runtime.upkeep.async_rest()
        resting.append(runtime.upkeep)
        try:
            await hass.async_add_executor_job(runtime.site.upkeep.checkpoint)
        except ArchiveError as error:
            raise failed("archive_checkpoint_failed", site=entry.title) from error


async def async_post_backup(hass: HomeAssistant) -> None:
    """Let every archive be written again; also called where a backup has failed."""
    for upkeep in hass.data.pop(_RESTING, []):
        await upkeep.async_wake()
