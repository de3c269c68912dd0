"""Green'Up: who charges and who waits, steps while a load rises, orders from the page."""

from collections.abc import AsyncIterator
import contextlib
from datetime import datetime
import json
import re
from typing import Any, Final
from zoneinfo import ZoneInfo

from playwright.async_api import Locator, Page
import pytest
import pytest_asyncio

from demo import wallbox
from demo.charging import (
    FEEDER,
    FEEDER_CHARGING_A,
    STATIONS,
    enter_charging,
    leave_charging,
)
from demo.client import DemoError
from tests.browser.conftest import DESKTOP, PHONE, Visitor
from tests.browser.test_views import assert_readable, names_of
from tests.running_site import ROOT, RunningSite, eventually

pytestmark = pytest.mark.asyncio(loop_scope="session")

PATH: Final = "/energy-web-server/greenup"
CARD: Final = "legrand-ews-greenup"
LEFT, RIGHT, *_ = STATIONS
ON_DESK_AND_PHONE: Final = pytest.mark.parametrize(
    ("language", "size"),
    [
        pytest.param("en", DESKTOP, id="en-desktop"),
        pytest.param("fr", PHONE, id="fr-phone"),
    ],
)
HEATERS: Final = "car park heaters"
STEP: Final = re.compile(r"/ (\d+) A (?:first|second) step")
REACTION_S: Final = 40
"""One control period, the writes, and what the page is told twice a second."""


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def managed(site: RunningSite) -> AsyncIterator[RunningSite]:
    """The company with its load management, and two cars that may take 32 A each."""
    simulation = site.simulation
    for name in STATIONS:
        with contextlib.suppress(ValueError):  # nobody is there
            simulation.unplug(name)
    await enter_charging(site.server, site.entry_id, site.device_ids)
    await eventually(
        lambda: stations_on(site), lambda count: count == len(STATIONS) + 1
    )
    for name in (LEFT, RIGHT):
        simulation.plug_in(name, wanted_wh=90_000)
    yield site
    simulation.set_load(HEATERS, 0)
    for name in (LEFT, RIGHT):
        simulation.unplug(name)
    await leave_charging(site.server, site.entry_id)


async def stations_on(site: RunningSite) -> int:
    """How many stations and chargers are read; the site may just be loaded anew."""
    try:
        charging = await site.server.command("legrand_ews/get_charging")
    except DemoError:
        return 0
    return sum(station["status"] == "on" for station in charging["stations"])


async def open_page(visitor: Visitor, page: str, **how: object) -> Page:
    opened = await visitor.open(f"{PATH}?page={page}", **how)  # type: ignore[arg-type]
    await opened.locator(f"{CARD} ha-card").first.wait_for()
    return opened


def words(folder: str, language: str) -> dict[str, Any]:
    """The sentences of a language in one of the places where there are some."""
    path = ROOT / folder / f"{language}.json"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


async def charging_of(site: RunningSite) -> dict[str, Any]:
    answer: dict[str, Any] = await site.server.command("legrand_ews/get_charging")
    return answer


async def station_of(site: RunningSite, name: str) -> dict[str, Any]:
    stations = (await charging_of(site))["stations"]
    return next(x for x in stations if x["id"] == site.device_ids[name])


async def is_enabled(site: RunningSite) -> bool:
    return bool((await charging_of(site))["is_enabled"])


def row(page: Page, name: str) -> Locator:
    return page.locator("legrand-ews-charging-row article").filter(has_text=name)


async def text(locator: Locator) -> str:
    """All that can be read in what is found, on one line."""
    return " ".join(" ".join(await locator.all_inner_texts()).split())


async def test_a_rising_load_takes_the_currents_down_step_by_step(
    managed: RunningSite, visitor: Visitor
) -> None:
    simulation = managed.simulation
    page = await open_page(visitor, "management")
    for name in (LEFT, RIGHT):
        seen = await eventually(
            lambda name=name: text(row(page, name)),
            lambda seen: "/ 32 A" in seen and "Charging" in seen,
            timeout_s=2 * REACTION_S,
        )
        assert "first step" not in seen

    # 29 A a phase beside twice 32 A: more than the feeder's 80 A.
    simulation.set_load(HEATERS, 20_000)

    # One step of each is enough; a reading that came late may cost another.
    for name in (LEFT, RIGHT):
        await eventually(
            lambda name=name: text(row(page, name)),
            lambda seen: STEP.search(seen) is not None,
            timeout_s=REACTION_S,
        )

        async def told(name: str = name) -> tuple[str, float]:
            found = STEP.search(await text(row(page, name)))
            now = simulation.now()
            gauges = simulation.meters[name].equipment.values(now).gauges
            return (found[1] if found else "", gauges["current_limit"])

        # What is shown is what the station was told.
        await eventually(told, lambda both: both[0] == f"{both[1]:.0f}", timeout_s=10)

    live = await open_page(visitor, "live")
    zones = live.locator("legrand-ews-charging-zones").filter(has_text=FEEDER)

    async def shown() -> str:
        return await text(zones.locator(".title, .legend"))

    # Twice 24 A beside 29 A: below the maximum again, by what the cars gave up.
    calm = await eventually(shown, lambda seen: "Red" not in seen, timeout_s=REACTION_S)
    assert f"{FEEDER_CHARGING_A} A" in calm
    events = live.locator(".log li")
    await events.filter(has_text=LEFT).filter(has_text="24").first.wait_for()
    await live.locator("legrand-ews-charging-course .plot svg text").first.wait_for()


async def test_a_button_lets_a_vehicle_wait_and_start_again(
    managed: RunningSite, visitor: Visitor
) -> None:
    simulation = managed.simulation
    simulation.set_load(HEATERS, 0)
    page = await open_page(visitor, "management")
    shown = row(page, LEFT)
    await shown.get_by_text("Charging", exact=True).wait_for()

    await shown.get_by_text("Wait", exact=True).click()

    await shown.get_by_text("Waits on request").wait_for(timeout=REACTION_S * 1000)

    async def charge() -> str:
        return simulation.states(LEFT)["charge_state"]

    await eventually(charge, lambda state: state == "suspended", timeout_s=REACTION_S)
    assert simulation.states(RIGHT)["charge_state"] == "charging"

    await shown.get_by_text("Start", exact=True).click()

    await eventually(charge, lambda state: state == "charging", timeout_s=REACTION_S)
    await shown.get_by_text("Charging", exact=True).wait_for()


async def test_a_vehicle_goes_first_for_this_time_only(
    managed: RunningSite, visitor: Visitor
) -> None:
    page = await open_page(visitor, "management")
    await row(page, RIGHT).get_by_text("Priority", exact=True).click()

    first = page.locator(f"{CARD} ha-card").filter(
        has=page.get_by_role("heading", name="Priority 1")
    )
    await first.get_by_text(RIGHT, exact=True).wait_for()
    details = await open_page(visitor, "details")
    choice = details.locator(f"{CARD} legrand-ews-picker select")
    await choice.select_option(value=str(managed.device_ids[RIGHT]))
    station = details.locator("legrand-ews-station-details")
    listed = await text(station.locator('[data-page="station"]'))
    assert "Priority by default Normal" in listed
    charge = await text(station.locator('[data-page="charge"]'))
    assert "Priority of this process Priority" in charge


@pytest.mark.parametrize("page_name", ["management", "live", "details", "sessions"])
async def test_pages_are_readable_in_french_on_a_phone_at_night(
    managed: RunningSite, visitor: Visitor, page_name: str
) -> None:
    names = names_of(managed) | {wallbox.NAME}
    page = await open_page(visitor, page_name, size=PHONE, language="fr", is_dark=True)
    await page.locator(".bone").first.wait_for(state="detached")
    await assert_readable(page, CARD, "fr", names)


async def test_pages_are_readable_on_a_desk(
    managed: RunningSite, visitor: Visitor
) -> None:
    names = names_of(managed) | {wallbox.NAME}
    page = await open_page(visitor, "management", size=DESKTOP)
    for label in ("Live", "Details", "Session log", "Management"):
        await page.locator(f"{CARD} .toolbar").get_by_text(label, exact=True).click()
        await page.locator(".bone").first.wait_for(state="detached")
        await assert_readable(page, CARD, "en", names)


@ON_DESK_AND_PHONE
async def test_switching_off_asks_while_vehicles_are_plugged_in(
    managed: RunningSite, visitor: Visitor, language: str, size: tuple[int, int]
) -> None:
    """S124: without the management the vehicle that was held back takes all."""
    sentences = words("dashboards/src/locales", language)
    texts, cancel = sentences["greenup"], sentences["device"]["cancel"]
    names = names_of(managed) | {wallbox.NAME}
    page = await open_page(visitor, "management", size=size, language=language)
    control = page.locator("legrand-ews-management-switch")
    switch = control.locator("ha-switch")
    dialog = control.locator("ha-dialog")

    await switch.click()
    await dialog.get_by_text(texts["switch_off_title"]).wait_for()
    said = await text(dialog.locator("p"))
    assert LEFT in said
    assert RIGHT in said
    await dialog.get_by_text(cancel, exact=True).click()
    await dialog.wait_for(state="detached")
    assert await is_enabled(managed)

    await switch.click()
    await dialog.get_by_text(texts["switch_off"], exact=True).click()
    await eventually(lambda: is_enabled(managed), lambda is_on: not is_on)
    await page.get_by_text(texts["off_title"]).wait_for()
    await assert_readable(page, CARD, language, names)

    await switch.click()
    await eventually(lambda: is_enabled(managed), bool)
    await page.get_by_text(texts["off_title"]).wait_for(state="detached")
    assert await dialog.count() == 0


@ON_DESK_AND_PHONE
async def test_a_departure_is_set_and_taken_back(
    managed: RunningSite, visitor: Visitor, language: str, size: tuple[int, int]
) -> None:
    """S191: the next morning is proposed; what is wrong is told in the dialog."""
    sentences = words("dashboards/src/locales", language)
    texts, cancel = sentences["greenup"], sentences["device"]["cancel"]
    page = await open_page(visitor, "management", size=size, language=language)
    shown = row(page, LEFT)
    dialog = page.locator("legrand-ews-departure-dialog")
    energy = dialog.locator("ha-selector-number input")

    async def open_dialog() -> None:
        await shown.get_by_text(texts["departure_button"], exact=True).click()
        await energy.wait_for()

    async def departure() -> dict[str, Any] | None:
        found: dict[str, Any] | None = (await station_of(managed, LEFT))["departure"]
        return found

    async def is_plugged_in() -> bool:
        return (await station_of(managed, LEFT))["session"] is not None

    await open_dialog()
    await energy.fill("12.5")
    await dialog.get_by_text(texts["departure_take"], exact=True).click()
    await dialog.wait_for(state="detached")
    found = await departure()
    assert found is not None
    at = datetime.fromisoformat(found["at"]).astimezone(ZoneInfo("Europe/Paris"))
    assert (at.hour, at.minute, found["energy"]) == (7, 0, 12_500)
    leaves = texts["departure"].partition(" {")[0]
    await shown.locator("p.facts").get_by_text(leaves).wait_for()

    await open_dialog()
    assert await energy.input_value() == "12.5"
    await energy.fill("")
    await dialog.get_by_text(texts["departure_take"], exact=True).click()
    await dialog.get_by_text(texts["departure_missing"]).wait_for()
    await dialog.get_by_text(texts["departure_back"], exact=True).click()
    await dialog.wait_for(state="detached")
    assert await departure() is None

    await open_dialog()
    managed.simulation.unplug(LEFT)
    # The station is read every few seconds.
    await eventually(is_plugged_in, lambda is_in: not is_in)
    await dialog.get_by_text(texts["departure_take"], exact=True).click()
    told = words("translations", language)["exceptions"]["station_without_vehicle"]
    await dialog.get_by_text(told["message"].format(name=LEFT)).wait_for()
    await dialog.get_by_text(cancel, exact=True).click()
    managed.simulation.plug_in(LEFT, wanted_wh=90_000)
    await eventually(is_plugged_in, bool)
