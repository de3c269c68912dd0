"""The blueprint that links any event to any action is offered, loads and works (S183)."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from freezegun.api import TickingDateTimeFactory
from homeassistant.components.automation import DOMAIN as AUTOMATION
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from homeassistant.util.yaml import load_yaml_dict
import pytest
from pytest_homeassistant_custom_component.common import async_mock_service
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.legrand_ews.blueprints import async_offer_blueprints
from custom_components.legrand_ews.const import DOMAIN

pytestmark = pytest.mark.usefixtures("clock")

SOURCES: Final = Path(__file__).parents[2] / "blueprints"
CONTACT = "binary_sensor.door_contact"
GUARD = "input_boolean.at_home"


def place(hass: HomeAssistant) -> Path:
    return Path(hass.config.path("blueprints", "automation", DOMAIN, "link.yaml"))


@pytest.fixture(autouse=True)
async def offered(hass: HomeAssistant) -> None:
    assert await async_setup_component(hass, DOMAIN, {})


async def linked(hass: HomeAssistant, **inputs: Any) -> None:
    """Make an automation of the blueprint, as a user does."""
    event = {"trigger": "state", "entity_id": CONTACT, "to": "on"}
    action = {"action": "switch.turn_on", "target": {"entity_id": "switch.light"}}
    configuration = {
        "use_blueprint": {
            "path": f"{DOMAIN}/link.yaml",
            "input": {"event": [event], "action": [action], **inputs},
        }
    }
    assert await async_setup_component(hass, AUTOMATION, {AUTOMATION: [configuration]})
    await hass.async_block_till_done()


async def happen(hass: HomeAssistant) -> None:
    for state in ("off", "on"):
        hass.states.async_set(CONTACT, state)
        await hass.async_block_till_done()


async def test_an_event_leads_to_the_action(hass: HomeAssistant) -> None:
    calls = async_mock_service(hass, "switch", "turn_on")
    await linked(hass)
    await happen(hass)
    assert [call.data["entity_id"] for call in calls] == [["switch.light"]]
    await happen(hass)
    assert len(calls) == 2


async def test_an_action_waits_for_its_delay_and_no_event_is_passed_over(
    hass: HomeAssistant, clock: TickingDateTimeFactory
) -> None:
    calls = async_mock_service(hass, "switch", "turn_on")
    await linked(hass, delay={"minutes": 30})

    async def turns() -> None:
        # Whoever waited until all is done would wait for the delay.
        for _ in range(50):
            await asyncio.sleep(0)

    for state in ("off", "on", "off", "on"):
        hass.states.async_set(CONTACT, state)
        await turns()
    for expected in (1, 2):
        clock.move_to(datetime.now(UTC) + timedelta(minutes=29))
        await turns()
        assert len(calls) == expected - 1
        clock.move_to(datetime.now(UTC) + timedelta(minutes=2))
        await turns()
        assert len(calls) == expected


async def test_conditions_hold_an_action_back(hass: HomeAssistant) -> None:
    calls = async_mock_service(hass, "switch", "turn_on")
    condition = {"condition": "state", "entity_id": GUARD, "state": "on"}
    await linked(hass, conditions=[condition])
    hass.states.async_set(GUARD, "off")
    await happen(hass)
    assert calls == []
    hass.states.async_set(GUARD, "on")
    await happen(hass)
    assert len(calls) == 1


async def test_home_assistant_lists_it(
    hass: HomeAssistant, hass_ws_client: WebSocketGenerator
) -> None:
    assert await async_setup_component(hass, AUTOMATION, {})
    client = await hass_ws_client(hass)
    await client.send_json_auto_id({"type": "blueprint/list", "domain": AUTOMATION})
    listed = (await client.receive_json())["result"]
    metadata = listed[f"{DOMAIN}/link.yaml"]["metadata"]
    assert metadata["name"] == "Link an event to an action"
    assert metadata["input"].keys() == {"event", "conditions", "delay", "action"}


async def test_it_speaks_the_language_of_home_assistant(hass: HomeAssistant) -> None:
    place(hass).unlink()
    hass.config.language = "fr-CA"
    await async_offer_blueprints(hass)
    french = load_yaml_dict(str(place(hass)))
    assert french["blueprint"]["name"] == "Lier un événement à une action"


async def test_what_a_user_has_changed_stays(hass: HomeAssistant) -> None:
    place(hass).write_text("# mine")
    await async_offer_blueprints(hass)
    assert place(hass).read_text() == "# mine"


def rules(content: dict[str, Any]) -> dict[str, Any]:
    """A blueprint without its texts."""
    inputs = content["blueprint"]["input"]
    kept = {
        key: {k: v for k, v in one.items() if k not in ("name", "description")}
        for key, one in inputs.items()
    }
    rest = {key: repr(value) for key, value in content.items() if key != "blueprint"}
    return {"inputs": kept, **rest}


def test_all_languages_do_the_same() -> None:
    english, french = (
        load_yaml_dict(str(SOURCES / "automation" / language / "link.yaml"))
        for language in ("en", "fr")
    )
    assert rules(english) == rules(french)
