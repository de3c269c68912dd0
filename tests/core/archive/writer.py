"""A process that archives interval after interval until it is killed.

It meters two devices, of which the second is silent in every fifth interval.
"""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from multiprocessing.connection import Connection
from pathlib import Path
from zoneinfo import ZoneInfo

from custom_components.legrand_ews.ews.archive import Archive
from custom_components.legrand_ews.ews.bus.readings import (
    DeviceReport,
    DeviceStatus,
    Reading,
)
from custom_components.legrand_ews.ews.metering import Accumulator

START = datetime(2026, 3, 1, tzinfo=UTC)
LENGTH = timedelta(minutes=10)
ZONE = ZoneInfo("Europe/Paris")
QUANTITIES = ("active_energy_import", "reactive_energy_import")


def true_wh(device_id: int, interval: int) -> Decimal:
    """What the counter of a device shows at the end of an interval."""
    return Decimal(1000 * device_id) + Decimal("12.3") * interval * device_id


def is_silent(device_id: int, interval: int) -> bool:
    return device_id == 2 and interval % 5 == 4


def report(device_id: int, interval: int) -> DeviceReport:
    at = START + interval * LENGTH
    return DeviceReport(
        device_id=device_id,
        at=at,
        status=DeviceStatus.ON,
        readings={
            key: Reading(quantity=key, value=true_wh(device_id, interval), read_at=at)
            for key in QUANTITIES
        },
    )


def main(path: Path, progress: Connection) -> None:
    """Archive for ever; each stored interval's number goes into ``progress``."""
    archive = Archive(path, ZONE)
    archive.open()
    states = archive.counter_states()
    done = max((state.booked_until for state in states), default=START)
    interval = (done - START) // LENGTH
    meter = Accumulator(length=LENGTH, zone=ZONE, states=states)
    while True:
        for device_id in (1, 2):
            if not is_silent(device_id, interval):
                meter.observe(report(device_id, interval))
        booking = meter.close(START + interval * LENGTH)
        archive.write(booking.samples, booking.counter_states, booking.corrections)
        progress.send(interval)
        interval += 1
