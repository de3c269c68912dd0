"""Long work in small steps, so that the event loop never waits for us."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterable
from time import perf_counter
from typing import Final

from homeassistant.core import HomeAssistant
from homeassistant.util.hass_dict import HassKey

WORK_A_TURN_S: Final = 0.008
"""What all sites together may do in one turn of the event loop."""


class Pace:
    """Lets steps begin while the turn of the event loop is young.

    All that is done in steps shares one pace: eight gateways whose reads end at the
    same moment take their turns one after the other.
    """

    def __init__(self, clock: Callable[[], float] = perf_counter) -> None:
        """Begin with a turn in which nothing was done; ``clock`` tells seconds."""
        self._clock = clock
        self._until: float | None = None
        self._waiting: deque[asyncio.Future[None]] = deque()

    async def step(self) -> None:
        """Return when the next step may begin: now, or in a turn to come."""
        if self._until is None:
            self._open_turn()
        elif self._clock() >= self._until:
            waiter = asyncio.get_running_loop().create_future()
            self._waiting.append(waiter)
            await waiter

    async def each[T](self, items: Iterable[T]) -> AsyncIterator[T]:
        """Yield items, each at the beginning of a step."""
        for item in items:
            await self.step()
            yield item

    def _open_turn(self) -> None:
        self._until = self._clock() + WORK_A_TURN_S
        asyncio.get_running_loop().call_soon(self._begin_turn)

    def _begin_turn(self) -> None:
        """Let go on who has waited longest."""
        self._until = None
        while self._waiting:
            waiter = self._waiting.popleft()
            if not waiter.done():
                waiter.set_result(None)
                self._open_turn()
                return


_PACE: Final[HassKey[Pace]] = HassKey("legrand_ews_pace")


def pace_of(hass: HomeAssistant) -> Pace:
    """The pace that all sites of a Home Assistant share."""
    return hass.data.setdefault(_PACE, Pace())
