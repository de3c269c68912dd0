"""What a user can choose: families of devices and the models in them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from ..model import PredefinedLoad
from ..quantities import QUANTITIES, Fluid, Kind
from .known import UNVERIFIED, Confidence, Provenance

MAP_PARAMETER: Final = "map"
"""Parameter that chooses another map for a model."""


class Connection(StrEnum):
    """How a meter sees the current."""

    DIRECT = "direct"
    CT = "ct"
    ROGOWSKI_CLOSED = "rogowski_closed"
    ROGOWSKI_OPEN = "rogowski_open"
    NONE = "none"


class ParameterKind(StrEnum):
    """What kind of value a parameter takes; all travel as text."""

    NUMBER = "number"
    """A whole number."""
    DECIMAL = "decimal"
    CHOICE = "choice"
    HEX = "hex"
    """A register address: 1A2B or 0x1A2B (S64)."""
    TEXT = "text"
    """A few characters: a unit."""


class Function(StrEnum):
    """What a device is there for: the icons of the device list (S151)."""

    MEASURE = "measure"
    STATE = "state"
    COMMAND = "command"
    LINK = "link"
    """It may take part in links between EMS CX3 modules (S179)."""
    ALARM = "alarm"
    INTERFACE = "interface"
    """It only carries other devices."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterSpec:
    """A value that the user gives for a device beside address and name.

    ``minimum`` and ``maximum`` are inclusive. A parameter that is not
    ``is_required`` may be left out; without ``default`` the device or the map
    then decides. The parameter ``map`` chooses between maps.
    """

    name: str
    kind: ParameterKind
    default: str | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    choices: tuple[str, ...] = ()
    is_required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """A group of models in the order of the manual's section 5 (S57)."""

    key: str
    title_en: str
    title_fr: str

    def title(self, language: str) -> str:
        """Return the French title for ``fr`` and its variants, else English."""
        return self.title_fr if language.startswith("fr") else self.title_en


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """One catalogue number, or a kind of device without one (``x_...``).

    ``quantities`` are those the EWS promises for it, in display order, and
    ``headline`` the few of them that are shown from the start. A model with
    ``positions`` is a concentrator: other meters may sit on its inputs; one
    with ``is_pulse`` needs such a concentrator and a position. ``addresses``
    is the number of consecutive Modbus addresses it takes (3 for 4 149 18,
    each of which is a device of its own).
    """

    key: str
    printed: str
    family: str
    map_key: str
    """Empty for pulse meters, which are read through their concentrator."""
    description_en: str
    description_fr: str
    provenance: Provenance
    confidence: Confidence
    connection: Connection
    phases: int
    quantities: tuple[str, ...]
    headline: tuple[str, ...]
    unserved: tuple[str, ...] = ()
    """Codes of what it also measures but no map reads yet (``codes``)."""
    parameters: tuple[ParameterSpec, ...] = ()
    asks_supply: bool = False
    positions: int = 0
    is_pulse: bool = False
    pulse_weight: Decimal = Decimal(1)
    """Wh or dm³ per pulse to propose for a pulse meter."""
    fluid: Fluid = Fluid.ELECTRICITY
    fixed_load: PredefinedLoad | None = None
    """Load that is assigned by itself: gas and water (S70)."""
    addresses: int = 1
    sides: int = 1
    """Sides of a charging station (S74, S75)."""
    asks_phase: bool = False
    """Whether the user says on which phase it sits (S73)."""
    commands: tuple[str, ...] = ()
    """Keys of the map's commands that it takes."""
    functions: tuple[Function, ...] = (Function.MEASURE,)
    carrier: str = ""
    """Model of the interface through which it is reached."""
    fixed_parameters: Mapping[str, str] = field(
        default_factory=lambda: MappingProxyType({})
    )
    """Parameters that the model itself gives."""
    rated_current_a: int | None = None
    rated_power_w: int | None = None
    """Largest power it can carry; None where that is unknown (CT meters)."""
    ratios: Mapping[str, Decimal] = field(default_factory=lambda: MappingProxyType({}))
    """Ratios that are known from the model itself: 1 for direct meters."""
    harmonics: tuple[str, ...] = ()
    """Keys of the map's blocks of harmonics that it has (S148)."""
    excluded: frozenset[str] = frozenset()
    """Blocks (``block``) or fields (``block.field``) of the map it lacks."""
    notes: str = ""

    @property
    def is_concentrator(self) -> bool:
        """Whether pulse meters can be connected to its inputs."""
        return self.positions > 0

    @property
    def is_metering_point(self) -> bool:
        """Whether it has values or states itself, so that it can be a device."""
        return bool(self.quantities)

    @property
    def counts_energy(self) -> bool:
        """Whether it counts what belongs to a load and to the totals of a fluid."""
        known = (QUANTITIES[key] for key in self.quantities)
        return any(x.kind is Kind.COUNTER and x.fluid is not None for x in known)

    @property
    def has_states(self) -> bool:
        """Whether it shows states: of a breaker, contacts, a charging station."""
        return Function.STATE in self.functions

    @property
    def asks_side(self) -> bool:
        """Whether both sides answer at one address: the user names one (S74)."""
        return self.sides > 1 and self.addresses == 1

    @property
    def is_unverified(self) -> bool:
        """Whether the user must be told that its registers are a guess (D9)."""
        return self.provenance in UNVERIFIED

    def description(self, language: str) -> str:
        """Return the French description for ``fr`` and variants, else English."""
        return self.description_fr if language.startswith("fr") else self.description_en
