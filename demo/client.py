"""Talk to a running Home Assistant as its front end does."""

import asyncio
from collections.abc import Callable, Mapping
import time
from typing import Any, Final

import aiohttp

USER: Final = "demo"
PASSWORD: Final = "demo"  # noqa: S105 (the documented sign-in of the demo)
OFFLINE_INTEGRATIONS: Final = ("met", "radio_browser", "google_translate")
"""Added by onboarding; each waits ten seconds for the internet at every start."""

SILENCE: Final = frozenset(
    {"device_silent", "gateway_unreachable", "device_other_model"}
)
"""Errors of a form that a busy machine can cause: a simulated reply came late, and what
did come fits another register map as well."""
_RETRIES: Final = 3
_RENEW_BEFORE_S: Final = 60
"""So long before it ends a token is renewed: Home Assistant's are good for 1800 s."""

type Json = Any
"""A value of Home Assistant's REST and WebSocket API, checked where it is used."""


class DemoError(Exception):
    """The demo cannot go on; the message is for the person who started it."""


class Client:
    """A connection to the server at ``url``, signed in as the user of the demo."""

    def __init__(self, url: str, clock: Callable[[], float] = time.monotonic) -> None:
        """Hold the address; nothing is sent yet. ``clock`` tells seconds."""
        self.url = url
        self._clock = clock
        self._renew_at = float("inf")
        self._session = aiohttp.ClientSession()
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        self._message_id = 0
        self.tokens: dict[str, Json] = {}

    async def disconnect(self) -> None:
        """Give up every connection; the server goes on."""
        if self._socket is not None:
            await self._socket.close()
        await self._session.close()

    # --- signing in ----------------------------------------------------------

    async def onboard(self, language: str) -> None:
        """Create the user of the demo on a fresh folder, and sign in."""
        client_id = f"{self.url}/"
        code = (
            await self._post(
                "/api/onboarding/users",
                {
                    "client_id": client_id,
                    "name": "Demo",
                    "username": USER,
                    "password": PASSWORD,
                    "language": language,
                },
            )
        )["auth_code"]
        await self._exchange(code)
        await self._post("/api/onboarding/core_config", {})
        await self._post("/api/onboarding/analytics", {})
        redirect = f"{client_id}?auth_callback=1"
        await self._post(
            "/api/onboarding/integration",
            {"client_id": client_id, "redirect_uri": redirect},
        )
        await asyncio.sleep(1)
        for entry in await self.get("/api/config/config_entries/entry"):
            if entry["domain"] in OFFLINE_INTEGRATIONS:
                await self._delete(
                    f"/api/config/config_entries/entry/{entry['entry_id']}"
                )

    async def sign_in(self) -> None:
        """Sign the user of the demo in on a folder that was used before."""
        client_id = f"{self.url}/"
        flow = await self._post(
            "/auth/login_flow",
            {
                "client_id": client_id,
                "handler": ["homeassistant", None],
                "redirect_uri": client_id,
            },
        )
        answer = await self._post(
            f"/auth/login_flow/{flow['flow_id']}",
            {"client_id": client_id, "username": USER, "password": PASSWORD},
        )
        if answer.get("type") != "create_entry":
            raise DemoError("the user demo cannot sign in; start with --reset")
        await self._exchange(answer["result"])

    async def _exchange(self, code: str) -> None:
        await self._ask_token(grant_type="authorization_code", code=code)

    async def _stay_signed_in(self) -> None:
        """Renew the access token before it ends."""
        if self._clock() >= self._renew_at:
            refresh_token = self.tokens["refresh_token"]
            await self._ask_token(
                grant_type="refresh_token", refresh_token=refresh_token
            )

    async def _ask_token(self, **grant: str) -> None:
        form = {"client_id": f"{self.url}/", **grant}
        async with self._session.post(f"{self.url}/auth/token", data=form) as answer:
            answer.raise_for_status()
            # A renewal answers no refresh token: the first one stays.
            self.tokens |= await answer.json()
        lifetime_s = int(self.tokens["expires_in"])
        self._renew_at = self._clock() + lifetime_s - _RENEW_BEFORE_S

    def browser_tokens(self) -> dict[str, Json]:
        """What the front end keeps in localStorage as ``hassTokens``."""
        lifetime_ms = int(self.tokens["expires_in"]) * 1000
        return {
            **{
                key: self.tokens[key]
                for key in ("access_token", "token_type", "refresh_token", "expires_in")
            },
            "hassUrl": self.url,
            "clientId": f"{self.url}/",
            "expires": int(time.time() * 1000) + lifetime_ms,
        }

    # --- REST ----------------------------------------------------------------

    @property
    def _headers(self) -> Mapping[str, str]:
        token = self.tokens.get("access_token")
        return {"Authorization": f"Bearer {token}"} if token else {}

    async def get(self, path: str) -> Json:
        """GET a JSON answer."""
        await self._stay_signed_in()
        async with self._session.get(self.url + path, headers=self._headers) as answer:
            answer.raise_for_status()
            return await answer.json()

    async def _post(self, path: str, body: Json) -> Json:
        await self._stay_signed_in()
        async with self._session.post(
            self.url + path, json=body, headers=self._headers
        ) as answer:
            if answer.status >= 400:
                text = (await answer.text())[:400]
                raise DemoError(f"{path} answered {answer.status}: {text}")
            return await answer.json()

    async def _delete(self, path: str) -> None:
        await self._stay_signed_in()
        async with self._session.delete(
            self.url + path, headers=self._headers
        ) as answer:
            answer.raise_for_status()

    async def walk(self, kind: str, handler: Json, answers: Mapping[str, Json]) -> Json:
        """Walk a flow (``flow`` or ``subentries/flow``) to its end, as a user does.

        ``answers`` holds the filled form, or the chosen menu item, of every step
        by its id. A step that nobody on the bus answered in time is sent again, a
        few times. Raises DemoError when a step is unknown or refuses its answer.
        """
        retries = _RETRIES
        path = f"/api/config/config_entries/{kind}"
        step = await self._post(path, {"handler": handler})
        while step["type"] not in ("create_entry", "abort"):
            name = step["step_id"]
            errors = step.get("errors") or {}
            if errors and retries and SILENCE.issuperset(errors.values()):
                retries -= 1
            elif errors:
                raise DemoError(
                    f"{handler}: step {name} refused {answers[name]}: {errors}"
                )
            if name not in answers:
                raise DemoError(f"{handler}: nobody knows what to answer to {name}")
            answer = answers[name]
            if step["type"] == "menu":
                answer = {"next_step_id": answer}
            step = await self._post(f"{path}/{step['flow_id']}", answer)
        if step["type"] == "abort":
            raise DemoError(f"{handler}: given up, {step['reason']}")
        return step

    # --- WebSocket -----------------------------------------------------------

    async def command(self, kind: str, **fields: Json) -> Json:
        """Send one WebSocket command and return its result.

        Raises DemoError with the server's message when it is refused.
        """
        try:
            socket = await self._send(kind, fields)
        except aiohttp.ClientConnectionResetError:
            # The server hangs up on whoever leaves its pings unanswered for long.
            self._socket = None
            socket = await self._send(kind, fields)
        while True:
            message = await socket.receive_json()
            if message.get("id") == self._message_id and message["type"] == "result":
                break
        if not message["success"]:
            raise DemoError(f"{kind}: {message['error'].get('message')}")
        return message["result"]

    async def _send(
        self, kind: str, fields: Mapping[str, Json]
    ) -> aiohttp.ClientWebSocketResponse:
        """Send a command on the open connection, or on a new one."""
        if self._socket is None or self._socket.closed:
            self._socket = await self._open_socket()
        self._message_id += 1
        await self._socket.send_json({"id": self._message_id, "type": kind, **fields})
        return self._socket

    async def _open_socket(self) -> aiohttp.ClientWebSocketResponse:
        await self._stay_signed_in()
        url = self.url.replace("http", "ws", 1) + "/api/websocket"
        websocket = await self._session.ws_connect(url, max_msg_size=0)
        await websocket.receive_json()
        await websocket.send_json(
            {"type": "auth", "access_token": self.tokens["access_token"]}
        )
        if (await websocket.receive_json())["type"] != "auth_ok":
            raise DemoError("Home Assistant refused the sign-in")
        self._message_id = 0
        return websocket

    async def wait_until_running(self, *, timeout_s: float = 120) -> None:
        """Wait until every integration is set up."""
        deadline = time.monotonic() + timeout_s
        while time.monotonic() < deadline:
            if (await self.get("/api/config"))["state"] == "RUNNING":
                return
            await asyncio.sleep(0.2)
        raise DemoError("Home Assistant did not finish its start")
