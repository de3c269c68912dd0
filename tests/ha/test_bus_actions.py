"""The action scan_bus, its WebSocket twin, and what ends a search."""

import asyncio
from typing import Any

from homeassistant.core import Context, Event, HomeAssistant, callback
from homeassistant.exceptions import (
    HomeAssistantError,
    ServiceValidationError,
    Unauthorized,
)
from homeassistant.helpers import issue_registry as ir
import pytest
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.legrand_ews.const import DOMAIN
from custom_components.legrand_ews.ews.model.address import LAST_UNIT
from custom_components.legrand_ews.repairs import async_update_stuck

from . import site
from .conftest import Load, StartServer
from .registers import emdx3

pytestmark = pytest.mark.usefixtures("clock")


async def scan(hass: HomeAssistant, **asked: Any) -> Any:
    return await hass.services.async_call(
        DOMAIN, "scan_bus", asked, blocking=True, return_response=True
    )


async def one_meter(start_server: StartServer, load: Load, **gateway: Any) -> Any:
    server = await start_server({11: emdx3(imported_wh=1000), 12: emdx3(power_w=1)})
    parts = [site.gateway(1, server.port, **gateway), site.device(1, 1, 11)]
    entry = site.entry(parts)
    await load(entry)
    return server, entry


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
    answer = await scan(hass, gateway=1, first=10, last=13)
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
        await scan(hass, **asked)
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


SEARCH = 5
"""Number of the message that asks for the search."""


async def begin(hass: HomeAssistant, client: Any) -> None:
    """Search the whole bus over a connection; returns when it has begun."""
    has_begun = asyncio.Event()

    @callback
    def hear(_: Event) -> None:
        has_begun.set()

    hass.bus.async_listen_once("legrand_ews_scan", hear)
    await client.send_json({"id": SEARCH, "type": "legrand_ews/scan_bus", "gateway": 1})
    await has_begun.wait()


@pytest.mark.parametrize("is_closed", [False, True], ids=["unsubscribed", "closed"])
async def test_a_search_ends_when_nobody_waits_for_it(
    hass: HomeAssistant,
    start_server: StartServer,
    load: Load,
    hass_ws_client: WebSocketGenerator,
    *,
    is_closed: bool,
) -> None:
    server, _ = await one_meter(start_server, load)
    client = await hass_ws_client(hass)
    server.requests.clear()
    await begin(hass, client)
    if is_closed:
        await client.close()
    else:
        await client.send_json(
            {"id": 6, "type": "unsubscribe_events", "subscription": SEARCH}
        )
        assert (await client.receive_json())["success"]
    await hass.async_block_till_done(wait_background_tasks=True)
    assert len({unit for unit, _, _ in server.requests}) < LAST_UNIT


async def test_a_search_ends_with_its_site(
    hass: HomeAssistant, start_server: StartServer, load: Load
) -> None:
    """Whoever waits for its answer is told what to do."""
    server, entry = await one_meter(start_server, load)

    @callback
    def stop(_: Event) -> None:
        hass.async_create_task(hass.config_entries.async_unload(entry.entry_id))

    hass.bus.async_listen_once("legrand_ews_scan", stop)
    with pytest.raises(HomeAssistantError) as ended:
        await scan(hass, gateway=1)
    assert ended.value.translation_key == "scan_ended"
    assert ended.value.translation_placeholders == {"gateway": "Gateway 1"}
    await hass.async_block_till_done(wait_background_tasks=True)
    assert server.connections == 0


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
