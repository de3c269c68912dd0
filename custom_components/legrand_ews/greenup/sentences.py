"""What happens at charging stations, in sentences of one language."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Final

from homeassistant.core import HomeAssistant
from homeassistant.helpers.translation import async_get_translations

from ..const import DOMAIN
from ..ews.charging import MAIN, Reason, ReasonKind
from ..ews.charging.settings import Scope
from ..ews.charging.wishes import Why
from ..ews.model.problems import Problem
from ..sentences import error_path, number_text
from .failure import Failure
from .management import LoadManagement

type Names = Callable[[int], str]
"""Names a station by its number."""

WAITS: Final = "waits"
"""Behind the name of a reason, where it left a vehicle without any current."""
_MAY_WAIT: Final = frozenset(
    {ReasonKind.CAPPED, ReasonKind.FALLBACK, ReasonKind.LAST_RESORT}
)
_CIRCUITS: Final = {
    Scope.BUILDING: "charging_circuit_building",
    Scope.FEEDER: "charging_circuit_feeder",
}


class Sentences:
    """Speaks one language; names are those of a site's load management."""

    def __init__(
        self,
        texts: Mapping[str, str],
        management: LoadManagement,
        names: Names,
        language: str,
    ) -> None:
        """Take the sentences and the names of states; ``names`` are of stations."""
        self._texts = texts
        self._language = language
        self._management = management
        self._names = names

    def of_reason(self, reason: Reason) -> str:
        """Say what has happened."""
        values = dict(reason.values)
        kind = reason.kind.value
        if reason.kind in _MAY_WAIT and self._is_without_current(reason, values):
            kind = f"{kind}_{WAITS}"
        if zone := values.get("zone"):
            values["zone"] = self.zone(zone)
            values["former"] = self.zone(values.get("former", zone))
        if charge := values.get("charge_ah"):
            values["charge_ah"] = number_text(Decimal(charge), 1, self._language)
        if priority := values.get("priority"):
            values["priority"] = self._state("select", "charging_priority", priority)
        values["station"] = self.station(reason.station_id)
        values["circuit"] = self.circuit(reason.circuit_id)
        values["phase"] = f"L{reason.phase}"
        return self._sentence(f"charging_{kind}", values)

    def of_problem(self, found: Problem) -> dict[str, str]:
        """Say what is wrong with a setting or a station, with its key."""
        text = self._sentence(found.key, found.placeholders)
        return {"key": found.key, "text": text}

    def of_warning(self, key: str, **values: str) -> dict[str, str]:
        """Say what goes wrong at a station just now."""
        return {"key": key, "text": self._sentence(key, values)}

    def of_failure(self, failure: Failure) -> str:
        """Say why an order has failed; in English where nobody has a sentence for it."""
        path = error_path(failure.key, failure.domain)
        try:
            return self._texts[path].format_map(failure.placeholders)
        except KeyError:
            return failure.text

    def of_wish(self, why: Why) -> dict[str, str]:
        """Say why the sun, a price or a departure lets a vehicle charge, or wait."""
        return {"key": why.value, "text": self._sentence(f"charging_why_{why}", {})}

    def of_error(self, key: str) -> dict[str, str]:
        """Say what a station says of itself."""
        is_fault = key == "fault"
        sensor = "charge_state" if is_fault else "station_error"
        return {"key": key, "text": self._state("sensor", sensor, key)}

    def zone(self, zone: str) -> str:
        """Name a zone."""
        return self._state("sensor", "charging_zone", zone)

    def station(self, number: int | None) -> str:
        """Name a station."""
        return "" if number is None else self._names(number)

    def circuit(self, number: int | None) -> str:
        """Name a circuit: the user's name, or what the main meter measures."""
        settings = self._management.settings
        for feeder in settings.feeders:
            if feeder.id == number:
                return feeder.name
        return self._sentence(_CIRCUITS[settings.scope], {})

    def _is_without_current(self, reason: Reason, values: Mapping[str, str]) -> bool:
        station = self._management.state.stations.get(reason.station_id or MAIN)
        session = None if station is None else station.session
        if session is not None:
            return not session.is_running
        return values.get("limit_a") == "0"

    def _sentence(self, key: str, values: Mapping[str, str]) -> str:
        text = self._texts.get(error_path(key), key)
        return text.format_map(values)

    def _state(self, platform: str, key: str, state: str) -> str:
        path = f"component.{DOMAIN}.entity.{platform}.{key}.state.{state}"
        return self._texts.get(path, state)


async def async_charging_sentences(
    hass: HomeAssistant, management: LoadManagement, names: Names, language: str
) -> Sentences:
    """Return what speaks a language of the stations of a site."""
    states = await async_get_translations(hass, language, "entity", [DOMAIN])
    # Orders to chargers fail with the errors of any integration.
    errors = await async_get_translations(hass, language, "exceptions")
    return Sentences(states | errors, management, names, language)
