"""Take the README's pictures: ``python -m demo.screenshots URL`` beside a running demo."""

import asyncio
from dataclasses import dataclass
import json
from pathlib import Path
import sys
from typing import Final

from playwright.async_api import Browser, async_playwright

from .client import Client

FOLDER: Final = Path(__file__).resolve().parent.parent / "docs" / "images"
CHROMIUM: Final = "/usr/bin/chromium"
FLAGS: Final = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One page of the dashboard as it is shown to somebody."""

    name: str
    view: str
    width: int
    height: int
    period: str | None = None
    is_dark: bool = False
    language: str = "en"


PICTURES: Final = (
    Picture(
        name="consumption", view="consumptions", width=1280, height=760, period="Month"
    ),
    Picture(name="panel-board", view="panel-board", width=1280, height=900),
    Picture(name="bill", view="bill", width=1280, height=1640, period="Month"),
    Picture(
        name="greenup-management",
        view="greenup?page=management",
        width=1280,
        height=940,
    ),
    Picture(
        name="greenup-details", view="greenup?page=details", width=1280, height=1100
    ),
    Picture(name="greenup-live", view="greenup?page=live", width=1280, height=1720),
    Picture(
        name="greenup-phone",
        view="greenup?page=live",
        width=390,
        height=844,
        is_dark=True,
        language="fr",
    ),
    Picture(
        name="phone",
        view="consumptions",
        width=390,
        height=844,
        period="Jour",
        is_dark=True,
        language="fr",
    ),
)


async def take(url: str) -> None:
    """Write every picture into ``docs/images``."""
    client = Client(url)
    try:
        await client.sign_in()
        tokens = json.dumps(client.browser_tokens())
    finally:
        await client.disconnect()
    FOLDER.mkdir(parents=True, exist_ok=True)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=CHROMIUM, args=list(FLAGS)
        )
        for picture in PICTURES:
            await _take(browser, url, tokens, picture)
        await browser.close()


async def _take(browser: Browser, url: str, tokens: str, picture: Picture) -> None:
    page = await browser.new_page(
        viewport={"width": picture.width, "height": picture.height},
        color_scheme="dark" if picture.is_dark else "light",
    )
    language = json.dumps(json.dumps(picture.language))
    await page.add_init_script(
        f"localStorage.setItem('hassTokens', {json.dumps(tokens)});"
        f"localStorage.setItem('selectedLanguage', {language});"
        # A docked side bar would take a quarter of the picture.
        "localStorage.setItem('dockedSidebar', '\"auto\"');"
    )
    await page.goto(f"{url}/energy-web-server/{picture.view}")
    await page.locator("ha-card").first.wait_for()
    if picture.period is not None:
        await page.get_by_text(picture.period, exact=True).first.click()
    await page.wait_for_timeout(4000)  # animations of the chart
    await page.screenshot(path=FOLDER / f"{picture.name}.png")
    await page.close()


if __name__ == "__main__":
    asyncio.run(take(sys.argv[1].rstrip("/")))
