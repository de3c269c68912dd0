"""Recorded data as files, made on the page *Data download*."""

import csv
from decimal import Decimal
import io
from typing import Final
import zipfile

from playwright.async_api import Locator
import pytest

from tests.browser.conftest import Visitor
from tests.browser.test_consumption_views import (
    BASE,
    ELECTRICITY,
    LAST_MONTH,
    choose,
    sums_by_name,
)

pytestmark = pytest.mark.asyncio(loop_scope="session")

AMOUNTS: Final = "report_energy_devices_electricity.csv"
COSTS: Final = "report_energy_devices_electricity_cost.csv"

type Table = list[list[str]]


async def made(card: Locator) -> dict[str, Table]:
    """Let the files be made, and read them as a spreadsheet would."""
    async with card.page.expect_download() as download:
        await card.get_by_role("button", name="Make the files").click()
    file = await download.value
    assert file.suggested_filename == "reportdata.zip"
    with zipfile.ZipFile(await file.path()) as packed:
        texts = {name: packed.read(name) for name in packed.namelist()}
    return {
        name: list(csv.reader(io.StringIO(text.decode("utf-8-sig")), delimiter=";"))
        for name, text in texts.items()
    }


async def test_costs_come_along_when_they_are_ticked(visitor: Visitor) -> None:
    page = await visitor.open(f"{BASE}/download")
    card = page.locator("legrand-ews-download")
    days = LAST_MONTH[0].date(), LAST_MONTH[-2].date()
    for label, day in zip(("From", "To"), days, strict=True):
        await card.get_by_label(label, exact=True).fill(day.isoformat())
    await choose(card, "One row", "a day")
    costs = card.get_by_label("With costs")
    assert not await costs.is_checked()
    assert COSTS not in await made(card)

    await costs.check()
    files = await made(card)
    amounts, priced = files[AMOUNTS], files[COSTS]
    assert priced[0] == [*amounts[0][:2], *(f"{x} [EUR]" for x in amounts[0][2:])]
    assert [row[:2] for row in priced[1:]] == [
        [f"{edge:%Y-%m-%d %H:%M:%S}", f"{edge:%:z}"] for edge in LAST_MONTH[:-1]
    ]
    known = 0
    for amount_row, cost_row in zip(amounts[1:], priced[1:], strict=True):
        for amount, cost in zip(amount_row[2:], cost_row[2:], strict=True):
            assert bool(amount) == bool(cost)
            assert not amount or (number(cost) > 0) == (number(amount) > 0)
            known += bool(amount)
    assert known > 100
    columns = zip(*amounts[1:], strict=True)
    totals = {
        heading.rpartition(" (")[0]: sum(number(x) for x in column if x) * 1000
        for heading, column in zip(amounts[0], columns, strict=True)
        if "(" in heading
    }
    assert totals == sums_by_name(visitor.site, ELECTRICITY)


def number(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))
