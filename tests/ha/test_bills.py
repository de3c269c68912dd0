"""Bills through actions and commands: shown, frozen, and opened again."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.legrand_ews.const import DOMAIN
from custom_components.legrand_ews.ews.archive import Archive
from custom_components.legrand_ews.ews.metering import Quality, Sample

from . import site
from .conftest import Load, PassTime, StartServer
from .registers import emdx3

pytestmark = pytest.mark.usefixtures("clock")

HOUR = timedelta(hours=1)
OCTOBER = {"date": "2026-10-15"}
TARIFFS = [{"name": "Base", "color": "#102030", "prices": [{"price": "0.20"}]}]
PLAN = {
    "tariffs": TARIFFS,
    "rules": [{"tariff": "Base"}],
    "fees": [{"name": "Subscription", "per": "month", "prices": [{"price": "12.40"}]}],
    "taxes": [{"name": "VAT", "percents": [{"percent": "20"}]}],
}


def archive_of(entry: MockConfigEntry) -> Archive:
    archive: Archive = entry.runtime_data.site.upkeep
    return archive


def october(milli: int = 1_000_000) -> list[Sample]:
    """A kWh an hour from 1 to 31 October in Paris; a clock change is among them."""
    first = dt_util.parse_datetime("2026-09-30T22:00:00+00:00")
    assert first is not None
    return [
        Sample(
            device_id=1,
            start=first + n * HOUR,
            length=HOUR,
            amounts_milli={"active_energy_import": milli},
            quality=Quality.COMPLETE,
        )
        for n in range(31 * 24 + 1)
    ]


@pytest.fixture
async def running(
    hass: HomeAssistant, start_server: StartServer, load: Load, pass_time: PassTime
) -> MockConfigEntry:
    """A site with one meter in Paris, which has tariffs and a past October."""
    await hass.config.async_set_time_zone("Europe/Paris")
    server = await start_server({11: emdx3(imported_wh=1000)})
    entry = site.entry([site.gateway(1, server.port), site.device(1, 1, 11)])
    await load(entry)
    await hass.async_add_executor_job(archive_of(entry).write_history, october())
    await call(hass, "set_cost_rules", recompute="all", **PLAN)
    await pass_time(3)
    return entry


async def call(hass: HomeAssistant, name: str, **data: Any) -> Any:
    return await hass.services.async_call(
        DOMAIN, name, data, blocking=True, return_response=True
    )


def totals(bill: Mapping[str, Any]) -> tuple[str, ...]:
    keys = ("energy_cost", "fixed_costs", "taxes", "total")
    return tuple(bill[key] for key in keys)


@pytest.mark.usefixtures("running")
async def test_a_bill_is_told_line_by_line(
    hass: HomeAssistant, hass_ws_client: Any, hass_read_only_access_token: str
) -> None:
    """October has 745 hours: 149 for energy, 12.40, and 20 % of 161.40."""
    answer = await call(hass, "get_bill", **OCTOBER)
    (bill,) = answer["bills"]
    assert totals(bill) == ("149", "12.4", "32.28", "193.68")
    assert [line["kind"] for line in bill["lines"]] == ["energy", "fee", "tax"]
    assert (bill["first_day"], bill["last_day"]) == ("2026-10-01", "2026-10-31")
    assert (bill["status"], answer["total_rounded"]) == ("open", "193.68")

    client = await hass_ws_client(hass, hass_read_only_access_token)
    await client.send_json_auto_id({"type": f"{DOMAIN}/get_bill", **OCTOBER})
    assert (await client.receive_json())["result"] == answer


async def test_a_frozen_bill_outlives_every_change(
    hass: HomeAssistant, running: MockConfigEntry, pass_time: PassTime
) -> None:
    """S273: what was billed stays reproducible to the last digit."""
    (before,) = (await call(hass, "get_bill", **OCTOBER))["bills"]
    answer = await call(hass, "freeze_bill", **OCTOBER)
    (frozen,) = answer["bills"]
    assert (frozen["status"], frozen["lines"]) == ("frozen", before["lines"])
    october_days = {
        "fluid": "electricity",
        "first_day": "2026-10-01",
        "last_day": "2026-10-31",
    }
    assert answer["frozen"] == [october_days]
    await pass_time(3)

    # A new price and new fees that count since ever, and a corrected archive.
    dearer = [{**TARIFFS[0], "prices": [{"price": "0.90"}]}]
    changed = await call(
        hass, "set_cost_rules", tariffs=dearer, fees=[], recompute="all"
    )
    assert changed["frozen"] == [october_days]
    await pass_time(3)
    assert await bills(hass) == [frozen]
    recomputed = await call(hass, "recompute_costs", fluid="electricity")
    assert recomputed["frozen"] == [october_days]
    await pass_time(3)
    assert await bills(hass) == [frozen]
    more = october(2_000_000)[:1]
    await hass.async_add_executor_job(archive_of(running).write_history, more)
    (differs,) = await bills(hass)
    assert differs["differs"] is True
    assert totals(differs) == totals(frozen)
    assert totals(differs["as_billed"]) == totals(frozen)
    assert totals(differs["now"]) == ("149.2", "12.4", "32.32", "193.92")

    assert await call(hass, "unfreeze_bill", **OCTOBER) == {"unfrozen": [october_days]}
    await pass_time(3)
    (opened,) = await bills(hass)
    assert (opened["status"], opened["differs"]) == ("open", False)
    assert totals(opened) == ("149.2", "12.4", "32.32", "193.92")
    await call(hass, "recompute_costs", fluid="electricity")
    await pass_time(3)
    (opened,) = await bills(hass)
    assert totals(opened) == ("671.4", "0", "134.28", "805.68")


async def bills(hass: HomeAssistant) -> Any:
    return (await call(hass, "get_bill", **OCTOBER))["bills"]


@pytest.mark.usefixtures("running")
@pytest.mark.parametrize(
    ("name", "request_", "key"),
    [
        ("get_bill", {"fluid": "steam"}, "option_unknown"),
        ("get_bill", {"start": "2026-10-01"}, "span_missing"),
        ("freeze_bill", {"date": "2026-11-23"}, "bill_running"),
        ("freeze_bill", {"start": "2020-01-01", "end": "2026-01-01"}, "bill_too_long"),
        ("unfreeze_bill", {"date": "2026-10-15"}, "bill_not_frozen"),
    ],
)
async def test_questions_that_make_no_sense(
    hass: HomeAssistant, name: str, request_: dict[str, Any], key: str
) -> None:
    with pytest.raises(ServiceValidationError) as refused:
        await call(hass, name, **request_)
    assert refused.value.translation_key == key


@pytest.mark.usefixtures("running")
async def test_only_administrators_freeze(
    hass: HomeAssistant, hass_ws_client: Any, hass_read_only_access_token: str
) -> None:
    client = await hass_ws_client(hass, hass_read_only_access_token)
    for name in ("freeze_bill", "unfreeze_bill"):
        await client.send_json_auto_id({"type": f"{DOMAIN}/{name}"})
        assert (await client.receive_json())["error"]["code"] == "unauthorized"


def days(first: int, last: int) -> dict[str, str]:
    return {"start": f"2026-10-{first:02}", "end": f"2026-10-{last:02}"}


async def stored(hass: HomeAssistant) -> list[tuple[str, str]]:
    """Return which days of electricity the site keeps as they were billed."""
    answer = await call(hass, "get_tariffs", fluid="electricity")
    return [(x["first"], x["last"]) for x in answer["frozen"]]


@pytest.mark.usefixtures("running")
async def test_bills_that_are_frozen_in_a_row_all_stay(
    hass: HomeAssistant, pass_time: PassTime
) -> None:
    """A script freezes one after the other, before the site has loaded the first."""
    await call(hass, "freeze_bill", **days(1, 10))
    answer = await call(hass, "freeze_bill", **days(11, 20))
    assert [x["first_day"] for x in answer["frozen"]] == ["2026-10-01", "2026-10-11"]
    with pytest.raises(ServiceValidationError) as refused:
        await call(hass, "freeze_bill", **days(20, 25))
    assert refused.value.translation_key == "bill_overlaps"
    await pass_time(3)
    assert await stored(hass) == [
        ("2026-10-01", "2026-10-10"),
        ("2026-10-11", "2026-10-20"),
    ]


@pytest.mark.usefixtures("running")
async def test_a_bill_is_opened_right_after_it_was_frozen(
    hass: HomeAssistant, pass_time: PassTime
) -> None:
    await call(hass, "freeze_bill", **days(1, 10))
    answer = await call(hass, "unfreeze_bill", **days(1, 10))
    assert [x["last_day"] for x in answer["unfrozen"]] == ["2026-10-10"]
    await pass_time(3)
    assert await stored(hass) == []
