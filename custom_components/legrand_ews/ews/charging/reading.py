"""The first part of a step: what stations and meters say anew."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from .config import MILLI, START_LEVELS
from .desk import DRAWS_FROM_MA, IN_STEP, Desk
from .inputs import Charge, MeterReading, StationReading
from .outcome import ReasonKind
from .side import Side
from .state import (
    UAS_PER_AH,
    WAITING,
    MeterState,
    Progress,
    Session,
    Setting,
    StationState,
)

LONGEST_COUNTED: Final = timedelta(seconds=15)
"""What is counted between two steps at most."""
LONGEST_PAUSE: Final = timedelta(seconds=60)
"""More between two steps is a clock that was set, or a time without us."""
_MILLISECOND: Final = timedelta(milliseconds=1)
_UNKNOWN: Final = StationState()
_FIRST_RETRY_MS: Final = 10_000
_MOST_REFUSALS: Final = 5
"""Doublings of the time until a station that refuses is asked again."""
_LEAST_USE_PERMILLE: Final = 900
_USE_STEP_PERMILLE: Final = 5
_WITH_VEHICLE: Final = frozenset(
    {Charge.CONNECTED, Charge.CHARGING, Charge.SUSPENDED, Charge.FINISHED}
)


def tick(desk: Desk, now: datetime) -> int:
    """Advance the clock; return by how many milliseconds."""
    before = desk.state.at
    if before is None:
        return 0
    passed = now - before
    if passed < -IN_STEP or passed > LONGEST_PAUSE:
        desk.say(ReasonKind.CLOCK_STEPPED, seconds=round(passed.total_seconds()))
    counted = max(timedelta(), min(passed, LONGEST_COUNTED)) // _MILLISECOND
    desk.clock += counted
    return counted


def read_stations(desk: Desk, now: datetime, passed_ms: int) -> None:
    """Take in what the stations say: sessions, quantities, losses, refusals."""
    readings, refused = desk.inputs.stations, desk.inputs.refused
    withheld = desk.inputs.withheld
    lost_ms = desk.config.fallback_after_s * MILLI
    for place in desk.layout.places:
        number = place.spec.id
        station = desk.state.stations.get(number, _UNKNOWN)
        empty = None
        if station.session is None and number not in refused:
            empty = _still_empty(desk, station, readings.get(number), now)
        if empty is None:
            desk.seat(place, station)
        else:
            desk.empty[number] = empty
    for side in desk.sides:
        conductors = len(side.place.lines)
        if side.drawn_ma and len(side.drawn_ma) != conductors:
            # Switched between one and three phases.
            side.drawn_ma = _fitting(side.drawn_ma, conductors)
            side.former_drawn_ma = _fitting(side.former_drawn_ma, conductors)
        _integrate(desk, side, passed_ms)
        reading = readings.get(side.number)
        side.reading = reading
        is_first = side.read_at is None
        if reading is not None and reading.read_at != side.read_at:
            _hear(desk, side, reading, now)
        age = desk.clock - side.heard_ms
        side.is_fresh = reading is not None and age <= desk.stale_ms
        if (age > lost_ms) != side.is_lost:
            _lose_or_find(desk, side)
        if side.number in refused:
            if side.vehicle is not None:
                # An empty one is asked again in time, and its next vehicle at once.
                _refuse(desk, side)
        elif side.number in withheld:
            _believe_former(side)
        elif side.refusals and _took_an_order(desk, side):
            side.refusals = 0
        side.is_settled = desk.is_settled(side)
        if reading is not None and side.place.spec.is_managed:
            _follow_vehicle(desk, side, reading, is_first=is_first)


def _still_empty(
    desk: Desk, station: StationState, reading: StationReading | None, now: datetime
) -> StationState | None:
    """Return the new state of a side that is as empty as it was; None if it is not.

    Most are, most of the time: no more is done for them.
    """
    if (
        reading is None
        or reading.charge is not Charge.NO_VEHICLE
        or reading.is_permitted
        or station.charge is not Charge.NO_VEHICLE
        or station.is_lost
        or station.drawn_ma != reading.drawn_ma
        or any(station.drawn_ma)
        or any(station.former_drawn_ma)
    ):
        return None
    heard_ms = station.heard_ms
    if reading.read_at != station.read_at:
        heard_ms = desk.clock - _age_ms(desk, reading.read_at, now)
    if desk.clock - heard_ms > desk.stale_ms:
        return None
    return StationState(
        read_at=reading.read_at,
        heard_ms=heard_ms,
        drawn_ma=station.drawn_ma,
        former_drawn_ma=station.drawn_ma,
        refusals=station.refusals,
        blocked_ms=station.blocked_ms,
        at_rest_ms=station.at_rest_ms,
    )


def _integrate(desk: Desk, side: Side, passed_ms: int) -> None:
    """Add what has flowed since the last step: of one loaded phase (S123, Q32).

    A station that has fallen silent is credited nothing: nothing is invented.
    """
    current = side.drawn
    if side.vehicle is None or not passed_ms or current < DRAWS_FROM_MA:
        return
    if desk.clock - side.heard_ms > desk.stale_ms:
        return
    before = side.charge_uas
    side.receive(current * passed_ms)
    if before < desk.guarantee_uas <= side.charge_uas:
        desk.say(ReasonKind.GUARANTEE_REACHED, side, charge_ah=_ah(side.charge_uas))


def _hear(desk: Desk, side: Side, reading: StationReading, now: datetime) -> None:
    age_ms = _age_ms(desk, reading.read_at, now)
    drawn = _fitting(reading.drawn_ma, len(side.place.lines))
    side.read_at = reading.read_at
    side.heard_ms = desk.clock - age_ms
    side.charge = reading.charge
    side.former_drawn_ma = side.drawn_ma or drawn
    side.drawn_ma = drawn
    side.drawn = max(drawn)


def _fitting(drawn_ma: tuple[int, ...], count: int) -> tuple[int, ...]:
    if len(drawn_ma) == count:
        return drawn_ma
    return (*drawn_ma, *([0] * count))[:count]


def _age_ms(desk: Desk, read_at: datetime, now: datetime) -> int:
    """Return how old a new reading is, just stale at most.

    How long something is silent is counted by our own clock; the age of a reading is
    not to be trusted when the clock was set in between.
    """
    age = (now - read_at) // _MILLISECOND
    if age <= 0:
        return 0
    return min(age, desk.stale_ms + 1)


def _lose_or_find(desk: Desk, side: Side) -> None:
    side.is_lost = not side.is_lost
    kind = ReasonKind.STATION_LOST if side.is_lost else ReasonKind.STATION_BACK
    desk.say(kind, side)
    spec = side.place.spec
    if side.is_lost and not spec.is_managed and side.charge in _WITH_VEHICLE:
        # Nobody limits it: it may draw all it can.
        side.drawn = spec.rated_a * MILLI
        side.drawn_ma = (side.drawn,) * len(spec.phases)
        side.former_drawn_ma = side.drawn_ma


def _took_an_order(desk: Desk, side: Side) -> bool:
    """Whether it was asked again since it refused, and time enough has passed."""
    session = side.session
    return (
        session is not None
        and session.changed_ms is not None
        and session.changed_ms >= side.blocked_ms
        and desk.clock - session.changed_ms >= side.place.settling_ms
    )


def _refuse(desk: Desk, side: Side) -> None:
    """Believe what held before the order, and leave the station alone for a while."""
    wait = _FIRST_RETRY_MS << min(side.refusals, _MOST_REFUSALS)
    side.refusals += 1
    side.blocked_ms = desk.clock + wait
    desk.say(ReasonKind.COMMAND_REFUSED, side, seconds=wait // MILLI)
    _believe_former(side)


def _believe_former(side: Side) -> None:
    session = side.session
    if session is not None:
        former = session.former
        side.session = session._replace(
            setting=former,
            reduced_ms=session.reduced_ms if former.level else None,
        )
        side.before = former


def _follow_vehicle(
    desk: Desk, side: Side, reading: StationReading, *, is_first: bool
) -> None:
    """Begin a session when a vehicle comes, end it when it goes (S188)."""
    vehicle = side.vehicle
    charge = side.charge
    if vehicle is None:
        if charge in _WITH_VEHICLE:
            _begin(desk, side, reading, is_first=is_first)
        return
    if charge is Charge.NO_VEHICLE:
        desk.say(ReasonKind.SESSION_ENDED, side, charge_ah=_ah(side.charge_uas))
        if side.is_running:
            desk.disarm(side, desk.clock + side.place.settling_ms)
        side.session = None
        side.is_settled = True
        return
    drawn = side.drawn
    if drawn < DRAWS_FROM_MA:
        return
    if side.is_running and not vehicle.has_drawn:
        _note(side, has_drawn=True)
    if not side.is_settled or side.is_lost:
        return
    limit = side.limit_a * MILLI
    if side.is_running and limit - DRAWS_FROM_MA <= drawn <= limit:
        _note_use(side, vehicle, drawn, limit)
    if drawn > limit + DRAWS_FROM_MA and side.is_running:
        kind, stubborn = ReasonKind.LIMIT_IGNORED, drawn
    elif limit + DRAWS_FROM_MA < vehicle.stubborn_ma:
        kind, stubborn = ReasonKind.LIMIT_FOLLOWED, 0
    else:
        return
    if (stubborn > 0) != vehicle.is_ignoring:
        amperes = round(drawn / MILLI)
        desk.say(kind, side, limit_a=side.limit_a, load_a=amperes)
    _note(side, stubborn_ma=stubborn)


def _note(side: Side, **changes: bool | int) -> None:
    session = side.session
    if session is not None:
        side.session = session._replace(**changes)  # type: ignore[arg-type]


def _note_use(side: Side, vehicle: Session, drawn_ma: int, limit_ma: int) -> None:
    """Remember how much of its limit a car takes; small changes do not matter."""
    uses = max(_LEAST_USE_PERMILLE, -(-drawn_ma * 1000 // limit_ma))
    if abs(uses - vehicle.uses_permille) >= _USE_STEP_PERMILLE:
        _note(side, uses_permille=uses)


def _begin(desk: Desk, side: Side, reading: StationReading, *, is_first: bool) -> None:
    """Let a vehicle ask; one that was charging before we looked goes on charging."""
    setting = WAITING
    if is_first and reading.charge is Charge.CHARGING:
        limit_a = reading.limit_a or side.place.spec.rated_a
        limit_a = max(limit_a, side.place.spec.minimum_a)
        setting = Setting(
            progress=Progress.RUNNING, level=side.level_of(limit_a), limit_a=limit_a
        )
    is_reduced = setting.level > START_LEVELS[0]
    side.session = Session(
        connected_ms=desk.clock,
        waiting_ms=desk.clock,
        setting=setting,
        former=setting,
        is_priority=side.place.spec.is_priority,
        reduced_ms=desk.clock if is_reduced else None,
    )
    side.before = setting
    desk.say(ReasonKind.SESSION_BEGAN, side)


def read_meters(desk: Desk, now: datetime) -> dict[int, MeterState]:
    """Take in what the meters say; return their states."""
    found = {}
    for circuit in desk.config.circuits:
        if not circuit.metered_phases:
            continue
        meter = desk.state.meters.get(circuit.id) or MeterState(heard_ms=desk.clock)
        reading = desk.inputs.meters.get(circuit.id)
        if (
            reading is not None
            and reading.read_at != meter.read_at
            and set(circuit.metered_phases) <= reading.currents_ma.keys()
        ):
            meter = _metered(desk, reading, meter, now)
        silent_ms = desk.clock - meter.heard_ms
        is_lost = silent_ms > desk.config.fallback_after_s * MILLI
        if is_lost != meter.is_lost:
            meter = replace(meter, is_lost=is_lost)
            kind = ReasonKind.METER_LOST if is_lost else ReasonKind.METER_BACK
            desk.say(kind, circuit_id=circuit.id)
        found[circuit.id] = meter
    return found


def _metered(
    desk: Desk, reading: MeterReading, meter: MeterState, now: datetime
) -> MeterState:
    return MeterState(
        read_at=reading.read_at,
        heard_ms=desk.clock - _age_ms(desk, reading.read_at, now),
        is_lost=meter.is_lost,
        currents_ma=dict(reading.currents_ma),
    )


def _ah(charge_uas: int) -> str:
    return f"{charge_uas / UAS_PER_AH:.2f}"
