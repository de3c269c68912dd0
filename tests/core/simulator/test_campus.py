"""The big site that trials of scale use."""

from collections import Counter

import pytest

from simulator.campus import campus_site
from simulator.clock import ManualClock
from simulator.simulation import simulate

from .places import NOON


async def test_a_campus_has_as_many_devices_as_are_asked_for() -> None:
    site = campus_site()
    async with simulate(site, ManualClock(NOON), is_timed=False) as simulation:
        meters = simulation.meters.values()

        assert len(meters) == 255
        assert len({gateway.port for gateway in simulation.gateways.values()}) == 8
        assert set(Counter(m.spec.gateway for m in meters).values()) == {31, 32}
        assert len({meter.model.key for meter in meters}) == 12
        assert all(meter.feed.total(NOON) > 0 for meter in meters)
    assert campus_site() == site


@pytest.mark.parametrize(("devices", "gateways"), [(3, 4), (241, 1), (5, 0)])
def test_a_campus_fits_the_addresses(devices: int, gateways: int) -> None:
    with pytest.raises(ValueError, match="1 to 240"):
        campus_site(devices=devices, gateways=gateways)
