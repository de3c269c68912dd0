"""While Home Assistant makes a backup, archives are whole and nobody writes to them."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from unittest.mock import patch
from zoneinfo import ZoneInfo

from freezegun.api import TickingDateTimeFactory
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_fire_time_changed,
)

from custom_components.legrand_ews.backup import async_post_backup, async_pre_backup
from custom_components.legrand_ews.const import DOMAIN
from custom_components.legrand_ews.ews.archive import Archive
from custom_components.legrand_ews.ews.errors import ArchiveError
from custom_components.legrand_ews.ews.timegrid import Span

from . import site
from .conftest import Load, PassTime, StartServer
from .flow_walk import Walk
from .modbus_server import ModbusServer
from .registers import emdx3

pytestmark = pytest.mark.usefixtures("clock")

IMPORTED = {
    "device": 1,
    "quantity": "active_energy_import",
    "start": "2026-11-20T10:00:00+00:00",
    "length": 3600,
    "value": 700,
}
LATER = {**IMPORTED, "start": "2026-11-20T12:00:00+00:00", "value": 300}
PATIENCE_TURNS = 50


async def one_meter(
    start_server: StartServer, load: Load
) -> tuple[ModbusServer, MockConfigEntry]:
    server = await start_server({11: emdx3(imported_wh=1000, power_w=2500)})
    entry = site.entry(
        [site.gateway(1, server.port), site.device(1, 1, 11), site.device(2, 1, 12)]
    )
    await load(entry)
    return server, entry


async def without_second(
    hass: HomeAssistant, entry: MockConfigEntry, pass_time: PassTime
) -> None:
    """Delete a device; its history stays in the archive."""
    subentry = next(x for x in entry.subentries.values() if x.unique_id == "device_2")
    hass.config_entries.async_remove_subentry(entry, subentry.subentry_id)
    await pass_time(5)


def files(hass: HomeAssistant, entry: MockConfigEntry) -> Mapping[str, str]:
    """Every file of the site and what is in it."""
    folder = Path(hass.config.path(DOMAIN, entry.entry_id))
    return {
        str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        # What readers share in memory is no part of the data.
        if path.is_file() and path.suffix != ".db-shm"
    }


def zone(hass: HomeAssistant) -> ZoneInfo:
    return ZoneInfo(hass.config.time_zone)


async def call(hass: HomeAssistant, name: str, **data: Any) -> Any:
    return await hass.services.async_call(
        DOMAIN, name, data, blocking=True, return_response=True
    )


async def turns() -> None:
    """Let whatever can go on do so; what waits for the backup still waits."""
    for _ in range(PATIENCE_TURNS):
        await asyncio.sleep(0.001)


def written_at(path: Path) -> int:
    return path.stat().st_mtime_ns


def samples_in_copy(path: Path) -> int:
    """Samples in a copy of the file alone, as a backup would hold it."""
    copy = path.with_name("copy.db")
    copy.write_bytes(path.read_bytes())
    archive = Archive(copy, ZoneInfo("US/Pacific"))
    archive.open()
    year = Span(datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))
    count = len(archive.samples(year))
    archive.close()
    return count


async def test_the_file_is_whole_before_a_backup(
    hass: HomeAssistant, start_server: StartServer, load: Load, pass_time: PassTime
) -> None:
    server, entry = await one_meter(start_server, load)
    server.units[11] = emdx3(imported_wh=1400)
    await pass_time(8 * 60)
    await async_pre_backup(hass)
    path = Path(hass.config.path(DOMAIN, entry.entry_id, "archive.db"))
    assert samples_in_copy(path) == 1
    # While it is copied nothing moves in it; nothing is lost by that.
    stamp = written_at(path)
    log = path.with_name("archive.db-wal")
    await pass_time(10 * 60)
    assert written_at(path) == stamp
    assert log.stat().st_size == 0
    await async_post_backup(hass)
    assert log.stat().st_size > 0
    await hass.config_entries.async_unload(entry.entry_id)
    assert samples_in_copy(path) == 2


async def test_a_backup_does_not_hide_that_the_archive_is_not_in_it(
    hass: HomeAssistant, start_server: StartServer, load: Load
) -> None:
    await one_meter(start_server, load)
    failure = ArchiveError("archive_write_failed", reason="full")
    with (
        patch.object(Archive, "checkpoint", side_effect=failure),
        pytest.raises(HomeAssistantError) as raised,
    ):
        await async_pre_backup(hass)
    assert raised.value.translation_key == "archive_checkpoint_failed"
    assert raised.value.translation_placeholders == {"site": "Bakery"}
    await async_post_backup(hass)


async def test_whoever_would_change_the_archive_waits_for_the_backup(
    hass: HomeAssistant,
    start_server: StartServer,
    load: Load,
    pass_time: PassTime,
    clock: TickingDateTimeFactory,
) -> None:
    """Imports, undoing, purging, tidying up and the night's work."""
    _, entry = await one_meter(start_server, load)
    await without_second(hass, entry, pass_time)
    undo = (await call(hass, "import_history", samples=[IMPORTED]))["undo"]
    purge = await Walk.options(hass, entry)
    await purge.choose("archive")
    await purge.choose("archive_purge")

    await async_pre_backup(hass)
    before = files(hass, entry)
    assert before.keys() == {"archive.db", "archive.db-wal"}
    works = [
        asyncio.create_task(work)
        for work in (
            call(hass, "undo_import", undo=undo),
            call(hass, "import_history", samples=[LATER]),
            call(hass, "optimize"),
            purge.fill(devices=["2"], confirmed=True),
        )
    ]
    clock.move_to(datetime(2026, 11, 24, 3, 31, tzinfo=zone(hass)))
    async_fire_time_changed(hass, datetime.now(UTC))
    await turns()
    # To try an import is no writing.
    tried = await call(hass, "import_history", samples=[IMPORTED], dry_run=True)
    assert tried["rows"] == 1
    assert [work.done() for work in works] == [False] * len(works)
    assert files(hass, entry) == before

    await async_post_backup(hass)
    await asyncio.gather(*works)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert purge.step == "archive_purged"
    found = files(hass, entry)
    assert [name for name in found if name.startswith("copies/")] != []
    answer = await call(
        hass, "get_consumption", level="device", period="day", date="2026-11-20"
    )
    assert [(x["id"], x["total"]) for x in answer["series"]] == [(1, 300)]


async def test_a_site_is_not_started_anew_in_the_middle_of_a_backup(
    hass: HomeAssistant, start_server: StartServer, load: Load, pass_time: PassTime
) -> None:
    _, entry = await one_meter(start_server, load)
    runtime = entry.runtime_data
    await async_pre_backup(hass)
    before = files(hass, entry)
    hass.config_entries.async_update_entry(entry, options={"sample_minutes": 5})
    await pass_time(30)
    assert files(hass, entry) == before
    assert entry.runtime_data is runtime
    await async_post_backup(hass)
    await pass_time(5)
    assert entry.state is ConfigEntryState.LOADED
    assert entry.runtime_data is not runtime
