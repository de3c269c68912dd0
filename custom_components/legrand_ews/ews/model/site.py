"""The whole installation as one value."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType
from zoneinfo import ZoneInfo

from .charger import Charger
from .device import Device
from .gas import GasFactor
from .gateway import Gateway
from .grouping import Load, MeasureGroup, PanelBoard, PredefinedLoad
from .link import Link


class ObjectKind(StrEnum):
    """Kinds that carry permanent numbers of their own (S80)."""

    GATEWAY = "gateway"
    DEVICE = "device"
    LOAD = "load"
    GROUP = "group"
    BOARD = "board"
    CHARGER = "charger"
    """Numbered with the devices: a number names one charging station."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """Every object of a site, by its permanent number.

    ``sample_length`` is the recording interval (S113), ``zone`` the civil time
    by which days, months and years are cut (S33).
    """

    name: str
    zone: ZoneInfo
    sample_length: timedelta = timedelta(minutes=10)
    gateways: Mapping[int, Gateway] = MappingProxyType({})
    devices: Mapping[int, Device] = MappingProxyType({})
    loads: Mapping[int, Load] = MappingProxyType({})
    groups: Mapping[int, MeasureGroup] = MappingProxyType({})
    boards: Mapping[int, PanelBoard] = MappingProxyType({})
    chargers: Mapping[int, Charger] = MappingProxyType({})
    links: tuple[Link, ...] = ()
    gas_factors: tuple[GasFactor, ...] = ()
    """In the order of their days (S163)."""

    def devices_behind(self, gateway_id: int) -> Iterator[Device]:
        """Devices on one bus, in order of number."""
        return (d for d in self.devices.values() if d.gateway_id == gateway_id)

    def load_of(self, device: Device) -> Load:
        """The load a device counts in: its own, else *others* (S95)."""
        if device.load_id is not None and device.load_id in self.loads:
            return self.loads[device.load_id]
        return next(x for x in self.loads.values() if x.key is PredefinedLoad.OTHERS)

    def board_of(self, device: Device) -> PanelBoard | None:
        """The board that the device's gateway serves (S94)."""
        gateway = self.gateways.get(device.gateway_id)
        if gateway is None or gateway.board_id is None:
            return None
        return self.boards.get(gateway.board_id)


def by_id[T: (Gateway, Device, Load, MeasureGroup, PanelBoard, Charger)](
    objects: Iterable[T],
) -> Mapping[int, T]:
    """Index objects by their permanent number, in rising order."""
    return MappingProxyType({o.id: o for o in sorted(objects, key=lambda o: o.id)})
