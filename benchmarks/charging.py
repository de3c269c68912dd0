"""How much energy gets into the cars of a building, and is its limit ever passed?

A building with 20 stations of four kinds, one and three phases, cars that come and go by
a seed, lags of 5 to 15 s, lost frames and refused orders. The same weeks are run by

* the integration: fair sharing, with a hard limit after 10 s and raises after 10 s, and
  the manual's steps (the preset);
* no management at all;
* the words of the manual taken literally: the zone of the worst phase, one action a
  period, no thought of what is still on its way;
* a worst-phase rule: the room of the fullest phase, for everybody alike;

and held against the optimum of a linear program that knows everything beforehand.

Measured beside it: one decision for 255 stations, in time of the processor, so that a
busy machine counts for nothing: in the usual course, and the longest in red.
"""

import argparse
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import timedelta
import json
from pathlib import Path
from statistics import median
import sys
from time import process_time
from typing import Final

from custom_components.legrand_ews.ews.charging import (
    MAIN,
    Charge,
    ChargingConfig,
    Inputs,
    MeterReading,
    Sharing,
    State,
    StationReading,
    StationSpec,
    step,
)

from .charged.building import PHASES, START, settings
from .charged.optimum import optimum_kwh
from .charged.rivals import Literal, Own, Unmanaged, WorstPhase
from .charged.running import Figures, Manager, run_week

LIMIT_MS: Final = 5.0
LEAST_SHARE: Final = 0.97
STATIONS: Final = 255
FAIR: Final = "fair sharing"

WAYS: Final[dict[str, Callable[[ChargingConfig], Manager]]] = {
    FAIR: lambda config: Own(
        replace(config, sharing=Sharing.FAIR, hard_limit_after_s=10, raise_after_s=10)
    ),
    "the manual's steps": Own,
    "no management": Unmanaged,
    "the manual literally": Literal,
    "worst-phase rule": WorstPhase,
}


def main() -> int:
    """Measure, print a table and write JSON on request."""
    parser = argparse.ArgumentParser(prog="benchmarks.charging", description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--days", type=int, default=7, help="whole weeks are run")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=list(WAYS), help="one way alone")
    options = parser.parse_args()
    weeks = max(1, options.days // 7)
    config = settings()
    best = _optimum(config, options.seed, weeks)
    found = []
    for name, way in WAYS.items():
        if options.only in {None, name}:
            figures = Figures(name=name, optimum_kwh=best)
            manager = way(config)
            for week in range(weeks):
                run_week(config, manager, options.seed, week, figures)
            found.append(figures)
            _print(figures)
    times = {sharing.value: _decision_ms(sharing) for sharing in Sharing}
    for name, (usual, red) in times.items():
        print(
            f"one decision, {STATIONS} stations, {name}: {usual:.2f} ms, red {red:.2f} ms"
        )
    if options.json is not None:
        data = {"ways": [asdict(one) for one in found], "decision_ms": times}
        options.json.write_text(json.dumps(data, indent=2))
    return 0 if _is_kept(found, times) else 1


def _is_kept(found: list[Figures], times: dict[str, tuple[float, float]]) -> bool:
    fair = [one for one in found if one.name == FAIR]
    return all(max(pair) <= LIMIT_MS for pair in times.values()) and all(
        one.over_beyond_lag_as == 0
        and (one.optimum_kwh is None or one.energy_kwh >= LEAST_SHARE * one.optimum_kwh)
        for one in fair
    )


def _optimum(config: ChargingConfig, seed: int, weeks: int) -> float | None:
    try:
        return sum(optimum_kwh(config, seed, week) for week in range(weeks))
    except ImportError:
        print("highspy is not installed: no optimum to compare with\n")
        return None


def _print(one: Figures) -> None:
    print(one.name)
    rows = {
        "ampere-seconds above the limit": f"{one.over_as:12.0f}",
        "  of them beyond reaction and lag": f"{one.over_beyond_lag_as:12.0f}",
        "energy, kWh": f"{one.energy_kwh:12.0f}",
        "share of what the cars wanted": f"{one.energy_kwh / one.wanted_kwh:12.1%}",
        "cars satisfied": f"{one.satisfied:7d} of {one.cars}",
        "starts / stops / limits set": f"{one.starts} / {one.stops} / {one.limits_set}",
        "guarantees broken": f"{one.guarantees_broken:12d}",
    }
    if one.optimum_kwh is not None:
        rows["share of the optimum"] = f"{one.energy_kwh / one.optimum_kwh:12.1%}"
    for title, text in rows.items():
        print(f"  {title:36}{text}")
    print(flush=True)


def _decision_ms(sharing: Sharing) -> tuple[float, float]:
    """Return milliseconds of one decision: in the usual course, and when red comes."""
    config = ChargingConfig(
        maximum_a=4000,
        charging_a=3900,
        sharing=sharing,
        stations=tuple(
            StationSpec(id=number, rated_a=32, phases=_phases(number))
            for number in range(1, STATIONS + 1)
        ),
    )
    state, usual, red = State(), [], []
    now = START
    for turn in range(400):
        now += timedelta(seconds=5)
        load = 100 if turn < 330 else 3000
        drawn = dict.fromkeys(PHASES, load * 1000)
        stations = {}
        for spec in config.stations:
            known = state.stations.get(spec.id)
            session = None if known is None else known.session
            current = 0 if session is None else session.setting.limit_a * 1000
            for phase in spec.phases:
                drawn[phase] += current
            stations[spec.id] = StationReading(
                read_at=now,
                charge=Charge.CHARGING if current else Charge.CONNECTED,
                drawn_ma=(current,) * len(spec.phases),
            )
        meters = {MAIN: MeterReading(read_at=now, currents_ma=drawn)}
        before = process_time()
        state, _, _ = step(config, Inputs(meters=meters, stations=stations), state, now)
        took = (process_time() - before) * 1000
        if turn >= 330:
            red.append(took)
        elif turn >= 280:
            usual.append(took)
    return median(usual), max(red)


def _phases(number: int) -> tuple[int, ...]:
    return PHASES if number % 2 else (1 + number % 3,)


if __name__ == "__main__":
    sys.exit(main())
