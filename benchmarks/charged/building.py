"""A building with 20 mixed charging stations, drawn from a seed.

A week begins on Sunday at noon, when no car is there: so weeks can be looked at one by
one. Loads change by the step and by the hour, each phase by itself.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from math import pi, sin
from random import Random
from typing import Final

from custom_components.legrand_ews.ews.charging import ChargingConfig, StationSpec

PERIOD_S: Final = 5
WEEK_S: Final = 7 * 86_400
START: Final = datetime(2026, 1, 4, 12, tzinfo=UTC)
"""A Sunday."""
MAXIMUM_A: Final = 125
CHARGING_A: Final = 115
PHASES: Final = (1, 2, 3)
_HOUR: Final = 3600
_NOON: Final = 12 * _HOUR


def settings(**more: object) -> ChargingConfig:
    """The building's load management: 20 stations of four kinds."""
    stations = [
        StationSpec(id=n, rated_a=32, minimum_a=7, is_greenup=True, phases=_turned(n))
        for n in range(1, 8)
    ]
    stations += [StationSpec(id=n, rated_a=16, phases=_turned(n)) for n in range(8, 12)]
    stations += [
        StationSpec(id=n, rated_a=32, minimum_a=7, is_greenup=True, phases=(1 + n % 3,))
        for n in range(12, 16)
    ]
    stations += [
        StationSpec(id=n, rated_a=20, phases=(1 + n % 3,), is_priority=n > 18)
        for n in range(16, 21)
    ]
    return ChargingConfig(
        maximum_a=MAXIMUM_A,
        charging_a=CHARGING_A,
        stations=tuple(stations),
        **more,  # type: ignore[arg-type]
    )


def _turned(number: int) -> tuple[int, ...]:
    first = number % 3
    return tuple(PHASES[first:] + PHASES[:first])


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A car: seconds of the week, and what it takes (mA, mA · s of one phase)."""

    station: int
    arrives_s: int
    leaves_s: int
    conductors: int
    highest_ma: int
    wanted_mas: int
    lag_s: int


def visits(seed: int, week: int, config: ChargingConfig) -> list[Visit]:
    """Return the cars of a week, in order of arrival; one at a time at a station."""
    found = []
    for spec in config.stations:
        rng = Random(f"{seed} {week} cars {spec.id}")
        is_at_work = spec.id % 3 == 0
        for day in range(7):
            is_weekend = day in {0, 6}
            if rng.random() > (0.15 if is_at_work and is_weekend else 0.85):
                continue
            if is_at_work:
                start = rng.gauss(8.2, 0.8)
                stay = rng.uniform(5, 9)
            else:
                start = rng.gauss(18.2, 1.3)
                stay = rng.uniform(5, 13)
            arrives = int((24 * day + start - 12) * _HOUR)
            leaves = int(arrives + stay * _HOUR)
            if arrives < 0 or leaves > WEEK_S - _HOUR:
                continue
            conductors = len(spec.phases) if rng.random() < 0.6 else 1
            highest = rng.choice((16, 16, 32) if conductors > 1 else (16, 32, 32))
            wanted_kwh = min(rng.gauss(24, 12), 75)
            if wanted_kwh < 4:
                continue
            found.append(
                Visit(
                    station=spec.id,
                    arrives_s=arrives,
                    leaves_s=leaves,
                    conductors=conductors,
                    highest_ma=highest * 1000,
                    wanted_mas=int(wanted_kwh * 3.6e9 / 230 / conductors),
                    lag_s=rng.randrange(5, 16, 5),
                )
            )
    return sorted(found, key=lambda visit: (visit.arrives_s, visit.station))


@lru_cache(maxsize=1)
def base_loads(seed: int, week: int) -> list[tuple[int, int, int]]:
    """Return mA of the other loads on the three phases, every period of a week."""
    found = []
    rng = Random(f"{seed} {week} loads")
    running: list[list[tuple[int, int]]] = [[], [], []]
    for index in range(WEEK_S // PERIOD_S):
        second = index * PERIOD_S
        hour = (second + _NOON) % 86_400 / _HOUR
        day = 30 + 14 * sin((hour - 9) / 24 * 2 * pi)
        evening = 22 * max(0.0, 1 - abs(hour - 19) / 3)
        loads = []
        for phase in range(3):
            if rng.random() < 0.004:
                until = second + rng.randrange(60, 1500)
                running[phase].append((until, rng.choice((4, 6, 8, 10, 14))))
            running[phase] = [entry for entry in running[phase] if entry[0] > second]
            steps = sum(amperes for _, amperes in running[phase])
            smooth = day * (1, 0.9, 1.1)[phase] + evening
            loads.append(int(1000 * (smooth + steps + rng.uniform(-0.4, 0.4))))
        found.append((loads[0], loads[1], loads[2]))
    return found
