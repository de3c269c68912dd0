"""What a link between EMS CX3 modules must satisfy, and what is wrong with one now."""

from collections.abc import Callable, Iterable

from .device import Device
from .link import Link
from .problems import Problem, problem
from .site import Installation

type DeviceTest = Callable[[Device], bool]

MISSING = "link_module_missing"
UNFIT = "link_module_unfit"
OFF = "link_module_off"
SILENT = "link_module_silent"
APART = "link_gateways_differ"


def check_link(
    link: Link, others: Iterable[Link], site: Installation, can_link: DeviceTest
) -> list[Problem]:
    """Check that two different modules behind one gateway are linked, once (S179, S180).

    ``can_link`` says whether a device is a module that takes part in links.
    """
    ends = (("event", link.event), ("action", link.action))
    problems = [
        problem(f"{side}_function", "link_function_required")
        for side, end in ends
        if not end.function.strip()
    ]
    for side, end in ends:
        at = f"{side}_device"
        device = site.devices.get(end.device_id)
        if device is None:
            problems.append(problem(at, MISSING, id=end.device_id))
        elif not can_link(device):
            problems.append(problem(at, UNFIT, name=device.name))
    event, action = (site.devices.get(end.device_id) for end in link.ends)
    if event is not None and action is not None:
        if event.id == action.id:
            problems.append(problem("action_device", "link_same_module"))
        elif event.gateway_id != action.gateway_id:
            problems.append(problem("action_device", APART))
    if any((x.event, x.action) == (link.event, link.action) for x in others):
        problems.append(problem("action_device", "link_duplicate"))
    return problems


def fault_of(
    link: Link, site: Installation, can_link: DeviceTest, is_silent: DeviceTest
) -> Problem | None:
    """Return why a link cannot be relied on now, the gravest reason only (S181).

    A module that is switched off here may still work; but nobody sees whether it does.
    """
    devices: list[Device] = []
    for end in link.ends:
        device = site.devices.get(end.device_id)
        if device is None:
            return problem("device", MISSING, id=end.device_id)
        devices.append(device)

    def is_off(device: Device) -> bool:
        gateway = site.gateways.get(device.gateway_id)
        return not device.is_enabled or (gateway is not None and not gateway.is_enabled)

    def is_unfit(device: Device) -> bool:
        return not can_link(device)

    for key, is_wrong in ((UNFIT, is_unfit), (OFF, is_off), (SILENT, is_silent)):
        for device in devices:
            if is_wrong(device):
                return problem("device", key, name=device.name)
    if devices[0].gateway_id != devices[1].gateway_id:
        return problem("device", APART)
    return None


def linked_devices(site: Installation) -> frozenset[int]:
    """Return the devices that a link names: they carry its symbol (S182)."""
    return frozenset(end.device_id for link in site.links for end in link.ends)
