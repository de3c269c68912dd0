"""Triggers, conditions and blueprints follow zones, stations and their vehicles."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from homeassistant.components.automation import DOMAIN as AUTOMATION
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.helpers import device_registry as dr
from homeassistant.setup import async_setup_component
from homeassistant.util.yaml import load_yaml_dict
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_mock_service,
)

from custom_components.legrand_ews.const import DOMAIN

from .garage import LEFT, LIFT, NAMES, Garage, Open
from .sight import Sight

SOURCES: Final = Path(__file__).parents[3] / "blueprints" / "automation"
TURNS: Final = 300
NOTICES: Final = ("charging_notice.yaml", "charging_red.yaml")
RED: Final = {
    "trigger": f"{DOMAIN}.charging_zone_became",
    "options": {"zone": ["red"]},
}


def heard(name: str) -> list[dict[str, Any]]:
    return [{"action": "test.heard", "data": {"name": name}}]


async def test_automations_follow_what_happens(
    hass: HomeAssistant, open_garage: Open
) -> None:
    garage = await open_garage(maximum_a=70, charging_a=60)
    see = Sight(hass, garage)
    await garage.pass_time(5)
    calls = async_mock_service(hass, "test", "heard")
    event = {"entity_id": see.id("event", "charging", LEFT)}
    zone = {"entity_id": see.id("sensor", "charging_zone")}
    stage = {"entity_id": see.id("sensor", "charging_stage", LEFT)}
    happened = f"{DOMAIN}.charging_happened"
    phone = phone_of(hass)
    notified = async_mock_service(hass, "notify", "mobile_app_my_phone")
    rows: list[dict[str, Any]] = [
        {
            "alias": what,
            "triggers": [
                {"trigger": happened, "target": event, "options": {"what": [what]}}
            ],
            "actions": heard(what),
        }
        for what in ("started", "reduced", "ended")
    ]
    rows.append(
        {
            "alias": "red while charging",
            "triggers": [{**RED, "target": zone}],
            "conditions": [
                {
                    "condition": f"{DOMAIN}.station_is",
                    "target": stage,
                    "options": {"stage": ["charging"]},
                },
                {
                    "condition": f"{DOMAIN}.charging_zone_is",
                    "target": zone,
                    "options": {"zone": ["red"]},
                },
            ],
            "actions": heard("red"),
        }
    )
    rows.append(
        {
            "alias": "fault",
            "triggers": [
                {
                    "trigger": f"{DOMAIN}.station_failed",
                    "target": {
                        "entity_id": see.id("binary_sensor", "station_problem", LEFT)
                    },
                }
            ],
            "actions": heard("fault"),
        }
    )
    rows.append(
        {
            "use_blueprint": {
                "path": f"{DOMAIN}/charging_red.yaml",
                "input": {
                    "zone": zone["entity_id"],
                    "patience": {"seconds": 1},
                    "actions": heard("still red"),
                },
            }
        }
    )
    rows.append(
        {
            "use_blueprint": {
                "path": f"{DOMAIN}/charging_notice.yaml",
                "input": {
                    "stations": [stage["entity_id"]],
                    "phone": phone,
                    "patience": {"seconds": 2},
                },
            }
        }
    )
    assert await async_setup_component(hass, AUTOMATION, {AUTOMATION: rows})
    await hass.async_block_till_done()

    garage.plug_in(LEFT)
    await see.until("32", "sensor", "charging_limit", LEFT)
    await see.until("charging", "sensor", "charging_stage", LEFT)
    assert names(calls) == ["started"]
    garage.simulation.close(NAMES[LIFT])
    await see.until("red", "sensor", "charging_zone")
    await garage.pass_time(5)
    assert names(calls)[:1] == ["started"]
    assert {"red", "reduced"} <= set(names(calls))
    garage.simulation.set_station_error(NAMES[LEFT], "dc_leakage")
    await see.until("on", "binary_sensor", "station_problem", LEFT)
    await garage.pass_time(5)
    assert names(calls).count("fault") == 1
    (fault,) = notified
    assert fault.data["title"] == "Left"
    assert fault.data["message"] == "There is a fault."
    assert see.attributes("binary_sensor", "station_problem", LEFT)["text"] == (
        "Direct-current leakage"
    )
    garage.simulation.set_station_error(NAMES[LEFT], None)
    garage.unplug(LEFT)
    await see.until("available", "sensor", "charging_stage", LEFT)
    await garage.pass_time(2)
    assert names(calls)[-1] == "ended"


@pytest.mark.parametrize(
    ("button", "done"),
    [
        ("WAIT", lambda see: see.state("sensor", "charging_stage", LEFT) == "held"),
        (
            "PREFER",
            lambda see: see.state("select", "session_priority", LEFT) == "priority",
        ),
    ],
)
async def test_a_button_on_the_phone(
    hass: HomeAssistant, open_garage: Open, button: str, done: Callable[[Sight], bool]
) -> None:
    """A vehicle has to wait: the message has buttons, and they act."""
    garage = await open_garage(charging_a=10)
    see = Sight(hass, garage)
    await garage.pass_time(5)
    notified = async_mock_service(hass, "notify", "mobile_app_my_phone")
    stage = see.id("sensor", "charging_stage", LEFT)
    notice = {
        "path": f"{DOMAIN}/charging_notice.yaml",
        "input": {
            "stations": [stage],
            "phone": phone_of(hass),
            "patience": {"seconds": 2},
        },
    }
    assert await async_setup_component(
        hass, AUTOMATION, {AUTOMATION: [{"use_blueprint": notice}]}
    )
    garage.plug_in(LEFT)
    await pass_beside_a_script(garage, 20)
    assert see.state("sensor", "charging_stage", LEFT) == "waiting"
    (notice_,) = notified
    assert notice_.data["message"] == "The vehicle has to wait for current."
    buttons = {x["action"].split("_")[0]: x for x in notice_.data["data"]["actions"]}
    assert buttons.keys() == {"START", "WAIT", "PREFER"}
    hass.bus.async_fire(
        "mobile_app_notification_action", {"action": buttons[button]["action"]}
    )
    await pass_beside_a_script(garage, 10)
    await garage.settle()
    assert done(see)


@pytest.mark.parametrize("name", NOTICES)
def test_all_languages_do_the_same(name: str) -> None:
    english, french = (load_yaml_dict(str(SOURCES / x / name)) for x in ("en", "fr"))
    assert english["blueprint"]["name"] != french["blueprint"]["name"]
    assert repr(bare(english)) == repr(bare(french))


def bare(value: Any) -> Any:
    """What a blueprint says without its sentences."""
    if isinstance(value, dict):
        return {
            key: bare(one)
            for key, one in value.items()
            if key not in {"name", "description", "title", "label", "texts"}
        }
    return [bare(one) for one in value] if isinstance(value, list) else value


async def pass_beside_a_script(garage: Garage, seconds: int) -> None:
    """Let time pass; whoever waited until all is done would wait for the button."""
    for _ in range(seconds):
        garage._clock.tick(timedelta(seconds=1))
        for _ in range(TURNS):
            await asyncio.sleep(0)


def names(calls: list[ServiceCall]) -> list[str]:
    return [call.data["name"] for call in calls]


def phone_of(hass: HomeAssistant) -> str:
    """Register a phone, as the app does."""
    entry = MockConfigEntry(domain="mobile_app")
    entry.add_to_hass(hass)
    return (
        dr.async_get(hass)
        .async_get_or_create(
            config_entry_id=entry.entry_id,
            identifiers={("mobile_app", "1")},
            name="My phone",
        )
        .id
    )
