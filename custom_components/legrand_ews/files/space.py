"""A site's file space as Home Assistant reads it: in the user's separators and words."""

from collections.abc import AsyncIterator, Callable, Iterator
from typing import Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant

from ..ews.files import DecimalSign, FileDialect, FileTree, Separator
from ..ews.model import Installation
from ..flows.texts import async_with_load_names
from ..greenup.stored import charging_settings
from ..runtime import EwsConfigEntry

OPTION_FILES: Final = "files"
CONF_DECIMAL_SIGN: Final = "decimal_sign"
CONF_FIELD_SEPARATOR: Final = "field_separator"
CONF_BYTE_ORDER_MARK: Final = "byte_order_mark"


def dialect_of_entry(entry: ConfigEntry) -> FileDialect:
    """Return the separators that the options of a site name (S192, S193)."""
    chosen = entry.options.get(OPTION_FILES, {})
    return FileDialect(
        decimal_sign=DecimalSign(chosen.get(CONF_DECIMAL_SIGN, DecimalSign.COMMA)),
        separator=Separator(chosen.get(CONF_FIELD_SEPARATOR, Separator.SEMICOLON)),
        has_mark=chosen.get(CONF_BYTE_ORDER_MARK, True),
    )


async def async_in_files[T](
    hass: HomeAssistant, entry: EwsConfigEntry, ask: Callable[[FileTree], T]
) -> T:
    """Ask the file space something in a worker thread.

    Raises ConfigurationError ``file_unknown`` and ArchiveError.
    """
    named = await async_with_load_names(hass, entry.runtime_data.installation)
    return await hass.async_add_executor_job(lambda: ask(open_tree(entry, named)))


def open_tree(entry: EwsConfigEntry, named: Installation) -> FileTree:
    """Return the file space as it is now; ``named`` is the site in the user's words."""
    return entry.runtime_data.site.files(
        named, dialect_of_entry(entry), entry.modified_at, charging_settings(entry)
    )


async def async_pieces(
    hass: HomeAssistant, pieces: Iterator[bytes]
) -> AsyncIterator[bytes]:
    """Read a file piece by piece, each in a worker thread."""
    while (piece := await hass.async_add_executor_job(next, pieces, None)) is not None:
        yield piece
