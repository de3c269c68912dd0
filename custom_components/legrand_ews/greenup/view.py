"""The load management as the dashboards see it: the answers of their commands."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util

from ..const import DOMAIN
from ..entity import SITE, device_identifier
from ..ews.charging import Level, LineState
from ..ews.charging.settings import MeterSource
from ..ews.model import Device
from ..runtime import EwsConfigEntry
from .controls import MANAGEMENT
from .course import STEP, Point
from .entity import kind_of
from .management import ManagedStation
from .sentences import Sentences
from .snapshot import MILLI, SessionView, StationView

_SITE_ENTITIES: Final = (("load_management", Platform.SWITCH, MANAGEMENT.key),)
_STATION_ENTITIES: Final = (
    ("ev_plug", Platform.SWITCH, "ev_plug"),
    ("domestic_plug", Platform.SWITCH, "domestic_plug"),
    ("priority", Platform.SELECT, "charging_priority"),
    ("session_priority", Platform.SELECT, "session_priority"),
    ("allowed", Platform.SWITCH, "charging_allowed"),
)
"""What a page operates, by the name in the answer, platform and key."""


def describe_charging(
    hass: HomeAssistant, entry: EwsConfigEntry, sentences: Sentences
) -> dict[str, Any]:
    """Return the answer of ``get_charging``."""
    management = entry.runtime_data.charging
    watch = entry.runtime_data.charging_watch
    site = watch.site
    return {
        "is_set_up": management.is_set_up,
        "is_enabled": management.settings.is_enabled,
        "sharing": management.settings.sharing.value,
        "zone": management.state.worst_zone.value,
        "problems": [sentences.of_problem(x) for x in management.problems],
        "circuits": list(_circuits(hass, entry, sentences)),
        "queue": list(site.queue),
        "stations": [
            _station(hass, entry, station, watch.stations[number], sentences)
            for number, station in watch.managed.items()
        ],
        "entities": _entities(hass, entry, _SITE_ENTITIES, SITE),
    }


def describe_course(
    entry: EwsConfigEntry, length: timedelta, sentences: Sentences
) -> dict[str, Any]:
    """Return the answer of ``get_charging_course``: the last while, oldest first."""
    course = entry.runtime_data.charging_watch.course
    since = dt_util.utcnow() - length
    return {
        "step_s": STEP // timedelta(seconds=1),
        "points": [_point(point) for point in course.points(since)],
        "events": [
            {
                "at": at.isoformat(),
                "station": reason.station_id,
                "kind": reason.kind.value,
                "text": text,
            }
            for at, reason, text in (
                (at, reason, sentences.of_reason(reason))
                for at, reason in course.events(since)
            )
        ],
    }


def _point(point: Point) -> dict[str, Any]:
    return {
        "at": point.at.isoformat(),
        "lines": [
            {
                "circuit": circuit,
                "phase": phase,
                "load_a": None if load is None else _amperes(load),
                "zone": zone.value,
            }
            for circuit, phase, load, zone in point.lines
        ],
        "queue": point.queue,
        "stations": [
            {
                "id": number,
                "limit_a": limit,
                "drawn_a": None if drawn is None else _amperes(drawn),
                "progress": progress.value,
            }
            for number, limit, drawn, progress in point.stations
        ],
    }


def _circuits(
    hass: HomeAssistant, entry: EwsConfigEntry, sentences: Sentences
) -> Iterator[dict[str, Any]]:
    management = entry.runtime_data.charging
    config, settings, state = management.config, management.settings, management.state
    if config is None:
        return
    for circuit in config.circuits:
        source, meter = settings.meters.get(circuit.id), state.meters.get(circuit.id)
        shown = None
        if source is not None:
            read_at = None if meter is None else meter.read_at
            shown = {
                "name": _meter_name(hass, entry, source),
                "is_lost": meter is None or meter.is_lost,
                "read_at": _iso(read_at),
            }
        yield {
            "id": circuit.id,
            "name": sentences.circuit(circuit.id),
            "maximum_a": circuit.maximum_a,
            "charging_a": circuit.charging_a,
            "hysteresis_percent": config.hysteresis_percent,
            "meter": shown,
            "lines": [
                _line(phase, line)
                for (number, phase), line in sorted(state.lines.items())
                if number == circuit.id
            ],
        }


def _line(phase: int, line: LineState) -> dict[str, Any]:
    return {
        "phase": phase,
        "zone": line.zone.value,
        "load_a": _amperes(line.load_ma),
        "room_a": _amperes(line.room_ma),
        "is_known": line.is_known,
    }


def _meter_name(
    hass: HomeAssistant, entry: EwsConfigEntry, source: MeterSource
) -> str | None:
    """Return what a meter is called; None for a device that is there no more."""
    if source.device_id is not None:
        device = entry.runtime_data.installation.devices.get(source.device_id)
        return None if device is None else device.name
    states = [hass.states.get(x) for x in source.entity_ids[:1]]
    return next((x.name for x in states if x is not None), ", ".join(source.entity_ids))


def _station(
    hass: HomeAssistant,
    entry: EwsConfigEntry,
    station: ManagedStation,
    view: StationView,
    sentences: Sentences,
) -> dict[str, Any]:
    runtime, device, spec = entry.runtime_data, station.device, station.spec
    kind, process = kind_of(station), view.process
    setting = None if process is None else process.setting
    departure = runtime.charging.departures.get(station.id)
    own = device if isinstance(device, Device) else None
    return {
        "id": station.id,
        "name": station.name,
        "kind": "charger" if own is None else "greenup",
        "device_id": runtime.tree.id_of(kind, station.id),
        "address": None if own is None else own.place,
        "gateway": None if own is None else own.gateway_id,
        "group_ids": [] if own is None else list(own.group_ids),
        "is_managed": station.is_managed,
        "problem": None
        if station.problem is None
        else sentences.of_problem(station.problem),
        "is_priority": spec.is_priority,
        "circuit_id": spec.circuit_id,
        "phases": list(spec.phases),
        "rated_a": spec.rated_a,
        "minimum_a": spec.minimum_a,
        "status": view.status.value,
        "charge": None if view.charge is None else view.charge.value,
        "stage": None if view.stage is None else view.stage.value,
        "progress": None if setting is None else setting.progress.value,
        "level": None if setting is None else Level(setting.level).name.lower(),
        "limit_a": view.limit_a,
        "drawn_a": list(view.drawn_a),
        "wish": None if view.wish is None else sentences.of_wish(view.wish),
        "departure": None
        if departure is None
        else {"at": departure.at.isoformat(), "energy": departure.wanted_wh},
        "errors": [sentences.of_error(x) for x in view.errors],
        "warnings": list(_warnings(station, view, sentences)),
        "session": None if view.session is None else _session(entry, view.session),
        "entities": _entities(hass, entry, _STATION_ENTITIES, kind, station.id),
    }


def _warnings(
    station: ManagedStation, view: StationView, sentences: Sentences
) -> Iterator[dict[str, str]]:
    """Yield what the load management has to say against a station or its vehicle."""
    if station.failure is not None:
        reason = sentences.of_failure(station.failure)
        yield sentences.of_warning("charging_refusing", reason=reason)
    if view.process is not None and view.process.is_ignoring:
        yield sentences.of_warning("charging_ignoring")


def _session(entry: EwsConfigEntry, session: SessionView) -> dict[str, Any]:
    runtime = entry.runtime_data
    return {
        "start": session.start.isoformat(),
        "energy": session.energy_wh,
        "charge_ah": session.charge_ah,
        "guaranteed_ah": runtime.charging.settings.guaranteed_ah,
        "cost": session.cost,
        "currency": None if session.cost is None else runtime.charging_watch.currency,
        "duration_s": session.seconds,
        "is_priority": session.is_priority,
    }


def _entities(
    hass: HomeAssistant,
    entry: EwsConfigEntry,
    rows: tuple[tuple[str, Platform, str], ...],
    kind: str,
    number: int | None = None,
) -> dict[str, str]:
    """Return the entities of an object that are there and not disabled, by name."""
    registry = er.async_get(hass)
    _, name = device_identifier(entry, kind, number)
    found = {}
    for shown, platform, key in rows:
        entity_id = registry.async_get_entity_id(platform, DOMAIN, f"{name}_{key}")
        known = None if entity_id is None else registry.async_get(entity_id)
        if known is not None and known.disabled_by is None:
            found[shown] = known.entity_id
    return found


def _amperes(milli: int) -> float:
    return round(milli / MILLI, 1)


def _iso(instant: datetime | None) -> str | None:
    return None if instant is None else instant.isoformat()
