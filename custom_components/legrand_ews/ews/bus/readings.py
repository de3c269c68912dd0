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

from ..quantities import QUANTITIES


class DeviceStatus(StrEnum):
    """Status of a device (S84)."""

    ON = "on"
    OFF = "off"
    """Disabled by the user; nothing is asked of it."""
    COMMUNICATION_ERROR = "communication_error"
    CONFIGURATION = "configuration"
    """Cannot be read before the user completes it: no model, a model that the
    catalogue does not know, or a wrong parameter."""
    FAILURE = "failure"
    """A charging station that answers and says that it has failed; no report has it as
    its ``status``, but as its ``condition``."""


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

    @property
    def condition(self) -> DeviceStatus:
        """The status as users are told it: stations also fail by themselves (S84)."""
        if self.status is not DeviceStatus.ON:
            return self.status
        has_failed = self._option("station_state") == "fault" or self._option(
            "station_error"
        ) not in (None, "none")
        return DeviceStatus.FAILURE if has_failed else DeviceStatus.ON

    def _option(self, state: str) -> str | None:
        if state not in self.readings:
            return None
        return QUANTITIES[state].options[int(self.readings[state].value)]


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
