"""What users and automations see of the load management, and what they can do."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from homeassistant.auth.models import User
from homeassistant.const import EVENT_STATE_CHANGED
from homeassistant.core import (
    Context,
    Event,
    EventStateChangedData,
    HomeAssistant,
    callback,
)
from homeassistant.exceptions import ServiceValidationError, Unauthorized
import pytest
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.legrand_ews.const import DOMAIN
from custom_components.legrand_ews.greenup.page import ChargingPage

from .garage import LEFT, LIFT, NAMES, RIGHT, VISITORS, Open
from .sight import Sight

type Ask = Callable[..., Awaitable[Any]]


@pytest.fixture
def ask(hass: HomeAssistant, hass_ws_client: WebSocketGenerator) -> Ask:
    """Ask on a connection of its own: none outlives the time that passes here."""

    async def run(command: str, **data: Any) -> Any:
        client = await hass_ws_client(hass)
        await client.send_json_auto_id({"type": f"{DOMAIN}/{command}", **data})
        answer = await client.receive_json()
        assert answer["success"], answer
        await client.close()
        return answer["result"]

    return run


PRICE = {
    "tariffs": [{"name": "Flat", "prices": [{"price": "0.25"}]}],
    "rules": [{"tariff": "Flat"}],
}


async def test_a_vehicle_comes_charges_and_goes(
    hass: HomeAssistant, open_garage: Open, ask: Ask
) -> None:
    """S186-S191: one vehicle from plugging in to its line in the session log."""
    garage = await open_garage()
    see = Sight(hass, garage)
    await see.act("set_cost_rules", **PRICE)
    await see.until("available", "sensor", "charging_stage", LEFT)
    await see.until("green", "sensor", "charging_zone")
    assert see.state("switch", "load_management") == "on"
    assert see.state("number", "charging_maximum_a") == "100"
    assert see.state("binary_sensor", "charge_problem", LEFT) == "off"
    assert see.state("switch", "charging_allowed", LEFT) == "unavailable"
    with pytest.raises(ServiceValidationError) as caught:
        await see.act("start_charging", device=LEFT)
    assert caught.value.translation_key == "station_without_vehicle"

    garage.plug_in(LEFT)
    await see.until("charging", "sensor", "charging_stage", LEFT)
    await see.until("32", "sensor", "charging_limit", LEFT)
    assert see.state("sensor", "charging_running") == "1"
    assert see.attributes("sensor", "charging_running")["stations"] == ["Left"]
    told = see.attributes("event", "charging", LEFT)
    assert told["event_type"] == "started"
    assert told["text"] == "Left: charging has started with up to 32 A."
    assert see.state("switch", "charging_allowed", LEFT) == "on"

    # Start and Wait, for this process only.
    await see.call("switch", "turn_off", see.id("switch", "charging_allowed", LEFT))
    await see.until("held", "sensor", "charging_stage", LEFT)
    assert see.attributes("event", "charging", LEFT)["event_type"] == "held_by_user"
    assert garage.limit(LEFT) == 0
    await see.act("start_charging", device=LEFT)
    await see.until("charging", "sensor", "charging_stage", LEFT)
    await see.act("set_charging_priority", device=LEFT, priority="priority")
    await see.until("priority", "select", "session_priority", LEFT)
    assert see.state("select", "charging_priority", LEFT) == "normal"
    await ask("set_charging_priority", device=LEFT, priority="normal")
    await see.until("normal", "select", "session_priority", LEFT)
    await see.until("32", "sensor", "charging_limit", LEFT)

    await garage.pass_time(180)
    shown = await ask("get_charging", language="fr")
    (circuit,) = shown["circuits"]
    assert (circuit["name"], circuit["meter"]["name"]) == ("Bâtiment", "Main supply")
    assert [line["phase"] for line in circuit["lines"]] == [1, 2, 3]
    assert all(line["load_a"] > 30 for line in circuit["lines"])
    left = next(x for x in shown["stations"] if x["id"] == LEFT)
    assert (left["progress"], left["stage"], left["level"]) == (
        "running",
        "charging",
        "rated",
    )
    assert left["drawn_a"] == pytest.approx([31.5] * 3, abs=1)
    session = left["session"]
    # Three phases of 230 V; the station counts in steps.
    assert session["charge_ah"] > 1.5
    assert session["energy"] == pytest.approx(session["charge_ah"] * 690, rel=0.15)
    assert float(session["cost"]) == pytest.approx(session["energy"] / 4000, rel=0.1)
    assert left["entities"]["allowed"] == see.id("switch", "charging_allowed", LEFT)
    assert shown["entities"] == {"load_management": see.id("switch", "load_management")}
    charged = float(see.state("sensor", "charged_energy", LEFT))
    assert charged == pytest.approx(session["energy"] / 1000, abs=0.1)
    course = await ask("get_charging_course", minutes=60, language="en")
    assert course["step_s"] == 5
    assert {x["kind"] for x in course["events"]} >= {"started", "held_by_user"}
    assert course["points"][-1]["stations"] == [
        {
            "id": LEFT,
            "limit_a": 32,
            "drawn_a": pytest.approx(max(left["drawn_a"]), abs=1),
            "progress": "running",
        }
    ]
    # One point in five seconds, of three minutes at least.
    times = [datetime.fromisoformat(x["at"]) for x in course["points"]]
    assert len(times) >= 180 / 6
    apart = {later - earlier for earlier, later in pairwise(times)}
    assert min(apart) >= timedelta(seconds=4)

    garage.unplug(LEFT)
    await see.until("available", "sensor", "charging_stage", LEFT)
    await garage.pass_time(2)
    # What the last vehicle was given stays until the next one comes.
    assert float(see.state("sensor", "charged_energy", LEFT)) == pytest.approx(
        charged, abs=0.2
    )
    answer = await ask("get_charging_sessions", devices=[LEFT], file=True)
    (logged,) = answer["sessions"]
    assert logged["end"] is not None
    assert (logged["name"], logged["reason"], logged["side"]) == (
        "Left",
        "unplugged",
        None,
    )
    assert float(logged["cost"]) == pytest.approx(logged["energy"] / 4000)
    assert answer["file"] == "charging-sessions.csv"
    assert (await ask("get_charging_sessions", end="2020-01-01"))["sessions"] == []


async def test_load_rises(hass: HomeAssistant, open_garage: Open) -> None:
    """A lift starts: zones, reductions and the queue are shown and told."""
    garage = await open_garage(guaranteed_ah=0)
    see = Sight(hass, garage)
    for number in (LEFT, RIGHT):
        garage.plug_in(number)
    await see.until("2", "sensor", "charging_running")
    await see.until("32", "sensor", "charging_limit", LEFT)
    await see.until("32", "sensor", "charging_limit", RIGHT)
    await see.until("green", "sensor", "charging_zone")
    told: list[dict[str, Any]] = []
    of_stations: list[dict[str, Any]] = []

    @callback
    def hear(event: Event[EventStateChangedData]) -> None:
        state = event.data["new_state"]
        if state and state.entity_id == see.id("event", "load_management"):
            told.append(dict(state.attributes))
        elif state and state.domain == "event":
            of_stations.append(dict(state.attributes))

    hass.bus.async_listen(EVENT_STATE_CHANGED, hear)
    garage.simulation.close(NAMES[LIFT])
    await see.until("red", "sensor", "charging_zone")
    # Each of the three phases is told of.
    assert [x["event_type"] for x in told[:3]] == ["zone_changed"] * 3
    assert {x["phase"] for x in told[:3]} == {1, 2, 3}
    assert told[0]["text"].startswith("Building, L1: Red at 11")
    await garage.pass_time(10)
    first = of_stations[0]
    assert first["event_type"] == "reduced_in_red"
    name = NAMES[first["station"]]
    assert first["text"] == (
        f"{name}: reduced to {first['limit_a']} A,"
        " because the maximum current is exceeded."
    )
    # A third vehicle has to wait, and is named in the queue.
    available = see.id("number", "charging_charging_a")
    await see.call("number", "set_value", available, value=40)
    garage.plug_in(VISITORS)
    await see.until("waiting", "sensor", "charging_stage", VISITORS)
    assert int(see.state("sensor", "charging_queue")) >= 1
    assert "Visitors" in see.attributes("sensor", "charging_queue")["stations"]


async def test_parameters_are_changed_without_a_reload(
    hass: HomeAssistant, open_garage: Open
) -> None:
    garage = await open_garage()
    see, management = Sight(hass, garage), garage.management
    maximum = see.id("number", "charging_maximum_a")
    await see.call("number", "set_value", maximum, value=120)
    await see.call("switch", "turn_off", see.id("switch", "load_management"))
    assert see.state("number", "charging_maximum_a") == "120"
    assert see.state("switch", "load_management") == "off"
    with pytest.raises(ServiceValidationError) as caught:
        await see.call("number", "set_value", maximum, value=80)
    assert caught.value.translation_key == "charging_limit_above_maximum"
    await see.call(
        "select",
        "select_option",
        see.id("select", "charging_priority", LEFT),
        option="priority",
    )
    await see.until("priority", "select", "charging_priority", LEFT)
    await garage.pass_time(5)
    assert garage.management is management
    assert management.settings.maximum_a == 120
    assert not management.settings.is_enabled
    assert management.stations[LEFT].spec.is_priority
    event = see.attributes("event", "load_management")
    assert event["event_type"] == "management_off"


async def test_who_may_not_switch_may_not_charge(
    hass: HomeAssistant,
    open_garage: Open,
    hass_read_only_user: User,
    hass_ws_client: WebSocketGenerator,
    hass_read_only_access_token: str,
) -> None:
    garage = await open_garage()
    garage.plug_in(LEFT)
    see = Sight(hass, garage)
    await see.until("32", "sensor", "charging_limit", LEFT)
    await garage.until(lambda: garage.limit(LEFT) == 32)
    # Nor may somebody who was deleted while his script ran on.
    for user_id in (hass_read_only_user.id, "deleted"):
        with pytest.raises(Unauthorized):
            await hass.services.async_call(
                DOMAIN,
                "wait_charging",
                {"device": LEFT},
                blocking=True,
                context=Context(user_id=user_id),
            )
    client = await hass_ws_client(hass, hass_read_only_access_token)
    await client.send_json_auto_id({"type": f"{DOMAIN}/wait_charging", "device": LEFT})
    answer = await client.receive_json()
    assert answer["error"]["code"] == "unauthorized"
    await client.send_json_auto_id({"type": f"{DOMAIN}/get_charging"})
    assert (await client.receive_json())["result"]["is_set_up"]
    assert garage.limit(LEFT) == 32


async def test_a_session_outlives_a_reload_and_so_does_an_open_page(
    hass: HomeAssistant,
    open_garage: Open,
    hass_ws_client: WebSocketGenerator,
    hass_storage: dict[str, Any],
) -> None:
    garage = await open_garage()
    assert garage.entry is not None
    see = Sight(hass, garage)
    garage.plug_in(LEFT)
    await see.until("charging", "sensor", "charging_stage", LEFT)
    await garage.pass_time(70)
    # A crash would cost a minute at most: it is on disk while it goes on.
    kept = hass_storage[f"{DOMAIN}.{garage.entry.entry_id}.charging_sessions"]
    (open_,) = kept["data"]["open"]
    assert open_["device_id"] == LEFT
    watch = garage.entry.runtime_data.charging_watch
    before = watch.sessions.running_at(LEFT)
    assert before is not None
    client = await hass_ws_client(hass)
    await client.send_json_auto_id(
        {"type": f"{DOMAIN}/subscribe_charging", "language": "fr"}
    )
    assert (await client.receive_json())["success"]
    shown = (await client.receive_json())["event"]
    assert shown["circuits"][0]["name"] == "Bâtiment"
    await hass.config_entries.async_reload(garage.entry.entry_id)
    await see.until("charging", "sensor", "charging_stage", LEFT)
    after = garage.entry.runtime_data.charging_watch.sessions.running_at(LEFT)
    assert after is not None
    assert after.start == before.start
    assert after.energy_milli_wh >= before.energy_milli_wh
    # The page goes on with the site that is loaded by now.
    garage.unplug(LEFT)
    await see.until("available", "sensor", "charging_stage", LEFT)
    await garage.pass_time(11)
    stage = None
    while stage != "available":
        event = (await client.receive_json())["event"]
        stage = next(x["stage"] for x in event["stations"] if x["id"] == LEFT)


async def test_a_page_that_is_closed_while_it_opens_says_nothing(
    hass: HomeAssistant, open_garage: Open
) -> None:
    garage = await open_garage()
    sent: list[dict[str, Any]] = []
    # No other test asks for Dutch: its sentences have to be looked for first.
    page = ChargingPage(hass, garage.entry.entry_id, "nl", sent.append)
    opening = hass.async_create_task(page.async_open())
    page.async_close()
    await opening
    assert sent == []


async def test_a_departure_is_stated_and_taken_back(
    hass: HomeAssistant, open_garage: Open, ask: Ask
) -> None:
    """S191: in time for a departure; the page says what it makes of it."""
    garage = await open_garage()
    see = Sight(hass, garage)
    garage.plug_in(LEFT)
    await see.until("charging", "sensor", "charging_stage", LEFT)
    with pytest.raises(ServiceValidationError) as caught:
        await see.act("set_charging_departure", device=LEFT, departure="2026-11-23")
    assert caught.value.translation_key == "departure_not_ahead"
    with pytest.raises(ServiceValidationError) as caught:
        await see.act(
            "set_charging_departure", device=LEFT, departure="2026-11-23 14:00:00Z"
        )
    assert caught.value.translation_key == "departure_energy_missing"
    # 60 kWh in 3 h 57 min, at 22 kW: there is hardly time left.
    await see.act(
        "set_charging_departure",
        device=LEFT,
        departure="2026-11-23T14:00:00+00:00",
        energy=90_000,
    )
    await garage.pass_time(10)

    async def left() -> Any:
        stations = (await ask("get_charging"))["stations"]
        return next(x for x in stations if x["id"] == LEFT)

    shown = await left()
    assert shown["departure"] == {"at": "2026-11-23T14:00:00+00:00", "energy": 90_000}
    assert shown["wish"]["key"] == "time_short"
    assert shown["wish"]["text"].startswith("Charges, because the time")
    stage = see.attributes("sensor", "charging_stage", LEFT)
    assert stage["wish"] == shown["wish"]["text"]
    await ask("set_charging_departure", device=LEFT)
    await garage.pass_time(5)
    shown = await left()
    assert (shown["departure"], shown["wish"]) == (None, None)
