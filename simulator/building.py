"""The building: circuits that consume, and what a meter on them would see.

A pure function of (seed, instant) as long as nobody interferes: nothing is
stored, so the past that a demo writes and the counters that live meters show come
from the same numbers. What is switched or plugged in changes a circuit's flow from
that instant on; its curve goes on describing the undisturbed course.
Loads are inductive or ohmic; a circuit's power factor is constant, that of a
meter over several circuits follows their mixture.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
import math
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

from custom_components.legrand_ews.ews.quantities import Fluid

from .charging import Side
from .curve import CircuitCurve
from .demand import ON_DEMAND, DemandFlow, Stillness
from .flow import Switchable, SwitchedFlow
from .mains import Network, network
from .profiles import PROFILES
from .randomness import chance
from .station import TIMETABLES, StationCurve, StationFlow
from .weather import Calendar

PERMILLE: Final = 1000
PHASES: Final = (0, 1, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class CircuitSpec:
    """A circuit as the site file describes it.

    ``rated`` is W, or dm³/h for gas and water. ``phase`` is 1, 2, 3, or None
    for three phases. ``fluid`` ELECTRICITY_EXPORT marks a generator.
    """

    name: str
    profile: str
    rated: float
    fluid: Fluid = Fluid.ELECTRICITY
    phase: int | None = None
    power_factor: float = 0.95
    distortion_percent: float = 10.0


class Circuit:
    """A circuit with its curve and flow, its phases and its power factor."""

    def __init__(
        self, spec: CircuitSpec, *, seed: int, installed: date, calendar: Calendar
    ) -> None:
        """Draw what is constant for the circuit's whole life."""
        self.spec = spec
        self.shares_permille = _phase_shares(seed, spec)
        tangent = math.sqrt(1 / spec.power_factor**2 - 1)
        self.tangent_permille = round(PERMILLE * tangent)
        """Reactive over active power."""
        self.secant_permille = round(
            math.hypot(PERMILLE, self.tangent_permille),
        )
        """Apparent over active power."""
        self.curve: CircuitCurve | StationCurve | Stillness
        """The undisturbed course: the past that histories are written from."""
        self.flow: Switchable
        """What really flows, after everything that was done to it."""
        self.station: StationFlow | None = None
        """The same flow where the circuit feeds a charging station."""
        self.demand: DemandFlow | None = None
        """The same flow where the circuit draws what is set."""
        if spec.profile == ON_DEMAND:
            self.curve = Stillness()
            self.flow = self.demand = DemandFlow(spec.rated)
            return
        if spec.profile in TIMETABLES:
            curve = _station_curve(spec, seed, installed, calendar)
            self.curve = curve
            self.flow = self.station = StationFlow(curve)
            return
        self.curve = CircuitCurve(
            seed=seed,
            name=spec.name,
            profile=PROFILES[spec.profile],
            rated=spec.rated,
            installed=installed,
            calendar=calendar,
        )
        self.flow = SwitchedFlow(self.curve)


class Building:
    """All circuits of a site, its calendar and its supply network."""

    def __init__(
        self,
        *,
        seed: int,
        zone: ZoneInfo,
        installed: date,
        circuits: Sequence[CircuitSpec],
    ) -> None:
        """Every counter starts at zero with the first midnight of ``installed``."""
        self.seed = seed
        self.installed = installed
        self.calendar = Calendar(seed, zone)
        self.circuits: Mapping[str, Circuit] = MappingProxyType(
            {
                spec.name: Circuit(
                    spec, seed=seed, installed=installed, calendar=self.calendar
                )
                for spec in circuits
            }
        )
        self._network: tuple[datetime, Network] | None = None

    def network(self, instant: datetime) -> Network:
        """State of the supply at ``instant``; the latest one is remembered."""
        if self._network is None or self._network[0] != instant:
            self._network = (instant, network(self.seed, instant))
        return self._network[1]


def _station_curve(
    spec: CircuitSpec, seed: int, installed: date, calendar: Calendar
) -> StationCurve:
    side = Side.of(
        phases=3 if spec.phase is None else 1,
        rated_w=spec.rated,
        power_factor=spec.power_factor,
    )
    return StationCurve(
        seed=seed,
        name=spec.name,
        timetable=spec.profile,
        side=side,
        installed=installed,
        calendar=calendar,
    )


def _phase_shares(seed: int, spec: CircuitSpec) -> tuple[int, int, int]:
    if spec.phase is not None:
        first, second, third = (PERMILLE * (spec.phase == n) for n in (1, 2, 3))
        return first, second, third
    if spec.profile in (*TIMETABLES, ON_DEMAND):
        return 333, 333, 334
    first = round(333 + 60 * (chance(seed, spec.name, "L1") - 0.5))
    second = round(333 + 60 * (chance(seed, spec.name, "L2") - 0.5))
    return first, second, PERMILLE - first - second
