"""What a device has taught us about itself: limits and refused registers.

Learnt facts last as long as the reader: a reload of the site asks again.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from ..catalogue import Block, Field
from .plan import Group, Read
from .sources import PATIENCE


@dataclass(slots=True)
class BlockFacts:
    """Facts of one block.

    ``refused`` holds addresses that do not answer, ``cuts`` addresses that a read
    must not go across, ``silences`` how often in a row it did not come.
    ``has_answered`` once the device has given a part of it.
    """

    refused: set[int] = field(default_factory=set)
    cuts: set[int] = field(default_factory=set)
    silences: int = 0
    has_answered: bool = False


class Learnt:
    """Facts of one device, by block."""

    SHORTEST: Final = 4
    """No device refuses the widest single value for its length."""

    def __init__(self, max_words: int) -> None:
        self._longest = max_words
        self.max_words = max_words
        self.is_alive = False
        """Whether the device answered when it was asked last."""
        self._blocks: dict[str, BlockFacts] = {}
        self._groups: dict[tuple[str, str], Group] = {}

    def forget(self) -> None:
        """Begin anew."""
        self.max_words = self._longest
        self._blocks.clear()

    def of(self, block: Block) -> BlockFacts:
        """Return the facts of a block, empty ones to begin with."""
        return self._blocks.setdefault(block.key, BlockFacts())

    def group_of(self, block: Block, register: Field) -> Group:
        """Return the registers that make a field's value: its own, parts and sign."""
        key = (block.key, register.name)
        group = self._groups.get(key)
        if group is None:
            signs = (f for f in block.fields if f.name == register.sign)
            spans = [*register.spans, *(span for sign in signs for span in sign.spans)]
            group = tuple(Read(address, words) for address, words in spans)
            self._groups[key] = group
        return group

    def is_refused(self, block: Block, register: Field) -> bool:
        """Say whether the device refuses one of the field's registers."""
        refused = self.of(block).refused
        return bool(refused) and any(
            address in refused
            for part in self.group_of(block, register)
            for address in range(part.address, part.end)
        )

    def refuse(self, block: Block, reads: Iterable[Read]) -> None:
        """Remember registers that do not answer."""
        for read in reads:
            self.of(block).refused.update(range(read.address, read.end))

    def cut(self, block: Block, address: int) -> None:
        """Remember that no read may go across an address."""
        self.of(block).cuts.add(address)

    def shorten(self, words: int) -> None:
        """Remember the longest read that was accepted after a longer one was not."""
        self.max_words = max(self.SHORTEST, min(self.max_words, words))

    def answered(self, block: Block) -> None:
        """Remember that the device knows a block."""
        facts = self.of(block)
        facts.silences = 0
        facts.has_answered = True

    def was_lost(self, block: Block, *, is_alive: bool) -> bool:
        """Count a read without a value; True for a block that it may not know.

        A device may pass over what it does not know, or call it a failure, instead of
        refusing it: an optional block that never answers while others do
        (``is_alive``) is given up.
        """
        facts = self.of(block)
        facts.silences += 1
        if not block.is_optional or facts.has_answered:
            return False
        if is_alive and facts.silences >= PATIENCE:
            self.refuse(block, [Read(block.address, block.words)])
        return True
