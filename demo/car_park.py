"""Life in the car park: cars come and go, and the load of its feeder rises and falls.

So one sees zones, steps and the queue at any hour. Ten minutes go round: two cars and
the wallbox share what there is, heaters take it away again, two more cars have to wait.
"""

import asyncio
from collections.abc import Mapping
import contextlib
from dataclasses import dataclass
import time
from typing import Final

import aiohttp

from .client import Client, DemoError, Json
from .wallbox import CAR, CURRENT

LENGTH_S: Final = 600
_TICK_S: Final = 3
_VOLTAGE_V: Final = 230
WALLBOX: Final = "wallbox"
HEATERS: Final = "car park heaters"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """Something that happens ``at`` seconds after a round began."""

    at: int
    path: str
    body: Mapping[str, Json]


def _comes(at: int, device: str, highest_a: int, wanted_kwh: float) -> Scene:
    body = {
        "device": device,
        "highest_a": highest_a,
        "wanted_wh": wanted_kwh * 1000,
    }
    return Scene(at=at, path="/plug_in", body=body)


def _goes(at: int, device: str) -> Scene:
    return Scene(at=at, path="/unplug", body={"device": device})


def _heats(at: int, watts: int) -> Scene:
    return Scene(at=at, path="/load", body={"circuit": HEATERS, "watts": watts})


SCENES: Final = (
    _comes(0, "Visitors left", 32, 24),
    _comes(20, "Courtyard", 16, 6),
    _heats(60, 5_500),
    _comes(90, "Visitors right", 32, 18),
    _heats(170, 20_000),
    _comes(200, "Delivery", 20, 8),
    _heats(320, 9_000),
    _goes(400, "Visitors left"),
    _heats(430, 3_000),
    _goes(540, "Courtyard"),
    _goes(550, "Visitors right"),
    _goes(560, "Delivery"),
    _heats(570, 0),
)
_WALLBOX_S: Final = range(40, 520)
"""When a car is at the wallbox."""


class CarPark:
    """Plays the scenes against the simulator at ``control``, again and again."""

    def __init__(self, control: str, server: Client) -> None:
        """Steer the simulator, and Home Assistant's wallbox beside it."""
        self._control = control
        self._server = server
        self._has_car: bool | None = None
        self._drawn_w = -1.0

    async def live(self) -> None:
        """Go on until cancelled; what is refused just then is left out."""
        started = time.monotonic()
        played = 0
        async with aiohttp.ClientSession() as session:
            while True:
                rounds, second = divmod(int(time.monotonic() - started), LENGTH_S)
                while played < rounds * len(SCENES) + _due(second):
                    await self._play(session, SCENES[played % len(SCENES)])
                    played += 1
                # Home Assistant may just be restarting.
                with contextlib.suppress(aiohttp.ClientError, DemoError, ValueError):
                    await self._follow_wallbox(session, second)
                await asyncio.sleep(_TICK_S)

    async def _play(self, session: aiohttp.ClientSession, scene: Scene) -> None:
        # A car of the timetable may stand where another one was to come.
        async with session.post(
            self._control + scene.path, json=dict(scene.body)
        ) as answer:
            await answer.read()

    async def _follow_wallbox(
        self, session: aiohttp.ClientSession, second: int
    ) -> None:
        """Let a car come to the wallbox, and the feeder carry what it draws."""
        has_car = second in _WALLBOX_S
        if has_car != self._has_car:
            await self._server.command(
                "call_service",
                domain="input_boolean",
                service="turn_on" if has_car else "turn_off",
                target={"entity_id": CAR},
            )
            self._has_car = has_car
        state = await self._server.get(f"/api/states/{CURRENT}")
        drawn_w = float(state["state"]) * _VOLTAGE_V
        if drawn_w != self._drawn_w:
            body = {"circuit": WALLBOX, "watts": drawn_w}
            await self._play(session, Scene(at=second, path="/load", body=body))
            self._drawn_w = drawn_w


def _due(second: int) -> int:
    return sum(scene.at <= second for scene in SCENES)
