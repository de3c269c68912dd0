"""An interval is closed device by device while readings go on coming."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from custom_components.legrand_ews.ews.bus.readings import (
    DeviceReport,
    DeviceStatus,
    Reading,
)
from custom_components.legrand_ews.ews.metering import Accumulator, Sample

START = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
LENGTH = timedelta(minutes=10)
EDGE = START + LENGTH
COUNTER = "active_energy_import"
DEVICES = (1, 2, 3)
FIRST_WH, EDGE_WH, LATER_WH, END_WH = 1000, 1500, 1503, 2100


def report(device_id: int, at: datetime, wh: int) -> DeviceReport:
    reading = Reading(quantity=COUNTER, value=Decimal(wh), read_at=at)
    return DeviceReport(
        device_id=device_id,
        at=at,
        status=DeviceStatus.ON,
        readings={COUNTER: reading},
    )


def amounts(samples: tuple[Sample, ...]) -> dict[int, float]:
    return {x.device_id: x.amounts_milli[COUNTER] / 1000 for x in samples}


@pytest.mark.parametrize("steps_before", [0, 1, 2, 3])
def test_what_comes_between_the_steps_is_booked_once(steps_before: int) -> None:
    accumulator = Accumulator(length=LENGTH, zone=ZoneInfo("UTC"))
    for device_id in DEVICES:
        accumulator.observe(report(device_id, START, FIRST_WH))
        accumulator.observe(report(device_id, EDGE + timedelta(seconds=2), EDGE_WH))
    steps = accumulator.closing(EDGE)
    for _ in range(steps_before):
        next(steps)
    for device_id in DEVICES:
        accumulator.observe(report(device_id, EDGE + timedelta(seconds=5), LATER_WH))
    assert sum(1 for _ in steps) == len(DEVICES) - steps_before
    first = accumulator.close(EDGE)
    # A device whose step was still to come ends the old interval with the later one.
    assert amounts(first.samples) == {
        device_id: (EDGE_WH if device_id <= steps_before else LATER_WH) - FIRST_WH
        for device_id in DEVICES
    }
    assert {(x.start, x.length) for x in first.samples} == {(START, LENGTH)}
    for device_id in DEVICES:
        at = EDGE + LENGTH + timedelta(seconds=2)
        accumulator.observe(report(device_id, at, END_WH))
    second = accumulator.close(EDGE + LENGTH)
    assert {(x.start, x.length) for x in second.samples} == {(EDGE, LENGTH)}
    assert {
        device_id: amounts(first.samples)[device_id]
        + amounts(second.samples)[device_id]
        for device_id in DEVICES
    } == dict.fromkeys(DEVICES, END_WH - FIRST_WH)


def test_nothing_is_handed_over_as_a_change_before_the_interval_is() -> None:
    accumulator = Accumulator(length=LENGTH, zone=ZoneInfo("UTC"))
    for device_id in DEVICES:
        accumulator.observe(report(device_id, START, FIRST_WH))
        accumulator.observe(report(device_id, EDGE + timedelta(seconds=2), EDGE_WH))
    steps = accumulator.closing(EDGE)
    next(steps)
    # A reset, found while others are still being closed.
    accumulator.observe(report(1, EDGE + timedelta(seconds=5), 0))
    assert not accumulator.changes(1)
    for _ in steps:
        pass
    assert amounts(accumulator.close(EDGE).samples) == dict.fromkeys(
        DEVICES, EDGE_WH - FIRST_WH
    )
