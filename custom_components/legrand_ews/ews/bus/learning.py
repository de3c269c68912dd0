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
    must not go across, ``silences`` how often in a row it was left unanswered.
    """

    refused: set[int] = field(default_factory=set)
    cuts: set[int] = field(default_factory=set)
    silences: int = 0


class Learnt:
    """Facts of one device, by block."""

    SHORTEST: Final = 4
    """No device refuses the widest single value for its length."""

    def __init__(self, max_words: int) -> None:
        self.max_words = max_words
        self._blocks: dict[str, BlockFacts] = {}

    def of(self, block: Block) -> BlockFacts:
        """Return the facts of a block, empty ones to begin with."""
        return self._blocks.setdefault(block.key, BlockFacts())

    def is_refused(self, block: Block, register: Field) -> bool:
        """Say whether the device refuses one of the field's registers."""
        refused = self.of(block).refused
        return any(
            address in refused
            for start, words in register.spans
            for address in range(start, start + words)
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

    def was_silent(self, block: Block) -> bool:
        """Count an unanswered read; True when there have been too many in a row."""
        facts = self.of(block)
        facts.silences += 1
        return facts.silences >= PATIENCE


def group_of(block: Block, register: Field) -> Group:
    """Return the registers that make a field's value: its own, parts and sign."""
    signs = (f for f in block.fields if f.name == register.sign)
    spans = [*register.spans, *(span for sign in signs for span in sign.spans)]
    return tuple(Read(address, words) for address, words in spans)
