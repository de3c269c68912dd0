"""The file space over FTP, where the options of a site ask for it (S195, S196)."""

from collections.abc import Mapping
from typing import Any, Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import (
    CONF_HOST,
    CONF_PASSWORD,
    CONF_PORT,
    EVENT_HOMEASSISTANT_STOP,
)
from homeassistant.core import Event, HomeAssistant
from homeassistant.helpers import issue_registry as ir

from ..const import DOMAIN
from ..ews.delivery.ftp import DEFAULT_DATA_PORTS, DEFAULT_PORT, FtpServer, FtpSettings
from ..ews.errors import EwsError
from ..ews.files import FileTree
from ..flows.texts import async_with_load_names
from ..runtime import EwsConfigEntry
from .space import dialect_of_entry

OPTION_FTP: Final = "ftp"
CONF_FTP_ENABLED: Final = "enabled"
CONF_FIRST_DATA_PORT: Final = "first_data_port"
CONF_LAST_DATA_PORT: Final = "last_data_port"
CONF_CERTIFICATE: Final = "certificate"
CONF_KEY: Final = "key"
FTP_UNAVAILABLE: Final = "ftp_unavailable"


def ftp_settings_of(chosen: Mapping[str, Any]) -> FtpSettings:
    """Return the settings that the options hold, with defaults for what they do not."""
    first, last = DEFAULT_DATA_PORTS
    return FtpSettings(
        host=chosen.get(CONF_HOST, ""),
        port=chosen.get(CONF_PORT, DEFAULT_PORT),
        data_ports=(
            chosen.get(CONF_FIRST_DATA_PORT, first),
            chosen.get(CONF_LAST_DATA_PORT, last),
        ),
        password=chosen.get(CONF_PASSWORD, ""),
        certificate=chosen.get(CONF_CERTIFICATE, ""),
        key=chosen.get(CONF_KEY, ""),
    )


async def async_start_ftp(hass: HomeAssistant, entry: EwsConfigEntry) -> None:
    """Serve the files of a site until it is unloaded; a repair says if that fails."""
    chosen = entry.options.get(OPTION_FTP, {})
    issue_id = f"{FTP_UNAVAILABLE}_{entry.entry_id}"
    ir.async_delete_issue(hass, DOMAIN, issue_id)
    if not (chosen.get(CONF_FTP_ENABLED) and chosen.get(CONF_PASSWORD)):
        return
    runtime = entry.runtime_data
    named = await async_with_load_names(hass, runtime.installation)
    dialect = dialect_of_entry(entry)

    def open_tree() -> FileTree:
        return runtime.site.files(named, dialect, entry.modified_at)

    server = FtpServer(ftp_settings_of(chosen), open_tree)
    try:
        await server.start()
    except EwsError as error:
        _raise_issue(hass, entry, issue_id, error)
        return
    is_running = True

    async def stop(_: Event | None = None) -> None:
        nonlocal is_running
        if is_running:
            is_running = False
            await server.stop()

    entry.async_on_unload(stop)
    entry.async_on_unload(hass.bus.async_listen_once(EVENT_HOMEASSISTANT_STOP, stop))


def _raise_issue(
    hass: HomeAssistant, entry: ConfigEntry, issue_id: str, error: EwsError
) -> None:
    ir.async_create_issue(
        hass,
        DOMAIN,
        issue_id,
        is_fixable=False,
        severity=ir.IssueSeverity.WARNING,
        config_entry_id=entry.entry_id,
        translation_key=FTP_UNAVAILABLE,
        translation_placeholders={
            "site": entry.title,
            "port": str(entry.options[OPTION_FTP].get(CONF_PORT, DEFAULT_PORT)),
            "reason": error.placeholders.get("reason", error.key),
        },
    )
