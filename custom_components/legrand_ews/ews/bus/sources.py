"""Which of several registers supplies a quantity (block and field ranks).

A device may hold one quantity in two places: the fixed-scale block of the IME
meters beside the scaled one, a total beside a partial. The best place that has a
value is chosen and kept: a counter that jumps between two registers would book
energy that never flowed (registers.md 0.7 row 9).
"""

from collections.abc import Iterable
from typing import Final

from ..catalogue import Block, Field

PATIENCE: Final = 3
"""Reads without a value after which another place may take over."""

type Key = tuple[str, int | None]
"""A quantity and, on a concentrator, the input."""
type _Place = tuple[str, str]


def key_of(register: Field) -> Key | None:
    """Return what a field supplies, None for an auxiliary field."""
    if register.quantity is None:
        return None
    return register.quantity, register.position


class Sources:
    """Keeps the chosen place of every quantity of one device."""

    def __init__(self, blocks: Iterable[Block]) -> None:
        ranked: dict[Key, list[tuple[int, int, _Place]]] = {}
        for block in blocks:
            for register in block.fields:
                if (key := key_of(register)) is not None:
                    place = (block.key, register.name)
                    ranked.setdefault(key, []).append(
                        (register.rank, block.rank, place)
                    )
        self._places = {
            key: [place for _, _, place in sorted(places)]
            for key, places in ranked.items()
        }
        self._chosen: dict[Key, _Place] = {}
        self._empty: dict[_Place, int] = {}
        """How often in a row a place was read and had no value."""

    @property
    def are_found(self) -> bool:
        """Whether any quantity has been supplied yet."""
        return bool(self._chosen)

    def is_wanted(self, block: Block, register: Field) -> bool:
        """Say whether a field is worth reading; auxiliary ones always are."""
        key = key_of(register)
        chosen = None if key is None else self._chosen.get(key)
        return chosen is None or chosen == (block.key, register.name)

    def offer(self, block: Block, register: Field, *, has_value: bool) -> bool:
        """Take note of a field that was read; True where its value counts."""
        key = key_of(register)
        if key is None:
            return False
        place = (block.key, register.name)
        chosen = self._chosen.get(key)
        if not has_value:
            self._empty[place] = self._empty.get(place, 0) + 1
            if chosen == place and self._empty[place] >= PATIENCE:
                del self._chosen[key]
            return False
        if chosen is None and self._may_choose(key, place):
            self._chosen[key] = chosen = place
        if chosen == place:
            self._empty.pop(place, None)
        return chosen == place

    def rule_out(self, block: Block, register: Field) -> None:
        """Take note that the device refuses a field: others may supply it."""
        place = (block.key, register.name)
        self._empty[place] = PATIENCE
        key = key_of(register)
        if key is not None and self._chosen.get(key) == place:
            del self._chosen[key]

    def _may_choose(self, key: Key, place: _Place) -> bool:
        """Only where every better place has turned out to be empty or refused."""
        places = self._places[key]
        return all(other in self._empty for other in places[: places.index(place)])
