"""The most energy that could be charged within the limit, by a linear program.

It knows all loads and cars beforehand, needs no minimum current, no lag and no whole
amperes: a bound that nothing real can reach.
"""

from collections import defaultdict
from importlib import import_module
from typing import Final

from custom_components.legrand_ews.ews.charging import ChargingConfig

from .building import CHARGING_A, PERIOD_S, WEEK_S, base_loads, visits

SLOT_S: Final = 300


def optimum_kwh(config: ChargingConfig, seed: int, week: int) -> float:
    """Return the largest energy of one week in kWh; needs `highspy`."""
    highspy = import_module("highspy")
    loads = _mean_loads(seed, week)
    specs = {spec.id: spec for spec in config.stations}
    model = highspy.Highs()
    model.silent()
    on_line: defaultdict[tuple[int, int], list[object]] = defaultdict(list)
    energy: list[object] = []
    for visit in visits(seed, week, config):
        spec = specs[visit.station]
        # 98 % of the limit are drawn, and so it is here.
        most = min(visit.highest_ma / 1000, spec.rated_a * 0.98)
        row = []
        for slot in range(visit.arrives_s // SLOT_S, -(-visit.leaves_s // SLOT_S)):
            inside = min(visit.leaves_s, (slot + 1) * SLOT_S) - max(
                visit.arrives_s, slot * SLOT_S
            )
            variable = model.addVariable(lb=0, ub=most * inside / SLOT_S)
            row.append(variable)
            for phase in spec.phases[: visit.conductors]:
                on_line[slot, phase].append(variable)
        model.addConstr(highspy.Highs.qsum(row) <= visit.wanted_mas / 1000 / SLOT_S)
        energy += [visit.conductors * variable for variable in row]
    for (slot, phase), variables in on_line.items():
        room = max(0.0, CHARGING_A - loads[slot][phase - 1])
        model.addConstr(highspy.Highs.qsum(variables) <= room)
    model.maximize(highspy.Highs.qsum(energy))
    return float(model.getObjectiveValue()) * SLOT_S * 230 / 3.6e6


def _mean_loads(seed: int, week: int) -> list[list[float]]:
    slots = [[0.0, 0.0, 0.0] for _ in range(WEEK_S // SLOT_S)]
    for index, base in enumerate(base_loads(seed, week)):
        slot = slots[index * PERIOD_S // SLOT_S]
        for place, current in enumerate(base):
            slot[place] += current / 1000 * PERIOD_S / SLOT_S
    return slots
