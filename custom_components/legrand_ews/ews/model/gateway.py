"""Gateways: the way to one RS-485 bus, by Modbus TCP or a serial port."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

DEFAULT_TCP_PORT: Final = 502
DEFAULT_BAUD_RATE: Final = 19200
DEFAULT_TIMEOUT_MS: Final = 300
BAUD_RATES: Final = (1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200)
MIN_TIMEOUT_MS: Final = 50
MAX_TIMEOUT_MS: Final = 10_000


class GatewayKind(StrEnum):
    """What answers at the other end."""

    MODBUS = "modbus"
    """A gateway to a bus of devices."""
    EWS_SLAVE = "ews_slave"
    """Another Energy Web Server, whose consumption is read by remote IDs (S129)."""


class Parity(StrEnum):
    """Parity of the serial line; even is the manual's default (S28)."""

    NONE = "N"
    EVEN = "E"
    ODD = "O"


@dataclass(frozen=True, slots=True, kw_only=True)
class TcpLink:
    """Modbus TCP to a gateway, or Modbus RTU over a TCP socket."""

    host: str
    port: int = DEFAULT_TCP_PORT
    is_rtu: bool = False
    """RTU frames over the socket, as serial device servers carry them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SerialLink:
    """An RS-485 port of this machine (S22, S28)."""

    port: str
    baud_rate: int = DEFAULT_BAUD_RATE
    parity: Parity = Parity.EVEN
    stop_bits: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Gateway:
    """One bus with one request in flight (S49-S56).

    ``timeout_ms`` is how long one device may take to answer; ``board_id`` the
    panel board it serves, if any (S54); ``eq_device_id`` the device behind it whose
    power quality is checked, if any (S87).
    """

    id: int
    name: str
    link: TcpLink | SerialLink
    kind: GatewayKind = GatewayKind.MODBUS
    description: str = ""
    timeout_ms: int = DEFAULT_TIMEOUT_MS
    board_id: int | None = None
    eq_device_id: int | None = None
    is_enabled: bool = True
