"""Tariffs and cost rules in the settings of the site: lists within lists, in words."""

import json
from typing import Any, Final

from playwright.async_api import Locator, Page
import pytest

from tests.browser.conftest import DESKTOP, PHONE, Visitor
from tests.running_site import ROOT

pytestmark = pytest.mark.asyncio(loop_scope="session")

PATH: Final = "/config/integrations/integration/legrand_ews"
WORDS: Final = {
    "en": ("Configure", "Save", "Submit"),
    "fr": ("Configurer", "Enregistrer", "Valider"),
}
"""What Home Assistant itself calls the gear-wheel and the buttons."""


class Settings:
    """The dialog of the site's settings, and the one above it that edits a row."""

    def __init__(self, page: Page, language: str) -> None:
        path = ROOT / "translations" / f"{language}.json"
        self.texts: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        self.page = page
        self.dialog = page.locator("dialog-data-entry-flow")
        self.row = page.locator("dialog-form")
        self.gear, self.save, self.submit = WORDS[language]

    async def open(self, *choices: tuple[str, str]) -> None:
        """Open the settings and choose items of menus."""
        site = self.page.locator("ha-config-entry-row").first
        await site.wait_for()
        await site.get_by_role("button", name=self.gear).first.click()
        for step, option in choices:
            text = self.texts["options"]["step"][step]["menu_options"][option]
            menu = self.dialog.locator("step-flow-menu")
            await menu.get_by_text(text, exact=True).click()

    @property
    def rows(self) -> Locator:
        """The rows of the list that is shown."""
        return self.dialog.locator("ha-selector-object ha-list-item-base")

    async def edit(self, rows: Locator, number: int) -> None:
        """Open one of some rows."""
        await rows.nth(number).locator("ha-icon-button").first.click()
        await self.row.locator("ha-form:not([hidden])").first.wait_for()

    async def label(self, selector: str, field: str) -> None:
        """Wait until a field of the row that is edited is called by its name."""
        name = self.texts["selector"][selector]["fields"][field]["name"]
        form = self.row.locator("ha-form:not([hidden])")
        await form.get_by_text(name).first.wait_for()


@pytest.mark.parametrize(
    ("language", "size"),
    [
        pytest.param("en", DESKTOP, id="en-desktop"),
        pytest.param("fr", PHONE, id="fr-phone"),
    ],
)
async def test_rules_are_rows_that_are_edited(
    visitor: Visitor, language: str, size: tuple[int, int]
) -> None:
    page = await visitor.open(PATH, size=size, language=language)
    settings = Settings(page, language)
    await settings.open(
        ("init", "tariffs"),
        ("tariffs", "tariffs_electricity"),
        ("tariff_fluid", "cost_rules"),
    )
    await settings.rows.first.wait_for()
    assert await settings.rows.count() >= 2
    await settings.edit(settings.rows, 0)
    for field in ("tariff", "from", "to", "weekdays", "start_date", "repeat_yearly"):
        await settings.label("cost_rule", field)


async def test_a_price_is_changed_in_the_list_of_a_tariff(visitor: Visitor) -> None:
    """Nothing counts before the user has said since when, and seen what it makes."""
    page = await visitor.open(PATH)
    settings = Settings(page, "en")
    await settings.open(
        ("init", "tariffs"),
        ("tariffs", "tariffs_electricity"),
        ("tariff_fluid", "tariff_list"),
    )
    await settings.rows.first.wait_for()
    await settings.edit(settings.rows, 0)
    await settings.label("tariff", "prices")
    prices = settings.row.locator("ha-selector-object ha-list-item-base")
    await settings.edit(prices, 0)
    await settings.label("tariff_price", "price")
    form = settings.row.locator("ha-form:not([hidden])")
    await form.locator("ha-selector-text input").first.fill("0,31")
    for _ in range(2):
        await settings.row.get_by_role("button", name=settings.save).click()
    await settings.row.locator("ha-form").first.wait_for(state="detached")
    texts = settings.texts["options"]["step"]
    for step in ("tariff_list", "tariff_change"):
        submit = settings.dialog.get_by_role("button", name=settings.submit)
        await submit.click()
        following = {"tariff_list": "tariff_change", "tariff_change": "tariff_confirm"}
        title = texts[following[step]]["title"].format(fluid="Electricity")
        await settings.dialog.get_by_text(title).first.wait_for()
    said = settings.texts["exceptions"]["tariff_same"]["message"]
    await settings.dialog.get_by_text(said).wait_for()
