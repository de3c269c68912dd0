"""What a device is beside a meter: breaker, contactor, terminals, station.

Built from the quantities that its model promises; shows them by name, and
carries out the commands that the register maps have for them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
import re
from typing import Final

from custom_components.legrand_ews.ews.catalogue import Command, Model

from .building import Circuit
from .charging import (
    CHARGE_ERRORS,
    MAINS_LOST,
    Plug,
    session_charge_ah,
    session_seconds,
)
from .curve import MICRO
from .electricity import Electricity
from .encoding import Values
from .feed import Feed
from .mains import NOMINAL_VOLTAGE_V
from .orders import Value
from .outputs import NormalState, OutputMode, Terminals
from .station import StationFlow
from .switchgear import Breaker, BreakerState, Switch

RATINGS_A: Final = (63, 125, 160, 250, 400, 630, 1000, 1600, 2500, 4000)
"""Rated currents of breakers."""
_OFF_ON: Final = ("off", "on")
_RESERVE: Final = 1.25
_BOARD_TEMPERATURE_C: Final = 24.0
_WARMTH_C: Final = 18.0
_OUTPUT: Final = re.compile(r"output_(\d+)(?:_(normal_state|mode|on_time))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Equipment:
    """The parts that a device has, each None where it has none."""

    breaker: Breaker | None = None
    contactor: Switch | None = None
    terminals: Terminals | None = None
    station: StationFlow | None = None

    def values(self, now: datetime) -> Values:
        """What the parts show, by quantity."""
        states: dict[str, str] = {}
        gauges: dict[str, float] = {}
        counters: dict[str, int] = {}
        if self.contactor is not None:
            states["contact_state"] = _contact(self.contactor.is_closed)
            states["output_1"] = _OFF_ON[self.contactor.is_closed]
        if self.terminals is not None:
            states |= _terminal_states(self.terminals, now)
            gauges |= _terminal_gauges(self.terminals, now)
        if self.breaker is not None:
            states |= _breaker_states(self.breaker)
            gauges["trip_current"] = self.breaker.trip_current_a
            gauges["rated_current"] = self.breaker.rated_current_a
            counters["trip_count"] = self.breaker.trips * MICRO
            counters["operation_count"] = self.breaker.operations * MICRO
        if self.station is not None:
            states |= _station_states(self.station, now)
            gauges |= _station_gauges(self.station, now)
        return Values(counters=counters, gauges=gauges, states=states)

    def set_input(self, number: int, now: datetime, *, is_on: bool) -> None:
        """Set an input; KeyError for one that it has not.

        Inputs 1 and 2 of a state module are contact and trip of its breaker.
        """
        if self.breaker is not None and number == 1:
            (self.breaker.close if is_on else self.breaker.open)(now)
        elif self.breaker is not None and number == 2:
            if is_on:
                self.breaker.trip(now, "external")
            else:
                self.breaker.reset()
        elif self.terminals is None:
            raise KeyError(f"input {number}")
        else:
            self.terminals.set_input(number, is_on=is_on)

    def obey(self, command: Command, value: Value, now: datetime) -> None:
        """Carry a command out; one that no part follows changes nothing.

        ValueError where the part refuses the value.
        """
        if self.breaker is not None:
            self._obey_breaker(self.breaker, command, now)
        if self.station is not None:
            self._obey_station(self.station, command, value, now)
        self._obey_output(command, value, now)

    @staticmethod
    def _obey_breaker(breaker: Breaker, command: Command, now: datetime) -> None:
        if command.key == "breaker_open":
            breaker.open(now)
        elif command.key == "breaker_close":
            breaker.close(now)
        elif command.key == "breaker_reset":
            breaker.reset()

    def _obey_output(self, command: Command, value: Value, now: datetime) -> None:
        match = _OUTPUT.fullmatch(command.key)
        if match is None:
            return
        number, setting = int(match[1]), match[2]
        if self.contactor is not None and number == 1 and setting is None:
            move = self.contactor.close if value == "on" else self.contactor.open
            move(now)
        elif self.terminals is None or number not in self.terminals.outputs:
            return
        elif setting is None:
            self.terminals.order(number, is_on=value == "on", now=now)
        elif isinstance(value, Decimal):
            self.terminals.configure(number, on_time_s=int(value))
        elif setting == "mode":
            self.terminals.configure(number, mode=OutputMode(value))
        else:
            self.terminals.configure(number, normal=NormalState(value))

    @staticmethod
    def _obey_station(
        station: StationFlow, command: Command, value: Value, now: datetime
    ) -> None:
        if command.key == "current_limit" and isinstance(value, Decimal):
            station.set_limit(int(value), now)
        elif command.key == "session_state":
            station.set_started(now, is_started=value == "start")
        elif command.key == "ev_plug":
            station.set_plug_enabled(Plug.EV, now, is_enabled=value == "on")
        elif command.key == "domestic_plug":
            station.set_plug_enabled(Plug.DOMESTIC, now, is_enabled=value == "on")


def build_equipment(
    *, seed: int, name: str, model: Model, circuits: Sequence[Circuit], feed: Feed
) -> Equipment:
    """The parts of a device called ``name``; ValueError where circuits do not fit."""
    has = set(model.quantities)
    if "station_state" in has:
        return Equipment(station=_station(model, circuits))
    if "breaker_state" in has or "fault_trip" in has:
        return Equipment(
            breaker=Breaker(
                Switch(name, circuits),
                rated_current_a=model.rated_current_a or _rating(circuits),
                current_a=_current(feed),
            ),
            terminals=_terminals(seed, name, has, first_input=3),
        )
    if "contact_state" in has:
        return Equipment(contactor=Switch(name, circuits))
    return Equipment(terminals=_terminals(seed, name, has))


def _station(model: Model, circuits: Sequence[Circuit]) -> StationFlow:
    if len(circuits) != 1 or circuits[0].station is None:
        raise ValueError("a station's side needs one circuit with cars, its own")
    station = circuits[0].station
    if station.side.rated_a != (model.rated_current_a or station.side.rated_a):
        raise ValueError(f"its circuit is not one of {model.rated_current_a} A")
    if station.side.phases != model.phases:
        raise ValueError(f"its circuit has {station.side.phases} phases")
    return station


def _terminals(
    seed: int, name: str, has: set[str], first_input: int = 1
) -> Terminals | None:
    """Terminals for a model's inputs and outputs.

    The first two inputs of a state module are the contacts of its breaker.
    """
    inputs = _numbers(has, "input_")[first_input - 1 :]
    outputs = _numbers(has, "output_")
    analogue = _numbers(has, "analogue_input_")
    if not (inputs or outputs or analogue):
        return None
    return Terminals(
        seed=seed, name=name, inputs=inputs, outputs=outputs, analogue_inputs=analogue
    )


def _numbers(has: set[str], stem: str) -> list[int]:
    return sorted(
        int(quantity.removeprefix(stem))
        for quantity in has
        if quantity.startswith(stem) and quantity.removeprefix(stem).isdecimal()
    )


def _rating(circuits: Sequence[Circuit]) -> int:
    """The next rated current above what the circuits can draw, with a reserve."""
    amperes = sum(
        circuit.spec.rated
        / (NOMINAL_VOLTAGE_V * (3 if circuit.spec.phase is None else 1))
        for circuit in circuits
    )
    return next((r for r in RATINGS_A if r >= amperes * _RESERVE), RATINGS_A[-1])


def _current(feed: Feed) -> Callable[[datetime], float]:
    """Highest current of a phase through a feed."""

    def current_a(instant: datetime) -> float:
        if not feed.circuits:
            return 0.0
        gauges = Electricity(feed).gauges(instant)
        labels = ("l1", "l2", "l3")[: feed.phases]
        return max(gauges[f"current_{label}"] for label in labels)

    return current_a


def _contact(is_closed: bool) -> str:
    return "closed" if is_closed else "open"


def _breaker_states(breaker: Breaker) -> Mapping[str, str]:
    is_closed = breaker.state is BreakerState.CLOSED
    is_tripped = breaker.state is BreakerState.TRIPPED
    return {
        "breaker_state": breaker.state,
        "trip_cause": breaker.trip_cause,
        "contact_state": _contact(is_closed),
        "fault_trip": _OFF_ON[is_tripped],
        "input_1": _OFF_ON[is_closed],
        "input_2": _OFF_ON[is_tripped],
    }


def _terminal_states(terminals: Terminals, now: datetime) -> Mapping[str, str]:
    states = {f"input_{n}": _OFF_ON[on] for n, on in terminals.inputs.items()}
    for number, output in terminals.outputs.items():
        states[f"output_{number}"] = _OFF_ON[output.is_on(now)]
        states[f"output_{number}_normal_state"] = output.normal
        states[f"output_{number}_mode"] = output.mode
    return states


def _terminal_gauges(terminals: Terminals, now: datetime) -> Mapping[str, float]:
    gauges = {
        f"analogue_input_{n}": value
        for n, value in terminals.analogue_inputs(now).items()
    }
    for number, output in terminals.outputs.items():
        gauges[f"output_{number}_on_time"] = output.on_time_s
    return gauges


def _station_states(station: StationFlow, now: datetime) -> Mapping[str, str]:
    moment = station.moment(now)
    error = moment.error if moment.has_mains else MAINS_LOST
    is_of_charge = error in CHARGE_ERRORS
    return {
        "station_state": moment.station_state,
        "charge_state": moment.charge_state,
        "plug_in_use": Plug.NONE if moment.car is None else moment.car.plug,
        "station_error": "none" if error is None or is_of_charge else error,
        "charge_error": error if error is not None and is_of_charge else "none",
        "session_state": "start" if moment.is_started else "wait",
        "ev_plug": _OFF_ON[moment.is_ev_enabled],
        "domestic_plug": _OFF_ON[moment.is_domestic_enabled],
    }


def _station_gauges(station: StationFlow, now: datetime) -> Mapping[str, float]:
    moment, side = station.moment(now), station.side
    delivered = station.delivered(now)
    warmth = _WARMTH_C * moment.current_a / side.rated_a
    return {
        "rated_current": side.rated_a,
        "current_limit": moment.limit_a,
        "session_energy": delivered / MICRO,
        "session_charge": session_charge_ah(delivered, side),
        "session_duration": session_seconds(moment, now),
        "station_temperature": _BOARD_TEMPERATURE_C + warmth,
    }
