"""The file space over FTP, where the options of a site ask for it (S195, S196)."""

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from homeassistant.const import (
    CONF_HOST,
    CONF_PASSWORD,
    CONF_PORT,
    EVENT_HOMEASSISTANT_STOP,
)
from homeassistant.core import Event, HomeAssistant

from ..ews.delivery.ftp import DEFAULT_DATA_PORTS, DEFAULT_PORT, FtpServer, FtpSettings
from ..ews.errors import EwsError
from ..flows.texts import async_with_load_names
from ..issues import async_raise, async_withdraw, reason_of
from ..runtime import EwsConfigEntry
from .space import open_tree

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
    async_withdraw(hass, entry, FTP_UNAVAILABLE)
    if not (chosen.get(CONF_FTP_ENABLED) and chosen.get(CONF_PASSWORD)):
        return
    named = await async_with_load_names(hass, entry.runtime_data.installation)
    settings = ftp_settings_of(chosen)
    server = FtpServer(settings, partial(open_tree, entry, named))
    try:
        await server.start()
    except EwsError as error:
        async_raise(
            hass,
            entry,
            FTP_UNAVAILABLE,
            {
                "site": entry.title,
                "port": str(settings.port),
                "reason": reason_of(error),
            },
        )
        return
    is_running = True

    async def stop(_: Event | None = None) -> None:
        nonlocal is_running
        if is_running:
            is_running = False
            await server.stop()

    entry.async_on_unload(stop)
    entry.async_on_unload(hass.bus.async_listen_once(EVENT_HOMEASSISTANT_STOP, stop))
