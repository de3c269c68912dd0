"""Chargers and meters that Home Assistant's own entities are."""

from collections.abc import Awaitable, Callable
from typing import Any

from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
import pytest

from custom_components.legrand_ews.ews.charging import (
    Action,
    Command,
    ReasonKind as R,
)
from custom_components.legrand_ews.ews.charging.settings import MeterSource
from custom_components.legrand_ews.ews.model import Charger, ChargerRole
from custom_components.legrand_ews.greenup.chargers import ChargerStation

from .garage import LEFT, LIFT, NAMES, SETTLED_S, Open

BOX = 6
STATES = {
    "off": "no_vehicle",
    "waiting": "connected",
    "charging": "charging",
    "full": "finished",
}
ENTITIES = {
    ChargerRole.STATE: "sensor.box",
    ChargerRole.POWER: "sensor.box_power",
    ChargerRole.CURRENT_LIMIT: "input_number.box_limit",
    ChargerRole.PERMISSION: "input_boolean.box_permission",
}


def box(**changes: Any) -> Charger:
    return Charger(
        **{
            "id": BOX,
            "name": "Box",
            "phases": (1,),
            "rated_a": 20,
            "entities": ENTITIES,
            "states": STATES,
            **changes,
        }
    )


@pytest.fixture
async def helpers(hass: HomeAssistant) -> None:
    """A charger of helpers and templates; its car takes what it may, or 20 A."""
    config = {
        "input_number": {
            "box_limit": {"min": 0, "max": 32, "initial": 6},
        },
        "input_boolean": {
            "box_permission": {"initial": False},
            "box_car": {"initial": False},
            "box_stubborn": {"initial": False},
            "box_there": {"initial": True},
        },
        "template": [
            {
                "sensor": [
                    {
                        "name": "Box",
                        "availability": "{{ is_state('input_boolean.box_there', 'on') }}",
                        "state": "{{ 'off' if is_state('input_boolean.box_car', 'off')"
                        " else 'charging' if"
                        " is_state('input_boolean.box_permission', 'on')"
                        " else 'waiting' }}",
                    },
                    {
                        "name": "Box power",
                        "unit_of_measurement": "kW",
                        "state": "{{ 0 if not is_state('sensor.box', 'charging') else"
                        " 4.6 if is_state('input_boolean.box_stubborn', 'on') else"
                        " states('input_number.box_limit') | float * 0.23 }}",
                    },
                ]
            }
        ],
    }
    for domain, part in config.items():
        assert await async_setup_component(hass, domain, {domain: part})
    await hass.async_block_till_done()


type Switch = Callable[[str, bool], Awaitable[None]]


@pytest.fixture
def switch(hass: HomeAssistant, helpers: None) -> Switch:
    async def run(name: str, is_on: bool) -> None:
        await hass.services.async_call(
            "input_boolean",
            "turn_on" if is_on else "turn_off",
            {"entity_id": f"input_boolean.box_{name}"},
            blocking=True,
        )

    return run


def limit(hass: HomeAssistant) -> float:
    state = hass.states.get("input_number.box_limit")
    assert state is not None
    return float(state.state)


async def test_a_charger_of_templates_takes_part(
    hass: HomeAssistant, switch: Switch, open_garage: Open
) -> None:
    """Beside stations over Modbus; it vanishes, and its car ignores its limit."""
    garage = await open_garage(
        [box()], maximum_a=75, charging_a=74, fallback_after_s=30
    )
    station = garage.management.stations[BOX]
    assert station.is_managed
    assert not station.is_greenup
    await switch("car", True)
    await garage.pass_time(SETTLED_S)
    assert garage.reasons(BOX) == [R.SESSION_BEGAN, R.STARTED]
    assert hass.states.is_state("input_boolean.box_permission", "on")
    assert limit(hass) == 20
    reading = garage.management.stations[BOX].reading
    assert reading is not None
    assert reading.drawn_ma == (20_000,)  # 4.6 kW at 230 V

    # Both are reduced when the lift comes, the station over Modbus as well.
    garage.plug_in(LEFT)
    await garage.pass_time(SETTLED_S)
    garage.management.async_change(maximum_a=70, charging_a=70)
    garage.simulation.close(NAMES[LIFT])
    await garage.pass_time(SETTLED_S)
    assert limit(hass) == 10
    assert garage.limit(LEFT) == 16

    garage.told.clear()
    await switch("stubborn", True)
    await garage.pass_time(40)
    assert R.LIMIT_IGNORED in garage.reasons(BOX)
    assert [x["key"] for x in await garage.warnings(BOX)] == ["charging_ignoring"]
    await switch("stubborn", False)

    garage.told.clear()
    await switch("there", False)
    await garage.pass_time(45)
    assert R.STATION_LOST in garage.reasons(BOX)
    assert garage.management.stations[BOX].reading is None
    await switch("there", True)
    await garage.pass_time(SETTLED_S)
    assert R.STATION_BACK in garage.reasons(BOX)

    await switch("car", False)
    await garage.pass_time(SETTLED_S)
    assert R.SESSION_ENDED in garage.reasons(BOX)
    assert hass.states.is_state("input_boolean.box_permission", "off")


async def test_sensors_of_home_assistant_are_the_meter(
    hass: HomeAssistant, switch: Switch, open_garage: Open
) -> None:
    """A, mA and kW alike; one that is not reported any more is a silent meter."""
    sensors = {"a": ("A", 20.0), "b": ("mA", 20_000), "c": ("kW", 4.6)}

    def report(*, more: float = 1) -> None:
        for name, (unit, value) in sensors.items():
            hass.states.async_set(
                f"sensor.{name}", str(value * more), {"unit_of_measurement": unit}
            )

    report()
    garage = await open_garage(
        [box()],
        meter=MeterSource(entity_ids=("sensor.a", "sensor.b", "sensor.c")),
        maximum_a=50,
        charging_a=45,
        fallback_after_s=30,
    )
    await switch("car", True)
    for _ in range(4):
        report()
        await garage.pass_time(5)
    lines = garage.management.state.lines
    assert {key: line.load_ma for key, line in lines.items()} == {
        (0, 1): 20_000,
        (0, 2): 20_000,
        (0, 3): 20_000,
    }
    assert limit(hass) == 20

    report(more=3)  # 60 A: reduced as soon as it is reported
    await garage.pass_time(1)
    assert limit(hass) == 10
    garage.told.clear()
    await garage.pass_time(45)
    assert R.METER_LOST in garage.reasons()
    report()
    hass.states.async_set("sensor.b", "unavailable")
    await garage.pass_time(3)
    assert R.METER_BACK not in garage.reasons()
    report()
    await garage.pass_time(3)
    assert R.METER_BACK in garage.reasons()


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({}, ["input_number 16", "turn_on"], id="switch"),
        pytest.param(
            {"stops_at_zero": True}, ["input_number 16"], id="a limit is a permission"
        ),
        pytest.param(
            {"start_option": "off", "stop_option": "on"},
            ["input_number 16", "turn_off"],
            id="a switch that pauses",
        ),
    ],
)
async def test_what_a_charger_is_told(
    hass: HomeAssistant,
    helpers: None,
    changes: dict[str, Any],
    expected: list[str],
) -> None:
    """The limit before the permission."""
    calls: list[str] = []

    @callback
    def note(event: Event) -> None:
        data = event.data["service_data"]
        value = data.get("value")
        if value is not None:
            calls.append(f"{event.data['domain']} {value:g}")
        else:
            calls.append(event.data["service"])

    hass.bus.async_listen("call_service", note)
    charger = ChargerStation(hass, box(**changes))
    await charger.apply(Command(station_id=BOX, action=Action.START, limit_a=16))
    await hass.async_block_till_done()
    assert calls == expected
    assert charger.read(dt_util.utcnow()) is not None


@pytest.mark.parametrize(
    ("limit", "calls"),
    [
        ("input_select.box_amperes", ["select_option 16 A"]),
        ("script.box", ["box 16"]),
        ("input_number.box_milli", ["set_value 16000"]),
    ],
)
async def test_other_kinds_of_limits(
    hass: HomeAssistant, helpers: None, limit: str, calls: list[str]
) -> None:
    """A list of currents, a script with a field, a number in mA."""
    options = {"options": ["6 A", "16 A"]}
    for domain, part in {
        "input_select": {"box_amperes": options},
        "script": {"box": {"sequence": [], "fields": {"current": {}}}},
    }.items():
        assert await async_setup_component(hass, domain, {domain: part})
    hass.states.async_set("input_number.box_milli", "0", {"unit_of_measurement": "mA"})
    heard: list[str] = []

    @callback
    def note(event: Event) -> None:
        data = event.data["service_data"]
        values = (data.get(x) for x in ("option", "current", "value"))
        value = next(x for x in values if x is not None)
        shown = f"{value:g}" if isinstance(value, float | int) else value
        heard.append(f"{event.data['service']} {shown}")

    hass.bus.async_listen("call_service", note)
    entities = {**ENTITIES, ChargerRole.CURRENT_LIMIT: limit}
    charger = ChargerStation(hass, box(entities=entities, stops_at_zero=True))
    await charger.apply(Command(station_id=BOX, action=Action.SET_LIMIT, limit_a=16))
    await hass.async_block_till_done()
    assert heard == calls
    if limit.startswith("input_select"):
        with pytest.raises(HomeAssistantError) as caught:
            await charger.apply(Command(station_id=BOX, action=Action.STOP, limit_a=0))
        assert getattr(caught.value, "translation_key", "") == "charger_option_missing"


async def test_buttons_start_and_stop(hass: HomeAssistant, helpers: None) -> None:
    """In the place of a permission; what is missing is told."""
    buttons = {"box_go": {}, "box_halt": {}}
    assert await async_setup_component(hass, "input_button", {"input_button": buttons})
    entities = {
        ChargerRole.STATE: "sensor.box",
        ChargerRole.CURRENT_LIMIT: "input_number.box_limit",
        ChargerRole.START: "input_button.box_go",
        ChargerRole.STOP: "input_button.box_gone",
    }
    charger = ChargerStation(hass, box(entities=entities))
    await charger.apply(Command(station_id=BOX, action=Action.START, limit_a=16))
    pressed = hass.states.get("input_button.box_go")
    assert pressed is not None
    assert pressed.state != "unknown"
    with pytest.raises(HomeAssistantError) as caught:
        await charger.apply(Command(station_id=BOX, action=Action.STOP, limit_a=0))
    assert getattr(caught.value, "translation_key", "") == "charger_entity_unavailable"
    nothing = {x: entities[x] for x in (ChargerRole.STATE, ChargerRole.CURRENT_LIMIT)}
    with pytest.raises(HomeAssistantError) as caught:
        await ChargerStation(hass, box(entities=nothing)).apply(
            Command(station_id=BOX, action=Action.STOP, limit_a=0)
        )
    assert getattr(caught.value, "translation_key", "") == "charger_role_missing"


@pytest.mark.parametrize(
    ("shown", "changes", "is_permitted", "limit_a"),
    [
        pytest.param("on", {}, True, 16, id="on"),
        pytest.param("off", {}, False, None, id="off"),
        pytest.param("unavailable", {}, None, 16, id="silent"),
        pytest.param(
            "Run",
            {"start_option": "Run", "stop_option": "Hold"},
            True,
            16,
            id="a list that lets it charge",
        ),
        pytest.param(
            "Hold",
            {"start_option": "Run", "stop_option": "Hold"},
            False,
            None,
            id="a list that lets it wait",
        ),
        pytest.param(
            "Boost",
            {"start_option": "Run", "stop_option": "Hold"},
            None,
            16,
            id="something else",
        ),
    ],
)
async def test_whether_it_would_let_a_vehicle_charge(
    hass: HomeAssistant,
    helpers: None,
    shown: str,
    changes: dict[str, Any],
    is_permitted: bool | None,
    limit_a: int | None,
) -> None:
    """By its permission; while that is withdrawn its limit means nothing."""
    hass.states.async_set("input_number.box_limit", "16")
    hass.states.async_set("input_boolean.box_permission", shown)
    reading = ChargerStation(hass, box(**changes)).read(dt_util.utcnow())
    assert reading is not None
    assert reading.is_permitted is is_permitted
    assert reading.limit_a == limit_a
