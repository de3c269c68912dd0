"""Breakers and contactors: what they do to the circuits behind them.

States and causes have the names of the quantities ``breaker_state`` and
``trip_cause`` (registers.md T8). Every breaker is closed, and has never
tripped, until somebody interferes.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from enum import StrEnum
from typing import Final

from .building import Circuit

TRIP_CAUSES: Final = (
    "long_delay",
    "short_delay",
    "instantaneous",
    "earth_fault",
    "residual_current",
    "neutral",
    "temperature",
    "test",
    "external",
)
"""Why a breaker can trip."""


class BreakerState(StrEnum):
    """Position of the main contacts."""

    OPEN = "open"
    CLOSED = "closed"
    TRIPPED = "tripped"


class Switch:
    """Contacts in front of circuits, all of which they cut at once."""

    def __init__(self, name: str, circuits: Iterable[Circuit]) -> None:
        """Close the contacts; ``name`` tells switches in series apart."""
        self.operations = 0
        """How often the contacts have moved since the installation."""
        self.is_closed = True
        self._name = name
        self._circuits = tuple(circuits)

    def open(self, now: datetime) -> None:
        """Open the contacts; nothing happens where they are open already."""
        if self.is_closed:
            self.is_closed = False
            self.operations += 1
            for circuit in self._circuits:
                circuit.flow.cut(self._name, now)

    def close(self, now: datetime) -> None:
        """Close the contacts; nothing happens where they are closed already."""
        if not self.is_closed:
            self.is_closed = True
            self.operations += 1
            for circuit in self._circuits:
                circuit.flow.restore(self._name, now)


class Breaker:
    """A protection device with its memory of the last trip.

    ``current_a`` gives the current through it at an instant, which a trip
    remembers when none is named. After a trip it is reset, then closed; a
    close order alone does both, as a motor drive does.
    """

    def __init__(
        self,
        switch: Switch,
        *,
        rated_current_a: int,
        current_a: Callable[[datetime], float],
    ) -> None:
        """Build it closed."""
        self.state = BreakerState.CLOSED
        self.rated_current_a = rated_current_a
        self.trip_cause = "none"
        self.trip_current_a = 0.0
        self.trips = 0
        self._switch = switch
        self._current_a = current_a

    @property
    def operations(self) -> int:
        """How often the contacts have moved."""
        return self._switch.operations

    def open(self, now: datetime) -> None:
        """Open by order; a breaker that has tripped stays tripped."""
        self._switch.open(now)
        if self.state is BreakerState.CLOSED:
            self.state = BreakerState.OPEN

    def close(self, now: datetime) -> None:
        """Close, also after a trip."""
        self._switch.close(now)
        self.state = BreakerState.CLOSED

    def reset(self) -> None:
        """Acknowledge a trip: the breaker is open, and its cause forgotten."""
        if self.state is BreakerState.TRIPPED:
            self.state = BreakerState.OPEN
        self.trip_cause = "none"

    def trip(self, now: datetime, cause: str, current_a: float | None = None) -> None:
        """Trip for ``cause``; ValueError for an unknown one or open contacts."""
        if cause not in TRIP_CAUSES:
            raise ValueError(f"cause {cause!r} is none of {', '.join(TRIP_CAUSES)}")
        if self.state is not BreakerState.CLOSED:
            raise ValueError(f"a breaker that is {self.state} cannot trip")
        self.trip_current_a = self._current_a(now) if current_a is None else current_a
        self.trip_cause = cause
        self.trips += 1
        self._switch.open(now)
        self.state = BreakerState.TRIPPED
