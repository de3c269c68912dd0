"""A meter that is read over time, as tests tell it."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from custom_components.legrand_ews.ews.bus.readings import (
    DeviceReport,
    DeviceStatus,
    Reading,
)
from custom_components.legrand_ews.ews.metering import Accumulator, Sample
from custom_components.legrand_ews.ews.quantities import QUANTITIES, Kind

PARIS = ZoneInfo("Europe/Paris")
ENERGY = "active_energy_import"
TEN_MINUTES = timedelta(minutes=10)


def at(clock: str) -> datetime:
    """An instant of 1 March 2026 in UTC, like ``10:00`` or ``10:00:08``."""
    return datetime.fromisoformat(f"2026-03-01T{clock}").replace(tzinfo=UTC)


def accumulator(length: timedelta = TEN_MINUTES) -> Accumulator:
    return Accumulator(length=length, zone=PARIS)


def report(
    when: datetime,
    values: Mapping[str, object],
    *,
    device_id: int = 1,
    read_at: datetime | None = None,
    modulus: int | None = None,
) -> DeviceReport:
    """A device that answers with values in their units (Wh, W, V ...)."""
    readings = {
        key: Reading(
            quantity=key,
            value=Decimal(str(value)),
            read_at=read_at or when,
            modulus=(
                Decimal(modulus)
                if modulus is not None and QUANTITIES[key].kind is Kind.COUNTER
                else None
            ),
        )
        for key, value in values.items()
    }
    return DeviceReport(
        device_id=device_id, at=when, status=DeviceStatus.ON, readings=readings
    )


def silence(when: datetime, *, device_id: int = 1) -> DeviceReport:
    """A device that does not answer."""
    return DeviceReport(
        device_id=device_id, at=when, status=DeviceStatus.COMMUNICATION_ERROR
    )


def poll(
    accumulator: Accumulator,
    start: datetime,
    end: datetime,
    energy: int,
    **others: object,
) -> int:
    """Read every minute; the meter counts 10 Wh a minute. Returns where it stands."""
    when, value = start, energy
    while when <= end:
        accumulator.observe(report(when, {ENERGY: value, **others}))
        when += timedelta(minutes=1)
        value += 10
    return value


def told(samples: tuple[Sample, ...]) -> list[tuple[str, int, str, float | None]]:
    """Samples as start, minutes, quality and Wh."""
    return [
        (
            f"{sample.start:%H:%M}",
            sample.length // timedelta(minutes=1),
            sample.quality.value,
            (
                sample.amounts_milli[ENERGY] / 1000
                if ENERGY in sample.amounts_milli
                else None
            ),
        )
        for sample in samples
    ]
