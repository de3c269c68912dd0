"""A dashboard of the sidebar that consists of nothing but our strategy.

The base class is no part of Home Assistant's interface for integrations: whoever
imports this module has to expect an ImportError.
"""

from typing import Any, Final, override

from homeassistant.components.lovelace.dashboard import LovelaceConfig
from homeassistant.helpers.json import json_bytes, json_fragment

STRATEGY: Final = "custom:legrand-ews"
MODE: Final = "yaml"
"""How Home Assistant calls a dashboard that is not edited in its own editor."""


class StrategyDashboard(LovelaceConfig):
    """A dashboard whose views the strategy makes in the browser."""

    @property
    @override
    def mode(self) -> str:
        return MODE

    @override
    async def async_get_info(self) -> dict[str, Any]:
        return {"mode": self.mode, "views": 0}

    @override
    async def async_load(self, force: bool) -> dict[str, Any]:
        return {"strategy": {"type": STRATEGY}}

    @override
    async def async_json(self, force: bool) -> json_fragment:
        return json_fragment(json_bytes(await self.async_load(force)))
