"""The commands of the dashboards, as a signed-in user without special rights."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
import pytest

from custom_components.legrand_ews.const import DOMAIN
from custom_components.legrand_ews.ews.model import Load, MeasureGroup, PanelBoard

from . import site
from .conftest import Load as LoadSite, PassTime, StartServer
from .modbus_server import ModbusServer
from .registers import emdx3

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
async def bakery(
    hass: HomeAssistant, start_server: StartServer, load: LoadSite
) -> tuple[ModbusServer, Any]:
    server = await start_server({11: emdx3(imported_wh=1000, power_w=2500)})
    entry = site.entry(
        [
            site.gateway(1, server.port, board_id=1, description="cellar"),
            site.device(1, 1, 11, load_id=10, group_ids=(1,)),
            Load(id=10, name="Ovens", color="#102030"),
            MeasureGroup(id=1, name="Ground floor", description="shop"),
            PanelBoard(id=1, name="Main board"),
        ]
    )
    await load(entry)
    return server, entry


@pytest.fixture
async def client(
    hass: HomeAssistant,
    hass_ws_client: Any,
    hass_read_only_access_token: str,
    bakery: tuple[ModbusServer, Any],
) -> Any:
    return await hass_ws_client(hass, hass_read_only_access_token)


@contextmanager
def listening(client: Any) -> Iterator[asyncio.Task[Any]]:
    """Answer the server's pings while time passes; the task is the next message."""
    task = asyncio.ensure_future(client.receive_json())
    yield task
    if not task.done():
        task.cancel()


async def ask(client: Any, command: str, **data: Any) -> Any:
    await client.send_json_auto_id({"type": f"{DOMAIN}/{command}", **data})
    return await client.receive_json()


async def test_sites(client: Any, bakery: tuple[ModbusServer, Any]) -> None:
    answer = await ask(client, "sites")
    assert answer["result"] == [
        {"config_entry_id": bakery[1].entry_id, "name": "Bakery"}
    ]


async def test_a_site_with_its_objects(
    hass: HomeAssistant,
    entity_registry: er.EntityRegistry,
    client: Any,
    bakery: tuple[ModbusServer, Any],
) -> None:
    server, entry = bakery
    result = (await ask(client, "site"))["result"]
    tree = entry.runtime_data.tree
    assert {
        k: result[k]
        for k in ("name", "currency", "time_zone", "sample_length", "has_gas_factor")
    } == {
        "name": "Bakery",
        "currency": "EUR",
        "time_zone": "US/Pacific",
        "sample_length": 600,
        "has_gas_factor": False,
    }
    assert result["gateways"] == [
        {
            "id": 1,
            "name": "Gateway 1",
            "description": "cellar",
            "address": f"127.0.0.1:{server.port}",
            "board": 1,
            "enabled": True,
            "device_id": tree.id_of("gateway", 1),
            "status_entity": "binary_sensor.gateway_1_connection",
        }
    ]
    assert result["boards"] == [
        {
            "id": 1,
            "name": "Main board",
            "description": "",
            "enabled": True,
            "device_id": tree.id_of("board", 1),
        }
    ]
    assert result["groups"] == [
        {"id": 1, "name": "Ground floor", "description": "shop", "enabled": True}
    ]
    assert [load["key"] for load in result["loads"]] == [
        "heating",
        "cooling",
        "hot_water",
        "lighting",
        "sockets",
        "ventilation",
        "others",
        "gas",
        "water",
        None,
    ]
    assert result["loads"][-1] == {
        "id": 10,
        "key": None,
        "name": "Ovens",
        "color": "#102030",
        "enabled": True,
    }
    (device,) = result["devices"]
    entities = device.pop("entities")
    assert set(entities) <= set(device.pop("quantities"))
    assert result["quantities"]["active_power"] == {
        "unit": "W",
        "decimals": 0,
        "options": [],
    }
    assert result["quantities"]["power_factor_sector"]["options"] == [
        "unity",
        "inductive",
        "capacitive",
    ]
    assert device == {
        "id": 1,
        "name": "Meter 1",
        "gateway": 1,
        "address": "11",
        "family": "emdx3_multimeter",
        "family_name": device["family_name"],
        "model": "412048",
        "printed": "4 120 48",
        "description": "Multifunction measuring unit, DIN rail",
        "load": 10,
        "groups": [1],
        "board": 1,
        "fluid": "electricity",
        "provenance": "inferred",
        "confidence": "high",
        "enabled": True,
        "excluded_from_totals": False,
        "upstream": None,
        "functions": ["measure"],
        "map_confirmed": False,
        "channels": {},
        "commands": {},
        "has_harmonics": False,
        "units": {},
        "is_linked": False,
        "is_priority": False,
        "known_commands": [],
        "waiting_commands": [],
        "device_id": tree.id_of("device", 1),
        "status_entity": "sensor.meter_1_status",
        "power_quality_entity": None,
    }
    assert entities["active_power"] == "sensor.meter_1_active_power"
    # Only what has a state: entities that are disabled are left out.
    assert all(hass.states.get(entity_id) for entity_id in entities.values())


async def test_the_weekly_check_is_that_of_the_power_quality_device(
    hass: HomeAssistant,
    entity_registry: er.EntityRegistry,
    hass_ws_client: Any,
    hass_read_only_access_token: str,
    load: LoadSite,
) -> None:
    entry = site.entry(
        [
            site.gateway(1, 502, is_enabled=False, eq_device_id=2),
            site.device(1, 1, 11),
            site.device(2, 1, 12, name="Main"),
        ]
    )
    await load(entry)
    # Meter 1 was the power-quality device once: what it left behind shows nothing.
    entity_registry.async_get_or_create(
        "sensor",
        DOMAIN,
        f"{entry.entry_id}_device_1_power_quality",
        config_entry=entry,
    )
    client = await hass_ws_client(hass, hass_read_only_access_token)
    result = (await ask(client, "site"))["result"]
    shown = {x["name"]: x["power_quality_entity"] for x in result["devices"]}
    assert shown == {"Meter 1": None, "Main": "sensor.main_power_quality_en_50160"}
    assert hass.states.get("sensor.main_power_quality_en_50160")


async def test_names_are_in_the_users_language(client: Any) -> None:
    result = (await ask(client, "site", language="fr"))["result"]
    assert result["loads"][3]["name"] == "Éclairage"
    assert result["devices"][0]["description"] == (
        "Centrale de mesure multifonction, rail DIN"
    )


async def test_consumption(
    client: Any, bakery: tuple[ModbusServer, Any], pass_time: PassTime
) -> None:
    bakery[0].units[11] = emdx3(imported_wh=1345)
    with listening(client) as answer:
        await pass_time(8 * 60)
        await client.send_json_auto_id(
            {"type": f"{DOMAIN}/get_consumption", "level": "device"}
        )
        result = (await answer)["result"]
    assert result["total"] == 345
    assert [(x["kind"], x["id"], x["total"]) for x in result["series"]] == [
        ("device", 1, 345)
    ]


@pytest.mark.parametrize(
    ("command", "data", "domain", "key"),
    [
        ("get_consumption", {"period": "fortnight"}, DOMAIN, "option_unknown"),
        (
            "site",
            {"config_entry_id": "nowhere"},
            "homeassistant",
            "service_config_entry_not_found",
        ),
    ],
)
async def test_errors_carry_the_key_of_their_sentence(
    client: Any, command: str, data: dict[str, Any], domain: str, key: str
) -> None:
    error = (await ask(client, command, **data))["error"]
    assert error["code"] == "service_validation_error"
    assert error["translation_domain"] == domain
    assert error["translation_key"] == key
    assert error["translation_placeholders"]


async def test_an_open_page_is_polled_fast(
    hass: HomeAssistant,
    client: Any,
    bakery: tuple[ModbusServer, Any],
    pass_time: PassTime,
) -> None:
    """S148."""
    server, _ = bakery
    assert (await ask(client, "watch", devices=[1]))["success"]
    watching = len(server.requests)
    shown = []
    powers = list(range(100, 1200, 100))
    with listening(client):
        for power_w in powers:
            server.units[11] = emdx3(imported_wh=1000, power_w=power_w)
            await pass_time(6)
            shown.append(hass.states.get("sensor.meter_1_active_power").state)
    assert shown == [str(power_w) for power_w in powers]
    assert len(server.requests) > watching


async def test_polling_is_slow_again_when_the_page_is_closed(
    hass: HomeAssistant,
    client: Any,
    bakery: tuple[ModbusServer, Any],
    pass_time: PassTime,
) -> None:
    server, _ = bakery
    answer = await ask(client, "watch", devices=[1])
    await pass_time(5)
    await client.send_json_auto_id(
        {"type": "unsubscribe_events", "subscription": answer["id"]}
    )
    assert (await client.receive_json())["success"]
    # The lease runs out by itself.
    await pass_time(40)
    before = len(server.requests)
    await pass_time(120)
    polls = [address for _, address, _ in server.requests[before:]].count(0x1518)
    assert 1 <= polls <= 3


async def test_all_values_of_a_device_come_as_they_are_read(
    client: Any, bakery: tuple[ModbusServer, Any], pass_time: PassTime
) -> None:
    server, _ = bakery
    answer = await ask(client, "values", device=1)
    assert answer["success"]
    event = (await client.receive_json())["event"]
    assert event["status"] == "on"
    assert event["values"]["active_power"] == 2500
    assert event["values"]["active_energy_import"] == 1000
    # Quantities whose entities are disabled are there too.
    assert event["values"]["power_factor_sector"] in {"unity", "inductive"}

    first = event["read_at"]
    server.units[11] = emdx3(imported_wh=1000, power_w=700)
    while event["values"]["active_power"] != 700:
        with listening(client) as message:
            await pass_time(6)
            event = (await asyncio.wait_for(message, timeout=5))["event"]
    assert event["read_at"] > first


async def test_values_follow_a_device_over_a_reload(
    hass: HomeAssistant,
    client: Any,
    bakery: tuple[ModbusServer, Any],
    pass_time: PassTime,
) -> None:
    server, entry = bakery
    await ask(client, "values", device=1)
    await client.receive_json()
    server.units[11] = emdx3(imported_wh=1000, power_w=700)
    await hass.config_entries.async_reload(entry.entry_id)
    event: dict[str, Any] = {"values": {}}
    while event["values"].get("active_power") != 700:
        with listening(client) as message:
            await pass_time(20)
            event = (await asyncio.wait_for(message, timeout=5))["event"]


async def test_there_are_no_values_of_an_unknown_device(client: Any) -> None:
    error = (await ask(client, "values", device=99))["error"]
    assert error["translation_key"] == "unknown_object"


async def test_a_page_stays_subscribed_over_a_reload(
    hass: HomeAssistant,
    client: Any,
    bakery: tuple[ModbusServer, Any],
    pass_time: PassTime,
) -> None:
    _, entry = bakery
    assert (await ask(client, "subscribe_samples"))["success"]
    with listening(client) as message:
        await hass.config_entries.async_reload(entry.entry_id)
        await pass_time(8 * 60)
        event = (await message)["event"]
    assert event == {"sample_end": "2026-11-23T10:10:00+00:00"}
