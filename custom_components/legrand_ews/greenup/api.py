"""What is asked and told of charging stations: actions, and commands of dashboards."""

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final

from homeassistant.auth.models import User
from homeassistant.components import websocket_api
from homeassistant.components.websocket_api import (
    ActiveConnection,
    async_register_command,
    event_message,
)
from homeassistant.const import CONF_LANGUAGE
from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
from homeassistant.helpers.typing import VolDictType
import probatio

from ..const import CONF_CONFIG_ENTRY_ID, DOMAIN
from ..errors import translated_errors
from ..ews.billing import SessionQuery
from ..ews.charging import Request
from ..ews.files import SESSION_FILE, session_file
from ..files.downloads import MadeFile
from ..files.space import dialect_of_entry
from ..queries import loaded_site
from ..runtime import EwsConfigEntry
from ..websocket_api import answering
from .access import STATION_FIELDS, check_access, side_of, user_of
from .course import LENGTH
from .page import ChargingPage
from .view import describe_charging, describe_course

START_CHARGING: Final = "start_charging"
WAIT_CHARGING: Final = "wait_charging"
SET_PRIORITY: Final = "set_charging_priority"
GET_SESSIONS: Final = "get_charging_sessions"
SESSION: Final = "session"
DEFAULT: Final = "default"

_MOST_MINUTES: Final = LENGTH // timedelta(minutes=1)
_SITE: Final[VolDictType] = {probatio.Optional(CONF_CONFIG_ENTRY_ID): str}
_LANGUAGE: Final[VolDictType] = {probatio.Optional(CONF_LANGUAGE): str}
_PRIORITY: Final[VolDictType] = {
    **STATION_FIELDS,
    probatio.Required("priority"): probatio.In(
        [Request.NORMAL.value, Request.PRIORITY.value]
    ),
    probatio.Optional("scope", default=SESSION): probatio.In([SESSION, DEFAULT]),
}
_SESSIONS: Final[VolDictType] = {
    **{probatio.Optional(name): object for name in ("start", "end", "devices")},
    probatio.Optional("file", default=False): bool,
}
_ORDERS: Final = {START_CHARGING: Request.START, WAIT_CHARGING: Request.WAIT}


@callback
def async_setup_charging(hass: HomeAssistant) -> None:
    """Register the actions, their twins, and the commands of the pages."""
    for name, request in _ORDERS.items():
        hass.services.async_register(
            DOMAIN,
            name,
            partial(_order, request),
            schema=probatio.Schema({**STATION_FIELDS, **_SITE}),
        )
    hass.services.async_register(
        DOMAIN,
        SET_PRIORITY,
        _set_priority,
        schema=probatio.Schema({**_PRIORITY, **_SITE}),
    )
    hass.services.async_register(
        DOMAIN,
        GET_SESSIONS,
        _get_sessions,
        schema=probatio.Schema({**_SESSIONS, **_SITE}),
        supports_response=SupportsResponse.ONLY,
    )
    for command in (
        start_charging,
        wait_charging,
        set_charging_priority,
        get_charging_sessions,
        get_charging,
        subscribe_charging,
        get_charging_course,
    ):
        async_register_command(hass, command)


def _ask(
    hass: HomeAssistant,
    entry: EwsConfigEntry,
    asked: Mapping[str, Any],
    request: Request,
    user: User | None,
) -> None:
    number = side_of(entry, asked)
    check_access(hass, entry, number, user)
    entry.runtime_data.charging.async_request(number, request)


def _prioritise(
    hass: HomeAssistant,
    entry: EwsConfigEntry,
    asked: Mapping[str, Any],
    user: User | None,
) -> None:
    number, priority = side_of(entry, asked), Request(asked["priority"])
    check_access(hass, entry, number, user)
    management = entry.runtime_data.charging
    if asked["scope"] == SESSION:
        management.async_request(number, priority)
    else:
        is_priority = priority is Request.PRIORITY
        management.async_set_priority(number, is_priority=is_priority)


async def _order(request: Request, call: ServiceCall) -> None:
    entry = loaded_site(call.hass, call.data.get(CONF_CONFIG_ENTRY_ID))
    _ask(call.hass, entry, call.data, request, await user_of(call))


async def _set_priority(call: ServiceCall) -> None:
    entry = loaded_site(call.hass, call.data.get(CONF_CONFIG_ENTRY_ID))
    _prioritise(call.hass, entry, call.data, await user_of(call))


async def async_get_sessions(
    hass: HomeAssistant, entry: EwsConfigEntry, request: Mapping[str, Any]
) -> dict[str, Any]:
    """Answer ``get_charging_sessions``, with ``file`` as a file to download, too.

    Raises ConfigurationError at the field that is wrong, ArchiveError, and
    HomeAssistantError where the file cannot be written.
    """
    runtime = entry.runtime_data
    watch, zone = runtime.charging_watch, runtime.installation.zone
    query = SessionQuery.from_request(request, zone)
    unsaved = watch.sessions.unsaved
    found = await hass.async_add_executor_job(runtime.site.charged.find, query, unsaved)
    answer: dict[str, Any] = {
        "sessions": [
            {**x.as_dict(), "name": watch.name_of(x.session.device_id)} for x in found
        ]
    }
    if request["file"]:
        dialect = dialect_of_entry(entry)

        def make(path: Path) -> None:
            path.write_bytes(session_file(found, dialect, zone, watch.name_of))

        file = MadeFile(hass, SESSION_FILE)
        await file.async_make(make)
        answer |= {"file": file.name, "url": file.async_url()}
    return answer


async def _get_sessions(call: ServiceCall) -> ServiceResponse:
    entry = loaded_site(call.hass, call.data.get(CONF_CONFIG_ENTRY_ID))
    with translated_errors():
        return await async_get_sessions(call.hass, entry, call.data)


def _site_of(hass: HomeAssistant, message: Mapping[str, Any]) -> EwsConfigEntry:
    return loaded_site(hass, message.get(CONF_CONFIG_ENTRY_ID))


@websocket_api.websocket_command(
    {probatio.Required("type"): f"{DOMAIN}/{START_CHARGING}", **STATION_FIELDS, **_SITE}
)
@websocket_api.async_response
@answering
async def start_charging(
    hass: HomeAssistant, connection: ActiveConnection, message: dict[str, Any]
) -> None:
    """Do what the action ``start_charging`` does."""
    _ask(hass, _site_of(hass, message), message, Request.START, connection.user)
    connection.send_result(message["id"])


@websocket_api.websocket_command(
    {probatio.Required("type"): f"{DOMAIN}/{WAIT_CHARGING}", **STATION_FIELDS, **_SITE}
)
@websocket_api.async_response
@answering
async def wait_charging(
    hass: HomeAssistant, connection: ActiveConnection, message: dict[str, Any]
) -> None:
    """Do what the action ``wait_charging`` does."""
    _ask(hass, _site_of(hass, message), message, Request.WAIT, connection.user)
    connection.send_result(message["id"])


@websocket_api.websocket_command(
    {probatio.Required("type"): f"{DOMAIN}/{SET_PRIORITY}", **_PRIORITY, **_SITE}
)
@websocket_api.async_response
@answering
async def set_charging_priority(
    hass: HomeAssistant, connection: ActiveConnection, message: dict[str, Any]
) -> None:
    """Do what the action ``set_charging_priority`` does."""
    _prioritise(hass, _site_of(hass, message), message, connection.user)
    connection.send_result(message["id"])


@websocket_api.websocket_command(
    {
        probatio.Required("type"): f"{DOMAIN}/{GET_SESSIONS}",
        **_SESSIONS,
        **_LANGUAGE,
        **_SITE,
    }
)
@websocket_api.async_response
@answering
async def get_charging_sessions(
    hass: HomeAssistant, connection: ActiveConnection, message: dict[str, Any]
) -> None:
    """Answer what the action ``get_charging_sessions`` answers."""
    answer = await async_get_sessions(hass, _site_of(hass, message), message)
    connection.send_result(message["id"], answer)


@websocket_api.websocket_command(
    {probatio.Required("type"): f"{DOMAIN}/get_charging", **_LANGUAGE, **_SITE}
)
@websocket_api.async_response
@answering
async def get_charging(
    hass: HomeAssistant, connection: ActiveConnection, message: dict[str, Any]
) -> None:
    """Answer the load management as it is: circuits, queue and stations."""
    entry = _site_of(hass, message)
    watch = entry.runtime_data.charging_watch
    language = message.get(CONF_LANGUAGE, hass.config.language)
    sentences = await watch.async_sentences(language)
    watch.async_look()
    answer = describe_charging(hass, entry, sentences)
    connection.send_result(message["id"], answer)


@websocket_api.websocket_command(
    {probatio.Required("type"): f"{DOMAIN}/subscribe_charging", **_LANGUAGE, **_SITE}
)
@websocket_api.async_response
@answering
async def subscribe_charging(
    hass: HomeAssistant, connection: ActiveConnection, message: dict[str, Any]
) -> None:
    """Send what ``get_charging`` answers, now and whenever it has changed."""
    entry_id = _site_of(hass, message).entry_id

    @callback
    def send(event: dict[str, Any]) -> None:
        connection.send_message(event_message(message["id"], event))

    language = message.get(CONF_LANGUAGE, hass.config.language)
    page = ChargingPage(hass, entry_id, language, send)
    connection.subscriptions[message["id"]] = page.async_close
    connection.send_result(message["id"])
    await page.async_open()


@websocket_api.websocket_command(
    {
        probatio.Required("type"): f"{DOMAIN}/get_charging_course",
        probatio.Optional("minutes", default=_MOST_MINUTES): probatio.All(
            int, probatio.Range(min=1, max=_MOST_MINUTES)
        ),
        **_LANGUAGE,
        **_SITE,
    }
)
@websocket_api.async_response
@answering
async def get_charging_course(
    hass: HomeAssistant, connection: ActiveConnection, message: dict[str, Any]
) -> None:
    """Answer what has been in the last minutes, and what has happened."""
    entry = _site_of(hass, message)
    watch = entry.runtime_data.charging_watch
    language = message.get(CONF_LANGUAGE, hass.config.language)
    sentences = await watch.async_sentences(language)
    length = timedelta(minutes=message["minutes"])
    answer = describe_course(entry, length, sentences)
    connection.send_result(message["id"], answer)
