"""What a user can download for a report of a fault, without what identifies them."""

from datetime import datetime
from typing import Any, Final

from homeassistant.components.diagnostics import async_redact_data
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr

from .ews.bus.readings import DeviceReport, GatewayReport
from .ews.model import Device, ObjectKind
from .ews.model.codec import encode_device
from .greenup.diagnostics import charging_diagnostics
from .installation import SUBENTRY_TYPES
from .runtime import EwsConfigEntry, EwsRuntime

REDACTED: Final = {
    "host",
    "serial_port",
    "serial",
    "serial_number",
    "name",
    "title",
    "description",
    "site",
    "password",
    "url",
}
"""Addresses, serial numbers, passwords, and names, which may be those of people."""


async def async_get_config_entry_diagnostics(
    hass: HomeAssistant, entry: EwsConfigEntry
) -> dict[str, Any]:
    """Return the site's settings, the state of every bus and of the archive."""
    runtime = entry.runtime_data
    answer = {
        "options": dict(entry.options),
        "objects": {
            kind.value: [
                dict(subentry.data)
                for subentry in entry.get_subentries_of_type(subentry_type)
            ]
            for kind, subentry_type in SUBENTRY_TYPES.items()
        },
        "gateways": [
            {
                "is_polling": coordinator.is_polling,
                "last_update_success": coordinator.last_update_success,
                **_gateway(coordinator.data),
            }
            for coordinator in runtime.coordinators.values()
        ],
        "archive": {
            "samples_waiting": runtime.site.recording.waiting,
            "bytes": await hass.async_add_executor_job(runtime.site.upkeep.size_bytes),
            "last_edge": _iso(runtime.sampler.last_edge),
        },
        "charging": charging_diagnostics(runtime.charging, runtime.charging_watch),
    }
    return async_redact_data(answer, REDACTED)


async def async_get_device_diagnostics(
    hass: HomeAssistant, entry: EwsConfigEntry, device: dr.AnyDeviceEntry
) -> dict[str, Any]:
    """Return the settings and the latest report of one device or gateway."""
    runtime = entry.runtime_data
    for found in runtime.installation.devices.values():
        if runtime.tree.id_of(ObjectKind.DEVICE, found.id) == device.id:
            return async_redact_data(_of_device(runtime, found), REDACTED)
    for gateway_id, coordinator in runtime.coordinators.items():
        if runtime.tree.id_of(ObjectKind.GATEWAY, gateway_id) == device.id:
            return async_redact_data(_gateway(coordinator.data), REDACTED)
    return {}


def _of_device(runtime: EwsRuntime, device: Device) -> dict[str, Any]:
    source = runtime.source_of(device)
    coordinator = runtime.coordinators.get(device.gateway_id)
    report = None if coordinator is None else coordinator.report_of(device.id)
    return {
        "device": encode_device(device),
        "map": None if source is None else source.map_key,
        "provenance": None if source is None else source.provenance,
        "confidence": None if source is None else source.confidence,
        "map_confirmed": device.is_map_confirmed,
        "commands": [command.key for command in runtime.commands_of(device)],
        "report": None if report is None else _device(report),
    }


def _gateway(report: GatewayReport) -> dict[str, Any]:
    return {
        "id": report.gateway_id,
        "at": report.at.isoformat(),
        "is_reachable": report.is_reachable,
        "round_trip_ms": report.round_trip_ms,
        "error_rate": report.error_rate,
        "bus_load": report.bus_load,
        "devices": [_device(device) for device in report.devices.values()],
    }


def _device(report: DeviceReport) -> dict[str, Any]:
    return {
        "id": report.device_id,
        "status": report.status,
        "error": report.error,
        "identity": dict(report.identity),
        "readings": {
            key: {"value": str(reading.value), "read_at": reading.read_at.isoformat()}
            for key, reading in report.readings.items()
        },
    }


def _iso(instant: datetime | None) -> str | None:
    return None if instant is None else instant.isoformat()
