"""What is to be seen of a garage in Home Assistant."""

from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er

from custom_components.legrand_ews.const import DOMAIN

from .garage import Garage


class Sight:
    """Looks up entities by what they belong to."""

    def __init__(self, hass: HomeAssistant, garage: Garage) -> None:
        self.hass = hass
        self.garage = garage
        assert garage.entry is not None
        self._entry_id = garage.entry.entry_id

    def id(
        self,
        platform: str,
        key: str,
        number: int | None = None,
        *,
        kind: str = "device",
    ) -> str:
        place = "site" if number is None else f"{kind}_{number}"
        found = er.async_get(self.hass).async_get_entity_id(
            platform, DOMAIN, f"{self._entry_id}_{place}_{key}"
        )
        assert found is not None, (platform, key, number)
        return found

    def state(self, platform: str, key: str, number: int | None = None) -> str:
        state = self.hass.states.get(self.id(platform, key, number))
        assert state is not None, (platform, key, number)
        return state.state

    async def until(
        self,
        value: str,
        platform: str,
        key: str,
        number: int | None = None,
        *,
        seconds: int = 180,
    ) -> None:
        """Let time pass until a state is reached; how much is not the question here."""
        for _ in range(seconds):
            if self.state(platform, key, number) == value:
                return
            await self.garage.pass_time(1)
        assert self.state(platform, key, number) == value

    def attributes(
        self, platform: str, key: str, number: int | None = None
    ) -> dict[str, Any]:
        state = self.hass.states.get(self.id(platform, key, number))
        assert state is not None
        return dict(state.attributes)

    async def call(
        self, domain: str, service: str, entity_id: str, **data: Any
    ) -> None:
        await self.hass.services.async_call(
            domain, service, {"entity_id": entity_id, **data}, blocking=True
        )

    async def act(self, action: str, **data: Any) -> None:
        await self.hass.services.async_call(DOMAIN, action, data, blocking=True)
