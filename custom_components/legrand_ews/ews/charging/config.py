"""What the load management of charging stations is told once (7.16.5, S118-S124).

Currents are whole amperes of one phase. A *circuit* is what a limit belongs to: the
main one, or a feeder inside the building; a *line* is one phase of one circuit. Every
rule of this package is applied to each line by itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Final

from ..model.device import PHASES

LOWEST_CURRENT_A: Final = 6
"""Below it a pilot signal has no meaning (IEC 61851-1)."""
LOWEST_GREENUP_A: Final = 7
"""Below it the board of a Green'Up station faults (registers.md T10.1)."""
LARGEST_HYSTERESIS_PERCENT: Final = 20
MAIN: Final = 0
"""Number of the main circuit."""
USUAL_LAG_S: Final = 15
"""How long a car takes to follow a changed limit, where nothing else is known."""
MILLI: Final = 1000


class Level(IntEnum):
    """How far the current of a process is reduced."""

    RATED = 0
    FIRST = 1
    SECOND = 2
    MINIMUM = 3
    """The station's minimum: only for the hard limit, or when no meter is heard."""


START_LEVELS: Final = (Level.RATED, Level.FIRST, Level.SECOND)
"""What a process may begin with, the best first (Q31)."""


class Fallback(StrEnum):
    """What processes get when the meter is silent (Q33)."""

    SECOND_STEP = "second_step"
    MINIMUM = "minimum"
    PAUSE = "pause"


class Sharing(StrEnum):
    """How the available current is shared out."""

    STEPS = "steps"
    """By the manual: two reduction steps, a queue, recovery in order."""
    FAIR = "fair"
    """Evenly to the ampere, priority first (beyond the manual)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Circuit:
    """A part of the installation with a limit of its own, for each phase alike.

    ``charging_a`` is the threshold between green and yellow, ``maximum_a`` that between
    yellow and red. ``metered_phases`` are those that its meter measures; a circuit
    without any feeds stations only, and their currents are summed up.
    """

    id: int
    maximum_a: int
    charging_a: int
    metered_phases: tuple[int, ...] = ()
    parent_id: int = MAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class StationSpec:
    """One side of a charging station, of whatever make.

    ``phases`` are the building's phases in the order of the station's conductors, one or
    three (S73). ``lag_s`` is how long a car takes to follow a changed limit. ``id`` is
    the permanent number of the device; equal cases are decided by the lower one. One that
    is not managed is only counted: by the summed currents of a circuit without a meter.
    """

    id: int
    rated_a: int
    minimum_a: int = LOWEST_CURRENT_A
    phases: tuple[int, ...] = PHASES
    circuit_id: int = MAIN
    lag_s: int = USUAL_LAG_S
    is_greenup: bool = False
    is_priority: bool = False
    is_managed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargingRules:
    """What a user decides of the course; the defaults are the factory's (S270).

    Times are seconds.
    """

    is_enabled: bool = True
    sharing: Sharing = Sharing.STEPS
    hysteresis_percent: int = 0
    """Of the maximum current; on the way down only (S121, Q13)."""
    first_step_percent: int = 75
    second_step_percent: int = 50
    guaranteed_ah: int = 32
    raise_after_s: int = 30
    """No current is raised, and nothing resumed, sooner after a change."""
    has_hard_limit: bool = True
    hard_limit_after_s: int = 60
    """How long a line may be red before guarantees no longer count (Q15)."""
    stale_after_s: int = 20
    """An older value permits no start and no raise."""
    fallback_after_s: int = 60
    fallback: Fallback = Fallback.SECOND_STEP
    last_resort_after_s: int = 900
    last_resort: Fallback = Fallback.MINIMUM
    start_patience_s: int = 120
    """How long a car that was permitted to charge keeps its share without using it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargingConfig(ChargingRules):
    """Rules, circuits and stations of the load management.

    ``maximum_a`` and ``charging_a`` belong to the main circuit, whose meter measures
    ``metered_phases``; ``feeders`` are further circuits inside it.
    """

    maximum_a: int
    charging_a: int
    metered_phases: tuple[int, ...] = PHASES
    feeders: tuple[Circuit, ...] = ()
    stations: tuple[StationSpec, ...] = ()

    @property
    def circuits(self) -> Iterator[Circuit]:
        """All circuits, the main one first."""
        yield Circuit(
            id=MAIN,
            maximum_a=self.maximum_a,
            charging_a=self.charging_a,
            metered_phases=self.metered_phases,
        )
        yield from self.feeders

    def currents_a(self, spec: StationSpec) -> tuple[int, int, int, int]:
        """Return the limits of a station by `Level`, in whole amperes (S122, Q14).

        Steps are parts of the rated current, never below the station's minimum.
        """
        return (
            spec.rated_a,
            max(spec.minimum_a, spec.rated_a * self.first_step_percent // 100),
            max(spec.minimum_a, spec.rated_a * self.second_step_percent // 100),
            spec.minimum_a,
        )
