"""The actions scan_bus and record_meter_exchange and their WebSocket twins."""

from contextlib import closing
import sqlite3
from typing import Any

from homeassistant.core import Context, Event, HomeAssistant, callback
from homeassistant.exceptions import ServiceValidationError, Unauthorized
from homeassistant.helpers import issue_registry as ir
import pytest
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.legrand_ews.const import DOMAIN
from custom_components.legrand_ews.repairs import async_update_stuck

from . import site
from .conftest import Load, PassTime, StartServer
from .registers import emdx3

pytestmark = pytest.mark.usefixtures("clock")


async def call(hass: HomeAssistant, name: str, **data: Any) -> Any:
    is_question = name == "scan_bus"
    return await hass.services.async_call(
        DOMAIN, name, data, blocking=True, return_response=is_question
    )


async def one_meter(start_server: StartServer, load: Load, **gateway: Any) -> Any:
    server = await start_server({11: emdx3(imported_wh=1000), 12: emdx3(power_w=1)})
    parts = [site.gateway(1, server.port, **gateway), site.device(1, 1, 11)]
    entry = site.entry(parts)
    await load(entry)
    return server, entry


def read_journal(file: str) -> list[tuple[str, int]]:
    """Kinds and amounts in thousandths, by plain SQL."""
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as archive:
        return archive.execute("SELECT kind, booked_milli FROM corrections").fetchall()


@pytest.mark.parametrize("is_enabled", [True, False])
async def test_a_scan_finds_who_is_there_and_tells_how_far_it_is(
    hass: HomeAssistant, start_server: StartServer, load: Load, *, is_enabled: bool
) -> None:
    _, entry = await one_meter(start_server, load, is_enabled=is_enabled)
    heard: list[dict[str, Any]] = []

    @callback
    def hear(event: Event) -> None:
        heard.append(dict(event.data))

    hass.bus.async_listen("legrand_ews_scan", hear)
    answer = await call(hass, "scan_bus", gateway=1, first=10, last=13)
    await hass.async_block_till_done()
    # 11 and 12 are EMDX3 meters: 0x1000 holds a voltage.
    assert [(one["address"], one["map"]) for one in answer["found"]] == [
        (11, "ime_1000"),
        (12, "ime_1000"),
    ]
    assert answer["silent"] == 2
    assert [(one["address"], one["asked"], one["total"]) for one in heard] == [
        (10, 1, 4),
        (11, 2, 4),
        (12, 3, 4),
        (13, 4, 4),
    ]
    assert {(one["config_entry_id"], one["gateway"]) for one in heard} == {
        (entry.entry_id, 1)
    }
    assert heard[-1]["found"] == answer["found"]


@pytest.mark.parametrize(
    ("asked", "key"),
    [
        ({"gateway": 2}, "unknown_object"),
        ({"gateway": 1, "first": 12, "last": 11}, "scan_range_empty"),
    ],
)
async def test_a_scan_of_nothing_is_refused(
    hass: HomeAssistant,
    start_server: StartServer,
    load: Load,
    asked: dict[str, Any],
    key: str,
) -> None:
    await one_meter(start_server, load)
    with pytest.raises(ServiceValidationError) as refused:
        await call(hass, "scan_bus", **asked)
    assert refused.value.translation_key == key


@pytest.mark.parametrize("is_reloaded", [False, True])
async def test_an_exchanged_meter_goes_on_without_a_jump(
    hass: HomeAssistant,
    start_server: StartServer,
    load: Load,
    pass_time: PassTime,
    *,
    is_reloaded: bool,
) -> None:
    server, entry = await one_meter(start_server, load)
    # The old meter ends at 1300 Wh, its successor begins at 50 and is at 70 now.
    await call(
        hass,
        "record_meter_exchange",
        device=1,
        quantity="active_energy_import",
        old_end=1300,
        new_start="50",
    )
    # Whatever happens now, it is written.
    file = hass.config.path("legrand_ews", entry.entry_id, "archive.db")
    assert read_journal(file) == [("exchange", 300_000)]
    server.units[11] = emdx3(imported_wh=70)
    if is_reloaded:
        await hass.config_entries.async_reload(entry.entry_id)
        await hass.async_block_till_done()
    await pass_time(8 * 60)
    assert read_journal(file) == [("exchange", 300_000)]
    answer = await hass.services.async_call(
        DOMAIN, "get_consumption", {}, blocking=True, return_response=True
    )
    assert answer is not None
    assert answer["total"] == 300 + 20


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"device": 9}, "unknown_object"),
        ({"quantity": "voltage_l1"}, "counter_unknown"),
        ({"old_end": "much"}, "decimal_invalid"),
        ({"old_end": 900}, "exchange_end_implausible"),
        ({"at": "2026-11-24 10:00:00"}, "exchange_in_future"),
    ],
)
async def test_an_impossible_exchange_is_refused(
    hass: HomeAssistant,
    start_server: StartServer,
    load: Load,
    changes: dict[str, Any],
    key: str,
) -> None:
    await one_meter(start_server, load)
    asked = {
        "device": 1,
        "quantity": "active_energy_import",
        "old_end": 1300,
        "new_start": 0,
    }
    with pytest.raises(ServiceValidationError) as refused:
        await call(hass, "record_meter_exchange", **{**asked, **changes})
    assert refused.value.translation_key == key


async def test_the_twins_answer_the_same(
    hass: HomeAssistant,
    start_server: StartServer,
    load: Load,
    hass_ws_client: WebSocketGenerator,
) -> None:
    await one_meter(start_server, load)
    client = await hass_ws_client(hass)
    await client.send_json_auto_id(
        {"type": "legrand_ews/scan_bus", "gateway": 1, "first": 11, "last": 11}
    )
    answer = await client.receive_json()
    assert [one["address"] for one in answer["result"]["found"]] == [11]
    exchange = {
        "type": "legrand_ews/record_meter_exchange",
        "device": 1,
        "quantity": "active_energy_import",
        "new_start": 0,
    }
    await client.send_json_auto_id({**exchange, "old_end": 1200})
    assert (await client.receive_json())["success"]
    await client.send_json_auto_id({**exchange, "old_end": "x"})
    answer = await client.receive_json()
    assert answer["error"]["translation_key"] == "decimal_invalid"


async def test_only_administrators_may(
    hass: HomeAssistant,
    start_server: StartServer,
    load: Load,
    hass_ws_client: WebSocketGenerator,
    hass_read_only_access_token: str,
    hass_read_only_user: Any,
) -> None:
    await one_meter(start_server, load)
    client = await hass_ws_client(hass, hass_read_only_access_token)
    await client.send_json_auto_id({"type": "legrand_ews/scan_bus", "gateway": 1})
    answer = await client.receive_json()
    assert answer["error"]["code"] == "unauthorized"
    with pytest.raises(Unauthorized):
        await hass.services.async_call(
            DOMAIN,
            "scan_bus",
            {"gateway": 1},
            blocking=True,
            return_response=True,
            context=Context(user_id=hass_read_only_user.id),
        )


async def test_a_meter_that_stands_still_is_a_repair(
    hass: HomeAssistant,
    issue_registry: ir.IssueRegistry,
    start_server: StartServer,
    load: Load,
) -> None:
    _, entry = await one_meter(start_server, load)
    installation = entry.runtime_data.installation
    issue_id = f"stuck_meter_{entry.entry_id}_1"
    async_update_stuck(hass, entry, installation, {1})
    issue = issue_registry.async_get_issue(DOMAIN, issue_id)
    assert issue is not None
    assert issue.translation_placeholders == {
        "device": "Meter 1",
        "id": "1",
        "address": "11",
    }
    async_update_stuck(hass, entry, installation, set())
    assert issue_registry.async_get_issue(DOMAIN, issue_id) is None
