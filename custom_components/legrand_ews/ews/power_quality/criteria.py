"""What EN 50160 asks of a low-voltage network, as data (S251-S256).

All values are thousandths of the unit of their quantity (mV, mHz, thousandths of a per
cent), so that a value at a limit is inside without rounding (Q26).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from ..quantities import Unit

PHASE_NOMINAL_MILLI: Final = 230_000
LINE_NOMINAL_MILLI: Final = 400_000
FREQUENCY_NOMINAL_MILLI: Final = 50_000
INTERRUPTION_PERMILLE: Final = 50
"""A voltage below 5 % of the nominal one is none (EN 50160, interruption)."""
SHARE_OF_VALID_PERMILLE: Final = 900
"""Fewer valid intervals than 90 % make a criterion incomplete."""
_ONE_IN_TWENTY: Final = 50
_ONE_IN_TWO_HUNDRED: Final = 5
_MILLI: Final = 1000


class Criterion(StrEnum):
    """What is judged, in the order of reports."""

    FREQUENCY = "frequency"
    VOLTAGE = "voltage"
    UNBALANCE = "unbalance"
    THD_VOLTAGE = "thd_voltage"
    HARMONICS = "harmonics"
    FLICKER = "flicker"


UNITS: Final[Mapping[Criterion, Unit]] = MappingProxyType(
    {
        Criterion.FREQUENCY: Unit.HERTZ,
        Criterion.VOLTAGE: Unit.VOLT,
        Criterion.UNBALANCE: Unit.PERCENT,
        Criterion.THD_VOLTAGE: Unit.PERCENT,
        Criterion.HARMONICS: Unit.PERCENT,
        Criterion.FLICKER: Unit.NONE,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """Values from ``low_milli`` to ``high_milli``, both inside."""

    low_milli: int
    high_milli: int

    def __contains__(self, value_milli: int) -> bool:
        """Whether a value is inside."""
        return self.low_milli <= value_milli <= self.high_milli


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """How the intervals of one channel of a criterion are judged.

    Of the valid intervals no more than ``allowed_permille`` may lie outside ``usual``,
    and none outside ``always``. Values are compared with ``nominal_milli`` to find the
    worst. Where ``is_for_extremes``, ``always`` holds for the smallest and the largest
    reading of an interval instead of its mean. ``order`` is that of a harmonic.
    """

    criterion: Criterion
    nominal_milli: int
    usual: Band
    allowed_permille: int
    always: Band | None = None
    is_for_extremes: bool = False
    order: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """The rules of an edition of the standard, for one kind of network, by name."""

    key: str
    rules: Mapping[str, Rule]


LINE_VOLTAGE: Final = "voltage_line"
"""Rule of voltages between phases, where those to neutral are not measured."""

_HARMONIC_TENTHS: Final[Mapping[int, int]] = MappingProxyType(
    dict.fromkeys(range(6, 25, 2), 5)
    | {2: 20, 3: 50, 4: 10, 5: 60, 7: 50, 9: 15, 11: 35, 13: 30, 15: 5, 17: 20}
    | {19: 15, 21: 5, 23: 15, 25: 15}
)
"""Tenths of a per cent of the fundamental, by order (S255)."""


def harmonic_rule(order: int) -> str:
    """Name of the rule of a harmonic."""
    return f"harmonic_{order}"


def _around(nominal_milli: int, below_permille: int, above_permille: int) -> Band:
    return Band(
        low_milli=nominal_milli * (_MILLI - below_permille) // _MILLI,
        high_milli=nominal_milli * (_MILLI + above_permille) // _MILLI,
    )


def _voltage(nominal_milli: int) -> Rule:
    return Rule(
        criterion=Criterion.VOLTAGE,
        nominal_milli=nominal_milli,
        usual=_around(nominal_milli, 100, 100),
        allowed_permille=_ONE_IN_TWENTY,
        always=_around(nominal_milli, 150, 100),
    )


def _at_most(criterion: Criterion, limit_milli: int, order: int | None = None) -> Rule:
    return Rule(
        criterion=criterion,
        nominal_milli=0,
        usual=Band(low_milli=0, high_milli=limit_milli),
        allowed_permille=_ONE_IN_TWENTY,
        order=order,
    )


def _frequency(
    usual_permille: int, allowed_permille: int, below_permille: int, above_permille: int
) -> Rule:
    nominal = FREQUENCY_NOMINAL_MILLI
    return Rule(
        criterion=Criterion.FREQUENCY,
        nominal_milli=nominal,
        usual=_around(nominal, usual_permille, usual_permille),
        allowed_permille=allowed_permille,
        always=_around(nominal, below_permille, above_permille),
        is_for_extremes=True,
    )


def _edition(key: str, frequency: Rule) -> Edition:
    rules = {
        Criterion.FREQUENCY.value: frequency,
        Criterion.VOLTAGE.value: _voltage(PHASE_NOMINAL_MILLI),
        LINE_VOLTAGE: _voltage(LINE_NOMINAL_MILLI),
        Criterion.UNBALANCE.value: _at_most(Criterion.UNBALANCE, 2_000),
        Criterion.THD_VOLTAGE.value: _at_most(Criterion.THD_VOLTAGE, 8_000),
        **{
            harmonic_rule(order): _at_most(Criterion.HARMONICS, tenths * 100, order)
            for order, tenths in sorted(_HARMONIC_TENTHS.items())
        },
        Criterion.FLICKER.value: _at_most(Criterion.FLICKER, 1_000),
    }
    return Edition(key=key, rules=MappingProxyType(rules))


INTERCONNECTED: Final = _edition(
    "en_50160_2010", _frequency(10, _ONE_IN_TWO_HUNDRED, 60, 40)
)
"""EN 50160:2010 for a network that is part of an interconnected system."""
ISLANDED: Final = _edition(
    "en_50160_2010_islanded", _frequency(20, _ONE_IN_TWENTY, 150, 150)
)
"""The same for an island that has no synchronous connection."""
EDITIONS: Final[Mapping[str, Edition]] = MappingProxyType(
    {edition.key: edition for edition in (INTERCONNECTED, ISLANDED)}
)
