"""My panel board lives: groupings, fresh values, a gateway that goes and comes back."""

import asyncio
from collections.abc import Mapping
import time
from typing import Final

from playwright.async_api import Locator, Page
import pytest

from custom_components.legrand_ews.ews.catalogue import load_catalogue
from tests.books import read_books, strangers, unbalanced
from tests.browser.conftest import Visitor
from tests.running_site import FAST_POLL_S, eventually

pytestmark = pytest.mark.asyncio(loop_scope="session")

PATH: Final = "/energy-web-server/panel-board"
OFFICES: Final = "Offices gateway"
COUNTERS: Final = frozenset(
    {"active_energy_import", "active_energy_export", "gas_volume", "water_volume"}
)
"""What stays on a row for good; a charging station has none of them."""
RECOVERY_S: Final = 15
"""The promise: so long after a gateway is back, its devices are."""


async def sections(page: Page) -> dict[str, list[str]]:
    """Names of the devices below each title."""
    cards = await page.locator("legrand-ews-panel-board ha-card").all()
    return {
        (await card.locator("h2").inner_text()).strip(): [
            name.strip() for name in await card.locator("a.name").all_inner_texts()
        ]
        for card in cards
    }


async def figures(card: Locator) -> dict[str, str]:
    """What the right side of each row shows, by device."""
    rows = await card.locator("legrand-ews-device-row").all()
    return {
        (await row.locator(".name").inner_text()).strip(): " ".join(
            await row.locator(".power, .counter, .state").all_inner_texts()
        )
        for row in rows
    }


async def open_board(visitor: Visitor) -> Page:
    """Open the board and wait until all that counts shows what it has counted."""
    page = await visitor.open(PATH)
    models = load_catalogue().models
    counting = [
        device
        for device in visitor.site.simulation.site.devices
        if COUNTERS & set(models[device.model].quantities)
    ]
    counters = page.locator("legrand-ews-device-row .counter:not(:empty)")
    await counters.nth(len(counting) - 1).wait_for()
    return page


async def test_devices_are_grouped_by_gateway_by_board_and_all(
    visitor: Visitor,
) -> None:
    """S147."""
    spec = visitor.site.simulation.site
    page = await open_board(visitor)
    by_gateway = {
        gateway.name: sorted(d.name for d in spec.devices if d.gateway == gateway.name)
        for gateway in spec.gateways
    }
    board_of = {gateway.name: gateway.board for gateway in spec.gateways}
    by_board = {
        board.name: sorted(
            d.name for d in spec.devices if board_of[d.gateway] == board.name
        )
        for board in spec.boards
    }
    everything = {"All devices": sorted(d.name for d in spec.devices)}

    def in_any_order(seen: Mapping[str, list[str]]) -> dict[str, list[str]]:
        return {title: sorted(names) for title, names in seen.items()}

    assert in_any_order(await sections(page)) == by_gateway
    for choice, expected in (("By board", by_board), ("All", everything)):
        await page.get_by_text(choice, exact=True).click()
        seen = await eventually(
            lambda: sections(page),
            lambda seen, expected=expected: in_any_order(seen) == expected,
            timeout_s=10,
        )
        assert in_any_order(seen) == expected


async def test_one_gateway_is_picked_out(visitor: Visitor) -> None:
    spec = visitor.site.simulation.site
    page = await open_board(visitor)
    own = sorted(d.name for d in spec.devices if d.gateway == OFFICES)

    picker = page.locator("legrand-ews-panel-board legrand-ews-picker select")
    await picker.select_option(label=OFFICES)

    async def seen() -> dict[str, list[str]]:
        return {title: sorted(names) for title, names in (await sections(page)).items()}

    await eventually(seen, lambda shown: shown == {OFFICES: own}, timeout_s=10)


async def test_values_on_screen_are_read_every_few_seconds(visitor: Visitor) -> None:
    page = await open_board(visitor)
    card = page.locator("legrand-ews-panel-board ha-card").first
    first = await figures(card)
    # At night the roof gives nothing, again and again.
    busy = [name for name, shown in first.items() if not shown.startswith("0 W ")]
    assert len(busy) > 3

    await eventually(
        lambda: figures(card),
        lambda seen: all(seen[name] != first[name] for name in busy),
        timeout_s=8 * FAST_POLL_S,
    )

    gateway = visitor.site.simulation.site.gateways[0].name
    assert set(first) == {
        d.name for d in visitor.site.simulation.site.devices if d.gateway == gateway
    }


async def test_a_gateway_that_fails_takes_only_its_own_devices_along(
    visitor: Visitor,
) -> None:
    site = visitor.site
    spec = site.simulation.site
    own = [d.name for d in spec.devices if d.gateway == OFFICES]
    page = await open_board(visitor)
    cards = page.locator("legrand-ews-panel-board ha-card")
    failing = cards.filter(has=page.get_by_role("heading", name=OFFICES))
    neighbour = cards.first
    before = await asyncio.to_thread(read_books, site.archive)

    await site.simulation.gateways[OFFICES].stop()

    await eventually(
        lambda: figures(failing),
        lambda seen: seen == dict.fromkeys(own, "Communication error"),
    )
    await failing.get_by_text("Not reachable").wait_for()
    values = await figures(neighbour)
    assert "Communication error" not in values.values()
    await eventually(
        lambda: figures(neighbour),
        lambda seen: sum(seen[name] != values[name] for name in values) > 3,
        timeout_s=8 * FAST_POLL_S,
    )
    states = {s["entity_id"]: s for s in await site.server.get("/api/states")}
    shown = await site.server.command("legrand_ews/site")
    for device in shown["devices"]:
        for entity in device["entities"].values():
            if entity in states:
                is_gone = states[entity]["state"] == "unavailable"
                assert is_gone == (device["name"] in own), entity

    await site.simulation.gateways[OFFICES].start()
    back_at = time.time()

    await eventually(
        lambda: figures(failing),
        lambda seen: "Communication error" not in seen.values(),
        timeout_s=RECOVERY_S,
    )
    await failing.get_by_text("Connected").wait_for()

    after = await eventually(
        lambda: asyncio.to_thread(read_books, site.archive),
        lambda books: books.booked_until > back_at,
        timeout_s=120,
    )
    assert not unbalanced(before, after)
    assert not strangers(after, site.simulation.meters, site.device_ids)
    for name in own:
        row = after.counters[site.device_ids[name], "active_energy_import"]
        assert row.booked_until > back_at, name
