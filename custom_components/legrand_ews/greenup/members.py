"""The charging stations of a site, ours and those of other integrations."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from homeassistant.core import HomeAssistant

from ..ews.catalogue import Catalogue
from ..ews.charging.settings import ChargingSettings, StationPlace
from ..ews.charging.specs import is_station
from ..ews.model import Charger, Device, Installation
from ..ews.model.problems import Problem, problem
from .chargers import ChargerStation
from .stations import GreenUpStation, Line, Station

_ORDERS: Final = frozenset({"current_limit", "session_state"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A station of the site; ``problem`` says why it cannot be managed."""

    device: Device | Charger
    station: Station
    problem: Problem | None = None

    @property
    def number(self) -> int:
        """Its permanent number."""
        return self.device.id

    @property
    def is_greenup(self) -> bool:
        """Whether it is one of ours."""
        return isinstance(self.device, Device)


def members_of(
    hass: HomeAssistant,
    settings: ChargingSettings,
    installation: Installation,
    catalogue: Catalogue,
    lines: Mapping[int, Line],
) -> dict[int, Member]:
    """Return all stations in service by number; ``lines`` are by gateway."""
    found = [
        *_own(settings, installation, catalogue, lines),
        *(
            Member(device=charger, station=ChargerStation(hass, charger))
            for charger in installation.chargers.values()
            if charger.is_enabled
        ),
    ]
    return {x.number: x for x in sorted(found, key=lambda x: x.number)}


def _own(
    settings: ChargingSettings,
    installation: Installation,
    catalogue: Catalogue,
    lines: Mapping[int, Line],
) -> Iterator[Member]:
    """Yield the Green'Up stations; orders need a map that was confirmed (D9)."""
    for device in installation.devices.values():
        model = catalogue.models.get(device.model or "")
        gateway = installation.gateways.get(device.gateway_id)
        line = lines.get(device.gateway_id)
        if (
            model is None
            or gateway is None
            or line is None
            or not is_station(model)
            or not (device.is_enabled and gateway.is_enabled)
        ):
            continue
        commands = catalogue.commands_of(
            model, is_confirmed=device.is_map_confirmed, side=device.side or 1
        )
        is_told = {x.key for x in commands} >= _ORDERS
        place = settings.places.get(device.id, StationPlace())
        yield Member(
            device=device,
            station=GreenUpStation(device, model, place, line),
            problem=None
            if is_told
            else problem(
                f"stations.{device.id}.map", "station_map_unconfirmed", name=device.name
            ),
        )


def with_priority(
    installation: Installation, member: Member, *, is_priority: bool
) -> Installation:
    """Return the site with a station that goes before others by default, or no more."""
    number, station = member.number, member.device
    if isinstance(station, Device):
        device = replace(station, is_priority=is_priority)
        return replace(installation, devices={**installation.devices, number: device})
    charger = replace(station, is_priority=is_priority)
    return replace(installation, chargers={**installation.chargers, number: charger})
