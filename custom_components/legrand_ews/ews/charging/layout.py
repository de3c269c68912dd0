"""Which lines there are, and on which of them a station lies."""

from dataclasses import dataclass
from functools import lru_cache

from .config import MAIN, MILLI, ChargingConfig, StationSpec

SETTLING_MARGIN_MS = 5_000
"""What reading takes, beside the lag of the car."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One phase of one circuit; limits in mA. ``band_ma`` is the hysteresis."""

    circuit_id: int
    phase: int
    maximum_ma: int
    charging_ma: int
    band_ma: int
    is_metered: bool

    @property
    def key(self) -> tuple[int, int]:
        """Circuit and phase."""
        return self.circuit_id, self.phase


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A station: ``lines[k]`` are the places of the lines that conductor k loads."""

    spec: StationSpec
    currents_a: tuple[int, int, int, int]
    lines: tuple[tuple[int, ...], ...]
    all_lines: tuple[int, ...]
    settling_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """All lines and stations of a configuration."""

    lines: tuple[Line, ...]
    places: tuple[Place, ...]


@lru_cache(maxsize=8)
def layout_of(config: ChargingConfig) -> Layout:
    """Return the layout; a station is on the lines of its circuit and those above."""
    lines = tuple(
        Line(
            circuit_id=circuit.id,
            phase=phase,
            maximum_ma=circuit.maximum_a * MILLI,
            charging_ma=circuit.charging_a * MILLI,
            band_ma=circuit.maximum_a * MILLI * config.hysteresis_percent // 100,
            is_metered=bool(circuit.metered_phases),
        )
        for circuit in config.circuits
        for phase in circuit.metered_phases or _fed(config, circuit.id)
    )
    number = {line.key: place for place, line in enumerate(lines)}
    places = []
    for spec in sorted(config.stations, key=lambda spec: spec.id):
        path = _path(config, spec.circuit_id)
        by_conductor = tuple(
            tuple(number[circuit, phase] for circuit in path) for phase in spec.phases
        )
        places.append(
            Place(
                spec=spec,
                currents_a=config.currents_a(spec),
                lines=by_conductor,
                all_lines=tuple(x for group in by_conductor for x in group),
                settling_ms=spec.lag_s * MILLI + SETTLING_MARGIN_MS,
            )
        )
    return Layout(lines=lines, places=tuple(places))


def _path(config: ChargingConfig, circuit_id: int) -> list[int]:
    """Return the circuits from a station's own up to the main one."""
    parents = {feeder.id: feeder.parent_id for feeder in config.feeders}
    path = [circuit_id]
    while path[-1] != MAIN:
        path.append(parents[path[-1]])
    return path


def _fed(config: ChargingConfig, circuit_id: int) -> list[int]:
    """Return the phases that the stations behind a circuit use."""
    return sorted(
        {
            phase
            for spec in config.stations
            if circuit_id in _path(config, spec.circuit_id)
            for phase in spec.phases
        }
    )
