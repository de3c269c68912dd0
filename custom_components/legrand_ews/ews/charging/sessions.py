"""Writes down the sessions of charging stations, from one step to the next (S191).

Energy comes from the counter of a station where it has one, else from its currents at
the nominal voltage. What a counter says late, or after a restart, is spread over the
time in which it can have flowed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, cast

from ..metering.charged import ChargedSession, SessionEnd, spread
from ..timegrid import Span
from .config import MILLI, ChargingConfig, StationSpec
from .inputs import Charge
from .state import Progress, State, StationState

VERSION: Final = 1
NOMINAL_V: Final = 230
_HIGHEST_V: Final = 260
"""More than a mains gives: what a counter says beyond is a fault."""
_COUNTED_BEFORE_MILLI_WH: Final = 1_000_000
"""A coarse counter of kWh may owe nearly one of them."""
_DRAWS_FROM_MA: Final = 1_000
_LONGEST_ESTIMATED: Final = timedelta(seconds=15)
_UAS_PER_MAH: Final = 3_600_000
_MS_PER_HOUR: Final = 3_600_000
_MILLISECOND: Final = timedelta(milliseconds=1)
_HOUR: Final = timedelta(hours=1)
_BRIEFLY: Final = timedelta(minutes=5)
"""A restart takes no longer: what happens meanwhile counts as seen."""

type Data = Mapping[str, object]


@dataclass(slots=True, kw_only=True)
class _Open:
    """A vehicle that is plugged in.

    ``connected_ms`` tells it from the next one. The counter stood at ``counter`` when
    it was seen to change at ``counted_at``; what it will say next has flowed since
    ``flows_since``.
    """

    device_id: int
    side: int | None
    connected_ms: int
    start: datetime
    until: datetime
    counted_at: datetime
    flows_since: datetime
    counter: int | None
    pieces: list[int]
    charge_uas: int = 0
    is_estimated: bool = False
    rest: int = 0
    """What was estimated of the next thousandth of a Wh, in mA · V · ms."""
    expected: int = 0
    """What has flowed since the counter was seen to change, in mA · V · ms."""
    reason: SessionEnd = SessionEnd.UNPLUGGED

    def seen(self, end: datetime | None, reason: SessionEnd | None) -> ChargedSession:
        """Return what is known of it."""
        return ChargedSession(
            device_id=self.device_id,
            side=self.side,
            start=self.start,
            until=self.until,
            end=end,
            reason=reason,
            charge_mah=self.charge_uas // _UAS_PER_MAH,
            pieces_milli_wh=tuple(self.pieces),
            expected_milli_wh=0 if end else self.expected // _MS_PER_HOUR,
            is_estimated=self.is_estimated,
        )


class SessionLog:
    """The sessions that are open, and those that have ended and wait to be stored."""

    def __init__(self) -> None:
        """Begin without any."""
        self._open: dict[int, _Open] = {}
        self._waiting: list[ChargedSession] = []

    @property
    def waiting(self) -> list[ChargedSession]:
        """Sessions that have ended, until they are `stored`."""
        return list(self._waiting)

    def stored(self, sessions: Iterable[ChargedSession]) -> None:
        """Forget sessions that are stored elsewhere by now."""
        done = {(each.device_id, each.start) for each in sessions}
        self._waiting = [x for x in self._waiting if (x.device_id, x.start) not in done]

    @property
    def running(self) -> Mapping[int, ChargedSession]:
        """The open sessions by station."""
        return {number: each.seen(None, None) for number, each in self._open.items()}

    @property
    def has_running(self) -> bool:
        """Whether any vehicle is plugged in."""
        return bool(self._open)

    def running_at(self, station_id: int) -> ChargedSession | None:
        """The open session of a station."""
        found = self._open.get(station_id)
        return None if found is None else found.seen(None, None)

    def observe(
        self,
        config: ChargingConfig,
        state: State,
        counters_milli_wh: Mapping[int, int],
        sides: Mapping[int, int | None],
        now: datetime,
    ) -> list[ChargedSession]:
        """Take in the outcome of a step; returns the sessions that have ended with it.

        ``counters_milli_wh`` are what stations count, of a session or of ever; those
        that have no counter are not named. ``now`` is UTC.
        """
        specs = {spec.id: spec for spec in config.stations}
        ended = [
            self._end(number, is_seen=False)
            for number in sorted(self._open.keys() - specs.keys())
        ]
        for number, spec in specs.items():
            station = state.stations.get(number)
            if station is None or station.read_at is None:
                continue
            session, known = station.session, self._open.get(number)
            counter = counters_milli_wh.get(number)
            if known is not None and (
                session is None or session.connected_ms != known.connected_ms
            ):
                # A vehicle that was seen leaving is counted up to the end.
                is_seen = session is None and now - known.until <= _BRIEFLY
                if is_seen:
                    _count(known, spec, (), counter, now)
                ended.append(self._end(number, is_seen=is_seen))
                known = None
            if session is None:
                continue
            if known is None:
                start = now.replace(microsecond=0)
                self._open[number] = known = _Open(
                    device_id=number,
                    side=sides.get(number),
                    connected_ms=session.connected_ms,
                    start=start,
                    until=start,
                    counted_at=start,
                    flows_since=start,
                    counter=counter,
                    pieces=[0],
                )
            silent_ms = state.clock_ms - station.heard_ms
            is_fresh = silent_ms <= config.stale_after_s * MILLI
            drawn = station.drawn_ma if is_fresh else None
            _count(known, spec, drawn, counter, now)
            known.charge_uas = session.charge_uas
            known.reason = _reason(station)
        self._waiting += ended
        return ended

    def _end(self, number: int, *, is_seen: bool) -> ChargedSession:
        known = self._open.pop(number)
        reason = known.reason if is_seen else SessionEnd.UNSEEN
        end = known.until.replace(microsecond=0)
        return known.seen(max(end, known.start + timedelta(seconds=1)), reason)

    def as_data(self) -> dict[str, object]:
        """Return what is not stored elsewhere as JSON knows it; see `restore`."""
        return {
            "version": VERSION,
            "waiting": [_data_of(each) for each in self._waiting],
            "open": [
                {
                    "device_id": each.device_id,
                    "side": each.side,
                    "connected_ms": each.connected_ms,
                    "start": each.start.isoformat(),
                    "until": each.until.isoformat(),
                    "counted_at": each.counted_at.isoformat(),
                    "flows_since": each.flows_since.isoformat(),
                    "counter": each.counter,
                    "pieces": list(each.pieces),
                    "charge_uas": each.charge_uas,
                    "is_estimated": each.is_estimated,
                    "reason": each.reason.value,
                }
                for each in self._open.values()
            ],
        }

    def restore(self, data: object) -> None:
        """Go on with what `as_data` gave; anything else is nothing."""
        self._open, self._waiting = {}, []
        if not isinstance(data, Mapping) or data.get("version") != VERSION:
            return
        try:
            rows = [_of_data(row) for row in cast("list[Data]", data["open"])]
            ended = [_ended(row) for row in cast("list[Data]", data["waiting"])]
        except AttributeError, KeyError, TypeError, ValueError:
            return
        self._open = {row.device_id: row for row in rows}
        self._waiting = ended


def _count(
    known: _Open,
    spec: StationSpec,
    drawn_ma: tuple[int, ...] | None,
    counter: int | None,
    now: datetime,
) -> None:
    """Take in what a station counts and draws; None is not known at present."""
    is_drawing = drawn_ma is None or max(drawn_ma, default=0) >= _DRAWS_FROM_MA
    if drawn_ma and is_drawing:
        _estimate(known, drawn_ma, now, is_counted=known.counter is not None)
    if counter is None:
        known.until = max(known.until, now)
        return
    if known.counter is None:
        known.counter = counter
        known.counted_at = known.flows_since = now
    elif counter != known.counter:
        # A counter that falls has begun anew, with the session or after a fault.
        grown = counter - known.counter if counter > known.counter else counter
        hours = max(timedelta(), now - known.counted_at) / _HOUR
        most_w = spec.rated_a * len(spec.phases) * _HIGHEST_V
        if grown <= most_w * MILLI * hours + _COUNTED_BEFORE_MILLI_WH:
            spread(known.pieces, known.start, grown, Span(known.flows_since, now))
        known.counter = counter
        known.counted_at = known.flows_since = now
        known.expected = 0
    elif not is_drawing:
        known.flows_since = now
    known.until = max(known.until, now)


def _estimate(
    known: _Open, drawn_ma: tuple[int, ...], now: datetime, *, is_counted: bool
) -> None:
    """Work out of the currents what flows: to be booked only where nothing counts."""
    passed = min(now - known.until, _LONGEST_ESTIMATED)
    if passed <= timedelta():
        return
    flowing = sum(drawn_ma) * NOMINAL_V * (passed // _MILLISECOND)
    if is_counted:
        known.expected += flowing
        return
    known.is_estimated = True
    flowed, known.rest = divmod(known.rest + flowing, _MS_PER_HOUR)
    spread(known.pieces, known.start, flowed, Span(now - passed, now))


def _reason(station: StationState) -> SessionEnd:
    """What it would mean if the vehicle went now."""
    session = station.session
    if station.charge is Charge.FAULT:
        return SessionEnd.FAULT
    if station.charge is Charge.FINISHED:
        return SessionEnd.FINISHED
    if session is not None and session.setting.progress is Progress.HELD:
        return SessionEnd.HELD
    if session is not None and session.setting.progress is Progress.WAITING:
        return SessionEnd.WAITING
    return SessionEnd.UNPLUGGED


def _data_of(session: ChargedSession) -> dict[str, object]:
    return {
        "device_id": session.device_id,
        "side": session.side,
        "start": session.start.isoformat(),
        "until": session.until.isoformat(),
        "end": (session.end or session.until).isoformat(),
        "reason": (session.reason or SessionEnd.UNSEEN).value,
        "charge_mah": session.charge_mah,
        "pieces": list(session.pieces_milli_wh),
        "is_estimated": session.is_estimated,
    }


def _ended(row: Data) -> ChargedSession:
    side = row["side"]
    return ChargedSession(
        device_id=_int(row["device_id"]),
        side=None if side is None else _int(side),
        start=_instant(row["start"]),
        until=_instant(row["until"]),
        end=_instant(row["end"]),
        reason=SessionEnd(str(row["reason"])),
        charge_mah=_int(row["charge_mah"]),
        pieces_milli_wh=tuple(_int(x) for x in cast("list[object]", row["pieces"])),
        is_estimated=row["is_estimated"] is True,
    )


def _of_data(row: Data) -> _Open:
    side, counter = row["side"], row["counter"]
    return _Open(
        device_id=_int(row["device_id"]),
        side=None if side is None else _int(side),
        connected_ms=_int(row["connected_ms"]),
        start=_instant(row["start"]),
        until=_instant(row["until"]),
        counted_at=_instant(row["counted_at"]),
        flows_since=_instant(row["flows_since"]),
        counter=None if counter is None else _int(counter),
        pieces=[_int(x) for x in cast("list[object]", row["pieces"])],
        charge_uas=_int(row["charge_uas"]),
        is_estimated=row["is_estimated"] is True,
        reason=SessionEnd(str(row["reason"])),
    )


def _int(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError
    return value


def _instant(value: object) -> datetime:
    instant = datetime.fromisoformat(cast("str", value))
    if instant.tzinfo is None:
        raise ValueError
    return instant
