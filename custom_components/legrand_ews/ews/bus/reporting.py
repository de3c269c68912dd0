"""The state of a bus as its devices' users see it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Final

from ..model import Device, Gateway
from .points import Point
from .readings import DeviceReport, DeviceStatus, GatewayReport, Reading
from .terminal import Terminal
from .traffic import Traffic

_NO_READINGS: Final[Mapping[str, Reading]] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reporter:
    """Knows the devices of a gateway; ``errors`` why some cannot be read (S79).

    What a device was not asked for comes again as the same object: who has taken
    ``readings`` before need not look into it.
    """

    gateway: Gateway
    devices: tuple[Device, ...]
    terminals: tuple[Terminal, ...]
    errors: Mapping[int, str]
    traffic: Traffic
    _made: dict[int, tuple[int, Mapping[str, Reading]]] = field(default_factory=dict)
    """Readings by device, and how often its unit had answered then."""

    def report(self, at: datetime, *, is_reachable: bool) -> GatewayReport:
        """Return the latest of everything at ``at`` (UTC)."""
        reports = {device.id: self._unread(device, at) for device in self.devices}
        for terminal, point in self._points():
            reports[point.device.id] = self._report_of(
                terminal, point, at, is_reachable=is_reachable
            )
        return GatewayReport(
            gateway_id=self.gateway.id,
            at=at,
            is_reachable=self.gateway.is_enabled and is_reachable,
            round_trip_ms=self.traffic.round_trip_ms(),
            error_rate=self.traffic.error_rate(at),
            bus_load=self.traffic.bus_load(at),
            devices=reports,
        )

    def _points(self) -> Iterable[tuple[Terminal, Point]]:
        for terminal in self.terminals:
            for point in terminal.points:
                yield terminal, point

    def _report_of(
        self, terminal: Terminal, point: Point, at: datetime, *, is_reachable: bool
    ) -> DeviceReport:
        status = DeviceStatus.COMMUNICATION_ERROR
        error = terminal.error
        readings: Mapping[str, Reading] = _NO_READINGS
        if not is_reachable:
            error = "gateway_unreachable"
        elif terminal.has_answered and not terminal.is_down:
            readings = self._readings_of(terminal, point)
            if readings:
                status = DeviceStatus.ON
            else:
                error = error or "device_without_values"
        return DeviceReport(
            device_id=point.device.id,
            at=at,
            status=status,
            readings=readings,
            error=error,
            identity=terminal.identity,
        )

    def _readings_of(self, terminal: Terminal, point: Point) -> Mapping[str, Reading]:
        made = self._made.get(point.device.id)
        if made is None or made[0] != terminal.answers:
            readings = point.readings_of(terminal.reader, terminal.latest)
            made = self._made[point.device.id] = terminal.answers, readings
        return made[1]

    def _unread(self, device: Device, at: datetime) -> DeviceReport:
        error = self.errors.get(device.id)
        status = DeviceStatus.OFF if error is None else DeviceStatus.CONFIGURATION
        return DeviceReport(device_id=device.id, at=at, status=status, error=error)
