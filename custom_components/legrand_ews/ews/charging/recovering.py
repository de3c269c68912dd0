"""Giving current: new and waiting vehicles first, then back to the rated current.

One increase a step (S277): the vehicle that waits longest, priority first; while
vehicles wait on a line nothing is raised on it; then the process first reduced.
"""

from collections import Counter

from .config import MILLI, START_LEVELS, Level
from .desk import DRAWS_FROM_MA, Desk
from .outcome import ReasonKind
from .reducing import make_room, spare_of
from .side import Side


def serve_queue(desk: Desk) -> bool:
    """Start the first vehicle that fits, and make room for the first that could.

    What the vehicle for which room is made will need is not given to later ones.
    Return whether one was started.
    """
    kept: Counter[int] = Counter()
    spare: dict[int, int] | None = None
    for side in waiting(desk):
        if not desk.is_free(side) or not desk.are_known(side):
            continue
        session = side.session
        hold = desk.config.raise_after_s * MILLI
        if session is not None and session.was_stopped:
            since = session.changed_ms or 0
            is_rested = desk.clock - since >= hold
        else:
            hold, is_rested = 0, True
        level = _best_level(desk, side, kept)
        if (
            is_rested
            and level is not None
            and desk.are_green(side.place.all_lines, for_ms=hold)
        ):
            is_resumed = session is not None and session.was_stopped
            desk.run(side, level, side.current_a(level))
            kind = ReasonKind.RESUMED if is_resumed else ReasonKind.STARTED
            desk.say(kind, side, limit_a=side.current_a(level))
            return True
        # One that refuses orders shall not cost the others anything.
        if kept or side.refusals:
            continue
        if spare is None:
            spare = spare_of(desk)
        if make_room(desk, side, spare):
            kept.update(
                dict.fromkeys(side.place.all_lines, side.need_ma(START_LEVELS[-1]))
            )
    return False


def raise_one(desk: Desk) -> None:
    """Raise the process first reduced, as far as its lines stay green."""
    hold = desk.config.raise_after_s * MILLI
    wanted = {
        line
        for side in waiting(desk)
        if desk.is_free(side) and not side.refusals
        for line in side.place.all_lines
    }
    reduced = [
        (session.reduced_ms or 0, side.rank(), side)
        for side in desk.sides
        if side.is_running
        and side.limit_a < side.current_a(Level.RATED)
        and (session := side.session) is not None
        and desk.clock - (session.changed_ms or 0) >= hold
    ]
    for _, _, side in sorted(reduced, key=lambda entry: entry[:2]):
        if (
            desk.is_free(side)
            and side.is_settled
            and wanted.isdisjoint(side.place.all_lines)
            and desk.are_green(side.place.all_lines, for_ms=hold)
            and _raise(desk, side)
        ):
            return


def waiting(desk: Desk) -> list[Side]:
    """Return the sides in the queue, the next one first (Q29)."""
    found = [
        (not vehicle.is_priority, vehicle.waiting_ms, side.number, side)
        for side in desk.sides
        if (vehicle := side.vehicle) is not None and side.is_waiting and side.wants
    ]
    return [entry[-1] for entry in sorted(found, key=lambda entry: entry[:-1])]


def _best_level(desk: Desk, side: Side, kept: Counter[int]) -> Level | None:
    """Return the best level at which all phases stay at the charging limit (Q31)."""
    for level in START_LEVELS:
        current = side.need_ma(level)
        if all(
            desk.high[line] + current + kept[line] <= desk.charging[line]
            for line in side.place.all_lines
        ):
            return level
    return None


def _raise(desk: Desk, side: Side) -> bool:
    for level in START_LEVELS:
        limit = side.current_a(level)
        if limit <= side.limit_a:
            return False
        if all(
            desk.high[line] - high + max(high, limit * MILLI) <= desk.charging[line]
            for high, lines in zip(side.high, side.place.lines, strict=True)
            if high >= DRAWS_FROM_MA
            for line in lines
        ):
            desk.run(side, level, limit)
            desk.say(ReasonKind.RAISED, side, limit_a=limit)
            return True
    return False
