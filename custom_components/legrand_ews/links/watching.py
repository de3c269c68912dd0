"""Links between EMS CX3 modules: which of them cannot be relied on now (S179-S182)."""

from collections.abc import Iterator
from typing import Final

from homeassistant.core import HomeAssistant, callback

from ..ews.bus.readings import DeviceStatus
from ..ews.catalogue import Catalogue, Function
from ..ews.model import Device, Link
from ..ews.model.linking import fault_of, linked_devices
from ..ews.model.problems import Problem
from ..issues import async_raise, async_refresh, issue_id
from ..runtime import EwsConfigEntry, EwsRuntime, model_of

ISSUE: Final = "link"


def can_link(catalogue: Catalogue, device: Device) -> bool:
    """Whether a device is a module that takes part in links."""
    model = model_of(catalogue, device)
    return model is not None and Function.LINK in model.functions


def faults(runtime: EwsRuntime) -> Iterator[tuple[Link, Problem | None]]:
    """Yield every link with what is wrong with it; None where nothing is known to be."""
    for link in runtime.installation.links:
        yield (
            link,
            fault_of(
                link,
                runtime.installation,
                lambda device: can_link(runtime.catalogue, device),
                lambda device: _is_silent(runtime, device) is True,
            ),
        )


def _is_silent(runtime: EwsRuntime, device: Device) -> bool | None:
    """Whether a device does not answer; None before it was asked."""
    coordinator = runtime.coordinators.get(device.gateway_id)
    if coordinator is None:
        return True
    report = coordinator.report_of(device.id)
    if report is None:
        return None if coordinator.last_update_success else True
    if report.status is not DeviceStatus.COMMUNICATION_ERROR:
        return False
    return None if report.error is None else True


@callback
def async_watch_links(hass: HomeAssistant, entry: EwsConfigEntry) -> None:
    """Keep a repair for every link that cannot be relied on, as long as the site runs.

    A repair that was there before stays until the modules were asked.
    """
    runtime = entry.runtime_data

    @callback
    def update() -> None:
        _update_issues(hass, entry)

    linked = linked_devices(runtime.installation)
    for coordinator in runtime.coordinators.values():
        behind = runtime.installation.devices_behind(coordinator.gateway.id)
        if any(device.id in linked for device in behind):
            entry.async_on_unload(coordinator.async_add_listener(update))
    update()


def _update_issues(hass: HomeAssistant, entry: EwsConfigEntry) -> None:
    runtime = entry.runtime_data
    with async_refresh(hass, entry, ISSUE) as refresh:
        for number, (link, fault) in enumerate(faults(runtime), start=1):
            if fault is not None:
                placeholders = _placeholders(runtime, link, fault)
                async_raise(
                    hass, entry, ISSUE, placeholders, about=number, key=fault.key
                )
            elif not _is_known(runtime, link):
                refresh.async_keep([issue_id(entry, ISSUE, number)])


def _is_known(runtime: EwsRuntime, link: Link) -> bool:
    devices = (runtime.installation.devices.get(end.device_id) for end in link.ends)
    return all(x is None or _is_silent(runtime, x) is not None for x in devices)


def _placeholders(runtime: EwsRuntime, link: Link, fault: Problem) -> dict[str, str]:
    return {
        "event": _name(runtime, link.event.device_id),
        "event_function": link.event.function,
        "action": _name(runtime, link.action.device_id),
        "action_function": link.action.function,
        **fault.placeholders,
    }


def _name(runtime: EwsRuntime, device_id: int) -> str:
    device = runtime.installation.devices.get(device_id)
    return f"#{device_id}" if device is None else device.name
