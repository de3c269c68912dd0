"""States of breakers, contacts and stations as entities, and what they are told (S150).

The devices are the simulator's: what they show and obey is looked up in them.
"""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from homeassistant.const import ATTR_ENTITY_ID, STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er
import pytest
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.legrand_ews.const import DOMAIN
from custom_components.legrand_ews.ews.archive import Archive
from custom_components.legrand_ews.ews.quantities import QUANTITIES
from custom_components.legrand_ews.ews.timegrid import Span
from custom_components.legrand_ews.installation import installation_of
from simulator.clock import ManualClock
from simulator.faults import Fault, FaultKind
from simulator.simulation import Simulation, simulate

from . import site
from .conftest import Load, PassTime

pytestmark = pytest.mark.usefixtures("clock")

POLL_S = 65
"""Everything that is no fast value comes within a minute."""
ROOM = Path(__file__).parents[2] / "simulator" / "sites" / "technical.yaml"
BREAKER = ("Protection", 1, "x_dpx3_250_meas")
SIGNALS = ("Protection", 10, "026136")
CONTACT = ("EMS CX3", 31, "414929")
SIRENS = ("EMS CX3", 34, "414932")
STATION = ("Stations", 1, "059009")
"""Mode 2 and 3: it has a plug for vehicles and a domestic one."""


@pytest.fixture
async def room(socket_enabled: None) -> AsyncIterator[Simulation]:
    """A technical room with a device of every family."""
    clock = ManualClock(datetime(2026, 11, 23, 10, 3, tzinfo=UTC))
    async with simulate(ROOM, clock, is_timed=False) as simulation:
        yield simulation


async def enter(
    room: Simulation, load: Load, place: tuple[str, int, str], **changes: Any
) -> Any:
    """Load a site of one gateway and one device, both number 1."""
    gateway, unit, model = place
    link = site.gateway(1, room.gateways[gateway].port)
    entry = site.entry([link, site.device(1, 1, unit, model=model, **changes)])
    await load(entry)
    return entry


def states_of(hass: HomeAssistant, *entity_ids: str) -> dict[str, str | None]:
    found = {entity_id: hass.states.get(entity_id) for entity_id in entity_ids}
    return {key: state and state.state for key, state in found.items()}


def outputs(room: Simulation) -> dict[str, str]:
    """What the two outputs of the sirens are."""
    shown = room.states("Sirens")
    return {key: shown[key] for key in ("output_1", "output_2")}


async def enable(hass: HomeAssistant, entry: Any, *keys: tuple[str, str]) -> None:
    """Enable entities that are there but disabled, and load the site again."""
    registry = er.async_get(hass)
    for domain, key in keys:
        unique_id = f"{entry.entry_id}_device_1_{key}"
        entity_id = registry.async_get_entity_id(domain, DOMAIN, unique_id)
        assert entity_id is not None
        registry.async_update_entity(entity_id, disabled_by=None)
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)


async def act(hass: HomeAssistant, action: str, entity_id: str, **data: Any) -> None:
    domain, name = action.split(".")
    await hass.services.async_call(
        domain, name, {ATTR_ENTITY_ID: entity_id, **data}, blocking=True
    )


def archived_states(hass: HomeAssistant, entry: Any) -> list[int | None]:
    """What the archive says that the breaker showed, one after the other."""
    path = Path(hass.config.path(DOMAIN, entry.entry_id, "archive.db"))
    archive = Archive(path, ZoneInfo(hass.config.time_zone))
    archive.open()
    day = Span(datetime(2026, 11, 23, tzinfo=UTC), datetime(2026, 11, 24, tzinfo=UTC))
    changes = archive.states(day, [1], ["breaker_state"])
    archive.close()
    return [change.value for change in changes]


async def test_a_trip_is_in_the_archive_before_the_interval_ends(
    hass: HomeAssistant, room: Simulation, load: Load, pass_time: PassTime
) -> None:
    entry = await enter(room, load, BREAKER)
    options = QUANTITIES["breaker_state"].options
    room.trip("Pump breaker", "short_delay", 800)
    await pass_time(POLL_S)
    assert archived_states(hass, entry) == [
        options.index("closed"),
        options.index("tripped"),
    ]


async def test_a_breaker_shows_its_state_and_tells_what_it_did(
    hass: HomeAssistant, room: Simulation, load: Load, pass_time: PassTime
) -> None:
    """S83."""
    await enter(room, load, BREAKER)
    names = ("sensor.meter_1_breaker_state", "event.meter_1_breaker")
    assert states_of(hass, *names) == {names[0]: "closed", names[1]: "unknown"}
    room.trip("Pump breaker", "short_delay", 800)
    await pass_time(POLL_S)
    assert hass.states.get(names[0]).state == "tripped"
    event = hass.states.get(names[1])
    assert event is not None
    assert {
        key: event.attributes[key]
        for key in ("event_type", "trip_cause", "trip_current")
    } == {"event_type": "tripped", "trip_cause": "short_delay", "trip_current": 800}
    room.close("Pump breaker")
    await pass_time(POLL_S)
    event = hass.states.get(names[1])
    assert event is not None
    assert event.attributes["event_type"] == "closed"
    assert "trip_cause" not in event.attributes
    room.open("Pump breaker")
    await pass_time(POLL_S)
    event = hass.states.get(names[1])
    assert event is not None
    assert event.attributes["event_type"] == "opened"


async def test_a_breaker_that_was_out_of_reach_tells_afterwards(
    hass: HomeAssistant, room: Simulation, load: Load, pass_time: PassTime
) -> None:
    await enter(room, load, BREAKER)
    room.set_device_fault(Fault(kind=FaultKind.SILENT), "Pump breaker")
    await pass_time(POLL_S)
    event = hass.states.get("event.meter_1_breaker")
    assert event is not None
    assert event.state == STATE_UNAVAILABLE
    room.trip("Pump breaker")
    room.clear_device_fault("Pump breaker")
    await pass_time(POLL_S)
    event = hass.states.get("event.meter_1_breaker")
    assert event is not None
    assert event.attributes["event_type"] == "tripped"


async def test_a_breaker_whose_alerts_are_excluded_has_no_events(
    hass: HomeAssistant, room: Simulation, load: Load
) -> None:
    await enter(room, load, BREAKER, exclude_alerts=True)
    assert hass.states.get("sensor.meter_1_breaker_state") is not None
    assert hass.states.get("event.meter_1_breaker") is None


async def test_inputs_bear_the_names_of_the_user(
    hass: HomeAssistant, room: Simulation, load: Load, pass_time: PassTime
) -> None:
    room.set_input("Signals", 1, is_on=True)
    await enter(room, load, SIGNALS, channel_names={"input_1": "Gate"})
    gate = hass.states.get("binary_sensor.meter_1_gate")
    assert gate is not None
    assert (gate.state, gate.attributes["friendly_name"]) == ("on", "Meter 1 Gate")
    assert states_of(hass, "binary_sensor.meter_1_input_2") == {
        "binary_sensor.meter_1_input_2": "off"
    }
    room.set_input("Signals", 1, is_on=False)
    await pass_time(10)
    gate = hass.states.get("binary_sensor.meter_1_gate")
    assert gate is not None
    assert gate.state == "off"


async def test_a_fault_trip_is_a_problem(
    hass: HomeAssistant, room: Simulation, load: Load
) -> None:
    room.trip("Server breaker state")
    await enter(room, load, CONTACT)
    shown = room.states("Server breaker state")
    trip = hass.states.get("binary_sensor.meter_1_tripped_on_fault")
    contact = hass.states.get("sensor.meter_1_contact_state")
    assert trip is not None
    assert contact is not None
    assert (trip.state, trip.attributes["device_class"]) == ("on", "problem")
    assert (contact.state, shown["contact_state"]) == ("open", "open")


async def test_guessed_commands_are_there_once_the_map_is_confirmed(
    hass: HomeAssistant,
    entity_registry: er.EntityRegistry,
    room: Simulation,
    load: Load,
    pass_time: PassTime,
) -> None:
    entry = await enter(room, load, SIRENS)

    def switches() -> set[str]:
        prefix = f"{entry.entry_id}_device_1_"
        return {
            entity.unique_id.removeprefix(prefix)
            for entity in er.async_entries_for_config_entry(
                entity_registry, entry.entry_id
            )
            if entity.domain == "switch" and entity.unique_id.startswith(prefix)
        }

    def confirm(*, is_confirmed: bool) -> None:
        subentry = next(
            s for s in entry.subentries.values() if s.subentry_type == "device"
        )
        data = {**subentry.data, "is_map_confirmed": is_confirmed}
        hass.config_entries.async_update_subentry(entry, subentry, data=data)

    assert switches() == {"enabled"}
    confirm(is_confirmed=True)
    await pass_time(5)
    assert switches() == {"enabled", "output_1", "output_2"}
    confirm(is_confirmed=False)
    await pass_time(5)
    assert switches() == {"enabled"}


async def test_a_switch_switches_and_shows_what_the_device_says(
    hass: HomeAssistant, room: Simulation, load: Load
) -> None:
    """S153."""
    names = {"output_2": "Siren"}
    await enter(room, load, SIRENS, is_map_confirmed=True, channel_names=names)
    siren = "switch.meter_1_siren"
    assert states_of(hass, siren) == {siren: "off"}
    await act(hass, "switch.turn_on", siren)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert outputs(room) == {"output_1": "off", "output_2": "on"}
    assert states_of(hass, siren) == {siren: "on"}
    await act(hass, "switch.turn_off", siren)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert outputs(room) == {"output_1": "off", "output_2": "off"}
    assert states_of(hass, siren) == {siren: "off"}


async def test_the_state_of_an_output_is_shown_once(
    hass: HomeAssistant,
    entity_registry: er.EntityRegistry,
    room: Simulation,
    load: Load,
) -> None:
    entry = await enter(room, load, SIRENS, is_map_confirmed=True)
    unique_id = f"{entry.entry_id}_device_1_output_1"
    disabled = {
        domain: entity_registry.async_get(
            entity_registry.async_get_entity_id(domain, DOMAIN, unique_id) or ""
        ).disabled
        for domain in ("binary_sensor", "switch")
    }
    assert disabled == {"binary_sensor": True, "switch": False}


async def test_settings_of_an_output_are_written_and_read_back(
    hass: HomeAssistant, room: Simulation, load: Load
) -> None:
    """S154-S156."""
    entry = await enter(room, load, SIGNALS, is_map_confirmed=True)
    await enable(
        hass,
        entry,
        ("number", "output_1_on_time"),
        ("select", "output_1_mode"),
        ("select", "output_1_normal_state"),
    )
    time, mode, normal = (
        "number.meter_1_on_time_of_output_1",
        "select.meter_1_command_mode_of_output_1",
        "select.meter_1_normal_state_of_output_1",
    )
    await act(hass, "number.set_value", time, value=20)
    await act(hass, "select.select_option", mode, option="pulse")
    await act(hass, "select.select_option", normal, option="normally_closed")
    await hass.async_block_till_done(wait_background_tasks=True)
    assert states_of(hass, time, mode, normal) == {
        time: "20.0",
        mode: "pulse",
        normal: "normally_closed",
    }
    shown = room.states("Signals")
    assert shown["output_1_mode"] == "pulse"
    assert shown["output_1_normal_state"] == "normally_closed"


async def test_an_order_that_is_not_obeyed_fails(
    hass: HomeAssistant, room: Simulation, load: Load
) -> None:
    await enter(room, load, SIRENS, is_map_confirmed=True)
    room.set_device_fault(Fault(kind=FaultKind.EXCEPTION, code=4), "Sirens")
    with pytest.raises(HomeAssistantError) as refused:
        await act(hass, "switch.turn_on", "switch.meter_1_output_1")
    assert refused.value.translation_key == "write_refused"
    room.set_device_fault(Fault(kind=FaultKind.SILENT), "Sirens")
    with pytest.raises(HomeAssistantError) as silent:
        await act(hass, "switch.turn_on", "switch.meter_1_output_1")
    assert silent.value.translation_key == "device_silent"
    assert outputs(room)["output_1"] == "off"


async def test_a_station_is_told_its_limit(
    hass: HomeAssistant, room: Simulation, load: Load
) -> None:
    await enter(room, load, STATION, is_map_confirmed=True, phase=1)
    limit = hass.states.get("number.meter_1_current_limit")
    assert limit is not None
    # 0 590 09 is made for 32 A.
    assert (limit.attributes["max"], limit.attributes["unit_of_measurement"]) == (
        32,
        "A",
    )
    await act(hass, "number.set_value", limit.entity_id, value=16)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert states_of(hass, limit.entity_id) == {limit.entity_id: "16.0"}
    charge = hass.states.get("sensor.meter_1_charge_state")
    assert charge is not None
    assert charge.state == room.states("Visitors")["charge_state"]


async def test_a_station_that_fails_says_so(
    hass: HomeAssistant, room: Simulation, load: Load, pass_time: PassTime
) -> None:
    """S84, S126, S159: its values are still there, and what is wrong has a name."""
    await enter(room, load, STATION, phase=1)
    names = ("sensor.meter_1_status", "sensor.meter_1_station_error")
    assert states_of(hass, *names) == {names[0]: "on", names[1]: "none"}
    room.set_station_error("Visitors", "internal_link")
    await pass_time(POLL_S)
    assert states_of(hass, *names) == {names[0]: "failure", names[1]: "internal_link"}
    status = hass.states.get(names[0])
    assert status is not None
    assert "failure" in status.attributes["options"]
    room.set_station_error("Visitors", None)
    await pass_time(POLL_S)
    assert states_of(hass, *names) == {names[0]: "on", names[1]: "none"}
    room.set_device_fault(Fault(kind=FaultKind.SILENT), "Visitors")
    await pass_time(POLL_S)
    assert states_of(hass, *names) == {
        names[0]: "communication_error",
        names[1]: STATE_UNAVAILABLE,
    }


@pytest.mark.parametrize("plug", ["ev_plug", "domestic_plug"])
async def test_plugs_are_enabled_and_disabled(
    hass: HomeAssistant, room: Simulation, load: Load, plug: str
) -> None:
    """S158: one switch each, and only that plug changes."""
    await enter(room, load, STATION, is_map_confirmed=True, phase=1)
    (name,) = [
        state.entity_id
        for state in hass.states.async_all("switch")
        if state.entity_id == f"switch.meter_1_{plug}"
    ]
    before = {key: room.states("Visitors")[key] for key in ("ev_plug", "domestic_plug")}
    assert before == {"ev_plug": "on", "domestic_plug": "on"}
    await act(hass, "switch.turn_off", name)
    await hass.async_block_till_done(wait_background_tasks=True)
    shown = {key: room.states("Visitors")[key] for key in before}
    assert shown == {**before, plug: "off"}
    assert states_of(hass, name) == {name: "off"}
    await act(hass, "switch.turn_on", name)
    assert room.states("Visitors")[plug] == "on"


async def test_an_analogue_input_is_a_value(
    hass: HomeAssistant, room: Simulation, load: Load, pass_time: PassTime
) -> None:
    """S152."""
    entry = await enter(
        room, load, SIGNALS, channel_names={"analogue_input_1": "Tank level"}
    )
    await enable(hass, entry, ("sensor", "analogue_input_1"))
    room.set_analogue_input("Signals", 1, 42)
    await pass_time(POLL_S)
    tank = hass.states.get("sensor.meter_1_tank_level")
    assert tank is not None
    assert float(tank.state) == 42
    assert "unit_of_measurement" not in tank.attributes


async def test_an_analogue_input_is_shown_in_the_unit_of_its_user(
    hass: HomeAssistant,
    room: Simulation,
    load: Load,
    pass_time: PassTime,
    hass_ws_client: WebSocketGenerator,
) -> None:
    """T9: a number whose scale is the user's: 0 to 1000 for -50 to 150 °C."""
    entry = await enter(
        room,
        load,
        SIGNALS,
        parameters={
            "analogue_input_1_factor": "0.2",
            "analogue_input_1_offset": "-50",
            "analogue_input_1_unit": "°C",
        },
    )
    await enable(
        hass, entry, ("sensor", "analogue_input_1"), ("sensor", "analogue_input_2")
    )
    room.set_analogue_input("Signals", 1, 355)
    room.set_analogue_input("Signals", 2, -7)
    await pass_time(POLL_S)
    shown = {n: hass.states.get(f"sensor.meter_1_analogue_input_{n}") for n in (1, 2)}
    assert all(shown.values())
    assert {
        n: (float(x.state), x.attributes.get("unit_of_measurement"))
        for n, x in shown.items()
        if x is not None
    } == {1: (21.0, "°C"), 2: (-7.0, None)}
    answer = await hass.services.async_call(
        DOMAIN, "test_device", {"device": 1}, blocking=True, return_response=True
    )
    assert answer is not None
    assert answer["values"]["analogue_input_1"] == {"value": 21, "unit": "°C"}
    client = await hass_ws_client(hass)
    await client.send_json_auto_id({"type": "legrand_ews/site"})
    (own,) = (await client.receive_json())["result"]["devices"]
    assert own["units"] == {"analogue_input_1": "°C"}


async def test_a_station_goes_before_others_where_the_user_says_so(
    hass: HomeAssistant, room: Simulation, load: Load, pass_time: PassTime
) -> None:
    """S125: normal by default; kept with the device, whatever its map."""
    entry = await enter(room, load, STATION, phase=1)
    name = "select.meter_1_charging_priority"
    assert states_of(hass, name) == {name: "normal"}
    await act(hass, "select.select_option", name, option="priority")
    await pass_time(5)
    assert states_of(hass, name) == {name: "priority"}
    assert installation_of(hass, entry).devices[1].is_priority
    await act(hass, "select.select_option", name, option="normal")
    await pass_time(5)
    assert not installation_of(hass, entry).devices[1].is_priority


async def test_who_charges_nothing_has_no_priority(
    hass: HomeAssistant, room: Simulation, load: Load
) -> None:
    await enter(room, load, SIGNALS)
    assert hass.states.get("select.meter_1_charging_priority") is None
