"""How much energy gets into the cars of a building, and is its limit ever passed?

A building with 20 stations of four kinds, one and three phases, cars that come and go by
a seed, lags of 5 to 15 s, lost frames and refused orders. The same weeks are run by

* the integration: fair sharing, once without a word from the drivers and once told when
  they leave and how much they want; the manual's steps (the preset), with its factory
  settings and with a hard limit after 10 s instead of a minute;
* no management at all;
* the words of the manual taken literally: the zone of the worst phase, one action a
  period, no thought of what is still on its way;
* a worst-phase rule: the room of the fullest phase, for everybody alike;

and held against the optimum of a linear program that knows everything beforehand: all
loads, arrivals, departures and wishes of the whole week, and needs no minimum current, no
lag and no whole amperes. What even sharing would reach without minimum, lag and whole
amperes, but with no knowledge of the future, is told beside it: of what is missing to the
optimum, that part is the price of not knowing who leaves when. Serving first who has
received least, or who came first, does not lower it: over eight weeks of fresh seeds
(3000 to 3007) even shares reached 96.7 %, first come first served 96.4 %, and without any
lag, over six others, even shares 97.0 %, the least received first 96.4 %.

Beyond reaction and lag is what is above the limit for longer than cars and reaction need.
The preset is there while vehicles that have not received their guaranteed quantity hold
it: the manual reduces them by two steps and stops none, until after 60 s the hard limit
does. The table tells apart what is beyond that ("past guarantee").

Measured beside it: one decision for 255 stations, in time of the processor, in start-up,
in the usual course, in red and with a queue; each the least of some repetitions, seconds
apart, for a decision is a pure function, so that a machine that is busy for a while
disturbs little. The load of the machine is told.
"""

import argparse
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, fields, replace
from datetime import timedelta
import json
from multiprocessing import get_context
import os
from pathlib import Path
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
from .charged.optimum import even_kwh, optimum_kwh
from .charged.rivals import Literal, Own, OwnTold, Unmanaged, WorstPhase
from .charged.running import Figures, Manager, run_week
from .spread import p95

LIMIT_MS: Final = 5.0
LEAST_SHARE: Final = 0.97
STATIONS: Final = 255
TURNS: Final = 520
COURSES: Final = 5
"""A machine that is slow for some seconds is so in one of them."""
WEEKS_OF_A_YEAR: Final = 52
FAIR: Final = "fair sharing"
TOLD: Final = "fair, departures told"
_FOOTNOTE: Final = (
    "Past lag, our preset: vehicles without their guaranteed quantity are stopped by the\n"
    "hard limit alone, which by default waits for 60 s; past guarantee is what is beyond."
)
_FAIR: Final = {
    "sharing": Sharing.FAIR,
    "hard_limit_after_s": 10,
    "raise_after_s": 10,
}

WAYS: Final[
    dict[str, tuple[Callable[[ChargingConfig], Manager], dict[str, object]]]
] = {
    "no management": (Unmanaged, {}),
    "manual literally": (Literal, {}),
    "worst-phase rule": (WorstPhase, {}),
    "our preset": (Own, {}),
    "preset, hard limit 10 s": (Own, {"hard_limit_after_s": 10}),
    FAIR: (Own, _FAIR),
    TOLD: (OwnTold, _FAIR),
}


def main() -> int:
    """Measure, print a table and write JSON on request."""
    parser = argparse.ArgumentParser(prog="benchmarks.charging", description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--weeks", type=int, default=1)
    parser.add_argument("--year", action="store_true", help="run 52 weeks")
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--only", nargs="+", choices=list(WAYS), help="some ways alone")
    parser.add_argument("--jobs", type=int, default=os.process_cpu_count() or 1)
    parser.add_argument("--decisions", action="store_true", help="only decisions")
    options = parser.parse_args()
    weeks = WEEKS_OF_A_YEAR if options.year else options.weeks
    ways = options.only or list(WAYS)
    times = {sharing.value: _decisions_ms(sharing) for sharing in Sharing}
    _print_decisions(times)
    found: list[Figures] = []
    if not options.decisions:
        found = _run(ways, options.seed, weeks, options.jobs)
        _print_table(found, options.seed, weeks)
    if options.json is not None:
        data = {
            "seed": options.seed,
            "weeks": weeks,
            "ways": [asdict(one) for one in found],
            "decision_ms": times,
            "load": os.getloadavg(),
        }
        options.json.write_text(json.dumps(data, indent=2))
    return 0 if _is_kept(found, times) else 1


def _run(ways: list[str], seed: int, weeks: int, jobs: int) -> list[Figures]:
    """Run all weeks in all ways, side by side in processes; tell of each week."""
    found = {name: Figures(name=name) for name in ways}
    bounds = [0.0, 0.0]
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        # Week by week, so that one that is cut off has told of whole weeks.
        limits = [pool.submit(_bounds, seed, week) for week in range(weeks)]
        work = [(name, seed, week) for week in range(weeks) for name in ways]
        for done, one in enumerate(pool.map(_one_week, work), 1):
            _add(found[one.name], one)
            week, left = divmod(done, len(ways))
            if not left:
                more = limits[week - 1].result()
                bounds = [x + y for x, y in zip(bounds, more, strict=True)]
                for figures in found.values():
                    figures.optimum_kwh, figures.even_kwh = bounds[0] or None, bounds[1]
                _print_week(week, found.values())
    return list(found.values())


def _print_week(week: int, found: Iterable[Figures]) -> None:
    """Print what is known after a week: the share of the optimum, and A·s past the lag."""
    parts = [
        f"{one.name} {'?' if (share := _share(one)) is None else f'{share:.2%}'}"
        f" / {one.over_beyond_lag_as:.0f}"
        for one in found
    ]
    print(f"{week} weeks: {'; '.join(parts)}", file=sys.stderr, flush=True)


def _share(one: Figures) -> float | None:
    return None if one.optimum_kwh is None else one.energy_kwh / one.optimum_kwh


def _one_week(work: tuple[str, int, int]) -> Figures:
    name, seed, week = work
    manager, changes = WAYS[name]
    config = replace(settings(), **changes)  # type: ignore[arg-type]
    figures = Figures(name=name)
    grace_s = config.hard_limit_after_s
    run_week(config, manager(config), seed, week, figures, grace_s=grace_s)
    return figures


def _bounds(seed: int, week: int) -> tuple[float, float]:
    config = settings()
    even = even_kwh(config, seed, week)
    try:
        return optimum_kwh(config, seed, week), even
    except ImportError:
        print("highspy is not installed: no optimum to compare with")
        return 0.0, even


def _add(total: Figures, one: Figures) -> None:
    for field in fields(Figures):
        value = getattr(one, field.name)
        if isinstance(value, int | float):
            setattr(total, field.name, getattr(total, field.name) + value)


def _is_kept(
    found: list[Figures], times: dict[str, dict[str, tuple[float, float, float]]]
) -> bool:
    by_name = {one.name: one for one in found}
    told = by_name.get(TOLD)
    ours = [by_name[name] for name in (FAIR, TOLD) if name in by_name]
    return (
        all(usual <= LIMIT_MS for one in times.values() for _, usual, _ in one.values())
        and all(one.over_beyond_lag_as == 0 for one in ours)
        and (
            told is None
            or told.optimum_kwh is None
            or told.energy_kwh >= LEAST_SHARE * told.optimum_kwh
        )
    )


def _print_table(found: list[Figures], seed: int, weeks: int) -> None:
    print(f"\n{weeks} weeks from seed {seed}, 20 stations, {found[0].cars} cars\n")
    titles = [
        "",
        "A·s above",
        "past lag",
        "past guarantee",
        "kWh",
        "of optimum",
        "of wanted",
        "cars full",
        "starts",
        "stops",
        "limits",
        "guarantees broken",
    ]
    rows = [list(_row(one)) for one in found]
    one = found[0]
    if one.optimum_kwh is not None:
        even = one.even_kwh / one.optimum_kwh
        best = f"{one.optimum_kwh:.0f}"
        rows.append(["even, ideal", *"000", f"{one.even_kwh:.0f}", f"{even:.1%}"])
        rows.append(["optimum", *"000", best, "100 %"])
    widths = [max(len(row[n]) for row in [titles, *rows[:-2]]) for n in range(12)]
    for row in [titles, *rows]:
        cells = [
            text.ljust(width) if not n else text.rjust(width)
            for n, (text, width) in enumerate(zip(row, widths, strict=False))
        ]
        print("  ".join(cells))
    print(f"\n{_FOOTNOTE}")


def _row(one: Figures) -> Iterator[str]:
    yield one.name
    yield f"{one.over_as:.0f}"
    yield f"{one.over_beyond_lag_as:.0f}"
    yield f"{one.over_beyond_grace_as:.0f}"
    yield f"{one.energy_kwh:.0f}"
    share = _share(one)
    yield "?" if share is None else f"{share:.1%}"
    yield f"{one.energy_kwh / one.wanted_kwh:.1%}"
    yield str(one.satisfied)
    yield str(one.starts)
    yield str(one.stops)
    yield str(one.limits_set)
    yield str(one.guarantees_broken)


def _print_decisions(times: dict[str, dict[str, tuple[float, float, float]]]) -> None:
    load = os.getloadavg()[0]
    print(f"one decision, {STATIONS} stations, ms of the processor (load {load:.1f})")
    for sharing, by_situation in times.items():
        for situation, (least, usual, most) in by_situation.items():
            spread = f"least {least:5.2f}  p95 {usual:5.2f}  most {most:5.2f}"
            print(f"  {sharing:6} {situation:9} {spread}")


def _situation(turn: int) -> tuple[str, int]:
    """Return what is looked at in a turn, and the other loads in A."""
    for until, name, load in (
        (280, "start-up", 100),
        (300, "steady", 100),
        (370, "red", 3000),
        (420, "queue", 3850),
        (TURNS, "recovery", 1500),
    ):
        if turn < until:
            return name, load
    raise ValueError(turn)


def _decisions_ms(sharing: Sharing) -> dict[str, tuple[float, float, float]]:
    """Return milliseconds of one decision by situation: the least, 95 of 100, the most."""
    courses = [_course_ms(sharing) for _ in range(COURSES)]
    found: dict[str, list[float]] = {}
    for turn, took in enumerate(zip(*courses, strict=True)):
        found.setdefault(_situation(turn)[0], []).append(min(took))
    return {name: (min(took), p95(took), max(took)) for name, took in found.items()}


def _course_ms(sharing: Sharing) -> list[float]:
    """Return milliseconds of each decision in the same course of events."""
    config = ChargingConfig(
        maximum_a=4000,
        charging_a=3900,
        sharing=sharing,
        stations=tuple(
            StationSpec(id=number, rated_a=32, phases=_phases(number))
            for number in range(1, STATIONS + 1)
        ),
    )
    state, now = State(), START
    found: list[float] = []
    for turn in range(TURNS):
        _, load = _situation(turn)
        now += timedelta(seconds=5)
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
        inputs = Inputs(meters=meters, stations=stations)
        took, after = [], state
        for _ in range(2):
            before = process_time()
            after, _, _ = step(config, inputs, state, now)
            took.append((process_time() - before) * 1000)
        state = after
        found.append(min(took))
    return found


def _phases(number: int) -> tuple[int, ...]:
    return PHASES if number % 2 else (1 + number % 3,)


if __name__ == "__main__":
    sys.exit(main())
