"""What one meter sees: the sum of the circuits behind its sensors."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from custom_components.legrand_ews.ews.quantities import Fluid

from .building import PERMILLE, PHASES, Building, Circuit
from .flow import Flow
from .weather import Day

PHASE_NAMES: Final = ("l1", "l2", "l3")
_MICROHOUR: Final = timedelta(microseconds=3600)


class Feed:
    """A metering point: circuits, seen by a meter of one or three phases.

    All circuits carry the same fluid: a meter over consumers and generators
    at once would need their balance at every instant, which the exact totals
    of curves do not give. Generators have a delivery point of their own.
    """

    def __init__(
        self,
        building: Building,
        circuits: Sequence[Circuit],
        *,
        phases: int = 3,
        is_reversed: bool = False,
        is_one_way: bool = False,
        is_undisturbed: bool = False,
    ) -> None:
        """Put a meter on ``circuits``; ``is_reversed`` turns its sensors round.

        One that ``is_one_way`` has one register for either direction of energy.
        With ``is_undisturbed`` it sees what would have flowed, had nobody
        interfered: what histories are written from. Without circuits it sees
        nothing, as a module does that measures nothing.
        """
        fluids = {circuit.spec.fluid for circuit in circuits} or {Fluid.ELECTRICITY}
        if len(fluids) != 1:
            raise ValueError("a meter needs circuits of one fluid")
        self.fluid = fluids.pop()
        self.building = building
        self.circuits = tuple(circuits)
        self.flows: tuple[Flow, ...] = tuple(
            circuit.curve if is_undisturbed else circuit.flow for circuit in circuits
        )
        self.phases = phases
        self.is_one_way = is_one_way
        self._is_reversed = is_reversed
        # What the site consumes flows in; a generator or a turned sensor flips it.
        self.flows_out = (self.fluid is Fluid.ELECTRICITY_EXPORT) != is_reversed
        self.order = self._phase_order()

    def _phase_order(self) -> tuple[int, ...]:
        if self.phases == 3 or not self.circuits:
            return PHASES[: self.phases]
        # A single-phase meter calls the phase it sits on its first.
        sits_on = {circuit.spec.phase for circuit in self.circuits}
        own = sits_on.pop()
        if own is None or sits_on:
            raise ValueError("a single-phase meter needs circuits of one phase")
        return (own - 1,)

    @property
    def undisturbed(self) -> Feed:
        """The same metering point, had nobody interfered."""
        return Feed(
            self.building,
            self.circuits,
            phases=self.phases,
            is_reversed=self._is_reversed,
            is_one_way=self.is_one_way,
            is_undisturbed=True,
        )

    def total(self, instant: datetime) -> int:
        """Millionths of a Wh or dm³ that have passed, whatever the direction."""
        return sum(flow.total(instant) for flow in self.flows)

    def counters(self, instant: datetime) -> Mapping[str, int]:
        """Every counter by quantity, in millionths of its unit.

        Phase counters add up to the total within a few millionths (each is
        cut). Apparent energy is the sum over circuits.
        """
        totals = [flow.total(instant) for flow in self.flows]
        if self.fluid in {Fluid.GAS, Fluid.WATER}:
            return {self.main_counter: sum(totals)}
        reactive = self._scaled(totals, [c.tangent_permille for c in self.circuits])
        apparent = self._scaled(totals, [c.secant_permille for c in self.circuits])
        run_time = instant - self.building.calendar.at(self.building.installed).start
        counters = {
            **self._directed("active_energy", totals),
            **self._directed("reactive_energy", reactive),
            "apparent_energy": sum(apparent),
            "apparent_energy_partial": sum(apparent),
            "run_hours": run_time // _MICROHOUR,
        }
        for name in ("active_energy_import", "reactive_energy_import"):
            counters[f"{name}_t1"] = counters[name]
        return counters

    def slots_of(self, day: Day, quantity: str) -> Sequence[int]:
        """One counter at the edges of the day's slots, as ``counters`` has it.

        Volumes, active and reactive energies in both directions; KeyError for
        another quantity.
        """
        edges = [flow.slot_totals(day) for flow in self.flows]
        name, _, direction = quantity.rpartition("_")
        if direction == "volume":
            return [sum(totals) for totals in zip(*edges, strict=True)]
        if name not in {"active_energy", "reactive_energy"}:
            raise KeyError(quantity)
        if direction != self.direction:
            return [0] * len(edges[0])
        if name == "reactive_energy":
            edges = [
                [t * circuit.tangent_permille // PERMILLE for t in totals]
                for circuit, totals in zip(self.circuits, edges, strict=True)
            ]
        return [sum(totals) for totals in zip(*edges, strict=True)]

    @property
    def direction(self) -> str:
        """Where energy goes, as the meter sees it: ``import`` or ``export``."""
        return "export" if self.flows_out and not self.is_one_way else "import"

    @property
    def main_counter(self) -> str:
        """The counter that moves with the feed: a volume or active energy."""
        if self.fluid in {Fluid.GAS, Fluid.WATER}:
            return f"{self.fluid.value}_volume"
        return f"active_energy_{self.direction}"

    @staticmethod
    def _scaled(totals: Sequence[int], factors_permille: Sequence[int]) -> list[int]:
        return [
            total * factor // PERMILLE
            for total, factor in zip(totals, factors_permille, strict=True)
        ]

    def _directed(self, name: str, totals: Sequence[int]) -> dict[str, int]:
        """Counters of one energy in both directions, whole and by phase."""
        flowing = self.direction
        still = "import" if flowing == "export" else "export"
        counters = {
            f"{name}_{flowing}": sum(totals),
            f"{name}_{flowing}_partial": sum(totals),
            f"{name}_{still}": 0,
            f"{name}_{still}_partial": 0,
        }
        for label, phase in zip(PHASE_NAMES, self.order, strict=False):
            shares = [circuit.shares_permille[phase] for circuit in self.circuits]
            counters[f"{name}_{flowing}_{label}"] = sum(self._scaled(totals, shares))
            counters[f"{name}_{still}_{label}"] = 0
        return counters
