"""Which reads fetch a set of registers in the least time on the line.

A request costs a fixed time whatever it carries, a register costs two characters.
So a hole between wanted registers is bridged while reading it is cheaper than
asking anew. ``modbus_connection.model`` plans by a fixed gap and gives up the
whole update at the first refused block; here every read stands alone and the
sum of times is the smallest possible.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
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


def span_of(reads: Collection[Read]) -> Read:
    """Return the read from the first of ``reads`` to the last."""
    start = min(read.address for read in reads)
    return Read(start, max(read.end for read in reads) - start)


def atoms_of(
    groups: Iterable[Group], max_words: int, cuts: Collection[int] = ()
) -> list[Read]:
    """Return the spans that a read must not divide, in order of address.

    A group that does not fit into one read is taken apart, and a register value
    wider than ``max_words`` left out. Groups that overlap are joined where they fit.
    """
    atoms: list[Read] = []
    for span in sorted(_fitting(groups, max_words, cuts)):
        if atoms and span.address < atoms[-1].end:
            joined = span_of((atoms[-1], span))
            if _is_readable(joined, max_words, cuts):
                atoms[-1] = joined
                continue
        atoms.append(span)
    return atoms


def plan_reads(
    atoms: Sequence[Read],
    *,
    max_words: int,
    cost: Callable[[int], float],
    cuts: Collection[int] = (),
) -> list[list[Read]]:
    """Plan the cheapest reads of at most ``max_words`` that carry every atom.

    Each read is given as the atoms in it; ``span_of`` them is what goes over the
    line. ``cost`` gives the time of a read by its number of words. No read goes
    across an address in ``cuts``; all others between the atoms must be readable.
    """
    # best[n]: least time for the first n atoms, and where its last read begins.
    best: list[tuple[float, int]] = [(0.0, 0)]
    for last in range(len(atoms)):
        choices: list[tuple[float, int]] = []
        for first in range(last, -1, -1):
            read = span_of((atoms[first], atoms[last]))
            if first < last and not _is_readable(read, max_words, cuts):
                break
            choices.append((best[first][0] + cost(read.words), first))
        best.append(min(choices))
    plan: list[list[Read]] = []
    count = len(atoms)
    while count:
        first = best[count][1]
        plan.append(list(atoms[first:count]))
        count = first
    return plan[::-1]


def _is_readable(read: Read, max_words: int, cuts: Collection[int]) -> bool:
    is_cut = any(read.address < cut < read.end for cut in cuts)
    return read.words <= max_words and not is_cut


def _fitting(
    groups: Iterable[Group], max_words: int, cuts: Collection[int]
) -> Iterable[Read]:
    for group in groups:
        whole = span_of(group)
        fits = _is_readable(whole, max_words, cuts)
        parts: Group = (whole,) if fits else group
        yield from (part for part in parts if part.words <= max_words)
