"""Settings of what is wished beyond the manual; see `wishes`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Final

from ..model.problems import Problem, check_range
from .config import ChargingConfig
from .external import ExternalLimit

LOWEST_VOLTAGE_V: Final = 100
HIGHEST_VOLTAGE_V: Final = 300
LARGEST_RESERVE_W: Final = 100_000
LONGEST_S: Final = 3600
TIMES: Final = (
    "start_after_s",
    "stop_after_s",
    "follow_after_s",
    "phases_after_s",
    "switch_pause_s",
    "grid_stale_after_s",
)


class Solar(StrEnum):
    """How a station uses surplus of the sun."""

    OFF = "off"
    ONLY = "only"
    """Charge from surplus alone; wait where it does not make the minimum current."""
    AT_LEAST = "at_least"
    """Always the minimum current, and what surplus there is beyond."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StationWish:
    """What is wished of one station; ``price_limit`` is for a kWh, in the site's currency.

    ``can_switch_phases`` says that a three-phase station can charge on one phase.
    """

    solar: Solar = Solar.OFF
    price_limit: Decimal | None = None
    can_switch_phases: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WishSettings:
    """Settings of the wishes; powers in W, times in seconds.

    ``grid_reserve_w`` of a surplus are left to the grid. Surplus must be enough for
    ``start_after_s`` before a vehicle starts by it, too little for ``stop_after_s``
    before it stops, and other for ``follow_after_s`` before a current follows it; phases
    are switched when the other number has been right for ``phases_after_s``, and
    ``switch_pause_s`` pass without current.
    """

    stations: Mapping[int, StationWish] = field(default_factory=dict)
    external: ExternalLimit | None = None
    voltage_v: int = 230
    grid_reserve_w: int = 0
    start_after_s: int = 60
    stop_after_s: int = 300
    follow_after_s: int = 30
    phases_after_s: int = 300
    switch_pause_s: int = 60
    grid_stale_after_s: int = 60


def check_wishes(settings: WishSettings, config: ChargingConfig) -> list[Problem]:
    """Return what is wrong with the settings; see `check_config`."""
    found = [
        *check_range(
            "voltage_v", settings.voltage_v, LOWEST_VOLTAGE_V, HIGHEST_VOLTAGE_V
        ),
        *check_range("grid_reserve_w", settings.grid_reserve_w, 0, LARGEST_RESERVE_W),
    ]
    for name in TIMES:
        found += check_range(name, getattr(settings, name), 0, LONGEST_S)
    external = settings.external
    if external is not None:
        found += check_range("external.timeout_s", external.timeout_s, 1, 86_400)
        found += check_range("external.safe_a", external.safe_a, 0, config.maximum_a)
    return found
