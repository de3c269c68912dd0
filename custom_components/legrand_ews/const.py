"""Names and times that the parts beside the core share."""

from datetime import timedelta
from typing import Final

from homeassistant.const import Platform

DOMAIN: Final = "legrand_ews"

PLATFORMS: Final = (
    Platform.BINARY_SENSOR,
    Platform.BUTTON,
    Platform.CALENDAR,
    Platform.EVENT,
    Platform.NUMBER,
    Platform.SELECT,
    Platform.SENSOR,
    Platform.SWITCH,
)

CONF_CONFIG_ENTRY_ID: Final = "config_entry_id"
CONF_ENABLED: Final = "is_enabled"

SUBENTRY_GATEWAY: Final = "gateway"
SUBENTRY_DEVICE: Final = "device"
SUBENTRY_LOAD: Final = "load"
SUBENTRY_GROUP: Final = "group"
SUBENTRY_BOARD: Final = "panel_board"
SUBENTRY_CHARGER: Final = "charger"

STORAGE_FOLDER: Final = DOMAIN
"""Folder below the configuration folder that holds archives and own maps."""
MAPS_FOLDER: Final = "maps"
ARCHIVE_FILE: Final = "archive.db"

RELOAD_DELAY: Final = timedelta(seconds=1)
"""Several changes in a row (a wizard, an import) lead to one reload."""
LEASE_LENGTH: Final = timedelta(seconds=30)
"""How long fast polling lasts after the last sign of an open page (S148)."""
LEASE_RENEWAL: Final = timedelta(seconds=15)

PANEL_URL_PATH: Final = "energy-web-server"
