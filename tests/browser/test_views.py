"""All views on every screen, bright and dark, in both languages."""

from pathlib import Path
from typing import Final

from playwright.async_api import Page
import pytest

from demo.tariffs import PLANS
from tests.browser.conftest import DESKTOP, PHONE, Visitor
from tests.browser.languages import foreign
from tests.running_site import RunningSite

pytestmark = pytest.mark.asyncio(loop_scope="session")

READING: Final = (Path(__file__).parent / "reading.js").read_text(encoding="utf-8")
BOARD: Final = "legrand-ews-panel-board"
CONSUMPTION: Final = "legrand-ews-consumption"
OTHERS: Final = {
    "overall": "legrand-ews-ring .amount",
    "partials": "legrand-ews-series-legend .amount",
    "compare": "legrand-ews-total-bars b",
    "details": "legrand-ews-series-legend .amount",
    "tariffs": "legrand-ews-series-legend .amount",
    "bill": "legrand-ews-plan-preview .strip button",
    "greenup": "ha-card h3",
    "download": ".objects label",
    "links": "h3",
}
"""What is there when a view has been drawn."""
TITLES: Final = {
    "en": (
        *("My panel board", "Grand total", "Overall"),
        *("Partials", "Compare", "Details", "Tariffs", "Bill of consumptions"),
        *("Green'Up", "Data download", "Links"),
    ),
    "fr": (
        *("Mon tableau", "Total général", "Global"),
        *("Partiels", "Comparer", "Détails", "Tarifs", "Facture des consommations"),
        *("Green'Up", "Téléchargement", "Liens"),
    ),
}


def names_of(site: RunningSite) -> set[str]:
    """What the user of the demo has called things."""
    spec = site.simulation.site
    parts = (*spec.gateways, *spec.boards, *spec.groups)
    return (
        {spec.name, *(load.name for load in spec.loads)}
        | {device.name for device in spec.devices}
        | {part.name for part in parts}
        | {part.description for part in parts if part.description}
        | {tariff["name"] for plan in PLANS.values() for tariff in plan["tariffs"]}
    )


async def assert_readable(page: Page, tag: str, language: str, names: set[str]) -> None:
    """Nothing cut off, nothing over something else, all in the user's language."""
    seen = await page.evaluate(READING, [tag])
    assert len(seen["words"]) > 3
    assert not seen["faults"]
    assert not foreign(seen["words"], language, names)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("is_dark", [False, True], ids=["bright", "dark"])
@pytest.mark.parametrize("language", ["en", "fr"])
async def test_views_are_whole_and_readable(
    visitor: Visitor, size: tuple[int, int], is_dark: bool, language: str
) -> None:
    names = names_of(visitor.site)
    page = await visitor.open(
        "/energy-web-server/panel-board", size=size, language=language, is_dark=is_dark
    )
    rows = page.locator("legrand-ews-device-row")
    await rows.locator(".counter").nth(24).wait_for()
    assert await rows.count() == len(visitor.site.simulation.site.devices)
    await assert_readable(page, BOARD, language, names)
    tabs = page.get_by_role("tab")
    assert [await tab.inner_text() for tab in await tabs.all()] == [*TITLES[language]]

    await tabs.nth(1).click()
    await page.locator("legrand-ews-series-legend .amount").first.wait_for()
    bars = page.locator('legrand-ews-consumption-chart path:not([fill="none"])')
    await bars.first.wait_for()
    await assert_readable(page, CONSUMPTION, language, names)
    assert page.url.endswith("/energy-web-server/consumptions")

    for number, (view, shown) in enumerate(OTHERS.items(), start=2):
        await tabs.nth(number).click()
        tag = f"legrand-ews-{view}"
        await page.locator(f"{tag} {shown}").first.wait_for()
        await page.locator(f"{tag} .body[aria-busy=true]").wait_for(state="detached")
        await assert_readable(page, tag, language, names)
        assert page.url.endswith(f"/energy-web-server/{view}")
