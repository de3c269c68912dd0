"""What metering hands to the archive.

Amounts and statistics are integers in thousandths of the unit of their quantity
(mWh, cm³, mV, mW ...), so that no instrument's resolution is lost (S117).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import ROUND_FLOOR, Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Final, NamedTuple

from .counters import Correction
from .harmonics import HarmonicSample
from .open_count import OpenCount

MILLI: Final = 1000


def to_milli(value: Decimal) -> int:
    """``value`` in thousandths, rounded down.

    Rounding a counter down keeps sums exact: the differences of rounded counters
    add up to the rounded difference.
    """
    return int((value * MILLI).to_integral_value(rounding=ROUND_FLOOR))


class Quality(StrEnum):
    """How an interval came about (design section 6)."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    """Readings are missing for part of the interval, or a counter was reset."""
    RECOVERED = "recovered"
    """Flowed during a gap, read after it; spans the whole gap."""
    EXCHANGED = "exchanged"
    """Spans a meter exchange; what the meters counted unread is unknown."""


class Statistic(NamedTuple):
    """A gauge over one interval, in thousandths of its unit.

    A tuple: a month of one meter holds two hundred thousand of them.
    """

    average_milli: int
    minimum_milli: int
    maximum_milli: int


_NO_AMOUNTS: Final[Mapping[str, int]] = MappingProxyType({})
_NO_STATISTICS: Final[Mapping[str, Statistic]] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """What one device counted and measured from ``start`` (UTC) over ``length``.

    ``amounts_milli`` and ``statistics`` are keyed by quantity.
    """

    device_id: int
    start: datetime
    length: timedelta
    amounts_milli: Mapping[str, int] = field(default_factory=lambda: _NO_AMOUNTS)
    statistics: Mapping[str, Statistic] = field(default_factory=lambda: _NO_STATISTICS)
    quality: Quality = Quality.COMPLETE

    @property
    def end(self) -> datetime:
        """First instant after the interval (UTC)."""
        return self.start + self.length


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterState:
    """Where a counter stood when it was last booked.

    Everything counted up to ``value_milli`` is in samples that end at
    ``booked_until`` (UTC) or before; what follows is not. ``open_count`` is what
    is known of that; without it, the difference to the next reading tells.
    """

    device_id: int
    quantity: str
    value_milli: int
    read_at: datetime
    booked_until: datetime
    open_count: OpenCount | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """Everything that the end of an interval adds to the archive at once."""

    samples: tuple[Sample, ...] = ()
    counter_states: tuple[CounterState, ...] = ()
    corrections: tuple[Correction, ...] = ()
    harmonics: tuple[HarmonicSample, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is anything to write."""
        return bool(
            self.samples or self.counter_states or self.corrections or self.harmonics
        )
