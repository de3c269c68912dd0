"""Sharing out current in whole amperes: weighted max-min fairness on shared lines."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from .config import MILLI

_FINE: Final = 1_000_000
"""Steps of the level in which weights are met."""


@dataclass(slots=True, kw_only=True)
class Share:
    """One that takes part: it loads ``lines`` and takes up to ``most_a``.

    ``given_a`` begins with what it has for certain, and grows. One with twice the
    ``weight`` gets twice as much. None of a higher tier gets more before all of a lower
    one are satisfied. Of amperes that cannot be divided those get the first who have them
    already (``held_a``), then those with the lower ``rank``. ``ampere_ma`` is what a line carries for an ampere that is given: cars
    take a little less than they may.
    """

    number: int
    lines: tuple[int, ...]
    given_a: int
    most_a: int
    tier: int = 0
    rank: int = 0
    held_a: int = 0
    weight: int = 1
    ampere_ma: int = MILLI


def fill(shares: Iterable[Share], room_ma: Mapping[int, int]) -> None:
    """Raise all together, each by its weight, until nothing fits.

    ``room_ma`` is what the lines hold beyond what was given before. Nobody can then have
    more without somebody of his tier having less who has no more than he, by weight.
    """
    left = dict(room_ma)
    tiers: dict[int, list[Share]] = {}
    for share in shares:
        if share.given_a < share.most_a:
            tiers.setdefault(share.tier, []).append(share)
    for tier in sorted(tiers):
        growing = tiers[tier]
        _raise_together(growing, left)
        _hand_out_rest(growing, left)


def _raise_together(shares: list[Share], left: dict[int, int]) -> None:
    """Let the level rise; a share grows with it from what it has to what it takes.

    A line that is full stops all that load it, wherever the level is then. Those alike
    rise alike: they are looked at as one.
    """
    groups = _alike(shares)
    events: list[tuple[int, bool, int]] = []
    for place, group in enumerate(groups):
        one = group[0]
        events.append((one.given_a * _FINE // one.weight, True, place))
        events.append((one.most_a * _FINE // one.weight, False, place))
    events.sort()
    slopes = dict.fromkeys(left, 0)
    loose = {line: room * _FINE for line, room in left.items()}
    growing: set[int] = set()
    stopped: dict[int, int] = {}
    level = 0
    for at, is_start, place in events:
        while at > level and (full := _fills_first(slopes, loose, at - level)):
            line, rise = full
            level += rise
            _rise(slopes, loose, rise)
            for other in [n for n in growing if line in groups[n][0].lines]:
                _stop(other, groups, slopes, growing)
                stopped[other] = level
        if at > level:
            _rise(slopes, loose, at - level)
            level = at
        group = groups[place]
        if is_start:
            lines = group[0].lines
            if min([loose[line] for line in lines]) > 0:
                growing.add(place)
                slope = _slope(group)
                for line in lines:
                    slopes[line] += slope
        elif place in growing:
            _stop(place, groups, slopes, growing)
            stopped[place] = at
    for place, reached in stopped.items():
        for share in groups[place]:
            _raise_to(share, min(share.most_a, reached * share.weight // _FINE), left)


def _alike(shares: list[Share]) -> list[list[Share]]:
    """Put those together that have the same and load the same lines in the same way."""
    groups: dict[tuple[object, ...], list[Share]] = {}
    for share in shares:
        kind = (
            share.lines,
            share.given_a,
            share.most_a,
            share.weight,
            share.ampere_ma,
        )
        groups.setdefault(kind, []).append(share)
    return list(groups.values())


def _slope(group: list[Share]) -> int:
    """Return what a line carries more for each ampere of level by weight."""
    return len(group) * group[0].weight * group[0].ampere_ma


def _fills_first(
    slopes: Mapping[int, int], loose: Mapping[int, int], within: int
) -> tuple[int, int] | None:
    """Return the line that is full first, and after what rise; None if none within."""
    found = None
    for line, slope in slopes.items():
        if slope and (rise := max(0, loose[line] // slope)) < within:
            found, within = (line, rise), rise
    return found


def _rise(slopes: Mapping[int, int], loose: dict[int, int], rise: int) -> None:
    for line, slope in slopes.items():
        loose[line] -= slope * rise


def _stop(
    place: int, groups: list[list[Share]], slopes: dict[int, int], growing: set[int]
) -> None:
    growing.discard(place)
    group = groups[place]
    slope = _slope(group)
    for line in group[0].lines:
        slopes[line] -= slope


def _hand_out_rest(shares: Iterable[Share], left: dict[int, int]) -> None:
    """Give an ampere each to those who have least by weight, as long as any fits."""
    while True:
        able = [
            share
            for share in shares
            if share.given_a < share.most_a
            and min([left[line] for line in share.lines]) >= share.ampere_ma
        ]
        if not able:
            return
        able.sort(
            key=lambda one: (
                one.given_a >= one.held_a,
                one.given_a * _FINE // one.weight,
                one.rank,
                one.number,
            )
        )
        shares = able
        for share in able:
            if min([left[line] for line in share.lines]) >= share.ampere_ma:
                _raise_to(share, share.given_a + 1, left)


def _raise_to(share: Share, amperes: int, left: dict[int, int]) -> None:
    more = amperes - share.given_a
    if more > 0:
        share.given_a = amperes
        for line in share.lines:
            left[line] -= more * share.ampere_ma
