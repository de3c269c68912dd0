"""What a form proposes by itself: the next address, input or channel that is free."""

from dataclasses import replace
from typing import Any, Final

from ..ews.catalogue import Catalogue, Model
from ..ews.model import Address, Device, Installation
from ..ews.model.address import FIRST_UNIT
from ..ews.model.remote import REMOTE_ID, SLAVE_UNIT
from .device_form import device_values, is_slave_model

LAST_ON_BUS: Final = SLAVE_UNIT - 1
"""Unit 247 belongs to other servers: no device of a bus is there."""


def last_device(site: Installation) -> Device | None:
    """Return the device that was added last; its gateway and family come next."""
    return max(site.devices.values(), key=lambda device: device.id, default=None)


def next_unit(site: Installation, gateway_id: int) -> int | None:
    """Return the address after the last one of a bus, else the first that is free."""
    used = {device.address.unit for device in site.devices_behind(gateway_id)}
    following = max(used, default=FIRST_UNIT - 1) + 1
    if following <= LAST_ON_BUS:
        return following
    units = range(FIRST_UNIT, LAST_ON_BUS + 1)
    return next((unit for unit in units if unit not in used), None)


def free_inputs(
    site: Installation, gateway_id: int, unit: int, concentrator: Model
) -> tuple[int, ...]:
    """Return the inputs of a concentrator at which no meter is described yet."""
    used = {
        device.address.position
        for device in site.devices_behind(gateway_id)
        if device.pulse_input is not None and device.address.unit == unit
    }
    return tuple(n for n in range(1, concentrator.positions + 1) if n not in used)


def missing_channels(
    device: Device, model: Model, site: Installation
) -> tuple[Address, ...]:
    """Return the addresses of a module's further channels that are still free.

    A module with several channels takes as many addresses in a row (registers.md
    T7.0): those that are described below the device tell which channel it is. Empty
    for all other models, and for stations, whose sides may be anywhere (S75).
    """
    if model.addresses == 1 or model.sides > 1:
        return ()
    behind = {x.address.unit: x.model for x in site.devices_behind(device.gateway_id)}
    own = device.address.unit
    below = 0
    while behind.get(own - below - 1) == device.model:
        below += 1
    following = range(own + 1, own + model.addresses - below % model.addresses)
    return tuple(
        replace(device.address, unit=unit)
        for unit in following
        if unit not in behind and unit <= LAST_ON_BUS
    )


def new_place(
    model: Model, site: Installation, gateway_id: int, catalogue: Catalogue
) -> dict[str, Any]:
    """Return the place to propose for a new device, as its form asks for it."""
    if is_slave_model(model):
        return {}
    if not model.is_pulse:
        unit = next_unit(site, gateway_id)
        return {} if unit is None else {"address": str(unit)}
    wired = [x for x in site.devices_behind(gateway_id) if x.pulse_input is not None]
    last = max(wired, key=lambda device: device.id, default=None)
    if last is None or last.pulse_input is None:
        return {}
    key = last.pulse_input.concentrator
    unit = last.address.unit
    free = free_inputs(site, gateway_id, unit, catalogue.models[key])
    if not free:
        return {"concentrator": key}
    return {
        "concentrator": key,
        "concentrator_address": str(unit),
        "position": free[0],
    }


def alike(
    device: Device, model: Model, site: Installation, catalogue: Catalogue
) -> dict[str, Any]:
    """Return the form of a further device like one that was just stored.

    What tells devices apart is proposed anew or left to the user.
    """
    values = device_values(device)
    for one_of_a_kind in ("name", "phase", "side", "start", REMOTE_ID):
        values.pop(one_of_a_kind, None)
    place = new_place(model, site, device.gateway_id, catalogue)
    if device.address.is_remote and "address" in place:
        # Another module behind the same interface (S60).
        place["address"] += f"-{device.address.position}"
    return {**values, **place}
