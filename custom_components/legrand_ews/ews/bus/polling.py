"""What one poll of a device brings, and what it leaves for the next."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from ..catalogue import Block, Cadence
from ..errors import BusError, DeviceRefusedError
from .readings import Reading
from .sources import Key

_MOST_SILENCES: Final = 2
"""Blocks of a device in one poll that may cost a wait; the others come next time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """What one poll brought.

    ``gone`` are quantities whose register was read and has no value any more,
    ``error`` is the last fault on the way. ``missed`` are the cadences of what was due
    and did not come; ``is_learning`` where the device may not know those registers.
    """

    readings: Mapping[Key, Reading]
    gone: frozenset[Key] = frozenset()
    error: BusError | None = None
    missed: frozenset[Cadence] = frozenset()
    is_learning: bool = False


@dataclass(slots=True)
class Round:
    """A poll under way."""

    readings: dict[Key, Reading] = field(default_factory=dict)
    gone: set[Key] = field(default_factory=set)
    fault: BusError | None = None
    has_answered: bool = False
    silences: int = 0
    is_learning: bool = False
    _missed: set[Cadence] = field(default_factory=set)
    _done: list[Block] = field(default_factory=list)

    @property
    def is_over(self) -> bool:
        """Whether it has waited in vain often enough."""
        return self.silences >= _MOST_SILENCES

    def lost(self, block: Block, error: BusError, *, is_on_trial: bool) -> None:
        """Note a block that did not come."""
        self.fault = error
        self.missed(block)
        self.is_learning = self.is_learning or is_on_trial

    def missed(self, block: Block) -> None:
        """Note a block that is to be read soon."""
        self._missed.add(block.cadence)

    def done(self, block: Block, *, is_lesson: bool) -> None:
        """Note that a block had its turn.

        ``is_lesson`` where the device turned out not to know it: blocks that came
        before it and have the same quantities are to be read again.
        """
        if is_lesson:
            for other in self._done:
                if other.quantities & block.quantities:
                    self.missed(other)
        self._done.append(block)

    def finished(self) -> Poll:
        """Return what it brought; raises its fault where there is no value."""
        if not self.readings and self.fault is not None:
            raise self.fault
        self.gone.difference_update(self.readings)
        return Poll(
            readings=self.readings,
            gone=frozenset(self.gone),
            error=self.fault,
            missed=frozenset(self._missed),
            is_learning=self.is_learning,
        )


def is_refusal(error: BusError) -> bool:
    """Whether the device itself says no, in whatever words."""
    return isinstance(error, DeviceRefusedError) and error.key == "device_refused"
