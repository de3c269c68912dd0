"""One building and one browser for all tests of the folder."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
import json
import shutil
from typing import Final

from playwright.async_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    WebSocketRoute,
    async_playwright,
)
import pytest
import pytest_asyncio

from demo.tariffs import enter_tariffs
from demo.wallbox import CONFIGURATION as WALLBOX
from tests.running_site import RunningSite, running_site

ARGUMENTS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DESKTOP: Final = (1280, 900)
PHONE: Final = (390, 844)
PATIENCE_MS: Final = 20_000


@dataclass(slots=True, kw_only=True)
class Visitor:
    """Opens pages as the signed-in user, and notes what the console complains of."""

    site: RunningSite
    browser: Browser
    complaints: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    async def open(
        self,
        path: str,
        *,
        size: tuple[int, int] = DESKTOP,
        language: str = "en",
        is_dark: bool = False,
        zone: str = "Europe/Paris",
        has_touch: bool = False,
        socket: Callable[[WebSocketRoute], None] | None = None,
    ) -> Page:
        """Open a page of Home Assistant in a window of its own.

        ``socket`` is given the page's connections to Home Assistant.
        """
        context = await self.browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if is_dark else "light",
            locale=language,
            timezone_id=zone,
            has_touch=has_touch,
        )
        context.set_default_timeout(PATIENCE_MS)
        self.contexts.append(context)
        tokens = json.dumps(self.site.server.browser_tokens())
        stored = {"hassTokens": tokens, "selectedLanguage": json.dumps(language)}
        await context.add_init_script(
            f"for (const [key, value] of Object.entries({json.dumps(stored)})) "
            "localStorage.setItem(key, value);"
        )
        if socket is not None:
            await context.route_web_socket(
                "**/api/websocket",
                lambda end: socket(end),  # noqa: PLW0108
            )
        page = await context.new_page()
        # Bound methods of a class with slots cannot be handed to Playwright.
        page.on("console", lambda message: self._note(message))  # noqa: PLW0108
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        await page.goto(self.site.server.url + path, wait_until="domcontentloaded")
        return page

    def _note(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(f"{message.text} ({message.location})")


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def site(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[RunningSite]:
    """The demo's building with 13 months of past and its tariffs, for all tests."""
    folder = tmp_path_factory.mktemp("company")
    async with running_site(
        "company", folder, months=13, configuration=WALLBOX
    ) as site:
        await enter_tariffs(site.server, site.entry_id)
        yield site


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium() -> AsyncIterator[Browser]:
    """Debian's browser."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=list(ARGUMENTS)
        )
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def visitor(site: RunningSite, chromium: Browser) -> AsyncIterator[Visitor]:
    """A person with a browser; no page may have complained in the end."""
    visitor = Visitor(site=site, browser=chromium)
    yield visitor
    for context in visitor.contexts:
        await context.close()
    assert not visitor.complaints
