"""What a report of a fault tells of the load management; names are left out later."""

from datetime import timedelta
from typing import Any, Final

from homeassistant.util import dt as dt_util

from ..ews.charging import encode_state
from ..ews.charging.settings import encode_settings
from .course import LENGTH
from .management import LoadManagement
from .watch import ChargingWatch

_SPAN: Final = LENGTH + timedelta(minutes=1)


def charging_diagnostics(
    management: LoadManagement, watch: ChargingWatch
) -> dict[str, Any]:
    """Return settings, state, stations and what has happened in the last two hours."""
    since = dt_util.utcnow() - _SPAN
    return {
        "settings": encode_settings(management.settings),
        "problems": [
            {"field": found.field, "key": found.key} for found in management.problems
        ],
        "state": encode_state(management.state),
        "stations": [
            {
                "id": number,
                "is_managed": station.is_managed,
                "is_greenup": station.is_greenup,
                "problem": None if station.problem is None else station.problem.key,
                "rated_a": station.spec.rated_a,
                "minimum_a": station.spec.minimum_a,
                "phases": list(station.spec.phases),
                "circuit_id": station.spec.circuit_id,
                "energy_milli_wh": station.energy_milli_wh,
                "has_reading": station.reading is not None,
            }
            for number, station in watch.managed.items()
        ],
        "unsaved_sessions": len(watch.sessions.unsaved),
        "reasons": [
            {
                "at": at.isoformat(),
                "kind": reason.kind.value,
                "station": reason.station_id,
                "circuit": reason.circuit_id,
                "phase": reason.phase,
                **dict(reason.values),
            }
            for at, reason in watch.course.events(since)
        ],
    }
