"""Which reads fetch a set of registers in the least time on the line.

A request costs a fixed time whatever it carries, a register costs two characters.
So a hole between wanted registers is bridged while reading it is cheaper than
asking anew. ``modbus_connection.model`` plans by a fixed gap and gives up the
whole update at the first refused block; here every read stands alone and the
sum of times is the smallest possible.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Read:
    """Registers from ``address`` on, fetched by one request."""

    address: int
    words: int

    @property
    def end(self) -> int:
        """First address behind it."""
        return self.address + self.words


type Group = tuple[Read, ...]
"""Registers that make one value and should be read at one moment."""


def plan_reads(
    groups: Iterable[Group], *, max_words: int, cost: Callable[[int], float]
) -> list[Read]:
    """Plan the cheapest reads of at most ``max_words`` that carry every group.

    ``cost`` gives the time of a read by its number of words. A group too wide for
    one read is taken apart; a register value wider than ``max_words`` is left out.
    The addresses between the groups must be readable.
    """
    spans = _merged(_fitting(groups, max_words), max_words)
    # best[n]: least time for the first n spans, and where its last read begins.
    best: list[tuple[float, int]] = [(0.0, 0)]
    for last, span in enumerate(spans):
        best.append(
            min(
                (best[first][0] + cost(span.end - spans[first].address), first)
                for first in range(last + 1)
                if span.end - spans[first].address <= max_words
            )
        )
    reads: list[Read] = []
    count = len(spans)
    while count:
        first = best[count][1]
        start = spans[first].address
        reads.append(Read(start, spans[count - 1].end - start))
        count = first
    return reads[::-1]


def _fitting(groups: Iterable[Group], max_words: int) -> Iterable[Read]:
    for group in groups:
        start = min(part.address for part in group)
        whole = Read(start, max(part.end for part in group) - start)
        parts: Group = (whole,) if whole.words <= max_words else group
        yield from (part for part in parts if part.words <= max_words)


def _merged(spans: Iterable[Read], max_words: int) -> Sequence[Read]:
    """Join spans that overlap, so that cuts fall between values."""
    merged: list[Read] = []
    for span in sorted(spans):
        if merged and span.address < merged[-1].end:
            start = merged[-1].address
            joined = Read(start, max(merged[-1].end, span.end) - start)
            if joined.words <= max_words:
                merged[-1] = joined
                continue
        merged.append(span)
    return merged
