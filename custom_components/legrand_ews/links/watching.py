"""Links between EMS CX3 modules: which of them cannot be relied on now (S179-S182)."""

from collections.abc import Iterator
from typing import Final

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir

from ..const import DOMAIN
from ..ews.bus.readings import DeviceStatus
from ..ews.catalogue import Catalogue, Function
from ..ews.model import Device, Link
from ..ews.model.linking import fault_of, linked_devices
from ..ews.model.problems import Problem
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


@callback
def async_clear_links(hass: HomeAssistant, entry_id: str) -> None:
    """Withdraw the repairs of a site that was deleted."""
    _withdraw(hass, entry_id, set())


def _update_issues(hass: HomeAssistant, entry: EwsConfigEntry) -> None:
    runtime = entry.runtime_data
    kept: set[str] = set()
    for number, (link, fault) in enumerate(faults(runtime), start=1):
        issue_id = f"{_prefix(entry.entry_id)}{number}"
        if fault is not None:
            _raise(hass, entry, issue_id, link, fault)
        if fault is not None or not _is_known(runtime, link):
            kept.add(issue_id)
    _withdraw(hass, entry.entry_id, kept)


def _is_known(runtime: EwsRuntime, link: Link) -> bool:
    devices = (runtime.installation.devices.get(end.device_id) for end in link.ends)
    return all(x is None or _is_silent(runtime, x) is not None for x in devices)


def _raise(
    hass: HomeAssistant,
    entry: EwsConfigEntry,
    issue_id: str,
    link: Link,
    fault: Problem,
) -> None:
    ir.async_create_issue(
        hass,
        DOMAIN,
        issue_id,
        is_fixable=False,
        severity=ir.IssueSeverity.WARNING,
        config_entry_id=entry.entry_id,
        translation_key=fault.key,
        translation_placeholders={
            "event": _name(entry.runtime_data, link.event.device_id),
            "event_function": link.event.function,
            "action": _name(entry.runtime_data, link.action.device_id),
            "action_function": link.action.function,
            **fault.placeholders,
        },
    )


def _name(runtime: EwsRuntime, device_id: int) -> str:
    device = runtime.installation.devices.get(device_id)
    return f"#{device_id}" if device is None else device.name


def _prefix(entry_id: str) -> str:
    return f"{ISSUE}_{entry_id}_"


def _withdraw(hass: HomeAssistant, entry_id: str, kept: set[str]) -> None:
    prefix = _prefix(entry_id)
    for domain, issue_id in list(ir.async_get(hass).issues):
        if domain == DOMAIN and issue_id.startswith(prefix) and issue_id not in kept:
            ir.async_delete_issue(hass, domain, issue_id)
