"""Stations that were managed, and that nobody will manage any more."""

from collections.abc import Iterator
from contextlib import AsyncExitStack
from decimal import Decimal
import logging

from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util

from ..bus.link import temporary_units
from ..catalogue import async_get_catalogue
from ..devices import without_disabled
from ..errors import translated_errors
from ..ews.bus import GatewayBus
from ..ews.bus.readings import DeviceReport
from ..ews.catalogue import Catalogue
from ..ews.charging.specs import is_station
from ..ews.errors import EwsError
from ..ews.model import Charger, Device, Gateway, Installation
from ..ews.model.charger import ORDER_ROLES
from ..installation import installation_of
from ..runtime import EwsConfigEntry
from .configuring import configured
from .members import members_of
from .orders import Orders
from .stored import charging_settings

_LOGGER = logging.getLogger(__name__)


@callback
def stations_leaving(hass: HomeAssistant, entry: EwsConfigEntry) -> set[int]:
    """Return those that are to be let go when a site is unloaded.

    These are all where the site is switched off or has no management any more, else
    those that were deleted, taken out of service, or are reached elsewhere from now on;
    none where what is stored cannot be read. One whose register map is not confirmed any
    more is told nothing (D9).
    """
    runtime = entry.runtime_data
    stations = runtime.charging.stations
    managed = {number for number, x in stations.items() if x.problem is None}
    if entry.disabled_by is not None:
        return managed
    try:
        settings = charging_settings(entry)
        installation = without_disabled(hass, entry, installation_of(hass, entry))
    except EwsError:
        return set()
    if settings.meter is None:
        return managed
    members = members_of(
        hass, settings, installation, runtime.catalogue, runtime.coordinators
    )
    staying = {
        number
        for number, member in members.items()
        if number in stations and _is_same(member.device, stations[number].device)
    }
    return managed - staying


async def async_let_all_go(hass: HomeAssistant, entry: EwsConfigEntry) -> None:
    """Let the stations of a site go that was deleted, over connections of its own.

    Home Assistant tells of a deletion when the site is unloaded already. One that was
    switched off has let its stations go then. What fails is written into the log: nobody
    is there any more who could try again.
    """
    if entry.disabled_by is not None:
        return
    try:
        settings = charging_settings(entry)
        installation = without_disabled(hass, entry, installation_of(hass, entry))
        catalogue = await async_get_catalogue(hass)
    except EwsError as error:
        _LOGGER.warning(
            "The charging stations of %s were not let go: %s", entry.title, error
        )
        return
    if settings.meter is None:
        return
    async with AsyncExitStack() as stack:
        lines = {}
        for gateway, devices in _greenup_by_gateway(installation, catalogue):
            units = {x.address.unit for x in devices}
            try:
                unit_for = await stack.enter_async_context(
                    temporary_units(hass, gateway, units)
                )
            except HomeAssistantError as error:
                names = ", ".join(x.name for x in devices)
                _LOGGER.warning("%s cannot be let go: %s", names, error)
                continue
            bus = GatewayBus(gateway, devices, catalogue, unit_for, dt_util.utcnow)
            lines[gateway.id] = _LastLine(bus)
        members = members_of(hass, settings, installation, catalogue, lines)
        unfit = configured(settings, members.values(), ()).unfit
        leaving = [x.station for x in members.values() if x.number not in unfit]
        await Orders(hass, entry, _do_nothing, _do_nothing).async_stop(leaving)


class _LastLine:
    """Leads to stations for one last order; nothing is read."""

    def __init__(self, bus: GatewayBus) -> None:
        self._bus = bus

    def report_of(self, device_id: int) -> DeviceReport | None:
        return None

    async def async_write(
        self, device_id: int, command: str, value: str | Decimal
    ) -> None:
        with translated_errors():
            await self._bus.write(device_id, command, value)


def _greenup_by_gateway(
    installation: Installation, catalogue: Catalogue
) -> Iterator[tuple[Gateway, list[Device]]]:
    for gateway in installation.gateways.values():
        devices = [
            device
            for device in installation.devices_behind(gateway.id)
            if device.is_enabled
            and (model := catalogue.models.get(device.model or "")) is not None
            and is_station(model)
        ]
        if gateway.is_enabled and devices:
            yield gateway, devices


def _is_same(one: Device | Charger, other: Device | Charger) -> bool:
    """Whether orders to the one still reach the station that heard the other's."""
    if isinstance(one, Charger) and isinstance(other, Charger):
        return not _told_by(one).isdisjoint(_told_by(other))
    if isinstance(one, Device) and isinstance(other, Device):
        return (one.gateway_id, one.address) == (other.gateway_id, other.address)
    return False


def _told_by(charger: Charger) -> set[str]:
    return {charger.entities[x] for x in ORDER_ROLES if x in charger.entities}


def _do_nothing(_: int) -> None:
    """Nobody hears of a station that does not obey; the log does."""
