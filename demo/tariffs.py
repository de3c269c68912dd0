"""What the company of the demo pays: a plan for every fluid, through the real action."""

import asyncio
from collections.abc import Mapping, Sequence
import time
from typing import Final

from .client import Client, DemoError, Json
from .installation import DOMAIN

_EVERY_DAY: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WORKDAYS: Final = _EVERY_DAY[:5]
_WEEKEND: Final = _EVERY_DAY[5:]
_PATIENCE_S: Final = 60


def _tariff(name: str, color: str, *prices: tuple[str | None, str]) -> Json:
    rows = [{"from": day, "price": price} for day, price in prices]
    return {"name": name, "color": color, "prices": rows}


def _rule(
    tariff: str,
    first: str = "00:00",
    last: str = "23:59",
    *,
    weekdays: Sequence[str] = _EVERY_DAY,
    every_year: tuple[str, str] | None = None,
) -> Json:
    start, end = every_year or (None, None)
    return {
        "tariff": tariff,
        "from": first,
        "to": last,
        "weekdays": list(weekdays),
        "start_date": start,
        "end_date": end,
        "repeat_yearly": every_year is not None,
    }


PLANS: Final[Mapping[str, Json]] = {
    "electricity": {
        "tariffs": [
            _tariff("Peak", "#d9534f", (None, "0.2146"), ("2026-02-01", "0.2257")),
            _tariff("Off-peak", "#3f7fbf", (None, "0.1589"), ("2026-02-01", "0.1641")),
            _tariff("Weekend", "#4caf7a", (None, "0.1411")),
        ],
        # Exceptions first: Christmas to New Year is like a weekend.
        "rules": [
            _rule("Weekend", every_year=("2025-12-25", "2026-01-01")),
            _rule("Weekend", weekdays=_WEEKEND),
            _rule("Peak", "06:00", "21:59", weekdays=_WORKDAYS),
            _rule("Off-peak", "22:00", "05:59"),
        ],
    },
    "electricity_export": {
        "tariffs": [_tariff("Feed-in", "#c9a227", (None, "0.0761"))],
        "rules": [_rule("Feed-in")],
    },
    "gas": {
        "tariffs": [_tariff("Gas", "#3f9e4d", (None, "0.984"))],
        "rules": [_rule("Gas")],
    },
    "water": {
        "tariffs": [_tariff("Water", "#2f86d6", (None, "4.21"))],
        "rules": [_rule("Water")],
    },
}
"""Fields of ``set_cost_rules`` by fluid; prices per kWh and m³."""


async def enter_tariffs(server: Client, entry_id: str) -> None:
    """Give every fluid its plan, for the whole past; DemoError where one is refused."""
    for fluid, plan in PLANS.items():
        answer = await _patiently(
            server,
            "set_cost_rules",
            config_entry_id=entry_id,
            fluid=fluid,
            recompute="all",
            **plan,
        )
        if not answer["applied"]:
            raise DemoError(f"tariffs of {fluid} refused: {answer['problems']}")
    await _patiently(server, "get_tariffs", config_entry_id=entry_id)


async def _patiently(server: Client, action: str, **fields: Json) -> Json:
    """Ask again while the site is loaded anew, which every change of a plan does."""
    deadline = time.monotonic() + _PATIENCE_S
    while True:
        try:
            return await server.command(f"{DOMAIN}/{action}", **fields)
        except DemoError:
            if time.monotonic() > deadline:
                raise
            await asyncio.sleep(0.5)
