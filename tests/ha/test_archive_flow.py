"""The settings of the archive: where the data are kept, and for how long."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
import logging
from pathlib import Path
import shutil
import sqlite3
from typing import Any
from unittest.mock import patch
from zoneinfo import ZoneInfo

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.data_entry_flow import EVENT_DATA_ENTRY_FLOW_PROGRESS_UPDATE
from homeassistant.requirements import RequirementsNotFound
import psycopg
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.components.diagnostics import (
    get_diagnostics_for_config_entry,
)
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.legrand_ews.const import DOMAIN
from custom_components.legrand_ews.ews.archive import Archive, DataKind
from custom_components.legrand_ews.ews.timegrid import Span
from tests.database_servers import DatabaseServer, MariaDb, PostgreSql, running

from . import site
from .conftest import Load, PassTime, StartServer
from .flow_walk import Walk
from .modbus_server import ModbusServer
from .registers import emdx3
from .test_archive import Usage

pytestmark = pytest.mark.usefixtures("clock")

YEAR = Span(datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))
IMPORT = "active_energy_import"
NOBODY = "postgresql://ews:secret@127.0.0.1:9/ews"


@pytest.fixture
def server(request: pytest.FixtureRequest) -> Iterator[DatabaseServer]:
    with running(getattr(request, "param", PostgreSql)) as found:
        yield found


async def one_meter(
    start_server: StartServer, load: Load, **options: Any
) -> tuple[ModbusServer, MockConfigEntry]:
    server = await start_server({11: emdx3(imported_wh=1_000_000, power_w=2500)})
    entry = site.entry(
        [site.gateway(1, server.port), site.device(1, 1, 11)],
        options={"sample_minutes": 10, **options},
    )
    await load(entry)
    return server, entry


async def open_page(hass: HomeAssistant, entry: MockConfigEntry, page: str) -> Walk:
    walk = await Walk.options(hass, entry)
    await walk.choose("archive")
    return await walk.choose(page)


def archived(hass: HomeAssistant, address: str | Path) -> dict[str, int]:
    """Wh of the samples of an archive, by the time at which each begins."""
    archive = Archive(address, ZoneInfo(hass.config.time_zone))
    archive.open()
    found = archive.samples(YEAR, quantities=[IMPORT])
    archive.close()
    return {
        f"{x.start:%H:%M}": x.amounts_milli[IMPORT] // 1000
        for x in found
        if IMPORT in x.amounts_milli
    }


def file_of(hass: HomeAssistant, entry: MockConfigEntry) -> Path:
    return Path(hass.config.path(DOMAIN, entry.entry_id, "archive.db"))


async def test_everything_is_kept_for_ever_until_the_user_says_otherwise(
    hass: HomeAssistant, start_server: StartServer, load: Load
) -> None:
    _, entry = await one_meter(start_server, load)
    walk = await open_page(hass, entry, "archive_kept")
    assert walk.suggested == {**{kind.value: 0 for kind in DataKind}, "copies": 1}
    await walk.fill(statistics=-1)
    assert walk.errors == {"statistics": "out_of_range"}
    await walk.fill(statistics=1.5)
    assert walk.errors == {"statistics": "number_invalid"}
    await walk.fill(statistics=24, copies=3)
    assert walk.step == "created"
    stored = entry.options["archive"]
    assert stored["kept_months"]["statistics"] == 24
    assert stored["kept_months"]["energy"] == 0
    assert stored["copies"] == 3
    walk = await open_page(hass, entry, "archive_kept")
    assert walk.suggested["statistics"] == 24


@pytest.mark.parametrize(
    ("address", "error"),
    [
        pytest.param("nonsense", "archive_url_invalid", id="no address"),
        pytest.param("sqlite:///x.db", "archive_url_invalid", id="a file"),
        pytest.param("oracle://u:p@h/d", "archive_url_invalid", id="an unknown one"),
        pytest.param("postgresql://u@h", "archive_url_invalid", id="no database"),
        pytest.param(NOBODY, "archive_unreachable", id="nobody listens"),
    ],
)
async def test_an_address_that_does_not_work_is_told_at_its_field(
    hass: HomeAssistant,
    start_server: StartServer,
    load: Load,
    address: str,
    error: str,
) -> None:
    _, entry = await one_meter(start_server, load)
    walk = await open_page(hass, entry, "archive_place")
    await walk.fill(place="server", url=address)
    assert walk.errors == {"url": error}
    assert "archive" not in entry.options


async def test_a_driver_that_cannot_be_installed_is_told(
    hass: HomeAssistant, start_server: StartServer, load: Load
) -> None:
    _, entry = await one_meter(start_server, load)
    walk = await open_page(hass, entry, "archive_place")
    missing = RequirementsNotFound(DOMAIN, ["psycopg"])
    with patch(
        "custom_components.legrand_ews.archive.settings.async_process_requirements",
        side_effect=missing,
    ):
        await walk.fill(place="server", url=NOBODY)
    assert walk.errors == {"url": "archive_driver_missing"}


def make_foreign(server: DatabaseServer) -> None:
    with psycopg.connect(server.url.replace("+psycopg", "")) as connection:
        connection.execute("CREATE TABLE energy (whose TEXT)")


async def test_a_wrong_password_and_a_foreign_database(
    hass: HomeAssistant,
    start_server: StartServer,
    load: Load,
    server: DatabaseServer,
) -> None:
    _, entry = await one_meter(start_server, load)
    walk = await open_page(hass, entry, "archive_place")
    await walk.fill(place="server", url=server.url, password="wrong")
    assert walk.errors == {"password": "archive_login_refused"}
    await hass.async_add_executor_job(make_foreign, server)
    await walk.fill(place="server", url=server.url)
    assert walk.errors == {"url": "archive_foreign"}
    assert "archive" not in entry.options


@pytest.mark.parametrize("server", [PostgreSql, MariaDb], indirect=True)
async def test_the_data_move_to_a_server_and_sampling_goes_on_there(
    hass: HomeAssistant,
    hass_client: ClientSessionGenerator,
    caplog: pytest.LogCaptureFixture,
    start_server: StartServer,
    load: Load,
    pass_time: PassTime,
    server: DatabaseServer,
) -> None:
    caplog.set_level(logging.DEBUG)
    meter, entry = await one_meter(start_server, load)
    meter.units[11] = emdx3(imported_wh=1_000_400, power_w=2500)
    await pass_time(7 * 60 + 5)
    walk = await open_page(hass, entry, "archive_place")
    await walk.fill(place="server", url=server.url)
    assert walk.step == "archive_change"
    await walk.choose("archive_move")
    await walk.wait()
    assert walk.step == "created"
    stored = entry.options["archive"]
    assert stored["password"] == server.password
    assert "@" not in stored["url"].partition("@")[2]
    assert server.password[:8] not in stored["url"]
    await pass_time(5)
    assert entry.state is ConfigEntryState.LOADED

    meter.units[11] = emdx3(imported_wh=1_000_700, power_w=2500)
    await pass_time(10 * 60)
    both = {"10:00": 400, "10:10": 300}
    assert await hass.async_add_executor_job(archived, hass, server.url) == both
    file = file_of(hass, entry)
    assert await hass.async_add_executor_job(archived, hass, file) == {"10:00": 400}
    size = hass.states.get("sensor.bakery_size_of_the_archive")
    assert size is not None
    assert float(size.state) > 0

    # Nobody gets to read the password, nor where the server is.
    diagnostics = await get_diagnostics_for_config_entry(hass, hass_client, entry)
    for text in (str(diagnostics), caplog.text):
        assert server.password not in text
        assert server.url not in text
    assert stored["url"] not in str(diagnostics)

    # The address is shown without the password, which stays what it is.
    walk = await open_page(hass, entry, "archive_place")
    assert walk.suggested == {"place": "server", "url": stored["url"]}
    await walk.fill()
    assert walk.step == "created"
    assert entry.options["archive"]["password"] == server.password


async def test_a_place_that_is_in_use_is_not_written_over(
    hass: HomeAssistant,
    start_server: StartServer,
    load: Load,
    pass_time: PassTime,
    server: DatabaseServer,
) -> None:
    """Going back to the file: what is there is told, or gone on with."""
    _, entry = await one_meter(start_server, load)
    walk = await open_page(hass, entry, "archive_place")
    await walk.fill(place="server", url=server.url)
    await walk.choose("archive_begin")
    assert walk.step == "created"
    await pass_time(5)
    walk = await open_page(hass, entry, "archive_place")
    await walk.fill(place="file", url=None)
    await walk.choose("archive_move")
    await walk.wait()
    assert walk.step == "archive_not_empty"
    assert "url" in entry.options["archive"]

    walk = await open_page(hass, entry, "archive_place")
    await walk.fill(place="file", url=None)
    await walk.choose("archive_begin")
    assert "url" not in entry.options["archive"]
    assert "password" not in entry.options["archive"]
    await pass_time(5)
    assert entry.state is ConfigEntryState.LOADED


async def test_the_history_of_a_deleted_device_goes_when_the_user_says_so(
    hass: HomeAssistant, start_server: StartServer, load: Load, pass_time: PassTime
) -> None:
    """S91: history stays until it is purged explicitly."""
    meter, entry = await one_meter(start_server, load)
    walk = await open_page(hass, entry, "archive_purge")
    assert walk.step == "archive_nothing_deleted"
    meter.units[11] = emdx3(imported_wh=1_000_400, power_w=2500)
    await pass_time(7 * 60 + 5)
    subentry = next(x for x in entry.subentries.values() if x.unique_id == "device_1")
    hass.config_entries.async_remove_subentry(entry, subentry.subentry_id)
    await pass_time(5)
    file = file_of(hass, entry)
    assert await hass.async_add_executor_job(archived, hass, file) == {"10:00": 400}

    walk = await open_page(hass, entry, "archive_purge")
    assert walk.options_of("devices") == {"1": "Meter 1 (1) · 2026-11-23 – 2026-11-23"}
    await walk.fill(devices=["1"])
    assert walk.errors == {"confirmed": "archive_purge_unconfirmed"}
    await walk.fill(devices=["1"], confirmed=True)
    assert walk.step == "archive_purged"
    assert await hass.async_add_executor_job(archived, hass, file) == {}
    walk = await open_page(hass, entry, "archive_purge")
    assert walk.step == "archive_nothing_deleted"


async def test_sums_are_rebuilt_while_a_bar_shows_how_far_that_is(
    hass: HomeAssistant, start_server: StartServer, load: Load, pass_time: PassTime
) -> None:
    meter, entry = await one_meter(start_server, load)
    meter.units[11] = emdx3(imported_wh=1_000_400, power_w=2500)
    await pass_time(7 * 60 + 5)
    file = file_of(hass, entry)

    def hours(
        statement: str = "SELECT sum(amount_milli) FROM hourly",
    ) -> list[tuple[int]]:
        with closing(sqlite3.connect(file)) as database, database:
            return database.execute(statement).fetchall()

    await hass.async_add_executor_job(hours, "UPDATE hourly SET amount_milli = 7")
    shown: list[float] = []

    @callback
    def show(event: Event) -> None:
        shown.append(event.data["progress"])

    hass.bus.async_listen(EVENT_DATA_ENTRY_FLOW_PROGRESS_UPDATE, show)
    walk = await open_page(hass, entry, "archive_rebuild")
    await walk.wait()
    assert walk.step == "archive_rebuilt"
    assert shown[-1] == 1
    assert await hass.async_add_executor_job(hours) == [(400_000,)]


async def test_what_keeps_it_from_tidying_up_is_told_at_the_end(
    hass: HomeAssistant, start_server: StartServer, load: Load
) -> None:
    _, entry = await one_meter(start_server, load)
    full = Usage(10**6, 10**6, 0)
    with patch.object(shutil, "disk_usage", return_value=full):
        walk = await open_page(hass, entry, "archive_rebuild")
        await walk.wait()
    assert walk.step == "archive_no_room"
