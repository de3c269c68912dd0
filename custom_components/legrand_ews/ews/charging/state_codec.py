"""The memory of the load management as JSON, so that it outlives a restart."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final, cast

from .config import Level
from .inputs import Charge
from .state import (
    WHOLE_PERMILLE,
    LineState,
    MeterState,
    Progress,
    Session,
    Setting,
    State,
    StationState,
    Zone,
)

VERSION: Final = 1
type Data = Mapping[str, object]


def encode_state(state: State) -> dict[str, object]:
    """Return a state as JSON knows it; see `decode_state`."""
    return {
        "version": VERSION,
        "at": _text(state.at),
        "clock_ms": state.clock_ms,
        "hard_stops": state.hard_stops,
        "is_released": state.is_released,
        "stations": [
            {"id": number, **_station_data(station)}
            for number, station in state.stations.items()
        ],
        "meters": [
            {
                "circuit": number,
                "read_at": _text(meter.read_at),
                "heard_ms": meter.heard_ms,
                "is_lost": meter.is_lost,
                "currents_ma": [
                    [phase, current] for phase, current in meter.currents_ma.items()
                ],
            }
            for number, meter in state.meters.items()
        ],
        "lines": [
            {
                "circuit": circuit,
                "phase": phase,
                "zone": line.zone.value,
                "load_ma": line.load_ma,
                "room_ma": line.room_ma,
                "is_known": line.is_known,
                "green_ms": line.green_ms,
                "over_ms": line.over_ms,
                "peaks_ma": list(line.peaks_ma),
                "peaks_ms": line.peaks_ms,
            }
            for (circuit, phase), line in state.lines.items()
        ],
    }


def decode_state(data: object) -> State:
    """Read what `encode_state` wrote; of anything else begin anew.

    Nothing is lost by beginning anew but the quantities of the present vehicles: those
    that charge are found charging.
    """
    if not isinstance(data, Mapping) or data.get("version") != VERSION:
        return State()
    try:
        return State(
            at=_instant(data["at"]),
            clock_ms=_int(data["clock_ms"]),
            hard_stops=_int(data["hard_stops"]),
            is_released=data["is_released"] is True,
            stations={
                _int(row["id"]): _station(row) for row in _rows(data["stations"])
            },
            meters={_int(row["circuit"]): _meter(row) for row in _rows(data["meters"])},
            lines={
                (_int(row["circuit"]), _int(row["phase"])): _line(row)
                for row in _rows(data["lines"])
            },
        )
    except KeyError, TypeError, ValueError:
        return State()


def _station_data(station: StationState) -> dict[str, object]:
    session = station.session
    return {
        "read_at": _text(station.read_at),
        "heard_ms": station.heard_ms,
        "charge": station.charge.value,
        "drawn_ma": list(station.drawn_ma),
        "former_drawn_ma": list(station.former_drawn_ma),
        "is_lost": station.is_lost,
        "refusals": station.refusals,
        "blocked_ms": station.blocked_ms,
        "at_rest_ms": station.at_rest_ms,
        "session": None if session is None else _session_data(session),
    }


def _session_data(session: Session) -> dict[str, object]:
    return {
        "connected_ms": session.connected_ms,
        "waiting_ms": session.waiting_ms,
        "setting": _setting_data(session.setting),
        "former": _setting_data(session.former),
        "is_priority": session.is_priority,
        "changed_ms": session.changed_ms,
        "reduced_ms": session.reduced_ms,
        "charge_uas": session.charge_uas,
        "has_drawn": session.has_drawn,
        "was_stopped": session.was_stopped,
        "stubborn_ma": session.stubborn_ma,
        "uses_permille": session.uses_permille,
    }


def _setting_data(setting: Setting) -> dict[str, object]:
    return {
        "progress": setting.progress.value,
        "level": int(setting.level),
        "limit_a": setting.limit_a,
    }


def _station(row: Data) -> StationState:
    session = row["session"]
    return StationState(
        read_at=_instant(row["read_at"]),
        heard_ms=_int(row["heard_ms"]),
        charge=Charge(str(row["charge"])),
        drawn_ma=_ints(row["drawn_ma"]),
        former_drawn_ma=_ints(row["former_drawn_ma"]),
        is_lost=row["is_lost"] is True,
        refusals=_int(row["refusals"]),
        blocked_ms=_int(row["blocked_ms"]),
        # States that were stored before empty stations were held have none.
        at_rest_ms=_int(row.get("at_rest_ms", 0)),
        session=None if session is None else _session(_row(session)),
    )


def _session(row: Data) -> Session:
    return Session(
        connected_ms=_int(row["connected_ms"]),
        waiting_ms=_int(row["waiting_ms"]),
        setting=_setting(_row(row["setting"])),
        former=_setting(_row(row["former"])),
        is_priority=row["is_priority"] is True,
        changed_ms=_maybe(row["changed_ms"]),
        reduced_ms=_maybe(row["reduced_ms"]),
        charge_uas=_int(row["charge_uas"]),
        has_drawn=row["has_drawn"] is True,
        was_stopped=row["was_stopped"] is True,
        stubborn_ma=_int(row["stubborn_ma"]),
        # States that were stored before cars were measured have none.
        uses_permille=_int(row.get("uses_permille", WHOLE_PERMILLE)),
    )


def _setting(row: Data) -> Setting:
    return Setting(
        progress=Progress(str(row["progress"])),
        level=Level(_int(row["level"])),
        limit_a=_int(row["limit_a"]),
    )


def _meter(row: Data) -> MeterState:
    return MeterState(
        read_at=_instant(row["read_at"]),
        heard_ms=_int(row["heard_ms"]),
        is_lost=row["is_lost"] is True,
        currents_ma=dict(_pair(entry) for entry in _list(row["currents_ma"])),
    )


def _line(row: Data) -> LineState:
    return LineState(
        zone=Zone(str(row["zone"])),
        load_ma=_int(row["load_ma"]),
        room_ma=_int(row["room_ma"]),
        is_known=row["is_known"] is True,
        green_ms=_int(row["green_ms"]),
        over_ms=_maybe(row["over_ms"]),
        peaks_ma=_pair(row["peaks_ma"]),
        peaks_ms=_int(row["peaks_ms"]),
    )


def _text(instant: datetime | None) -> str | None:
    return None if instant is None else instant.isoformat()


def _instant(value: object) -> datetime | None:
    if value is None:
        return None
    instant = datetime.fromisoformat(cast("str", value))
    if instant.tzinfo is None:
        raise ValueError
    return instant


def _int(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError
    return value


def _maybe(value: object) -> int | None:
    return None if value is None else _int(value)


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise TypeError
    return value


def _ints(value: object) -> tuple[int, ...]:
    return tuple(_int(entry) for entry in _list(value))


def _pair(value: object) -> tuple[int, int]:
    first, second = _ints(value)
    return first, second


def _row(value: object) -> Data:
    if not isinstance(value, Mapping):
        raise TypeError
    return value


def _rows(value: object) -> list[Data]:
    return [_row(entry) for entry in _list(value)]
