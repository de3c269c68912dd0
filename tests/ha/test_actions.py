"""The actions get_consumption, test_gateway and test_device."""

from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
import pytest
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.legrand_ews.const import DOMAIN

from . import site
from .conftest import Load, PassTime, StartServer
from .registers import emdx3

pytestmark = pytest.mark.usefixtures("clock")


async def call(hass: HomeAssistant, name: str, **data: Any) -> Any:
    return await hass.services.async_call(
        DOMAIN, name, data, blocking=True, return_response=True
    )


async def two_meters(start_server: StartServer, load: Load) -> Any:
    server = await start_server(
        {11: emdx3(imported_wh=1000), 12: emdx3(imported_wh=2000)}
    )
    entry = site.entry(
        [
            site.gateway(1, server.port),
            site.device(1, 1, 11, load_id=4),
            site.device(2, 1, 12),
        ]
    )
    await load(entry)
    return server, entry


async def test_consumption_of_today_by_load(
    hass: HomeAssistant, start_server: StartServer, load: Load, pass_time: PassTime
) -> None:
    server, _ = await two_meters(start_server, load)
    server.units[11] = emdx3(imported_wh=1300)
    server.units[12] = emdx3(imported_wh=2050)
    await pass_time(8 * 60)
    answer = await call(hass, "get_consumption", period="day")
    assert answer["fluid"] == "electricity"
    assert answer["unit"] == "Wh"
    assert answer["bucket"] == "hour"
    assert answer["total"] == 350
    totals = {one["name"]: one["total"] for one in answer["series"]}
    assert {name: totals[name] for name in ("Lighting", "Others")} == {
        "Lighting": 300,
        "Others": 50,
    }
    # Home Assistant's day here is 8 h behind UTC: 10 o'clock is its third hour.
    lighting = next(one for one in answer["series"] if one["name"] == "Lighting")
    assert lighting["values"][2] == 300
    assert lighting["values"][3] is None
    assert answer["buckets"][2] == "2026-11-23T02:00:00-08:00"


async def test_predefined_loads_are_named_in_home_assistants_language(
    hass: HomeAssistant, start_server: StartServer, load: Load, pass_time: PassTime
) -> None:
    await two_meters(start_server, load)
    hass.config.language = "fr"
    answer = await call(hass, "get_consumption", level="load", ids=[4])
    assert [one["name"] for one in answer["series"]] == ["Éclairage"]


@pytest.mark.parametrize(
    ("request_", "key"),
    [
        ({"period": "decade"}, "option_unknown"),
        ({"date": "yesterday"}, "date_invalid"),
        ({"period": "custom"}, "span_missing"),
        ({"start": "2026-01-01", "end": "2026-01-02"}, "span_not_custom"),
        (
            {"period": "custom", "start": "2026-01-02", "end": "2026-01-01"},
            "end_not_after_start",
        ),
    ],
)
async def test_a_wrong_request_says_what_is_wrong(
    hass: HomeAssistant,
    start_server: StartServer,
    load: Load,
    request_: dict[str, Any],
    key: str,
) -> None:
    await two_meters(start_server, load)
    with pytest.raises(ServiceValidationError) as raised:
        await call(hass, "get_consumption", **request_)
    assert raised.value.translation_domain == DOMAIN
    assert raised.value.translation_key == key


async def test_a_gateway_that_answers(
    hass: HomeAssistant, start_server: StartServer, load: Load
) -> None:
    """S52: how soon, and which of the units behind it are there."""
    server, _ = await two_meters(start_server, load)
    answer = await call(hass, "test_gateway", gateway=1)
    assert answer["reachable"] is True
    assert answer["latency_ms"] > 0
    assert answer["answering"] == [11, 12]
    assert answer["error"] is None
    del server.units[12]
    assert (await call(hass, "test_gateway", gateway=1))["answering"] == [11]


async def test_the_twins_of_the_tests_answer_the_same(
    hass: HomeAssistant,
    start_server: StartServer,
    load: Load,
    hass_ws_client: WebSocketGenerator,
) -> None:
    await two_meters(start_server, load)
    client = await hass_ws_client(hass)
    for name, asked in (("test_gateway", "gateway"), ("test_device", "device")):
        acted = await call(hass, name, **{asked: 1})
        message = {"type": f"legrand_ews/{name}", asked: 1}
        await client.send_json_auto_id(message)
        answer = (await client.receive_json())["result"]
        for one in (acted, answer):
            one.pop("latency_ms", None)
        assert answer == acted


async def test_a_gateway_that_does_not_answer(
    hass: HomeAssistant, start_server: StartServer, load: Load
) -> None:
    server, _ = await two_meters(start_server, load)
    await server.stop()
    answer = await call(hass, "test_gateway", gateway=1)
    assert answer["reachable"] is False
    assert answer["latency_ms"] is None
    assert answer["error"] == "gateway_unreachable"


async def test_a_device_tells_who_it_is_and_what_it_measures(
    hass: HomeAssistant, start_server: StartServer, load: Load
) -> None:
    await two_meters(start_server, load)
    answer = await call(hass, "test_device", device=1)
    assert answer["reachable"] is True
    assert answer["map"] == "ime_1000"
    assert answer["provenance"] == "documented"
    # 0x0300 holds 0x0010
    assert answer["identity"]["identifier"] == "IME Nemo 96HD"
    assert answer["values"]["voltage_l1"] == {"value": 230.1, "unit": "V"}
    assert answer["values"]["active_energy_import"] == {"value": 1000, "unit": "Wh"}
    assert answer["error"] is None


async def test_a_device_that_is_not_there(
    hass: HomeAssistant, start_server: StartServer, load: Load
) -> None:
    server, _ = await two_meters(start_server, load)
    del server.units[11]
    answer = await call(hass, "test_device", device=1)
    assert answer["reachable"] is False
    assert answer["values"] == {}
    assert answer["error"] == "device_silent"


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("test_gateway", {"gateway": 9}, "gateway"),
        ("test_device", {"device": 9}, "device"),
    ],
)
async def test_an_object_that_is_unknown(
    hass: HomeAssistant,
    start_server: StartServer,
    load: Load,
    name: str,
    data: dict[str, int],
    kind: str,
) -> None:
    await two_meters(start_server, load)
    with pytest.raises(ServiceValidationError) as raised:
        await call(hass, name, **data)
    assert raised.value.translation_key == "unknown_object"
    assert raised.value.translation_placeholders == {"kind": kind, "id": "9"}


async def test_a_site_that_is_unknown(
    hass: HomeAssistant, start_server: StartServer, load: Load
) -> None:
    await two_meters(start_server, load)
    with pytest.raises(ServiceValidationError) as raised:
        await call(hass, "test_gateway", gateway=1, config_entry_id="nowhere")
    assert raised.value.translation_key == "service_config_entry_not_found"


async def test_of_two_sites_one_has_to_be_named(
    hass: HomeAssistant, start_server: StartServer, load: Load
) -> None:
    _, first = await two_meters(start_server, load)
    other = await start_server({11: emdx3()})
    second = site.entry([site.gateway(1, other.port)], title="Mill")
    await load(second)
    with pytest.raises(ServiceValidationError):
        await call(hass, "test_gateway", gateway=1)
    for entry in (first, second):
        answer = await call(
            hass, "test_gateway", gateway=1, config_entry_id=entry.entry_id
        )
        assert answer["reachable"] is True


async def test_buttons_fail_where_nobody_answers(
    hass: HomeAssistant, start_server: StartServer, load: Load
) -> None:
    server, _ = await two_meters(start_server, load)
    for name in ("gateway_1", "meter_1"):
        await hass.services.async_call(
            "button", "press", {"entity_id": f"button.{name}_test"}, blocking=True
        )
    del server.units[11]
    with pytest.raises(HomeAssistantError) as raised:
        await hass.services.async_call(
            "button", "press", {"entity_id": "button.meter_1_test"}, blocking=True
        )
    assert raised.value.translation_key == "device_test_failed"
    assert raised.value.translation_placeholders == {"name": "Meter 1", "address": "11"}
    await server.stop()
    with pytest.raises(HomeAssistantError) as raised:
        await hass.services.async_call(
            "button", "press", {"entity_id": "button.gateway_1_test"}, blocking=True
        )
    assert raised.value.translation_key == "gateway_test_failed"
    assert raised.value.translation_placeholders == {"name": "Gateway 1"}
