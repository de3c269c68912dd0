"""Diagnostics, system health and repairs of running sites."""

from http import HTTPStatus
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, issue_registry as ir
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    get_system_health_info,
)
from pytest_homeassistant_custom_component.components.diagnostics import (
    get_diagnostics_for_config_entry,
    get_diagnostics_for_device,
)
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
)

from custom_components.legrand_ews.const import DOMAIN

from . import site
from .conftest import Load, PassTime, StartServer
from .modbus_server import ModbusServer
from .registers import emdx3

METER = emdx3(imported_wh=1000, power_w=2500)


async def one_meter(
    start_server: StartServer, load: Load, *more: Any
) -> tuple[ModbusServer, MockConfigEntry]:
    server = await start_server({11: METER})
    entry = site.entry(
        [
            site.gateway(1, server.port, name="Paul's cellar"),
            site.device(1, 1, 11, name="Paul's oven"),
            *more,
        ]
    )
    await load(entry)
    return server, entry


def registered(
    hass: HomeAssistant, entry: MockConfigEntry, name: str
) -> dr.DeviceEntry:
    found = dr.async_get(hass).async_get_device_by_identifier(
        (DOMAIN, f"{entry.entry_id}_{name}"), entry.entry_id
    )
    assert found is not None
    return found


async def test_diagnostics_tell_of_the_bus_and_of_nobody(
    hass: HomeAssistant,
    hass_client: ClientSessionGenerator,
    start_server: StartServer,
    load: Load,
) -> None:
    _, entry = await one_meter(start_server, load)
    found: Any = await get_diagnostics_for_config_entry(hass, hass_client, entry)
    text = str(found)
    assert "127.0.0.1" not in text
    assert "Paul" not in text
    assert "Bakery" not in text
    (gateway,) = found["gateways"]
    assert gateway["is_reachable"] is True
    (device,) = gateway["devices"]
    assert device["status"] == "on"
    assert device["readings"]["active_power"]["value"] == "2500"
    assert found["objects"]["device"][0]["model"] == site.EMDX3
    assert found["archive"]["samples_waiting"] == 0


async def test_diagnostics_of_one_device(
    hass: HomeAssistant,
    hass_client: ClientSessionGenerator,
    start_server: StartServer,
    load: Load,
) -> None:
    _, entry = await one_meter(start_server, load)
    found: Any = await get_diagnostics_for_device(
        hass, hass_client, entry, registered(hass, entry, "device_1")
    )
    assert found["map"] == "ime_1000"
    assert found["provenance"] == "inferred"
    assert found["device"]["name"] == "**REDACTED**"
    assert found["report"]["readings"]["voltage_l1"]["value"] == "230.100"
    gateway: Any = await get_diagnostics_for_device(
        hass, hass_client, entry, registered(hass, entry, "gateway_1")
    )
    assert gateway["is_reachable"] is True
    nothing: Any = await get_diagnostics_for_device(
        hass, hass_client, entry, registered(hass, entry, "site")
    )
    assert nothing == {}


async def test_system_health(
    hass: HomeAssistant, start_server: StartServer, load: Load
) -> None:
    await one_meter(start_server, load, site.device(2, 1, 12))
    assert await async_setup_component(hass, "system_health", {})
    await hass.async_block_till_done()
    info = await get_system_health_info(hass, DOMAIN)
    size = float(info.pop("archive_size").removesuffix(" MiB"))
    assert 0 < size < 10
    assert info == {
        "sites": 1,
        "gateways_reachable": "1/1",
        "devices_answering": "1/2",
        "samples_waiting": 0,
    }


@pytest.mark.usefixtures("clock")
async def test_a_device_without_a_model_is_a_repair_until_it_has_one(
    hass: HomeAssistant,
    issue_registry: ir.IssueRegistry,
    start_server: StartServer,
    load: Load,
    pass_time: PassTime,
) -> None:
    _, entry = await one_meter(start_server, load, site.device(2, 1, 12, model=None))
    key = (DOMAIN, f"device_without_model_{entry.entry_id}_2")
    issue = issue_registry.async_get_issue(*key)
    assert issue is not None
    assert issue.translation_placeholders == {
        "device": "Meter 2",
        "id": "2",
        "address": "12",
    }
    subentry = next(x for x in entry.subentries.values() if x.unique_id == "device_2")
    hass.config_entries.async_update_subentry(
        entry, subentry, data={**subentry.data, "model": site.EMDX3}
    )
    await pass_time(5)
    assert issue_registry.async_get_issue(*key) is None


async def start_repair(client: Any, entry: MockConfigEntry) -> Any:
    answer = await client.post(
        "/api/repairs/issues/fix",
        json={"handler": DOMAIN, "issue_id": f"orphaned_devices_{entry.entry_id}"},
    )
    assert answer.status == HTTPStatus.OK
    return await answer.json()


async def choose(client: Any, flow: Any, step: str) -> Any:
    answer = await client.post(
        f"/api/repairs/issues/fix/{flow['flow_id']}", json={"next_step_id": step}
    )
    assert answer.status == HTTPStatus.OK
    return await answer.json()


@pytest.mark.usefixtures("clock")
async def test_devices_without_a_gateway_are_a_repair(
    hass: HomeAssistant,
    issue_registry: ir.IssueRegistry,
    hass_client: ClientSessionGenerator,
    start_server: StartServer,
    load: Load,
    pass_time: PassTime,
) -> None:
    _, entry = await one_meter(start_server, load, site.device(2, 9, 12))
    key = (DOMAIN, f"orphaned_devices_{entry.entry_id}")
    issue = issue_registry.async_get_issue(*key)
    assert issue is not None
    assert issue.translation_placeholders == {"site": "Bakery", "devices": "Meter 2"}
    # It has no entities, and the others work.
    assert hass.states.get("sensor.meter_2_status") is None
    assert hass.states.get("sensor.paul_s_oven_active_power").state == "2500"

    client = await hass_client()
    flow = await start_repair(client, entry)
    assert flow["type"] == "menu"
    assert flow["description_placeholders"] == {"site": "Bakery", "devices": "Meter 2"}
    kept = await choose(client, flow, "keep")
    assert kept["reason"] == "kept"
    assert issue_registry.async_get_issue(*key) is not None

    done = await choose(client, await start_repair(client, entry), "remove")
    assert done["type"] == "create_entry"
    await pass_time(5)
    assert {x.unique_id for x in entry.subentries.values()} == {"gateway_1", "device_1"}
    assert issue_registry.async_get_issue(*key) is None


async def test_a_deleted_site_withdraws_its_repairs(
    hass: HomeAssistant,
    issue_registry: ir.IssueRegistry,
    start_server: StartServer,
    load: Load,
) -> None:
    _, entry = await one_meter(start_server, load, site.device(2, 9, 12, model=None))
    assert [key for key in issue_registry.issues if key[0] == DOMAIN] != []
    await hass.config_entries.async_remove(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert [key for key in issue_registry.issues if key[0] == DOMAIN] == []
