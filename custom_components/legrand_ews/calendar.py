"""When each tariff applies, as a calendar of every fluid that has a plan."""

from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Final, override

from homeassistant.components.calendar import (
    CalendarEntity,
    CalendarEntityDescription,
    CalendarEvent,
)
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .entity import SITE, EwsEntity
from .ews.quantities import Fluid
from .ews.tariffs import Segment
from .ews.tariffs.currency import plain
from .ews.tariffs.description import price_unit
from .ews.tariffs.outlook import joined
from .ews.tariffs.settings import PRICED_FLUIDS
from .ews.timegrid import Span
from .runtime import EwsConfigEntry

PARALLEL_UPDATES = 0

DESCRIPTIONS: Final[Mapping[Fluid, CalendarEntityDescription]] = MappingProxyType(
    {
        fluid: CalendarEntityDescription(
            key=f"tariffs_{fluid}", translation_key=f"tariffs_{fluid}"
        )
        for fluid in PRICED_FLUIDS
    }
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: EwsConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add a calendar for every fluid that has a plan."""
    async_add_entities(
        TariffCalendar(entry, fluid) for fluid in entry.runtime_data.tariffs.fluids
    )


class TariffCalendar(EwsEntity, CalendarEntity):
    """The tariffs of a fluid: an event from each change to the next, with its price.

    Times in which no rule is true have no event.
    """

    def __init__(self, entry: EwsConfigEntry, fluid: Fluid) -> None:
        """Show the plan of ``fluid``."""
        self._belong_to(entry, DESCRIPTIONS[fluid], SITE)
        self._fluid = fluid
        self._tariffs = entry.runtime_data.tariffs
        self._zone = entry.runtime_data.installation.zone

    @property
    @override
    def event(self) -> CalendarEvent | None:
        found = self._tariffs.outlook(self._fluid)
        if found.active.tariff_id is not None or found.following is None:
            return self._event(found.active)
        return self._event(found.following)

    @override
    async def async_get_events(
        self, hass: HomeAssistant, start_date: datetime, end_date: datetime
    ) -> list[CalendarEvent]:
        span = Span(start_date.astimezone(UTC), end_date.astimezone(UTC))
        timeline = self._tariffs.timeline(self._fluid)

        def look() -> list[Segment]:
            return list(joined(timeline.segments(span)))

        segments = await hass.async_add_executor_job(look)
        return [x for x in map(self._event, segments) if x is not None]

    @override
    async def async_added_to_hass(self) -> None:
        await super().async_added_to_hass()
        self.async_on_remove(self._tariffs.async_add_listener(self._async_change))

    @callback
    def _async_change(self) -> None:
        self.async_write_ha_state()

    def _event(self, segment: Segment) -> CalendarEvent | None:
        names = {x.id: x.name for x in self._tariffs.book(self._fluid).tariffs}
        if segment.tariff_id is None:
            return None
        unit = price_unit(self._fluid, self._tariffs.currency)
        return CalendarEvent(
            start=segment.start.astimezone(self._zone),
            end=segment.end.astimezone(self._zone),
            summary=names[segment.tariff_id],
            description=f"{plain(segment.price)} {unit}",
        )
