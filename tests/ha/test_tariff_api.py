"""Tariffs and cost rules as actions and as commands of the dashboards."""

from typing import Any

from freezegun.api import TickingDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.legrand_ews.const import DOMAIN

from . import site
from .conftest import Load, PassTime, StartServer
from .flow_walk import Walk
from .modbus_server import ModbusServer
from .registers import emdx3

PEAK = {"name": "Peak", "color": "#d62728", "prices": [{"price": "0.25"}]}
NIGHT = {"name": "Night", "prices": [{"from": None, "price": "0.1500"}]}
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
    hass: HomeAssistant, server: ModbusServer, load: Load
) -> MockConfigEntry:
    """A site with one meter, in the time zone of Paris."""
    await hass.config.async_set_time_zone("Europe/Paris")
    entry = site.entry([site.gateway(1, server.port), site.device(1, 1, 11, load_id=4)])
    await load(entry)
    return entry


async def call(hass: HomeAssistant, name: str, **data: Any) -> Any:
    return await hass.services.async_call(
        DOMAIN, name, data, blocking=True, return_response=True
    )


async def two_tariffs(hass: HomeAssistant, pass_time: PassTime, **more: Any) -> Any:
    answer = await call(
        hass,
        "set_cost_rules",
        tariffs=[PEAK, NIGHT],
        rules=[BY_DAY, OTHERWISE],
        **{"recompute": "all", **more},
    )
    await pass_time(3)
    return answer


@pytest.mark.usefixtures("running")
async def test_a_new_site_has_no_rules(hass: HomeAssistant) -> None:
    """S101: four fluids, each of its own, and none of them costs anything."""
    for fluid in ("electricity", "electricity_export", "gas", "water"):
        answer = await call(hass, "get_tariffs", fluid=fluid)
        assert (answer["tariffs"], answer["rules"], answer["gaps"]) == ([], [], [])
        assert answer["active"]["tariff"] is None
        assert answer["next"] is None


@pytest.mark.usefixtures("running")
async def test_rules_are_set_and_told(
    hass: HomeAssistant,
    pass_time: PassTime,
    hass_ws_client: Any,
    hass_read_only_access_token: str,
) -> None:
    answer = await two_tariffs(hass, pass_time)
    assert (answer["problems"], answer["gaps"], answer["unreachable"]) == ([], [], [])
    assert answer["applied"] is True

    told = await call(hass, "get_tariffs", start="2026-11-28", end="2026-11-30")
    assert [(x["id"], x["name"], x["color"]) for x in told["tariffs"]] == [
        (1, "Peak", "#d62728"),
        (2, "Night", "#1f77b4"),
    ]
    assert [x["tariff"] for x in told["rules"]] == ["Peak", "Night"]
    assert (told["currency"], told["minor_units"], told["price_unit"]) == (
        "EUR",
        2,
        "EUR/kWh",
    )
    # It is Monday, 23 November, 11:03 in Paris.
    assert (told["active"]["tariff"], told["active"]["price"]) == (1, "0.25")
    assert told["active"]["end"] == "2026-11-23T22:00:00+01:00"
    assert told["next"] == {
        "at": "2026-11-23T22:00:00+01:00",
        "rule": 1,
        "tariff": 2,
        "price": "0.15",
    }
    # The days of the span are local ones, the last included.
    assert told["calendar"] == [
        {
            "start": "2026-11-28T00:00:00+01:00",
            "end": "2026-11-30T07:00:00+01:00",
            "rule": 1,
            "tariff": 2,
            "price": "0.15",
        },
        {
            "start": "2026-11-30T07:00:00+01:00",
            "end": "2026-11-30T22:00:00+01:00",
            "rule": 0,
            "tariff": 1,
            "price": "0.25",
        },
        {
            "start": "2026-11-30T22:00:00+01:00",
            "end": "2026-12-01T00:00:00+01:00",
            "rule": 1,
            "tariff": 2,
            "price": "0.15",
        },
    ]
    client = await hass_ws_client(hass, hass_read_only_access_token)
    await client.send_json_auto_id(
        {"type": f"{DOMAIN}/get_tariffs", "start": "2026-11-28", "end": "2026-11-30"}
    )
    assert (await client.receive_json())["result"] == told


@pytest.mark.parametrize(
    ("changes", "where", "key"),
    [
        (
            {
                "tariffs": [
                    {
                        "name": "Peak",
                        "prices": [
                            {"from": "2026-01-01", "price": "1"},
                            {"from": "2026-01-01", "price": "2"},
                        ],
                    },
                    NIGHT,
                ]
            },
            "tariffs[0].prices[0].from",
            "price_date_twice",
        ),
        (
            {
                "tariffs": [
                    {"name": "Peak", "prices": [{"price": 1}, {"price": 2}]},
                    NIGHT,
                ]
            },
            "tariffs[0].prices[0].from",
            "price_date_missing",
        ),
        (
            {
                "rules": [
                    {
                        "tariff": "Peak",
                        "start_date": "2026-03-02",
                        "end_date": "2026-03-01",
                    }
                ]
            },
            "rules[0].end_date",
            "period_reversed",
        ),
        ({"rules": [{"tariff": "Cheap"}]}, "rules[0].tariff", "tariff_unknown"),
        ({"rules": [{"tariff": "Peak", "to": "25:00"}]}, "rules[0].to", "time_invalid"),
        ({"rules": "none"}, "rules", "list_expected"),
        ({"mode": "sticky"}, "mode", "choice_unknown"),
        ({"recompute": "from:yesterday"}, "recompute", "recompute_invalid"),
        (
            {"fluid": "gas", "gas_factor": [{"kwh_per_m3": "-1"}]},
            "gas_factor",
            "gas_factor_invalid",
        ),
        ({"gas_factor": [{"kwh_per_m3": "11"}]}, "gas_factor", "gas_factor_elsewhere"),
    ],
)
async def test_wrong_input_is_named_and_changes_nothing(
    hass: HomeAssistant,
    running: MockConfigEntry,
    pass_time: PassTime,
    changes: dict[str, Any],
    where: str,
    key: str,
) -> None:
    await two_tariffs(hass, pass_time)
    before = dict(running.options)
    answer = await call(hass, "set_cost_rules", **changes)
    assert (answer["problems"][0]["where"], answer["problems"][0]["key"]) == (
        where,
        key,
    )
    assert "{" not in answer["problems"][0]["message"]
    assert answer["problems"][0]["message"] != key
    assert answer["applied"] is False
    assert dict(running.options) == before


async def test_a_trial_changes_nothing(
    hass: HomeAssistant, running: MockConfigEntry, pass_time: PassTime
) -> None:
    await two_tariffs(hass, pass_time)
    before = dict(running.options)
    answer = await call(hass, "set_cost_rules", rules=[OTHERWISE, BY_DAY], dry_run=True)
    assert (answer["applied"], answer["unreachable"]) == (False, [1])
    assert answer["hidden_by"] == {"1": [0]}
    assert dict(running.options) == before


@pytest.mark.usefixtures("running")
async def test_what_somebody_else_has_changed_is_not_overwritten(
    hass: HomeAssistant, pass_time: PassTime
) -> None:
    """Who read an older version is told, in a trial and in earnest."""
    read = await call(hass, "get_tariffs")
    await two_tariffs(hass, pass_time, version=read["version"])
    changed = await call(hass, "get_tariffs")
    assert changed["version"] != read["version"]
    draft = await call(hass, "get_tariffs", rules=[OTHERWISE])
    assert draft["version"] == changed["version"]
    for dry_run in (True, False):
        answer = await call(
            hass,
            "set_cost_rules",
            rules=[OTHERWISE],
            version=read["version"],
            dry_run=dry_run,
        )
        (problem,) = answer["problems"]
        assert (problem["where"], problem["key"]) == ("version", "tariffs_changed")
        assert (answer["applied"], answer["difference"]) == (False, None)
    assert (await call(hass, "get_tariffs"))["rules"] == changed["rules"]
    answer = await call(
        hass, "set_cost_rules", rules=[OTHERWISE], version=changed["version"]
    )
    assert (answer["problems"], answer["applied"]) == ([], True)


@pytest.mark.usefixtures("running")
async def test_a_draft_is_shown_as_if_it_counted(
    hass: HomeAssistant, pass_time: PassTime
) -> None:
    """The page shows what the user drags before he stores it."""
    await two_tariffs(hass, pass_time)
    draft = await call(
        hass,
        "get_tariffs",
        rules=[{"tariff": "Peak", "from": "07:00", "to": "21:59"}, {"tariff": "Gone"}],
        start="2026-11-28",
        end="2026-11-28",
    )
    assert [x["key"] for x in draft["problems"]] == ["tariff_unknown"]
    assert [x["tariff"] for x in draft["calendar"]] == [None, 1, None]
    assert {(x["from"], x["to"]) for x in draft["gaps"]} == {
        ("00:00", "06:59"),
        ("22:00", "23:59"),
    }
    stored = await call(hass, "get_tariffs")
    assert [x["tariff"] for x in stored["rules"]] == ["Peak", "Night"]


@pytest.mark.usefixtures("running")
async def test_a_change_counts_from_today_unless_told(
    hass: HomeAssistant, pass_time: PassTime
) -> None:
    """S273: what was consumed under a price keeps it."""
    await two_tariffs(hass, pass_time)
    dearer = [{**PEAK, "prices": [{"price": "0.30"}]}, NIGHT]
    await call(hass, "set_cost_rules", tariffs=dearer)
    await pass_time(3)
    told = await call(hass, "get_tariffs", start="2026-11-20", end="2026-11-23")
    assert [x["since"] for x in told["versions"]] == [None, "2026-11-23"]
    prices = [x["price"] for x in told["calendar"] if x["tariff"] == 1]
    assert prices == ["0.25", "0.3"]

    answer = await call(hass, "recompute_costs", fluid="electricity", dry_run=True)
    assert answer["applied"] is False
    answer = await call(hass, "recompute_costs", fluid="electricity")
    assert (answer["applied"], answer["frozen"]) == (True, [])
    await pass_time(3)
    told = await call(hass, "get_tariffs")
    assert [x["since"] for x in told["versions"]] == [None]


@pytest.mark.usefixtures("running")
async def test_costs_of_some_past_days_are_computed_again(
    hass: HomeAssistant, pass_time: PassTime
) -> None:
    await two_tariffs(hass, pass_time)
    dearer = [{**PEAK, "prices": [{"price": "0.30"}]}, NIGHT]
    await call(hass, "set_cost_rules", tariffs=dearer)
    await pass_time(3)
    await call(hass, "recompute_costs", start="2026-10-01", end="2026-10-31")
    await pass_time(3)
    told = await call(hass, "get_tariffs")
    assert [x["since"] for x in told["versions"]] == [
        None,
        "2026-10-01",
        "2026-11-01",
        "2026-11-23",
    ]


async def test_energy_of_gas_is_set_with_its_tariffs(
    hass: HomeAssistant, running: MockConfigEntry, pass_time: PassTime
) -> None:
    """S103."""
    answer = await call(
        hass, "set_cost_rules", fluid="gas", gas_factor=[{"kwh_per_m3": "11.2"}]
    )
    assert answer["applied"] is True
    await pass_time(3)
    told = await call(hass, "get_tariffs", fluid="gas")
    assert told["gas_factor"] == [{"from": None, "kwh_per_m3": "11.2"}]
    assert told["price_unit"] == "EUR/m³"


async def test_a_gas_factor_that_is_set_meanwhile_stays(
    hass: HomeAssistant, running: MockConfigEntry
) -> None:
    """A request that says nothing of the factor leaves it as it is by then."""
    factor = [{"from": None, "kwh_per_m3": "11.2"}]
    changing = hass.async_create_task(
        call(hass, "set_cost_rules", fluid="gas", tariffs=[NIGHT], rules=[OTHERWISE])
    )
    options = {**running.options, "gas_factor": factor}
    hass.config_entries.async_update_entry(running, options=options)
    assert (await changing)["applied"] is True
    assert running.options["gas_factor"] == factor


@pytest.mark.usefixtures("running")
async def test_who_may_change_tariffs(
    hass: HomeAssistant, hass_ws_client: Any, hass_read_only_access_token: str
) -> None:
    client = await hass_ws_client(hass, hass_read_only_access_token)
    for name in ("set_cost_rules", "recompute_costs"):
        await client.send_json_auto_id({"type": f"{DOMAIN}/{name}"})
        assert (await client.receive_json())["error"]["code"] == "unauthorized"


@pytest.mark.usefixtures("running")
@pytest.mark.parametrize(
    ("request_", "key"),
    [
        ({"fluid": "gas_kwh"}, "option_unknown"),
        ({"start": "2026-01-01", "end": "2027-12-31"}, "calendar_too_long"),
        ({"start": "2026-01-01"}, "span_missing"),
    ],
)
async def test_questions_that_make_no_sense(
    hass: HomeAssistant, request_: dict[str, Any], key: str
) -> None:
    with pytest.raises(ServiceValidationError) as refused:
        await call(hass, "get_tariffs", **request_)
    assert refused.value.translation_key == key


@pytest.mark.usefixtures("running")
async def test_costs_are_told_by_tariff_and_by_load(
    hass: HomeAssistant,
    server: ModbusServer,
    pass_time: PassTime,
    hass_ws_client: Any,
    hass_read_only_access_token: str,
) -> None:
    """100 Wh of lighting at 25 cents."""
    await two_tariffs(hass, pass_time)
    server.units[11] = emdx3(imported_wh=1100)
    await pass_time(8 * 60)
    by_tariff = await call(hass, "get_costs", by="tariff", bucket="day")
    assert (by_tariff["currency"], by_tariff["energy_total"]) == ("EUR", 100)
    assert by_tariff["cost_total"] == "0.025"
    assert [
        (x["kind"], x["id"], x["name"], x["costs"]) for x in by_tariff["series"]
    ] == [("tariff", 1, "Peak", ["0.025"]), ("tariff", 2, "Night", [None])]
    by_load = await call(hass, "get_costs", bucket="day")
    (lighting,) = [x for x in by_load["series"] if x["cost_total"] is not None]
    assert (lighting["name"], lighting["cost_total"]) == ("Lighting", "0.025")
    client = await hass_ws_client(hass, hass_read_only_access_token)
    await client.send_json_auto_id(
        {"type": f"{DOMAIN}/get_costs", "bucket": "day", "language": "fr"}
    )
    answer = (await client.receive_json())["result"]
    names = [x["name"] for x in answer["series"] if x["cost_total"] is not None]
    assert names == ["Éclairage"]
    with pytest.raises(ServiceValidationError) as refused:
        await call(hass, "get_costs", tariffs=[7])
    assert refused.value.translation_key == "unknown_object"


async def test_what_a_change_does_to_past_costs_is_told_first(
    hass: HomeAssistant,
    running: MockConfigEntry,
    server: ModbusServer,
    pass_time: PassTime,
) -> None:
    """100 Wh have cost 2.5 cents; at 1 euro they cost 7.5 cents more."""
    await two_tariffs(hass, pass_time)
    server.units[11] = emdx3(imported_wh=1100)
    await pass_time(8 * 60)
    dear = [{**PEAK, "prices": [{"price": "1"}]}, NIGHT]
    answer = await call(
        hass, "set_cost_rules", tariffs=dear, recompute="all", dry_run=True
    )
    assert (answer["difference"]["energy"], answer["difference"]["cost"]) == (
        0,
        "0.075",
    )
    walk = await Walk.options(hass, running)
    for step in ("tariffs", "tariffs_electricity", "tariff_list"):
        await walk.choose(step)
    peak, night = walk.suggested["tariffs"]
    await walk.fill(tariffs=[{**peak, "prices": [{"price": "1"}]}, night])
    await walk.fill(counts_for="all")
    assert walk.step == "tariff_confirm"
    preview = walk.result["description_placeholders"]["preview"]
    assert preview == "- What was recorded so far costs 0.08 EUR more."
    await walk.fill()
    await pass_time(3)
    costs = await call(hass, "get_costs", bucket="day")
    assert costs["cost_total"] == "0.1"

    # All counts by the rules of today already.
    again = await call(hass, "recompute_costs")
    assert (again["difference"]["cost"], again["applied"]) == ("0", True)
