"""Fair sharing instead of steps: every vehicle its even part (beyond the manual).

Whoever charges keeps at least the minimum; one that waits is let in as soon as the others
can shrink to make room. Once a process has its guaranteed quantity, it gives way to a
vehicle that has not. What is then left is shared evenly, priority first. A car that takes
less than it may leaves the rest to others.
"""

from collections.abc import Iterable
from typing import Final

from .config import LOWEST_CURRENT_A, MILLI, Level
from .desk import DRAWS_FROM_MA, Desk
from .inputs import Charge
from .outcome import ReasonKind
from .recovering import waiting
from .sharing import Share, fill
from .side import Side
from .state import Zone

_HEADROOM_A: Final = 2
"""Beyond what a car takes, so that it is seen when it would take more."""
_MOST_AT_ONCE: Final = 64
"""Increases in one step: no bus carries more, and a grid likes many small steps better."""


def share_evenly(desk: Desk) -> None:
    """Work out everybody's share; lower at once, raise and start where there is room."""
    table = _Table(desk)
    starting = table.admit()
    fill(table.shares.values(), table.room)
    for side in table.leaving:
        desk.stop(side)
        desk.say(ReasonKind.GAVE_WAY, side)
    _lower(desk, table)
    _raise(desk, table)
    _start(desk, table, starting)


class _Table:
    """Who takes part, and what the lines hold for them."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.sides: dict[int, Side] = {}
        self.shares: dict[int, Share] = {}
        self.leaving: list[Side] = []
        # The highest other loads of the last while: a share shall not follow each of
        # their ups and downs.
        self.room = {
            line: charging - low - max(0, max(desk.lines[line].peaks_ma) - others)
            for line, (charging, low, others) in enumerate(
                zip(desk.charging, desk.low, desk.others, strict=True)
            )
        }
        for side in desk.sides:
            if _takes_part(desk, side):
                self._seat(side)

    def _seat(self, side: Side) -> None:
        """Let a process that charges take part, with its minimum for certain."""
        least = _least_a(side)
        for low, lines in zip(side.low, side.place.lines, strict=True):
            for line in lines:
                self.room[line] += low
        self._give(side, least, _most_a(self.desk, side))

    def _give(self, side: Side, least: int, most: int) -> None:
        vehicle = side.vehicle
        assert vehicle is not None  # noqa: S101 - it charges, or waits to
        lines = _lines(side)
        self.sides[side.number] = side
        self.shares[side.number] = Share(
            number=side.number,
            lines=lines,
            given_a=least,
            most_a=max(least, most),
            tier=0 if vehicle.is_priority else 1,
            rank=vehicle.connected_ms,
            held_a=side.limit_a,
            weight=self._weight(side),
            ampere_ma=vehicle.uses_permille,
        )
        self._take(lines, least * vehicle.uses_permille)

    def _weight(self, side: Side) -> int:
        """Return what shares are in proportion to: one who tells no need has little.

        In whole powers of two and halves between, so that it changes rarely.
        """
        needs = self.desk.inputs.needs_ma
        if not needs:
            return 1
        need = max(MILLI, needs.get(side.number, LOWEST_CURRENT_A * MILLI)) // MILLI
        power = 1 << (need.bit_length() - 1)
        return 2 * power + power * (2 * need >= 3 * power)

    def _take(self, lines: Iterable[int], current_ma: int) -> None:
        for line in lines:
            self.room[line] -= current_ma

    def admit(self) -> list[Side]:
        """Let those in the queue in whose minimum fits."""
        desk = self.desk
        admitted = []
        able = self._able()
        for side in waiting(desk):
            if not desk.is_free(side):
                continue
            if side.refusals:
                admitted.append(side)
                continue
            if not desk.are_known(side):
                continue
            least = _least_a(side)
            if not self._fits(side, least) and not self._make_way(side, least, able):
                continue
            self._give(side, least, side.current_a(Level.RATED))
            admitted.append(side)
        return admitted

    def _fits(self, side: Side, amperes: int) -> bool:
        room = min([self.room[line] for line in side.place.all_lines])
        return room >= amperes * MILLI

    def _able(self) -> list[Side]:
        """Return those that have their quantity and can give way, in this order."""
        able = (
            side
            for side in self.sides.values()
            if side.is_settled and _is_satisfied(self.desk, side)
        )
        return sorted(able, key=Side.rank)

    def _make_way(self, side: Side, least: int, able: list[Side]) -> bool:
        """Let processes that have their quantity give way to a vehicle that has not."""
        if not able or _is_satisfied(self.desk, side):
            return False
        lacking = {x for x in side.place.all_lines if self.room[x] < least * MILLI}
        leaving: list[Side] = []
        for other in able:
            if other.number not in self.shares or lacking.isdisjoint(_lines(other)):
                continue
            if _is_priority(other) and not _is_priority(side):
                continue
            self._take(_lines(other), -_taken_ma(self.shares[other.number]))
            leaving.append(other)
            lacking = {x for x in lacking if self.room[x] < least * MILLI}
            if not lacking:
                break
        if self._fits(side, least):
            for other in leaving:
                del self.sides[other.number]
                del self.shares[other.number]
            self.leaving += leaving
            return True
        for other in leaving:
            self._take(_lines(other), _taken_ma(self.shares[other.number]))
        return False


def _taken_ma(share: Share) -> int:
    return share.given_a * share.ampere_ma


def _takes_part(desk: Desk, side: Side) -> bool:
    """Whether a process is to be given a share: it draws, or is about to."""
    return (
        side.peak >= DRAWS_FROM_MA
        and side.is_running
        and side.is_fresh
        and not side.is_lost
        and desk.clock >= side.blocked_ms
        and not side.is_capped_out
        and desk.are_known(side)
    )


def _lines(side: Side) -> tuple[int, ...]:
    """Return the lines that a side loads: a car may use one conductor of three."""
    if side.peak < DRAWS_FROM_MA or min(side.high) >= DRAWS_FROM_MA:
        return side.place.all_lines
    return tuple(
        line
        for high, lines in zip(side.high, side.place.lines, strict=True)
        if high >= DRAWS_FROM_MA
        for line in lines
    )


def _least_a(side: Side) -> int:
    return -(-side.need_ma(Level.MINIMUM) // MILLI)


def _most_a(desk: Desk, side: Side) -> int:
    """Return what a car would take, as far as one can see."""
    vehicle = side.vehicle
    if vehicle is None or vehicle.is_ignoring:
        return _least_a(side)
    limit = side.limit_a
    if not side.is_settled:
        return min(limit, side.current_a(Level.RATED))
    if not vehicle.has_drawn and limit <= side.place.spec.minimum_a:
        # Asleep at its minimum: it is given more once it is seen to take that.
        return _least_a(side)
    drawn = side.drawn
    if not vehicle.has_drawn or drawn + DRAWS_FROM_MA >= limit * MILLI:
        return side.current_a(Level.RATED)
    return min(-(-drawn // MILLI) + _HEADROOM_A, side.current_a(Level.RATED))


def _is_satisfied(desk: Desk, side: Side) -> bool:
    return side.vehicle is not None and side.charge_uas >= desk.guarantee_uas


def _is_priority(side: Side) -> bool:
    return side.vehicle is not None and side.vehicle.is_priority


def _lower(desk: Desk, table: _Table) -> None:
    """Lower what is above its share; one ampere only where a line needs it."""
    red = {n for n, line in enumerate(desk.lines) if line.zone is Zone.RED}
    for number, share in table.shares.items():
        side = table.sides[number]
        if not side.is_running:
            continue
        less = side.limit_a - share.given_a
        if less > 1 or (
            less == 1
            and any(desk.low[line] > desk.charging[line] for line in share.lines)
        ):
            is_red = not red.isdisjoint(share.lines)
            kind = ReasonKind.REDUCED_IN_RED if is_red else ReasonKind.REDUCED_TO_SHARE
            _set(desk, side, share.given_a, kind)
    for side in desk.sides:
        if side.number in table.shares:
            continue
        if (
            side.is_running
            and side.limit_a > side.place.spec.minimum_a
            and _is_idle(desk, side)
        ):
            least = side.place.spec.minimum_a
            _set(desk, side, least, ReasonKind.REDUCED_TO_SHARE)


def _is_idle(desk: Desk, side: Side) -> bool:
    """Whether a car is full or asleep: it may wake at its minimum."""
    return (
        desk.is_free(side)
        and side.is_settled
        and side.peak < DRAWS_FROM_MA
        and side.charge is not Charge.FAULT
    )


def _raise(desk: Desk, table: _Table) -> None:
    hold = desk.config.raise_after_s * MILLI
    raised = 0
    for number, share in table.shares.items():
        if raised == _MOST_AT_ONCE:
            return
        side = table.sides[number]
        vehicle = side.vehicle
        if vehicle is None or not side.is_running or not side.is_settled:
            continue
        # One that is settled was ordered nothing in this step.
        rest = desk.clock - (vehicle.changed_ms or 0)
        if share.given_a <= side.limit_a or rest < hold:
            continue
        if not desk.are_green(side.place.all_lines):
            continue
        spare = min(
            [
                desk.charging[line] - desk.high[line] + high
                for high, lines in zip(side.high, side.place.lines, strict=True)
                if high >= DRAWS_FROM_MA
                for line in lines
            ]
        )
        limit = min(share.given_a, spare // share.ampere_ma)
        if limit > side.limit_a:
            _set(desk, side, limit, ReasonKind.RAISED)
            raised += 1


def _start(desk: Desk, table: _Table, starting: Iterable[Side]) -> None:
    hold = desk.config.raise_after_s * MILLI
    started = 0
    for side in starting:
        if started == _MOST_AT_ONCE:
            return
        session = side.session
        lines = side.place.all_lines
        if session is None or not desk.are_green(lines):
            continue
        is_resumed = session.was_stopped
        if is_resumed and desk.clock - (session.changed_ms or 0) < hold:
            continue
        spare = min([desk.charging[line] - desk.high[line] for line in lines]) // MILLI
        share = table.shares.get(side.number)
        # One that refuses orders shall not cost the others anything.
        least = _least_a(side)
        limit = min(least if share is None else share.given_a, spare)
        if limit >= least:
            kind = ReasonKind.RESUMED if is_resumed else ReasonKind.STARTED
            _set(desk, side, min(limit, side.current_a(Level.RATED)), kind)
            started += 1


def _set(desk: Desk, side: Side, limit_a: int, kind: ReasonKind) -> None:
    limit = min(limit_a, side.place.spec.rated_a)
    desk.run(side, side.level_of(limit), limit)
    desk.say_limit(kind, side, limit)
