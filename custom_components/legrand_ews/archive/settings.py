"""Where a site keeps its data and for how long, as the options say it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import CONF_PASSWORD, CONF_URL
from homeassistant.core import HomeAssistant
from homeassistant.requirements import (
    RequirementsNotFound,
    async_process_requirements,
)

from ..const import ARCHIVE_FILE, DOMAIN, STORAGE_FOLDER
from ..ews.archive import (
    Archive,
    DataKind,
    Retention,
    driver_requirement,
    with_password,
)
from ..ews.errors import ArchiveError

OPTION_ARCHIVE: Final = "archive"
CONF_KEPT_MONTHS: Final = "kept_months"
CONF_COPIES: Final = "copies"
DEFAULT_COPIES: Final = 1
MONTH: Final = timedelta(days=31)
"""Rows of a kind stay at least as many calendar months as the user says."""

_COPIES_FOLDER: Final = "copies"
_SPOOL_FOLDER: Final = "archive.waiting"


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivePlace:
    """An address that SQLAlchemy knows or an SQLite file, and a folder beside it."""

    address: str | Path
    spool: Path | None


def site_folder(hass: HomeAssistant, entry: ConfigEntry) -> Path:
    """Return the folder that holds the files of a site."""
    return Path(hass.config.path(STORAGE_FOLDER, entry.entry_id))


def copies_folder(hass: HomeAssistant, entry: ConfigEntry) -> Path:
    """Return the folder that holds the daily copies of a site's archive."""
    return site_folder(hass, entry) / _COPIES_FOLDER


def chosen_archive(entry: ConfigEntry) -> Mapping[str, Any]:
    """Return what the options say of the archive."""
    chosen: Mapping[str, Any] = entry.options.get(OPTION_ARCHIVE, {})
    return chosen


def archive_place(
    hass: HomeAssistant, entry: ConfigEntry, chosen: Mapping[str, Any]
) -> ArchivePlace:
    """Return the database that options name; without one, the SQLite file.

    Raises ArchiveError ``archive_url_invalid``.
    """
    folder = site_folder(hass, entry)
    if not (url := chosen.get(CONF_URL)):
        return ArchivePlace(address=folder / ARCHIVE_FILE, spool=None)
    return ArchivePlace(
        address=with_password(url, chosen.get(CONF_PASSWORD, "")),
        spool=folder / _SPOOL_FOLDER,
    )


async def async_install_driver(hass: HomeAssistant, address: str | Path) -> None:
    """Install the package that speaks to a database server, where it is missing.

    Raises ArchiveError ``archive_driver_missing`` or ``archive_url_invalid``.
    """
    package = driver_requirement(address)
    if package is None:
        return
    try:
        await async_process_requirements(hass, DOMAIN, [package], is_built_in=False)
    except RequirementsNotFound:
        raise ArchiveError("archive_driver_missing", package=package) from None


async def async_try_place(hass: HomeAssistant, place: ArchivePlace) -> None:
    """Open an archive once, as a site would; raises ArchiveError where it cannot."""
    await async_install_driver(hass, place.address)
    archive = Archive(place.address, ZoneInfo(hass.config.time_zone), place.spool)

    def open_once() -> None:
        try:
            archive.open()
        finally:
            archive.close()

    await hass.async_add_executor_job(open_once)


def retention_of(entry: ConfigEntry) -> Retention:
    """Return how long rows of each kind are kept; 0 months is for ever."""
    kept = chosen_archive(entry).get(CONF_KEPT_MONTHS, {})
    return Retention(
        kept={
            kind: kept[kind] * MONTH for kind in DataKind if kept.get(kind.value, 0) > 0
        }
    )


def copies_kept(entry: ConfigEntry) -> int:
    """Return how many daily copies are kept; 0 where none is made."""
    return int(chosen_archive(entry).get(CONF_COPIES, DEFAULT_COPIES))
