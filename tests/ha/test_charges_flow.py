"""Fees, levies, tiers, capacity, taxes and price sources through the settings."""

from collections.abc import Mapping
from typing import Any

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
import pytest

from custom_components.legrand_ews.ews.tariffs import Extras, encode_plan

from .flow_sites import new_site
from .flow_walk import Walk
from .modbus_server import ModbusServer
from .test_tariff_flow import apply, book_of, open_fluid, two_tariffs

pytestmark = pytest.mark.usefixtures("socket_enabled")

FORM = {
    "fees": [
        {
            "name": "Subscription",
            "per": "month",
            "prices": [{"price": "12,40"}, {"price": "13", "from": "2027-01-01"}],
        }
    ],
    "levies": [{"name": "Excise", "prices": [{"price": "0.0205"}]}],
    "tiers": [{"name": "Much", "above": "500", "prices": [{"price": "-0,01"}]}],
    "capacity": [
        {
            "name": "Peak demand",
            "interval": "sample",
            "minimum": "2.5",
            "prices": [{"price": "3.1"}],
        }
    ],
    "taxes": [
        {
            "name": "Local tax",
            "on": "fees",
            "not_on_taxes": True,
            "percents": [{"percent": "21,93"}],
        },
        {"name": "VAT", "percents": [{"percent": "20"}]},
    ],
    "billing_day": 15,
}
STORED = {
    "fees": [
        {
            "name": "Subscription",
            "per": "month",
            "prices": [
                {"from": None, "price": "12.40"},
                {"from": "2027-01-01", "price": "13"},
            ],
        }
    ],
    "levies": [{"name": "Excise", "prices": [{"from": None, "price": "0.0205"}]}],
    "tiers": [
        {
            "name": "Much",
            "above": "500",
            "prices": [{"from": None, "price": "-0.01"}],
        }
    ],
    "capacity": {
        "name": "Peak demand",
        "interval": "sample",
        "minimum": "2.5",
        "prices": [{"from": None, "price": "3.1"}],
    },
    "taxes": [
        {
            "name": "Local tax",
            "on": "fees",
            "on_taxes": False,
            "percents": [{"from": None, "percent": "21.93"}],
        },
        {
            "name": "VAT",
            "on": "all",
            "on_taxes": True,
            "percents": [{"from": None, "percent": "20"}],
        },
    ],
    "billing_day": 15,
}
EMPTY = {**{key: [] for key in FORM}, "billing_day": 1}


async def open_step(hass: HomeAssistant, entry: ConfigEntry, step: str) -> Walk:
    walk = await open_fluid(hass, entry)
    return await walk.choose(step)


async def test_everything_beside_the_energy_is_stored_and_shown_again(
    hass: HomeAssistant, bus: ModbusServer
) -> None:
    entry = await new_site(hass, bus)
    await two_tariffs(hass, entry)
    walk = await open_step(hass, entry, "charges")
    assert walk.suggested == EMPTY
    await walk.fill(**FORM)
    await apply(walk)
    plan = encode_plan(book_of(hass, entry).current)
    assert {key: plan[key] for key in STORED} == STORED
    assert [x["name"] for x in plan["tariffs"]] == ["Peak", "Night"]  # type: ignore[attr-defined]

    # As it is shown it can be sent back, and nothing has changed.
    walk = await open_step(hass, entry, "charges")
    shown = walk.suggested
    await walk.fill(**shown)
    await apply(walk)
    assert encode_plan(book_of(hass, entry).current) == plan

    walk = await open_step(hass, entry, "charges")
    await walk.fill(**EMPTY)
    await apply(walk, counts_for="all")
    assert book_of(hass, entry).current.extras == Extras()


@pytest.mark.parametrize(
    ("changes", "errors", "row"),
    [
        (
            {"fees": [{"name": "A", "per": "day", "prices": [{"price": "much"}]}]},
            {"fees": "price_invalid"},
            "1",
        ),
        (
            {
                "levies": [
                    *FORM["levies"],
                    {"name": "B", "prices": [{"price": "1"}, {"price": "2"}]},
                ]
            },
            {"levies": "price_date_missing"},
            "2",
        ),
        (
            {"tiers": [{"name": "A", "above": "-1", "prices": [{"price": "1"}]}]},
            {"tiers": "amount_negative"},
            "1",
        ),
        (
            {"taxes": [{"name": "A", "percents": [{"percent": "2000"}]}]},
            {"taxes": "percent_invalid"},
            "1",
        ),
        (
            {"capacity": [*FORM["capacity"], *FORM["capacity"]]},
            {"capacity": "capacity_once"},
            None,
        ),
        (
            {"capacity": [{"name": "A", "minimum": "-1", "prices": [{"price": "1"}]}]},
            {"capacity": "amount_negative"},
            "1",
        ),
        ({"billing_day": 31}, {"billing_day": "billing_day_out_of_range"}, None),
        ({"billing_day": 1.5}, {"billing_day": "number_invalid"}, None),
    ],
)
async def test_wrong_input_is_refused_at_its_list(
    hass: HomeAssistant,
    bus: ModbusServer,
    changes: Mapping[str, Any],
    errors: Mapping[str, str],
    row: str | None,
) -> None:
    entry = await new_site(hass, bus)
    await two_tariffs(hass, entry)
    before = book_of(hass, entry)
    walk = await open_step(hass, entry, "charges")
    await walk.fill(**{**FORM, **changes})
    assert walk.errors == errors
    assert walk.result["description_placeholders"].get("row") == row
    assert book_of(hass, entry) == before
    # The form holds what was typed, and goes on when it is put right.
    await walk.fill(**FORM)
    assert walk.step == "tariff_change"


async def test_a_tariff_takes_its_price_from_an_entity_or_a_statistic(
    hass: HomeAssistant, bus: ModbusServer
) -> None:
    hass.states.async_set("sensor.spot", "25", {"unit_of_measurement": "ct/kWh"})
    entry = await new_site(hass, bus)
    await two_tariffs(hass, entry)
    walk = await open_step(hass, entry, "price_sources")
    rows = [
        {"tariff": "Peak", "entity": "sensor.spot"},
        {"tariff": "Night", "statistic": "market:spot"},
    ]
    await walk.fill(sources=rows)
    await apply(walk)
    tariffs = book_of(hass, entry).current.tariffs
    assert [x.price_source for x in tariffs] == ["sensor.spot", "market:spot"]
    assert [len(x.prices) for x in tariffs] == [1, 1]

    walk = await open_step(hass, entry, "price_sources")
    assert walk.suggested == {"sources": rows}
    await walk.fill(sources=rows[1:])
    await apply(walk)
    tariffs = book_of(hass, entry).current.tariffs
    assert [x.price_source for x in tariffs] == [None, "market:spot"]

    # The list of tariffs does not show the source, and leaves it alone.
    walk = await open_step(hass, entry, "tariff_list")
    await walk.fill(**walk.suggested)
    await apply(walk)
    tariffs = book_of(hass, entry).current.tariffs
    assert [x.price_source for x in tariffs] == [None, "market:spot"]


@pytest.mark.parametrize(
    ("rows", "error", "row"),
    [
        ([{"tariff": "Peak"}], "price_source_one", "1"),
        (
            [{"tariff": "Peak", "entity": "sensor.spot", "statistic": "market:spot"}],
            "price_source_one",
            "1",
        ),
        (
            [
                {"tariff": "Peak", "entity": "sensor.spot"},
                {"tariff": "Peak", "entity": "sensor.spot"},
            ],
            "price_source_twice",
            "2",
        ),
        (
            [
                {"tariff": "Night", "entity": "sensor.spot"},
                {"tariff": "Peak", "entity": "sensor.power"},
            ],
            "price_unit_wrong",
            "2",
        ),
    ],
)
async def test_sources_that_make_no_sense(
    hass: HomeAssistant,
    bus: ModbusServer,
    rows: list[dict[str, str]],
    error: str,
    row: str,
) -> None:
    hass.states.async_set("sensor.spot", "25", {"unit_of_measurement": "ct/kWh"})
    hass.states.async_set("sensor.power", "25", {"unit_of_measurement": "W"})
    entry = await new_site(hass, bus)
    await two_tariffs(hass, entry)
    walk = await open_step(hass, entry, "price_sources")
    await walk.fill(sources=rows)
    assert walk.errors == {"sources": error}
    assert walk.result["description_placeholders"]["row"] == row
