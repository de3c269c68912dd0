"""The table at which one step is worked out: changeable, and gone afterwards.

For every line there are three figures in mA. *Load* is what its meter says. *Low* is what
the load will be when every order given has been followed downwards: decreases are
decided by it, so that none is given twice while a car is still slow to follow. *High* is
what it will be when everything promised is drawn: increases are decided by it, so that
nothing is given away twice.
"""

from collections.abc import Iterable
from datetime import timedelta
from functools import lru_cache
from typing import Final

from .config import MILLI, ChargingConfig, Level
from .inputs import Inputs
from .layout import Layout, Place
from .outcome import Action, Command, Reason, ReasonKind
from .side import Side, since_when_reduced
from .state import (
    UAS_PER_AH,
    LineState,
    Progress,
    Session,
    Setting,
    State,
    StationState,
    running_at,
)

DRAWS_FROM_MA: Final = 1_000
"""Less is no charging: the electronics of a car and of a meter's error."""
IN_STEP: Final = timedelta(seconds=1)


class Desk:
    """Everything a step looks at and changes."""

    def __init__(
        self, config: ChargingConfig, layout: Layout, inputs: Inputs, state: State
    ) -> None:
        """Lay out the last state; nothing is read yet."""
        self.config = config
        self.layout = layout
        self.inputs = inputs
        self.state = state
        self.clock = state.clock_ms
        self.stale_ms = config.stale_after_s * MILLI
        self.guarantee_uas = config.guaranteed_ah * UAS_PER_AH
        self.sides: list[Side] = []
        self.by_number: dict[int, Side] = {}
        # Those without a vehicle, now and before: there is nothing to decide about them.
        self.empty: dict[int, StationState] = {}
        self.lines: list[LineState] = []
        # How long a line has been known to be green; below zero if it is not.
        self.green_ms: list[int] = []
        self.least_green_ms = -1
        self.is_all_known = False
        self.maximum: list[int] = []
        self.charging: list[int] = []
        self.low: list[int] = []
        self.high: list[int] = []
        self.others: list[int] = []
        self.reasons: list[Reason] = []
        self.repeated: list[Side] = []
        self.disarmed: list[Side] = []
        self.hard_stops = state.hard_stops

    def seat(self, place: Place, station: StationState) -> None:
        """Let a side take part in this step."""
        number = place.spec.id
        side = Side(place, station, self.inputs.caps_a.get(number))
        self.sides.append(side)
        self.by_number[number] = side

    # What a side is expected to draw

    def is_settled(self, side: Side) -> bool:
        """Return whether the car has had the time to follow its order, and was heard since.

        A station that stays silent is not waited for any longer than a value is fresh.
        """
        vehicle = side.vehicle
        if vehicle is None or vehicle.changed_ms is None:
            return True
        due = vehicle.changed_ms + side.place.settling_ms
        return side.heard_ms >= due or self.clock >= due + self.stale_ms

    def expect(self, side: Side) -> None:
        """Work out what a side will draw that does not go on, and put it on its lines."""
        low, high = self._expected(side)
        lines = side.place.lines
        if low != side.low:
            _shift(self.low, side.low, low, lines)
            side.low = low
        if high != side.high:
            _shift(self.high, side.high, high, lines)
            side.high = high
            side.peak = max(high)

    def _expected(self, side: Side) -> tuple[tuple[int, ...], tuple[int, ...]]:
        drawn = side.drawn_ma or (0,) * len(side.place.lines)
        vehicle = side.vehicle
        if vehicle is None:
            return drawn, drawn
        is_settled, has_drawn = side.is_settled, vehicle.has_drawn
        if not side.is_running:
            return (drawn if is_settled else (0,) * len(drawn)), drawn
        limit = side.limit_a * MILLI
        most = max(limit, vehicle.stubborn_ma)
        promised = tuple(
            [
                most
                if current < most and (current >= DRAWS_FROM_MA or not has_drawn)
                else current
                for current in drawn
            ]
        )
        if side.is_lost:
            # Nobody knows whether the load holds its current: it may come on top.
            return drawn, tuple(a + b for a, b in zip(drawn, promised, strict=True))
        if not is_settled:
            low = [current if current < limit else limit for current in drawn]
            return tuple(low), promised
        if not has_drawn and self._is_patient(vehicle):
            return drawn, promised
        return drawn, drawn

    def _is_patient(self, session: Session) -> bool:
        return (
            session.changed_ms is not None
            and self.clock - session.changed_ms < self.config.start_patience_s * MILLI
        )

    # Orders

    def run(self, side: Side, level: Level, limit_a: int) -> None:
        """Let a side charge at a limit."""
        setting = running_at(level, limit_a)
        vehicle = side.vehicle
        if vehicle is not None and side.is_running:
            side.change(vehicle, setting, self.clock)
            self.expect(side)
        else:
            self._turn(side, setting)

    def stop(self, side: Side, progress: Progress = Progress.WAITING) -> None:
        """Let a side wait, at the end of the queue or until a user releases it."""
        self._turn(side, Setting(progress=progress))

    def disarm(self, side: Side, until_ms: int) -> None:
        """Let no vehicle charge unasked at an empty side; not told again until then."""
        side.at_rest_ms = until_ms
        self.disarmed.append(side)

    def _turn(self, side: Side, setting: Setting) -> None:
        """Let a vehicle begin, end or go on waiting."""
        session = side.session
        assert session is not None  # noqa: S101 - orders are given to vehicles
        starts = setting.progress is Progress.RUNNING
        ends = side.is_running
        side.session = session._replace(
            waiting_ms=self.clock if ends else session.waiting_ms,
            setting=setting,
            former=session.former if side.is_touched else session.setting,
            changed_ms=self.clock,
            reduced_ms=since_when_reduced(session.reduced_ms, setting, self.clock),
            has_drawn=session.has_drawn and not starts,
            was_stopped=session.was_stopped or ends,
        )
        side.touch()
        self.expect(side)

    def commands(self) -> tuple[Command, ...]:
        """Return what has to be told to stations, decreases first."""
        falls = [
            Command(station_id=side.number, action=Action.STOP, limit_a=0)
            for side in self.disarmed
        ]
        rises: list[Command] = []
        repeated = {side.number for side in self.repeated}
        for side in self.sides:
            if side.vehicle is None or not (side.is_touched or side.number in repeated):
                continue
            before, limit = side.before, side.limit_a
            if not side.is_running:
                action = Action.STOP
            elif (
                before is not None
                and before.progress is Progress.RUNNING
                and side.is_touched
            ):
                action = Action.SET_LIMIT
            else:
                action = Action.START
            is_rise = limit > (0 if before is None else before.limit_a)
            (rises if is_rise else falls).append(
                Command(station_id=side.number, action=action, limit_a=limit)
            )
        if self.disarmed:
            # The sides are in the order of their numbers; these come in between.
            falls.sort(key=lambda command: command.station_id)
        return (*falls, *rises)

    def say(
        self,
        kind: ReasonKind,
        side: Side | None = None,
        *,
        line: tuple[int, int] | None = None,
        circuit_id: int | None = None,
        **values: object,
    ) -> None:
        """Note why something is done."""
        self.reasons.append(
            Reason(
                kind=kind,
                station_id=None if side is None else side.number,
                circuit_id=circuit_id if line is None else line[0],
                phase=None if line is None else line[1],
                values=tuple([(name, str(value)) for name, value in values.items()])
                if values
                else (),
            )
        )

    def say_limit(self, kind: ReasonKind, side: Side, limit_a: int) -> None:
        """Note why a side gets a limit, as is done for many at once."""
        self.reasons.append(
            Reason(kind=kind, station_id=side.number, values=_limit_values(limit_a))
        )

    # What increases ask

    def is_free(self, side: Side) -> bool:
        """Whether a side can be given an order to charge more."""
        return (
            side.is_fresh
            and not side.is_lost
            and self.clock >= side.blocked_ms
            and not side.is_capped_out
        )

    def are_known(self, side: Side) -> bool:
        """Whether the loads of all its lines are known."""
        return self.is_all_known or all(
            self.lines[line].is_known for line in side.place.all_lines
        )

    def are_green(self, lines: Iterable[int], *, for_ms: int = 0) -> bool:
        """Whether lines are known to be green, and have been for some time."""
        if self.least_green_ms >= for_ms:
            return True
        return min([self.green_ms[line] for line in lines]) >= for_ms


def _shift(
    line_ma: list[int],
    before: tuple[int, ...],
    after: tuple[int, ...],
    lines: tuple[tuple[int, ...], ...],
) -> None:
    """Put the current of a side's conductors on their lines instead of that before."""
    for was, now, numbers in zip(before, after, lines, strict=True):
        if now != was:
            more = now - was
            for number in numbers:
                line_ma[number] += more


@lru_cache(maxsize=128)
def _limit_values(limit_a: int) -> tuple[tuple[str, str], ...]:
    return (("limit_a", str(limit_a)),)
