"""Commands of the dashboards: any signed-in user may ask for the site and its values."""

from datetime import datetime
from typing import Any, Final

from homeassistant.components import websocket_api
from homeassistant.components.websocket_api import ActiveConnection
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.dispatcher import async_dispatcher_connect
from homeassistant.helpers.event import async_track_time_interval
from homeassistant.helpers.typing import VolDictType
import probatio

from .api import (
    SiteRequest,
    Subscriber,
    async_register_command,
    async_register_subscription,
)
from .const import DOMAIN, LEASE_RENEWAL
from .queries import running_site
from .recording.sampler import sample_end
from .runtime import EwsConfigEntry
from .site_view import async_describe_site

_WATCH: Final[VolDictType] = {probatio.Required("devices"): [cv.positive_int]}


@callback
def async_setup_websocket_api(hass: HomeAssistant) -> None:
    """Register all commands."""
    websocket_api.async_register_command(hass, list_sites)
    async_register_command(hass, "site", _get_site, {}, has_language=True)
    async_register_subscription(hass, "watch", _watch, _WATCH)
    async_register_subscription(hass, "subscribe_samples", _subscribe_samples, {})


@websocket_api.websocket_command({probatio.Required("type"): f"{DOMAIN}/sites"})
@callback
def list_sites(
    hass: HomeAssistant, connection: ActiveConnection, message: dict[str, Any]
) -> None:
    """List the sites that are running."""
    entries = hass.config_entries.async_loaded_entries(DOMAIN)
    connection.send_result(
        message["id"],
        [{"config_entry_id": entry.entry_id, "name": entry.title} for entry in entries],
    )


async def _get_site(request: SiteRequest) -> dict[str, Any]:
    """Describe a site: its objects with their names, entities and devices."""
    return await async_describe_site(request.hass, request.entry, request.language)


async def _watch(request: SiteRequest, subscriber: Subscriber) -> None:
    """Poll devices fast while the subscription lasts (S148)."""
    hass, entry_id = request.hass, request.entry.entry_id
    watched = set(request.fields["devices"])

    @callback
    def renew(_: datetime | None = None) -> None:
        # The site may have been reloaded, or be gone, while the page stays open.
        if (entry := running_site(hass, entry_id)) is not None:
            _lease(entry, watched)

    subscriber.async_accept(async_track_time_interval(hass, renew, LEASE_RENEWAL))
    renew()


def _lease(entry: EwsConfigEntry, watched: set[int]) -> None:
    runtime = entry.runtime_data
    for gateway_id, coordinator in runtime.coordinators.items():
        behind = {x.id for x in runtime.installation.devices_behind(gateway_id)}
        if leased := behind & watched:
            coordinator.async_lease(leased)


async def _subscribe_samples(request: SiteRequest, subscriber: Subscriber) -> None:
    """Send the end of every interval that was archived."""

    @callback
    def send(edge: datetime) -> None:
        subscriber.async_send({"sample_end": edge.isoformat()})

    subscriber.async_accept(
        async_dispatcher_connect(request.hass, sample_end(request.entry.entry_id), send)
    )
