"""The energy dashboard: what a site adds to it, and what of the user's it leaves alone."""

from typing import Any

from homeassistant.components.energy.data import (
    ENERGY_SOURCE_SCHEMA,
    DeviceConsumption,
    EnergyPreferences,
    async_get_manager,
)
from homeassistant.components.energy.validate import async_validate
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from hypothesis import given, strategies as st
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
    do_adhoc_statistics,
)

from custom_components.legrand_ews.const import DOMAIN
from custom_components.legrand_ews.energy_dashboard.plan import (
    Meter,
    Role,
    Sources,
    plan_energy,
)

from . import site
from .conftest import Load, PassTime, StartServer
from .flow_walk import Walk
from .registers import emdx3

SOURCES = Sources(
    grid="sensor.main",
    grid_return="sensor.main_export",
    grid_rate="sensor.main_power",
    gas="sensor.site_gas",
    water="sensor.site_water",
    devices=[
        Meter(device_id=2, statistic_id="sensor.floor", upstream=(1,)),
        Meter(
            device_id=3,
            statistic_id="sensor.room",
            rate_id="sensor.room_power",
            upstream=(2, 1),
        ),
    ],
    water_devices=[Meter(device_id=8, statistic_id="sensor.garden")],
)


def test_a_dashboard_that_is_empty_gets_all() -> None:
    plan = plan_energy(None, SOURCES)
    assert [
        (one.role, one.statistic_id, one.included_in) for one in plan.additions
    ] == [
        (Role.GRID, "sensor.main", None),
        (Role.GAS, "sensor.site_gas", None),
        (Role.WATER, "sensor.site_water", None),
        (Role.DEVICE, "sensor.floor", None),
        (Role.DEVICE, "sensor.room", "sensor.floor"),
        (Role.WATER_DEVICE, "sensor.garden", None),
    ]
    assert plan.kept == ()
    grid = plan.update["energy_sources"][0]
    assert grid["type"] == "grid"
    assert (grid["stat_energy_from"], grid["stat_energy_to"], grid["stat_rate"]) == (
        "sensor.main",
        "sensor.main_export",
        "sensor.main_power",
    )
    assert plan.update["device_consumption"] == [
        {"stat_consumption": "sensor.floor"},
        {
            "stat_consumption": "sensor.room",
            "stat_rate": "sensor.room_power",
            "included_in_stat": "sensor.floor",
        },
    ]
    ENERGY_SOURCE_SCHEMA(plan.update["energy_sources"])


def test_a_source_of_the_users_own_is_not_doubled() -> None:
    mine: Any = {
        "energy_sources": [
            {"type": "grid", "stat_energy_from": "sensor.of_the_utility"},
            {"type": "solar", "stat_energy_from": "sensor.roof"},
        ],
        "device_consumption": [
            {"stat_consumption": "sensor.room", "name": "My room"},
            {"stat_consumption": "sensor.fridge"},
        ],
    }
    plan = plan_energy(mine, SOURCES)
    assert plan.kept == (Role.GRID,)
    assert plan.update["energy_sources"][:2] == mine["energy_sources"]
    assert [source["type"] for source in plan.update["energy_sources"][2:]] == [
        "gas",
        "water",
    ]
    assert plan.update["device_consumption"] == [
        *mine["device_consumption"],
        {"stat_consumption": "sensor.floor"},
    ]


names = st.sampled_from([f"sensor.{n}" for n in "abcdefg"])
devices = st.lists(
    st.builds(lambda name: DeviceConsumption(stat_consumption=name), names),
    unique_by=lambda device: device["stat_consumption"],
)
preferences = st.fixed_dictionaries(
    {
        "energy_sources": st.lists(
            st.fixed_dictionaries(
                {
                    "type": st.sampled_from(["grid", "solar", "gas", "water"]),
                    "stat_energy_from": names,
                }
            )
        ),
        "device_consumption": devices,
        "device_consumption_water": devices,
    }
)
meters = st.lists(
    st.builds(
        Meter,
        device_id=st.integers(1, 6),
        statistic_id=names,
        upstream=st.lists(st.integers(1, 6), max_size=3).map(tuple),
    ),
    unique_by=(lambda meter: meter.device_id, lambda meter: meter.statistic_id),
)


@given(preferences, st.none() | names, st.none() | names, meters, meters)
def test_nothing_of_the_user_is_ever_lost_and_twice_is_once(
    present: EnergyPreferences,
    grid: str | None,
    gas: str | None,
    electric: list[Meter],
    wet: list[Meter],
) -> None:
    sources = Sources(grid=grid, gas=gas, devices=electric, water_devices=wet)
    plan = plan_energy(present, sources)
    keys = ("energy_sources", "device_consumption", "device_consumption_water")
    added = 0
    for key in keys:
        before, after = present[key], plan.update[key]
        assert after[: len(before)] == before
        added += len(after) - len(before)
    assert added == len(plan.additions)
    again = plan_energy(plan.update, sources)
    assert again.additions == ()
    assert again.update == plan.update


@pytest.fixture
def mock_recorder_before_hass(clock: Any, async_test_recorder: Any) -> None:
    """Let the recorder be there before Home Assistant is."""


@pytest.fixture
async def entry(
    recorder_mock: Any,
    hass: HomeAssistant,
    start_server: StartServer,
    load: Load,
    pass_time: PassTime,
) -> MockConfigEntry:
    """A main meter, a sub-meter behind it, one behind that, one that is left out."""
    assert await async_setup_component(hass, "sensor", {})
    assert await async_setup_component(hass, "energy", {"energy": {}})
    start = dt_util.utcnow().replace(minute=0, second=0, microsecond=0)
    server = await start_server({n: emdx3(imported_wh=5000) for n in range(11, 15)})
    entry = site.entry(
        [
            site.gateway(1, server.port),
            site.device(1, 1, 11, name="Main"),
            site.device(2, 1, 12, name="Floor", upstream_device_id=1),
            site.device(3, 1, 13, name="Room", upstream_device_id=2),
            site.device(4, 1, 14, name="Test bench", is_excluded_from_totals=True),
        ]
    )
    await load(entry)
    await pass_time(8 * 60)
    await async_wait_recording_done(hass)
    do_adhoc_statistics(hass, start=start)
    await async_wait_recording_done(hass)
    return entry


async def set_up(hass: HomeAssistant, **data: Any) -> Any:
    return await hass.services.async_call(
        DOMAIN, "set_up_energy_dashboard", data, blocking=True, return_response=True
    )


async def test_the_meters_of_a_site_are_accepted_by_the_energy_dashboard(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    manager = await async_get_manager(hass)
    shown = await set_up(hass)
    assert shown["applied"] is False
    assert manager.data is None
    answer = await set_up(hass, dry_run=False)
    assert answer == {**shown, "applied": True}
    floor = "sensor.floor_imported_active_energy"
    assert [
        (one["kind"], one["statistic_id"], one["included_in"])
        for one in answer["added"]
    ] == [
        ("grid", "sensor.main_imported_active_energy", None),
        ("device", floor, None),
        ("device", "sensor.room_imported_active_energy", floor),
    ]
    assert answer["added"][1]["name"] == "Floor Imported active energy"
    validation = await async_validate(hass)
    assert all(not one.issues for one in validation.device_consumption)
    assert all(not one.issues for one in validation.energy_sources)
    assert len(validation.device_consumption) == 2
    assert (await set_up(hass, dry_run=False))["added"] == []


async def test_loads_groups_and_the_site_are_accepted_by_the_energy_dashboard(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    """Their totals can stand for devices, or for the grid."""
    manager = await async_get_manager(hass)
    totals = [
        state.entity_id
        for state in hass.states.async_all("sensor")
        if state.entity_id.endswith("total_consumed_energy")
    ]
    assert len(totals) > 1
    await manager.async_update(
        {"device_consumption": [{"stat_consumption": total} for total in totals]}
    )
    validation = await async_validate(hass)
    assert all(not one.issues for one in validation.device_consumption)


async def test_a_main_meter_whose_sensor_is_off_leaves_the_grid_to_the_total(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    registry = er.async_get(hass)
    for direction in ("imported", "exported"):
        registry.async_update_entity(
            f"sensor.main_{direction}_active_energy",
            disabled_by=er.RegistryEntryDisabler.USER,
        )
    grid = (await set_up(hass))["added"][0]
    assert grid["statistic_id"] == "sensor.bakery_total_consumed_energy"
    assert grid["return_statistic_id"] == "sensor.bakery_total_exported_energy"


async def test_the_settings_show_the_changes_and_ask(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    manager = await async_get_manager(hass)
    walk = await Walk.options(hass, entry)
    await walk.choose("energy_dashboard")
    shown = walk.result["description_placeholders"]["changes"]
    assert shown.splitlines() == [
        "- Electricity grid: Main Imported active energy / Main Exported active energy",
        "- Device: Floor Imported active energy",
        "- Device: Room Imported active energy ⊂ Floor Imported active energy",
    ]
    assert manager.data is None
    await walk.fill()
    assert walk.step == "energy_dashboard_set_up"
    assert manager.data is not None
    assert len(manager.data["device_consumption"]) == 2
    walk = await Walk.options(hass, entry)
    await walk.choose("energy_dashboard")
    assert walk.step == "energy_dashboard_complete"


async def test_only_administrators_change_the_energy_dashboard(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    hass_ws_client: Any,
    hass_read_only_access_token: str,
    hass_access_token: str,
) -> None:
    command = {"type": f"{DOMAIN}/set_up_energy_dashboard"}
    client = await hass_ws_client(hass, hass_read_only_access_token)
    await client.send_json_auto_id(command)
    assert (await client.receive_json())["error"]["code"] == "unauthorized"
    client = await hass_ws_client(hass, hass_access_token)
    await client.send_json_auto_id(command)
    assert (await client.receive_json())["result"] == await set_up(hass)


async def test_without_the_energy_dashboard_there_is_nothing_to_set_up(
    hass: HomeAssistant, start_server: StartServer, load: Load
) -> None:
    server = await start_server({11: emdx3(imported_wh=5000)})
    entry = site.entry([site.gateway(1, server.port), site.device(1, 1, 11)])
    await load(entry)
    with pytest.raises(HomeAssistantError) as raised:
        await set_up(hass)
    assert raised.value.translation_key == "energy_missing"
    walk = await Walk.options(hass, entry)
    await walk.choose("energy_dashboard")
    assert walk.step == "energy_missing"
