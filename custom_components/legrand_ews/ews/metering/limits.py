"""The most a counter can advance in an hour: what is above is no consumption."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from ..quantities import Quantity, Unit

_OVERLOAD: Final = 2
"""Meters carry more than their rating for a while."""
_ANY_POWER_W: Final = 5_000_000
"""Where no rating is known: 400 V and 7000 A, above any low-voltage board."""
_PER_HOUR_MILLI: Final[Mapping[Unit, int]] = MappingProxyType(
    {
        Unit.CUBIC_DECIMETRE: 1_000_000 * 1000,
        Unit.COUNT: 1_000_000 * 1000,
        Unit.HOUR: 1000,
    }
)


def hourly_limit_milli(quantity: Quantity, rated_power_w: int | None) -> int:
    """Upper bound of what ``quantity`` counts in an hour, in thousandths.

    ``rated_power_w`` is the rating of the metering point, None where unknown. It
    bounds active, reactive and apparent energy alike.
    """
    if quantity.unit in _PER_HOUR_MILLI:
        return _PER_HOUR_MILLI[quantity.unit]
    return (rated_power_w or _ANY_POWER_W) * _OVERLOAD * 1000
