"""What the bus reports: values with the time at which they were read.

A report is the state of a device or gateway at the end of a cycle. It holds the
latest value of every quantity, so a value that was not due in this cycle comes
again with its old ``read_at``: who averages must count each ``read_at`` once.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType


class DeviceStatus(StrEnum):
    """Status of a device (S84)."""

    ON = "on"
    OFF = "off"
    """Disabled by the user; nothing is asked of it."""
    COMMUNICATION_ERROR = "communication_error"
    CONFIGURATION = "configuration"
    """Cannot be read before the user completes it: no model, a model that the
    catalogue does not know, or a wrong parameter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One value in the unit of its quantity, read at ``read_at`` (UTC).

    ``modulus`` is where a counter wraps, in the unit of its quantity; None for
    gauges, and where the register map does not know it.
    """

    quantity: str
    value: Decimal
    read_at: datetime
    modulus: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceReport:
    """State of a device at ``at`` (UTC).

    ``readings`` is empty unless the status is ``ON``. ``error`` is the
    translation key of the last fault that still matters (a device that is ``ON``
    may have one: a block was refused, a ratio is unknown), ``identity`` what the
    device says of itself, by the names of its map's identity fields.
    """

    device_id: int
    at: datetime
    status: DeviceStatus
    readings: Mapping[str, Reading] = field(
        default_factory=lambda: MappingProxyType({})
    )
    error: str | None = None
    identity: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True, kw_only=True)
class GatewayReport:
    """State of a gateway and of every device behind it at ``at`` (UTC).

    ``round_trip_ms`` is the mean time of the latest requests that were answered,
    ``error_rate`` the share of requests that failed and ``bus_load`` the estimated
    share of time in which the line was busy, both 0 to 1 over the last minutes
    (S53).
    """

    gateway_id: int
    at: datetime
    is_reachable: bool
    round_trip_ms: float | None
    error_rate: float
    bus_load: float
    devices: Mapping[int, DeviceReport]
