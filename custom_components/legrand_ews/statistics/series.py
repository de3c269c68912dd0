"""One long-term statistic written anew from the archive: sums, states and the seams."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Final

from homeassistant.components.recorder.models import StatisticData, StatisticMetaData

from ..ews.consumption import Place
from .rows import KnownStatistic, StatisticRow

HOUR: Final = timedelta(hours=1)
FIVE_MINUTES: Final = timedelta(minutes=5)
_MILLI: Final = 1000

type Amounts = Sequence[int | Fraction | None]


@dataclass(slots=True, kw_only=True)
class Series:
    """A statistic on its way from its first hour to its last.

    ``source`` is the device or the total whose amounts it shows; ``unit_size`` is its
    unit in Wh or dm³. ``value_milli`` is what the sensor shows after all that was ever
    ``counted_milli``; amounts are in thousandths of Wh or dm³.

    Rows before ``start`` stay as they are, and the sums go on from them. Rows from
    ``end`` on keep their shape: they are moved so that nothing jumps at the seam.
    """

    metadata: StatisticMetaData
    source: int | Place
    unit_size: float
    start: datetime
    end: datetime
    known: KnownStatistic | None
    offset_milli: int | Fraction = 0
    _sum_milli: int | Fraction = field(default=0, init=False)
    _owed_milli: int | Fraction = field(default=0, init=False)
    _last_milli: int | Fraction = field(default=0, init=False)

    @property
    def statistic_id(self) -> str:
        """Name of the statistic: its sensor's."""
        return self.metadata["statistic_id"]

    def rows(
        self, hours: Sequence[datetime], amounts: Amounts, present: Collection[datetime]
    ) -> list[StatisticData]:
        """Count on from hour to hour.

        An hour without data has no row, unless one is ``present``: that one then says
        that nothing was counted. A total never falls: where sub-meters are ahead of
        their main meter, it waits for that one.
        """
        rows: list[StatisticData] = []
        for hour, amount in zip(hours, amounts, strict=True):
            if not self.start <= hour < self.end:
                continue
            due = (amount or 0) - self._owed_milli
            grown = max(0, due)
            self._owed_milli = max(0, -due)
            self._sum_milli += grown
            self._last_milli = grown
            if amount is None and hour not in present:
                continue
            rows.append({"start": hour, "state": self._state(), "sum": self._sum()})
        return rows

    @property
    def shift(self) -> float:
        """By how much the sums from ``end`` on must move, in the statistic's unit.

        What the sensor had not shown yet when the last hour ended is counted in the
        rows that follow, and not twice.
        """
        last = None if self.known is None else self.known.last
        before = 0.0 if last is None else last.sum or 0.0
        return self._sum() - before - self._late(last)

    def anchor(self) -> StatisticData | None:
        """Return the five minutes from which the recorder counts on.

        None where it has later ones, which are moved with the hours.
        """
        short_term = None if self.known is None else self.known.short_term
        if short_term is None:
            start = self.end - FIVE_MINUTES
            return {"start": start, "state": self._state(), "sum": self._sum()}
        if short_term.start >= self.end:
            return None
        last = None if self.known is None else self.known.last
        total = self._sum() - self._late(last)
        state = self._state() if short_term.state is None else short_term.state
        return {"start": short_term.start, "state": state, "sum": total}

    def _late(self, last: StatisticRow | None) -> float:
        """What was counted in the last hour and shown only after it."""
        if last is None or last.state is None or last.start != self.end - HOUR:
            return 0.0
        late = self._state() - last.state
        return late if 0 < late <= self._in_unit(self._last_milli) else 0.0

    def _state(self) -> float:
        return max(0.0, self._in_unit(self.offset_milli + self._sum_milli))

    def _sum(self) -> float:
        before = None if self.known is None else self.known.before
        start = 0.0 if before is None else before.sum or 0.0
        return start + self._in_unit(self._sum_milli)

    def _in_unit(self, milli: int | Fraction) -> float:
        return float(milli) / _MILLI / self.unit_size
