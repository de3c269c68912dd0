"""Average, minimum and maximum of a gauge over an interval (S116)."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from .samples import Statistic, to_milli

_FIRST_WEIGHT: Final = timedelta(seconds=60)
_LARGEST_WEIGHT: Final = timedelta(seconds=120)
"""A reading says nothing of the silence before it."""
_WEIGHT_UNIT: Final = timedelta(milliseconds=1)


class GaugeStatistic:
    """Collects the readings of one gauge.

    A reading weighs as much as the time since the one before it: an open page that
    reads every five seconds for a while does not bend the average.
    """

    def __init__(self) -> None:
        """Start without a reading."""
        self._read_at: datetime | None = None
        self._minimum: int | None = None
        self._maximum: int | None = None
        self._weighted = 0
        self._weights = 0

    def observe(self, value: Decimal, read_at: datetime) -> None:
        """Take a reading; one that was taken before is passed over."""
        if self._read_at is not None and read_at <= self._read_at:
            return
        weight = self._weight(read_at)
        milli = to_milli(value)
        self._weighted += milli * weight
        self._weights += weight
        self._minimum = milli if self._minimum is None else min(self._minimum, milli)
        self._maximum = milli if self._maximum is None else max(self._maximum, milli)
        self._read_at = read_at

    def close(self) -> Statistic | None:
        """The interval's statistic, or None without readings; starts the next."""
        if self._minimum is None or self._maximum is None:
            return None
        average = (2 * self._weighted + self._weights) // (2 * self._weights)
        statistic = Statistic(
            average_milli=average,
            minimum_milli=self._minimum,
            maximum_milli=self._maximum,
        )
        self._minimum = self._maximum = None
        self._weighted = self._weights = 0
        return statistic

    def _weight(self, read_at: datetime) -> int:
        if self._read_at is None:
            return _FIRST_WEIGHT // _WEIGHT_UNIT
        passed = min(read_at - self._read_at, _LARGEST_WEIGHT)
        return max(passed // _WEIGHT_UNIT, 1)
