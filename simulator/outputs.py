"""Inputs and outputs of supervision modules (registers.md T9).

An output is on or off by command; a timed one falls back by itself after its
ON time. Inputs are off until somebody sets them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from .randomness import drift

_SHORT_PULSE_S: Final = 1
"""ON time of a pulse for which none is set."""
_ANALOGUE_MIDDLE: Final = 500.0
_ANALOGUE_SWING: Final = 200.0
_ANALOGUE_PERIOD_S: Final = 900


class NormalState(StrEnum):
    """What the contact does while the output is off."""

    OPEN = "normally_open"
    CLOSED = "normally_closed"


class OutputMode(StrEnum):
    """How an output obeys: as long as told, or for its ON time."""

    DIRECT = "direct"
    PULSE = "pulse"


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """Settings and last order of one output.

    ``on_time_s`` 0 means maintained in direct mode; an ON time limits the
    output in either mode.
    """

    normal: NormalState = NormalState.OPEN
    mode: OutputMode = OutputMode.DIRECT
    on_time_s: int = 0
    is_ordered: bool = False
    ordered_at: datetime | None = None

    def is_on(self, now: datetime) -> bool:
        """Whether the output is active at ``now``."""
        if not self.is_ordered or self.ordered_at is None:
            return False
        limit_s = self.on_time_s
        if self.mode is OutputMode.PULSE and not limit_s:
            limit_s = _SHORT_PULSE_S
        return not limit_s or now < self.ordered_at + timedelta(seconds=limit_s)

    def is_contact_closed(self, now: datetime) -> bool:
        """What the relay's terminals show: inverse where normally closed."""
        return self.is_on(now) is (self.normal is NormalState.OPEN)


class Terminals:
    """The inputs and outputs of one module, by number.

    Settings that change while a timed output is on count for it at once.
    """

    def __init__(
        self,
        *,
        seed: int,
        name: str,
        inputs: Iterable[int] = (),
        outputs: Iterable[int] = (),
        analogue_inputs: Iterable[int] = (),
    ) -> None:
        """Everything is off, maintained and normally open."""
        self.inputs = dict.fromkeys(inputs, False)
        self.outputs = {n: Output() for n in outputs}
        self._seed = seed
        self._name = name
        self._analogue: dict[int, float | None] = dict.fromkeys(analogue_inputs)

    def set_input(self, number: int, *, is_on: bool) -> None:
        """Apply or take away the signal; KeyError for an input it has not."""
        if number not in self.inputs:
            raise KeyError(f"input {number}")
        self.inputs[number] = is_on

    def set_analogue_input(self, number: int, value: float) -> None:
        """Hold an analogue input at ``value``; KeyError for one it has not."""
        if number not in self._analogue:
            raise KeyError(f"analogue input {number}")
        self._analogue[number] = value

    def analogue_inputs(self, now: datetime) -> Mapping[int, float]:
        """Values by number: what was set, else a slow drift around the middle."""
        position = now.timestamp() / _ANALOGUE_PERIOD_S
        return {
            number: held
            if held is not None
            else _ANALOGUE_MIDDLE
            + _ANALOGUE_SWING * drift(self._seed, f"{self._name} {number}", position)
            for number, held in self._analogue.items()
        }

    def order(self, number: int, *, is_on: bool, now: datetime) -> None:
        """Switch an output; an order repeated starts its ON time again."""
        self.outputs[number] = replace(
            self.outputs[number], is_ordered=is_on, ordered_at=now
        )

    def configure(
        self,
        number: int,
        *,
        normal: NormalState | None = None,
        mode: OutputMode | None = None,
        on_time_s: int | None = None,
    ) -> None:
        """Set what is given; ValueError for a time that is negative."""
        if on_time_s is not None and on_time_s < 0:
            raise ValueError("an ON time is 0 s or more")
        output = self.outputs[number]
        self.outputs[number] = replace(
            output,
            normal=normal or output.normal,
            mode=mode or output.mode,
            on_time_s=output.on_time_s if on_time_s is None else on_time_s,
        )
