"""Reading devices over Modbus: what is due, when, and what it means."""

from .gateway import GatewayBus
from .modbus import ModbusUnit
from .probe import DeviceTest, GatewayTest, test_device, test_gateway
from .readings import DeviceReport, DeviceStatus, GatewayReport, Reading

__all__ = [
    "DeviceReport",
    "DeviceStatus",
    "DeviceTest",
    "GatewayBus",
    "GatewayReport",
    "GatewayTest",
    "ModbusUnit",
    "Reading",
    "test_device",
    "test_gateway",
]
