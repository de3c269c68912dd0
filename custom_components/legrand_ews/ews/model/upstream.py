"""Meters behind meters: what flows through a sub-meter flows through its main meter.

The tree lets totals count every kilowatt-hour once, and shows what a main meter counts
beyond its sub-meters (S81).
"""

from collections.abc import Callable
from typing import Final

from ..quantities import Fluid
from .device import Device
from .problems import Problem, problem
from .site import Installation

_FIELD: Final = "upstream_device_id"


def is_downstream(device_id: int, of: int, site: Installation) -> bool:
    """Whether a device lies behind another one, or is that one."""
    seen: set[int] = set()
    number: int | None = device_id
    while number is not None and number not in seen:
        if number == of:
            return True
        seen.add(number)
        above = site.devices.get(number)
        number = None if above is None else above.upstream_device_id
    return False


def check_upstream(
    device: Device, site: Installation, fluid_of: Callable[[Device], Fluid | None]
) -> list[Problem]:
    """Check that the meter upstream exists, counts the same and is not behind this one.

    ``fluid_of`` tells what a device counts; where it does not know, nothing is compared.
    """
    if device.upstream_device_id is None:
        return []
    above = site.devices.get(device.upstream_device_id)
    if above is None:
        return [problem(_FIELD, "upstream_unknown")]
    if is_downstream(above.id, device.id, site):
        return [problem(_FIELD, "upstream_cycle", name=above.name)]
    fluids = fluid_of(device), fluid_of(above)
    if None not in fluids and fluids[0] is not fluids[1]:
        return [problem(_FIELD, "upstream_other_fluid", name=above.name)]
    return []
