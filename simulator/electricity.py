"""Gauges of a meter: powers, voltages, currents and what follows from them.

In every phase S² = P² + Q² and I = S / V; P and Q add up over phases, and the
total S is their vector sum. Distortion is shown, but adds no power.
"""

import cmath
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from itertools import pairwise
import math
from typing import Final, override

from .building import PERMILLE, PHASES
from .curve import MICRO
from .feed import PHASE_NAMES, Feed
from .mains import HIGHEST_VOLTAGE_V, LOWEST_VOLTAGE_V, NOMINAL_VOLTAGE_V, Network
from .weather import SLOT, Day

AVERAGING: Final = timedelta(minutes=15)
"""Window of the sliding averages that meters show."""
_LINE_NAMES: Final = ("l1_l2", "l2_l3", "l3_l1")
_SLOTS_IN_HOUR: Final = timedelta(hours=1) / SLOT
_ROOM_TEMPERATURE_C: Final = 23.0
_LOOKING_BACK: Final = ("_average", "_maximum")
_UNITY: Final = 0.9995
"""Meters show two decimals: from here up a power factor reads 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Peaks:
    """Highest mean over a slot of 10 minutes: W, var, VA, and VA by phase."""

    active: float = 0.0
    reactive: float = 0.0
    apparent: float = 0.0
    phases: tuple[float, float, float] = (0.0, 0.0, 0.0)

    def or_higher(self, other: Peaks) -> Peaks:
        """The higher one, value by value."""
        return Peaks(
            active=max(self.active, other.active),
            reactive=max(self.reactive, other.reactive),
            apparent=max(self.apparent, other.apparent),
            phases=(
                max(self.phases[0], other.phases[0]),
                max(self.phases[1], other.phases[1]),
                max(self.phases[2], other.phases[2]),
            ),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseState:
    """One phase as the meter sees it: W and var with sign, VA, V, A, %."""

    active: float
    reactive: float
    voltage: float
    voltage_distortion: float
    current_distortion: float

    @property
    def apparent(self) -> float:
        """Apparent power in VA."""
        return math.hypot(self.active, self.reactive)

    @property
    def current(self) -> float:
        """Current in A."""
        return self.apparent / self.voltage


class Electricity:
    """The electrical side of a feed."""

    def __init__(self, feed: Feed) -> None:
        """Look at ``feed``, whose circuits carry electricity."""
        self._feed = feed
        self._day_peaks: dict[date, Peaks] = {}
        self._so_far: tuple[tuple[date, int], Peaks] = ((date.min, 0), Peaks())

    def gauges(self, instant: datetime) -> Mapping[str, float]:
        """Every gauge by quantity, in its unit, signed as the meter shows it.

        Worked out when the first one is asked for; averages and maxima, which
        look back, apart from the others.
        """
        return _Gauges(
            present=lambda: self._present(instant), demand=lambda: self._demand(instant)
        )

    def _present(self, instant: datetime) -> dict[str, float]:
        network = self._feed.building.network(instant)
        phases = self._phases(instant, network)
        active = sum(phase.active for phase in phases)
        reactive = sum(phase.reactive for phase in phases)
        apparent = math.hypot(active, reactive)
        gauges = {
            "active_power": active,
            "reactive_power": reactive,
            "apparent_power": apparent,
            "power_factor": active / apparent if apparent else 1.0,
            "power_factor_sector": _sector(active, apparent),
            "frequency": network.frequency_hz,
            "temperature": _ROOM_TEMPERATURE_C,
            "current_n": _neutral_current(phases),
            "thd_current_n": _mean([phase.current_distortion for phase in phases]),
        }
        for label, voltage in zip(_LINE_NAMES, network.line_voltages_v, strict=True):
            gauges[f"voltage_{label}"] = voltage
            gauges[f"thd_voltage_{label}"] = _mean(network.distortions_percent)
        for label, phase in zip(PHASE_NAMES, phases, strict=False):
            gauges |= _phase_gauges(label, phase)
        return gauges

    def _phases(self, instant: datetime, network: Network) -> list[PhaseState]:
        circuits = self._feed.circuits
        sign = -1 if self._feed.flows_out else 1
        rates = [sign * flow.rate(instant) for flow in self._feed.flows]
        states = []
        for phase in self._feed.order:
            active = reactive = distorted = 0.0
            for circuit, rate in zip(circuits, rates, strict=True):
                part = rate * circuit.shares_permille[phase] / PERMILLE
                active += part
                reactive += part * circuit.tangent_permille / PERMILLE
                distorted += part * circuit.spec.distortion_percent
            states.append(
                PhaseState(
                    active=active,
                    reactive=reactive,
                    voltage=network.voltages_v[phase],
                    voltage_distortion=network.distortions_percent[phase],
                    current_distortion=distorted / active if active else 0.0,
                )
            )
        return states

    def _demand(self, instant: datetime) -> dict[str, float]:
        """Sliding averages, and the highest means since the month began."""
        phases = self._phases(instant, self._feed.building.network(instant))
        active = sum(phase.active for phase in phases)
        ratio = self._mean_power(instant) / abs(active) if active else 0.0
        reactive = sum(phase.reactive for phase in phases)
        peaks = self._peaks(instant)
        demand = {
            "active_power_average": active * ratio,
            "reactive_power_average": reactive * ratio,
            "apparent_power_average": math.hypot(active, reactive) * ratio,
            "active_power_maximum": peaks.active,
            "reactive_power_maximum": peaks.reactive,
            "apparent_power_maximum": peaks.apparent,
        }
        for label, phase, peak in zip(PHASE_NAMES, phases, peaks.phases, strict=False):
            demand[f"current_{label}_average"] = phase.current * ratio
            demand[f"current_{label}_maximum"] = peak / NOMINAL_VOLTAGE_V
        return demand

    def _mean_power(self, instant: datetime) -> float:
        first = self._feed.building.calendar.at(self._feed.building.installed).start
        since = max(first, instant - AVERAGING)
        grown = self._feed.total(instant) - self._feed.total(since)
        return grown / MICRO / ((instant - since) / timedelta(hours=1) or 1.0)

    def _peaks(self, instant: datetime) -> Peaks:
        calendar = self._feed.building.calendar
        today = calendar.holding(instant)
        peaks = self._part_of(today, (instant - today.start) // SLOT)
        for number in range(1, today.day.day):
            day = today.day.replace(day=number)
            if day >= self._feed.building.installed:
                peaks = peaks.or_higher(self._whole_day(calendar.at(day)))
        return peaks

    def _part_of(self, day: Day, slots: int) -> Peaks:
        """Peaks so far; asked for at every read, new every ten minutes."""
        if self._so_far[0] != (day.day, slots):
            self._so_far = ((day.day, slots), self._peaks_of(day, slots))
        return self._so_far[1]

    def _whole_day(self, day: Day) -> Peaks:
        if day.day not in self._day_peaks:
            self._day_peaks[day.day] = self._peaks_of(day, len(day.slot_minutes))
        return self._day_peaks[day.day]

    def _peaks_of(self, day: Day, slots: int) -> Peaks:
        """Peaks of the first ``slots`` slots of a day."""
        active = [[0.0] * slots for _ in PHASES]
        reactive = [[0.0] * slots for _ in PHASES]
        for circuit, flow in zip(self._feed.circuits, self._feed.flows, strict=True):
            edges = flow.slot_totals(day)[: slots + 1]
            tangent = circuit.tangent_permille / PERMILLE
            for index, phase in enumerate(self._feed.order):
                share = circuit.shares_permille[phase] / PERMILLE
                if not share:
                    continue
                scale = share / MICRO * _SLOTS_IN_HOUR
                for slot, (before, after) in enumerate(pairwise(edges)):
                    power = (after - before) * scale
                    active[index][slot] += power
                    reactive[index][slot] += power * tangent
        whole_active = [sum(slot) for slot in zip(*active, strict=True)]
        whole_reactive = [sum(slot) for slot in zip(*reactive, strict=True)]
        first, second, third = map(_highest_apparent, active, reactive, strict=True)
        return Peaks(
            active=max(whole_active, default=0.0),
            reactive=max(whole_reactive, default=0.0),
            apparent=_highest_apparent(whole_active, whole_reactive),
            phases=(first, second, third),
        )


class _Gauges(Mapping[str, float]):
    """Gauges of one instant, each half worked out once it is needed."""

    def __init__(
        self,
        *,
        present: Callable[[], Mapping[str, float]],
        demand: Callable[[], Mapping[str, float]],
    ) -> None:
        self._present = cache(present)
        self._demand = cache(demand)

    @override
    def __getitem__(self, name: str) -> float:
        looks_back = name.endswith(_LOOKING_BACK) and not name.startswith("voltage")
        return self._demand()[name] if looks_back else self._present()[name]

    @override
    def __iter__(self) -> Iterator[str]:
        yield from self._present()
        yield from self._demand()

    @override
    def __len__(self) -> int:
        return len(self._present()) + len(self._demand())


def _highest_apparent(active: Sequence[float], reactive: Sequence[float]) -> float:
    return max(map(math.hypot, active, reactive, strict=True), default=0.0)


def _phase_gauges(label: str, phase: PhaseState) -> dict[str, float]:
    apparent = phase.apparent
    return {
        f"active_power_{label}": phase.active,
        f"reactive_power_{label}": phase.reactive,
        f"apparent_power_{label}": apparent,
        f"power_factor_{label}": phase.active / apparent if apparent else 1.0,
        f"power_factor_sector_{label}": _sector(phase.active, apparent),
        f"voltage_{label}": phase.voltage,
        f"voltage_{label}_minimum": LOWEST_VOLTAGE_V,
        f"voltage_{label}_maximum": HIGHEST_VOLTAGE_V,
        f"current_{label}": phase.current,
        f"thd_voltage_{label}": phase.voltage_distortion,
        f"thd_current_{label}": phase.current_distortion,
    }


def _sector(active: float, apparent: float) -> float:
    """0 at unity, else 1: inductive, as every load here is."""
    return float(abs(active) < _UNITY * apparent)


def _neutral_current(phases: list[PhaseState]) -> float:
    """Vector sum of the phase currents; the phase's own for a single phase."""
    total = 0j
    for phase, state in zip(PHASES, phases, strict=False):
        lag = math.atan2(state.reactive, state.active)
        total += cmath.rect(state.current, -2 * math.pi * phase / 3 - lag)
    return abs(total)


def _mean(values: list[float] | tuple[float, ...]) -> float:
    return sum(values) / len(values)
