"""A move of the archive that is cut off, left alone, or taken its time with."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from freezegun.api import TickingDateTimeFactory
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.data_entry_flow import EVENT_DATA_ENTRY_FLOW_PROGRESS_UPDATE
import psycopg
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_fire_time_changed,
)

from custom_components.legrand_ews.ews.archive import Archive
from custom_components.legrand_ews.ews.errors import ArchiveError
from custom_components.legrand_ews.ews.metering import Quality, Sample
from tests.database_servers import DatabaseServer, MariaDb, PostgreSql, running

from . import site
from .conftest import Load, PassTime, StartServer
from .modbus_server import ModbusServer
from .registers import emdx3
from .test_archive_flow import IMPORT, YEAR, file_of, open_page

pytestmark = pytest.mark.usefixtures("clock")

DAYS = 60
TEN_MINUTES = timedelta(minutes=10)
FIRST = datetime(2026, 9, 20, tzinfo=UTC)
PATIENCE = 500
"""Hundredths of a second that a thread may take for what takes it a few."""


@pytest.fixture(params=[PostgreSql, MariaDb])
def server(request: pytest.FixtureRequest) -> Iterator[DatabaseServer]:
    with running(request.param) as found:
        yield found


def fill(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    """Two months of samples, so that a move is no matter of a moment (blocking)."""
    path = file_of(hass, entry)
    path.parent.mkdir(parents=True, exist_ok=True)
    archive = Archive(path, ZoneInfo(hass.config.time_zone))
    archive.open()
    archive.write_history(
        Sample(
            device_id=1,
            start=FIRST + number * TEN_MINUTES,
            length=TEN_MINUTES,
            amounts_milli={IMPORT: 1000 * (number % 7)},
            quality=Quality.COMPLETE,
        )
        for number in range(DAYS * 144)
    )
    archive.close()


async def months_of_a_meter(
    hass: HomeAssistant, start_server: StartServer, load: Load
) -> tuple[ModbusServer, MockConfigEntry]:
    meter = await start_server({11: emdx3(imported_wh=1_000_000, power_w=2500)})
    entry = site.entry([site.gateway(1, meter.port), site.device(1, 1, 11)])
    await hass.async_add_executor_job(fill, hass, entry)
    await load(entry)
    return meter, entry


def content(hass: HomeAssistant, address: str | Path) -> list[Sample]:
    """Everything that was measured (blocking)."""
    archive = Archive(address, ZoneInfo(hass.config.time_zone))
    archive.open()
    found = archive.samples(YEAR)
    archive.close()
    return found


def refusal(hass: HomeAssistant, address: str) -> str | None:
    """Why a database cannot be opened as an archive (blocking)."""
    archive = Archive(address, ZoneInfo(hass.config.time_zone))
    try:
        archive.open()
    except ArchiveError as error:
        return error.key
    archive.close()
    return None


async def test_a_move_that_is_cancelled_goes_on_where_it_was(
    hass: HomeAssistant,
    start_server: StartServer,
    load: Load,
    pass_time: PassTime,
    server: DatabaseServer,
) -> None:
    meter, entry = await months_of_a_meter(hass, start_server, load)
    options = dict(entry.options)
    walk = await open_page(hass, entry, "archive_place")
    await walk.fill(place="server", url=server.url)

    @callback
    def close_dialog(_: Event) -> None:
        if not shares:
            hass.config_entries.options.async_abort(walk.result["flow_id"])
        shares.append(1)

    shares: list[int] = []
    stop = hass.bus.async_listen(EVENT_DATA_ENTRY_FLOW_PROGRESS_UPDATE, close_dialog)
    await walk.choose("archive_move")
    await hass.async_block_till_done()
    stop()
    assert entry.options == options
    reason = await hass.async_add_executor_job(refusal, hass, server.url)
    assert reason == "archive_moving"

    # The site has gone on in the file.
    meter.units[11] = emdx3(imported_wh=1_000_400, power_w=2500)
    await pass_time(7 * 60 + 5)
    file = file_of(hass, entry)
    before = await hass.async_add_executor_job(content, hass, file)
    assert (before[-1].amounts_milli[IMPORT], len(before)) == (400_000, DAYS * 144 + 1)

    # What was begun can be completed, and nothing else.
    walk = await open_page(hass, entry, "archive_place")
    await walk.fill(place="server", url=server.url)
    assert walk.result["menu_options"] == ["archive_move"]
    await walk.choose("archive_move")
    await walk.wait()
    assert walk.step == "created"
    await pass_time(5)
    assert entry.state is ConfigEntryState.LOADED
    assert await hass.async_add_executor_job(content, hass, server.url) == before


@pytest.mark.parametrize("server", [PostgreSql], indirect=True)
async def test_a_move_whose_dialog_nobody_looks_at_is_completed(
    hass: HomeAssistant,
    start_server: StartServer,
    load: Load,
    pass_time: PassTime,
    server: DatabaseServer,
) -> None:
    """The browser was closed: the site must not come back with the old database."""
    meter, entry = await months_of_a_meter(hass, start_server, load)
    walk = await open_page(hass, entry, "archive_place")
    await walk.fill(place="server", url=server.url)
    await walk.choose("archive_move")
    await hass.async_block_till_done()
    await pass_time(5)
    assert entry.options["archive"]["password"] == server.password
    meter.units[11] = emdx3(imported_wh=1_000_400, power_w=2500)
    await pass_time(7 * 60)
    found = await hass.async_add_executor_job(content, hass, server.url)
    assert found[-1].amounts_milli[IMPORT] == 400_000
    assert len(found) == DAYS * 144 + 1


@contextmanager
def slow(server: DatabaseServer) -> Iterator[psycopg.Connection]:
    """Somebody holds a table of the database, which others have to wait for."""
    address = server.url.replace("+psycopg", "")
    with psycopg.connect(address) as connection:
        connection.execute("LOCK TABLE energy IN ACCESS EXCLUSIVE MODE")
        yield connection


def is_waited_for(connection: psycopg.Connection) -> bool:
    """Whether somebody wants what the connection holds."""
    waiting = connection.execute("SELECT 1 FROM pg_locks WHERE NOT granted")
    return waiting.fetchone() is not None


@pytest.mark.parametrize("server", [PostgreSql], indirect=True)
async def test_while_data_move_samples_are_stored_at_once(
    hass: HomeAssistant,
    start_server: StartServer,
    load: Load,
    pass_time: PassTime,
    clock: TickingDateTimeFactory,
    server: DatabaseServer,
) -> None:
    """A move may take hours; if the power goes meanwhile, one interval is lost."""
    meter, entry = await months_of_a_meter(hass, start_server, load)
    await pass_time(5)
    meter.units[11] = emdx3(imported_wh=1_000_400, power_w=2500)
    walk = await open_page(hass, entry, "archive_place")
    await walk.fill(place="server", url=server.url)
    file = file_of(hass, entry)
    with slow(server) as holder:
        await walk.choose("archive_move")
        for _ in range(PATIENCE):
            await asyncio.sleep(0.01)
            if is_waited_for(holder):
                break
        assert is_waited_for(holder)
        clock.move_to(datetime(2026, 11, 23, 10, 10, 1, tzinfo=UTC))
        async_fire_time_changed(hass, datetime.now(UTC))
        for _ in range(PATIENCE):
            await asyncio.sleep(0.01)
            found = await hass.async_add_executor_job(content, hass, file)
            if len(found) > DAYS * 144:
                break
        assert found[-1].amounts_milli[IMPORT] == 400_000
        assert walk.step == "archive_move"
    await walk.wait()
    assert walk.step == "created"
    await pass_time(5)
    found = await hass.async_add_executor_job(content, hass, server.url)
    assert found[-1].amounts_milli[IMPORT] == 400_000
    assert len(found) == DAYS * 144 + 1
