"""Whether the settings of the load management make sense, field by field."""

from collections import Counter
from collections.abc import Iterator

from ..model.device import PHASES
from ..model.problems import Problem, check_range, problem
from .config import (
    LARGEST_HYSTERESIS_PERCENT,
    LOWEST_CURRENT_A,
    LOWEST_GREENUP_A,
    MAIN,
    ChargingConfig,
    Circuit,
    Fallback,
    StationSpec,
)

LARGEST_CURRENT_A = 6300
LARGEST_STATION_A = 80
LARGEST_GUARANTEE_AH = 1000
LONGEST_WAIT_S = 3600
LONGEST_LAG_S = 120


def check_config(config: ChargingConfig) -> list[Problem]:
    """Return all that is wrong; the field of a part names it, ``stations.17.phases``."""
    return [
        *_limits("", config.maximum_a, config.charging_a),
        *check_range(
            "hysteresis_percent",
            config.hysteresis_percent,
            0,
            LARGEST_HYSTERESIS_PERCENT,
        ),
        *_steps(config),
        *check_range("guaranteed_ah", config.guaranteed_ah, 0, LARGEST_GUARANTEE_AH),
        *_times(config),
        *_fallbacks(config),
        *(found for feeder in config.feeders for found in _feeder(feeder, config)),
        *_doubles("feeders", [MAIN, *(feeder.id for feeder in config.feeders)]),
        *(found for spec in config.stations for found in _station(spec, config)),
        *_doubles("stations", [spec.id for spec in config.stations]),
    ]


def _limits(at: str, maximum_a: int, charging_a: int) -> Iterator[Problem]:
    yield from check_range(
        f"{at}maximum_a", maximum_a, LOWEST_CURRENT_A, LARGEST_CURRENT_A
    )
    yield from check_range(
        f"{at}charging_a", charging_a, LOWEST_CURRENT_A, LARGEST_CURRENT_A
    )
    if charging_a > maximum_a:
        yield problem(
            f"{at}charging_a", "charging_limit_above_maximum", limit=maximum_a
        )


def _steps(config: ChargingConfig) -> Iterator[Problem]:
    first, second = config.first_step_percent, config.second_step_percent
    yield from check_range("first_step_percent", first, 1, 100)
    yield from check_range("second_step_percent", second, 1, 100)
    if second > first:
        yield problem("second_step_percent", "steps_not_descending", first=first)


def _times(config: ChargingConfig) -> Iterator[Problem]:
    for name in (
        "raise_after_s",
        "hard_limit_after_s",
        "stale_after_s",
        "fallback_after_s",
        "last_resort_after_s",
        "start_patience_s",
    ):
        yield from check_range(name, getattr(config, name), 0, LONGEST_WAIT_S)
    if config.fallback_after_s < config.stale_after_s:
        yield problem("fallback_after_s", "time_too_short", least=config.stale_after_s)
    if config.last_resort_after_s < config.fallback_after_s:
        yield problem(
            "last_resort_after_s", "time_too_short", least=config.fallback_after_s
        )


def _fallbacks(config: ChargingConfig) -> Iterator[Problem]:
    order = list(Fallback)
    if order.index(config.last_resort) < order.index(config.fallback):
        yield problem("last_resort", "fallbacks_not_descending")


def _feeder(feeder: Circuit, config: ChargingConfig) -> Iterator[Problem]:
    at = f"feeders.{feeder.id}."
    yield from _limits(at, feeder.maximum_a, feeder.charging_a)
    parents = {circuit.id: circuit.parent_id for circuit in config.feeders}
    parent, seen = feeder.parent_id, {feeder.id}
    while parent != MAIN:
        if parent not in parents:
            yield problem(f"{at}parent_id", "circuit_unknown")
            return
        if parent in seen:
            yield problem(f"{at}parent_id", "circuit_in_itself")
            return
        seen.add(parent)
        parent = parents[parent]


def _station(spec: StationSpec, config: ChargingConfig) -> Iterator[Problem]:
    at = f"stations.{spec.id}."
    least = LOWEST_GREENUP_A if spec.is_greenup else LOWEST_CURRENT_A
    yield from check_range(f"{at}minimum_a", spec.minimum_a, least, LARGEST_STATION_A)
    yield from check_range(f"{at}rated_a", spec.rated_a, 1, LARGEST_STATION_A)
    if spec.rated_a < spec.minimum_a:
        yield problem(f"{at}rated_a", "rated_below_minimum", minimum=spec.minimum_a)
    yield from check_range(f"{at}lag_s", spec.lag_s, 0, LONGEST_LAG_S)
    if (
        len(spec.phases) not in {1, len(PHASES)}
        or len(set(spec.phases)) != len(spec.phases)
        or not set(spec.phases) <= set(PHASES)
    ):
        yield problem(f"{at}phases", "station_phases_wrong")
        return
    circuits = {circuit.id: circuit for circuit in config.circuits}
    circuit = circuits.get(spec.circuit_id)
    if circuit is None:
        yield problem(f"{at}circuit_id", "circuit_unknown")
        return
    seen: set[int] = set()
    while circuit is not None and circuit.id not in seen:
        seen.add(circuit.id)
        missing = set(spec.phases) - set(circuit.metered_phases)
        if missing and (circuit.metered_phases or circuit.id == MAIN):
            phases = ", ".join(f"L{phase}" for phase in sorted(missing))
            yield problem(f"{at}phases", "phase_not_measured", phases=phases)
            return
        circuit = None if circuit.id == MAIN else circuits.get(circuit.parent_id)


def _doubles(at: str, numbers: list[int]) -> Iterator[Problem]:
    for number, count in Counter(numbers).items():
        if count > 1:
            yield problem(f"{at}.{number}.id", "charging_number_taken", number=number)
