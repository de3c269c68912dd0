"""Charging stations of other integrations, by the entities that those provide."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

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
    UnitOfEnergy,
)
from homeassistant.core import HomeAssistant, State, split_entity_id
from homeassistant.util.unit_conversion import EnergyConverter

from ..errors import failed
from ..ews.charging import Action, Charge, Command, StationSpec
from ..ews.charging.inputs import StationReading
from ..ews.charging.specs import spec_of_charger
from ..ews.model import Charger, ChargerRole
from ..ews.model.charger import CURRENT_ROLES
from .charger_limit import CHOOSING, SCRIPT, ChargerLimit
from .meters import current_ma, milliamperes, number_of

_SILENT: Final = frozenset({STATE_UNAVAILABLE, STATE_UNKNOWN})
_PRESS: Final = "press"


class ChargerStation:
    """A charger that Home Assistant knows; every order is an action of its entities."""

    def __init__(self, hass: HomeAssistant, charger: Charger) -> None:
        """Speak to the entities of ``charger``."""
        self.charger = charger
        self._hass = hass
        entity_id = charger.entities.get(ChargerRole.CURRENT_LIMIT)
        self._limit = None if entity_id is None else ChargerLimit(hass, entity_id)

    @property
    def spec(self) -> StationSpec:
        """What the user has said of it, within what its limit can be set to.

        A range that leaves nothing is not believed: the order itself will fail and tell.
        """
        spec = spec_of_charger(self.charger)
        if self._limit is None:
            return spec
        least, most = self._limit.bounds_a(self._conductors)
        lowest = max(spec.minimum_a, least)
        highest = spec.rated_a if most is None else min(spec.rated_a, most)
        if lowest > highest:
            return spec
        return replace(spec, minimum_a=lowest, rated_a=highest)

    def read(self, now: datetime) -> StationReading | None:
        """Return what its entities show; None where its state says nothing."""
        state = self._state(ChargerRole.STATE)
        charge = charge_of(state, self.charger.states)
        if state is None or charge is None:
            return None
        limit = None if self._limit is None else self._limit.shown_a(self._conductors)
        is_permitted = self._is_permitted(limit)
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
        limit = self._limit
        if limit is None:
            raise failed("charger_role_missing", name=self.charger.name)
        call = limit.call(limit_a, self._conductors)
        if split_entity_id(limit.entity_id)[0] == SCRIPT:
            await self._run(limit.entity_id, call.data)
        else:
            await self._call(limit.entity_id, call.service, call.data)

    async def _permit(self, *, is_start: bool) -> None:
        charger = self.charger
        role = ChargerRole.START if is_start else ChargerRole.STOP
        if charger.stops_at_zero:
            if not is_start:
                await self._set_limit(0)
        elif ChargerRole.PERMISSION not in charger.entities:
            entity_id = self._entity(role)
            if split_entity_id(entity_id)[0] == SCRIPT:
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
        if split_entity_id(entity_id)[0] in CHOOSING:
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

    @property
    def _conductors(self) -> int:
        return self.conductors or len(self.charger.phases)

    def _is_permitted(self, limit_a: int | None) -> bool | None:
        """Whether it would let a vehicle charge; None where it says neither."""
        charger = self.charger
        if charger.stops_at_zero:
            return None if limit_a is None else limit_a > 0
        permission = self._state(ChargerRole.PERMISSION)
        if permission is None:
            return None
        if permission.state == (charger.stop_option or STATE_OFF):
            return False
        return True if permission.state == (charger.start_option or STATE_ON) else None

    def _drawn(self, charge: Charge, limit_a: int | None) -> tuple[int, ...]:
        """Return the current of each conductor; its limit where nothing measures it.

        A conductor carries as much in either direction: some meters count what a
        vehicle takes below zero.
        """
        count = self._conductors
        found = [current_ma(self._state(x)) for x in CURRENT_ROLES[:count]]
        first = found[0]
        if first is not None:
            return tuple(abs(first if x is None else x) for x in found)
        power = current_ma(self._state(ChargerRole.POWER), phases=count)
        if power is not None:
            return (abs(power),) * count
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


def charge_of(state: State | None, words: Mapping[str, str]) -> Charge | None:
    """Return what a charger's state means; None for silence and unknown words."""
    if state is None or state.state in _SILENT:
        return None
    try:
        return Charge(words.get(state.state, ""))
    except ValueError:
        return None
