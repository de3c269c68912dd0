"""Commands of the dashboards: any signed-in user may ask for the site and its values.

Each translates a request into one question to the site and answers it; errors carry
the key and the values of their sentence.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import wraps
from typing import Any, Final

from homeassistant.components import websocket_api
from homeassistant.components.websocket_api import (
    ActiveConnection,
    async_register_command,
    event_message,
)
from homeassistant.const import CONF_LANGUAGE
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import (
    HomeAssistantError,
    ServiceValidationError,
    Unauthorized,
)
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.dispatcher import async_dispatcher_connect
from homeassistant.helpers.event import async_track_time_interval
from homeassistant.helpers.typing import VolDictType
import probatio

from .const import CONF_CONFIG_ENTRY_ID, DOMAIN, LEASE_RENEWAL
from .errors import translated_errors
from .queries import CONSUMPTION_FIELDS, async_get_consumption, loaded_site
from .recording.sampler import sample_end
from .runtime import EwsConfigEntry
from .site_view import async_describe_site

type Message = dict[str, Any]
type Handler = Callable[[HomeAssistant, ActiveConnection, Message], Awaitable[None]]

_SITE: Final[VolDictType] = {probatio.Optional(CONF_CONFIG_ENTRY_ID): str}


@callback
def async_setup_websocket_api(hass: HomeAssistant) -> None:
    """Register all commands."""
    for command in (sites, site, get_consumption, watch, subscribe_samples):
        async_register_command(hass, command)


def answering(handler: Handler) -> Handler:
    """Answer with a translated error where the handler raises one."""

    @wraps(handler)
    async def answer(
        hass: HomeAssistant, connection: ActiveConnection, message: Message
    ) -> None:
        try:
            with translated_errors():
                await handler(hass, connection, message)
        except Unauthorized:
            raise
        except HomeAssistantError as error:
            is_mistake = isinstance(error, ServiceValidationError)
            connection.send_error(
                message["id"],
                websocket_api.ERR_SERVICE_VALIDATION_ERROR
                if is_mistake
                else websocket_api.ERR_HOME_ASSISTANT_ERROR,
                str(error),
                translation_domain=error.translation_domain,
                translation_key=error.translation_key,
                translation_placeholders=error.translation_placeholders,
            )

    return answer


def _site_of(hass: HomeAssistant, message: Message) -> EwsConfigEntry:
    return loaded_site(hass, message.get(CONF_CONFIG_ENTRY_ID))


@websocket_api.websocket_command({probatio.Required("type"): f"{DOMAIN}/sites"})
@callback
def sites(hass: HomeAssistant, connection: ActiveConnection, message: Message) -> None:
    """List the sites that are running."""
    entries = hass.config_entries.async_loaded_entries(DOMAIN)
    connection.send_result(
        message["id"],
        [{"config_entry_id": entry.entry_id, "name": entry.title} for entry in entries],
    )


@websocket_api.websocket_command(
    {
        probatio.Required("type"): f"{DOMAIN}/site",
        probatio.Optional(CONF_LANGUAGE): str,
        **_SITE,
    }
)
@websocket_api.async_response
@answering
async def site(
    hass: HomeAssistant, connection: ActiveConnection, message: Message
) -> None:
    """Describe a site: its objects with their names, entities and devices."""
    language = message.get(CONF_LANGUAGE, hass.config.language)
    answer = await async_describe_site(hass, _site_of(hass, message), language)
    connection.send_result(message["id"], answer)


@websocket_api.websocket_command(
    {
        probatio.Required("type"): f"{DOMAIN}/get_consumption",
        probatio.Optional(CONF_LANGUAGE): str,
        **CONSUMPTION_FIELDS,
        **_SITE,
    }
)
@websocket_api.async_response
@answering
async def get_consumption(
    hass: HomeAssistant, connection: ActiveConnection, message: Message
) -> None:
    """Answer what the action ``get_consumption`` answers."""
    answer = await async_get_consumption(
        hass,
        _site_of(hass, message),
        message,
        language=message.get(CONF_LANGUAGE, hass.config.language),
    )
    connection.send_result(message["id"], answer)


@websocket_api.websocket_command(
    {
        probatio.Required("type"): f"{DOMAIN}/watch",
        probatio.Required("devices"): [cv.positive_int],
        **_SITE,
    }
)
@websocket_api.async_response
@answering
async def watch(
    hass: HomeAssistant, connection: ActiveConnection, message: Message
) -> None:
    """Poll devices fast while the subscription lasts (S148)."""
    entry_id = _site_of(hass, message).entry_id
    watched = set(message["devices"])

    @callback
    def renew(_: datetime | None = None) -> None:
        entry: EwsConfigEntry | None
        # The site may have been reloaded, or be gone, while the page stays open.
        for entry in hass.config_entries.async_loaded_entries(DOMAIN):
            if entry.entry_id == entry_id:
                _lease(entry, watched)

    connection.subscriptions[message["id"]] = async_track_time_interval(
        hass, renew, LEASE_RENEWAL
    )
    connection.send_result(message["id"])
    renew()


def _lease(entry: EwsConfigEntry, watched: set[int]) -> None:
    runtime = entry.runtime_data
    for gateway_id, coordinator in runtime.coordinators.items():
        behind = {x.id for x in runtime.installation.devices_behind(gateway_id)}
        if leased := behind & watched:
            coordinator.async_lease(leased)


@websocket_api.websocket_command(
    {probatio.Required("type"): f"{DOMAIN}/subscribe_samples", **_SITE}
)
@websocket_api.async_response
@answering
async def subscribe_samples(
    hass: HomeAssistant, connection: ActiveConnection, message: Message
) -> None:
    """Send the end of every interval that was archived."""
    entry = _site_of(hass, message)

    @callback
    def send(edge: datetime) -> None:
        connection.send_message(
            event_message(message["id"], {"sample_end": edge.isoformat()})
        )

    connection.subscriptions[message["id"]] = async_dispatcher_connect(
        hass, sample_end(entry.entry_id), send
    )
    connection.send_result(message["id"])
