"""Charging stations of other integrations, by the entities that those provide."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from homeassistant.components.number import ATTR_VALUE, SERVICE_SET_VALUE
from homeassistant.components.select import ATTR_OPTION, SERVICE_SELECT_OPTION
from homeassistant.const import (
    ATTR_ENTITY_ID,
    ATTR_UNIT_OF_MEASUREMENT,
    SERVICE_TURN_OFF,
    SERVICE_TURN_ON,
    STATE_OFF,
    STATE_ON,
    STATE_UNAVAILABLE,
    STATE_UNKNOWN,
    UnitOfElectricCurrent,
    UnitOfEnergy,
)
from homeassistant.core import HomeAssistant, State, split_entity_id
from homeassistant.util.unit_conversion import ElectricCurrentConverter, EnergyConverter

from ..errors import failed
from ..ews.charging import Action, Charge, Command, StationSpec
from ..ews.charging.inputs import StationReading
from ..ews.model import Charger, ChargerRole
from ..ews.model.charger import CURRENT_ROLES
from .meters import current_ma, milliamperes, number_of

_SILENT: Final = frozenset({STATE_UNAVAILABLE, STATE_UNKNOWN})
_PRESS: Final = "press"
_CHOOSING: Final = frozenset({"select", "input_select"})
_SCRIPT: Final = "script"
SCRIPT_CURRENT: Final = "current"
"""Field of a script that stands in for a number: the limit in A."""


class ChargerStation:
    """A charger that Home Assistant knows; every order is an action of its entities."""

    def __init__(self, hass: HomeAssistant, charger: Charger) -> None:
        """Speak to the entities of ``charger``."""
        self.charger = charger
        self._hass = hass

    @property
    def spec(self) -> StationSpec:
        """What the user has said of it."""
        return spec_of(self.charger)

    def read(self, now: datetime) -> StationReading | None:
        """Return what its entities show; None where its state says nothing."""
        state = self._state(ChargerRole.STATE)
        charge = charge_of(state, self.charger.states)
        if state is None or charge is None:
            return None
        limit = self._limit_a()
        is_permitted = _permitted(self._state(ChargerRole.PERMISSION), self.charger)
        drawn = self._drawn(charge, limit)
        return StationReading(
            read_at=self._read_at(charge, now),
            charge=charge,
            drawn_ma=drawn,
            # While permission is withdrawn its limit means nothing.
            limit_a=None if is_permitted is False else limit,
            is_permitted=is_permitted,
        )

    @property
    def energy_milli_wh(self) -> int | None:
        """Its energy counter in mWh, whatever unit it has."""
        state = self._state(ChargerRole.ENERGY)
        value = number_of(state)
        if state is None or value is None:
            return None
        unit = state.attributes.get(ATTR_UNIT_OF_MEASUREMENT, UnitOfEnergy.WATT_HOUR)
        if unit not in EnergyConverter.VALID_UNITS:
            return None
        watt_hours = EnergyConverter.convert(value, unit, UnitOfEnergy.WATT_HOUR)
        return round(watt_hours * 1000)

    @property
    def conductors(self) -> int | None:
        """On how many conductors it charges, by the entity that switches them."""
        state = self._state(ChargerRole.PHASES)
        if state is None or state.state in _SILENT or len(self.charger.phases) == 1:
            return None
        is_one = state.state == (self.charger.one_phase_option or STATE_ON)
        return 1 if is_one else len(self.charger.phases)

    async def switch_phases(self, conductors: int) -> None:
        """Choose the option, or turn the switch."""
        charger = self.charger
        is_one = conductors == 1
        option = charger.one_phase_option if is_one else charger.all_phases_option
        await self._choose(
            self._entity(ChargerRole.PHASES),
            option or (STATE_ON if is_one else STATE_OFF),
        )

    async def apply(self, command: Command) -> None:
        """Call the actions that make it so, the limit before the permission."""
        if command.action is Action.STOP:
            await self._permit(is_start=False)
            return
        await self._set_limit(command.limit_a)
        if command.action is Action.START:
            await self._permit(is_start=True)

    async def _set_limit(self, limit_a: int) -> None:
        entity_id = self._entity(ChargerRole.CURRENT_LIMIT)
        state = self._hass.states.get(entity_id)
        unit = None if state is None else state.attributes.get(ATTR_UNIT_OF_MEASUREMENT)
        value: float = limit_a
        if unit in ElectricCurrentConverter.VALID_UNITS:
            value = ElectricCurrentConverter.convert(
                limit_a, UnitOfElectricCurrent.AMPERE, unit
            )
        domain = split_entity_id(entity_id)[0]
        if domain == _SCRIPT:
            await self._run(entity_id, {SCRIPT_CURRENT: limit_a})
        elif domain in _CHOOSING:
            option = _option_of(state, limit_a)
            if option is None:
                raise failed("charger_option_missing", entity=entity_id, value=limit_a)
            await self._call(entity_id, SERVICE_SELECT_OPTION, {ATTR_OPTION: option})
        else:
            await self._call(entity_id, SERVICE_SET_VALUE, {ATTR_VALUE: value})

    async def _permit(self, *, is_start: bool) -> None:
        charger = self.charger
        role = ChargerRole.START if is_start else ChargerRole.STOP
        if charger.stops_at_zero:
            if not is_start:
                await self._set_limit(0)
        elif ChargerRole.PERMISSION not in charger.entities:
            entity_id = self._entity(role)
            if split_entity_id(entity_id)[0] == _SCRIPT:
                await self._run(entity_id, {})
            else:
                await self._call(entity_id, _PRESS, {})
        else:
            option = charger.start_option if is_start else charger.stop_option
            await self._choose(
                charger.entities[ChargerRole.PERMISSION],
                option or (STATE_ON if is_start else STATE_OFF),
            )

    async def _choose(self, entity_id: str, option: str) -> None:
        """Choose an option of a list, or turn a switch on or off."""
        if split_entity_id(entity_id)[0] in _CHOOSING:
            await self._call(entity_id, SERVICE_SELECT_OPTION, {ATTR_OPTION: option})
        else:
            service = SERVICE_TURN_OFF if option == STATE_OFF else SERVICE_TURN_ON
            await self._call(entity_id, service, {})

    async def _call(
        self, entity_id: str, service: str, data: Mapping[str, object]
    ) -> None:
        state = self._hass.states.get(entity_id)
        if state is None or state.state == STATE_UNAVAILABLE:
            raise failed("charger_entity_unavailable", entity=entity_id)
        await self._hass.services.async_call(
            split_entity_id(entity_id)[0],
            service,
            {ATTR_ENTITY_ID: entity_id, **data},
            blocking=True,
        )

    async def _run(self, entity_id: str, data: Mapping[str, object]) -> None:
        """Run a script to its end; it takes what it needs as a field."""
        domain, name = split_entity_id(entity_id)
        await self._hass.services.async_call(domain, name, dict(data), blocking=True)

    def _entity(self, role: ChargerRole) -> str:
        entity_id = self.charger.entities.get(role)
        if entity_id is None:
            raise failed("charger_role_missing", name=self.charger.name)
        return entity_id

    def _state(self, role: ChargerRole) -> State | None:
        entity_id = self.charger.entities.get(role)
        return None if entity_id is None else self._hass.states.get(entity_id)

    def _limit_a(self) -> int | None:
        current = current_ma(
            self._state(ChargerRole.CURRENT_LIMIT),
            usual_unit=UnitOfElectricCurrent.AMPERE,
        )
        return None if current is None else current // 1000

    def _drawn(self, charge: Charge, limit_a: int | None) -> tuple[int, ...]:
        """Return the current of each conductor; its limit where nothing measures it."""
        count = len(self.charger.phases)
        found = [current_ma(self._state(x)) for x in CURRENT_ROLES[:count]]
        first = found[0]
        if first is not None:
            return tuple(first if x is None else x for x in found)
        power = current_ma(self._state(ChargerRole.POWER), phases=count)
        if power is not None:
            return (power,) * count
        if charge is not Charge.CHARGING:
            return (0,) * count
        return (milliamperes(limit_a or self.charger.rated_a),) * count

    def _read_at(self, charge: Charge, now: datetime) -> datetime:
        """Return when it was heard: while nothing flows, an available one is well.

        Most integrations tell what has changed and nothing else.
        """
        states = [self._hass.states.get(x) for x in self.charger.entities.values()]
        heard = max(x.last_reported for x in states if x is not None)
        tolerated = now - timedelta(seconds=self.charger.report_s)
        if charge is not Charge.CHARGING or heard >= tolerated:
            return now
        return heard


def spec_of(charger: Charger) -> StationSpec:
    """Return what the load management must know of a charger."""
    return StationSpec(
        id=charger.id,
        rated_a=charger.rated_a,
        minimum_a=charger.minimum_a,
        phases=charger.phases,
        circuit_id=charger.circuit_id,
        lag_s=charger.lag_s,
        is_priority=charger.is_priority,
    )


def charge_of(state: State | None, words: Mapping[str, str]) -> Charge | None:
    """Return what a charger's state means; None for silence and unknown words."""
    if state is None or state.state in _SILENT:
        return None
    try:
        return Charge(words.get(state.state, ""))
    except ValueError:
        return None


def _permitted(permission: State | None, charger: Charger) -> bool | None:
    """Whether it would let a vehicle charge; None where it says neither yes nor no."""
    if permission is None:
        return None
    if permission.state == (charger.stop_option or STATE_OFF):
        return False
    return True if permission.state == (charger.start_option or STATE_ON) else None


def _option_of(state: State | None, limit_a: int) -> str | None:
    """Return the option of a list that stands for a limit: ``16``, ``16 A``."""
    if state is None:
        return None
    for option in state.attributes.get("options", ()):
        if str(option).strip().removesuffix("A").strip() == str(limit_a):
            return str(option)
    return None
