"""Several devices at one address: sides of a station, modules, remote ids."""

from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import combinations
from typing import override

from custom_components.legrand_ews.ews.catalogue import Space

from .refusal import RefusedError
from .unit import Responder, Unit


class Group(Responder):
    """Devices that answer at one address, each for its own registers.

    ValueError where two of them claim the same register.
    """

    def __init__(self, members: Sequence[Unit]) -> None:
        """Put ``members`` at one address."""
        for first, second in combinations(members, 2):
            # Remote ids are one apart and two words long: each is told by its start.
            if not (first.is_whole and second.is_whole) and _overlap(first, second):
                raise ValueError("two devices claim the same registers")
        self.members = tuple(members)

    @property
    @override
    def turnaround_s(self) -> float:
        """Seconds that the slowest member takes to answer."""
        return max(member.turnaround_s for member in self.members)

    @property
    @override
    def spacing_s(self) -> float:
        """Seconds of silence that the most sensitive member needs."""
        return max(member.spacing_s for member in self.members)

    @override
    def read(
        self, space: Space, address: int, count: int, now: datetime
    ) -> Sequence[int]:
        """What the member with these registers reads."""
        return self._first(lambda member: member.read(space, address, count, now))

    @override
    def write(
        self, space: Space, address: int, words: Sequence[int], now: datetime
    ) -> None:
        """Let the member with these registers obey."""
        self._first(lambda member: member.write(space, address, words, now))

    def _first[T](self, ask: Callable[[Unit], T]) -> T:
        """What the first member says that does not refuse.

        When all refuse, the refusal that comes closest to the registers: a
        wrong value before a wrong address before a wrong function.
        """
        codes = []
        for member in self.members:
            try:
                return ask(member)
            except RefusedError as error:
                codes.append(error.code)
        raise RefusedError(max(codes))


def _overlap(first: Unit, second: Unit) -> bool:
    return any(
        space is other_space and begin < other_end and other_begin < end
        for space, begin, end in first.tables
        for other_space, other_begin, other_end in second.tables
    )
