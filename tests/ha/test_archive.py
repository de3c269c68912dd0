"""The archive as users meet it: its sensors, its copies, tidying it up (S240 to S243)."""

from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
import shutil
import sqlite3
from typing import Any, NamedTuple
from unittest.mock import patch
from zoneinfo import ZoneInfo

from freezegun.api import TickingDateTimeFactory
from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import ATTR_ENTITY_ID, STATE_UNKNOWN
from homeassistant.core import Event, HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import issue_registry as ir
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    MockUser,
    async_fire_time_changed,
)
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.legrand_ews.const import DOMAIN
from custom_components.legrand_ews.ews.archive import Archive
from custom_components.legrand_ews.ews.errors import ArchiveError
from custom_components.legrand_ews.ews.metering import Sample
from custom_components.legrand_ews.ews.timegrid import Span

from . import site
from .conftest import Load, PassTime, StartServer
from .modbus_server import ModbusServer
from .registers import emdx3

pytestmark = pytest.mark.usefixtures("clock")


IMPORT = "active_energy_import"


class Usage(NamedTuple):
    total: int
    used: int
    free: int


YEAR = Span(
    datetime(2026, 1, 1, tzinfo=ZoneInfo("UTC")),
    datetime(2027, 1, 1, tzinfo=ZoneInfo("UTC")),
)


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


def state(hass: HomeAssistant, name: str) -> str:
    found = hass.states.get(f"sensor.bakery_{name}")
    assert found is not None, name
    return found.state


def folder(hass: HomeAssistant, entry: MockConfigEntry) -> Path:
    return Path(hass.config.path(DOMAIN, entry.entry_id))


def copies(hass: HomeAssistant, entry: MockConfigEntry) -> list[Path]:
    return sorted((folder(hass, entry) / "copies").glob("*"))


async def come_to(
    hass: HomeAssistant, clock: TickingDateTimeFactory, local: str
) -> None:
    """Let it be a time of day, with all that is due by then."""
    at = datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(hass.config.time_zone))
    clock.move_to(at)
    async_fire_time_changed(hass, dt_util.utcnow())
    await hass.async_block_till_done(wait_background_tasks=True)


async def test_the_site_tells_how_its_archive_is(
    hass: HomeAssistant, start_server: StartServer, load: Load
) -> None:
    _, entry = await one_meter(start_server, load)
    size = (folder(hass, entry) / "archive.db").stat().st_size
    assert float(state(hass, "size_of_the_archive")) * 2**20 >= size > 0
    assert state(hass, "health_of_the_archive") == "ok"
    assert state(hass, "software_version") == "0.1.0"
    # Nothing is known of growth before the second day, and there is no copy yet.
    for name in (
        "growth_of_the_archive",
        "time_until_the_disk_is_full",
        "last_backup_of_the_archive",
        "backup_of_the_archive",
    ):
        assert state(hass, name) == STATE_UNKNOWN


async def test_the_last_restart_is_not_that_of_the_settings(
    hass: HomeAssistant, start_server: StartServer, load: Load, pass_time: PassTime
) -> None:
    """S238: since when the application runs, and the computer."""
    _, entry = await one_meter(start_server, load)
    restarted = state(hass, "last_restart")
    assert restarted.startswith("2026-11-23T10:03:0")
    assert datetime.fromisoformat(state(hass, "last_restart_of_the_computer")) < (
        datetime.fromisoformat(restarted)
    )
    await pass_time(30)
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert state(hass, "last_restart") == restarted


async def test_a_copy_is_made_every_night_and_the_last_ones_are_kept(
    hass: HomeAssistant,
    start_server: StartServer,
    load: Load,
    clock: TickingDateTimeFactory,
) -> None:
    """S241: date, time and status of the archive's own backup."""
    _, entry = await one_meter(start_server, load, archive={"copies": 2})
    for day in ("24", "25", "26"):
        await come_to(hass, clock, f"2026-11-{day}T02:30:00")
        await come_to(hass, clock, f"2026-11-{day}T03:31:00")
    found = copies(hass, entry)
    assert len(found) == 2
    assert state(hass, "backup_of_the_archive") == "ok"
    local = datetime.fromisoformat(state(hass, "last_backup_of_the_archive"))
    assert f"{dt_util.as_local(local):%Y-%m-%d %H:%M}" == "2026-11-26 03:31"
    # Each is an archive of its own.
    copy = Archive(found[-1], ZoneInfo(hass.config.time_zone))
    copy.open()
    assert [item.name for item in copy.objects() if item.kind == "device"] == [
        "Meter 1"
    ]
    copy.close()


async def test_without_copies_none_is_made(
    hass: HomeAssistant,
    start_server: StartServer,
    load: Load,
    clock: TickingDateTimeFactory,
) -> None:
    _, entry = await one_meter(start_server, load, archive={"copies": 0})
    await come_to(hass, clock, "2026-11-24T03:31:00")
    assert copies(hass, entry) == []
    assert state(hass, "backup_of_the_archive") == STATE_UNKNOWN


async def test_a_copy_that_fails_is_told_and_leaves_the_one_before(
    hass: HomeAssistant,
    start_server: StartServer,
    load: Load,
    clock: TickingDateTimeFactory,
) -> None:
    _, entry = await one_meter(start_server, load)
    await come_to(hass, clock, "2026-11-24T03:31:00")
    before = copies(hass, entry)
    copied_at = state(hass, "last_backup_of_the_archive")
    failure = ArchiveError("archive_copy_failed", reason="no room")
    with patch.object(Archive, "snapshot", side_effect=failure):
        await come_to(hass, clock, "2026-11-25T03:31:00")
    assert state(hass, "backup_of_the_archive") == "error"
    assert state(hass, "last_backup_of_the_archive") == copied_at
    assert copies(hass, entry) == before
    # After a restart it knows of the copy that is there.
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert state(hass, "last_backup_of_the_archive") == copied_at


async def test_growth_is_known_from_the_second_day_on(
    hass: HomeAssistant,
    start_server: StartServer,
    load: Load,
    clock: TickingDateTimeFactory,
) -> None:
    await one_meter(start_server, load)
    told = []
    for day in ("24", "25"):
        await come_to(hass, clock, f"2026-11-{day}T03:31:00")
        told.append(state(hass, "growth_of_the_archive"))
    assert told[0] == STATE_UNKNOWN
    assert float(told[1]) >= 0


@pytest.mark.parametrize(
    ("usage", "is_raised"),
    [
        pytest.param(Usage(10**11, 0, 9 * 10**9), True, id="9 % free"),
        pytest.param(Usage(10**11, 0, 11 * 10**9), False, id="11 % free"),
    ],
)
async def test_a_disk_that_is_nearly_full_is_a_repair(
    hass: HomeAssistant,
    issue_registry: ir.IssueRegistry,
    start_server: StartServer,
    load: Load,
    clock: TickingDateTimeFactory,
    usage: Usage,
    is_raised: bool,
) -> None:
    """S240: below 10 % of free space."""
    with patch.object(shutil, "disk_usage", return_value=usage):
        _, entry = await one_meter(start_server, load)
        key = (DOMAIN, f"archive_short_of_room_{entry.entry_id}")
        issue = issue_registry.async_get_issue(*key)
        assert (issue is not None) is is_raised
        if issue is not None:
            assert issue.translation_placeholders == {
                "site": "Bakery",
                "free": "9000 MB",
                "days": "-",
            }
    with patch.object(shutil, "disk_usage", return_value=Usage(10**11, 0, 10**11)):
        await come_to(hass, clock, "2026-11-23T23:31:00")
    assert issue_registry.async_get_issue(*key) is None


async def test_a_disk_that_is_full_within_a_month_is_a_repair(
    hass: HomeAssistant,
    issue_registry: ir.IssueRegistry,
    start_server: StartServer,
    load: Load,
) -> None:
    """S240: 10 MB a day into 290 MB are 29 days, whatever their share is."""
    _, entry = await one_meter(start_server, load)
    await hass.config_entries.async_unload(entry.entry_id)
    with sqlite3.connect(folder(hass, entry) / "archive.db") as connection:
        connection.executemany(
            "INSERT INTO sizes (day, at, bytes) VALUES (?, ?, ?)",
            [(day, day * 86400, day * 10**7) for day in (20_000, 20_001)],
        )
    with patch.object(
        shutil, "disk_usage", return_value=Usage(4 * 10**8, 0, 29 * 10**7)
    ):
        await hass.config_entries.async_setup(entry.entry_id)
        await hass.async_block_till_done(wait_background_tasks=True)
    assert state(hass, "growth_of_the_archive") == "10.0"
    assert state(hass, "time_until_the_disk_is_full") == "29"
    key = (DOMAIN, f"archive_short_of_room_{entry.entry_id}")
    issue = issue_registry.async_get_issue(*key)
    assert issue is not None
    assert issue.translation_placeholders is not None
    assert issue.translation_placeholders["days"] == "29"


def spoil(path: Path) -> None:
    """Write over a page in the middle of the file, as a worn-out card does."""
    fill_and_empty(path)
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE spoilt (number INTEGER PRIMARY KEY)")
        connection.execute("INSERT INTO spoilt VALUES (1)")
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        query = "SELECT rootpage FROM sqlite_master WHERE name = 'spoilt'"
        (page,) = connection.execute(query).fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    with path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)


async def test_damage_that_the_weekly_check_finds_is_a_repair(
    hass: HomeAssistant,
    issue_registry: ir.IssueRegistry,
    start_server: StartServer,
    load: Load,
    clock: TickingDateTimeFactory,
) -> None:
    """S242: looked through every week, in the night to Sunday."""
    _, entry = await one_meter(start_server, load, archive={"copies": 0})
    key = (DOMAIN, f"archive_damaged_{entry.entry_id}")
    await hass.async_add_executor_job(spoil, folder(hass, entry) / "archive.db")
    await come_to(hass, clock, "2026-11-28T03:31:00")
    assert issue_registry.async_get_issue(*key) is None
    await come_to(hass, clock, "2026-11-29T03:31:00")
    issue = issue_registry.async_get_issue(*key)
    assert issue is not None
    assert issue.severity is ir.IssueSeverity.ERROR


def fill_and_empty(path: Path) -> None:
    """Leave 24 MB of unused pages in the file, as deleting old samples does."""
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE filling (bytes BLOB)")
        connection.executemany(
            "INSERT INTO filling VALUES (?)", [(bytes(2**20),) for _ in range(24)]
        )
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TABLE filling")


async def test_optimising_gives_back_what_is_unused(
    hass: HomeAssistant,
    start_server: StartServer,
    load: Load,
    clock: TickingDateTimeFactory,
) -> None:
    """S242, S243."""
    _, entry = await one_meter(start_server, load)
    path = folder(hass, entry) / "archive.db"
    await hass.async_add_executor_job(fill_and_empty, path)
    await come_to(hass, clock, "2026-11-23T23:31:00")
    assert state(hass, "health_of_the_archive") == "optimise"
    answer: Any = await hass.services.async_call(
        DOMAIN, "optimize", blocking=True, return_response=True
    )
    assert answer.keys() == {"bytes_before", "bytes_after", "seconds"}
    assert answer["bytes_before"] - answer["bytes_after"] >= 24 * 2**20
    assert answer["seconds"] > 0
    assert state(hass, "health_of_the_archive") == "ok"


COUNTED = Sample(
    device_id=1,
    start=datetime(2026, 11, 20, 9, tzinfo=UTC),
    length=timedelta(minutes=10),
    amounts_milli={IMPORT: 1_234_567},
)


def amounts(path: Path, statement: str = "") -> list[tuple[int]]:
    with closing(sqlite3.connect(path)) as database, database:
        if statement:
            database.execute(statement)
        return database.execute("SELECT amount_milli FROM hourly").fetchall()


async def wrong_hour(hass: HomeAssistant, entry: MockConfigEntry) -> Path:
    """Let an hour say what its sample does not; return where that is."""
    archive = entry.runtime_data.site.upkeep
    assert isinstance(archive, Archive)
    await hass.async_add_executor_job(archive.write_history, [COUNTED])
    path = folder(hass, entry) / "archive.db"
    wrong = "UPDATE hourly SET amount_milli = 7"
    assert await hass.async_add_executor_job(amounts, path, wrong) == [(7,)]
    return path


async def test_what_is_derived_can_be_rebuilt_on_request(
    hass: HomeAssistant, start_server: StartServer, load: Load
) -> None:
    _, entry = await one_meter(start_server, load)
    path = await wrong_hour(hass, entry)
    told: list[Event] = []
    hass.bus.async_listen("legrand_ews_optimize", told.append)
    for fields, expected in (({}, [(7,)]), ({"rebuild": True}, [(1_234_567,)])):
        assert told == []
        await hass.services.async_call(
            DOMAIN, "optimize", fields, blocking=True, return_response=True
        )
        await hass.async_block_till_done()
        assert await hass.async_add_executor_job(amounts, path) == expected
    shares = [event.data["progress"] for event in told]
    assert shares == sorted(set(shares))
    assert shares[-1] == 1


async def test_who_asks_over_a_connection_hears_how_far_rebuilding_is(
    hass: HomeAssistant,
    hass_ws_client: WebSocketGenerator,
    start_server: StartServer,
    load: Load,
) -> None:
    _, entry = await one_meter(start_server, load)
    path = await wrong_hour(hass, entry)
    client = await hass_ws_client(hass)
    event = {"type": "subscribe_events", "event_type": "legrand_ews_optimize"}
    await client.send_json_auto_id(event)
    assert (await client.receive_json())["success"]
    await client.send_json_auto_id({"type": "legrand_ews/optimize", "rebuild": True})
    heard = []
    while (answer := await client.receive_json())["type"] == "event":
        heard.append(answer["event"]["data"])
    assert answer["result"].keys() == {"bytes_before", "bytes_after", "seconds"}
    assert heard[-1] == {"config_entry_id": entry.entry_id, "progress": 1}
    assert await hass.async_add_executor_job(amounts, path) == [(1_234_567,)]


async def test_optimising_is_for_administrators(
    hass: HomeAssistant,
    hass_ws_client: WebSocketGenerator,
    hass_admin_user: MockUser,
    start_server: StartServer,
    load: Load,
) -> None:
    await one_meter(start_server, load)
    client = await hass_ws_client(hass)
    await client.send_json_auto_id({"type": "legrand_ews/optimize"})
    answer = await client.receive_json()
    assert answer["success"]
    assert answer["result"].keys() == {"bytes_before", "bytes_after", "seconds"}
    hass_admin_user.groups = []
    await client.send_json_auto_id({"type": "legrand_ews/optimize"})
    answer = await client.receive_json()
    assert answer["error"]["code"] == "unauthorized"


async def test_what_is_measured_while_it_is_optimised_is_not_lost(
    hass: HomeAssistant, start_server: StartServer, load: Load, pass_time: PassTime
) -> None:
    """S243: an interval ends in the middle of it."""
    server, entry = await one_meter(start_server, load)
    runtime = entry.runtime_data
    await runtime.sampler.async_hold()
    server.units[11] = emdx3(imported_wh=1_000_400, power_w=2500)
    await pass_time(8 * 60)
    assert runtime.site.recording.waiting == 1
    await runtime.upkeep.async_optimise()
    assert runtime.site.recording.waiting == 1
    await runtime.sampler.async_release()
    assert runtime.site.recording.waiting == 0


async def test_the_button_tells_why_it_cannot(
    hass: HomeAssistant, start_server: StartServer, load: Load
) -> None:
    await one_meter(start_server, load)
    button = {ATTR_ENTITY_ID: "button.bakery_optimize_the_archive"}
    with (
        patch.object(shutil, "disk_usage", return_value=Usage(10**6, 10**6, 0)),
        pytest.raises(HomeAssistantError) as raised,
    ):
        await hass.services.async_call("button", "press", button, blocking=True)
    assert raised.value.translation_key == "archive_no_room"
    await hass.services.async_call("button", "press", button, blocking=True)


async def test_old_samples_go_at_night_where_the_user_wants_it(
    hass: HomeAssistant,
    start_server: StartServer,
    load: Load,
    pass_time: PassTime,
    clock: TickingDateTimeFactory,
) -> None:
    """Energy stays for ever, averages for a month; sums stay anyway."""
    server, entry = await one_meter(
        start_server, load, archive={"kept_months": {"energy": 0, "statistics": 1}}
    )
    server.units[11] = emdx3(imported_wh=1_000_400, power_w=2500)
    await pass_time(8 * 60)
    site_ = entry.runtime_data.site
    archive = Archive(
        folder(hass, entry) / "archive.db", ZoneInfo(hass.config.time_zone)
    )
    archive.open()
    (sample,) = archive.samples(YEAR)
    assert "active_power" in sample.statistics
    assert sample.amounts_milli
    later = sample.end + timedelta(days=33)
    await come_to(hass, clock, f"{later:%Y-%m-%d}T02:00:00")
    # Of a meter that has been silent since, the last hour would stay.
    await pass_time(11 * 60)
    await come_to(hass, clock, f"{later:%Y-%m-%d}T04:00:00")
    kept = [x for x in archive.samples(YEAR) if x.start == sample.start]
    archive.close()
    assert [(bool(x.amounts_milli), "active_power" in x.statistics) for x in kept] == [
        (True, False)
    ]
    assert site_.recording.waiting == 0
    assert entry.state is ConfigEntryState.LOADED
