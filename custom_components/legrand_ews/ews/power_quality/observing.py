"""From the samples of a week to the ten-minute intervals that are judged.

A week lasts from Monday 00:00 local time to the next: 1008 intervals, 1002 or 1014 when
the clock is changed (Q26). Samples of 1, 2 and 5 minutes are put together; longer ones
than ten minutes say nothing about ten minutes, so that they leave all unevaluated.

The archive holds no means over 10 s, so that the frequency is judged by its means over
the intervals of the week, and what holds always by the smallest and largest reading.
The unbalance is that of the mean voltages of an interval.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime, timedelta
from math import sqrt
from typing import Final
from zoneinfo import ZoneInfo

from ..metering import Quality, Sample, Statistic
from ..timegrid import Bucket, Span, bucket_edges
from .criteria import (
    INTERRUPTION_PERMILLE,
    LINE_NOMINAL_MILLI,
    LINE_VOLTAGE,
    PHASE_NOMINAL_MILLI,
    Criterion,
)
from .judging import Channel, Interval

INTERVAL: Final = timedelta(minutes=10)
_PHASES: Final = ("l1", "l2", "l3")
_PAIRS: Final = ("l1_l2", "l2_l3", "l3_l1")
_MILLI: Final = 1000
_PERCENT_MILLI: Final = 100_000
_FREQUENCY: Final = "frequency"

type Naming = Callable[[str], str]
"""Name of a quantity of a phase."""


def _voltage(phase: str) -> str:
    return f"voltage_{phase}"


def _thd(phase: str) -> str:
    return f"thd_voltage_{phase}"


def _least(nominal_milli: int) -> int:
    return nominal_milli * INTERRUPTION_PERMILLE // _MILLI


_LEAST_MILLI: Final[Mapping[str, int]] = {
    _voltage(phase): _least(nominal)
    for phases, nominal in (
        (_PHASES, PHASE_NOMINAL_MILLI),
        (_PAIRS, LINE_NOMINAL_MILLI),
    )
    for phase in phases
}
"""What is below these is no voltage."""
OBSERVED: Final = frozenset(
    {_FREQUENCY, *_LEAST_MILLI, *(_thd(phase) for phase in (*_PHASES, *_PAIRS))}
)
"""Quantities from which power quality is judged."""


def observe(
    samples: Iterable[Sample], week: Span, zone: ZoneInfo, recorded: Collection[str]
) -> dict[Channel, list[Interval | None]]:
    """Return the intervals of every channel of one device, None where flagged.

    An interval is valid for a quantity where completely recorded samples cover at least
    half of it, and where no interruption fell into it: all voltages below 5 %.
    ``recorded`` is what the device is known to deliver: that is missing where the whole
    week has nothing. Which channels there are, the measured voltages say: those to
    neutral, or else those between phases.
    """
    intervals = _Intervals(bucket_edges(week, Bucket.SAMPLE, zone, INTERVAL))
    is_coarse = False
    for sample in samples:
        if sample.length > INTERVAL:
            is_coarse = True
        else:
            intervals.add(sample)
    if is_coarse and not intervals.found:
        return {}
    found = set(intervals.found) or set(recorded) & OBSERVED
    return _Week(intervals, found).channels()


class _Intervals:
    """Collects the samples of a week, quantity by quantity."""

    def __init__(self, edges: list[datetime]) -> None:
        self._edges = edges
        self._collected: defaultdict[str, dict[int, _Collected]] = defaultdict(dict)
        self._interrupted: set[int] = set()

    @property
    def found(self) -> Collection[str]:
        """Quantities of which there are values."""
        return self._collected.keys()

    def add(self, sample: Sample) -> None:
        index = bisect_right(self._edges, sample.start) - 1
        if index < 0 or sample.end > self._edges[index + 1]:
            return
        if _is_interruption(sample.statistics):
            self._interrupted.add(index)
        for quantity, statistic in sample.statistics.items():
            if quantity in OBSERVED:
                collected = self._collected[quantity].setdefault(index, _Collected())
                if sample.quality is Quality.COMPLETE:
                    collected.add(statistic, sample.length)

    def values(self, quantity: str) -> list[Interval | None]:
        collected = self._collected.get(quantity, {})
        return [
            None
            if index in self._interrupted or index not in collected
            else collected[index].interval(end - start)
            for index, (start, end) in enumerate(
                zip(self._edges[:-1], self._edges[1:], strict=True)
            )
        ]


class _Collected:
    """The samples of one quantity in one interval."""

    def __init__(self) -> None:
        self._covered = timedelta()
        self._statistics: list[tuple[Statistic, int]] = []

    def add(self, statistic: Statistic, length: timedelta) -> None:
        self._covered += length
        self._statistics.append((statistic, int(length.total_seconds())))

    def interval(self, length: timedelta) -> Interval | None:
        if 2 * self._covered < length:
            return None
        weights = sum(weight for _, weight in self._statistics)
        weighted = sum(x.average_milli * weight for x, weight in self._statistics)
        return Interval(
            mean_milli=round(weighted / weights),
            minimum_milli=min(x.minimum_milli for x, _ in self._statistics),
            maximum_milli=max(x.maximum_milli for x, _ in self._statistics),
        )


def _is_interruption(statistics: Mapping[str, Statistic]) -> bool:
    voltages = [key for key in _LEAST_MILLI if key in statistics]
    return bool(voltages) and all(
        statistics[key].minimum_milli < _LEAST_MILLI[key] for key in voltages
    )


class _Week:
    """The channels of a device, by what of it was found."""

    def __init__(self, intervals: _Intervals, found: Collection[str]) -> None:
        self._values = {quantity: intervals.values(quantity) for quantity in found}

    def channels(self) -> dict[Channel, list[Interval | None]]:
        values = self._values
        dead = self._dead_phases()
        pairs = [] if dead else self._measured(_voltage, _PAIRS)
        phases = self._measured(_voltage, _PHASES)
        rule = Criterion.VOLTAGE if phases else LINE_VOLTAGE
        found: dict[Channel, list[Interval | None]] = {}
        if _FREQUENCY in values:
            found[Channel(Criterion.FREQUENCY, "")] = values[_FREQUENCY]
        for phase in phases or pairs:
            if phase not in dead:
                found[Channel(rule, phase)] = values[_voltage(phase)]
        if len(pairs) == len(_PAIRS):
            found[Channel(Criterion.UNBALANCE, "")] = self._unbalance()
        distorted = self._measured(_thd, _PHASES)
        if not distorted and not dead:
            distorted = self._measured(_thd, _PAIRS)
        for phase in distorted:
            if phase not in dead:
                found[Channel(Criterion.THD_VOLTAGE, phase)] = values[_thd(phase)]
        return found

    def _measured(self, quantity_of: Naming, phases: Iterable[str]) -> list[str]:
        return [phase for phase in phases if quantity_of(phase) in self._values]

    def _dead_phases(self) -> set[str]:
        """Phases that are not connected: a three-phase meter in one phase.

        They have no voltage in the whole week, while another phase has.
        """
        dead = {
            phase
            for phase in self._measured(_voltage, _PHASES)
            if (known := [x for x in self._values[_voltage(phase)] if x is not None])
            and all(x.maximum_milli < _LEAST_MILLI[_voltage(phase)] for x in known)
        }
        return dead if dead != set(self._measured(_voltage, _PHASES)) else set()

    def _unbalance(self) -> list[Interval | None]:
        rows = [self._values[_voltage(pair)] for pair in _PAIRS]
        return [
            None
            if one is None or two is None or three is None
            else _whole(
                unbalance_milli(one.mean_milli, two.mean_milli, three.mean_milli)
            )
            for one, two, three in zip(*rows, strict=True)
        ]


def _whole(value_milli: int) -> Interval:
    return Interval(value_milli, value_milli, value_milli)


def unbalance_milli(l1_l2: int, l2_l3: int, l3_l1: int) -> int:
    """Negative over positive sequence, in thousandths of a per cent.

    From three voltages between phases in any one unit (IEC 61000-4-30, 5.7.1).
    """
    squares = [voltage * voltage for voltage in (l1_l2, l2_l3, l3_l1)]
    total = sum(squares)
    if not total:
        return 0
    beta = sum(square * square for square in squares) / (total * total)
    # Voltages that do not close a triangle are as unbalanced as can be.
    root = sqrt(max(0.0, 3 - 6 * beta))
    return round(_PERCENT_MILLI * sqrt(max(0.0, (1 - root) / (1 + root))))
