"""Notices a counter that stands still although power flows through its meter."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from ..bus.readings import Reading

_LONGEST_STEP: Final = timedelta(seconds=120)
"""A reading of power says nothing of a longer silence before it."""
_HOUR: Final = timedelta(hours=1)
_POWER: Final = "active_power"
_SIGNS: Final = {"active_energy_import": 1, "active_energy_export": -1}


@dataclass(frozen=True, slots=True, kw_only=True)
class StuckRule:
    """When a counter is taken for stuck: all three must be exceeded.

    Since the counter last changed, ``time`` has passed, and energy of ``energy_wh``
    has flowed at more than ``power_w``. The energy is twice the coarsest step of a
    counter, 1 kWh, so that a coarse one is not suspected.
    """

    time: timedelta = timedelta(hours=1)
    power_w: Decimal = Decimal(20)
    energy_wh: Decimal = Decimal(2000)


DEFAULT_RULE: Final = StuckRule()


@dataclass(frozen=True, slots=True, kw_only=True)
class StuckChange:
    """A counter has stopped, or goes on (``is_stuck`` False)."""

    quantity: str
    at: datetime
    value: Decimal
    is_stuck: bool


@dataclass(slots=True, kw_only=True)
class _Watched:
    value: Decimal
    since: datetime
    read_at: datetime
    energy_wh: Decimal = Decimal(0)
    is_stuck: bool = False


class StuckWatch:
    """Compares the energy counters of one device with its power."""

    def __init__(self, rule: StuckRule = DEFAULT_RULE) -> None:
        """Begin without a suspicion."""
        self._rule = rule
        self._watched: dict[str, _Watched] = {}
        self._power_at: datetime | None = None

    @property
    def stuck(self) -> frozenset[str]:
        """Counters that stand still."""
        return frozenset(key for key, w in self._watched.items() if w.is_stuck)

    def observe(self, readings: Mapping[str, Reading]) -> list[StuckChange]:
        """Take the latest readings; tell which counters stop or go on."""
        power = readings.get(_POWER)
        step = timedelta() if power is None else self._step(power.read_at)
        changes: list[StuckChange] = []
        for quantity, sign in _SIGNS.items():
            reading = readings.get(quantity)
            if reading is None:
                continue
            watched = self._watched.get(quantity)
            if watched is None or watched.value != reading.value:
                if watched is not None and watched.is_stuck:
                    changes.append(_change(quantity, reading, is_stuck=False))
                self._watched[quantity] = _Watched(
                    value=reading.value, since=reading.read_at, read_at=reading.read_at
                )
                continue
            if power is not None and sign * power.value > self._rule.power_w:
                hours = Decimal(step // timedelta(seconds=1)) / (
                    _HOUR // timedelta(seconds=1)
                )
                watched.energy_wh += sign * power.value * hours
            # Only a reading after all that energy shows that it did not count.
            if reading.read_at <= watched.read_at:
                continue
            watched.read_at = reading.read_at
            if not watched.is_stuck and self._is_exceeded(watched):
                watched.is_stuck = True
                changes.append(_change(quantity, reading, is_stuck=True))
        return changes

    def _is_exceeded(self, watched: _Watched) -> bool:
        unchanged = watched.read_at - watched.since
        rule = self._rule
        return unchanged >= rule.time and watched.energy_wh >= rule.energy_wh

    def _step(self, power_at: datetime) -> timedelta:
        last, self._power_at = self._power_at, power_at
        if last is None:
            return timedelta()
        return max(timedelta(), min(power_at - last, _LONGEST_STEP))


def _change(quantity: str, reading: Reading, *, is_stuck: bool) -> StuckChange:
    return StuckChange(
        quantity=quantity, at=reading.read_at, value=reading.value, is_stuck=is_stuck
    )
