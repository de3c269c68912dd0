"""Which table keeps what: quantities by subject, and what retention speaks of.

A device that measures one quantity of a subject mostly measures them all: narrow
tables leave few empty columns in their rows.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from ..quantities import QUANTITIES, Kind, Unit

STATISTIC_PARTS: Final = ("avg", "below", "above")
"""Columns of a gauge: its average, and how far it went below and above that."""


class DataKind(StrEnum):
    """Kinds of rows that are kept for a time of their own."""

    ENERGY = "energy"
    GAS = "gas"
    WATER = "water"
    DETAILS = "details"
    """Counters of phases and tariffs, partial counts, apparent energy, hours."""
    STATISTICS = "statistics"
    THD = "thd"
    """Harmonic distortion, and harmonics rank by rank."""
    STATES = "states"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One table of samples: its name, kind and quantities."""

    table: str
    kind: DataKind
    is_counted: bool
    quantities: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns that hold values."""
        if self.is_counted:
            return self.quantities
        return tuple(f"{q}_{part}" for q in self.quantities for part in STATISTIC_PARTS)


_MAIN_ENERGIES: Final = (
    "active_energy_import",
    "active_energy_export",
    "reactive_energy_import",
    "reactive_energy_export",
)
_HEADLINES: Final = (
    *("active_power", "reactive_power", "apparent_power", "power_factor"),
    *("voltage_l1", "current_l1", "frequency"),
)
"""What a meter of one phase has, too."""
_PHASES: Final = ("_l1", "_l2", "_l3")
_OWN: Final = ("_average", "_minimum", "_maximum")
"""What an instrument has averaged itself, and extremes that it has noted."""


def _is_of_tariff(key: str) -> bool:
    return key[-2:-1] == "t" and key[-1].isdigit()


def _is_percentage(key: str) -> bool:
    return QUANTITIES[key].unit is Unit.PERCENT


def _is_own(key: str) -> bool:
    return key.endswith(_OWN) or key == "temperature"


def _rest(_: str) -> bool:
    return True


_RULES: Final[tuple[tuple[str, DataKind, Kind, Callable[[str], bool]], ...]] = (
    ("energy", DataKind.ENERGY, Kind.COUNTER, _MAIN_ENERGIES.__contains__),
    ("gas", DataKind.GAS, Kind.COUNTER, "gas_volume".__eq__),
    ("water", DataKind.WATER, Kind.COUNTER, "water_volume".__eq__),
    ("energy_phases", DataKind.DETAILS, Kind.COUNTER, lambda k: k.endswith(_PHASES)),
    ("energy_tariffs", DataKind.DETAILS, Kind.COUNTER, _is_of_tariff),
    ("details", DataKind.DETAILS, Kind.COUNTER, _rest),
    ("statistics", DataKind.STATISTICS, Kind.GAUGE, _HEADLINES.__contains__),
    ("thd", DataKind.THD, Kind.GAUGE, _is_percentage),
    ("statistics_own", DataKind.STATISTICS, Kind.GAUGE, _is_own),
    ("statistics_phases", DataKind.STATISTICS, Kind.GAUGE, _rest),
)
"""Tables in order; each takes what belongs to it of what is left."""


def _subjects() -> tuple[Subject, ...]:
    left = {key: q.kind for key, q in QUANTITIES.items() if q.is_archived}
    subjects = []
    for table, data_kind, kind, belongs in _RULES:
        quantities = tuple(k for k, its in left.items() if its is kind and belongs(k))
        left = {key: its for key, its in left.items() if key not in quantities}
        subjects.append(
            Subject(
                table=table,
                kind=data_kind,
                is_counted=kind is Kind.COUNTER,
                quantities=quantities,
            )
        )
    return tuple(subjects)


SUBJECTS: Final = _subjects()

SUBJECT_OF_QUANTITY: Final[Mapping[str, Subject]] = MappingProxyType(
    {key: subject for subject in SUBJECTS for key in subject.quantities}
)
