"""What the system page says of all sites together."""

from typing import Any

from homeassistant.components.system_health import SystemHealthRegistration
from homeassistant.core import HomeAssistant, callback

from .const import DOMAIN, PANEL_URL_PATH
from .ews.bus.readings import DeviceStatus
from .runtime import EwsConfigEntry


@callback
def async_register(hass: HomeAssistant, register: SystemHealthRegistration) -> None:
    """Register what is shown."""
    register.async_register_info(async_system_health_info, f"/{PANEL_URL_PATH}")


async def async_system_health_info(hass: HomeAssistant) -> dict[str, Any]:
    """Return how many gateways and devices answer, and how the archives do."""
    entries: list[EwsConfigEntry] = hass.config_entries.async_loaded_entries(DOMAIN)
    runtimes = [entry.runtime_data for entry in entries]
    polled = [
        coordinator
        for runtime in runtimes
        for coordinator in runtime.coordinators.values()
        if coordinator.is_polling
    ]
    statuses = [
        device.status
        for coordinator in polled
        for device in coordinator.data.devices.values()
        if device.status is not DeviceStatus.OFF
    ]
    sizes = [
        await hass.async_add_executor_job(runtime.site.upkeep.size_bytes)
        for runtime in runtimes
    ]
    return {
        "sites": len(runtimes),
        "gateways_reachable": f"{sum(x.is_answering for x in polled)}/{len(polled)}",
        "devices_answering": f"{statuses.count(DeviceStatus.ON)}/{len(statuses)}",
        "archive_size": f"{sum(sizes) / 2**20:.1f} MiB",
        "samples_waiting": sum(runtime.site.recording.waiting for runtime in runtimes),
    }
