"""What one device has counted and measured in the open interval."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final

from ..bus.readings import Reading
from ..errors import ConfigurationError
from ..quantities import QUANTITIES, Kind, Quantity
from .counters import Change, Correction, CorrectionKind
from .counting import Amount, Counting
from .samples import Booking, CounterState, Quality, Sample, Statistic, to_milli
from .statistics import GaugeStatistic
from .stuck import DEFAULT_RULE, StuckRule, StuckWatch

_LONGEST_SILENCE: Final = timedelta(seconds=150)
"""Two and a half of the 60 s at which values are normally read."""

type LimitOf = Callable[[Quantity], int]


class DeviceAccumulator:
    """Counters and gauges of one device.

    Counters of a device may fail one by one (a refused block), so each is booked
    for itself, and those that span the same time share a sample.
    """

    def __init__(
        self, device_id: int, limit_of: LimitOf, rule: StuckRule = DEFAULT_RULE
    ) -> None:
        """Start empty; ``limit_of`` bounds what a counter counts in an hour."""
        self._stuck = StuckWatch(rule)
        self._device_id = device_id
        self._limit_of = limit_of
        self._counters: dict[str, Counting] = {}
        self._gauges: dict[str, GaugeStatistic] = {}
        self._corrections: list[Correction] = []
        self._seen_at: datetime | None = None
        self._silence = timedelta()

    def restore(self, state: CounterState, tolerance: timedelta) -> None:
        """Continue a counter from where it was booked last, or seen first."""
        self._counting(state.quantity, state.booked_until).restore(state, tolerance)
        self._seen_at = max(self._seen_at or state.read_at, state.read_at)

    def observe(
        self, readings: Mapping[str, Reading], start: datetime, whole_until: datetime
    ) -> None:
        """Take the latest readings; the open interval began at ``start``."""
        self._listen(max(reading.read_at for reading in readings.values()), start)
        for key, reading in readings.items():
            quantity = QUANTITIES[key]
            if not quantity.is_archived:
                continue
            match quantity.kind:
                case Kind.COUNTER:
                    self._count(key, reading, start, whole_until)
                case Kind.GAUGE:
                    gauge = self._gauges.setdefault(key, GaugeStatistic())
                    gauge.observe(reading.value, reading.read_at)
                case Kind.STATE:
                    pass
        for change in self._stuck.observe(readings):
            stands_milli = to_milli(change.value)
            kind = CorrectionKind.STUCK if change.is_stuck else CorrectionKind.RESUMED
            entry = Change(
                kind=kind,
                before_milli=stands_milli,
                after_milli=stands_milli,
                booked_milli=0,
            )
            self._journal(change.quantity, change.at, entry)

    def exchange(
        self, quantity: str, old_end_milli: int, new_start_milli: int, at: datetime
    ) -> None:
        """Book an exchange of the meter (see ``Counting.exchange``)."""
        counting = self._counters.get(quantity)
        if counting is None:
            raise ConfigurationError(
                "counter_unknown", field="quantity", quantity=quantity
            )
        self._journal(
            quantity,
            at,
            counting.exchange(quantity, old_end_milli, new_start_milli, at),
        )

    @property
    def stuck(self) -> frozenset[str]:
        """Counters that stand still although power flows."""
        return self._stuck.stuck

    def close(self, start: datetime, edge: datetime, tolerance: timedelta) -> Booking:
        """End the interval from ``start`` to ``edge``.

        After a change of the recording interval it starts where the last one ended.
        """
        booked = (counting.booked_until for counting in self._counters.values())
        start = max((start, *(until for until in booked if until < edge)))
        is_whole = self._was_heard_throughout(start, edge)
        amounts: defaultdict[datetime, dict[str, Amount]] = defaultdict(dict)
        for key, counting in self._counters.items():
            amount = counting.close(start, edge, tolerance)
            if amount is not None:
                amounts[amount.start][key] = amount
        statistics = {
            key: statistic
            for key, gauge in self._gauges.items()
            if (statistic := gauge.close()) is not None
        }
        if statistics:
            amounts[start]  # the interval itself has a sample even without amounts
        samples = tuple(
            self._sample(
                begin, edge, counted, statistics if begin == start else {}, is_whole
            )
            for begin, counted in sorted(amounts.items())
        )
        rest = self.keep()
        return Booking(
            samples=samples,
            counter_states=rest.counter_states,
            corrections=rest.corrections,
        )

    def changes(self) -> Booking:
        """Hand over the journal, and where the counters stand that it names."""
        changed = {correction.quantity for correction in self._corrections}
        return self._handed_over([key for key in self._counters if key in changed])

    def keep(self) -> Booking:
        """Hand over everything of the open interval but its gauges."""
        return self._handed_over(self._counters)

    def _handed_over(self, quantities: Iterable[str]) -> Booking:
        states = (
            self._counters[key].unstored_state(self._device_id, key)
            for key in quantities
        )
        corrections, self._corrections = tuple(self._corrections), []
        return Booking(
            counter_states=tuple(state for state in states if state is not None),
            corrections=corrections,
        )

    def _count(
        self, key: str, reading: Reading, start: datetime, whole_until: datetime
    ) -> None:
        for change in self._counting(key, start).observe(reading, whole_until):
            self._journal(key, reading.read_at, change)

    def _journal(self, quantity: str, at: datetime, change: Change) -> None:
        self._corrections.append(
            Correction(
                device_id=self._device_id,
                quantity=quantity,
                at=at,
                kind=change.kind,
                before_milli=change.before_milli,
                after_milli=change.after_milli,
                booked_milli=change.booked_milli,
            )
        )

    def _counting(self, key: str, booked_until: datetime) -> Counting:
        if key not in self._counters:
            limit_milli = self._limit_of(QUANTITIES[key])
            self._counters[key] = Counting(limit_milli, booked_until)
        return self._counters[key]

    def _listen(self, read_at: datetime, start: datetime) -> None:
        heard = start if self._seen_at is None else max(self._seen_at, start)
        self._silence = max(self._silence, read_at - heard)
        self._seen_at = max(self._seen_at or read_at, read_at)

    def _was_heard_throughout(self, start: datetime, edge: datetime) -> bool:
        heard = start if self._seen_at is None else max(self._seen_at, start)
        silence = max(self._silence, edge - heard)
        self._silence = timedelta()
        return silence <= _LONGEST_SILENCE

    def _sample(
        self,
        start: datetime,
        edge: datetime,
        counted: Mapping[str, Amount],
        statistics: Mapping[str, Statistic],
        is_whole: bool,
    ) -> Sample:
        qualities = {amount.quality for amount in counted.values()}
        if not is_whole:
            qualities.add(Quality.PARTIAL)
        return Sample(
            device_id=self._device_id,
            start=start,
            length=edge - start,
            amounts_milli={key: a.amount_milli for key, a in counted.items()},
            statistics=statistics,
            quality=next((q for q in _WORST_FIRST if q in qualities), Quality.COMPLETE),
        )


_WORST_FIRST: Final = (Quality.EXCHANGED, Quality.RECOVERED, Quality.PARTIAL)
