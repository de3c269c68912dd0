"""What of the charging stations somebody has to put right, as repairs (Q15, D9)."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.issue_registry import IssueSeverity

from ..ews.charging import MAIN, ChargingConfig, State
from ..issues import async_raise, async_refresh
from .management import LoadManagement, ManagedStation
from .sentences import Sentences

METER_LOST: Final = "charging_meter_lost"
STATION_REFUSES: Final = "charging_station_refuses"
LIMIT_IGNORED: Final = "charging_limit_ignored"
HARD_LIMIT: Final = "charging_hard_limit"
MAP_UNCONFIRMED: Final = "charging_map_unconfirmed"
ISSUES: Final = (
    METER_LOST,
    STATION_REFUSES,
    LIMIT_IGNORED,
    HARD_LIMIT,
    MAP_UNCONFIRMED,
)

MANY_REFUSALS: Final = 3
SHOWN_FOR: Final = timedelta(days=1)
"""How long it is told that the hard limit has stopped vehicles."""
_UNCONFIRMED: Final = "station_map_unconfirmed"
_MILLI: Final = 1000
_ERRORS: Final = frozenset({METER_LOST, STATION_REFUSES})


class ChargingIssues:
    """Raises what is wrong, and withdraws what is not any more."""

    def __init__(
        self, hass: HomeAssistant, entry: ConfigEntry, management: LoadManagement
    ) -> None:
        """Nothing is wrong yet."""
        self._hass = hass
        self._entry = entry
        self._management = management
        self._hard_stops: int | None = None
        self._stopped_at: datetime | None = None

    @callback
    def async_look(
        self, stations: Iterable[ManagedStation], sentences: Sentences, now: datetime
    ) -> None:
        """Bring the repairs up to date."""
        with async_refresh(self._hass, self._entry, *ISSUES):
            self._look(stations, sentences, now)

    def _look(
        self, stations: Iterable[ManagedStation], sentences: Sentences, now: datetime
    ) -> None:
        config, state = self._management.config, self._management.state
        managed = {station.id: station for station in stations}
        unconfirmed = [
            station.name
            for station in managed.values()
            if station.problem is not None and station.problem.key == _UNCONFIRMED
        ]
        if unconfirmed and self._management.is_set_up:
            self._raise(MAP_UNCONFIRMED, MAIN, stations=", ".join(unconfirmed))
        if config is None:
            return
        for circuit in _silent(config, state):
            name = sentences.circuit(circuit)
            self._raise(METER_LOST, circuit, circuit=name)
        for number, station in state.stations.items():
            name = sentences.station(number)
            if station.refusals >= MANY_REFUSALS:
                known = managed.get(number)
                failure = None if known is None else known.failure
                reason = "–" if failure is None else sentences.of_failure(failure)
                self._raise(STATION_REFUSES, number, station=name, reason=reason)
            if station.session is not None and station.session.is_ignoring:
                self._raise(LIMIT_IGNORED, number, station=name)
        if self._has_stopped(state.hard_stops, now):
            self._raise(HARD_LIMIT, MAIN, count=str(state.hard_stops))

    def _has_stopped(self, hard_stops: int, now: datetime) -> bool:
        """Whether the hard limit has stopped a vehicle before its guarantee lately."""
        if self._hard_stops is not None and hard_stops > self._hard_stops:
            self._stopped_at = now
        self._hard_stops = hard_stops
        return self._stopped_at is not None and now - self._stopped_at < SHOWN_FOR

    def _raise(self, kind: str, about: int, **placeholders: str) -> None:
        async_raise(
            self._hass,
            self._entry,
            kind,
            {"site": self._entry.title, **placeholders},
            about=about,
            severity=IssueSeverity.ERROR if kind in _ERRORS else IssueSeverity.WARNING,
        )


def _silent(config: ChargingConfig, state: State) -> Iterator[int]:
    """Circuits whose meter has been silent for the longer time (Q33)."""
    for circuit, meter in state.meters.items():
        silent_ms = state.clock_ms - meter.heard_ms
        if meter.is_lost and silent_ms > config.last_resort_after_s * _MILLI:
            yield circuit
