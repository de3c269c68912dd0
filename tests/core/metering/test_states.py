"""States of breakers, contacts and stations, told when they change and not before."""

from datetime import datetime
from decimal import Decimal

import pytest

from custom_components.legrand_ews.ews.bus.readings import (
    DeviceReport,
    DeviceStatus,
    Reading,
)
from custom_components.legrand_ews.ews.metering import StateChange, StateWatch

BREAKER = "breaker_state"
OPEN, CLOSED, TRIPPED = 0, 1, 2


def at(time: str) -> datetime:
    return datetime.fromisoformat(f"2026-03-01T{time}+00:00")


def shows(time: str, value: int, read_at: str | None = None) -> DeviceReport:
    reading = Reading(
        quantity=BREAKER, value=Decimal(value), read_at=at(read_at or time)
    )
    power = Reading(quantity="active_power", value=Decimal(7), read_at=at(time))
    # Changes from minute to minute, and is no state to look back at.
    sector = Reading(
        quantity="power_factor_sector",
        value=Decimal(at(time).minute % 2),
        read_at=at(time),
    )
    return DeviceReport(
        device_id=7,
        at=at(time),
        status=DeviceStatus.ON,
        readings={x.quantity: x for x in (reading, power, sector)},
    )


def silent(time: str) -> DeviceReport:
    return DeviceReport(
        device_id=7, at=at(time), status=DeviceStatus.COMMUNICATION_ERROR
    )


def change(time: str, value: int | None) -> StateChange:
    return StateChange(device_id=7, quantity=BREAKER, since=at(time), value=value)


@pytest.mark.parametrize(
    ("reports", "changes", "news"),
    [
        pytest.param(
            [shows("10:00", CLOSED), shows("10:01", CLOSED), shows("10:02", TRIPPED)],
            [change("10:00", CLOSED), change("10:02", TRIPPED)],
            [False, False, True],
            id="only what changes is told, and a change of state is urgent",
        ),
        pytest.param(
            [shows("10:00", CLOSED), silent("10:01"), silent("10:02")],
            [change("10:00", CLOSED), change("10:01", None)],
            [False, False, False],
            id="of a silent device nothing is known, once",
        ),
        pytest.param(
            [shows("10:00", CLOSED), silent("10:01"), shows("10:02", CLOSED)],
            [change("10:00", CLOSED), change("10:01", None), change("10:02", CLOSED)],
            [False, False, False],
            id="it comes back as it was",
        ),
        pytest.param(
            [shows("10:00", CLOSED), silent("10:01"), shows("10:02", OPEN, "10:00")],
            [change("10:00", CLOSED), change("10:01", None), change("10:01", OPEN)],
            [False, False, False],
            id="a value that was read before does not hold before the silence",
        ),
        pytest.param(
            [shows("10:00", CLOSED), shows("10:01", 99)],
            [change("10:00", CLOSED), change("10:01", None)],
            [False, False],
            id="a value without a name is unknown",
        ),
        pytest.param(
            [silent("10:00")], [], [False], id="nothing is told of what was never seen"
        ),
    ],
)
def test_changes_of_a_breaker(
    reports: list[DeviceReport], changes: list[StateChange], news: list[bool]
) -> None:
    watch = StateWatch()
    told = [watch.observe(report) for report in reports]
    assert [change for observed in told for change in observed.changes] == changes
    assert [observed.is_news for observed in told] == news
