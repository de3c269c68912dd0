"""Long work in small steps, so that the event loop never waits for us."""

import asyncio
from collections.abc import AsyncIterator, Iterable
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

    def __init__(self) -> None:
        """Begin with a turn in which nothing was done."""
        self._until: float | None = None

    async def step(self) -> None:
        """Return when the next step may begin: now, or in a turn to come."""
        # Not before the loop has looked at its sockets and timers.
        while self._until is not None and perf_counter() >= self._until:  # noqa: ASYNC110
            await asyncio.sleep(0)
        if self._until is None:
            self._until = perf_counter() + WORK_A_TURN_S
            # Among the first things of the next turn: before those who wait for it.
            asyncio.get_running_loop().call_soon(self._begin_turn)

    async def each[T](self, items: Iterable[T]) -> AsyncIterator[T]:
        """Yield items, each at the beginning of a step."""
        for item in items:
            await self.step()
            yield item

    def _begin_turn(self) -> None:
        self._until = None


_PACE: Final[HassKey[Pace]] = HassKey("legrand_ews_pace")


def pace_of(hass: HomeAssistant) -> Pace:
    """The pace that all sites of a Home Assistant share."""
    return hass.data.setdefault(_PACE, Pace())
