"""What the chart says is what the archive holds, load by load, bucket by bucket."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise
import re
from typing import Final
from zoneinfo import ZoneInfo

from playwright.async_api import Page
import pytest

from custom_components.legrand_ews.ews.model import PredefinedLoad
from tests.books import device_sums
from tests.browser.conftest import Visitor
from tests.running_site import RunningSite, eventually

pytestmark = pytest.mark.asyncio(loop_scope="session")

PARIS: Final = ZoneInfo("Europe/Paris")
MULTIPLES: Final = {"Wh": 1, "kWh": 10**3, "MWh": 10**6, "dm³": 1, "m³": 10**3}
SUMMARY: Final = """(chart) => ({
    total: chart.summary.total,
    previous: chart.summary.previousTotal,
    rows: chart.summary.rows.map((r) => [r.name, r.total, r.previousTotal, r.values]),
})"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fluid:
    """A fluid as the page names it, and where the archive keeps it."""

    label: str
    table: str
    quantity: str


REST: Final = "{name}, not measured further"
ELECTRICITY: Final = Fluid(
    label="Electricity", table="energy", quantity="active_energy_import"
)
GAS: Final = Fluid(label="Gas", table="gas", quantity="gas_volume")
WATER: Final = Fluid(label="Water", table="water", quantity="water_volume")


def bounds(period: str, back: int) -> list[datetime]:
    """Edges of the buckets of the running period, or of one so many ``back``."""
    today = datetime.now(PARIS).replace(hour=0, minute=0, second=0, microsecond=0)
    if period == "Day":
        start = today - timedelta(days=back)
        end = start + timedelta(days=1)
        hours = int(end.timestamp() - start.timestamp()) // 3600
        first = start.timestamp()
        return [
            datetime.fromtimestamp(first + 3600 * k, PARIS) for k in range(hours + 1)
        ]
    if period == "Month":
        month = today.year * 12 + today.month - 1 - back
        start = today.replace(year=month // 12, month=month % 12 + 1, day=1)
        month += 1
        end = today.replace(year=month // 12, month=month % 12 + 1, day=1)
        days = (end.date() - start.date()).days
        return [start + timedelta(days=k) for k in range(days + 1)]
    year = today.year - back
    start = today.replace(year=year, month=1, day=1)
    return [start.replace(month=k) for k in range(1, 13)] + [
        start.replace(year=year + 1)
    ]


async def load_names(site: RunningSite) -> Mapping[str, str]:
    """Names of the predefined loads by key."""
    answer = await site.server.command("legrand_ews/site", language="en")
    return {load["key"]: load["name"] for load in answer["loads"] if load["key"]}


def load_sums(
    site: RunningSite,
    names: Mapping[str, str],
    fluid: Fluid,
    start: datetime,
    end: datetime,
) -> Mapping[str, int]:
    """Thousandths by load name; the site file says which meter counts where.

    What a main meter without a load counts beyond those behind it stands by itself.
    """
    by_device = device_sums(site.archive, fluid.table, fluid.quantity, start, end)
    devices = site.simulation.site.devices
    sums: dict[str, int] = {}
    for device in devices:
        amount = by_device.get(site.device_ids[device.name])
        if device.is_excluded_from_totals or amount is None:
            continue
        behind = [site.device_ids[d.name] for d in devices if d.behind == device.name]
        amount -= sum(by_device.get(number, 0) for number in behind)
        load = device.load or PredefinedLoad.OTHERS
        name = names.get(load, load)
        if behind and device.load is None:
            name = REST.format(name=device.name)
        sums[name] = sums.get(name, 0) + amount
    return sums


def milli(value: float | None) -> int | None:
    return None if value is None else round(Decimal(str(value)) * 1000)


def assert_shows(text: str, amount_milli: int) -> None:
    """A text such as ``99.6 kWh`` is the amount, rounded to its last digit."""
    match = re.fullmatch(r"([\d,.]+)\s(\w+³?)", text.strip())
    assert match, text
    number, unit = match[1].replace(",", ""), match[2]
    places = len(number.partition(".")[2])
    shown = Decimal(number) * MULTIPLES[unit]
    half = Decimal(MULTIPLES[unit]) / 10**places / 2
    assert abs(shown - Decimal(amount_milli) / 1000) <= half, (text, amount_milli)


async def texts(page: Page, selector: str) -> list[str]:
    found = await page.locator(selector).all_inner_texts()
    return [" ".join(text.split()) for text in found]


async def show(page: Page, fluid: Fluid, period: str, back: int) -> None:
    """Turn to a period as a person does."""
    card = page.locator("legrand-ews-consumption")
    for choice in (fluid.label, period):
        # The radio button itself is hidden behind its label.
        await card.get_by_text(choice, exact=True).first.click()
    for _ in range(back):
        await card.get_by_role("button", name="Earlier period").click()
    await page.locator("legrand-ews-consumption .body[aria-busy=false]").wait_for()


@pytest.mark.parametrize(
    ("fluid", "period", "back"),
    [
        pytest.param(ELECTRICITY, "Day", 0, id="today"),
        pytest.param(ELECTRICITY, "Day", 1, id="yesterday"),
        pytest.param(ELECTRICITY, "Month", 0, id="this month"),
        pytest.param(ELECTRICITY, "Month", 1, id="last month"),
        pytest.param(ELECTRICITY, "Year", 0, id="this year"),
        pytest.param(ELECTRICITY, "Year", 1, id="last year"),
        pytest.param(GAS, "Month", 1, id="gas"),
        pytest.param(WATER, "Year", 0, id="water"),
    ],
)
async def test_chart_shows_what_the_archive_holds(
    visitor: Visitor, fluid: Fluid, period: str, back: int
) -> None:
    site = visitor.site
    # Days are those of the site, wherever the reader is.
    page = await visitor.open("/energy-web-server/consumptions", zone="Asia/Tokyo")
    await page.locator("legrand-ews-series-legend .amount").first.wait_for()
    await show(page, fluid, period, back)
    edges = bounds(period, back)
    before = bounds(period, back + 1)
    chart = page.locator("legrand-ews-consumption-chart")
    names = await load_names(site)

    async def look() -> tuple[dict[str, int], dict[str, int], dict[str, object]]:
        sums = load_sums(site, names, fluid, edges[0], edges[-1])
        previous = load_sums(site, names, fluid, before[0], before[-1])
        return dict(sums), dict(previous), await chart.evaluate(SUMMARY)

    def agrees(seen: tuple[dict[str, int], dict[str, int], dict[str, object]]) -> bool:
        return milli(seen[2]["total"]) == sum(seen[0].values())

    # The running period grows once a minute; the page follows a moment later.
    sums, previous, summary = await eventually(look, agrees, timeout_s=20)

    rows = {name: (total, before) for name, total, before, _ in summary["rows"]}
    assert len(sums) >= 1
    assert {name: milli(total) for name, (total, _) in rows.items()} == sums
    assert milli(summary["previous"]) == (sum(previous.values()) if previous else None)
    assert {name: milli(value) for name, (_, value) in rows.items()} == {
        name: previous.get(name) for name in sums
    }
    if (period, back) != ("Day", 0):  # its hours are still being filled
        for index, (start, end) in enumerate(pairwise(edges)):
            bucket = load_sums(site, names, fluid, start, end)
            assert {
                name: milli(values[index])
                for name, _, _, values in summary["rows"]
                if values[index] is not None
            } == bucket, start

    legend = dict(
        zip(
            await texts(page, "legrand-ews-series-legend .name"),
            await texts(page, "legrand-ews-series-legend .amount"),
            strict=True,
        )
    )
    tiles = await texts(page, "legrand-ews-total-tiles .value")
    for name, amount in sums.items():
        assert_shows(legend[name], amount)
    assert_shows(tiles[0], sum(sums.values()))
    if previous:
        assert_shows(tiles[1], sum(previous.values()))
    else:
        assert tiles[1] == "–"
