"""From the clock's edges to the archive and the totals, over restarts and faults."""

from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch
from zoneinfo import ZoneInfo

from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import EVENT_HOMEASSISTANT_STOP
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import (
    entity_registry as er,
    issue_registry as ir,
    restore_state,
)
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.legrand_ews.const import DOMAIN
from custom_components.legrand_ews.ews.archive import Archive
from custom_components.legrand_ews.ews.errors import ArchiveError
from custom_components.legrand_ews.ews.metering import CorrectionKind
from custom_components.legrand_ews.ews.timegrid import Span

from . import site
from .conftest import Load, PassTime, StartServer
from .modbus_server import ModbusServer
from .registers import emdx3

pytestmark = pytest.mark.usefixtures("clock")

SITE_TOTAL = "sensor.bakery_total_consumed_energy"
IMPORT = "active_energy_import"


def meter(imported_wh: int) -> dict[int, int]:
    return emdx3(imported_wh=imported_wh, power_w=2500)


def archived(hass: HomeAssistant, entry: MockConfigEntry) -> dict[datetime, float]:
    """Wh by start of the sample, read from the file itself."""
    path = Path(hass.config.path(DOMAIN, entry.entry_id, "archive.db"))
    archive = Archive(path, ZoneInfo(hass.config.time_zone))
    archive.open()
    span = Span(datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))
    samples = archive.samples(span)
    archive.close()
    return {
        sample.start: sample.amounts_milli[IMPORT] / 1000
        for sample in samples
        if IMPORT in sample.amounts_milli
    }


def journal(
    hass: HomeAssistant, entry: MockConfigEntry
) -> list[tuple[CorrectionKind, int]]:
    """What the archive tells of the imported energy beside its samples."""
    path = Path(hass.config.path(DOMAIN, entry.entry_id, "archive.db"))
    archive = Archive(path, ZoneInfo(hass.config.time_zone))
    archive.open()
    entries = archive.corrections(
        Span(datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))
    )
    archive.close()
    return [(x.kind, x.booked_milli) for x in entries if x.quantity == IMPORT]


def at(hour: int, minute: int) -> datetime:
    return datetime(2026, 11, 23, hour, minute, tzinfo=UTC)


def total(hass: HomeAssistant) -> float:
    state = hass.states.get(SITE_TOTAL)
    assert state is not None
    return float(state.state)


async def one_meter(
    start_server: StartServer, load: Load, **options: object
) -> tuple[ModbusServer, MockConfigEntry]:
    server = await start_server({11: meter(1_000_000)})
    entry = site.entry(
        [site.gateway(1, server.port), site.device(1, 1, 11)],
        options={"sample_minutes": 10, **options},
    )
    await load(entry)
    return server, entry


async def test_samples_end_at_the_edges_of_the_clock(
    hass: HomeAssistant, start_server: StartServer, load: Load, pass_time: PassTime
) -> None:
    server, entry = await one_meter(start_server, load)
    server.units[11] = meter(1_000_400)
    await pass_time(7 * 60 + 5)
    server.units[11] = meter(1_000_700)
    await pass_time(10 * 60)
    assert archived(hass, entry) == {at(10, 0): 400, at(10, 10): 300}
    assert total(hass) == pytest.approx(0.7)


@pytest.mark.parametrize(
    ("minutes", "starts"), [(1, [at(10, 3), at(10, 4)]), (5, [at(10, 0), at(10, 5)])]
)
async def test_the_interval_is_the_users_choice(
    hass: HomeAssistant,
    start_server: StartServer,
    load: Load,
    pass_time: PassTime,
    minutes: int,
    starts: list[datetime],
) -> None:
    server, entry = await one_meter(start_server, load, sample_minutes=minutes)
    await pass_time(30)
    server.units[11] = meter(1_000_100)
    await pass_time(minutes * 2 * 60 - 20)
    assert list(archived(hass, entry)) == starts
    assert sum(archived(hass, entry).values()) == 100


async def test_energy_of_a_gap_is_booked_after_it(
    hass: HomeAssistant, start_server: StartServer, load: Load, pass_time: PassTime
) -> None:
    server, entry = await one_meter(start_server, load)
    await pass_time(8 * 60)
    await server.stop()
    await pass_time(20 * 60)
    server.units[11] = meter(1_001_234)
    await server.start()
    await pass_time(12 * 60)
    assert sum(archived(hass, entry).values()) == 1234
    assert total(hass) == pytest.approx(1.234)


async def test_a_reload_loses_no_energy(
    hass: HomeAssistant, start_server: StartServer, load: Load, pass_time: PassTime
) -> None:
    server, entry = await one_meter(start_server, load)
    await pass_time(8 * 60)
    server.units[11] = meter(1_000_250)
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    server.units[11] = meter(1_000_600)
    await pass_time(10 * 60)
    assert sum(archived(hass, entry).values()) == 600
    assert total(hass) == pytest.approx(0.6)


async def test_a_reset_is_written_the_moment_it_is_believed(
    hass: HomeAssistant, start_server: StartServer, load: Load, pass_time: PassTime
) -> None:
    """Three readings prove it; then neither a reload nor a power cut hides it."""
    server, entry = await one_meter(start_server, load)
    server.units[11] = meter(1_000_080)
    await pass_time(65)
    server.units[11] = meter(30)
    await pass_time(125)
    assert journal(hass, entry) == []
    await pass_time(65)
    assert journal(hass, entry) == [(CorrectionKind.RESET, 30_000)]
    assert archived(hass, entry) == {}
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    server.units[11] = meter(50)
    await pass_time(4 * 60)
    # 80 Wh before it, 50 Wh after it.
    assert archived(hass, entry) == {at(10, 0): 130}
    assert journal(hass, entry) == [(CorrectionKind.RESET, 30_000)]


async def test_what_cannot_be_written_is_kept_shown_and_written_later(
    hass: HomeAssistant,
    issue_registry: ir.IssueRegistry,
    start_server: StartServer,
    load: Load,
    pass_time: PassTime,
) -> None:
    server, entry = await one_meter(start_server, load)
    issue = (DOMAIN, f"archive_write_failed_{entry.entry_id}")
    with patch.object(
        Archive,
        "write",
        side_effect=ArchiveError("archive_write_failed", reason="full"),
    ):
        server.units[11] = meter(1_000_400)
        await pass_time(8 * 60)
        found = issue_registry.async_get_issue(*issue)
        assert found is not None
        assert found.translation_placeholders is not None
        assert found.translation_placeholders["site"] == "Bakery"
        assert found.translation_placeholders["error"] == "full"
        assert archived(hass, entry) == {}
    # The next try, a minute later, succeeds.
    await pass_time(62)
    assert archived(hass, entry) == {at(10, 0): 400}
    assert issue_registry.async_get_issue(*issue) is None


async def test_unloading_writes_what_waits_and_releases_everything(
    hass: HomeAssistant, start_server: StartServer, load: Load, pass_time: PassTime
) -> None:
    server, entry = await one_meter(start_server, load)
    server.units[11] = meter(1_000_400)
    with patch.object(
        Archive,
        "write",
        side_effect=ArchiveError("archive_write_failed", reason="full"),
    ):
        await pass_time(8 * 60)
    assert server.connections == 1
    assert await hass.config_entries.async_unload(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert entry.state is ConfigEntryState.NOT_LOADED
    assert archived(hass, entry) == {at(10, 0): 400}
    assert server.connections == 0
    asked = len(server.requests)
    await pass_time(15 * 60)
    assert len(server.requests) == asked
    assert archived(hass, entry) == {at(10, 0): 400}


async def test_stopping_home_assistant_writes_what_waits(
    hass: HomeAssistant, start_server: StartServer, load: Load, pass_time: PassTime
) -> None:
    server, entry = await one_meter(start_server, load)
    server.units[11] = meter(1_000_400)
    with patch.object(
        Archive,
        "write",
        side_effect=ArchiveError("archive_write_failed", reason="full"),
    ):
        await pass_time(8 * 60)
    hass.bus.async_fire(EVENT_HOMEASSISTANT_STOP)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert archived(hass, entry) == {at(10, 0): 400}


async def test_a_deleted_site_leaves_its_archive(
    hass: HomeAssistant, start_server: StartServer, load: Load, pass_time: PassTime
) -> None:
    server, entry = await one_meter(start_server, load)
    server.units[11] = meter(1_000_400)
    await pass_time(8 * 60)
    await hass.config_entries.async_remove(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert archived(hass, entry) == {at(10, 0): 400}


async def test_a_total_goes_on_where_home_assistant_left_it(
    hass: HomeAssistant,
    entity_registry: er.EntityRegistry,
    start_server: StartServer,
    load: Load,
    pass_time: PassTime,
) -> None:
    server = await start_server({11: meter(1_000_000)})
    entry = site.entry([site.gateway(1, server.port), site.device(1, 1, 11)])
    registered = entity_registry.async_get_or_create(
        "sensor",
        DOMAIN,
        f"{entry.entry_id}_site_electricity",
        suggested_object_id=SITE_TOTAL.partition(".")[2],
    )
    # The archive held nothing of device 1 then, and device 9 has left since.
    restore_state.async_get(hass).last_states_by_entity_registry_id[registered.id] = (
        restore_state.StoredState.from_dict(
            {
                "state": State(SITE_TOTAL, "55.5").as_dict(),
                "extra_data": {
                    "value_milli": 55_500_000,
                    "counted_milli": {"1": 0, "9": 77},
                },
                "last_seen": dt_util.utcnow(),
                "entity_registry_id": registered.id,
            }
        )
    )
    await load(entry)
    # Registered before, so without the larger unit that is suggested once.
    assert total(hass) == 55_500
    server.units[11] = meter(1_000_400)
    await pass_time(8 * 60)
    assert total(hass) == 55_900


async def test_energy_that_an_archive_refused_to_the_end_is_booked_later(
    hass: HomeAssistant, start_server: StartServer, load: Load, pass_time: PassTime
) -> None:
    server, entry = await one_meter(start_server, load)
    server.units[11] = meter(1_000_400)
    await pass_time(8 * 60)
    failure = ArchiveError("archive_write_failed", reason="full")
    with patch.object(Archive, "write", side_effect=failure):
        server.units[11] = meter(1_000_700)
        await pass_time(10 * 60)
        assert await hass.config_entries.async_unload(entry.entry_id)
    assert archived(hass, entry) == {at(10, 0): 400}
    # The archive still says where the counter stood, so nothing is lost.
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    server.units[11] = meter(1_000_800)
    await pass_time(12 * 60)
    assert sum(archived(hass, entry).values()) == 800
