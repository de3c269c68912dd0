"""Tariff, rule, price and costs as states of the site (S112, S273)."""

from datetime import UTC, datetime
from typing import Any

from freezegun.api import TickingDateTimeFactory
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.legrand_ews.calendar import DESCRIPTIONS as CALENDARS
from custom_components.legrand_ews.const import DOMAIN
from custom_components.legrand_ews.tariffs.sensors import DESCRIPTIONS

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
    """A bakery in Paris whose lighting is metered; peak and night have prices."""
    await hass.config.async_set_time_zone("Europe/Paris")
    entry = site.entry([site.gateway(1, server.port), site.device(1, 1, 11, load_id=4)])
    await load(entry)
    await call(
        hass,
        "set_cost_rules",
        tariffs=[PEAK, NIGHT],
        rules=[BY_DAY, OTHERWISE],
        recompute="all",
    )
    await pass_time(3)
    return entry


async def call(hass: HomeAssistant, name: str, **data: Any) -> Any:
    return await hass.services.async_call(
        DOMAIN, name, data, blocking=True, return_response=True
    )


def entity_id(hass: HomeAssistant, entry: MockConfigEntry, name: str) -> str:
    found = er.async_get(hass).async_get_entity_id(
        "sensor", DOMAIN, f"{entry.entry_id}_{name}"
    )
    assert found is not None
    return found


def shown(hass: HomeAssistant, entry: MockConfigEntry, name: str) -> State:
    state = hass.states.get(entity_id(hass, entry, name))
    assert state is not None
    return state


async def enable(
    hass: HomeAssistant, entry: MockConfigEntry, pass_time: PassTime, *names: str
) -> None:
    for name in names:
        er.async_get(hass).async_update_entity(
            entity_id(hass, entry, name), disabled_by=None
        )
    await hass.config_entries.async_reload(entry.entry_id)
    await pass_time(1)


async def test_what_applies_now(
    hass: HomeAssistant, running: MockConfigEntry, pass_time: PassTime
) -> None:
    """It is Monday, 11:03: the first rule is true until 22:00."""
    tariff = shown(hass, running, "site_tariff_electricity")
    assert tariff.state == "Peak"
    assert tariff.attributes["tariff_id"] == 1
    assert tariff.attributes["next_tariff"] == "Night"
    price = shown(hass, running, "site_price_electricity")
    assert (price.state, price.attributes["unit_of_measurement"]) == ("0.25", "EUR/kWh")
    assert price.attributes["state_class"] == "measurement"

    # The rest is there for those who want it.
    registry = er.async_get(hass)
    for name in ("cost_rule_electricity", "tariff_change_electricity"):
        known = registry.async_get(entity_id(hass, running, f"site_{name}"))
        assert known is not None
        assert known.disabled_by is er.RegistryEntryDisabler.INTEGRATION
    await enable(
        hass,
        running,
        pass_time,
        "site_cost_rule_electricity",
        "site_tariff_change_electricity",
    )
    rule = shown(hass, running, "site_cost_rule_electricity")
    assert rule.state == "1"
    assert (rule.attributes["from"], rule.attributes["to"]) == ("07:00", "21:59")
    change = shown(hass, running, "site_tariff_change_electricity")
    assert change.state == "2026-11-23T21:00:00+00:00"


async def test_other_fluids_have_nothing_to_show(
    hass: HomeAssistant, running: MockConfigEntry
) -> None:
    registry = er.async_get(hass)
    names = {
        entity.unique_id.removeprefix(f"{running.entry_id}_site_")
        for entity in er.async_entries_for_config_entry(registry, running.entry_id)
    }
    assert "price_electricity" in names
    assert not names & {"price_gas", "price_water", "price_electricity_export"}


async def test_the_change_is_shown_at_its_instant(
    hass: HomeAssistant,
    running: MockConfigEntry,
    clock: TickingDateTimeFactory,
    pass_time: PassTime,
) -> None:
    clock.move_to(datetime(2026, 11, 23, 20, 59, 57, tzinfo=UTC))
    await pass_time(1)
    assert shown(hass, running, "site_tariff_electricity").state == "Peak"
    await pass_time(3)
    changed = shown(hass, running, "site_tariff_electricity")
    assert changed.state == "Night"
    late = changed.last_changed - datetime(2026, 11, 23, 21, tzinfo=UTC)
    assert 0 <= late.total_seconds() < 2
    assert shown(hass, running, "site_price_electricity").state == "0.15"
    # And so it goes on.
    clock.move_to(datetime(2026, 11, 24, 5, 59, 57, tzinfo=UTC))
    await pass_time(5)
    assert shown(hass, running, "site_tariff_electricity").state == "Peak"


async def test_costs_grow_with_every_interval(
    hass: HomeAssistant,
    running: MockConfigEntry,
    server: ModbusServer,
    pass_time: PassTime,
) -> None:
    """100 Wh at 25 cents are 2.5 cents: for the site, and for its lighting."""
    await enable(
        hass,
        running,
        pass_time,
        "load_4_cost_month_electricity",
        "site_cost_year_electricity",
    )
    server.units[11] = emdx3(imported_wh=1100)
    await pass_time(8 * 60)
    for name, since in (
        ("site_cost_today_electricity", "2026-11-22T23:00:00+00:00"),
        ("site_cost_month_electricity", "2026-10-31T23:00:00+00:00"),
        ("site_cost_year_electricity", "2025-12-31T23:00:00+00:00"),
        ("load_4_cost_month_electricity", "2026-10-31T23:00:00+00:00"),
    ):
        cost = shown(hass, running, name)
        assert float(cost.state) == 0.025, name
        assert cost.attributes["unit_of_measurement"] == "EUR"
        assert cost.attributes["device_class"] == "monetary"
        assert cost.attributes["state_class"] == "total"
        assert datetime.fromisoformat(cost.attributes["last_reset"]) == (
            datetime.fromisoformat(since)
        )


async def test_a_new_price_for_the_past_shows_at_once(
    hass: HomeAssistant,
    running: MockConfigEntry,
    server: ModbusServer,
    pass_time: PassTime,
) -> None:
    server.units[11] = emdx3(imported_wh=1100)
    await pass_time(8 * 60)
    dearer = {**PEAK, "prices": [{"price": "0.50"}]}
    answer = await call(
        hass, "set_cost_rules", tariffs=[dearer, NIGHT], recompute="all"
    )
    assert answer["applied"] is True
    await pass_time(3)
    assert shown(hass, running, "site_price_electricity").state == "0.5"
    cost = shown(hass, running, "site_cost_today_electricity")
    assert float(cost.state) == 0.05


async def test_no_rule_is_true(
    hass: HomeAssistant, running: MockConfigEntry, pass_time: PassTime
) -> None:
    """Q12: no tariff, a price of 0."""
    await call(hass, "set_cost_rules", rules=[{**BY_DAY, "from": "12:00"}])
    await pass_time(3)
    assert shown(hass, running, "site_tariff_electricity").state == "unknown"
    assert shown(hass, running, "site_price_electricity").state == "0"


async def test_without_a_plan_nothing_is_left_over(
    hass: HomeAssistant, running: MockConfigEntry, pass_time: PassTime
) -> None:
    await call(hass, "set_cost_rules", tariffs=[], rules=[])
    await pass_time(3)
    registry = er.async_get(hass)
    left = {
        entity.translation_key
        for entity in er.async_entries_for_config_entry(registry, running.entry_id)
    }
    assert not {row.translation_key for row in DESCRIPTIONS} & left
    assert not {row.translation_key for row in CALENDARS.values()} & left
