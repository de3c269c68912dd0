"""Charging stations that another integration of Home Assistant reads and tells."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from .device import PHASES

MAIN_CIRCUIT: Final = 0
"""Number of the circuit that everything is in."""
DEFAULT_LAG_S: Final = 15
DEFAULT_REPORT_S: Final = 30
LOWEST_CURRENT_A: Final = 6
"""Below it a pilot signal has no meaning (IEC 61851-1)."""


class ChargerRole(StrEnum):
    """What an entity of another integration is to a charger."""

    STATE = "state"
    CURRENT_1 = "current_1"
    CURRENT_2 = "current_2"
    CURRENT_3 = "current_3"
    POWER = "power"
    """In the place of currents, where there are none."""
    CURRENT_LIMIT = "current_limit"
    PERMISSION = "permission"
    """A switch, or a list with one option to charge and one to wait."""
    START = "start"
    STOP = "stop"
    ENERGY = "energy"
    PHASES = "phases"
    """A switch, or a list, by which it charges on one phase or on all."""


CURRENT_ROLES: Final = (
    ChargerRole.CURRENT_1,
    ChargerRole.CURRENT_2,
    ChargerRole.CURRENT_3,
)
"""In the order of the charger's conductors; the first alone stands for all of them."""

ORDER_ROLES: Final = (
    ChargerRole.CURRENT_LIMIT,
    ChargerRole.PERMISSION,
    ChargerRole.START,
    ChargerRole.STOP,
)
"""Those by which it is told; one entity tells one charger."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Charger:
    """A charging station of whatever make, by the entities that other people provide.

    ``id`` is of the same numbering as those of devices, so that one number means one
    station. ``entities`` are entity ids by role. ``states`` say what the words of its
    state mean, by the names of the load management (``charging``); words that are not
    among them say nothing, and the charger counts as silent. ``report_s`` is how often
    its integration reports: so long a value is taken for the present one. ``lag_s`` is
    how long a car takes to follow.
    """

    id: int
    name: str
    phases: tuple[int, ...] = PHASES
    rated_a: int = 16
    minimum_a: int = LOWEST_CURRENT_A
    circuit_id: int = MAIN_CIRCUIT
    lag_s: int = DEFAULT_LAG_S
    report_s: int = DEFAULT_REPORT_S
    preset: str | None = None
    entities: Mapping[ChargerRole, str] = field(
        default_factory=lambda: MappingProxyType({})
    )
    states: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    start_option: str = ""
    """The option of a permission that is a list, to charge."""
    stop_option: str = ""
    one_phase_option: str = ""
    """The option of the phases to charge on one; with a switch on or off."""
    all_phases_option: str = ""
    stops_at_zero: bool = False
    """Whether a limit of 0 A makes it wait; else it is told to wait otherwise."""
    is_priority: bool = False
    is_enabled: bool = True
