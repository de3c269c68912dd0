"""A site's file space as Home Assistant reads it: in the user's separators and words."""

from collections.abc import AsyncIterator, Callable, Iterator
from typing import Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant

from ..ews.files import DecimalSign, FileDialect, FileTree, Separator
from ..flows.texts import async_with_load_names
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
    runtime = entry.runtime_data
    named = await async_with_load_names(hass, runtime.installation)
    dialect, changed_at = dialect_of_entry(entry), entry.modified_at

    def work() -> T:
        return ask(runtime.site.files(named, dialect, changed_at))

    return await hass.async_add_executor_job(work)


async def async_pieces(
    hass: HomeAssistant, pieces: Iterator[bytes]
) -> AsyncIterator[bytes]:
    """Read a file piece by piece, each in a worker thread."""
    while (piece := await hass.async_add_executor_job(next, pieces, None)) is not None:
        yield piece
