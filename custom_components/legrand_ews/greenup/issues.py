"""What of the charging stations somebody has to put right, as repairs (Q15, D9)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir

from ..const import DOMAIN
from ..ews.charging import MAIN, ChargingConfig, State
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


@dataclass(frozen=True, slots=True)
class Issue:
    """A repair; ``about`` tells several of a kind apart."""

    kind: str
    about: int
    placeholders: tuple[tuple[str, str], ...]


class ChargingIssues:
    """Raises what is wrong, and withdraws what is not any more."""

    def __init__(
        self, hass: HomeAssistant, entry: ConfigEntry, management: LoadManagement
    ) -> None:
        """Nothing is wrong yet."""
        self._hass = hass
        self._entry = entry
        self._management = management
        self._raised: dict[tuple[str, int], Issue] = {}
        self._hard_stops: int | None = None
        self._stopped_at: datetime | None = None

    @callback
    def async_look(
        self, stations: Iterable[ManagedStation], sentences: Sentences, now: datetime
    ) -> None:
        """Bring the repairs up to date."""
        found = {(x.kind, x.about): x for x in self._found(stations, sentences, now)}
        for key, issue in found.items():
            if self._raised.get(key) != issue:
                self._raise(issue)
        for key in self._raised.keys() - found.keys():
            ir.async_delete_issue(self._hass, DOMAIN, _id(self._entry, *key))
        self._raised = found

    def _found(
        self, stations: Iterable[ManagedStation], sentences: Sentences, now: datetime
    ) -> Iterator[Issue]:
        config, state = self._management.config, self._management.state
        site = ("site", self._entry.title)
        managed = {station.id: station for station in stations}
        unconfirmed = [
            station.name
            for station in managed.values()
            if station.problem is not None and station.problem.key == _UNCONFIRMED
        ]
        if unconfirmed and self._management.is_set_up:
            named = ("stations", ", ".join(unconfirmed))
            yield Issue(MAP_UNCONFIRMED, MAIN, (site, named))
        if config is None:
            return
        for circuit in _silent(config, state):
            name = ("circuit", sentences.circuit(circuit))
            yield Issue(METER_LOST, circuit, (site, name))
        for number, station in state.stations.items():
            name = ("station", sentences.station(number))
            if station.refusals >= MANY_REFUSALS:
                known = managed.get(number)
                failure = None if known is None else known.failure
                reason = ("reason", failure or "–")
                yield Issue(STATION_REFUSES, number, (site, name, reason))
            if station.session is not None and station.session.is_ignoring:
                yield Issue(LIMIT_IGNORED, number, (site, name))
        if self._has_stopped(state.hard_stops, now):
            count = ("count", str(state.hard_stops))
            yield Issue(HARD_LIMIT, MAIN, (site, count))

    def _has_stopped(self, hard_stops: int, now: datetime) -> bool:
        """Whether the hard limit has stopped a vehicle before its guarantee lately."""
        if self._hard_stops is not None and hard_stops > self._hard_stops:
            self._stopped_at = now
        self._hard_stops = hard_stops
        return self._stopped_at is not None and now - self._stopped_at < SHOWN_FOR

    def _raise(self, issue: Issue) -> None:
        is_error = issue.kind in _ERRORS
        ir.async_create_issue(
            self._hass,
            DOMAIN,
            _id(self._entry, issue.kind, issue.about),
            is_fixable=False,
            severity=ir.IssueSeverity.ERROR if is_error else ir.IssueSeverity.WARNING,
            config_entry_id=self._entry.entry_id,
            translation_key=issue.kind,
            translation_placeholders=dict(issue.placeholders),
        )


@callback
def async_clear_charging_issues(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Withdraw everything that was raised for the stations of a site."""
    prefixes = tuple(f"{kind}_{entry.entry_id}" for kind in ISSUES)
    for domain, issue_id in list(ir.async_get(hass).issues):
        if domain == DOMAIN and issue_id.startswith(prefixes):
            ir.async_delete_issue(hass, domain, issue_id)


def _silent(config: ChargingConfig, state: State) -> Iterator[int]:
    """Circuits whose meter has been silent for the longer time (Q33)."""
    for circuit, meter in state.meters.items():
        silent_ms = state.clock_ms - meter.heard_ms
        if meter.is_lost and silent_ms > config.last_resort_after_s * _MILLI:
            yield circuit


def _id(entry: ConfigEntry, kind: str, about: int) -> str:
    return f"{kind}_{entry.entry_id}_{about}"
