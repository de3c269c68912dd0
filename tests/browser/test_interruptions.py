"""A page that stays open while Home Assistant starts again."""

from dataclasses import dataclass, field
import json
from typing import Any

from playwright.async_api import WebSocketRoute
import pytest

from tests.browser.conftest import Visitor
from tests.browser.test_consumption_views import BASE, settled
from tests.running_site import eventually

pytestmark = pytest.mark.asyncio(loop_scope="session")


@dataclass(slots=True, kw_only=True)
class Wire:
    """The connections of a page; while Home Assistant starts, ours is unheard of."""

    is_starting: bool = False
    asked: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    ends: list[WebSocketRoute] = field(default_factory=list)

    def take(self, page: WebSocketRoute) -> None:
        """Carry a connection of the page."""
        server = page.connect_to_server()
        self.ends = [page, server]

        def carry(text: str | bytes) -> None:
            said = json.loads(text)
            messages: list[dict[str, Any]] = said if isinstance(said, list) else [said]
            ours = [x for x in messages if x["type"].startswith("legrand_ews/")]
            if not self.is_starting:
                self.asked += [x["type"] for x in ours]
                server.send(text)
                return
            self.refused += [x["type"] for x in ours]
            for message in messages:
                if message not in ours:
                    server.send(json.dumps(message))
            for message in ours:
                error = {"code": "unknown_command", "message": "Unknown command."}
                answer = {"id": message["id"], "type": "result", "success": False}
                page.send(json.dumps({**answer, "error": error}))

        page.on_message(carry)

    async def cut(self) -> None:
        """End the connection, as the end of Home Assistant does."""
        self.is_starting = True
        for end in self.ends:
            await end.close()

    def started(self) -> None:
        """The integration is up again."""
        self.asked.clear()
        self.is_starting = False


async def told(wire: Wire, *types: str) -> None:
    """Wait until the page has asked for all of these."""

    async def asked() -> set[str]:
        return set(wire.asked)

    await eventually(asked, {f"legrand_ews/{one}" for one in types}.issubset)


def forgive(visitor: Visitor) -> None:
    """Forget what Home Assistant's own pages say of questions that were cut off.

    Their promises are rejected with bare objects; those of ours have to be caught.
    """
    visitor.complaints[:] = [x for x in visitor.complaints if x != "Object"]


async def test_consumption_goes_on_after_a_restart(visitor: Visitor) -> None:
    wire = Wire()
    page = await visitor.open(f"{BASE}/consumptions", socket=wire.take)
    card = page.locator("legrand-ews-consumption")
    await card.locator("legrand-ews-series-legend .amount").first.wait_for()
    await told(wire, "get_consumption", "subscribe_samples")

    await wire.cut()

    async def refused() -> list[str]:
        return wire.refused

    await eventually(refused, lambda seen: "legrand_ews/subscribe_samples" in seen)
    wire.started()
    # New samples are told of, and what was recorded meanwhile is fetched.
    await told(wire, "get_consumption", "subscribe_samples")
    await settled(card)
    forgive(visitor)
    assert await card.get_by_role("alert").count() == 0


async def test_live_values_go_on_after_a_restart(visitor: Visitor) -> None:
    wire = Wire()
    page = await visitor.open(f"{BASE}/details", socket=wire.take)
    await page.locator('[data-page="power"] tbody td').first.wait_for()
    await told(wire, "values")

    await wire.cut()

    async def refused() -> list[str]:
        return wire.refused

    await eventually(refused, lambda seen: "legrand_ews/values" in seen)
    wire.started()
    await told(wire, "values")
    forgive(visitor)
