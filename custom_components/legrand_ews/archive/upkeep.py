"""What is done for a site's archive by the clock and on request (S240 to S243)."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from datetime import date, datetime, timedelta
from enum import StrEnum
import logging
from threading import Event
from typing import Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.event import async_track_time_interval
from homeassistant.util import dt as dt_util

from ..ews.archive import Health, Optimised, copies_in, make_copy
from ..ews.errors import ArchiveError, EwsError
from ..ews.site import Site
from ..progress import Tell, by_the_hundredth
from ..recording.sampler import Sampler
from ..repairs import async_update_archive_damage, async_update_archive_issues
from .settings import ArchivePlace, copies_folder, copies_kept, retention_of

_LOGGER = logging.getLogger(__name__)

LOOK_EVERY: Final = timedelta(hours=1)
NIGHT_HOUR: Final = 3
"""What takes long is done after three o'clock, local time."""
_SUNDAY: Final = 6


class CopyStatus(StrEnum):
    """How the archive's own daily copy went (S241)."""

    OK = "ok"
    ERROR = "error"


class Upkeep:
    """Looks at the archive every hour, and after it every night.

    At night what is older than users want goes, a copy is made, and once a week the
    whole archive is looked through. What fails is tried again the next night.
    """

    def __init__(
        self, hass: HomeAssistant, entry: ConfigEntry, site: Site, sampler: Sampler
    ) -> None:
        """Look after the archive of ``site``; nothing begins before `async_start`."""
        self._hass = hass
        self._entry = entry
        self._site = site
        self._sampler = sampler
        self._folder = copies_folder(hass, entry)
        self._listeners: list[Callable[[], None]] = []
        self._turn = asyncio.Lock()
        self._last_night: date | None = None
        self.health: Health | None = None
        self.copied_at: datetime | None = None
        self.copy_status: CopyStatus | None = None

    async def async_start(self) -> None:
        """Look at once, then every hour until the entry is unloaded."""
        copies = await self._hass.async_add_executor_job(copies_in, self._folder)
        if copies:
            self.copied_at = copies[0].at
            self.copy_status = CopyStatus.OK
            self._last_night = dt_util.as_local(copies[0].at).date()
        await self._async_look()
        self._entry.async_on_unload(
            async_track_time_interval(self._hass, self._async_tick, LOOK_EVERY)
        )

    @callback
    def async_add_listener(self, listener: Callable[[], None]) -> CALLBACK_TYPE:
        """Call ``listener`` whenever something is known anew."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    async def async_run[T](self, job: Callable[[], T]) -> T:
        """Let a thread change the archive while nothing but samples does."""
        async with self._turn:
            return await _to_its_end(self._hass.async_add_executor_job(job))

    async def async_rest(self) -> None:
        """Let nobody write until `async_wake`: samples wait, everything else too.

        What is going on comes to its end first.
        """
        await self._turn.acquire()
        await self._sampler.async_hold()

    async def async_wake(self) -> None:
        """End a rest; what has waited is written."""
        try:
            await self._sampler.async_release()
        finally:
            self._turn.release()

    async def async_purge(self, device_ids: Iterable[int]) -> None:
        """Delete what deleted devices have left behind; raises ArchiveError."""
        async with self._alone():
            for device_id in device_ids:
                await _to_its_end(
                    self._hass.async_add_executor_job(self._site.purge, device_id)
                )

    async def async_optimise(self, rebuilding: Tell | None = None) -> Optimised:
        """Tidy the archive up; what is measured meanwhile is written afterwards.

        With ``rebuilding``, which is told how far that is, everything is first derived
        anew from the samples. Raises ArchiveError ``archive_no_room`` or
        ``archive_write_failed``.
        """
        upkeep = self._site.upkeep

        def tidy() -> Optimised:
            if rebuilding is not None:
                upkeep.rebuild_rollups(by_the_hundredth(self._hass, rebuilding))
            return upkeep.optimise()

        async with self._alone():
            done = await _to_its_end(self._hass.async_add_executor_job(tidy))
        await self._async_look()
        return done

    async def async_move(
        self,
        place: ArchivePlace,
        report: Callable[[float], None],
        note: Callable[[], None],
    ) -> None:
        """Move the archive; what is measured meanwhile is written, and comes along.

        ``report`` and ``note`` are called in the event loop; ``note`` has to keep the
        new place in mind, and is called once it is in use, cancelled or not. Raises
        ArchiveError; then everything is as before, also where copying is cancelled.
        """
        given_up = Event()
        is_held = False

        def tell(share: float) -> None:
            if given_up.is_set():
                raise ArchiveError("archive_copy_failed", reason="cancelled")
            self._hass.loop.call_soon_threadsafe(report, share)

        async def hold() -> None:
            nonlocal is_held
            await self._sampler.async_hold()
            is_held = True

        def settle() -> None:
            asyncio.run_coroutine_threadsafe(hold(), self._hass.loop).result()

        async def switch() -> None:
            await self._hass.async_add_executor_job(
                self._site.switch_archive, place.address, place.spool
            )
            note()

        async with self._turn:
            try:
                copying = self._hass.async_add_executor_job(
                    self._site.move_archive, place.address, tell, settle
                )
                await _to_its_end(copying, given_up.set)
                await _to_its_end(self._hass.async_create_task(switch()))
            finally:
                if is_held:
                    await self._sampler.async_release()

    @asynccontextmanager
    async def _alone(self) -> AsyncIterator[None]:
        """Let nobody else write, and samples wait."""
        async with self._turn:
            await self._sampler.async_hold()
            try:
                yield
            finally:
                await self._sampler.async_release()

    async def _async_tick(self, _: datetime) -> None:
        local = dt_util.now()
        if local.hour >= NIGHT_HOUR and self._last_night != local.date():
            self._last_night = local.date()
            await self._async_night(local)
        await self._async_look()

    async def _async_night(self, local: datetime) -> None:
        async with self._turn:
            try:
                await self._hass.async_add_executor_job(self._tidy, local)
                if local.weekday() == _SUNDAY:
                    await self._async_check()
            except ArchiveError as error:
                _LOGGER.warning("The archive could not be looked after: %s", error)
            kept = copies_kept(self._entry)
            if kept:
                await self._async_copy(kept)

    def _tidy(self, local: datetime) -> None:
        upkeep = self._site.upkeep
        upkeep.apply_retention(retention_of(self._entry), local)
        upkeep.note_size(local)

    async def _async_check(self) -> None:
        """Look through the whole archive; damage is a repair until it is gone."""
        damage: ArchiveError | None = None
        try:
            await self._hass.async_add_executor_job(self._site.upkeep.check)
        except ArchiveError as error:
            if error.key != "archive_corrupt":
                raise
            damage = error
        async_update_archive_damage(self._hass, self._entry, damage)

    async def _async_copy(self, kept: int) -> None:
        try:
            copy = await self._hass.async_add_executor_job(
                make_copy, self._site.upkeep, self._folder, dt_util.utcnow(), kept
            )
        except EwsError as error:
            _LOGGER.warning("The archive could not be copied: %s", error)
            self.copy_status = CopyStatus.ERROR
        else:
            self.copied_at = copy.at
            self.copy_status = CopyStatus.OK

    async def _async_look(self) -> None:
        try:
            self.health = await self._hass.async_add_executor_job(
                self._site.upkeep.health
            )
        except ArchiveError as error:
            _LOGGER.debug("Nothing is known of the archive: %s", error)
            self.health = None
        async_update_archive_issues(self._hass, self._entry, self.health)
        for listener in list(self._listeners):
            listener()


async def _to_its_end[T](
    work: asyncio.Future[T], give_up: Callable[[], None] = lambda: None
) -> T:
    """Wait for a thread, which nothing stops: also where the waiting is cancelled."""
    try:
        await asyncio.wait([work])
    except asyncio.CancelledError:
        give_up()
        await asyncio.wait([work])
        if not work.cancelled():
            # Nobody is left to be told of it.
            work.exception()
        raise
    return work.result()
