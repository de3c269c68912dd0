"""Reading devices over Modbus: what is due, when, and what it means."""

from .fast import FastWatch
from .gateway import GatewayBus
from .harmonics import Harmonics
from .line import BusLine, Rank
from .modbus import ModbusUnit
from .probe import DeviceTest, GatewayTest, test_device, test_gateway
from .readings import DeviceReport, DeviceStatus, GatewayReport, Reading
from .scan import Certainty, Found, ScanProgress, ScanResult, scan
from .writing import WriteResult

__all__ = [
    "BusLine",
    "Certainty",
    "DeviceReport",
    "DeviceStatus",
    "DeviceTest",
    "FastWatch",
    "Found",
    "GatewayBus",
    "GatewayReport",
    "GatewayTest",
    "Harmonics",
    "ModbusUnit",
    "Rank",
    "Reading",
    "ScanProgress",
    "ScanResult",
    "WriteResult",
    "scan",
    "test_device",
    "test_gateway",
]
