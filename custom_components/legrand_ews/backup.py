"""Makes the archive files whole before Home Assistant copies them into a backup."""

from homeassistant.core import HomeAssistant

from .const import DOMAIN
from .errors import failed
from .ews.errors import ArchiveError
from .runtime import EwsConfigEntry


async def async_pre_backup(hass: HomeAssistant) -> None:
    """Write what is waiting and bring every archive into one file.

    Raises HomeAssistantError where that fails: a backup without the latest samples
    must not look like a good one.
    """
    entries: list[EwsConfigEntry] = hass.config_entries.async_loaded_entries(DOMAIN)
    for entry in entries:
        runtime = entry.runtime_data
        await runtime.sampler.async_write()
        try:
            await hass.async_add_executor_job(runtime.site.checkpoint)
        except ArchiveError as error:
            raise failed("archive_checkpoint_failed", site=entry.title) from error


async def async_post_backup(hass: HomeAssistant) -> None:
    """Nothing was held up, so nothing is to be released."""
