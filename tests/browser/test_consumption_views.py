"""Overall, Partials, Compare and Details say what the archive holds."""

import csv
from datetime import datetime
import io
from typing import Final

from playwright.async_api import Locator, Page
import pytest

from tests.books import device_sums
from tests.browser.conftest import PHONE, Visitor
from tests.browser.test_totals import (
    ELECTRICITY,
    GAS,
    WATER,
    Fluid,
    assert_shows,
    bounds,
    load_names,
    load_sums,
    milli,
    texts,
)
from tests.running_site import RunningSite, eventually

pytestmark = pytest.mark.asyncio(loop_scope="session")

BASE: Final = "/energy-web-server"
LAST_MONTH: Final = bounds("Month", 1)
THIS_YEAR: Final = bounds("Year", 0)[0].year
FED_IN: Final = Fluid(
    label="Electricity fed in", table="energy", quantity="active_energy_export"
)
ROWS: Final = "(chart) => (chart.summary?.rows ?? []).map((r) => [r.name, r.total])"


def address(view: str) -> str:
    """A view at last month, as a link may name it."""
    return f"{BASE}/{view}?period=month&date={LAST_MONTH[0]:%Y-%m-%d}"


def sums_by_name(site: RunningSite, fluid: Fluid = ELECTRICITY) -> dict[str, int]:
    """Thousandths of last month by device."""
    sums = device_sums(
        site.archive, fluid.table, fluid.quantity, LAST_MONTH[0], LAST_MONTH[-1]
    )
    return {
        name: sums[number] for name, number in site.device_ids.items() if number in sums
    }


async def settled(card: Locator) -> None:
    """Wait until the card shows what it was asked for."""
    await card.locator(".body[aria-busy=false]").wait_for()


async def choose(card: Locator, label: str, option: str) -> None:
    """Choose from the list with this label, as a person does."""
    picker = card.locator("legrand-ews-picker").filter(has_text=label)
    await picker.locator("select").select_option(label=option)


async def rows(page: Page) -> dict[str, int | None]:
    """Totals of the chart's series in thousandths."""
    shown = await page.locator("legrand-ews-consumption-chart").evaluate(ROWS)
    return {name: milli(total) for name, total in shown}


async def test_overall_shows_every_fluid(visitor: Visitor) -> None:
    site = visitor.site
    page = await visitor.open(address("overall"))
    card = page.locator("legrand-ews-overall")
    await card.locator("legrand-ews-ring").nth(2).wait_for()
    names = await load_names(site)
    labels = await texts(page, "legrand-ews-overall tbody th")
    amounts = await texts(page, "legrand-ews-overall td.main")
    shown = dict(zip(labels, amounts, strict=True))
    fluids = (ELECTRICITY, GAS, WATER)
    for number, fluid in enumerate(fluids):
        sums = load_sums(site, names, fluid, LAST_MONTH[0], LAST_MONTH[-1])
        assert_shows(shown[fluid.label], sum(sums.values()))
        ring = card.locator("legrand-ews-ring").nth(number)
        listed = dict(
            zip(
                await ring.locator(".name").all_inner_texts(),
                await ring.locator(".amount").all_inner_texts(),
                strict=True,
            )
        )
        assert set(listed) == {name for name, amount in sums.items() if amount > 0}
        for name, text in listed.items():
            assert_shows(" ".join(text.split()), sums[name])
    # The roof feeds in at a delivery point of its own.
    assert_shows(shown[FED_IN.label], sum(sums_by_name(site, FED_IN).values()))


async def test_partials_show_what_is_in_group_and_load(visitor: Visitor) -> None:
    site = visitor.site
    spec = site.simulation.site
    members = [
        d
        for d in spec.devices
        if d.load == "lighting" and d.groups and not d.is_excluded_from_totals
    ]
    group = members[0].groups[0]
    wanted = {d.name for d in members if group in d.groups}
    page = await visitor.open(address("partials"))
    card = page.locator("legrand-ews-partials")
    await card.locator("legrand-ews-series-legend .amount").first.wait_for()

    await choose(card, "Load", "Lighting")
    await choose(card, "Group", group)

    sums = sums_by_name(site)
    expected = {name: sums[name] for name in wanted}
    await eventually(lambda: rows(page), lambda seen: seen == expected, timeout_s=10)
    await settled(card)
    tiles = await texts(page, "legrand-ews-total-tiles .value")
    assert_shows(tiles[0], sum(expected.values()))


async def test_devices_are_compared_in_one_fluid_only(visitor: Visitor) -> None:
    site = visitor.site
    sums = sums_by_name(site)
    gas = next(iter(sums_by_name(site, GAS)))
    page = await visitor.open(address("compare"))
    card = page.locator("legrand-ews-compare")
    await card.locator("legrand-ews-total-bars b").nth(1).wait_for()
    chosen = await card.locator(".chips span").all_inner_texts()
    other = next(name for name in sums if name not in chosen)

    adder = card.locator("select").first
    await adder.select_option(label=other)
    await card.locator("legrand-ews-total-bars b").nth(2).wait_for()
    shown = dict(
        zip(
            await card.locator("legrand-ews-total-bars .name").all_inner_texts(),
            await texts(page, "legrand-ews-total-bars b"),
            strict=True,
        )
    )
    assert list(shown) == [*chosen, other]
    for name, text in shown.items():
        assert_shows(text, sums[name])

    await card.get_by_text("Details", exact=True).click()
    await page.locator("legrand-ews-consumption-chart").wait_for()
    assert await rows(page) == {name: sums[name] for name in shown}

    await adder.select_option(label=gas)
    await card.get_by_text("These objects cannot be compared in quantity").wait_for()
    assert await card.locator("legrand-ews-consumption-chart").count() == 0
    await card.get_by_role("button", name=f"Remove {gas}").click()
    await page.locator("legrand-ews-consumption-chart").wait_for()


async def test_a_load_is_compared_with_a_device_and_with_the_period_before(
    visitor: Visitor,
) -> None:
    """S167: any level, any two periods."""
    page = await visitor.open(address("compare"))
    card = page.locator("legrand-ews-compare")
    await card.locator("legrand-ews-total-bars b").nth(1).wait_for()
    chosen = await card.locator(".chips span").all_inner_texts()
    adder = card.locator("select").first
    await adder.select_option(label="Lighting")
    await adder.select_option(label="Whole site")
    names = card.locator("legrand-ews-total-bars .name")
    await names.nth(3).wait_for()
    objects = [*chosen, "Lighting", "Whole site"]
    assert await names.all_inner_texts() == objects
    shown = await texts(page, "legrand-ews-total-bars b")
    known = await load_names(visitor.site)
    loads = load_sums(visitor.site, known, ELECTRICITY, LAST_MONTH[0], LAST_MONTH[-1])
    assert_shows(shown[2], loads["Lighting"])
    assert_shows(shown[3], sum(loads.values()))

    await choose(card, "Second period", "the previous one")
    await names.nth(7).wait_for()
    both = await names.all_inner_texts()
    assert both[::2] == objects
    assert [name.split(" · ")[0] for name in both[1::2]] == objects
    assert len({name.split(" · ")[1] for name in both[1::2]}) == 1


async def test_a_row_of_the_board_leads_to_the_details_of_its_device(
    visitor: Visitor,
) -> None:
    site = visitor.site
    name = "Ventilation"
    page = await visitor.open(f"{BASE}/panel-board")
    await page.get_by_role("link", name=name, exact=True).click()
    card = page.locator("legrand-ews-details")
    await card.get_by_role("heading", name=name).wait_for()
    assert page.url.endswith(f"/details?device={site.device_ids[name]}")

    pages = card.locator("legrand-ews-device-pages")
    power = pages.locator('[data-page="power"] tbody tr').first.locator("td").first
    first = await eventually(
        power.inner_text, lambda text: any(c.isdigit() for c in text), timeout_s=15
    )
    # The page keeps the device polled fast.
    await eventually(power.inner_text, lambda text: text != first, timeout_s=30)

    await card.get_by_text("Month", exact=True).click()
    await card.get_by_role("button", name="Earlier period").click()
    await settled(card)
    sums = sums_by_name(site)
    await eventually(
        lambda: rows(page), lambda seen: seen == {name: sums[name]}, timeout_s=10
    )


async def test_bars_open_the_period_that_they_sum_up(visitor: Visitor) -> None:
    page = await visitor.open(f"{BASE}/consumptions?period=year")
    card = page.locator("legrand-ews-consumption")
    plot = card.locator("legrand-ews-consumption-chart .plot")
    await card.locator("legrand-ews-series-legend .amount").first.wait_for()
    await plot.locator("svg").wait_for()

    await plot.focus()
    for _ in range(LAST_MONTH[0].month if LAST_MONTH[0].month != 12 else 1):
        await page.keyboard.press("ArrowRight")
    await page.keyboard.press("Enter")

    bar = card.locator("legrand-ews-period-bar .long")
    opened = LAST_MONTH[0] if LAST_MONTH[0].month != 12 else datetime.now()
    await eventually(
        bar.inner_text, lambda text: text == f"{opened:%B %Y}", timeout_s=10
    )


async def test_a_finger_sees_a_bar_before_it_opens_it(visitor: Visitor) -> None:
    page = await visitor.open(address("consumptions"), size=PHONE, has_touch=True)
    card = page.locator("legrand-ews-consumption")
    plot = card.locator("legrand-ews-consumption-chart .plot")
    await card.locator("legrand-ews-series-legend .amount").first.wait_for()
    await plot.locator("svg").wait_for()
    bar = card.locator("legrand-ews-period-bar .short")
    month = await bar.inner_text()
    box = await plot.bounding_box()
    assert box is not None
    place = box["x"] + box["width"] / 2, box["y"] + box["height"] * 0.8

    await page.touchscreen.tap(*place)
    await plot.locator(".tip").wait_for()
    assert await bar.inner_text() == month

    await page.touchscreen.tap(*place)
    await eventually(
        bar.inner_text,
        lambda text: text != month and f"{LAST_MONTH[0]:%b}" in text,
        timeout_s=10,
    )
    # A day: its name has one figure more than that of the month.
    assert len((await bar.inner_text()).split()) == len(month.split()) + 1


async def test_days_to_come_are_not_opened_and_lead_back(visitor: Visitor) -> None:
    page = await visitor.open(f"{BASE}/consumptions?period=day&date=2099-01-05")
    card = page.locator("legrand-ews-consumption")
    await card.get_by_text("This period has yet to come").wait_for()
    await card.get_by_role("button", name="Earlier period").click()
    bar = card.locator("legrand-ews-period-bar .long")
    await eventually(bar.inner_text, lambda text: str(THIS_YEAR) in text, timeout_s=10)


async def test_escape_closes_the_tooltip_before_the_full_screen(
    visitor: Visitor,
) -> None:
    page = await visitor.open(f"{address('consumptions')}&kiosk")
    card = page.locator("legrand-ews-consumption")
    plot = card.locator("legrand-ews-consumption-chart .plot")
    await card.locator("legrand-ews-series-legend .amount").first.wait_for()
    await plot.locator("svg").wait_for()
    await plot.focus()
    await page.keyboard.press("ArrowRight")
    leave = card.get_by_role("button", name="Leave full screen")
    await page.keyboard.press("Escape")
    assert await leave.is_visible()
    await page.keyboard.press("Escape")
    await leave.wait_for(state="detached")


async def test_the_file_is_what_is_shown(visitor: Visitor) -> None:
    site = visitor.site
    page = await visitor.open(address("consumptions"))
    card = page.locator("legrand-ews-consumption")
    await card.locator("legrand-ews-series-legend .amount").first.wait_for()
    async with page.expect_download() as download:
        await card.get_by_role("button", name="Download datalogger.csv").click()
    file = await download.value
    assert file.suggested_filename == "datalogger.csv"
    content = (await file.path()).read_text(encoding="utf-8-sig")
    header, *lines = csv.reader(io.StringIO(content), delimiter=";")
    assert header[:2] == ["start", "utc_offset"]
    assert [f"{a} {b}" for a, b, *_ in lines] == [
        f"{edge:%Y-%m-%d %H:%M:%S} {edge:%:z}" for edge in LAST_MONTH[:-1]
    ]
    sums = load_sums(
        site, await load_names(site), ELECTRICITY, LAST_MONTH[0], LAST_MONTH[-1]
    )
    totals = {
        name.rpartition(" (")[0]: sum(
            milli(float(line[column].replace(",", "."))) or 0
            for line in lines
            if line[column]
        )
        for column, name in enumerate(header)
        if column > 1
    }
    assert totals == sums


async def test_arrows_end_where_the_records_begin(visitor: Visitor) -> None:
    page = await visitor.open(f"{BASE}/consumptions?period=year")
    card = page.locator("legrand-ews-consumption")
    await card.locator("legrand-ews-series-legend .amount").first.wait_for()
    earlier = card.get_by_role("button", name="Earlier period")
    await earlier.click()
    await settled(card)
    # 13 months of past end in the year before this one.
    await eventually(earlier.is_disabled, lambda is_off: is_off, timeout_s=10)
    assert await card.get_by_role("button", name="Later period").is_enabled()


@pytest.mark.parametrize("view", ["consumptions", "overall"])
async def test_an_address_names_ten_years(visitor: Visitor, view: str) -> None:
    page = await visitor.open(f"{BASE}/{view}?period=10_years")
    bar = page.locator("legrand-ews-period-bar")
    years = f"{THIS_YEAR - 9} – {THIS_YEAR}"
    await eventually(
        bar.locator(".long").inner_text, lambda text: text == years, timeout_s=20
    )
    assert await bar.get_by_role("radio", name="10 years").is_checked()


@pytest.mark.parametrize("size", [(1280, 720), PHONE], ids=["screen", "phone"])
async def test_an_address_shows_a_card_alone(
    visitor: Visitor, size: tuple[int, int]
) -> None:
    page = await visitor.open(f"{address('consumptions')}&kiosk", size=size)
    card = page.locator("legrand-ews-consumption")
    await card.locator("legrand-ews-series-legend .amount").first.wait_for()
    box = await card.bounding_box()
    assert box is not None
    assert (box["x"], box["y"], box["width"]) == (0, 0, size[0])
    headline = await card.locator(".headline").inner_text()
    assert f"{LAST_MONTH[0]:%b %Y}" in headline or f"{LAST_MONTH[0]:%B}" in headline

    await card.get_by_role("button", name="Leave full screen").click()
    await eventually(
        card.bounding_box, lambda box: box is not None and box["y"] > 0, timeout_s=5
    )
