"""What is asked and told of charging stations: actions, and commands of dashboards."""

from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final

from homeassistant.core import HomeAssistant, SupportsResponse, callback
from homeassistant.helpers.typing import VolDictType
import probatio

from ..api import (
    SiteRequest,
    Subscriber,
    async_register_command,
    async_register_subscription,
    async_register_twins,
)
from ..ews.billing import SessionQuery
from ..ews.charging import Request
from ..ews.files import SESSION_FILE, session_file
from ..files.downloads import MadeFile
from ..files.space import dialect_of_entry
from .access import STATION_FIELDS, operable_side
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
_COURSE: Final[VolDictType] = {
    probatio.Optional("minutes", default=_MOST_MINUTES): probatio.All(
        int, probatio.Range(min=1, max=_MOST_MINUTES)
    ),
}
_ORDERS: Final = {START_CHARGING: Request.START, WAIT_CHARGING: Request.WAIT}


@callback
def async_setup_charging(hass: HomeAssistant) -> None:
    """Register the actions, their twins, and the commands of the pages."""
    for name, order in _ORDERS.items():
        async_register_twins(hass, name, partial(_order, order), STATION_FIELDS)
    async_register_twins(hass, SET_PRIORITY, _set_priority, _PRIORITY)
    async_register_twins(
        hass,
        GET_SESSIONS,
        _get_sessions,
        _SESSIONS,
        response=SupportsResponse.ONLY,
        has_language=True,
    )
    async_register_command(hass, "get_charging", _get_charging, {}, has_language=True)
    async_register_subscription(
        hass, "subscribe_charging", _subscribe_charging, {}, has_language=True
    )
    async_register_command(
        hass, "get_charging_course", _get_course, _COURSE, has_language=True
    )


async def _order(order: Request, request: SiteRequest) -> None:
    number = operable_side(request)
    request.runtime.charging.async_request(number, order)


async def _set_priority(request: SiteRequest) -> None:
    number, priority = operable_side(request), Request(request.fields["priority"])
    management = request.runtime.charging
    if request.fields["scope"] == SESSION:
        management.async_request(number, priority)
    else:
        is_priority = priority is Request.PRIORITY
        management.async_set_priority(number, is_priority=is_priority)


async def _get_sessions(request: SiteRequest) -> dict[str, Any]:
    """Answer the sessions of a span, with ``file`` as a file to download, too.

    Raises ConfigurationError at the field that is wrong, ArchiveError, and
    HomeAssistantError where the file cannot be written.
    """
    hass, runtime = request.hass, request.runtime
    watch, zone = runtime.charging_watch, runtime.installation.zone
    query = SessionQuery.from_request(request.fields, zone)
    unsaved = watch.sessions.unsaved
    found = await hass.async_add_executor_job(runtime.site.charged.find, query, unsaved)
    answer: dict[str, Any] = {
        "sessions": [
            {**x.as_dict(), "name": watch.name_of(x.session.device_id)} for x in found
        ]
    }
    if request.fields["file"]:
        dialect = dialect_of_entry(request.entry)

        def make(path: Path) -> None:
            path.write_bytes(session_file(found, dialect, zone, watch.name_of))

        file = MadeFile(hass, SESSION_FILE)
        await file.async_make(make)
        answer |= {"file": file.name, "url": file.async_url()}
    return answer


async def _get_charging(request: SiteRequest) -> dict[str, Any]:
    """Answer the load management as it is: circuits, queue and stations."""
    watch = request.runtime.charging_watch
    sentences = await watch.async_sentences(request.language)
    watch.async_look()
    return describe_charging(request.hass, request.entry, sentences)


async def _subscribe_charging(request: SiteRequest, subscriber: Subscriber) -> None:
    """Send what ``get_charging`` answers, now and whenever it has changed."""
    page = ChargingPage(
        request.hass,
        request.entry.entry_id,
        request.language,
        subscriber.async_send,
    )
    subscriber.async_accept(page.async_close)
    await page.async_open()


async def _get_course(request: SiteRequest) -> dict[str, Any]:
    """Answer what has been in the last minutes, and what has happened."""
    watch = request.runtime.charging_watch
    sentences = await watch.async_sentences(request.language)
    length = timedelta(minutes=request.fields["minutes"])
    return describe_course(request.entry, length, sentences)
