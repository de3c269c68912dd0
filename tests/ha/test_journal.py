"""The correction journal: what counters did, what users record, who is told."""

from contextlib import closing
import sqlite3
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
import pytest
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.legrand_ews.const import DOMAIN

from . import site
from .conftest import Load, PassTime, StartServer
from .registers import emdx3

pytestmark = pytest.mark.usefixtures("clock")


async def one_meter(start_server: StartServer, load: Load) -> Any:
    server = await start_server({11: emdx3(imported_wh=1000)})
    entry = site.entry([site.gateway(1, server.port), site.device(1, 1, 11)])
    await load(entry)
    return server, entry


async def record(hass: HomeAssistant, **asked: Any) -> None:
    await hass.services.async_call(
        DOMAIN,
        "record_meter_exchange",
        {"device": 1, "quantity": "active_energy_import", **asked},
        blocking=True,
    )


async def corrections(hass: HomeAssistant, **asked: Any) -> list[dict[str, Any]]:
    answer = await hass.services.async_call(
        DOMAIN, "get_corrections", asked, blocking=True, return_response=True
    )
    assert answer is not None
    found: Any = answer["corrections"]
    return list(found)


def read_journal(file: str) -> list[tuple[str, int]]:
    """Kinds and amounts in thousandths, by plain SQL."""
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as archive:
        return archive.execute("SELECT kind, booked_milli FROM corrections").fetchall()


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
    await record(hass, old_end=1300, new_start="50")
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
    asked = {"old_end": 1300, "new_start": 0}
    with pytest.raises(ServiceValidationError) as refused:
        await record(hass, **{**asked, **changes})
    assert refused.value.translation_key == key


async def test_the_journal_tells_what_counters_did(
    hass: HomeAssistant,
    start_server: StartServer,
    load: Load,
    pass_time: PassTime,
    hass_ws_client: WebSocketGenerator,
) -> None:
    """The latest first, each with where the counter stood and what was booked."""
    server, _ = await one_meter(start_server, load)
    assert await corrections(hass) == []
    await record(hass, old_end=1300, new_start=50, at="2026-11-23 10:00:00+00:00")
    # Eight digits of 10 Wh would go on; this one begins anew, and nobody said so. It is
    # believed when it has been read three times.
    server.units[11] = emdx3(imported_wh=5)
    await pass_time(5 * 60)
    found = await corrections(hass)
    assert [
        {key: value for key, value in one.items() if key != "at"} for one in found
    ] == [
        {
            "device": 1,
            "quantity": "active_energy_import",
            "kind": "reset",
            "before": 50,
            "after": 5,
            "booked": 5,
            "unit": "Wh",
        },
        {
            "device": 1,
            "quantity": "active_energy_import",
            "kind": "exchange",
            "before": 1000,
            "after": 50,
            "booked": 300,
            "unit": "Wh",
        },
    ]
    assert found[1]["at"] == "2026-11-23T10:00:00+00:00"
    assert found[0]["at"] > found[1]["at"]

    assert await corrections(hass, devices=[2]) == []
    assert await corrections(hass, devices=[1], end="2026-11-22") == []
    assert await corrections(hass, start="2026-11-23", end="2026-11-23") == found
    client = await hass_ws_client(hass)
    await client.send_json_auto_id({"type": "legrand_ews/get_corrections"})
    assert (await client.receive_json())["result"] == {"corrections": found}


async def test_a_span_that_is_none_is_refused(
    hass: HomeAssistant, start_server: StartServer, load: Load
) -> None:
    await one_meter(start_server, load)
    with pytest.raises(ServiceValidationError) as refused:
        await corrections(hass, start="2026-11-23", end="2026-11-20")
    assert refused.value.translation_key == "end_not_after_start"


async def test_the_twin_records_too(
    hass: HomeAssistant,
    start_server: StartServer,
    load: Load,
    hass_ws_client: WebSocketGenerator,
) -> None:
    await one_meter(start_server, load)
    client = await hass_ws_client(hass)
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
