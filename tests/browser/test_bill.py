"""What consumption costs: the rules are kept in order, and pages say what was paid."""

import asyncio
from collections.abc import Mapping
from decimal import Decimal
import re
from typing import Any, Final

from playwright.async_api import Locator, Page
import pytest
import pytest_asyncio

from demo.client import DemoError
from demo.tariffs import PLANS, enter_tariffs
from tests.browser.conftest import PHONE, Visitor
from tests.browser.test_consumption_views import sums_by_name
from tests.browser.test_totals import GAS, bounds, texts
from tests.running_site import RunningSite, eventually

pytestmark = pytest.mark.asyncio(loop_scope="session")

BASE: Final = "/energy-web-server"
LAST_MONTH: Final = bounds("Month", 1)
NAMES: Final = [rule["tariff"] for rule in PLANS["electricity"]["rules"]]


def address(view: str) -> str:
    """A view at last month, as a link may name it."""
    return f"{BASE}/{view}?period=month&date={LAST_MONTH[0]:%Y-%m-%d}"


@pytest_asyncio.fixture(loop_scope="session")
async def priced(site: RunningSite) -> RunningSite:
    """The building with the plan of the demo, whatever a test before has made of it."""
    if await rules_of(site) != NAMES:
        await enter_tariffs(site.server, site.entry_id)
    return site


async def costs(site: RunningSite, **question: object) -> Mapping[str, Any]:
    """What the site says of last month."""
    answer: Mapping[str, Any] = await site.server.command(
        "legrand_ews/get_costs",
        language="en",
        period="month",
        date=f"{LAST_MONTH[0]:%Y-%m-%d}",
        **question,
    )
    return answer


def assert_costs(text: str, cost: str) -> None:
    """A text such as ``€1,234.56`` is the cost, rounded to the cent."""
    match = re.fullmatch(r"(−?)€([\d,.]+)", text.strip())
    assert match, text
    shown = Decimal(match[2].replace(",", "")) * (-1 if match[1] else 1)
    assert abs(shown - Decimal(cost)) <= Decimal("0.005"), (text, cost)


async def rules_of(site: RunningSite) -> list[str]:
    """Tariffs of the rules that are stored, in order."""
    try:
        answer = await site.server.command("legrand_ews/get_tariffs")
    except DemoError:  # the site is loaded anew after a change
        return []
    return [rule["tariff"] for rule in answer["rules"]]


async def shown_rules(page: Page) -> list[str]:
    return await texts(page, "legrand-ews-rule-table .tariff .text")


async def week(page: Page) -> list[str]:
    """What the strips of the week say of themselves."""
    strips = page.locator("legrand-ews-plan-preview .strip button")
    labels: list[str] = await strips.evaluate_all(
        "(all) => all.map((s) => s.ariaLabel)"
    )
    return labels


def row(page: Page, number: int) -> Locator:
    return page.locator("legrand-ews-rule-table .rule").nth(number - 1)


async def test_rules_stand_in_order_and_the_active_one_is_marked(
    visitor: Visitor, priced: RunningSite
) -> None:
    page = await visitor.open(f"{BASE}/bill")
    await row(page, len(NAMES)).wait_for()
    assert await shown_rules(page) == NAMES

    tariffs = await priced.server.command("legrand_ews/get_tariffs")
    marked = page.locator("legrand-ews-rule-table .rule[aria-current]")
    assert await marked.count() == 1
    number = tariffs["active"]["rule"] + 1
    assert await marked.locator(".order b").inner_text() == str(number)


async def test_a_reordered_plan_is_previewed_then_saved_or_discarded(
    visitor: Visitor, priced: RunningSite
) -> None:
    page = await visitor.open(f"{BASE}/bill")
    await row(page, len(NAMES)).wait_for()
    before = await week(page)
    bar = page.locator("legrand-ews-plan-bar")

    # Peak before weekend, with the keyboard: the button keeps the focus.
    up = row(page, 3).get_by_role("button", name="Move rule 3 (Peak) up")
    await up.focus()
    await page.keyboard.press("Enter")
    await page.keyboard.press("Enter")
    wanted = ["Peak", *(name for name in NAMES if name != "Peak")]
    assert await shown_rules(page) == wanted
    # Nothing is stored yet.
    assert await rules_of(priced) == NAMES

    await bar.get_by_role("button", name="Discard").click()
    await bar.wait_for(state="detached")
    assert await shown_rules(page) == NAMES

    # Rule 4, "off-peak at night", in front of the weekend shows in the week.
    for number in (4, 3, 2):
        await row(page, number).locator(".up").click()
    await eventually(lambda: week(page), lambda seen: seen != before, timeout_s=10)
    await bar.locator("select").select_option(label="since ever")
    difference = bar.locator("[role=status]")
    text = await eventually(
        difference.inner_text, lambda text: "€" in text, timeout_s=30
    )
    dry = await priced.server.command("legrand_ews/get_tariffs")
    rules = dry["rules"]
    trial = await priced.server.command(
        "legrand_ews/set_cost_rules",
        rules=[rules[3], *rules[:3]],
        recompute="all",
        dry_run=True,
    )
    match = re.search(r"[+−]€[\d,.]+\d", text)
    assert match, text
    assert_costs(match[0].lstrip("+"), trial["difference"]["cost"])

    await bar.get_by_role("button", name="Save").click()
    await bar.wait_for(state="detached", timeout=40_000)
    moved = [NAMES[3], *NAMES[:3]]
    await eventually(lambda: rules_of(priced), lambda seen: seen == moved)
    assert await shown_rules(page) == moved


async def test_what_somebody_else_has_changed_is_not_overwritten_unasked(
    visitor: Visitor, priced: RunningSite
) -> None:
    page = await visitor.open(f"{BASE}/bill")
    await row(page, len(NAMES)).wait_for()
    names = await rules_of(priced)
    await row(page, 1).locator(".down").click()
    bar = page.locator("legrand-ews-plan-bar")
    await bar.get_by_role("button", name="Save").wait_for()

    stored = await priced.server.command("legrand_ews/get_tariffs")
    others = [stored["rules"][-1], *stored["rules"][:-1]]
    await priced.server.command("legrand_ews/set_cost_rules", rules=others)
    theirs = [rule["tariff"] for rule in others]
    await eventually(lambda: rules_of(priced), lambda seen: seen == theirs)

    await bar.get_by_role("button", name="Save").click()
    await bar.get_by_text("Somebody else has changed these tariffs").wait_for()
    await bar.get_by_role("button", name="Keep mine").wait_for()
    assert await rules_of(priced) == theirs
    await bar.get_by_role("button", name="Keep mine").click()
    await bar.get_by_role("button", name="Save").wait_for()
    await bar.get_by_role("button", name="Discard").click()
    await bar.wait_for(state="detached")
    assert await shown_rules(page) == theirs != names


async def test_a_rule_is_dragged(visitor: Visitor, priced: RunningSite) -> None:
    page = await visitor.open(f"{BASE}/bill")
    await row(page, len(NAMES)).wait_for()
    await page.locator("legrand-ews-bill-sheet .heading").wait_for()
    await row(page, 1).evaluate("(row) => row.scrollIntoView({ block: 'center' })")
    grip = await row(page, 4).locator(".handle").bounding_box()
    goal = await row(page, 1).bounding_box()
    assert grip is not None
    assert goal is not None
    x = grip["x"] + grip["width"] / 2
    await page.mouse.move(x, grip["y"] + grip["height"] / 2)
    await page.mouse.down()
    # What is dragged follows the pointer, not where it arrives at once.
    for step in range(1, 21):
        y = grip["y"] + (goal["y"] + 6 - grip["y"]) * step / 20
        await page.mouse.move(x, y)
        await asyncio.sleep(0.02)
    await page.mouse.up()
    wanted = [NAMES[3], *NAMES[:3]]
    await eventually(
        lambda: shown_rules(page), lambda seen: seen == wanted, timeout_s=5
    )
    await page.get_by_role("button", name="Discard").click()


async def test_a_wrong_price_is_refused_at_its_field(
    visitor: Visitor, priced: RunningSite
) -> None:
    page = await visitor.open(f"{BASE}/bill")
    await page.get_by_role("button", name="Edit the tariff Weekend").click()
    dialog = page.locator("legrand-ews-plan-dialog")
    price = dialog.get_by_role("textbox", name=re.compile("Price"))
    await price.fill("cheap")
    await dialog.get_by_role("button", name="OK").click()
    await dialog.get_by_text("cheap is not a price.").wait_for()

    await price.fill("0,1234567")
    await dialog.get_by_role("button", name="OK").click()
    await dialog.wait_for(state="detached")
    chip = page.get_by_role("button", name="Edit the tariff Weekend")
    assert "€0.123457/kWh" in await chip.inner_text()
    await page.get_by_role("button", name="Discard").click()


async def test_one_price_is_enough_to_begin_with(
    visitor: Visitor, priced: RunningSite
) -> None:
    await priced.server.command(
        "legrand_ews/set_cost_rules",
        fluid="water",
        tariffs=[],
        rules=[],
        recompute="all",
    )
    page = await visitor.open(f"{BASE}/bill")
    card = page.locator("legrand-ews-bill")
    await card.get_by_text("Water", exact=True).click()
    await card.get_by_role("button", name="Set one price").click()
    dialog = page.locator("legrand-ews-plan-dialog")
    await dialog.get_by_role("textbox", name=re.compile("Price")).fill("4,21")
    await dialog.get_by_role("button", name="OK").click()
    bar = page.locator("legrand-ews-plan-bar")
    await bar.locator("select").select_option(label="since ever")
    await bar.get_by_role("button", name="Save").click()
    await bar.wait_for(state="detached", timeout=40_000)

    stored = await priced.server.command("legrand_ews/get_tariffs", fluid="water")
    assert [x["prices"] for x in stored["tariffs"]] == [
        [{"from": None, "price": "4.21"}]
    ]
    assert stored["active"]["price"] == "4.21"
    assert stored["gaps"] == []
    await card.locator("tbody .money").first.wait_for()


@pytest.mark.parametrize("fluid", ["Electricity", "Gas", "Electricity fed in"])
async def test_the_bill_is_what_the_site_says(
    visitor: Visitor, priced: RunningSite, fluid: str
) -> None:
    name = {"Electricity": "electricity", "Gas": "gas"}.get(fluid, "electricity_export")
    expected = await costs(priced, fluid=name, by="tariff")
    page = await visitor.open(address("bill"))
    card = page.locator("legrand-ews-bill")
    await card.get_by_text(fluid, exact=True).first.click()
    cells = card.locator(".body tbody .money")
    count = len(expected["series"])
    await eventually(cells.count, lambda seen: seen >= count, timeout_s=10)
    await card.locator(".body[aria-busy=false]").wait_for()

    names = [series["name"] for series in expected["series"]]
    shown = dict(
        zip(
            await texts(page, "legrand-ews-bill .body tbody th"),
            await cells.all_inner_texts(),
            strict=True,
        )
    )
    for series in expected["series"]:
        assert_costs(shown[series["name"]], series["cost_total"])
    assert set(names) <= set(shown)
    tiles = await texts(page, "legrand-ews-total-tiles .value")
    assert_costs(tiles[0], expected["cost_total"])


async def test_the_pie_is_of_the_tariffs_that_are_ticked(
    visitor: Visitor, priced: RunningSite
) -> None:
    expected = await costs(priced, by="tariff")
    by_name = {x["name"]: Decimal(x["cost_total"]) for x in expected["series"]}
    page = await visitor.open(address("tariffs"))
    card = page.locator("legrand-ews-tariffs")
    whole = card.locator("legrand-ews-ring text.whole")
    await whole.wait_for()
    assert_costs(await whole.text_content() or "", expected["cost_total"])

    await card.get_by_role("checkbox", name="Peak", exact=False).first.click()
    left = sum(cost for name, cost in by_name.items() if name != "Peak")
    assert_costs(await whole.text_content() or "", str(left))
    assert await card.locator("legrand-ews-ring circle.part").count() == 2


async def test_a_device_is_shown_by_tariff(
    visitor: Visitor, priced: RunningSite
) -> None:
    name = "Ventilation"
    ids = [priced.device_ids[name]]
    expected = await costs(priced, level="device", ids=ids, by="tariff")
    page = await visitor.open(address("tariffs"))
    card = page.locator("legrand-ews-tariffs")
    await card.get_by_text("Details", exact=True).click()
    picker = card.locator("legrand-ews-picker").filter(has_text="Device")
    await picker.locator("select").select_option(label=name)
    chart = page.locator("legrand-ews-consumption-chart")

    async def look() -> dict[str, tuple[str, list[float | None]]]:
        rows = await chart.evaluate(
            "(chart) => (chart.summary?.rows ?? []).map((r) => [r.name, r.color, r.values])"
        )
        return {name: (color, values) for name, color, values in rows}

    wanted = {
        x["name"]: (
            x["color"],
            [None if cost is None else float(cost) for cost in x["costs"]],
        )
        for x in expected["series"]
    }
    await eventually(look, lambda seen: seen == wanted, timeout_s=10)


async def test_overall_and_compare_know_money(
    visitor: Visitor, priced: RunningSite
) -> None:
    page = await visitor.open(address("overall"), size=PHONE)
    card = page.locator("legrand-ews-overall")
    await card.get_by_text("Money", exact=True).click()
    await card.locator("tfoot .main").wait_for()
    shown = await texts(page, "legrand-ews-overall td.main")
    totals = [
        (await costs(priced, fluid=fluid))["cost_total"]
        for fluid in ("electricity", "gas", "water")
    ]
    for text, total in zip(
        shown, [*totals, str(sum(map(Decimal, totals)))], strict=True
    ):
        assert_costs(text, total)

    # Money is what devices of different fluids have in common.
    page = await visitor.open(address("compare"))
    card = page.locator("legrand-ews-compare")
    await card.locator("legrand-ews-total-bars b").nth(1).wait_for()
    gas = next(iter(sums_by_name(priced, GAS)))
    await card.locator("select").first.select_option(label=gas)
    await card.get_by_role("button", name="Compare in money").click()
    await card.locator("legrand-ews-total-bars b").nth(2).wait_for()
    bars = dict(
        zip(
            await card.locator("legrand-ews-total-bars .name").all_inner_texts(),
            await texts(page, "legrand-ews-total-bars b"),
            strict=True,
        )
    )
    ids = [priced.device_ids[gas]]
    answer = await costs(priced, level="device", ids=ids, fluid="gas")
    assert_costs(bars[gas], answer["cost_total"])


async def test_a_bill_is_frozen_and_opened_again(
    visitor: Visitor, priced: RunningSite
) -> None:
    async def revise(**extras: object) -> None:
        await priced.server.command(
            "legrand_ews/set_cost_rules",
            fluid="gas",
            recompute="all",
            **PLANS["gas"],
            **extras,
        )

    async def bill() -> Mapping[str, Any]:
        try:
            answer = await priced.server.command(
                "legrand_ews/get_bill", fluid="gas", date=f"{LAST_MONTH[0]:%Y-%m-%d}"
            )
        except DemoError:  # the site is loaded anew after a change
            return {}
        found: Mapping[str, Any] = answer["bills"][0]
        return found

    def has_fee(seen: Mapping[str, Any]) -> bool:
        return any(line["kind"] == "fee" for line in seen.get("lines", ()))

    async def shown_sheet() -> Locator:
        page = await visitor.open(address("bill"), size=PHONE)
        card = page.locator("legrand-ews-bill")
        await card.get_by_text("Gas", exact=True).first.click()
        return page.locator("legrand-ews-bill-sheet")

    # Nothing but gas: the lines are folded.
    sheet = await shown_sheet()
    await sheet.locator(".heading[aria-expanded=false]").wait_for()

    await revise(fees=[{"name": "Meter", "per": "month", "prices": [{"price": "9.5"}]}])
    expected = await eventually(bill, has_fee, timeout_s=30)
    sheet = await shown_sheet()
    await sheet.get_by_text("1 month × €9.50").wait_for()
    assert_costs(await sheet.locator("tfoot td").inner_text(), expected["total"])

    await sheet.get_by_role("button", name="Freeze this bill").click()
    dialog = sheet.locator("dialog")
    await dialog.get_by_text("later changes no longer affect it").wait_for()
    assert (await bill())["status"] == "open"
    await dialog.get_by_role("button", name="Freeze this bill").click()
    await sheet.get_by_text(re.compile("^Frozen on ")).wait_for(timeout=40_000)
    assert (await bill())["status"] == "frozen"

    await sheet.get_by_role("button", name="Open again").click()
    await dialog.get_by_role("button", name="Open again").click()
    await sheet.get_by_role("button", name="Freeze this bill").wait_for(timeout=40_000)
    assert (await bill())["status"] == "open"
    await revise(fees=[])
    await eventually(bill, lambda seen: bool(seen) and not has_fee(seen), timeout_s=30)
