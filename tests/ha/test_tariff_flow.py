"""Currency, tariffs and cost rules through the settings of the site (S101 to S111)."""

from collections.abc import AsyncIterator, Mapping
from datetime import date
from typing import Any

from freezegun.api import TickingDateTimeFactory
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
import pytest

from custom_components.legrand_ews.ews.quantities import Fluid
from custom_components.legrand_ews.ews.tariffs import encode_plan
from custom_components.legrand_ews.ews.tariffs.book import TariffBook
from custom_components.legrand_ews.flows.tariff_form import TARIFF_LIST, rule_list
from custom_components.legrand_ews.tariffs.settings import billing_of

from .flow_sites import entries, new_site
from .flow_walk import TEXTS, Walk, stored
from .modbus_server import ModbusServer

pytestmark = pytest.mark.usefixtures("socket_enabled")

RED, BLUE = [214, 39, 40], [31, 119, 180]
PEAK = {"name": "Peak", "color": RED, "prices": [{"price": "0,25"}]}
NIGHT = {"name": "Night", "color": BLUE, "prices": [{"price": "0.15"}]}
BY_DAY = {
    "tariff": "Peak",
    "from": "07:00:00",
    "to": "21:59:00",
    "weekdays": ["mon", "tue", "wed", "thu", "fri"],
}
OTHERWISE = {"tariff": "Night"}


@pytest.fixture(autouse=True)
async def _ended(hass: HomeAssistant) -> AsyncIterator[None]:
    """Unload the site that a test has made."""
    yield
    for entry in entries(hass):
        await hass.config_entries.async_unload(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)


def book_of(
    hass: HomeAssistant, entry: ConfigEntry, fluid: Fluid = Fluid.ELECTRICITY
) -> TariffBook:
    return billing_of(hass, entry).book_of(fluid)


def plan_of(hass: HomeAssistant, entry: ConfigEntry) -> Mapping[str, Any]:
    return encode_plan(book_of(hass, entry).current)


async def open_fluid(
    hass: HomeAssistant, entry: ConfigEntry, fluid: str = "electricity"
) -> Walk:
    walk = await Walk.options(hass, entry)
    await walk.choose("tariffs")
    return await walk.choose(f"tariffs_{fluid}")


async def apply(walk: Walk, **counts: Any) -> None:
    assert walk.step == "tariff_change"
    await walk.fill(**counts)
    assert walk.step == "tariff_confirm"
    await walk.fill()
    assert walk.step == "created"


async def two_tariffs(hass: HomeAssistant, entry: ConfigEntry) -> None:
    walk = await open_fluid(hass, entry)
    await walk.choose("tariff_list")
    await walk.fill(tariffs=[PEAK, NIGHT])
    await walk.fill(rules=[BY_DAY, OTHERWISE])
    await apply(walk)


async def test_one_price_is_the_starting_point(
    hass: HomeAssistant, bus: ModbusServer
) -> None:
    """S101: a new server has no rules; one that is always true is on offer."""
    entry = await new_site(hass, bus)
    assert book_of(hass, entry).current.rules == ()
    walk = await open_fluid(hass, entry)
    assert walk.result["menu_options"] == ["one_price", "tariff_list"]
    await walk.choose("one_price")
    await walk.fill(price="much")
    assert walk.errors == {"price": "price_invalid"}
    await walk.fill(price="0,2068")
    assert walk.suggested["counts_for"] == "all"
    await apply(walk)

    plan = plan_of(hass, entry)
    (tariff,) = plan["tariffs"]
    assert (tariff["name"], tariff["prices"]) == (
        "DEFAULT",
        [{"from": None, "price": "0.2068"}],
    )
    (rule,) = plan["rules"]
    assert (rule["from"], rule["to"], len(rule["weekdays"])) == ("00:00", "23:59", 7)


@pytest.mark.parametrize("fluid", ["electricity_export", "gas", "water"])
async def test_every_fluid_has_its_own(
    hass: HomeAssistant, bus: ModbusServer, fluid: str
) -> None:
    entry = await new_site(hass, bus)
    walk = await open_fluid(hass, entry, fluid)
    await walk.choose("one_price")
    unit = "EUR/kWh" if fluid == "electricity_export" else "EUR/m³"
    assert walk.result["description_placeholders"]["unit"] == unit
    await walk.fill(price="-0.01")
    await apply(walk)
    assert set(billing_of(hass, entry).books) == {Fluid(fluid)}


async def test_tariffs_and_rules_in_order(
    hass: HomeAssistant, bus: ModbusServer
) -> None:
    """S108 to S111: what the user dragged to the top is on top, and stays there."""
    entry = await new_site(hass, bus)
    await two_tariffs(hass, entry)
    plan = plan_of(hass, entry)
    assert [(x["id"], x["name"], x["color"]) for x in plan["tariffs"]] == [
        (1, "Peak", "#d62728"),
        (2, "Night", "#1f77b4"),
    ]
    assert plan["tariffs"][0]["prices"] == [{"from": None, "price": "0.25"}]
    assert [x["tariff"] for x in plan["rules"]] == ["Peak", "Night"]

    walk = await open_fluid(hass, entry)
    assert walk.result["menu_options"] == [
        "tariff_list",
        "cost_rules",
        "charges",
        "price_sources",
    ]
    await walk.choose("cost_rules")
    assert walk.suggested["rules"] == [BY_DAY, OTHERWISE]
    christmas = {
        "tariff": "Night",
        "start_date": "2026-12-25",
        "end_date": "2026-12-25",
        "repeat_yearly": True,
    }
    await walk.fill(rules=[christmas, BY_DAY, OTHERWISE], mode="ews")
    await apply(walk)
    walk = await open_fluid(hass, entry)
    await walk.choose("cost_rules")
    assert walk.suggested == {
        "rules": [christmas, BY_DAY, OTHERWISE],
        "mode": "ews",
    }


@pytest.mark.parametrize(
    ("prices", "error"),
    [
        ([], "price_missing"),
        ([{"price": "cheap"}], "price_invalid"),
        ([{"price": "1"}, {"price": "2"}], "price_date_missing"),
        (
            [
                {"price": "1", "from": "2026-01-01"},
                {"price": "2", "from": "2026-01-01"},
            ],
            "price_date_twice",
        ),
    ],
)
async def test_wrong_prices(
    hass: HomeAssistant, bus: ModbusServer, prices: list[Any], error: str
) -> None:
    """S105: refused at the field, and what was in force stays in force."""
    entry = await new_site(hass, bus)
    await two_tariffs(hass, entry)
    before = stored(entry)
    walk = await open_fluid(hass, entry)
    await walk.choose("tariff_list")
    rows = walk.suggested["tariffs"]
    await walk.fill(tariffs=[{**rows[0], "prices": prices}, rows[1]])
    assert walk.errors == {"tariffs": error}
    assert stored(entry) == before
    # What was typed is still there.
    assert walk.suggested["tariffs"][0]["prices"] == prices


@pytest.mark.parametrize(
    ("rule", "error"),
    [
        ({"start_date": "2026-03-02", "end_date": "2026-03-01"}, "period_reversed"),
        ({"start_date": "2026-03-02", "repeat_yearly": True}, "yearly_date_missing"),
        ({"repeat_yearly": True}, "yearly_date_missing"),
    ],
)
async def test_wrong_rules(
    hass: HomeAssistant, bus: ModbusServer, rule: dict[str, Any], error: str
) -> None:
    """S109, Q25: refused with the number of the rule; the old rules stay in force."""
    entry = await new_site(hass, bus)
    await two_tariffs(hass, entry)
    before = stored(entry)
    walk = await open_fluid(hass, entry)
    await walk.choose("cost_rules")
    await walk.fill(rules=[OTHERWISE, {"tariff": "Peak", **rule}])
    assert walk.errors == {"rules": error}
    assert walk.text("error", error).startswith("Rule 2: ")
    assert stored(entry) == before


async def test_lists_within_a_row_have_texts(
    hass: HomeAssistant, bus: ModbusServer
) -> None:
    """The dialog of a row translates neither choices nor lists in it by itself."""
    entry = await new_site(hass, bus)
    hass.config.language = "fr"
    walk = await open_fluid(hass, entry)
    await walk.choose("tariff_list")
    fields = walk.result["data_schema"].schema["tariffs"].serialize()["selector"]
    prices = fields["object"]["fields"]["prices"]["selector"]["object"]["fields"]
    assert [x["label"] for x in prices.values()] == ["Prix", "À partir du"]
    await walk.fill(tariffs=[PEAK, NIGHT])
    rules = walk.result["data_schema"].schema["rules"].serialize()["selector"]
    weekdays = rules["object"]["fields"]["weekdays"]["selector"]["select"]["options"]
    assert weekdays[0] == {"value": "mon", "label": "Lundi"}


@pytest.mark.parametrize("field", ["tariff", "tariff_price", "cost_rule"])
def test_fields_of_rows_are_all_named(field: str) -> None:
    selectors = {
        "tariff": TARIFF_LIST,
        "tariff_price": TARIFF_LIST.config["fields"]["prices"]["selector"],
        "cost_rule": rule_list([]),
    }
    for texts in TEXTS.values():
        named = texts["selector"][field]["fields"]
        assert named.keys() == selectors[field].config["fields"].keys()


async def test_tariffs_with_one_name(hass: HomeAssistant, bus: ModbusServer) -> None:
    entry = await new_site(hass, bus)
    walk = await open_fluid(hass, entry)
    await walk.choose("tariff_list")
    await walk.fill(tariffs=[PEAK, {**NIGHT, "name": " peak"}])
    assert walk.errors == {"tariffs": "name_taken"}


async def test_a_renamed_tariff_keeps_its_rules(
    hass: HomeAssistant, bus: ModbusServer
) -> None:
    """S271: it is one tariff, from whichever rule it is reached."""
    entry = await new_site(hass, bus)
    await two_tariffs(hass, entry)
    walk = await open_fluid(hass, entry)
    await walk.choose("tariff_list")
    peak, night = walk.suggested["tariffs"]
    await walk.fill(tariffs=[{**peak, "name": "Day"}, night])
    await apply(walk, counts_for="all")
    plan = plan_of(hass, entry)
    assert [x["name"] for x in plan["tariffs"]] == ["Day", "Night"]
    assert [x["tariff"] for x in plan["rules"]] == ["Day", "Night"]


async def test_a_tariff_in_use_cannot_go(
    hass: HomeAssistant, bus: ModbusServer
) -> None:
    entry = await new_site(hass, bus)
    await two_tariffs(hass, entry)
    walk = await open_fluid(hass, entry)
    await walk.choose("tariff_list")
    await walk.fill(tariffs=walk.suggested["tariffs"][:1])
    assert walk.errors == {"tariffs": "tariff_in_use"}
    assert "Night" in walk.text("error", "tariff_in_use")


@pytest.mark.parametrize(
    ("counts", "starts"),
    [
        ({"counts_for": "today"}, [None, date(2026, 11, 23)]),
        ({"counts_for": "all"}, [None]),
        (
            {"counts_for": "day", "day": "2026-02-01"},
            [None, date(2026, 2, 1)],
        ),
    ],
)
async def test_what_a_change_counts_for(
    hass: HomeAssistant,
    bus: ModbusServer,
    clock: TickingDateTimeFactory,
    counts: dict[str, Any],
    starts: list[date | None],
) -> None:
    """S273: asked at every change; from today on unless the user says otherwise."""
    entry = await new_site(hass, bus)
    await two_tariffs(hass, entry)
    walk = await open_fluid(hass, entry)
    await walk.choose("tariff_list")
    peak, night = walk.suggested["tariffs"]
    await walk.fill(tariffs=[{**peak, "prices": [{"price": "0.3"}]}, night])
    assert walk.suggested["counts_for"] == "today"
    await apply(walk, **counts)
    versions = book_of(hass, entry).versions
    assert [version.since for version in versions] == starts
    assert str(versions[-1].plan.tariffs[0].prices[0].amount) == "0.3"


async def test_a_day_must_be_chosen(hass: HomeAssistant, bus: ModbusServer) -> None:
    entry = await new_site(hass, bus)
    walk = await open_fluid(hass, entry)
    await walk.choose("one_price")
    await walk.fill(price="1")
    await walk.fill(counts_for="day", day=None)
    assert walk.errors == {"day": "day_missing"}


async def test_what_somebody_else_has_changed_meanwhile_is_left_alone(
    hass: HomeAssistant, bus: ModbusServer
) -> None:
    entry = await new_site(hass, bus)
    slow = await open_fluid(hass, entry)
    await slow.choose("one_price")
    await slow.fill(price="1")
    await slow.fill()
    await two_tariffs(hass, entry)
    stored = plan_of(hass, entry)
    await slow.fill()
    assert slow.step == "tariffs_changed"
    assert plan_of(hass, entry) == stored


async def test_gaps_and_hidden_rules_are_shown_first(
    hass: HomeAssistant, bus: ModbusServer
) -> None:
    """S272: before anything changes, in words."""
    entry = await new_site(hass, bus)
    await two_tariffs(hass, entry)
    walk = await open_fluid(hass, entry)
    await walk.choose("cost_rules")
    await walk.fill(rules=[{**OTHERWISE, "to": "19:59:00"}, BY_DAY])
    await walk.fill()
    preview = walk.result["description_placeholders"]["preview"]
    assert "Sunday, 20:00 to 23:59: no rule is true" in preview
    await walk.fill()
    walk = await open_fluid(hass, entry)
    await walk.choose("cost_rules")
    await walk.fill(rules=[OTHERWISE, BY_DAY])
    await walk.fill()
    preview = walk.result["description_placeholders"]["preview"]
    assert "Rule 2 (Peak) never applies" in preview


async def test_currency(hass: HomeAssistant, bus: ModbusServer) -> None:
    """S102: Home Assistant's unless another code of ISO 4217 is chosen."""
    entry = await new_site(hass, bus)
    assert billing_of(hass, entry).currency == hass.config.currency == "EUR"
    walk = await Walk.options(hass, entry)
    await walk.choose("tariffs")
    await walk.choose("currency")
    await walk.fill(currency="EURO")
    assert walk.errors == {"currency": "currency_unknown"}
    await walk.fill(currency="chf")
    assert billing_of(hass, entry).currency == "CHF"
    walk = await Walk.options(hass, entry)
    await walk.choose("tariffs")
    await walk.choose("currency")
    assert walk.suggested == {"currency": "CHF"}
    await walk.fill(currency=None)
    assert billing_of(hass, entry).currency == "EUR"
