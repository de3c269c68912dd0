"""Sharing out current evenly, in whole amperes: max-min fairness on shared lines."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

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
    tiers: dict[int, list[Share]] = {}
    for share in shares:
        if share.given_a < share.most_a:
            tiers.setdefault(share.tier, []).append(share)
    for tier in sorted(tiers):
        growing = sorted(tiers[tier], key=lambda share: (share.rank, share.number))
        while growing:
            growing = _grow(growing, left)


def _grow(growing: list[Share], left: dict[int, int]) -> list[Share]:
    """Raise all to the highest common level, and one ampere more those who can.

    Return who can still have more.
    """
    level = _common_level(growing, left)
    for share in growing:
        _raise_to(share, min(level, share.most_a), left)
    still = []
    for share in growing:
        if share.given_a == level < share.most_a:
            if any(left[line] < MILLI for line in share.lines):
                continue
            _raise_to(share, level + 1, left)
        if share.given_a < share.most_a:
            still.append(share)
    return still


def _common_level(growing: Iterable[Share], left: Mapping[int, int]) -> int:
    """Return to how many amperes all can be raised, each as far as it goes."""
    low = min(share.given_a for share in growing)
    high = max(share.most_a for share in growing)
    while low < high:
        level = (low + high + 1) // 2
        need = dict.fromkeys(left, 0)
        for share in growing:
            more = min(level, share.most_a) - share.given_a
            if more > 0:
                for line in share.lines:
                    need[line] += more
        if all(
            amperes * MILLI <= left[line] for line, amperes in need.items() if amperes
        ):
            low = level
        else:
            high = level - 1
    return low


def _raise_to(share: Share, amperes: int, left: dict[int, int]) -> None:
    more = amperes - share.given_a
    if more > 0:
        share.given_a = amperes
        for line in share.lines:
            left[line] -= more * MILLI
