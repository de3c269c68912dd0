"""Calendar, triggers, conditions, blueprint and repairs: tariffs in automations."""

from datetime import UTC, datetime
from typing import Any

from freezegun.api import TickingDateTimeFactory
from homeassistant.components.automation import DOMAIN as AUTOMATION
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er, issue_registry as ir
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_mock_service,
)

from custom_components.legrand_ews.const import DOMAIN
from custom_components.legrand_ews.tariffs.issues import (
    TARIFF_GAPS,
    TARIFF_PRICE_LATE,
    TARIFF_RULES_HIDDEN,
)

from . import site
from .conftest import Load, PassTime, StartServer
from .modbus_server import ModbusServer
from .registers import emdx3

PEAK = {"name": "Peak", "color": "#d62728", "prices": [{"price": "0.25"}]}
NIGHT = {"name": "Night", "prices": [{"price": "0.15"}]}
WORKDAYS = ["mon", "tue", "wed", "thu", "fri"]
BY_DAY = {"tariff": "Peak", "from": "07:00", "to": "21:59", "weekdays": WORKDAYS}
OTHERWISE = {"tariff": "Night"}


@pytest.fixture
async def server(
    clock: TickingDateTimeFactory, start_server: StartServer
) -> ModbusServer:
    return await start_server({11: emdx3(imported_wh=1000)})


@pytest.fixture
async def running(
    hass: HomeAssistant, server: ModbusServer, load: Load, pass_time: PassTime
) -> MockConfigEntry:
    """Peak by day, Monday to Friday; it is Monday, 11:03 in Paris."""
    await hass.config.async_set_time_zone("Europe/Paris")
    entry = site.entry([site.gateway(1, server.port), site.device(1, 1, 11)])
    await load(entry)
    await rules(hass, pass_time, [BY_DAY, OTHERWISE], tariffs=[PEAK, NIGHT])
    return entry


async def rules(
    hass: HomeAssistant, pass_time: PassTime, rows: list[Any], **more: Any
) -> None:
    answer = await hass.services.async_call(
        DOMAIN,
        "set_cost_rules",
        {"rules": rows, "recompute": "all", **more},
        blocking=True,
        return_response=True,
    )
    assert answer is not None
    assert answer["applied"] is True
    await pass_time(3)


def entity(
    hass: HomeAssistant, entry: MockConfigEntry, platform: str, name: str
) -> str:
    found = er.async_get(hass).async_get_entity_id(
        platform, DOMAIN, f"{entry.entry_id}_site_{name}"
    )
    assert found is not None
    return found


@pytest.fixture
def tariff(hass: HomeAssistant, running: MockConfigEntry) -> str:
    return entity(hass, running, "sensor", "tariff_electricity")


@pytest.fixture
def at(clock: TickingDateTimeFactory, pass_time: PassTime) -> Any:
    """Move the clock to just before an instant, and over it."""

    async def move(instant: datetime) -> None:
        clock.move_to(instant)
        await pass_time(4)

    return move


TEN_PM = datetime(2026, 11, 23, 20, 59, 58, tzinfo=UTC)
SEVEN_AM = datetime(2026, 11, 24, 5, 59, 58, tzinfo=UTC)


async def test_the_plan_as_a_calendar(
    hass: HomeAssistant, running: MockConfigEntry, at: Any
) -> None:
    calendar = entity(hass, running, "calendar", "tariffs_electricity")
    state = hass.states.get(calendar)
    assert state is not None
    assert (state.state, state.attributes["message"]) == ("on", "Peak")
    answer = await hass.services.async_call(
        "calendar",
        "get_events",
        {
            "entity_id": calendar,
            "start_date_time": "2026-11-27T20:00:00+01:00",
            "end_date_time": "2026-11-30T08:00:00+01:00",
        },
        blocking=True,
        return_response=True,
    )
    assert answer is not None
    assert answer[calendar]["events"] == [  # type: ignore[index,call-overload]
        {
            "start": "2026-11-27T20:00:00+01:00",
            "end": "2026-11-27T22:00:00+01:00",
            "summary": "Peak",
            "description": "0.25 EUR/kWh",
        },
        {
            "start": "2026-11-27T22:00:00+01:00",
            "end": "2026-11-30T07:00:00+01:00",
            "summary": "Night",
            "description": "0.15 EUR/kWh",
        },
        {
            "start": "2026-11-30T07:00:00+01:00",
            "end": "2026-11-30T08:00:00+01:00",
            "summary": "Peak",
            "description": "0.25 EUR/kWh",
        },
    ]
    await at(TEN_PM)
    state = hass.states.get(calendar)
    assert state is not None
    assert state.attributes["message"] == "Night"


@pytest.mark.parametrize(
    ("options", "calls"), [({"tariff": "night"}, 1), ({}, 1), ({"tariff": "Peak"}, 0)]
)
async def test_a_tariff_becomes(
    hass: HomeAssistant, tariff: str, at: Any, options: dict[str, str], calls: int
) -> None:
    """At 22:00 the night begins; names are compared as everywhere (Q6)."""
    started = async_mock_service(hass, "test", "start")
    automation = {
        "triggers": {
            "trigger": f"{DOMAIN}.tariff_became",
            "target": {"entity_id": tariff},
            "options": options,
        },
        "actions": {"action": "test.start"},
    }
    assert await async_setup_component(hass, AUTOMATION, {AUTOMATION: automation})
    await at(TEN_PM)
    assert len(started) == calls


async def test_a_tariff_begins_where_there_was_none(
    hass: HomeAssistant, tariff: str, pass_time: PassTime, at: Any
) -> None:
    await rules(hass, pass_time, [{"tariff": "Night", "from": "22:00", "to": "06:59"}])
    state = hass.states.get(tariff)
    assert state is not None
    assert state.state == "unknown"
    started = async_mock_service(hass, "test", "start")
    automation = {
        "triggers": {
            "trigger": f"{DOMAIN}.tariff_became",
            "target": {"entity_id": tariff},
        },
        "actions": {"action": "test.start"},
    }
    assert await async_setup_component(hass, AUTOMATION, {AUTOMATION: automation})
    await at(TEN_PM)
    assert len(started) == 1


@pytest.mark.parametrize(("name", "calls"), [("Peak", 1), ("Night", 0)])
async def test_a_tariff_is(
    hass: HomeAssistant, tariff: str, name: str, calls: int
) -> None:
    started = async_mock_service(hass, "test", "start")
    automation = {
        "triggers": {"trigger": "event", "event_type": "asked"},
        "conditions": {
            "condition": f"{DOMAIN}.tariff_is",
            "target": {"entity_id": tariff},
            "options": {"tariff": name},
        },
        "actions": {"action": "test.start"},
    }
    assert await async_setup_component(hass, AUTOMATION, {AUTOMATION: automation})
    hass.bus.async_fire("asked")
    await hass.async_block_till_done()
    assert len(started) == calls


async def test_an_appliance_runs_in_the_cheapest_tariff(
    hass: HomeAssistant, tariff: str, at: Any
) -> None:
    """The blueprint, as it is offered: on at 22:00, off at 7:00."""
    turned_on = async_mock_service(hass, "switch", "turn_on")
    turned_off = async_mock_service(hass, "switch", "turn_off")
    target = {"target": {"entity_id": "switch.boiler"}}
    configuration = {
        "use_blueprint": {
            "path": f"{DOMAIN}/cheapest_tariff.yaml",
            "input": {
                "tariff": tariff,
                "start": [{"action": "switch.turn_on", **target}],
                "stop": [{"action": "switch.turn_off", **target}],
            },
        }
    }
    assert await async_setup_component(hass, AUTOMATION, {AUTOMATION: [configuration]})
    await hass.async_block_till_done()
    await at(TEN_PM)
    assert (len(turned_on), len(turned_off)) == (1, 0)
    await at(SEVEN_AM)
    assert (len(turned_on), len(turned_off)) == (1, 1)


async def test_repairs_say_what_is_odd(
    hass: HomeAssistant, running: MockConfigEntry, pass_time: PassTime
) -> None:
    """S272: gaps and rules that never apply, until they are put right."""
    issues = ir.async_get(hass).issues
    name = f"{running.entry_id}_electricity"

    def raised() -> set[str]:
        return {key for domain, key in issues if domain == DOMAIN}

    assert raised() == set()
    await rules(hass, pass_time, [BY_DAY])
    assert raised() == {f"{TARIFF_GAPS}_{name}"}
    issue = ir.async_get(hass).async_get_issue(DOMAIN, f"{TARIFF_GAPS}_{name}")
    assert issue is not None
    assert issue.translation_placeholders is not None
    hints = issue.translation_placeholders["hints"]
    assert "- Saturday, Sunday, 00:00 to 23:59: no rule is true" in hints
    await rules(hass, pass_time, [OTHERWISE, BY_DAY])
    assert raised() == {f"{TARIFF_RULES_HIDDEN}_{name}"}
    await rules(hass, pass_time, [BY_DAY, OTHERWISE])
    assert raised() == set()


async def test_consumption_before_the_first_price_is_told(
    hass: HomeAssistant,
    running: MockConfigEntry,
    server: ModbusServer,
    pass_time: PassTime,
) -> None:
    """Q9: it is counted with the first price, and the user is told."""
    server.units[11] = emdx3(imported_wh=1100)
    await pass_time(8 * 60)
    late = {**PEAK, "prices": [{"from": "2026-12-01", "price": "0.25"}]}
    await rules(hass, pass_time, [BY_DAY, OTHERWISE], tariffs=[late, NIGHT])
    issue_id = f"{TARIFF_PRICE_LATE}_{running.entry_id}_electricity"
    issue = ir.async_get(hass).async_get_issue(DOMAIN, issue_id)
    assert issue is not None
    assert issue.translation_placeholders is not None
    assert issue.translation_placeholders["tariffs"] == "Peak"
