"""Who may be where on a bus: units, positions, sides and remote IDs."""

from collections.abc import Callable

from .device import Device
from .gateway import Gateway, GatewayKind
from .problems import Problem, problem
from .remote import (
    FIRST_REMOTE_ID,
    LAST_REMOTE_ID,
    REMOTE_ID,
    SLAVE_UNIT,
    remote_object,
)
from .site import Installation


def check_unit(device: Device, gateway: Gateway) -> list[Problem]:
    """Unit 247 belongs to slaves, and behind a slave there is nothing else (S130)."""
    is_slave = gateway.kind is GatewayKind.EWS_SLAVE
    if REMOTE_ID not in device.parameters:
        if is_slave:
            return [problem("gateway_id", "gateway_is_slave", name=gateway.name)]
        if device.address.unit == SLAVE_UNIT:
            return [problem("address", "address_reserved", address=SLAVE_UNIT)]
        return []
    if not is_slave:
        return [problem("gateway_id", "gateway_not_slave", name=gateway.name)]
    problems = []
    if device.address.unit != SLAVE_UNIT or device.address.position is not None:
        problems.append(problem("address", "address_not_slave", address=SLAVE_UNIT))
    if device.remote_id is None or remote_object(device.remote_id) is None:
        problems.append(
            problem(
                REMOTE_ID,
                "out_of_range",
                minimum=FIRST_REMOTE_ID,
                maximum=LAST_REMOTE_ID,
            )
        )
    return problems


def check_address(
    device: Device, site: Installation, may_share: Callable[[Device, Device], bool]
) -> list[Problem]:
    """Check that a device has its place for itself (S69, S74, S76).

    Two devices for which ``may_share`` is true can be parts of one unit.
    """
    for other in site.devices_behind(device.gateway_id):
        if other.id == device.id or other.address.unit != device.address.unit:
            continue
        if REMOTE_ID in device.parameters and REMOTE_ID in other.parameters:
            if device.remote_id is None or device.remote_id != other.remote_id:
                continue
            return [problem(REMOTE_ID, "remote_id_duplicate", name=other.name)]
        if may_share(device, other):
            continue
        if _differ_by_interface(device, other):
            return [
                problem(
                    "address",
                    "address_same_unit",
                    address=device.place,
                    unit=device.address.unit,
                    place=other.place,
                    name=other.name,
                )
            ]
        if device.address == other.address or _are_strangers(device, other):
            return [
                problem(at, "address_duplicate", address=device.place, name=other.name)
                for at in _address_fields(device)
            ]
        if _has_other_concentrator(device, other):
            return [problem("concentrator", "concentrator_differs", name=other.name)]
        if device.side is not None and other.model != device.model:
            return [problem("address", "side_differs", name=other.name)]
    return []


def _address_fields(device: Device) -> tuple[str, ...]:
    if device.pulse_input is not None:
        return ("address", "position")
    return ("address",) if device.side is None else ("address", "side")


def _differ_by_interface(device: Device, other: Device) -> bool:
    """Whether two devices would be read from one unit, whatever is written (S60).

    Of ``device-interface`` the device's number goes over the wire: behind two
    interfaces of one bus, or once with and once without, it is the same registers.
    """
    is_written_so = device.address.is_remote or other.address.is_remote
    return is_written_so and device.address != other.address


def _are_strangers(device: Device, other: Device) -> bool:
    """Whether two devices at one unit cannot be parts of the same thing.

    Parts are the inputs of a concentrator with the concentrator itself, and the two
    sides of a station.
    """
    if device.pulse_input is None and other.pulse_input is None:
        return (device.side is None) is not (other.side is None)
    pulse, part = (device, other) if device.pulse_input else (other, device)
    if pulse.pulse_input is None or part.pulse_input is not None:
        return False
    is_concentrator = part.model == pulse.pulse_input.concentrator
    return part.side is not None or (
        part.address.position is None and not is_concentrator
    )


def _has_other_concentrator(device: Device, other: Device) -> bool:
    return (
        device.pulse_input is not None
        and other.pulse_input is not None
        and device.pulse_input.concentrator != other.pulse_input.concentrator
    )
