"""Sharing out current evenly, in whole amperes: max-min fairness on shared lines."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

from .config import MILLI


@dataclass(slots=True, kw_only=True)
class Share:
    """One that takes part: it loads ``lines`` and takes up to ``most_a``.

    ``given_a`` begins with what it has for certain, and grows. Of two with as much, the
    one with the lower ``rank`` goes first, and none of a higher tier before all of a
    lower one are satisfied.
    """

    number: int
    lines: tuple[int, ...]
    given_a: int
    most_a: int
    tier: int = 0
    rank: int = 0


def fill(shares: Iterable[Share], room_ma: Mapping[int, int]) -> None:
    """Raise the lowest share by an ampere, again and again, until nothing fits.

    ``room_ma`` is what the lines hold beyond what was given before. Nobody can then have
    more without somebody of his tier having less who has no more than he.
    """
    left = dict(room_ma)
    heap = [
        (share.tier, share.given_a, share.rank, share.number, share)
        for share in shares
        if share.given_a < share.most_a
    ]
    heapify(heap)
    while heap:
        tier, given, rank, number, share = heappop(heap)
        if any(left[line] < MILLI for line in share.lines):
            continue
        for line in share.lines:
            left[line] -= MILLI
        share.given_a = given + 1
        if share.given_a < share.most_a:
            heappush(heap, (tier, share.given_a, rank, number, share))
