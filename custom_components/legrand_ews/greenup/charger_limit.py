"""The entity that bounds a charger's current: a number, a list of currents, a script."""

from dataclasses import dataclass
from math import ceil, floor, isclose
from typing import Final

from homeassistant.components.number import (
    ATTR_MAX,
    ATTR_MIN,
    ATTR_STEP,
    ATTR_VALUE,
    SERVICE_SET_VALUE,
)
from homeassistant.components.select import (
    ATTR_OPTION,
    ATTR_OPTIONS,
    SERVICE_SELECT_OPTION,
)
from homeassistant.const import (
    ATTR_UNIT_OF_MEASUREMENT,
    UnitOfElectricCurrent,
    UnitOfPower,
)
from homeassistant.core import HomeAssistant, State, split_entity_id
from homeassistant.util.unit_conversion import ElectricCurrentConverter, PowerConverter

from ..errors import failed
from .meters import NOMINAL_VOLTAGE_V, current_ma, number_of

CHOOSING: Final = frozenset({"select", "input_select"})
SCRIPT: Final = "script"
SCRIPT_CURRENT: Final = "current"
"""Field of a script that stands in for a number: the limit in A."""
_ROUNDING: Final = 1e-6
"""Of a step: numbers of entities are binary fractions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitCall:
    """How to set a limit: an action of the entity's domain with its data."""

    service: str
    data: dict[str, object]


class ChargerLimit:
    """Sets whole amperes by an entity that may know other units, steps or choices.

    What the entity cannot do exactly is rounded down, never up, and shown as the limit
    that was asked for: it is obeyed as well as it can be.
    """

    def __init__(self, hass: HomeAssistant, entity_id: str) -> None:
        """Speak to an entity; nothing is set yet."""
        self._hass = hass
        self.entity_id = entity_id
        self._domain = split_entity_id(entity_id)[0]
        self._told: tuple[int, int, float] | None = None
        self._bounds: tuple[int, int | None] = (0, None)

    def bounds_a(self, conductors: int) -> tuple[int, int | None]:
        """Return the lowest and the highest limit that it takes beside 0, as last known.

        The highest is None where there is none.
        """
        state = self._state()
        if state is None or self._domain == SCRIPT:
            return self._bounds
        if self._domain in CHOOSING:
            amperes = [x for x in _currents(state) if x > 0]
            if amperes:
                self._bounds = ceil(min(amperes)), floor(max(amperes))
            return self._bounds
        least, most = (_attribute(state, x) for x in (ATTR_MIN, ATTR_MAX))
        one = _per_ampere(state, conductors)
        if one is not None and least is not None and most is not None:
            lowest = ceil(max(0.0, least) / one - _ROUNDING)
            self._bounds = lowest, floor(most / one + _ROUNDING)
        return self._bounds

    def shown_a(self, conductors: int) -> int | None:
        """Return the limit that the entity shows, in whole amperes; None for none."""
        state = self._state()
        if state is None:
            return None
        value = _option_a(state.state) if self._domain in CHOOSING else number_of(state)
        if value is None:
            return None
        if self._told is not None:
            limit_a, told_conductors, told = self._told
            is_same = isclose(value, told, rel_tol=_ROUNDING)
            if is_same and told_conductors == conductors:
                return limit_a
        if self._domain in CHOOSING:
            return floor(value)
        current = current_ma(
            state, phases=conductors, usual_unit=UnitOfElectricCurrent.AMPERE
        )
        return None if current is None else current // 1000

    def call(self, limit_a: int, conductors: int) -> LimitCall:
        """Return how to set a limit.

        Raises HomeAssistantError ``charger_option_missing`` where a list offers nothing
        as low, ``charger_limit_unit`` for a unit that is no current and no power.
        """
        if self._domain == SCRIPT:
            return LimitCall(service="", data={SCRIPT_CURRENT: limit_a})
        state = self._state()
        if self._domain in CHOOSING:
            amperes, option = self._option(state, limit_a)
            self._told = limit_a, conductors, amperes
            return LimitCall(service=SERVICE_SELECT_OPTION, data={ATTR_OPTION: option})
        one = 1.0 if state is None else _per_ampere(state, conductors)
        if one is None:
            raise failed("charger_limit_unit", entity=self.entity_id)
        value = _stepped(state, limit_a * one)
        self._told = limit_a, conductors, value
        return LimitCall(service=SERVICE_SET_VALUE, data={ATTR_VALUE: value})

    def _option(self, state: State | None, limit_a: int) -> tuple[float, str]:
        """Return the highest option of a list that is no more than a limit."""
        known = {} if state is None else _currents(state)
        # A vehicle that may charge is not given 0 A for want of a low option.
        fitting = [x for x in known if x <= limit_a and (x > 0) == (limit_a > 0)]
        if not fitting:
            raise failed("charger_option_missing", entity=self.entity_id, value=limit_a)
        return max(fitting), known[max(fitting)]

    def _state(self) -> State | None:
        return self._hass.states.get(self.entity_id)


def is_limit_unit(unit: str | None) -> bool:
    """Whether a number with this unit, or with none, can stand for a current."""
    return (
        unit is None
        or unit in ElectricCurrentConverter.VALID_UNITS
        or unit in PowerConverter.VALID_UNITS
    )


def _per_ampere(state: State, conductors: int) -> float | None:
    """Return what an ampere is in the unit of a number; None for another quantity."""
    unit = state.attributes.get(ATTR_UNIT_OF_MEASUREMENT)
    if unit is None:
        return 1.0
    if unit in ElectricCurrentConverter.VALID_UNITS:
        return ElectricCurrentConverter.convert(1, UnitOfElectricCurrent.AMPERE, unit)
    if unit in PowerConverter.VALID_UNITS:
        watts = NOMINAL_VOLTAGE_V * conductors
        return PowerConverter.convert(watts, UnitOfPower.WATT, unit)
    return None


def _stepped(state: State | None, value: float) -> float:
    """Round a value down to the steps of a number, which begin at its lowest value."""
    step = None if state is None else _attribute(state, ATTR_STEP)
    if state is None or not step or step <= 0:
        return value
    least = _attribute(state, ATTR_MIN) or 0.0
    if value <= least:
        return value
    return round(least + floor((value - least) / step + _ROUNDING) * step, 6)


def _attribute(state: State, name: str) -> float | None:
    value = state.attributes.get(name)
    return float(value) if isinstance(value, int | float) else None


def _currents(state: State) -> dict[float, str]:
    """Return the options of a list that stand for currents, by those in A."""
    options = [str(x) for x in state.attributes.get(ATTR_OPTIONS, ())]
    known = {x: _option_a(x) for x in options}
    return {amperes: x for x, amperes in known.items() if amperes is not None}


def _option_a(option: str) -> float | None:
    """Return the current that an option stands for: ``16``, ``16 A``."""
    try:
        return float(option.strip().removesuffix("A").strip())
    except ValueError:
        return None
