"""Long-term statistics that are written anew from the archive, in a real recorder."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from homeassistant.components.recorder import get_instance
from homeassistant.components.recorder.statistics import statistics_during_period
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_capture_events,
)
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
    do_adhoc_statistics,
)

from custom_components.legrand_ews.const import DOMAIN
from custom_components.legrand_ews.ews.archive import Archive
from custom_components.legrand_ews.ews.metering import Quality, Sample, Statistic

from . import site
from .conftest import Load, PassTime, StartServer
from .modbus_server import ModbusServer
from .registers import emdx3

METER = "sensor.meter_1_imported_active_energy"
SUB_METER = "sensor.meter_2_imported_active_energy"
POWER = "sensor.meter_1_active_power"
TOTAL = "sensor.bakery_total_consumed_energy"
LIGHTING = "sensor.lighting_total_consumed_energy"
HOUR = timedelta(hours=1)
TEN_MINUTES = timedelta(minutes=10)


@pytest.fixture
def mock_recorder_before_hass(clock: Any, async_test_recorder: Any) -> None:
    """Let the recorder be there before Home Assistant is."""


@pytest.fixture
async def server(recorder_mock: Any, start_server: StartServer) -> ModbusServer:
    return await start_server(
        {11: emdx3(imported_wh=50_000), 12: emdx3(imported_wh=20_000)}
    )


@pytest.fixture
def now(clock: Any) -> datetime:
    return dt_util.utcnow()


@pytest.fixture
def entry(server: ModbusServer) -> MockConfigEntry:
    """A main meter and its sub-meter, which counts for lighting."""
    return site.entry(
        [
            site.gateway(1, server.port),
            site.device(1, 1, 11),
            site.device(2, 1, 12, load_id=4, upstream_device_id=1),
        ]
    )


def write_past(
    hass: HomeAssistant, entry: MockConfigEntry, samples: Iterable[Sample]
) -> None:
    """Fill the archive as if the site had been recorded before this Home Assistant."""
    folder = hass.config.path(DOMAIN, entry.entry_id)
    Path(folder).mkdir(parents=True)
    archive = Archive(Path(folder, "archive.db"), ZoneInfo(hass.config.time_zone))
    archive.open()
    archive.write_history(samples)
    archive.close()


def past(device: int, start: datetime, wh: Iterable[int]) -> list[Sample]:
    """Ten-minute samples from an instant on."""
    return [
        Sample(
            device_id=device,
            start=start + n * TEN_MINUTES,
            length=TEN_MINUTES,
            amounts_milli={"active_energy_import": amount * 1000},
            quality=Quality.COMPLETE,
        )
        for n, amount in enumerate(wh)
    ]


async def rows(
    hass: HomeAssistant, statistic_id: str, start: datetime, period: str = "hour"
) -> dict[datetime, tuple[float, float]]:
    """State and sum of every row in kWh, by its start."""
    await async_wait_recording_done(hass)
    found = await get_instance(hass).async_add_executor_job(
        statistics_during_period,
        hass,
        start,
        None,
        {statistic_id},
        period,
        None,
        {"state", "sum"},
    )
    return {
        dt_util.utc_from_timestamp(row["start"]): (row["state"], row["sum"])
        for row in found.get(statistic_id, [])
    }


async def rebuild(hass: HomeAssistant, **data: Any) -> Any:
    return await hass.services.async_call(
        DOMAIN, "rebuild_statistics", data, blocking=True, return_response=True
    )


async def test_the_past_of_a_new_sensor_comes_from_the_archive(
    hass: HomeAssistant, entry: MockConfigEntry, load: Load, now: datetime
) -> None:
    """Two hours of the past, an hour between them that nobody has recorded."""
    assert await async_setup_component(hass, "sensor", {})
    top = now.replace(minute=0, second=0, microsecond=0)
    first = top - 4 * HOUR
    write_past(
        hass,
        entry,
        [
            *past(1, first, [100] * 6),
            *past(2, first, [40] * 6),
            *past(1, first + 2 * HOUR, [200] * 6),
            *past(2, first + 2 * HOUR, [250] * 6),
        ],
    )
    await load(entry)
    progress = async_capture_events(hass, f"{DOMAIN}_rebuild_statistics")
    answer = await rebuild(hass)
    meter = await rows(hass, METER, first)
    assert {at: total for at, (_, total) in meter.items()} == {
        first: pytest.approx(0.6),
        first + 2 * HOUR: pytest.approx(1.8),
    }
    lighting = await rows(hass, LIGHTING, first)
    assert lighting[first + 2 * HOUR][1] == pytest.approx(1.74)
    total = await rows(hass, TOTAL, first)
    assert total[first + 2 * HOUR] == (pytest.approx(1.8), pytest.approx(1.8))
    names = [METER, SUB_METER, LIGHTING, TOTAL]
    assert answer["statistics"] == len(names)
    assert answer["hours"] == 2 * len(names)
    assert (progress[-1].data["done"], progress[-1].data["total"]) == (1, 1)


async def test_the_recorder_counts_on_without_a_jump(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    server: ModbusServer,
    load: Load,
    now: datetime,
    pass_time: PassTime,
) -> None:
    """What was compiled before and after the rewritten hours keeps its shape."""
    assert await async_setup_component(hass, "sensor", {})
    top = now.replace(minute=0, second=0, microsecond=0)
    write_past(hass, entry, past(1, top - 3 * HOUR, [100] * 18))
    await load(entry)
    server.units[11] = emdx3(imported_wh=50_400)
    await pass_time(8 * 60)
    await async_wait_recording_done(hass)
    for minute in (0, 5):
        do_adhoc_statistics(hass, start=top.replace(minute=minute))
    before = await rows(hass, METER, top, "5minute")
    await rebuild(hass)
    after = await rows(hass, METER, top, "5minute")
    shift = after[top][1] - before[top][1]
    assert shift == pytest.approx(1.8)
    assert {at: total - shift for at, (_, total) in after.items()} == {
        at: pytest.approx(total) for at, (_, total) in before.items()
    }
    hours = await rows(hass, METER, top - 4 * HOUR)
    assert [round(total, 3) for _, total in hours.values()] == [0.6, 1.2, 1.8]
    # Once more: nothing is added twice.
    await rebuild(hass)
    assert await rows(hass, METER, top - 4 * HOUR) == hours
    assert await rows(hass, METER, top, "5minute") == after
    # The recorder goes on from there.
    server.units[11] = emdx3(imported_wh=50_500)
    await pass_time(5 * 60)
    await async_wait_recording_done(hass)
    do_adhoc_statistics(hass, start=top.replace(minute=10))
    later = await rows(hass, METER, top, "5minute")
    grown = later[top.replace(minute=10)][1] - after[top.replace(minute=5)][1]
    assert grown == pytest.approx(0.1)


async def test_a_part_of_the_past(
    hass: HomeAssistant, entry: MockConfigEntry, load: Load, now: datetime
) -> None:
    """Rows before stay, rows after are moved by what was missing."""
    assert await async_setup_component(hass, "sensor", {})
    top = now.replace(minute=0, second=0, microsecond=0)
    first = top - 4 * HOUR
    write_past(hass, entry, past(1, first, [100] * 24))
    await load(entry)
    await rebuild(hass)
    whole = await rows(hass, METER, first)
    instance = get_instance(hass)
    # Somebody has broken the second hour: it and all after it are 5 kWh too high.
    instance.async_adjust_statistics(METER, first + HOUR, 5.0, "kWh")
    broken = await rows(hass, METER, first)
    assert broken[top - HOUR][1] == pytest.approx(2.4 + 5)
    answer = await rebuild(
        hass, start=(first + HOUR).isoformat(), end=(first + 2 * HOUR).isoformat()
    )
    assert await rows(hass, METER, first) == {
        at: (pytest.approx(state), pytest.approx(total))
        for at, (state, total) in whole.items()
    }
    assert answer["hours"] == answer["statistics"]


async def test_hours_of_utc_where_the_clock_is_half_an_hour_off(
    hass: HomeAssistant, entry: MockConfigEntry, load: Load, now: datetime
) -> None:
    """The recorder's hours are those of UTC; the archive's are India's."""
    await hass.config.async_update(time_zone="Asia/Kolkata")
    assert await async_setup_component(hass, "sensor", {})
    first = now.replace(minute=0, second=0, microsecond=0) - 3 * HOUR
    write_past(hass, entry, past(1, first + HOUR / 2, [100] * 15))
    await load(entry)
    await rebuild(hass)
    meter = await rows(hass, METER, first)
    assert [round(total, 3) for _, total in meter.values()] == [0.3, 0.9, 1.5]


async def test_averages_of_the_past(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    load: Load,
    now: datetime,
    pass_time: PassTime,
) -> None:
    """Of sensors that have statistics already, where they are asked for."""
    assert await async_setup_component(hass, "sensor", {})
    top = now.replace(minute=0, second=0, microsecond=0)
    first = top - 2 * HOUR
    write_past(
        hass,
        entry,
        [
            replace(
                sample,
                statistics={
                    "active_power": Statistic(
                        average_milli=n * 1_000_000,
                        minimum_milli=n * 500_000,
                        maximum_milli=n * 2_000_000,
                    )
                },
            )
            for n, sample in enumerate(past(1, first, [100] * 12))
        ],
    )
    await load(entry)
    await pass_time(8 * 60)
    await async_wait_recording_done(hass)
    do_adhoc_statistics(hass, start=top)
    await async_wait_recording_done(hass)
    without = await rebuild(hass)
    answer = await rebuild(hass, averages=True)
    await async_wait_recording_done(hass)
    assert answer["statistics"] > without["statistics"]
    found = await get_instance(hass).async_add_executor_job(
        statistics_during_period,
        hass,
        first,
        top,
        {POWER},
        "hour",
        None,
        {"mean", "min", "max"},
    )
    # Of six intervals each: 0 to 5 kW, then 6 to 11 kW.
    assert [(row["mean"], row["min"], row["max"]) for row in found[POWER]] == [
        (2500, 0, 10_000),
        (8500, 3000, 22_000),
    ]


@pytest.mark.parametrize(
    ("request_", "key"),
    [
        ({"start": "soon"}, "date_invalid"),
        ({"start": "2026-01-02", "end": "2026-01-01"}, "end_not_after_start"),
    ],
)
async def test_a_wrong_request_says_what_is_wrong(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    load: Load,
    request_: dict[str, Any],
    key: str,
) -> None:
    await load(entry)
    with pytest.raises(HomeAssistantError) as raised:
        await rebuild(hass, **request_)
    assert raised.value.translation_key == key


async def test_only_administrators_rebuild(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    load: Load,
    hass_ws_client: Any,
    hass_read_only_access_token: str,
    hass_access_token: str,
) -> None:
    await load(entry)
    command = {"type": f"{DOMAIN}/rebuild_statistics"}
    client = await hass_ws_client(hass, hass_read_only_access_token)
    await client.send_json_auto_id(command)
    assert (await client.receive_json())["error"]["code"] == "unauthorized"
    client = await hass_ws_client(hass, hass_access_token)
    await client.send_json_auto_id(command)
    # Nothing was recorded yet.
    assert (await client.receive_json())["result"] == {
        "statistics": 0,
        "hours": 0,
        "cost_hours": 0,
    }


async def test_without_a_recorder_there_are_no_statistics(
    hass: HomeAssistant, start_server: StartServer, load: Load
) -> None:
    server = await start_server({11: emdx3(imported_wh=50_000)})
    await load(site.entry([site.gateway(1, server.port), site.device(1, 1, 11)]))
    with pytest.raises(HomeAssistantError) as raised:
        await rebuild(hass)
    assert raised.value.translation_key == "recorder_missing"


async def test_imported_history_is_in_the_statistics_until_it_is_undone(
    hass: HomeAssistant, entry: MockConfigEntry, load: Load, now: datetime
) -> None:
    assert await async_setup_component(hass, "sensor", {})
    top = now.replace(minute=0, second=0, microsecond=0)
    write_past(hass, entry, past(1, top - 2 * HOUR, [100] * 12))
    await load(entry)
    await rebuild(hass)
    before = await rows(hass, METER, top - 9 * HOUR)
    sample = {
        "device": 1,
        "start": (top - 5 * HOUR).isoformat(),
        "length": 3600,
        "quantity": "active_energy_import",
        "value": 5000,
    }
    answer = await hass.services.async_call(
        DOMAIN,
        "import_history",
        {"samples": [sample]},
        blocking=True,
        return_response=True,
    )
    assert answer is not None
    imported = await rows(hass, METER, top - 9 * HOUR)
    assert [round(total, 3) for _, total in imported.values()] == [5.0, 5.6, 6.2]
    assert next(iter(imported)) == top - 5 * HOUR
    await hass.services.async_call(
        DOMAIN,
        "undo_import",
        {"undo": answer["undo"]},
        blocking=True,
        return_response=True,
    )
    after = await rows(hass, METER, top - 9 * HOUR)
    # The recorder keeps the row of the hour; it says that nothing was counted.
    assert after.pop(top - 5 * HOUR)[1] == 0
    assert after == before
