"""The weekly check of the power quality, from an archive to entities and a file (S88)."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch
from zoneinfo import ZoneInfo

from freezegun.api import TickingDateTimeFactory
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.dispatcher import async_dispatcher_send
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.legrand_ews.const import DOMAIN
from custom_components.legrand_ews.ews.archive import Archive
from custom_components.legrand_ews.ews.errors import ArchiveError
from custom_components.legrand_ews.ews.metering import Sample, Statistic
from custom_components.legrand_ews.recording.sampler import sample_end

from . import site
from .conftest import Load, PassTime

MONDAY = datetime(2026, 11, 15, 23, tzinfo=UTC)
"""00:00 of 16 November in Paris: the last week that is over on the 23rd."""
TEN_MINUTES = timedelta(minutes=10)
INTERVALS = 1008
PARIS = ZoneInfo("Europe/Paris")
NOMINAL = {
    "frequency": 50.0,
    **dict.fromkeys(("voltage_l1", "voltage_l2", "voltage_l3"), 230.0),
    **dict.fromkeys(("voltage_l1_l2", "voltage_l2_l3", "voltage_l3_l1"), 400.0),
    **dict.fromkeys(("thd_voltage_l1", "thd_voltage_l2", "thd_voltage_l3"), 2.5),
}

pytestmark = pytest.mark.usefixtures("clock")


def entry_of(**changes: Any) -> MockConfigEntry:
    """A site whose one meter is the power-quality device; nobody asks it anything."""
    return site.entry(
        [
            site.gateway(1, 502, is_enabled=False, eq_device_id=1),
            site.device(1, 1, 11, name="Main", **changes),
        ]
    )


def record(
    hass: HomeAssistant,
    entry: ConfigEntry,
    count: int = INTERVALS,
    bad: Mapping[str, float] | None = None,
    start: datetime = MONDAY,
) -> None:
    """Archive ``count`` intervals from ``start`` on, the first sixty with bad values."""
    path = Path(hass.config.path(DOMAIN, entry.entry_id, "archive.db"))
    path.parent.mkdir(parents=True, exist_ok=True)
    archive = Archive(path, PARIS)
    archive.open()
    archive.write_history(
        Sample(
            device_id=1,
            start=start + index * TEN_MINUTES,
            length=TEN_MINUTES,
            statistics={
                key: Statistic(*[round(value * 1000)] * 3)
                for key, value in (NOMINAL | (bad or {} if index < 60 else {})).items()
            },
        )
        for index in range(count)
    )
    archive.close()


async def recorded(
    hass: HomeAssistant, entry: ConfigEntry, *arguments: Any, **options: Any
) -> None:
    await hass.config.async_set_time_zone("Europe/Paris")
    await hass.async_add_executor_job(
        lambda: record(hass, entry, *arguments, **options)
    )


def entity(hass: HomeAssistant, entry: ConfigEntry, platform: str) -> State | None:
    unique_id = f"{entry.entry_id}_device_1_power_quality"
    entity_id = er.async_get(hass).async_get_entity_id(platform, DOMAIN, unique_id)
    return None if entity_id is None else hass.states.get(entity_id)


def state(hass: HomeAssistant, entry: ConfigEntry, platform: str = "sensor") -> State:
    found = entity(hass, entry, platform)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("count", "bad", "verdict", "failed"),
    [
        (INTERVALS, {}, "ok", []),
        (INTERVALS, {"thd_voltage_l2": 8.5}, "ko", ["thd_voltage"]),
        (INTERVALS, {"voltage_l1": 190.0, "frequency": 49.4}, "ko", None),
        (900, {}, "incomplete", []),
        (900, {"voltage_l3": 260.0}, "incomplete", ["voltage"]),
    ],
)
async def test_a_week_that_ended_while_nobody_was_there(
    hass: HomeAssistant,
    load: Load,
    hass_ws_client: WebSocketGenerator,
    count: int,
    bad: Mapping[str, float],
    verdict: str,
    failed: list[str] | None,
) -> None:
    entry = entry_of()
    await recorded(hass, entry, count, bad)
    await load(entry)
    shown = state(hass, entry)
    assert shown.state == verdict
    assert shown.attributes["options"] == ["ok", "ko", "incomplete"]
    expected = {
        "week": "2026-W47",
        "start": "2026-11-16",
        "edition": "en_50160_2010",
        "failed": ["frequency", "voltage"] if failed is None else failed,
    }
    assert expected.items() <= shown.attributes.items()
    told = state(hass, entry, "event")
    assert told.attributes["event_type"] == verdict
    assert expected.items() <= told.attributes.items()
    client = await hass_ws_client(hass)
    await client.send_json_auto_id({"type": f"{DOMAIN}/files", "path": "eqcheck"})
    answer = await client.receive_json()
    assert [x["name"] for x in answer["result"]["entries"]] == ["eqcheck_2026_0.csv"]


async def test_attributes_say_what_each_criterion_was(
    hass: HomeAssistant, load: Load
) -> None:
    entry = entry_of()
    await recorded(hass, entry, INTERVALS, {"thd_voltage_l2": 8.5})
    await load(entry)
    attributes = state(hass, entry).attributes
    assert attributes["thd_voltage"]["result"] == "ko"
    channels = {x["channel"]: x for x in attributes["thd_voltage"]["channels"]}
    assert channels["l2"] == {
        "channel": "l2",
        "result": "ko",
        "intervals": INTERVALS,
        "n": INTERVALS,
        "n_out": 60,
        "n_beyond": 0,
        "worst": 8.5,
    }
    assert [channels[phase]["result"] for phase in ("l1", "l3")] == ["ok", "ok"]
    assert attributes["unbalance"]["channels"][0]["worst"] == 0
    assert attributes["frequency"]["result"] == "ok"
    assert attributes["harmonics"] == {"result": "not_evaluated", "channels": []}
    assert attributes["flicker"]["result"] == "not_evaluated"


async def test_a_week_is_checked_when_it_is_over(
    hass: HomeAssistant,
    load: Load,
    clock: TickingDateTimeFactory,
    pass_time: PassTime,
) -> None:
    clock.move_to(MONDAY + timedelta(weeks=1, minutes=-1))
    entry = entry_of()
    await recorded(hass, entry)
    await load(entry)
    assert state(hass, entry).state == "unknown"
    await pass_time(40)
    assert state(hass, entry).state == "unknown"
    await pass_time(40)
    assert state(hass, entry).state == "ok"
    assert state(hass, entry, "event").attributes["week"] == "2026-W47"


async def test_what_was_found_stays_and_is_told_once(
    hass: HomeAssistant, load: Load
) -> None:
    entry = entry_of()
    await recorded(hass, entry, INTERVALS, {"voltage_l1": 260.0})
    await load(entry)
    told = state(hass, entry, "event").state
    assert told != "unknown"
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert state(hass, entry).state == "ko"
    assert state(hass, entry).attributes["failed"] == ["voltage"]
    assert state(hass, entry, "event").state == told


async def test_what_cannot_be_checked_now_is_tried_again(
    hass: HomeAssistant, load: Load
) -> None:
    entry = entry_of()
    await recorded(hass, entry)
    with patch.object(
        Archive, "quality_findings", side_effect=ArchiveError("archive_read_failed")
    ):
        await load(entry)
    assert state(hass, entry).state == "unknown"
    async_dispatcher_send(hass, sample_end(entry.entry_id), dt_util.utcnow())
    await hass.async_block_till_done(wait_background_tasks=True)
    assert state(hass, entry).state == "ok"


async def test_devices_without_alerts_have_no_event(
    hass: HomeAssistant, load: Load
) -> None:
    """S82: they are skipped; what they show stays."""
    entry = entry_of(exclude_alerts=True)
    await recorded(hass, entry)
    await load(entry)
    assert state(hass, entry).state == "ok"
    assert entity(hass, entry, "event") is None


async def test_other_devices_have_nothing_of_it(
    hass: HomeAssistant, load: Load
) -> None:
    entry = site.entry([site.gateway(1, 502, is_enabled=False), site.device(1, 1, 11)])
    await recorded(hass, entry)
    await load(entry)
    assert entity(hass, entry, "sensor") is None
    assert entity(hass, entry, "event") is None
