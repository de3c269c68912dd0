"""Main meters and sub-meters: what can lie behind what (S81)."""

from dataclasses import replace

import pytest

from custom_components.legrand_ews.ews.model import Address, Device, Installation, by_id
from custom_components.legrand_ews.ews.model.rules import check_device
from custom_components.legrand_ews.ews.model.upstream import is_downstream
from custom_components.legrand_ews.ews.quantities import Fluid

from .model_samples import GAS, METER, SITE

FLOOR = Device(
    id=11,
    name="First floor",
    gateway_id=1,
    address=Address(unit=21),
    model="412045",
    upstream_device_id=METER.id,
)
ROOM = replace(
    FLOOR, id=12, name="Room", address=Address(unit=22), upstream_device_id=FLOOR.id
)
METERS = replace(SITE, devices=by_id([METER, GAS, FLOOR, ROOM]))


def fluid_of(device: Device) -> Fluid | None:
    return {METER.id: None, GAS.id: Fluid.GAS}.get(device.id, Fluid.ELECTRICITY)


@pytest.mark.parametrize(
    ("device", "key"),
    [
        pytest.param(FLOOR, None, id="a sub-meter"),
        pytest.param(ROOM, None, id="a sub-meter of a sub-meter"),
        pytest.param(replace(ROOM, upstream_device_id=None), None, id="none"),
        pytest.param(
            replace(ROOM, upstream_device_id=99), "upstream_unknown", id="gone"
        ),
        pytest.param(
            replace(ROOM, upstream_device_id=ROOM.id), "upstream_cycle", id="itself"
        ),
        pytest.param(
            replace(FLOOR, upstream_device_id=ROOM.id), "upstream_cycle", id="two"
        ),
        pytest.param(
            replace(METER, upstream_device_id=ROOM.id), "upstream_cycle", id="three"
        ),
        pytest.param(
            replace(ROOM, upstream_device_id=GAS.id),
            "upstream_other_fluid",
            id="gas holds no current",
        ),
    ],
)
def test_what_can_be_upstream(device: Device, key: str | None) -> None:
    problems = check_device(device, METERS, fluid_of=fluid_of)
    expected = [] if key is None else [("upstream_device_id", key)]
    assert [(problem.field, problem.key) for problem in problems] == expected


@pytest.mark.parametrize(
    ("site", "device", "of", "expected"),
    [
        (METERS, ROOM, METER, True),
        (METERS, ROOM, ROOM, True),
        (METERS, METER, ROOM, False),
        (METERS, GAS, METER, False),
        # stored by hand: a ring has no end, but the search has
        (
            replace(
                METERS,
                devices=by_id([replace(FLOOR, upstream_device_id=ROOM.id), ROOM]),
            ),
            ROOM,
            METER,
            False,
        ),
    ],
)
def test_what_lies_behind_what(
    site: Installation, device: Device, of: Device, expected: bool
) -> None:
    assert is_downstream(device.id, of.id, site) is expected
