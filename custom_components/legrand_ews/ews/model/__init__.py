"""The installation: gateways, devices, loads, measure groups, panel boards."""

from .address import Address
from .charger import Charger, ChargerRole
from .device import Device, PulseInput, Supply
from .gateway import Gateway, GatewayKind, Parity, SerialLink, TcpLink
from .grouping import Load, MeasureGroup, PanelBoard, PredefinedLoad
from .link import Link, LinkEnd
from .remote import RemoteKind
from .site import Installation, ObjectKind, by_id

__all__ = [
    "Address",
    "Charger",
    "ChargerRole",
    "Device",
    "Gateway",
    "GatewayKind",
    "Installation",
    "Link",
    "LinkEnd",
    "Load",
    "MeasureGroup",
    "ObjectKind",
    "PanelBoard",
    "Parity",
    "PredefinedLoad",
    "PulseInput",
    "RemoteKind",
    "SerialLink",
    "Supply",
    "TcpLink",
    "by_id",
]
