"""Two bounds of the energy that can be charged within the limit.

The optimum, by a linear program, knows all loads and cars beforehand, needs no minimum
current, no lag and no whole amperes: nothing real can reach it. Even sharing is the same
without knowledge of the future: at any time the room is shared out among those that are
there, priority first, nobody having more than another who could take more.
"""

from collections import defaultdict
from dataclasses import dataclass
from importlib import import_module
from typing import Final

from custom_components.legrand_ews.ews.charging import (
    ChargingConfig,
    StationSpec,
)

from .building import CHARGING_A, PERIOD_S, PHASES, WEEK_S, Visit, base_loads, visits

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
        most = _most_a(visit, spec)
        row = []
        for slot in range(visit.arrives_s // SLOT_S, -(-visit.leaves_s // SLOT_S)):
            inside = _inside_s(visit, slot)
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


@dataclass(slots=True)
class _Part:
    """What a car may take in a slot, and takes, in A; and where."""

    visit: Visit
    most_a: float
    phases: tuple[int, ...]
    taken_a: float = 0.0


def even_kwh(config: ChargingConfig, seed: int, week: int) -> float:
    """Return the energy of one week in kWh if it were shared evenly, without any delay."""
    specs = {spec.id: spec for spec in config.stations}
    cars = visits(seed, week, config)
    left = [car.wanted_mas / 1000 for car in cars]
    total = 0.0
    for slot, base in enumerate(_mean_loads(seed, week)):
        room = {p: max(0.0, CHARGING_A - base[p - 1]) for p in PHASES}
        parts = {}
        for place, car in enumerate(cars):
            inside = _inside_s(car, slot)
            if inside > 0 and left[place] > 0:
                spec = specs[car.station]
                most = _most_a(car, spec) * inside / SLOT_S
                phases = spec.phases[: car.conductors]
                parts[place] = _Part(car, min(most, left[place] / SLOT_S), phases)
        for is_priority in (True, False):
            _share(
                [
                    part
                    for part in parts.values()
                    if specs[part.visit.station].is_priority is is_priority
                ],
                room,
            )
        for place, part in parts.items():
            left[place] -= part.taken_a * SLOT_S
            total += part.taken_a * part.visit.conductors
    return total * SLOT_S * 230 / 3.6e6


def _share(parts: list[_Part], room: dict[int, float]) -> None:
    """Raise all alike until they have enough or a phase of theirs is full."""
    tiny = 1e-9
    while parts := [
        part
        for part in parts
        if part.most_a - part.taken_a > tiny
        and all(room[phase] > tiny for phase in part.phases)
    ]:
        users = {p: sum(p in part.phases for part in parts) for p in room}
        rise = min(
            *(part.most_a - part.taken_a for part in parts),
            *(room[phase] / count for phase, count in users.items() if count),
        )
        for part in parts:
            part.taken_a += rise
        for phase, count in users.items():
            room[phase] -= rise * count


def _most_a(visit: Visit, spec: StationSpec) -> float:
    """Return what a car takes at most: 98 % of the limit are drawn, and so it is here."""
    return min(visit.highest_ma / 1000, spec.rated_a * 0.98)


def _inside_s(visit: Visit, slot: int) -> int:
    return min(visit.leaves_s, (slot + 1) * SLOT_S) - max(
        visit.arrives_s, slot * SLOT_S
    )


def _mean_loads(seed: int, week: int) -> list[list[float]]:
    slots = [[0.0, 0.0, 0.0] for _ in range(WEEK_S // SLOT_S)]
    for index, base in enumerate(base_loads(seed, week)):
        slot = slots[index * PERIOD_S // SLOT_S]
        for place, current in enumerate(base):
            slot[place] += current / 1000 * PERIOD_S / SLOT_S
    return slots
