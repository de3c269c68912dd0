"""Ways of managing: ours, none, the manual's words taken literally, the worst phase."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from enum import IntEnum
from typing import Final, override

from custom_components.legrand_ews.ews.charging import (
    MAIN,
    Action,
    Charge,
    ChargingConfig,
    Command,
    Inputs,
    State,
    StationSpec,
    WishInputs,
    WishSettings,
    WishState,
    step,
    wish,
)

from .building import START
from .running import Told

_NO_WISHES: Final = WishSettings()
_WANTING: Final = frozenset({Charge.CONNECTED, Charge.CHARGING, Charge.SUSPENDED})
_GUARANTEE_MAS: Final = 32 * 3_600_000


class Own:
    """The load management of the integration."""

    def __init__(self, config: ChargingConfig) -> None:
        """Begin without a memory."""
        self.config = config
        self.state = State()

    def decide(
        self, inputs: Inputs, second: int, told: Callable[[], Told]
    ) -> tuple[Command, ...]:
        """Take one step."""
        now = START + timedelta(seconds=second)
        self.state, commands, _ = step(self.config, inputs, self.state, now)
        return commands


class OwnTold(Own):
    """The same, told by the drivers when they leave and how much they want."""

    def __init__(self, config: ChargingConfig) -> None:
        """Begin without a memory."""
        super().__init__(config)
        self.memory = WishState()

    @override
    def decide(
        self, inputs: Inputs, second: int, told: Callable[[], Told]
    ) -> tuple[Command, ...]:
        """Take one step with what is needed until the departures."""
        said = told()
        self.memory, wished = wish(
            self.config,
            _NO_WISHES,
            WishInputs(departures=said.departures, received_wh=said.received_wh),
            self.state,
            self.memory,
            START + timedelta(seconds=second),
        )
        inputs = replace(inputs, needs_ma=wished.needs_ma, caps_a=wished.caps_a)
        return super().decide(inputs, second, told)


class _Simple:
    """What the others have in common: who is there, since when, at which limit."""

    def __init__(self, config: ChargingConfig) -> None:
        self.config = config
        self.specs = {spec.id: spec for spec in config.stations}
        self.limit: dict[int, int] = {}
        self.since: dict[int, int] = {}
        self.charge_mas: dict[int, int] = {}
        self._second = 0

    def look(self, inputs: Inputs, second: int) -> list[Command]:
        """Take note of cars; stop what nobody is at any more."""
        passed, self._second = second - self._second, second
        commands = []
        for number, reading in inputs.stations.items():
            if reading.charge is Charge.NO_VEHICLE:
                self.since.pop(number, None)
                if self.limit.pop(number, 0):
                    commands.append(self.order(number, 0))
            else:
                if number not in self.since:
                    self.charge_mas[number] = 0
                self.since.setdefault(number, second)
                self.charge_mas[number] += max(reading.drawn_ma) * passed
        commands.extend(
            self.order(number, self.limit[number])
            for number in sorted(inputs.refused & self.limit.keys())
        )
        return commands

    def order(self, number: int, limit_a: int) -> Command:
        """Return the order that sets a limit, 0 to wait."""
        action = Action.SET_LIMIT if self.limit.get(number) else Action.START
        if not limit_a:
            action = Action.STOP
        self.limit[number] = limit_a
        return Command(station_id=number, action=action, limit_a=limit_a)

    def waiting(self, inputs: Inputs) -> list[int]:
        """Return who wants to start, the longest there first."""
        found = [
            number
            for number, reading in inputs.stations.items()
            if reading.charge in _WANTING and not self.limit.get(number)
        ]
        return sorted(found, key=lambda number: (self.since[number], number))

    def running(self) -> list[StationSpec]:
        """Return who has a limit, the longest there first."""
        found = [number for number, limit in self.limit.items() if limit]
        found.sort(key=lambda number: (self.since.get(number, 0), number))
        return [self.specs[number] for number in found]


class Unmanaged(_Simple):
    """Everybody charges at once, at the rated current."""

    def decide(
        self, inputs: Inputs, second: int, told: Callable[[], Told]
    ) -> tuple[Command, ...]:
        """Start whoever comes."""
        commands = self.look(inputs, second)
        commands += (
            self.order(number, self.specs[number].rated_a)
            for number in self.waiting(inputs)
        )
        return tuple(commands)


class _Zone(IntEnum):
    GREEN = 0
    YELLOW = 1
    RED = 2


class Literal(_Simple):
    """7.16.5.1 word for word: the zone of the worst phase, one action a period.

    Each request in green is authorised at the rated current; neither what a car will draw
    nor what it has yet to stop drawing is thought of.
    """

    def decide(
        self, inputs: Inputs, second: int, told: Callable[[], Told]
    ) -> tuple[Command, ...]:
        """Act on the zone of this moment."""
        commands = self.look(inputs, second)
        load = max(inputs.meters[MAIN].currents_ma.values())
        zone = _Zone.GREEN
        if load > self.config.charging_a * 1000:
            zone = _Zone.YELLOW
        if load > self.config.maximum_a * 1000:
            zone = _Zone.RED
        waiting = self.waiting(inputs)
        if zone is _Zone.GREEN:
            commands += self._recover(waiting)
        elif zone is _Zone.RED or waiting:
            commands += self._reduce(is_red=zone is _Zone.RED)
        return tuple(commands)

    def _recover(self, waiting: list[int]) -> list[Command]:
        if waiting:
            return [self.order(waiting[0], self.specs[waiting[0]].rated_a)]
        for spec in self.running():
            _, first, second, _ = self.config.currents_a(spec)
            if self.limit[spec.id] < spec.rated_a:
                above = first if self.limit[spec.id] == second else spec.rated_a
                return [self.order(spec.id, above)]
        return []

    def _reduce(self, *, is_red: bool) -> list[Command]:
        running = self.running()
        for level in (1, 2):
            for spec in running:
                lower = self.config.currents_a(spec)[level]
                if self.limit[spec.id] > lower:
                    return [self.order(spec.id, lower)]
        if is_red:
            for spec in sorted(running, key=lambda spec: spec.is_priority):
                if self.charge_mas.get(spec.id, 0) >= _GUARANTEE_MAS:
                    return [self.order(spec.id, 0)]
        return []


class WorstPhase(_Simple):
    """One figure for the building: the room on its fullest phase, given to all alike.

    Too little: everybody is reduced as far as needed, then the last to come is stopped.
    Room: after half a minute one more starts at its minimum, or all are raised.
    """

    _HOLD_S: Final = 30

    def __init__(self, config: ChargingConfig) -> None:
        """Begin with nobody."""
        super().__init__(config)
        self._acted = 0

    def decide(
        self, inputs: Inputs, second: int, told: Callable[[], Told]
    ) -> tuple[Command, ...]:
        """Act on the room of the fullest phase."""
        commands = self.look(inputs, second)
        load = max(inputs.meters[MAIN].currents_ma.values())
        room = (self.config.charging_a * 1000 - load) // 1000
        rested = second - self._acted
        if room < 0 and rested >= 3 * 5:
            commands += self._reduce(-room)
        elif room > 0 and rested >= self._HOLD_S:
            commands += self._raise(room, self.waiting(inputs))
        else:
            return tuple(commands)
        self._acted = second
        return tuple(commands)

    def _reduce(self, amperes: int) -> list[Command]:
        found = []
        running = self.running()
        for spec in running:
            spare = self.limit[spec.id] - spec.minimum_a
            less = min(spare, -(-amperes // len(running)))
            if less > 0:
                found.append(self.order(spec.id, self.limit[spec.id] - less))
        if not found and running:
            found.append(self.order(running[-1].id, 0))
        return found

    def _raise(self, room: int, waiting: list[int]) -> list[Command]:
        if waiting:
            spec = self.specs[waiting[0]]
            if room >= spec.minimum_a:
                return [self.order(spec.id, spec.minimum_a)]
            return []
        running = [s for s in self.running() if self.limit[s.id] < s.rated_a]
        each = room // len(running) if running else 0
        return [
            self.order(spec.id, min(spec.rated_a, self.limit[spec.id] + each))
            for spec in running
            if each
        ]
