"""The installation: gateways, devices, loads, measure groups, panel boards."""

from .address import Address
from .device import Device, PulseInput, Supply
from .gateway import Gateway, Parity, SerialLink, TcpLink
from .grouping import Load, MeasureGroup, PanelBoard, PredefinedLoad
from .site import Installation, ObjectKind, by_id

__all__ = [
    "Address",
    "Device",
    "Gateway",
    "Installation",
    "Load",
    "MeasureGroup",
    "ObjectKind",
    "PanelBoard",
    "Parity",
    "PredefinedLoad",
    "PulseInput",
    "SerialLink",
    "Supply",
    "TcpLink",
    "by_id",
]
