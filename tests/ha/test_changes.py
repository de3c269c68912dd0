"""Switching objects off and on (S55, S90), changes of the site while it runs."""

from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.legrand_ews.const import DOMAIN

from . import site
from .conftest import Load, PassTime, StartServer
from .modbus_server import ModbusServer
from .registers import emdx3

pytestmark = pytest.mark.usefixtures("clock")

METER = emdx3(imported_wh=1000, power_w=2500)
POWERS = ("sensor.meter_1_active_power", "sensor.meter_2_active_power")


async def two_meters(
    start_server: StartServer, load: Load
) -> tuple[ModbusServer, MockConfigEntry]:
    server = await start_server({11: METER, 12: METER})
    entry = site.entry(
        [site.gateway(1, server.port), site.device(1, 1, 11), site.device(2, 1, 12)]
    )
    await load(entry)
    return server, entry


def powers(hass: HomeAssistant) -> list[str]:
    states = [hass.states.get(name) for name in POWERS]
    return [state.state for state in states if state is not None]


async def switch(hass: HomeAssistant, name: str, *, on: bool) -> None:
    await hass.services.async_call(
        "switch",
        "turn_on" if on else "turn_off",
        {"entity_id": f"switch.{name}_enabled"},
        blocking=True,
    )


async def test_a_device_is_switched_off_and_on(
    hass: HomeAssistant, start_server: StartServer, load: Load, pass_time: PassTime
) -> None:
    server, entry = await two_meters(start_server, load)
    await switch(hass, "meter_1", on=False)
    await pass_time(5)
    assert powers(hass) == [STATE_UNAVAILABLE, "2500"]
    assert hass.states.get("sensor.meter_1_status").state == "off"
    stored = {x.unique_id: x.data["is_enabled"] for x in entry.subentries.values()}
    assert stored == {"gateway_1": True, "device_1": False, "device_2": True}
    before = len(server.requests)
    await pass_time(130)
    assert {unit for unit, _, _ in server.requests[before:]} == {12}
    await switch(hass, "meter_1", on=True)
    await pass_time(5)
    assert powers(hass) == ["2500", "2500"]


async def test_a_gateway_takes_its_devices_along_and_brings_them_back(
    hass: HomeAssistant, start_server: StartServer, load: Load, pass_time: PassTime
) -> None:
    server, entry = await two_meters(start_server, load)
    await switch(hass, "gateway_1", on=False)
    await pass_time(5)
    assert powers(hass) == [STATE_UNAVAILABLE, STATE_UNAVAILABLE]
    assert hass.states.get("sensor.meter_1_status").state == "off"
    assert (
        hass.states.get("binary_sensor.gateway_1_connection").state == STATE_UNAVAILABLE
    )
    assert server.connections == 0
    before = len(server.requests)
    await pass_time(130)
    assert len(server.requests) == before
    # The devices themselves were not touched.
    stored = {x.unique_id: x.data["is_enabled"] for x in entry.subentries.values()}
    assert stored == {"gateway_1": False, "device_1": True, "device_2": True}
    await switch(hass, "gateway_1", on=True)
    await pass_time(5)
    assert powers(hass) == ["2500", "2500"]


async def test_disabling_the_device_in_home_assistant_is_the_same(
    hass: HomeAssistant,
    device_registry: dr.DeviceRegistry,
    start_server: StartServer,
    load: Load,
    pass_time: PassTime,
) -> None:
    server, entry = await two_meters(start_server, load)
    registered = device_registry.async_get_device_by_identifier(
        (DOMAIN, f"{entry.entry_id}_device_1"), entry.entry_id
    )
    assert registered is not None
    device_registry.async_update_device(
        registered.id, disabled_by=dr.DeviceEntryDisabler.USER
    )
    await pass_time(5)
    before = len(server.requests)
    await pass_time(130)
    assert {unit for unit, _, _ in server.requests[before:]} == {12}
    device_registry.async_update_device(registered.id, disabled_by=None)
    await pass_time(40)
    assert powers(hass) == ["2500", "2500"]


async def test_disabling_the_gateway_in_home_assistant_is_the_same(
    hass: HomeAssistant,
    device_registry: dr.DeviceRegistry,
    start_server: StartServer,
    load: Load,
    pass_time: PassTime,
) -> None:
    server, entry = await two_meters(start_server, load)
    registered = device_registry.async_get_device_by_identifier(
        (DOMAIN, f"{entry.entry_id}_gateway_1"), entry.entry_id
    )
    assert registered is not None
    device_registry.async_update_device(
        registered.id, disabled_by=dr.DeviceEntryDisabler.USER
    )
    await pass_time(5)
    before = len(server.requests)
    await pass_time(130)
    assert len(server.requests) == before
    assert powers(hass) == [STATE_UNAVAILABLE, STATE_UNAVAILABLE]
    device_registry.async_update_device(registered.id, disabled_by=None)
    await pass_time(40)
    assert powers(hass) == ["2500", "2500"]


async def test_a_site_whose_polling_is_switched_off_asks_at_the_edges_alone(
    hass: HomeAssistant, start_server: StartServer, load: Load, pass_time: PassTime
) -> None:
    server, entry = await two_meters(start_server, load)
    hass.config_entries.async_update_entry(entry, pref_disable_polling=True)
    await pass_time(70)
    before = len(server.requests)
    await pass_time(240)
    assert len(server.requests) == before
    await pass_time(120)
    assert len(server.requests) > before


async def test_several_changes_lead_to_one_reload(
    hass: HomeAssistant, start_server: StartServer, load: Load, pass_time: PassTime
) -> None:
    _, entry = await two_meters(start_server, load)
    first = entry.runtime_data
    for minutes in (1, 5, 15):
        hass.config_entries.async_update_entry(
            entry, options={"sample_minutes": minutes}
        )
    assert entry.runtime_data is first
    await pass_time(5)
    second = entry.runtime_data
    assert second is not first
    assert second.installation.sample_length.total_seconds() == 15 * 60
    await pass_time(5)
    assert entry.runtime_data is second


async def test_a_deleted_device_leaves_the_registry(
    hass: HomeAssistant,
    device_registry: dr.DeviceRegistry,
    start_server: StartServer,
    load: Load,
    pass_time: PassTime,
) -> None:
    _, entry = await two_meters(start_server, load)
    of_device = {x.unique_id: x.subentry_id for x in entry.subentries.values()}
    hass.config_entries.async_remove_subentry(entry, of_device["device_1"])
    await pass_time(5)
    left = dr.async_entries_for_config_entry(device_registry, entry.entry_id)
    names = {name for device in left for _, name in device.identifiers}
    assert f"{entry.entry_id}_device_1" not in names
    assert f"{entry.entry_id}_device_2" in names
    assert powers(hass) == ["2500"]


def entities_of(hass: HomeAssistant, entry: MockConfigEntry) -> set[str]:
    """What is registered of device 1: domain and key, also where it is disabled."""
    prefix = f"{entry.entry_id}_device_1_"
    return {
        f"{entity.domain}.{entity.unique_id.removeprefix(prefix)}"
        for entity in er.async_entries_for_config_entry(
            er.async_get(hass), entry.entry_id
        )
        if entity.unique_id.startswith(prefix)
    }


def store(hass: HomeAssistant, entry: MockConfigEntry, **changes: object) -> None:
    subentry = next(s for s in entry.subentries.values() if s.unique_id == "device_1")
    hass.config_entries.async_update_subentry(
        entry, subentry, data={**subentry.data, **changes}
    )


async def test_another_model_leaves_nothing_of_the_one_before(
    hass: HomeAssistant, start_server: StartServer, load: Load, pass_time: PassTime
) -> None:
    """A generic meter has its energy alone (S67)."""
    _, entry = await two_meters(start_server, load)
    always = {
        *("sensor.status", "sensor.provenance", "switch.enabled", "button.test"),
        "sensor.active_energy_import",
    }
    before = entities_of(hass, entry)
    assert before > always
    # A model that is still to be chosen is no other model.
    store(hass, entry, model=None)
    await pass_time(5)
    assert entities_of(hass, entry) == before
    generic = {"function": "3", "register": "1502", "words": "2", "factor": "1000000"}
    store(hass, entry, model="x_generic_modbus", parameters=generic)
    await pass_time(5)
    assert entities_of(hass, entry) == always
    assert powers(hass) == ["2500"]


async def test_events_that_nobody_wants_any_more_leave(
    hass: HomeAssistant, start_server: StartServer, load: Load, pass_time: PassTime
) -> None:
    """S82, S87."""
    server = await start_server({11: METER})
    gateway = site.gateway(1, server.port, eq_device_id=1)
    breaker = site.device(1, 1, 11, model="x_dpx3_250_meas")
    entry = site.entry([gateway, breaker])
    await load(entry)
    told = {"event.breaker", "event.power_quality", "sensor.power_quality"}
    assert told <= entities_of(hass, entry)
    store(hass, entry, exclude_alerts=True)
    await pass_time(5)
    assert told & entities_of(hass, entry) == {"sensor.power_quality"}
    subentry = next(s for s in entry.subentries.values() if s.unique_id == "gateway_1")
    hass.config_entries.async_update_subentry(
        entry, subentry, data={**subentry.data, "eq_device_id": None}
    )
    await pass_time(5)
    assert not told & entities_of(hass, entry)


async def test_only_what_the_site_has_not_may_be_deleted_by_hand(
    hass: HomeAssistant,
    device_registry: dr.DeviceRegistry,
    start_server: StartServer,
    load: Load,
    hass_ws_client,
) -> None:
    _, entry = await two_meters(start_server, load)
    stale = device_registry.async_get_or_create(
        config_entry_id=entry.entry_id,
        identifiers={(DOMAIN, f"{entry.entry_id}_group_9")},
    )
    owned = device_registry.async_get_device_by_identifier(
        (DOMAIN, f"{entry.entry_id}_site"), entry.entry_id
    )
    assert owned is not None
    client = await hass_ws_client(hass)
    answers = [
        (await client.remove_device(device.id))["success"] for device in (stale, owned)
    ]
    assert answers == [True, False]


async def test_a_site_stored_by_a_newer_version_is_not_touched(
    hass: HomeAssistant, start_server: StartServer
) -> None:
    entry = site.entry([], version=99)
    entry.add_to_hass(hass)
    assert not await hass.config_entries.async_setup(entry.entry_id)
    assert entry.state is ConfigEntryState.MIGRATION_ERROR


async def test_a_site_that_cannot_be_read_says_so(
    hass: HomeAssistant, start_server: StartServer, load: Load
) -> None:
    entry = site.entry([site.device(1, 1, 11)])
    (subentry,) = entry.subentries.values()
    entry.add_to_hass(hass)
    hass.config_entries.async_update_subentry(
        entry, subentry, data={**subentry.data, "name": 5}
    )
    assert not await hass.config_entries.async_setup(entry.entry_id)
    assert entry.state is ConfigEntryState.SETUP_ERROR
    assert entry.error_reason_translation_key == "data_invalid"


async def test_an_archive_that_cannot_be_opened_is_tried_again(
    hass: HomeAssistant, start_server: StartServer, load: Load, tmp_path
) -> None:
    server = await start_server({11: METER})
    entry = site.entry([site.gateway(1, server.port), site.device(1, 1, 11)])
    folder = tmp_path / DOMAIN / entry.entry_id
    folder.mkdir(parents=True)
    archive = folder / "archive.db"
    archive.write_bytes(b"this is no database" * 1000)
    entry.add_to_hass(hass)
    assert not await hass.config_entries.async_setup(entry.entry_id)
    assert entry.state is ConfigEntryState.SETUP_RETRY
    assert entry.error_reason_translation_key == "archive_corrupt"
    archive.unlink()
    assert await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert entry.state is ConfigEntryState.LOADED
    assert await hass.config_entries.async_unload(entry.entry_id)
