"""A counter that stands still although power flows is noticed, and forgiven."""

from datetime import timedelta

import pytest

from custom_components.legrand_ews.ews.metering import Accumulator, CorrectionKind

from .timeline import ENERGY, accumulator, at, report

EXPORT = "active_energy_export"
POWER = "active_power"
MINUTE = timedelta(minutes=1)


def watched(
    minutes: int, power: float, *, counter: str = ENERGY, step: int = 0
) -> Accumulator:
    """Read a counter every minute that grows by ``step`` Wh each time."""
    site = accumulator()
    for minute in range(minutes + 1):
        now = at("00:00") + minute * MINUTE
        site.observe(report(now, {POWER: power, counter: 5_000 + minute * step}))
    return site


@pytest.mark.parametrize(
    ("minutes", "power", "counter", "step", "is_stuck"),
    [
        # 3 kW for an hour are 3 kWh, more than any counter's step.
        (61, 3_000, ENERGY, 0, True),
        (59, 3_000, ENERGY, 0, False),
        (61, 3_000, ENERGY, 50, False),
        # 500 W need four hours for 2 kWh: a counter in kWh may stand so long.
        (230, 500, ENERGY, 0, False),
        (250, 500, ENERGY, 0, True),
        # What a meter makes of nothing is no load.
        (900, 15, ENERGY, 0, False),
        # Power that is exported does not move the import, nor the reverse.
        (300, -3_000, ENERGY, 0, False),
        (61, -3_000, EXPORT, 0, True),
        (300, 3_000, EXPORT, 0, False),
    ],
)
def test_who_is_stuck(
    minutes: int, power: float, counter: str, step: int, is_stuck: bool
) -> None:
    site = watched(minutes, power, counter=counter, step=step)
    assert site.stuck == ({(1, counter)} if is_stuck else frozenset())


def test_the_journal_tells_when_it_stopped_and_went_on() -> None:
    site = watched(70, 3_000)
    assert site.stuck
    site.observe(report(at("01:20"), {POWER: 3_000, ENERGY: 5_010}))
    assert not site.stuck
    entries = [
        (c.kind, c.before_milli, c.booked_milli)
        for c in site.close(at("01:20")).corrections
    ]
    assert entries == [
        (CorrectionKind.STUCK, 5_000_000, 0),
        (CorrectionKind.RESUMED, 5_010_000, 0),
    ]


def test_power_without_a_new_reading_of_the_counter_proves_nothing() -> None:
    site = accumulator()
    site.observe(report(at("00:00"), {POWER: 3_000, ENERGY: 5_000}))
    for minute in range(1, 120):
        now = at("00:00") + minute * MINUTE
        old = report(at("00:00"), {ENERGY: 5_000}).readings
        new = report(now, {POWER: 3_000})
        site.observe(
            type(new)(
                device_id=1,
                at=now,
                status=new.status,
                readings={**new.readings, **old},
            )
        )
    assert not site.stuck


def test_a_silence_counts_for_two_minutes_at_most() -> None:
    site = accumulator()
    site.observe(report(at("00:00"), {POWER: 3_000, ENERGY: 5_000}))
    site.observe(report(at("03:00"), {POWER: 3_000, ENERGY: 5_000}))
    assert not site.stuck
