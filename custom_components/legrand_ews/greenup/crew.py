"""The meters and stations of a site's load management, whoever reads them."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from homeassistant.core import (
    CALLBACK_TYPE,
    Event,
    EventStateChangedData,
    HomeAssistant,
    callback,
)
from homeassistant.helpers.event import async_track_state_change_event

from ..bus.coordinator import GatewayCoordinator
from ..const import LEASE_LENGTH
from ..ews.catalogue import Catalogue
from ..ews.charging import MAIN
from ..ews.charging.inputs import MeterReading
from ..ews.charging.settings import ChargingSettings, MeterSource
from ..ews.model import Charger, Device, Installation
from .members import Member, members_of
from .meters import DeviceMeter, Meter, SensorMeter


class Crew:
    """Everything that the load management hears and speaks to.

    ``members`` are all stations in service by number, ``meters`` are by circuit;
    ``missing`` are the circuits whose meter the site does not have.
    """

    def __init__(
        self,
        hass: HomeAssistant,
        settings: ChargingSettings,
        catalogue: Catalogue,
        coordinators: Mapping[int, GatewayCoordinator],
        on_news: CALLBACK_TYPE,
    ) -> None:
        """Know the meters; ``on_news`` is called whenever something was read."""
        self.members: dict[int, Member] = {}
        self.meters: dict[int, Meter] = {}
        self._hass = hass
        self._catalogue = catalogue
        self._coordinators = coordinators
        self._on_news = on_news
        self._sources = settings.meters
        self._undo: list[CALLBACK_TYPE] = []

    def take(self, settings: ChargingSettings, installation: Installation) -> None:
        """Take up the stations and meters as they are now."""
        found = members_of(
            self._hass, settings, installation, self._catalogue, self._coordinators
        )
        self.members = {x: self._same(member) for x, member in found.items()}
        if not self.meters:
            self.meters = {
                circuit: meter
                for circuit, source in self._sources.items()
                if (meter := self._meter(source, installation)) is not None
            }

    @property
    def missing(self) -> tuple[int, ...]:
        """The circuits whose meter the site does not have."""
        return tuple(x for x in self._sources if x not in self.meters)

    def readings(self) -> dict[int, MeterReading]:
        """Return what the meters say, by circuit."""
        found = {circuit: meter.read() for circuit, meter in self.meters.items()}
        return {x: reading for x, reading in found.items() if reading is not None}

    def conductors(self) -> dict[int, int]:
        """Return on how many conductors stations charge, of those that can switch."""
        found = {x: y.station.conductors for x, y in self.members.items()}
        return {x: count for x, count in found.items() if count is not None}

    def grid_power(self) -> tuple[int, datetime] | None:
        """Return the power in W through the main meter, if it is a device of ours."""
        meter = self.meters.get(MAIN)
        return meter.power() if isinstance(meter, DeviceMeter) else None

    @callback
    def async_start(self) -> None:
        """Listen to everything that can bring news."""
        for coordinator, numbers in self._polled().items():
            self._undo += [
                coordinator.async_add_listener(self._on_news, number)
                for number in sorted(numbers)
            ]
        entities = {
            entity
            for member in self.members.values()
            if isinstance(member.device, Charger)
            for entity in member.device.entities.values()
        }.union(*(x.entity_ids for x in self._sources.values()))
        if entities:
            self._undo.append(
                async_track_state_change_event(
                    self._hass, entities, self._async_changed
                )
            )

    async def async_stop(self) -> None:
        """Listen no more."""
        while self._undo:
            self._undo.pop()()
        for meter in self.meters.values():
            if isinstance(meter, DeviceMeter):
                await meter.stop()

    @callback
    def async_keep_fast(self, now: datetime) -> None:
        """Have meters and stations read at the fast cadence from now on.

        To be called in every control period: a lease runs out by itself.
        """
        for coordinator, numbers in self._polled().items():
            if coordinator.bus is not None:
                coordinator.bus.lease(numbers, now + LEASE_LENGTH)
        for meter in self.meters.values():
            if isinstance(meter, DeviceMeter):
                meter.watch()

    def _same(self, member: Member) -> Member:
        """Return a charger that has not changed as it was: it knows what it was told."""
        known = self.members.get(member.number)
        if known is None or known.device != member.device or member.is_greenup:
            return member
        return known

    @callback
    def _async_changed(self, _: Event[EventStateChangedData]) -> None:
        self._on_news()

    def _polled(self) -> dict[GatewayCoordinator, set[int]]:
        """Return the devices to be read, by the bus that they are on."""
        polled: dict[GatewayCoordinator, set[int]] = defaultdict(set)
        for meter in self.meters.values():
            if isinstance(meter, DeviceMeter):
                polled[meter.coordinator].add(meter.device_id)
        for member in self.members.values():
            if isinstance(member.device, Device):
                polled[self._coordinators[member.device.gateway_id]].add(member.number)
        return polled

    def _meter(self, source: MeterSource, installation: Installation) -> Meter | None:
        if source.device_id is None:
            return SensorMeter(self._hass, source)
        device = installation.devices.get(source.device_id)
        coordinator = None
        if device is not None:
            coordinator = self._coordinators.get(device.gateway_id)
        if coordinator is None:
            return None
        return DeviceMeter(source, source.device_id, coordinator, self._on_news)
