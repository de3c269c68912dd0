"""Carries the orders of the load management out, all stations at the same time."""

import asyncio
from collections.abc import Callable, Mapping
import logging
from typing import Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
import probatio

from ..ews.charging import Command
from .stations import Station

_LOGGER = logging.getLogger(__name__)

PATIENCE_S: Final = 10
"""How long a station may take to obey; until then no further step is made."""

type OnDone = Callable[[frozenset[int]], None]


class Orders:
    """Orders under way; ``on_done`` is told which stations have taken none."""

    def __init__(
        self, hass: HomeAssistant, entry: ConfigEntry, on_done: OnDone
    ) -> None:
        """Nothing is under way yet."""
        self.failures: dict[int, Exception] = {}
        self._hass = hass
        self._entry = entry
        self._on_done = on_done
        self._task: asyncio.Task[None] | None = None

    @property
    def is_busy(self) -> bool:
        """Whether orders are under way."""
        return self._task is not None

    def give(self, commands: tuple[Command, ...], to: Mapping[int, Station]) -> None:
        """Begin to carry orders out, in their order where they share a bus."""
        self._task = self._entry.async_create_background_task(
            self._hass,
            self._carry_out(commands, to),
            f"Charging orders of {self._entry.title}",
        )

    async def async_stop(self) -> None:
        """Give up what is under way."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def _carry_out(
        self, commands: tuple[Command, ...], to: Mapping[int, Station]
    ) -> None:
        async with asyncio.TaskGroup() as group:
            under_way = [
                (x.station_id, group.create_task(self._apply(x, to[x.station_id])))
                for x in commands
            ]
        self._task = None
        self._on_done(frozenset(x for x, task in under_way if not task.result()))

    async def _apply(self, command: Command, station: Station) -> bool:
        """Return whether a station has obeyed; one that fails is not in the way."""
        try:
            async with asyncio.timeout(PATIENCE_S):
                await station.apply(command)
        except (HomeAssistantError, TimeoutError, probatio.Invalid, KeyError) as error:
            if command.station_id not in self.failures:
                _LOGGER.warning(
                    "Charging station %s has not taken the order %s %s A: %s",
                    command.station_id,
                    command.action,
                    command.limit_a,
                    error,
                )
            self.failures[command.station_id] = error
            return False
        self.failures.pop(command.station_id, None)
        return True
