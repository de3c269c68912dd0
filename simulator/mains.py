"""The supply network of the site: voltage, frequency and distortion.

One network feeds every meter, so two meters read at the same instant agree.
Bounds are those of a healthy low-voltage network, well inside EN 50160.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
import math
from typing import Final

from .randomness import drift

NOMINAL_VOLTAGE_V: Final = 230.0
NOMINAL_FREQUENCY_HZ: Final = 50.0
_EPOCH: Final = datetime(2000, 1, 1, tzinfo=UTC)
_SLOW_S: Final = 3600
_FAST_S: Final = 20
_SLOW_SHARE: Final = 0.012
_FAST_SHARE: Final = 0.004
LOWEST_VOLTAGE_V: Final = NOMINAL_VOLTAGE_V * (1 - _SLOW_SHARE - _FAST_SHARE)
HIGHEST_VOLTAGE_V: Final = NOMINAL_VOLTAGE_V * (1 + _SLOW_SHARE + _FAST_SHARE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """State of the network at one instant; tuples are L1, L2, L3."""

    voltages_v: tuple[float, float, float]
    frequency_hz: float
    distortions_percent: tuple[float, float, float]

    @property
    def line_voltages_v(self) -> tuple[float, float, float]:
        """U12, U23, U31, the phases being 120 degrees apart."""
        first, second, third = self.voltages_v
        return (_across(first, second), _across(second, third), _across(third, first))


def network(seed: int, instant: datetime) -> Network:
    """State of the site's supply at ``instant``."""
    second = (instant - _EPOCH).total_seconds()
    slow, fast = second / _SLOW_S, second / _FAST_S
    frequency = NOMINAL_FREQUENCY_HZ + 0.03 * drift(seed, "frequency", fast)
    return Network(
        voltages_v=(
            _voltage(seed, 1, slow, fast),
            _voltage(seed, 2, slow, fast),
            _voltage(seed, 3, slow, fast),
        ),
        frequency_hz=frequency,
        distortions_percent=(
            2.0 + 0.6 * drift(seed, "thd 1", slow),
            2.1 + 0.6 * drift(seed, "thd 2", slow),
            1.9 + 0.6 * drift(seed, "thd 3", slow),
        ),
    )


def _voltage(seed: int, phase: int, slow: float, fast: float) -> float:
    common = _SLOW_SHARE * drift(seed, f"voltage {phase}", slow)
    flicker = _FAST_SHARE * drift(seed, f"flicker {phase}", fast)
    return NOMINAL_VOLTAGE_V * (1 + common + flicker)


def _across(first: float, second: float) -> float:
    return math.sqrt(first * first + second * second + first * second)
