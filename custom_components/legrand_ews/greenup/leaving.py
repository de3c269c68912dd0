"""Stations that were managed, and will not be when their site is loaded next."""

from homeassistant.core import HomeAssistant, callback

from ..devices import without_disabled
from ..ews.errors import EwsError
from ..installation import installation_of
from ..runtime import EwsConfigEntry
from .crew import Crew
from .stored import charging_settings


@callback
def stations_leaving(hass: HomeAssistant, entry: EwsConfigEntry) -> set[int]:
    """Return those that are to be let go when a site is unloaded.

    These are all where the site is switched off or has no management any more, else
    those that were deleted or taken out of service; none where what is stored cannot be
    read. One whose register map is not confirmed any more is told nothing (D9).
    """
    runtime = entry.runtime_data
    stations = runtime.charging.stations
    managed = {number for number, x in stations.items() if x.problem is None}
    if entry.disabled_by is not None:
        return managed
    try:
        settings = charging_settings(entry)
        installation = without_disabled(hass, entry, installation_of(hass, entry))
    except EwsError:
        return set()
    if settings.meter is None:
        return managed
    crew = Crew(hass, settings, runtime.catalogue, runtime.coordinators, lambda: None)
    crew.take(settings, installation)
    return managed - crew.members.keys()
