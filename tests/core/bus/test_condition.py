"""The status that users are told: of devices, and of stations that fail (S84)."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from custom_components.legrand_ews.ews.bus.readings import (
    DeviceReport,
    DeviceStatus,
    Reading,
)
from custom_components.legrand_ews.ews.quantities import QUANTITIES

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)


def report(status: DeviceStatus, **states: str) -> DeviceReport:
    return DeviceReport(
        device_id=1,
        at=NOW,
        status=status,
        readings={
            key: Reading(
                quantity=key,
                value=Decimal(QUANTITIES[key].options.index(option)),
                read_at=NOW,
            )
            for key, option in states.items()
        },
    )


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ({}, DeviceStatus.ON),
        ({"breaker_state": "tripped"}, DeviceStatus.ON),
        ({"station_state": "available", "station_error": "none"}, DeviceStatus.ON),
        ({"station_state": "busy"}, DeviceStatus.ON),
        # A station without a charge is no failed one, nor is one that says nothing.
        ({"station_state": "unknown"}, DeviceStatus.ON),
        ({"charge_error": "vehicle_diode"}, DeviceStatus.ON),
        ({"station_state": "fault"}, DeviceStatus.FAILURE),
        (
            {"station_state": "available", "station_error": "internal_link"},
            DeviceStatus.FAILURE,
        ),
        # A code that no document names is an error all the same.
        ({"station_error": "unknown"}, DeviceStatus.FAILURE),
    ],
)
def test_a_station_fails_by_itself(
    states: dict[str, str], expected: DeviceStatus
) -> None:
    assert report(DeviceStatus.ON, **states).condition is expected


@pytest.mark.parametrize(
    "status",
    [
        DeviceStatus.OFF,
        DeviceStatus.COMMUNICATION_ERROR,
        DeviceStatus.CONFIGURATION,
    ],
)
def test_who_is_not_read_has_not_failed(status: DeviceStatus) -> None:
    assert report(status).condition is status
