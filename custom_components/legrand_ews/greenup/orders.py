"""Carries orders out: each station by itself, and what gives way before what takes.

A station that is slow or dead holds up no other one. Only increases wait: until every
decrease that was given before has been obeyed or has failed, so that none overtakes a
decrease on a slower bus.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
import logging
from typing import Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant

from ..ews.charging import Action, Command
from .failure import Failure
from .stations import Station

_LOGGER = logging.getLogger(__name__)

PATIENCE_S: Final = 10
"""How long a station may take to obey."""

type OnFailed = Callable[[int], None]


@dataclass(slots=True, kw_only=True, eq=False)
class Order:
    """A command on its way to a station; ``done`` is false where it has failed."""

    command: Command
    station: Station
    is_increase: bool
    done: asyncio.Future[bool] = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )

    @property
    def number(self) -> int:
        """The station that it is for."""
        return self.command.station_id


class Orders:
    """Orders under way, one a station; a newer one takes the place of one that waits.

    ``on_refused`` is called for a station that has not obeyed its latest order,
    ``on_withheld`` for one that was not told because others did not give way.
    """

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry,
        on_refused: OnFailed,
        on_withheld: OnFailed,
    ) -> None:
        """Nothing is under way yet."""
        self.failures: dict[int, Failure] = {}
        self._hass = hass
        self._entry = entry
        self._on_refused = on_refused
        self._on_withheld = on_withheld
        self._waiting: dict[int, Order] = {}
        self._decreases: dict[int, Order] = {}
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._switching: dict[int, asyncio.Task[None]] = {}

    @property
    def under_way(self) -> frozenset[int]:
        """The stations that have not obeyed yet."""
        return frozenset(self._tasks)

    def give(self, orders: Iterable[Order]) -> None:
        """Begin to carry orders out, in their order where they share a bus."""
        for order in orders:
            self._settle(self._waiting.get(order.number), is_done=True)
            self._waiting[order.number] = order
            if not order.is_increase:
                self._decreases[order.number] = order
            if order.number not in self._tasks:
                self._tasks[order.number] = self._entry.async_create_background_task(
                    self._hass,
                    self._serve(order.number),
                    f"Orders of charging station {order.number}",
                    eager_start=False,
                )

    def switch(self, number: int, station: Station, conductors: int) -> None:
        """Let a station charge on another number of conductors.

        To be asked for while its vehicle takes nothing, again and again until it shows
        the new number; what is under way is not disturbed.
        """
        if number not in self._tasks and number not in self._switching:
            self._switching[number] = self._entry.async_create_background_task(
                self._hass,
                self._switch(number, station, conductors),
                f"Phases of charging station {number}",
                eager_start=False,
            )

    async def async_stop(self, leaving: Iterable[Station] = ()) -> frozenset[int]:
        """Give up what is under way, and let stations go that nobody will order again.

        Each of these may charge with its rated current then, also one without a vehicle:
        it was told to let the next one wait. Return the other stations whose order was
        given up: nobody knows whether they have heard it.
        """
        interrupted = self.under_way
        tasks = [*self._tasks.values(), *self._switching.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        stations = list(leaving)
        await asyncio.gather(*(self._release(x) for x in stations))
        return interrupted - {x.spec.id for x in stations}

    async def _serve(self, number: int) -> None:
        """Carry out what waits for a station until nothing does."""
        try:
            while (order := self._waiting.get(number)) is not None:
                before = [x for x in self._decreases.values() if x.number != number]
                if order.is_increase and before:
                    # Or until it is replaced: what gives way instead waits for nobody.
                    all_done = asyncio.gather(*(x.done for x in before))
                    await asyncio.wait(
                        (all_done, order.done), return_when=asyncio.FIRST_COMPLETED
                    )
                    if self._waiting.get(number) is not order:
                        continue
                    if any(
                        not is_done and _share_a_phase(x, order)
                        for x, is_done in zip(before, await all_done, strict=True)
                    ):
                        del self._waiting[number]
                        self._on_withheld(number)
                        continue
                del self._waiting[number]
                is_done = await self._apply(order)
                self._settle(order, is_done=is_done)
                if not is_done and number not in self._waiting:
                    self._on_refused(number)
        finally:
            del self._tasks[number]
            self._settle(self._waiting.pop(number, None), is_done=False)

    def _settle(self, order: Order | None, *, is_done: bool) -> None:
        if order is None:
            return
        if not order.done.done():
            order.done.set_result(is_done)
        if self._decreases.get(order.number) is order:
            del self._decreases[order.number]

    async def _switch(self, number: int, station: Station, conductors: int) -> None:
        try:
            what = f"{conductors} conductors"
            await self._obeys(number, what, station.switch_phases(conductors))
        finally:
            del self._switching[number]

    async def _release(self, station: Station) -> None:
        number, rated_a = station.spec.id, station.spec.rated_a
        start = Command(station_id=number, action=Action.START, limit_a=rated_a)
        await self._obeys(number, f"release, {rated_a} A", station.apply(start))

    async def _apply(self, order: Order) -> bool:
        command = order.command
        what = f"{command.action}, {command.limit_a} A"
        return await self._obeys(order.number, what, order.station.apply(command))

    async def _obeys(self, number: int, what: str, doing: Awaitable[None]) -> bool:
        """Return whether a station has obeyed; what it says of itself is told once.

        Other integrations fail with errors of any kind. Each is one station's refusal:
        an order without an end would hold up all that wait for it.
        """
        try:
            async with asyncio.timeout(PATIENCE_S):
                await doing
        except Exception as error:
            failure = Failure.of(error)
            if self.failures.get(number) != failure:
                _LOGGER.warning(
                    "Charging station %s has not obeyed (%s): %s",
                    number,
                    what,
                    failure.text,
                )
            self.failures[number] = failure
            return False
        if self.failures.pop(number, None) is not None:
            _LOGGER.info("Charging station %s obeys again", number)
        return True


def _share_a_phase(one: Order, other: Order) -> bool:
    return not set(one.station.spec.phases).isdisjoint(other.station.spec.phases)
