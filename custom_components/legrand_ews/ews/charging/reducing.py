"""Taking current away: in red, for the hard limit, for a vehicle that waits.

Decreases pass at once, all that are needed in one step; vehicles are stopped one by one,
one a step (S276, Q28). Each is decided by what the lines will carry once earlier orders
have been followed.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from .config import MILLI, START_LEVELS, Fallback, Level
from .desk import DRAWS_FROM_MA, Desk
from .outcome import ReasonKind
from .side import Side
from .state import UAS_PER_AH, MeterState, Zone

_REDUCTIONS: Final = (Level.FIRST, Level.SECOND)


def obey_caps(desk: Desk) -> None:
    """Keep every side within the bound it has at present."""
    for side in desk.sides:
        if not side.is_running:
            continue
        if side.is_capped_out:
            desk.stop(side)
        elif side.limit_a > side.cap_a:
            desk.run(side, side.level_of(side.cap_a), side.cap_a)
        else:
            continue
        desk.say(ReasonKind.CAPPED, side, limit_a=side.cap_a)


def fall_back(desk: Desk, meters: Mapping[int, MeterState]) -> None:
    """Without a meter: first the fallback, after a longer time the last resort (Q33)."""
    config = desk.config
    for circuit_id, meter in meters.items():
        if not meter.is_lost:
            continue
        silent = desk.clock - meter.heard_ms
        is_last = silent > config.last_resort_after_s * MILLI
        fallback = config.last_resort if is_last else config.fallback
        kind = ReasonKind.LAST_RESORT if is_last else ReasonKind.FALLBACK
        for side in _on_circuit(desk, circuit_id):
            if not _can_reduce(desk, side):
                continue
            if fallback is Fallback.PAUSE:
                desk.stop(side)
                desk.say(kind, side, limit_a=0)
                continue
            is_step = fallback is Fallback.SECOND_STEP
            level = Level.SECOND if is_step else Level.MINIMUM
            if side.limit_a > side.current_a(level):
                desk.run(side, level, side.current_a(level))
                desk.say(kind, side, limit_a=side.current_a(level))


def leave_red(desk: Desk) -> None:
    """Reduce on red lines to step 1, then step 2; if that is not enough, stop one."""
    aims = {
        number: desk.maximum[number] - desk.layout.lines[number].band_ma
        for number, line in enumerate(desk.lines)
        if line.zone is Zone.RED
    }
    if not _above(desk, aims):
        return
    _reduce(desk, aims, _REDUCTIONS, ReasonKind.REDUCED_IN_RED)
    above = _above(desk, aims)
    if above:
        _stop_one(desk, above)


def keep_hard_limit(desk: Desk) -> None:
    """After too long in red, guarantees no longer count (Q15)."""
    config = desk.config
    if not config.has_hard_limit:
        return
    aims = {
        number: desk.maximum[number]
        for number, line in enumerate(desk.lines)
        if line.over_ms is not None
        and desk.clock - line.over_ms >= config.hard_limit_after_s * MILLI
    }
    if not _above(desk, aims):
        return
    _reduce(desk, aims, (*_REDUCTIONS, Level.MINIMUM), ReasonKind.HARD_LIMIT_REDUCED)
    drawing = _drawing(desk, _above(desk, aims))
    if not drawing:
        return
    # One that does not follow its limit cannot be reduced: it goes first.
    first = min(drawing, key=lambda side: (not _is_ignoring(side), side.rank()))
    if not _has_guarantee(desk, first):
        desk.hard_stops += 1
    desk.stop(first)
    desk.say(ReasonKind.HARD_LIMIT_STOPPED, first, charge_ah=_charge(first))


def spare_of(desk: Desk) -> dict[int, int]:
    """Return by how much each line would be lower, in mA, with all at the second step."""
    spare = dict.fromkeys(range(len(desk.lines)), 0)
    for side in desk.sides:
        if _can_reduce(desk, side):
            for line, relief in _relief(side, side.current_a(Level.SECOND)).items():
                spare[line] += relief
    return spare


def make_room(desk: Desk, side: Side, spare: Mapping[int, int]) -> bool:
    """Reduce others so that a waiting vehicle can start; False where that is in vain.

    Nothing is reduced unless it lets the vehicle in (S275): to the charging limit, and
    out of yellow. ``spare`` is what `spare_of` said in this step.
    """
    least = side.need_ma(START_LEVELS[-1])
    aims = {}
    for line in side.place.all_lines:
        aims[line] = desk.charging[line] - least
        if desk.lines[line].zone is not Zone.GREEN:
            down = desk.charging[line] - desk.layout.lines[line].band_ma
            aims[line] = min(aims[line], down)
    above = _above(desk, aims)
    if not above:
        return True
    if any(desk.low[line] - spare[line] > aims[line] for line in above):
        return False
    _reduce(desk, aims, _REDUCTIONS, ReasonKind.REDUCED_TO_MAKE_ROOM)
    return True


def _above(desk: Desk, aims: Mapping[int, int]) -> list[int]:
    return [line for line, aim in aims.items() if desk.low[line] > aim]


def _is_ignoring(side: Side) -> bool:
    return side.vehicle is not None and side.vehicle.is_ignoring


def _has_guarantee(desk: Desk, side: Side) -> bool:
    return side.charge_uas >= desk.guarantee_uas


def _charge(side: Side) -> str:
    return f"{side.charge_uas / UAS_PER_AH:.2f}"


def _can_reduce(desk: Desk, side: Side) -> bool:
    """Whether an order would be heard; a silent station is not given up for that."""
    return side.is_running and desk.clock >= side.blocked_ms


def _on_circuit(desk: Desk, circuit_id: int) -> list[Side]:
    lines = desk.layout.lines
    return [
        side
        for side in desk.sides
        if any(lines[line].circuit_id == circuit_id for line in side.place.all_lines)
    ]


def _relief(side: Side, limit_a: int, before_a: int | None = None) -> dict[int, int]:
    """Return by how much a limit would lower each line, in mA.

    ``before_a`` is a limit chosen already, but not yet ordered. A car that does not follow
    its limit promises nothing.
    """
    relief: dict[int, int] = {}
    if _is_ignoring(side):
        return relief
    limit = limit_a * MILLI
    most = None if before_a is None else before_a * MILLI
    for current, lines in zip(side.low, side.place.lines, strict=True):
        low = current if most is None or current < most else most
        if low > limit:
            for line in lines:
                relief[line] = low - limit
    return relief


def _reduce(
    desk: Desk, aims: Mapping[int, int], levels: Iterable[Level], kind: ReasonKind
) -> None:
    """Reduce one process after another until the lines are down to their aims.

    All go to one step before any goes to the next (Q28).
    """
    low = {line: desk.low[line] for line in aims}
    above = set(_above(desk, aims))
    chosen: dict[int, tuple[Level, int]] = {}
    running = sorted(
        [side for side in desk.sides if _can_reduce(desk, side)], key=Side.rank
    )
    for level in levels:
        for side in running:
            if not above:
                break
            former = chosen.get(side.number)
            before = None if former is None else former[1]
            limit = side.current_a(level)
            if limit >= (side.limit_a if before is None else before):
                continue
            relief = _relief(side, limit, before)
            if above.isdisjoint(relief):
                continue
            chosen[side.number] = level, limit
            desk.say_limit(kind, side, limit)
            for line, less in relief.items():
                if line in low:
                    low[line] = left = low[line] - less
                    if left <= aims[line]:
                        above.discard(line)
    for number, (level, limit) in chosen.items():
        desk.run(desk.by_number[number], level, limit)


def _drawing(desk: Desk, lines: Iterable[int]) -> list[Side]:
    """Return the sides that load one of the lines and may yet be told to stop."""
    wanted = set(lines)
    if not wanted:
        return []
    return [
        side
        for side in desk.sides
        if not side.is_touched
        and side.drawn >= DRAWS_FROM_MA
        and _can_reduce(desk, side)
        and any(
            low >= DRAWS_FROM_MA and not wanted.isdisjoint(numbers)
            for low, numbers in zip(side.low, side.place.lines, strict=True)
        )
    ]


def _stop_one(desk: Desk, above: Iterable[int]) -> None:
    """Stop the normal process connected longest that has its guarantee (S276).

    A priority process only where no normal one runs on the line (Q30).
    """
    most = max([side.charge_uas for side in desk.sides], default=0)
    if most < desk.guarantee_uas:
        return
    loading: dict[int, list[Side]] = {line: [] for line in above}
    for side in desk.sides:
        if side.drawn >= DRAWS_FROM_MA and _can_reduce(desk, side):
            for low, numbers in zip(side.low, side.place.lines, strict=True):
                if low >= DRAWS_FROM_MA:
                    for line in numbers:
                        if line in loading:
                            loading[line].append(side)
    chosen: list[Side] = []
    for drawing in loading.values():
        normal = [s for s in drawing if s.vehicle and not s.vehicle.is_priority]
        chosen += [s for s in normal or drawing if _has_guarantee(desk, s)]
    if chosen:
        side = min(chosen, key=Side.rank)
        desk.stop(side)
        desk.say(ReasonKind.STOPPED_IN_RED, side, charge_ah=_charge(side))
