"""The table at which one step is worked out: changeable, and gone afterwards.

For every line there are three figures in mA. *Load* is what its meter says. *Low* is what
the load will be when every order given has been followed downwards: decreases are
decided by it, so that none is given twice while a car is still slow to follow. *High* is
what it will be when everything promised is drawn: increases are decided by it, so that
nothing is given away twice.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from .config import MILLI, ChargingConfig, Level
from .inputs import Charge, Inputs, StationReading
from .layout import Layout, Place
from .outcome import Action, Command, Reason, ReasonKind
from .state import LineState, Progress, Session, Setting, State, StationState, Zone

DRAWS_FROM_MA: Final = 1_000
"""Less is no charging: the electronics of a car and of a meter's error."""
IN_STEP: Final = timedelta(seconds=1)
_WANTING: Final = frozenset({Charge.CONNECTED, Charge.CHARGING, Charge.SUSPENDED})


class Side:
    """One side of a station while a step is worked out."""

    __slots__ = (
        "before",
        "blocked_ms",
        "cap_a",
        "charge",
        "drawn",
        "drawn_ma",
        "former_drawn_ma",
        "heard_ms",
        "high",
        "is_fresh",
        "is_lost",
        "is_settled",
        "is_touched",
        "low",
        "number",
        "peak",
        "place",
        "read_at",
        "reading",
        "refusals",
        "session",
    )

    def __init__(self, place: Place, station: StationState, cap_a: int | None) -> None:
        """Begin with what the step before knew."""
        self.place = place
        self.number = place.spec.id
        self.read_at = station.read_at
        self.heard_ms = station.heard_ms
        self.charge = station.charge
        self.drawn_ma = station.drawn_ma
        self.former_drawn_ma = station.former_drawn_ma
        self.is_lost = station.is_lost
        self.refusals = station.refusals
        self.blocked_ms = station.blocked_ms
        self.session = station.session
        self.before = None if self.session is None else self.session.setting
        self.cap_a = place.spec.rated_a if cap_a is None else cap_a
        self.reading: StationReading | None = None
        self.is_fresh = False
        self.is_touched = False
        self.is_settled = True
        self.drawn = max(self.drawn_ma, default=0)
        self.low: tuple[int, ...] = ()
        self.high: tuple[int, ...] = ()
        self.peak = 0

    @property
    def is_running(self) -> bool:
        """Whether its vehicle may charge."""
        return self.session is not None and self.session.is_running

    @property
    def is_waiting(self) -> bool:
        """Whether its vehicle is in the queue."""
        return (
            self.session is not None
            and self.session.setting.progress is Progress.WAITING
        )

    @property
    def wants(self) -> bool:
        """Whether a vehicle is there that asks for current."""
        return (
            self.reading is not None
            and self.reading.is_enabled
            and self.charge in _WANTING
        )

    @property
    def is_capped_out(self) -> bool:
        """Whether it is bounded below its minimum: not now."""
        return self.cap_a < self.place.spec.minimum_a

    def current_a(self, level: Level) -> int:
        """Return the limit of a level within the bound of this moment."""
        return min(self.place.currents_a[level], self.cap_a)

    def need_ma(self, level: Level) -> int:
        """Return what a conductor will carry if it is started at a level."""
        stubborn = 0 if self.session is None else self.session.stubborn_ma
        return max(self.current_a(level) * MILLI, stubborn)

    def level_of(self, limit_a: int) -> Level:
        """Return the level that a limit amounts to."""
        return next(
            (level for level in Level if self.place.currents_a[level] <= limit_a),
            Level.MINIMUM,
        )

    def remembered(self) -> StationState:
        """Return what the next step needs of it."""
        return StationState(
            read_at=self.read_at,
            heard_ms=self.heard_ms,
            charge=self.charge,
            drawn_ma=self.drawn_ma,
            former_drawn_ma=self.former_drawn_ma,
            is_lost=self.is_lost,
            refusals=self.refusals,
            blocked_ms=self.blocked_ms,
            session=self.session,
        )

    def rank(self) -> tuple[bool, int, int]:
        """Order in which processes give way: normal first, longest connected (Q28)."""
        session = self.session
        assert session is not None  # noqa: S101 - only asked of those that run
        return session.is_priority, session.connected_ms, self.number


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
        self.sides = [
            Side(
                place,
                state.stations.get(place.spec.id) or StationState(),
                inputs.caps_a.get(place.spec.id),
            )
            for place in layout.places
        ]
        self.by_number = {side.number: side for side in self.sides}
        self.lines: list[LineState] = []
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

    # What a side is expected to draw

    def settle(self, side: Side) -> None:
        """Note whether the car has had the time to follow its order, and was heard since.

        A station that stays silent is not waited for any longer than a value is fresh.
        """
        side.is_settled = self._is_settled(side)

    def _is_settled(self, side: Side) -> bool:
        session = side.session
        if session is None or session.changed_ms is None:
            return True
        due = session.changed_ms + side.place.settling_ms
        latest = due + self.config.stale_after_s * MILLI
        return side.heard_ms >= due or self.clock >= latest

    def expect(self, side: Side) -> None:
        """Work out what a side will draw, and put it on its lines."""
        if side.low:
            self._take(side, -1)
        side.low, side.high = self._expected(side)
        side.peak = max(side.high, default=0)
        if side.peak:
            self._take(side, 1)

    def _take(self, side: Side, sign: int) -> None:
        for low, high, lines in zip(
            side.low, side.high, side.place.lines, strict=False
        ):
            if high or low:
                for line in lines:
                    self.low[line] += sign * low
                    self.high[line] += sign * high

    def _expected(self, side: Side) -> tuple[tuple[int, ...], tuple[int, ...]]:
        drawn = side.drawn_ma or (0,) * len(side.place.lines)
        session = side.session
        if session is None:
            return drawn, drawn
        is_settled = side.is_settled
        if is_settled and session.has_drawn and not side.is_lost:
            # What most do most of the time.
            return drawn, drawn
        limit = session.setting.limit_a * MILLI
        if not session.is_running:
            return (drawn if is_settled else (0,) * len(drawn)), drawn
        used = [not session.has_drawn or current >= DRAWS_FROM_MA for current in drawn]
        most = max(limit, session.stubborn_ma)
        promised = tuple(
            max(current, most) if is_used else current
            for current, is_used in zip(drawn, used, strict=True)
        )
        if side.is_lost:
            # Nobody knows whether the load holds its current: it may come on top.
            return drawn, tuple(a + b for a, b in zip(drawn, promised, strict=True))
        if not is_settled:
            return tuple(min(current, limit) for current in drawn), promised
        if not session.has_drawn and self._is_patient(session):
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
        self._set(
            side, Setting(progress=Progress.RUNNING, level=level, limit_a=limit_a)
        )

    def stop(self, side: Side, progress: Progress = Progress.WAITING) -> None:
        """Let a side wait, at the end of the queue or until a user releases it."""
        self._set(side, Setting(progress=progress))

    def _set(self, side: Side, setting: Setting) -> None:
        session = side.session
        assert session is not None  # noqa: S101 - orders are given to vehicles
        was_running = session.is_running
        starts = setting.progress is Progress.RUNNING and not was_running
        ends = was_running and setting.progress is not Progress.RUNNING
        reduced = session.reduced_ms
        if setting.level is Level.RATED:
            reduced = None
        elif reduced is None:
            reduced = self.clock
        side.session = Session(
            connected_ms=session.connected_ms,
            waiting_ms=self.clock if ends else session.waiting_ms,
            setting=setting,
            former=session.former if side.is_touched else session.setting,
            is_priority=session.is_priority,
            changed_ms=self.clock,
            reduced_ms=reduced,
            charge_uas=session.charge_uas,
            has_drawn=session.has_drawn and not starts,
            was_stopped=session.was_stopped or ends,
            stubborn_ma=session.stubborn_ma,
            uses_permille=session.uses_permille,
        )
        side.is_touched = True
        self.settle(side)
        self.expect(side)

    def commands(self) -> tuple[Command, ...]:
        """Return what has to be told to stations, decreases first."""
        found = [
            Command(station_id=side.number, action=Action.STOP, limit_a=0)
            for side in self.disarmed
        ]
        repeated = {side.number for side in self.repeated}
        for side in self.sides:
            session = side.session
            if session is None or not (side.is_touched or side.number in repeated):
                continue
            was_running = (
                side.before is not None and side.before.progress is Progress.RUNNING
            )
            if not session.is_running:
                action = Action.STOP
            elif was_running and side.is_touched:
                action = Action.SET_LIMIT
            else:
                action = Action.START
            found.append(
                Command(
                    station_id=side.number,
                    action=action,
                    limit_a=session.setting.limit_a,
                )
            )
        return tuple(sorted(found, key=self._urgency))

    def _urgency(self, command: Command) -> tuple[int, int]:
        side = self.by_number[command.station_id]
        before = 0 if side.before is None else side.before.limit_a
        return (command.limit_a > before, command.station_id)

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
                values=tuple((name, str(value)) for name, value in values.items()),
            )
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
        return all(
            (state := self.lines[line]).is_known
            and state.zone is Zone.GREEN
            and self.clock - state.green_ms >= for_ms
            for line in lines
        )
