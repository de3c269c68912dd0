"""Pages of breakers, outputs and stations: what they show and what they move (S150-S159)."""

from collections.abc import AsyncIterator

from playwright.async_api import Browser, Locator, Page
import pytest
import pytest_asyncio

from tests.browser.conftest import DESKTOP, PHONE, Visitor
from tests.browser.test_views import assert_readable, names_of
from tests.running_site import RunningSite, eventually, running_site

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def room(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[RunningSite]:
    """A technical room with a device of every family."""
    async with running_site("technical", tmp_path_factory.mktemp("room")) as room:
        yield room


@pytest_asyncio.fixture(loop_scope="session")
async def guest(room: RunningSite, chromium: Browser) -> AsyncIterator[Visitor]:
    """A person with a browser in the technical room."""
    guest = Visitor(site=room, browser=chromium)
    yield guest
    for context in guest.contexts:
        await context.close()
    assert not guest.complaints


async def open_device(
    guest: Visitor, name: str, size: tuple[int, int] = DESKTOP, language: str = "en"
) -> tuple[Page, Locator]:
    """Open the details of a device; wait until its values are there."""
    number = guest.site.device_ids[name]
    page = await guest.open(
        f"/energy-web-server/details?device={number}", size=size, language=language
    )
    pages = page.locator("legrand-ews-device-pages")
    await pages.locator("section").first.wait_for()
    await pages.locator(".bone").first.wait_for(state="detached")
    return page, pages


def section(pages: Locator, key: str) -> Locator:
    return pages.locator(f'[data-page="{key}"]')


async def listed(part: Locator) -> dict[str, str]:
    """Names and values of a list."""
    names = await part.locator("dt").all_inner_texts()
    values = await part.locator("dd").all_inner_texts()
    return {
        name.strip(): " ".join(value.split())
        for name, value in zip(names, values, strict=True)
    }


async def test_a_trip_is_seen_on_the_page_and_on_the_board(guest: Visitor) -> None:
    simulation = guest.site.simulation
    page, pages = await open_device(guest, "Pump breaker")
    state = section(pages, "state")
    assert (await listed(state))["Breaker state"] == "Closed"

    simulation.trip("Pump breaker", "short_delay", 800)
    seen = await eventually(
        lambda: listed(state), lambda seen: seen["Breaker state"] == "Tripped"
    )
    assert seen["Cause of the last trip"] == "Short delay"
    assert seen["Current at the last trip"] == "800 A"
    badge = page.locator("legrand-ews-device-header .state-badge.bad")
    assert (await badge.inner_text()).strip() == "Tripped"

    board = await guest.open("/energy-web-server/panel-board")
    row = board.locator("legrand-ews-device-row").filter(has_text="Pump breaker")
    await row.locator(".state-badge.bad").get_by_text("Tripped").wait_for()
    others = board.locator("legrand-ews-device-row .state-badge.bad")
    assert await others.count() == 1


async def test_an_output_is_switched_and_read_back(guest: Visitor) -> None:
    simulation = guest.site.simulation
    _, pages = await open_device(guest, "Relays")
    switch = section(pages, "outputs").get_by_role("switch").first
    assert await switch.get_attribute("aria-checked") == "false"

    await switch.click()

    async def checked() -> str | None:
        return await switch.get_attribute("aria-checked")

    await eventually(checked, lambda state: state == "true", timeout_s=20)
    assert simulation.states("Relays")["output_1"] == "on"


async def test_what_a_counter_did_stands_below_it(guest: Visitor) -> None:
    """The journal of a device; nothing where nothing has happened."""
    server, number = guest.site.server, guest.site.device_ids["Pump breaker"]
    _, pages = await open_device(guest, "Pump breaker")
    journal = section(pages, "energy").locator("legrand-ews-corrections details")
    assert await journal.count() == 0

    quantity = "active_energy_import"
    tested = await server.command("legrand_ews/test_device", device=number)
    shown = tested["values"][quantity]["value"]
    await server.command(
        "legrand_ews/record_meter_exchange",
        device=number,
        quantity=quantity,
        old_end=shown + 5000,
        new_start=shown,
    )
    _, pages = await open_device(guest, "Pump breaker", PHONE, "fr")
    journal = section(pages, "energy").locator("legrand-ews-corrections details")
    await journal.locator("summary").click()
    entry = " ".join((await journal.locator("li").inner_text()).split())
    assert entry.startswith("Compteur remplacé"), entry
    assert entry.endswith("5,000 kWh comptabilisés"), entry


async def test_a_plug_is_disabled_only_after_a_second_yes(guest: Visitor) -> None:
    simulation = guest.site.simulation
    page, pages = await open_device(guest, "Visitors")
    command = section(pages, "command")
    switch = command.get_by_role("switch", name="EV plug")
    assert await switch.get_attribute("aria-checked") == "true"

    await switch.click()
    dialog = page.get_by_role("dialog", name="Turn off: EV plug")
    await dialog.get_by_role("button", name="Cancel").click()
    assert simulation.states("Visitors")["ev_plug"] == "on"
    assert await switch.get_attribute("aria-checked") == "true"

    await switch.click()
    await dialog.get_by_role("button", name="Do it").click()

    async def checked() -> str | None:
        return await switch.get_attribute("aria-checked")

    await eventually(checked, lambda state: state == "false", timeout_s=20)
    assert simulation.states("Visitors")["ev_plug"] == "off"


async def test_a_limit_is_written_on_demand_and_refused_beyond_its_bounds(
    guest: Visitor,
) -> None:
    _, pages = await open_device(guest, "Twin left")
    command = section(pages, "command")
    field = command.get_by_role("spinbutton", name="Current limit")
    write = command.get_by_role("button", name="Write")
    assert await write.is_disabled()

    await field.fill("16")
    await write.click()

    async def limit() -> str:
        return (await listed(section(pages, "station")))["Current limit"]

    await eventually(limit, lambda text: text == "16 A", timeout_s=20)
    assert await write.is_disabled()

    await field.fill("99")
    await write.click()
    assert await field.evaluate("(field) => field.validity.rangeOverflow")
    assert await limit() == "16 A"


async def test_every_error_of_a_station_is_listed_with_yes_or_no(
    guest: Visitor,
) -> None:
    simulation = guest.site.simulation
    _, pages = await open_device(guest, "Premium left")
    errors = section(pages, "station_errors")
    assert set((await listed(errors)).values()) == {"No"}

    simulation.set_station_error("Premium left", "plug_lock")
    seen = await eventually(
        lambda: listed(errors),
        lambda seen: seen["Plug does not lock"] == "Yes",
        timeout_s=20,
    )
    assert [name for name, value in seen.items() if value == "Yes"] == [
        "Plug does not lock"
    ]


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("name", ["Pump breaker", "Signals", "Twin right", "Server"])
async def test_pages_are_turned_on_a_phone(
    guest: Visitor, name: str, language: str
) -> None:
    page, pages = await open_device(guest, name, PHONE, language)
    names = names_of(guest.site)
    arrows = pages.locator(".pager button")
    count = await pages.locator("section").count()
    for number in range(count):
        title = pages.locator(".pager span")
        await eventually(
            title.inner_text,
            lambda text, number=number: f"{number + 1} / {count}" in text,
            timeout_s=5,
        )
        box = await pages.locator("section").nth(number).bounding_box()
        assert box is not None
        assert box["width"] <= 400
        await assert_readable(page, "legrand-ews-details", language, names)
        if number + 1 < count:
            await arrows.last.click()
    assert await arrows.last.is_disabled()
