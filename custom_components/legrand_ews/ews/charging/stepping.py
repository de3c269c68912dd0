"""One step of the load management: from the latest readings to orders and reasons."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from .config import MILLI, ChargingConfig, Level, Sharing
from .desk import DRAWS_FROM_MA, Desk
from .fair import share_evenly
from .inputs import Charge, Inputs, Request
from .layout import layout_of
from .lines import read_lines
from .outcome import Command, Reason, ReasonKind
from .reading import read_meters, read_stations, tick
from .recovering import raise_one, serve_queue
from .reducing import fall_back, keep_hard_limit, leave_red, obey_caps
from .side import Side
from .state import MeterState, Progress, Session, State

_ASK_EMPTY_AGAIN_MS: Final = 300_000


def step(
    config: ChargingConfig, inputs: Inputs, state: State, now: datetime
) -> tuple[State, tuple[Command, ...], tuple[Reason, ...]]:
    """Decide once; to be called every few seconds, and whenever a meter was read.

    ``now`` is aware. Commands are to be carried out in their order, decreases first;
    those that fail are told to the next step as refused. Whatever the readings, no
    command is between 0 A and a station's minimum. The configuration must have passed
    `check_config`.
    """
    desk = Desk(config, layout_of(config), inputs, state)
    passed_ms = tick(desk, now)
    read_stations(desk, now, passed_ms)
    meters = read_meters(desk, now)
    read_lines(desk, meters)
    _obey_requests(desk)
    if config.is_enabled:
        _manage(desk, meters)
    else:
        _release(desk)
    _refuse_own_starts(desk)
    if config.is_enabled:
        _hold_empty(desk)
    _repeat(desk, passed_ms)
    return _next_state(desk, meters, now), desk.commands(), tuple(desk.reasons)


def _manage(desk: Desk, meters: dict[int, MeterState]) -> None:
    obey_caps(desk)
    fall_back(desk, meters)
    if desk.config.sharing is Sharing.FAIR:
        # Everybody's share may be less than a step: nobody is stopped who can have that.
        share_evenly(desk)
    leave_red(desk)
    keep_hard_limit(desk)
    if desk.config.sharing is Sharing.STEPS and not serve_queue(desk):
        raise_one(desk)


def _release(desk: Desk) -> None:
    """Without management every station gives what it is rated for (S124)."""
    if not desk.state.is_released:
        desk.say(ReasonKind.MANAGEMENT_OFF)
    for side in desk.sides:
        session = side.session
        if session is None or session.setting.progress is Progress.HELD:
            continue
        limit = side.place.spec.rated_a
        if session.setting.limit_a != limit and desk.clock >= side.blocked_ms:
            desk.run(side, Level.RATED, limit)


def _obey_requests(desk: Desk) -> None:
    for number, request in desk.inputs.requests:
        side = desk.by_number.get(number)
        if side is not None and side.session is not None:
            _obey(desk, side, side.session, request)


def _obey(desk: Desk, side: Side, session: Session, request: Request) -> None:
    """Do what a user asks of the present process, and of no later one."""
    if request in {Request.PRIORITY, Request.NORMAL}:
        is_priority = request is Request.PRIORITY
        if is_priority != session.is_priority:
            side.session = session._replace(is_priority=is_priority)
            desk.say(ReasonKind.PRIORITY_CHANGED, side, priority=request.value)
    elif request is Request.START:
        if session.setting.progress is Progress.HELD:
            waiting = replace(session.setting, progress=Progress.WAITING)
            side.session = session._replace(setting=waiting, waiting_ms=desk.clock)
            desk.say(ReasonKind.RELEASED_BY_USER, side)
    elif session.setting.progress is not Progress.HELD:
        desk.stop(side, Progress.HELD)
        desk.say(ReasonKind.HELD_BY_USER, side)


def _refuse_own_starts(desk: Desk) -> None:
    """Stop what a station began by itself, unless it was just permitted."""
    for side in desk.sides:
        if side.is_running or side.charge is not Charge.CHARGING:
            continue
        session = side.session
        if session is not None and session.changed_ms is None:
            desk.stop(side, session.setting.progress)
            desk.say(ReasonKind.OWN_START_STOPPED, side)


def _hold_empty(desk: Desk) -> None:
    """Permit nothing where nobody is: a vehicle that comes shall ask, in every zone."""
    for side in desk.sides:
        asked_ms = max(side.at_rest_ms, side.blocked_ms)
        if side.is_armed and side.is_fresh and desk.clock >= asked_ms:
            desk.disarm(side, desk.clock + _ASK_EMPTY_AGAIN_MS)


def _repeat(desk: Desk, passed_ms: int) -> None:
    """Tell a station again what it does not do: soon at first, then ever more rarely."""
    for side in desk.sides:
        session = side.vehicle  # nothing was ordered in this step
        if (
            session is None
            or session.changed_ms is None
            or side.is_touched
            or not side.is_fresh
            or desk.clock < side.blocked_ms
        ):
            continue
        drawn = side.drawn
        reported = None if side.reading is None else side.reading.limit_a
        limit = session.setting.limit_a
        is_done = drawn <= limit * MILLI + DRAWS_FROM_MA and (
            not session.is_running or reported is None or reported == limit
        )
        since = desk.clock - session.changed_ms
        if not is_done and _is_turn(side, since) != _is_turn(side, since - passed_ms):
            # What held before a repeated order is what holds now.
            side.keep()
            desk.repeated.append(side)
            desk.say(ReasonKind.COMMAND_REPEATED, side, limit_a=limit)


def _is_turn(side: Side, since_ms: int) -> int:
    """Return how often an order was due until then: after 1, 2, 4, 8 … times the lag."""
    return (max(0, since_ms) // side.place.settling_ms).bit_length()


def _next_state(desk: Desk, meters: dict[int, MeterState], now: datetime) -> State:
    return State(
        at=now,
        clock_ms=desk.clock,
        stations=desk.empty | {side.number: side.remembered() for side in desk.sides},
        meters=meters,
        lines={
            line.key: known._replace(room_ma=charging - high)
            for line, known, charging, high in zip(
                desk.layout.lines, desk.lines, desk.charging, desk.high, strict=True
            )
        },
        hard_stops=desk.hard_stops,
        is_released=not desk.config.is_enabled,
    )
