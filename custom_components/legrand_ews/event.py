"""Events of protection devices, and of the weekly check (S83, S88)."""

from typing import Final, override

from homeassistant.components.event import EventEntity, EventEntityDescription
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .bus.coordinator import GatewayCoordinator
from .entities.adding import Adding
from .entities.quality import EVENT as QUALITY, QualityEvent
from .entities.values import as_number, option_of
from .entity import DeviceEntity
from .ews.model import Device
from .ews.quantities import QUANTITIES
from .greenup.events import async_add_events
from .runtime import EwsConfigEntry

PARALLEL_UPDATES = 0

BREAKER_STATE: Final = QUANTITIES["breaker_state"]
TRIP_CAUSE: Final = QUANTITIES["trip_cause"]
TRIP_CURRENT: Final = "trip_current"
EVENT_OF: Final = {"open": "opened", "closed": "closed", "tripped": "tripped"}
"""The event that reaching a state is; other states are none, nor is leaving them."""

BREAKER: Final = EventEntityDescription(
    key="breaker", translation_key="breaker", event_types=list(EVENT_OF.values())
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: EwsConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the events of protection and power-quality devices that are wanted (S82)."""
    await async_add_events(hass, entry, async_add_entities)
    runtime = entry.runtime_data
    breakers = (
        device
        for device in runtime.readable_devices()
        if BREAKER_STATE.key in runtime.quantities[device.id]
        and not device.exclude_alerts
    )
    adding = Adding(hass, entry, async_add_entities, Platform.EVENT)
    await adding.async_add_for_each(
        breakers,
        lambda device: [BreakerEvent(runtime.coordinators[device.gateway_id], device)],
    )
    await adding.async_add_for_each(
        (
            device
            for device in runtime.installation.devices.values()
            if device.id in runtime.power_quality.devices and not device.exclude_alerts
        ),
        lambda device: [QualityEvent(entry, device)],
    )
    await adding.async_forget_others({BREAKER.key, QUALITY.key})


class BreakerEvent(DeviceEntity, EventEntity):
    """Tells that a breaker has changed; what it was when first seen is no event.

    What happened while nobody could ask it is told when it answers again.
    """

    def __init__(self, coordinator: GatewayCoordinator, device: Device) -> None:
        """Watch the breaker ``device``."""
        super().__init__(coordinator, device, BREAKER)
        self._state: str | None = None

    @override
    def _take_over(self) -> bool:
        before = self._attr_available
        value = self.value_of(BREAKER_STATE.key)
        self._attr_available = value is not None
        state = None if value is None else option_of(BREAKER_STATE, value)
        if state not in EVENT_OF or state == self._state:
            return before != self._attr_available
        is_first, self._state = self._state is None, state
        if not is_first:
            self._trigger_event(EVENT_OF[state], self._circumstances(state))
        return True

    def _circumstances(self, state: str) -> dict[str, str | float]:
        """Why a breaker has tripped, as far as it says."""
        said: dict[str, str | float] = {}
        if state == "tripped":
            cause = self.value_of(TRIP_CAUSE.key)
            name = None if cause is None else option_of(TRIP_CAUSE, cause)
            if name is not None:
                said[TRIP_CAUSE.key] = name
            current = self.value_of(TRIP_CURRENT)
            if current is not None:
                said[TRIP_CURRENT] = as_number(current)
        return said
