"""Conditions that a user has to put right, and what can be done about them at once."""

from collections.abc import Collection
from typing import Any, Final

from homeassistant.components.repairs import RepairsFlow, RepairsFlowResult
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.issue_registry import IssueSeverity

from .const import DOMAIN
from .ews.archive import Health
from .ews.catalogue import Catalogue
from .ews.errors import ArchiveError, EwsError
from .ews.model import Device, Installation, ObjectKind
from .installation import installation_of, subentry_of
from .issues import async_raise, async_refresh, async_withdraw, reason_of

ORPHANED_DEVICES: Final = "orphaned_devices"
DEVICE_WITHOUT_MODEL: Final = "device_without_model"
ARCHIVE_WRITE_FAILED: Final = "archive_write_failed"
STUCK_METER: Final = "stuck_meter"
ARCHIVE_SHORT_OF_ROOM: Final = "archive_short_of_room"
ARCHIVE_DAMAGED: Final = "archive_damaged"
OVERLOADED: Final = "overloaded"


def orphans(installation: Installation) -> list[Device]:
    """Return the devices whose gateway is gone."""
    return [
        device
        for device in installation.devices.values()
        if device.gateway_id not in installation.gateways
    ]


@callback
def async_update_issues(
    hass: HomeAssistant,
    entry: ConfigEntry,
    installation: Installation,
    catalogue: Catalogue,
) -> None:
    """Raise what is wrong with the site now, and withdraw what is not any more."""
    with async_refresh(hass, entry, ORPHANED_DEVICES, DEVICE_WITHOUT_MODEL):
        if lost := orphans(installation):
            async_raise(
                hass,
                entry,
                ORPHANED_DEVICES,
                {
                    "site": entry.title,
                    "devices": ", ".join(device.name for device in lost),
                },
                severity=IssueSeverity.ERROR,
                fix={"entry_id": entry.entry_id},
            )
        for device in installation.devices.values():
            if device.model not in catalogue.models:
                names = _names(device)
                async_raise(hass, entry, DEVICE_WITHOUT_MODEL, names, about=device.id)


@callback
def async_update_stuck(
    hass: HomeAssistant,
    entry: ConfigEntry,
    installation: Installation,
    stuck: Collection[int],
) -> None:
    """Raise which devices count nothing although power flows; withdraw the others."""
    with async_refresh(hass, entry, STUCK_METER):
        for device in installation.devices.values():
            if device.id in stuck:
                async_raise(hass, entry, STUCK_METER, _names(device), about=device.id)


@callback
def async_report_write_failure(
    hass: HomeAssistant, entry: ConfigEntry, error: EwsError, waiting: int
) -> None:
    """Raise that samples cannot be stored; ``waiting`` of them are in memory."""
    async_raise(
        hass,
        entry,
        ARCHIVE_WRITE_FAILED,
        {"site": entry.title, "count": str(waiting), "error": reason_of(error)},
        severity=IssueSeverity.ERROR,
    )


@callback
def async_clear_write_failure(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Withdraw what ``async_report_write_failure`` raised."""
    async_withdraw(hass, entry, ARCHIVE_WRITE_FAILED)


@callback
def async_update_archive_issues(
    hass: HomeAssistant, entry: ConfigEntry, health: Health | None
) -> None:
    """Raise that the disk is nearly full or will be within a month; or withdraw it."""
    if health is None or not health.is_short_of_room:
        async_withdraw(hass, entry, ARCHIVE_SHORT_OF_ROOM)
        return
    left = health.time_left
    async_raise(
        hass,
        entry,
        ARCHIVE_SHORT_OF_ROOM,
        {
            "site": entry.title,
            "free": f"{(health.free_bytes or 0) / 1e6:.0f} MB",
            "days": "-" if left is None else str(left.days),
        },
    )


@callback
def async_update_archive_damage(
    hass: HomeAssistant, entry: ConfigEntry, error: ArchiveError | None
) -> None:
    """Raise that the weekly look through the archive has found damage; or withdraw it."""
    if error is None:
        async_withdraw(hass, entry, ARCHIVE_DAMAGED)
        return
    async_raise(
        hass,
        entry,
        ARCHIVE_DAMAGED,
        {"site": entry.title, "error": reason_of(error)},
        severity=IssueSeverity.ERROR,
        is_persistent=True,
    )


@callback
def async_update_overload(
    hass: HomeAssistant, entry: ConfigEntry, *, is_overloaded: bool
) -> None:
    """Raise that the computer has been too busy for an hour; or withdraw it (S239)."""
    if is_overloaded:
        async_raise(hass, entry, OVERLOADED, {"site": entry.title})
    else:
        async_withdraw(hass, entry, OVERLOADED)


def _names(device: Device) -> dict[str, str]:
    return {"device": device.name, "id": str(device.id), "address": device.place}


async def async_create_fix_flow(
    hass: HomeAssistant, issue_id: str, data: dict[str, Any] | None
) -> RepairsFlow:
    """Return the flow that mends ``orphaned_devices``, the one that can be mended."""
    entry_id = "" if data is None else str(data.get("entry_id"))
    return OrphanedDevicesFlow(entry_id)


class OrphanedDevicesFlow(RepairsFlow):
    """Offers to delete devices without a gateway; their history stays archived."""

    def __init__(self, entry_id: str) -> None:
        """Mend the site of a configuration entry."""
        self._entry_id = entry_id

    async def async_step_init(
        self, user_input: dict[str, str] | None = None
    ) -> RepairsFlowResult:
        """Ask what to do."""
        issue = ir.async_get(self.hass).async_get_issue(DOMAIN, self.issue_id)
        placeholders = None if issue is None else issue.translation_placeholders
        return self.async_show_menu(
            step_id="init",
            menu_options=["remove", "keep"],
            description_placeholders=placeholders,
        )

    async def async_step_remove(
        self, user_input: dict[str, str] | None = None
    ) -> RepairsFlowResult:
        """Delete the devices."""
        entry = self.hass.config_entries.async_get_entry(self._entry_id)
        if entry is not None:
            for device in orphans(installation_of(self.hass, entry)):
                subentry = subentry_of(entry, ObjectKind.DEVICE, device.id)
                if subentry is not None:
                    self.hass.config_entries.async_remove_subentry(
                        entry, subentry.subentry_id
                    )
        return self.async_create_entry(data={})

    async def async_step_keep(
        self, user_input: dict[str, str] | None = None
    ) -> RepairsFlowResult:
        """Leave everything as it is; the repair stays."""
        return self.async_abort(reason="kept")
