"""Everything that the load management does and sees, as events with their reason."""

from typing import Final, override

from homeassistant.components.event import EventEntity, EventEntityDescription
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from ..ews.charging import Reason, ReasonKind
from ..runtime import EwsConfigEntry
from .entity import (
    ChargingEntity,
    SiteEntity,
    StationEntity,
    async_add_charging,
)

OF_SITE: Final = frozenset(
    {
        ReasonKind.ZONE_CHANGED,
        ReasonKind.METER_LOST,
        ReasonKind.METER_BACK,
        ReasonKind.CLOCK_STEPPED,
        ReasonKind.MANAGEMENT_OFF,
    }
)
"""What happens at no station; all else happens at one."""


def _description(key: str, *, is_of_site: bool) -> EventEntityDescription:
    return EventEntityDescription(
        key=key,
        translation_key=key,
        event_types=[x.value for x in ReasonKind if (x in OF_SITE) is is_of_site],
    )


SITE: Final = _description("load_management", is_of_site=True)
STATION: Final = _description("charging", is_of_site=False)


async def async_add_events(
    hass: HomeAssistant,
    entry: EwsConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the events of the site and of every station."""
    await async_add_charging(
        hass,
        entry,
        async_add_entities,
        (SiteEvent(entry, SITE),),
        lambda station: [StationEvent(entry, station, STATION)],
        platform=Platform.EVENT,
        keys={SITE.key, STATION.key},
    )


class _ReasonEvent(ChargingEntity, EventEntity):
    """Tells what has happened: its kind, the values, and a sentence."""

    @override
    async def async_added_to_hass(self) -> None:
        await super().async_added_to_hass()
        self.async_on_remove(
            self._watch.async_on_reason(self._number, self._async_happened)
        )

    @override
    def _take_over(self) -> None:
        """Nothing is shown but what has happened."""

    @callback
    @override
    def _async_changed(self) -> None:
        """Nothing has happened."""

    @callback
    def _async_happened(self, reason: Reason, text: str) -> None:
        said: dict[str, str | int] = {"text": text}
        if reason.station_id is not None:
            said["station"] = reason.station_id
        if reason.circuit_id is not None:
            said["circuit"] = reason.circuit_id
        if reason.phase is not None:
            said["phase"] = reason.phase
        self._trigger_event(reason.kind.value, said | dict(reason.values))
        self.async_write_ha_state()


class SiteEvent(_ReasonEvent, SiteEntity):
    """What happens to zones, meters, the clock and the switch."""


class StationEvent(_ReasonEvent, StationEntity):
    """What happens to the vehicle and its process, and to the station itself."""
