"""Configuring a device in the browser: errors stand at their field, in both languages."""

from collections.abc import AsyncIterator
import json
import re
from typing import Final

from playwright.async_api import Locator, Page
import pytest
import pytest_asyncio

from tests.browser.conftest import DESKTOP, PHONE, Visitor
from tests.browser.languages import foreign
from tests.browser.test_views import READING, names_of
from tests.running_site import ROOT, RunningSite, eventually

pytestmark = pytest.mark.asyncio(loop_scope="session")

PATH: Final = "/config/integrations/integration/legrand_ews"
DIALOG: Final = "dialog-data-entry-flow"
GATEWAY: Final = "Offices gateway"
TAKEN: Final = ("11", "Lighting ground floor")
SILENT: Final = "99"
UNVERIFIED: Final = "4 120 74"


class DeviceForm:
    """The dialog in which a device is added."""

    def __init__(self, page: Page, language: str) -> None:
        path = ROOT / "translations" / f"{language}.json"
        subentries = json.loads(path.read_text(encoding="utf-8"))["config_subentries"]
        self.texts = subentries["device"]
        self.page = page
        self.dialog = page.locator(DIALOG)

    async def open(self) -> None:
        button = self.texts["initiate_flow"]["user"]
        await self.page.get_by_role("button", name=button).click()
        menu = self.dialog.locator("step-flow-menu")
        await menu.wait_for()
        choice = self.texts["step"]["user"]["menu_options"]["pick"]
        await menu.get_by_text(choice, exact=True).click()
        await self.at("pick")

    async def at(self, step: str) -> None:
        """Wait until a step is shown."""
        title = self.texts["step"][step]["title"]
        await self.dialog.get_by_text(title, exact=True).first.wait_for()
        await self.dialog.locator("step-flow-form").wait_for()

    def field(self, step: str, name: str) -> Locator:
        label = self.texts["step"][step]["data"][name]
        return self.dialog.locator("ha-selector").filter(
            has=self.page.get_by_text(re.compile(rf"^{re.escape(label)}\s*\*?$"))
        )

    async def choose(self, name: str, text: str | re.Pattern[str]) -> None:
        """Choose from a list of the first form."""
        field = self.field("pick", name)
        await field.locator("ha-picker-field").click()
        await field.get_by_role("menuitem", name=text).click()

    async def submit(self) -> None:
        await self.dialog.locator("ha-dialog-footer ha-button").click()

    async def errors(self) -> dict[str, str]:
        """Sentences of the errors by the label of the field that they stand at."""
        await self.dialog.locator("ha-form ha-alert").first.wait_for()
        return dict(
            await self.dialog.locator("ha-form ha-alert").evaluate_all(
                "(alerts) => alerts.map((alert) => "
                "[alert.nextElementSibling.label, alert.textContent.trim()])"
            )
        )


@pytest_asyncio.fixture(loop_scope="session")
async def server_language(site: RunningSite, language: str) -> AsyncIterator[str]:
    """Titles of models come in the server's language: flows are not told the user's."""
    await site.server.command("config/core/update", language=language)
    yield language
    await site.server.command("config/core/update", language="en")


@pytest.mark.parametrize(
    ("language", "size"),
    [
        pytest.param("en", DESKTOP, id="en-desktop"),
        pytest.param("fr", PHONE, id="fr-phone"),
    ],
)
@pytest.mark.usefixtures("server_language")
async def test_device_form_warns_and_puts_errors_at_their_field(
    visitor: Visitor, language: str, size: tuple[int, int]
) -> None:
    server = visitor.site.server
    page = await visitor.open(PATH, language=language, size=size)
    form = DeviceForm(page, language)
    names = names_of(visitor.site)

    async def assert_readable() -> None:
        # Lists and steps glide in and out.
        seen = await eventually(
            lambda: page.evaluate(READING, [DIALOG]),
            lambda seen: not seen["faults"],
            timeout_s=5,
        )
        assert not foreign(seen["words"], language, names)

    await form.open()
    await form.choose("gateway_id", GATEWAY)
    await form.choose("family", re.compile(r"RS-485$|RS485$"))
    await assert_readable()
    await form.submit()

    await form.at("model")
    await form.dialog.locator("ha-picker-field").click()
    choice = form.dialog.get_by_role("menuitem", name=re.compile(UNVERIFIED))
    await choice.click()
    await form.submit()

    await form.at("unverified")
    wanted = re.escape(form.texts["step"]["unverified"]["description"])
    sentence = re.compile(re.sub(r"\\\{\w+\\\}", ".+", wanted))
    warning = form.dialog.locator("ha-markdown-element").filter(has_text=sentence)
    assert UNVERIFIED in await warning.inner_text()
    await assert_readable()
    await form.submit()

    await form.at("device")
    address = form.field("device", "address").locator("input")
    label = form.texts["step"]["device"]["data"]["address"]
    taken, name = TAKEN
    for wrong, expected in (
        ("300", form.texts["error"]["address_out_of_range"]),
        (taken, form.texts["error"]["address_duplicate"]),
        (SILENT, form.texts["error"]["device_silent"]),
    ):
        await address.fill(wrong)
        await form.submit()
        await page.wait_for_function(
            "([tag, part]) => { const find = (root) => [...root.querySelectorAll('*')]"
            ".some((e) => (e.localName === 'ha-alert' && e.textContent.includes(part))"
            " || (e.shadowRoot && find(e.shadowRoot))); return find(document); }",
            arg=[DIALOG, wrong],
        )
        assert await form.errors() == {
            label: expected.format(
                address=wrong, first=1, last=247, name=name, gateway=GATEWAY
            )
        }
        await assert_readable()

    entry = visitor.site.entry_id
    stored = await server.command("config_entries/subentries/list", entry_id=entry)
    devices = [x for x in stored if x["subentry_type"] == "device"]
    assert len(devices) == len(visitor.site.simulation.site.devices)
