"""Small sites that the specifications of this folder share."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from simulator.clock import ManualClock
from simulator.encoding import Values
from simulator.simulation import Simulation
from simulator.site import SiteSpec, parse_site
from simulator.unit import Unit

SITES: Final = Path(__file__).parents[3] / "simulator" / "sites"
NOON: Final = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
"""A working Monday at noon in Paris."""


def one_device(device: Mapping[str, object], **gateway: object) -> SiteSpec:
    """A site with one gateway and one device at address 5."""
    return parse_site(
        {
            "name": "Bench",
            "installed": "2026-01-01",
            "gateways": [{"name": "G", **gateway}],
            "circuits": [
                {"name": "c", "profile": "standby", "rated_w": 1000, "phase": 1}
            ],
            "devices": [
                {"name": "D", "gateway": "G", "address": 5, "circuits": ["c"], **device}
            ],
        }
    )


def unit_showing(device: Mapping[str, object], values: Values) -> Unit:
    """The unit of such a device, measuring ``values`` whatever the time."""
    unit = Simulation(one_device(device), ManualClock(NOON)).meters["D"].unit
    unit._measure = lambda _: values
    return unit
