"""A big site made by rule: many devices of mixed models behind some gateways.

For trials of scale: no timing of its own, one circuit for each electricity
meter. The same numbers always give the same campus.
"""

from collections.abc import Iterator
from datetime import date
from itertools import cycle
from typing import Final

from .site import SiteSpec, parse_site

LAST_METER: Final = 240
"""Highest address used on a gateway."""
_METERS: Final = (
    *("412045", "412074", "004680", "004676", "412052", "414920"),
    *("004683", "412075", "004684", "x_dpx3_250_meas", "412051", "412049"),
)
_PROFILES: Final = (
    *("office_lighting", "sockets", "ventilation", "server_room", "workshop"),
    *("canteen", "lift", "standby", "compressed_air", "air_conditioning"),
)
_NEEDS_RATIO: Final = frozenset(
    {"412045", "412047", "412048", "412049", "412051", "412052"}
)


def campus_site(
    *,
    devices: int = 255,
    gateways: int = 8,
    seed: int = 255,
    installed: date = date(2026, 10, 1),
) -> SiteSpec:
    """A site with so many devices, spread evenly over the gateways.

    ValueError where a gateway would have more devices than addresses.
    """
    return parse_site(
        campus_file(devices=devices, gateways=gateways, seed=seed, installed=installed)
    )


def campus_file(
    *,
    devices: int = 255,
    gateways: int = 8,
    seed: int = 255,
    installed: date = date(2026, 10, 1),
) -> dict[str, object]:
    """What the file of such a site would hold; ValueError as `campus_site`."""
    if not 1 <= gateways <= devices or -(-devices // gateways) > LAST_METER:
        raise ValueError("a gateway has 1 to 240 devices")
    specs = list(_devices(devices, gateways))
    return {
        "name": "Campus",
        "seed": seed,
        "installed": installed.isoformat(),
        "gateways": [
            {"name": f"Building {n}", "baud_rate": 19200, "timeout_ms": 500}
            for n in range(1, gateways + 1)
        ],
        "groups": [{"name": f"Building {n}"} for n in range(1, gateways + 1)],
        "circuits": [circuit for circuit, _ in specs],
        "devices": [device for _, device in specs],
    }


def _devices(
    devices: int, gateways: int
) -> Iterator[tuple[dict[str, object], dict[str, object]]]:
    """Circuit and device, one by one."""
    models = cycle(_METERS)
    for number in range(devices):
        building, address = number % gateways + 1, number // gateways + 1
        name, model = f"Meter {building}-{address:03d}", next(models)
        profile = _PROFILES[number * 7 % len(_PROFILES)]
        circuit = {
            "name": name.lower(),
            "profile": profile,
            "rated_w": 1500 + 250 * (number % 30),
            "power_factor": 0.9,
        }
        device: dict[str, object] = {
            "name": name,
            "gateway": f"Building {building}",
            "address": address,
            "model": model,
            "groups": [f"Building {building}"],
            "circuits": [name.lower()],
        }
        if model in _NEEDS_RATIO:
            device["ratios"] = {"ct": 20}
        yield circuit, device
