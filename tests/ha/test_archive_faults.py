"""An archive that cannot be written for a while: what is measured waits, and is told.

A database server that is away for an hour, a full disk, a file that somebody holds, a
disk that can only be read: nothing is lost, and users read what is wrong.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
import sqlite3
from typing import Any
from zoneinfo import ZoneInfo

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import issue_registry as ir
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from sqlalchemy import event
from sqlalchemy.pool import Pool

from custom_components.legrand_ews.archive.settings import OPTION_ARCHIVE
from custom_components.legrand_ews.const import DOMAIN
from custom_components.legrand_ews.ews.archive import (
    Archive,
    engine,
    split_password,
)
from custom_components.legrand_ews.ews.metering import Quality
from custom_components.legrand_ews.ews.timegrid import Span
from tests.database_servers import DatabaseServer, MariaDb, PostgreSql, running
from tests.file_faults import full_disk, held

from . import site
from .conftest import Load, PassTime, StartServer
from .modbus_server import ModbusServer
from .registers import emdx3

pytestmark = pytest.mark.usefixtures("clock")

IMPORT = "active_energy_import"
YEAR = Span(datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))
BEGIN = datetime(2026, 11, 23, 10, 3, tzinfo=UTC)
BEFORE_WH = 1_000_000

type Booked = list[tuple[datetime, int, Quality]]


@pytest.fixture
def server(request: pytest.FixtureRequest) -> Iterator[DatabaseServer]:
    with running(request.param) as found:
        yield found


def place_of(server: DatabaseServer) -> dict[str, str]:
    """A server's database as the options hold it, the password apart."""
    url, password = split_password(server.url)
    return {"url": url, "password": password or ""}


async def one_meter(
    start_server: StartServer, load: Load, *, sample_minutes: int = 1, **archive: Any
) -> tuple[ModbusServer, MockConfigEntry]:
    meter = await start_server({11: emdx3(imported_wh=BEFORE_WH, power_w=2500)})
    entry = site.entry(
        [site.gateway(1, meter.port), site.device(1, 1, 11)],
        options={"sample_minutes": sample_minutes, OPTION_ARCHIVE: archive},
    )
    await load(entry)
    return meter, entry


class Day:
    """A meter whose every interval is another one, and what is due of them."""

    def __init__(
        self, meter: ModbusServer, pass_time: PassTime, *, sample_minutes: int = 1
    ) -> None:
        self._meter = meter
        self._pass_time = pass_time
        self._length = timedelta(minutes=sample_minutes)
        self._start = BEGIN - (BEGIN - datetime.min.replace(tzinfo=UTC)) % self._length
        self._wh = BEFORE_WH
        self.due: Booked = []

    async def intervals(self, count: int) -> None:
        """Let so many intervals end, and five seconds more."""
        for _ in range(count):
            amount_wh = 100 + 10 * len(self.due)
            self._wh += amount_wh
            self._meter.units[11] = emdx3(imported_wh=self._wh, power_w=2500)
            # The first one was running when the tests began.
            left = self._length if self.due else self._start + self._length - BEGIN
            await self._pass_time(left.total_seconds() + (0 if self.due else 5))
            is_whole = self._start >= BEGIN
            quality = Quality.COMPLETE if is_whole else Quality.PARTIAL
            self.due.append((self._start, amount_wh, quality))
            self._start += self._length


def booked(hass: HomeAssistant, address: str | Path) -> Booked:
    """Wh of every sample, read from the database itself (blocking)."""
    archive = Archive(address, ZoneInfo(hass.config.time_zone))
    archive.open()
    samples = archive.samples(YEAR, quantities=[IMPORT])
    archive.close()
    return [
        (x.start, x.amounts_milli[IMPORT] // 1000, x.quality)
        for x in samples
        if IMPORT in x.amounts_milli
    ]


def file_of(hass: HomeAssistant, entry: MockConfigEntry) -> Path:
    return Path(hass.config.path(DOMAIN, entry.entry_id, "archive.db"))


def repair(hass: HomeAssistant, entry: MockConfigEntry) -> dict[str, str] | None:
    """What the repair tells, if there is one."""
    key = f"archive_write_failed_{entry.entry_id}"
    issue = ir.async_get(hass).async_get_issue(DOMAIN, key)
    return None if issue is None else dict(issue.translation_placeholders or {})


@pytest.mark.parametrize("server", [PostgreSql], indirect=True)
async def test_a_database_server_that_is_away_for_an_hour_loses_nothing(
    hass: HomeAssistant,
    caplog: pytest.LogCaptureFixture,
    start_server: StartServer,
    load: Load,
    pass_time: PassTime,
    server: DatabaseServer,
) -> None:
    meter, entry = await one_meter(
        start_server, load, sample_minutes=10, **place_of(server)
    )
    day = Day(meter, pass_time, sample_minutes=10)
    await day.intervals(1)
    assert await hass.async_add_executor_job(booked, hass, server.url) == day.due
    assert repair(hass, entry) is None

    await hass.async_add_executor_job(server.kill)
    await day.intervals(6)
    told = repair(hass, entry)
    assert told is not None
    assert (told["site"], told["count"]) == ("Bakery", "6")
    assert server.password not in f"{told} {caplog.text}"
    # What is measured is shown all the same.
    power = hass.states.get("sensor.meter_1_active_power")
    assert power is not None
    assert power.state == "2500"
    with pytest.raises(HomeAssistantError) as raised:
        await hass.services.async_call(
            DOMAIN,
            "get_consumption",
            {"level": "site", "fluid": "electricity", "period": "day"},
            blocking=True,
            return_response=True,
        )
    assert raised.value.translation_key == "archive_read_failed"

    await hass.async_add_executor_job(server.start)
    # It is tried again every minute.
    await pass_time(62)
    assert repair(hass, entry) is None
    assert await hass.async_add_executor_job(booked, hass, server.url) == day.due
    await day.intervals(1)
    assert await hass.async_add_executor_job(booked, hass, server.url) == day.due


@pytest.mark.parametrize("server", [MariaDb], indirect=True)
async def test_what_waits_for_a_server_outlives_a_restart(
    hass: HomeAssistant,
    start_server: StartServer,
    load: Load,
    pass_time: PassTime,
    server: DatabaseServer,
) -> None:
    meter, entry = await one_meter(start_server, load, **place_of(server))
    day = Day(meter, pass_time)
    await day.intervals(1)
    await hass.async_add_executor_job(server.kill)
    await day.intervals(2)
    assert await hass.config_entries.async_unload(entry.entry_id)
    # Without its archive, the site waits for the server and says so.
    await hass.config_entries.async_setup(entry.entry_id)
    assert entry.state is ConfigEntryState.SETUP_RETRY
    assert entry.error_reason_translation_key == "archive_unreachable"
    await hass.async_add_executor_job(server.start)
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert entry.state is ConfigEntryState.LOADED
    assert await hass.async_add_executor_job(booked, hass, server.url) == day.due
    assert repair(hass, entry) is None


class Disk:
    """A file system that may refuse to write, in the way SQLite sees it."""

    is_read_only = False

    def checked_out(self, connection: object, *_: object) -> None:
        if isinstance(connection, sqlite3.Connection):
            connection.execute(f"PRAGMA query_only = {int(self.is_read_only)}")


@pytest.fixture
def disk() -> Iterator[Disk]:
    disk = Disk()
    event.listen(Pool, "checkout", disk.checked_out)
    yield disk
    event.remove(Pool, "checkout", disk.checked_out)


async def test_samples_wait_while_the_disk_is_full(
    hass: HomeAssistant, start_server: StartServer, load: Load, pass_time: PassTime
) -> None:
    meter, entry = await one_meter(start_server, load)
    day = Day(meter, pass_time)
    await day.intervals(1)
    await hass.async_add_executor_job(entry.runtime_data.site.upkeep.checkpoint)
    with full_disk(4096):
        await day.intervals(2)
        told = repair(hass, entry)
        assert told is not None
        assert told["count"] == "2"
    await day.intervals(1)
    assert repair(hass, entry) is None
    file = file_of(hass, entry)
    assert await hass.async_add_executor_job(booked, hass, file) == day.due


async def test_samples_wait_while_another_program_holds_the_file(
    hass: HomeAssistant,
    monkeypatch: pytest.MonkeyPatch,
    start_server: StartServer,
    load: Load,
    pass_time: PassTime,
) -> None:
    monkeypatch.setattr(engine, "_BUSY_TIMEOUT_S", 0.05)
    meter, entry = await one_meter(start_server, load)
    day = Day(meter, pass_time)
    await day.intervals(1)
    file = file_of(hass, entry)
    with held(file):
        await day.intervals(2)
        told = repair(hass, entry)
        assert told == {
            "site": "Bakery",
            "count": "2",
            "error": "database is locked",
        }
    await day.intervals(1)
    assert repair(hass, entry) is None
    assert await hass.async_add_executor_job(booked, hass, file) == day.due


async def test_samples_wait_while_the_disk_can_only_be_read(
    hass: HomeAssistant,
    start_server: StartServer,
    load: Load,
    pass_time: PassTime,
    disk: Disk,
) -> None:
    """So does a computer with an SD card that is worn out."""
    meter, entry = await one_meter(start_server, load)
    day = Day(meter, pass_time)
    await day.intervals(1)
    disk.is_read_only = True
    await day.intervals(2)
    told = repair(hass, entry)
    assert told is not None
    assert (told["count"], "readonly" in told["error"]) == ("2", True)
    disk.is_read_only = False
    await day.intervals(1)
    assert repair(hass, entry) is None
    file = file_of(hass, entry)
    assert await hass.async_add_executor_job(booked, hass, file) == day.due


async def test_a_site_on_a_disk_that_can_only_be_read_says_why_it_waits(
    hass: HomeAssistant,
    start_server: StartServer,
    load: Load,
    pass_time: PassTime,
    disk: Disk,
) -> None:
    meter, entry = await one_meter(start_server, load)
    day = Day(meter, pass_time)
    await day.intervals(1)
    await hass.config_entries.async_unload(entry.entry_id)
    disk.is_read_only = True
    await hass.config_entries.async_setup(entry.entry_id)
    disk.is_read_only = False
    assert entry.state is ConfigEntryState.SETUP_RETRY
    assert entry.error_reason_translation_key == "archive_write_failed"
    told = entry.error_reason_translation_placeholders
    assert told is not None
    assert "readonly" in told["reason"]
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert entry.state is ConfigEntryState.LOADED
    file = file_of(hass, entry)
    assert await hass.async_add_executor_job(booked, hass, file) == day.due
