"""How a site is asked: by actions of Home Assistant, and by commands over WebSocket.

Most requests can be made both ways and are answered alike; `async_register_twins`
registers such a pair. The core's errors become Home Assistant's here, for both.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from homeassistant.auth.models import User
from homeassistant.components import websocket_api
from homeassistant.components.websocket_api import (
    ActiveConnection,
    AsyncWebSocketCommandHandler,
    event_message,
)
from homeassistant.const import CONF_LANGUAGE
from homeassistant.core import (
    CALLBACK_TYPE,
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
from homeassistant.exceptions import (
    HomeAssistantError,
    ServiceValidationError,
    Unauthorized,
    UnknownUser,
)
from homeassistant.helpers.service import async_register_admin_service
from homeassistant.helpers.typing import VolDictType
import probatio

from .const import CONF_CONFIG_ENTRY_ID, DOMAIN
from .errors import translated_errors
from .queries import loaded_site
from .runtime import EwsConfigEntry, EwsRuntime

_SITE: Final[VolDictType] = {probatio.Optional(CONF_CONFIG_ENTRY_ID): str}
_LANGUAGE: Final[VolDictType] = {probatio.Optional(CONF_LANGUAGE): str}


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteRequest:
    """What is asked of a site, and who asks.

    `language` is that of the answer. Without a `user` it is Home Assistant that asks.
    """

    hass: HomeAssistant
    entry: EwsConfigEntry
    fields: Mapping[str, Any]
    language: str
    user: User | None

    @property
    def runtime(self) -> EwsRuntime:
        """What runs of the site."""
        return self.entry.runtime_data


class Subscriber:
    """Who listens at the other end of a connection."""

    def __init__(self, connection: ActiveConnection, message_id: int) -> None:
        """Speak to the sender of a message."""
        self._connection = connection
        self._id = message_id

    @callback
    def async_accept(self, close: CALLBACK_TYPE) -> None:
        """Say that the subscription stands; `close` is called when it ends."""
        self._connection.subscriptions[self._id] = close
        self._connection.send_result(self._id)

    @callback
    def async_send(self, event: dict[str, Any]) -> None:
        """Send an event."""
        self._connection.send_message(event_message(self._id, event))


type Handler = Callable[[SiteRequest], Awaitable[dict[str, Any] | None]]
type SubscriptionHandler = Callable[[SiteRequest, Subscriber], Awaitable[None]]


@callback
def async_register_twins(
    hass: HomeAssistant,
    name: str,
    handler: Handler,
    fields: VolDictType,
    *,
    response: SupportsResponse = SupportsResponse.NONE,
    admin: bool = False,
    has_language: bool = False,
    ends_with_caller: bool = False,
) -> None:
    """Register an action, and a command that answers the same."""
    async_register_action(hass, name, handler, fields, response=response, admin=admin)
    async_register_command(
        hass,
        name,
        handler,
        fields,
        admin=admin,
        has_language=has_language,
        ends_with_caller=ends_with_caller,
    )


@callback
def async_register_action(
    hass: HomeAssistant,
    name: str,
    handler: Handler,
    fields: VolDictType,
    *,
    response: SupportsResponse = SupportsResponse.NONE,
    admin: bool = False,
) -> None:
    """Register an action, which answers in Home Assistant's language.

    It is there as long as Home Assistant runs. `fields` are those beside the site.
    """

    async def act(call: ServiceCall) -> ServiceResponse:
        request = SiteRequest(
            hass=hass,
            entry=loaded_site(hass, call.data.get(CONF_CONFIG_ENTRY_ID)),
            fields=call.data,
            language=hass.config.language,
            user=await _user_of(call),
        )
        with translated_errors():
            return await handler(request)

    schema = probatio.Schema({**fields, **_SITE})
    if admin:
        async_register_admin_service(hass, DOMAIN, name, act, schema, response)
    else:
        hass.services.async_register(DOMAIN, name, act, schema, response)


@callback
def async_register_command(
    hass: HomeAssistant,
    name: str,
    handler: Handler,
    fields: VolDictType,
    *,
    admin: bool = False,
    has_language: bool = False,
    ends_with_caller: bool = False,
) -> None:
    """Register a command for all who are signed in, or for administrators.

    With `has_language` it may name the language of the answer. Long work that is of no
    use to anybody else `ends_with_caller`: who unsubscribes from it, or goes, cancels it.
    """

    async def answer(
        hass: HomeAssistant, connection: ActiveConnection, message: dict[str, Any]
    ) -> None:
        number = message["id"]
        task = asyncio.current_task()
        if ends_with_caller and task is not None:
            connection.subscriptions[number] = task.cancel
        try:
            found = await handler(_request_of(hass, connection, message))
        finally:
            connection.subscriptions.pop(number, None)
        connection.send_result(number, found)

    _async_register(hass, name, answer, fields, admin=admin, has_language=has_language)


@callback
def async_register_subscription(
    hass: HomeAssistant,
    name: str,
    handler: SubscriptionHandler,
    fields: VolDictType,
    *,
    has_language: bool = False,
) -> None:
    """Register a command that goes on answering until its sender has heard enough."""

    async def subscribe(
        hass: HomeAssistant, connection: ActiveConnection, message: dict[str, Any]
    ) -> None:
        request = _request_of(hass, connection, message)
        await handler(request, Subscriber(connection, message["id"]))

    _async_register(hass, name, subscribe, fields, has_language=has_language)


@callback
def _async_register(
    hass: HomeAssistant,
    name: str,
    handler: AsyncWebSocketCommandHandler,
    fields: VolDictType,
    *,
    admin: bool = False,
    has_language: bool,
) -> None:
    schema: VolDictType = {
        probatio.Required("type"): f"{DOMAIN}/{name}",
        **fields,
        **(_LANGUAGE if has_language else {}),
        **_SITE,
    }
    command = websocket_api.async_response(_answering(handler))
    if admin:
        command = websocket_api.require_admin(command)
    websocket_api.async_register_command(
        hass, websocket_api.websocket_command(schema)(command)
    )


def _request_of(
    hass: HomeAssistant, connection: ActiveConnection, message: dict[str, Any]
) -> SiteRequest:
    return SiteRequest(
        hass=hass,
        entry=loaded_site(hass, message.get(CONF_CONFIG_ENTRY_ID)),
        fields=message,
        language=message.get(CONF_LANGUAGE, hass.config.language),
        user=connection.user,
    )


async def _user_of(call: ServiceCall) -> User | None:
    """Return who calls an action; raises UnknownUser for one who is gone by now.

    Nobody is Home Assistant itself, which may do everything.
    """
    user_id = call.context.user_id
    if user_id is None:
        return None
    user = await call.hass.auth.async_get_user(user_id)
    if user is None:
        raise UnknownUser(context=call.context)
    return user


def _answering(handler: AsyncWebSocketCommandHandler) -> AsyncWebSocketCommandHandler:
    """Answer with a translated error where the handler raises one."""

    async def answer(
        hass: HomeAssistant, connection: ActiveConnection, message: dict[str, Any]
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
