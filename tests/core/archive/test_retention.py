"""Samples go when they are old; what was derived of them stays for ever."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from custom_components.legrand_ews.ews.archive import (
    Archive,
    DataKind,
    Retention,
    StateChange,
)
from custom_components.legrand_ews.ews.metering import Quality, Sample, Statistic
from custom_components.legrand_ews.ews.quantities import Fluid
from custom_components.legrand_ews.ews.timegrid import Span

from .samples import ENERGY, HOUR, PARIS, TEN_MINUTES, read, sample, utc

DAY = timedelta(days=1)
START = utc("2026-02-28T23:00")
"""Midnight in Paris."""
NOW = START + 10 * DAY
ALL = Span(START - 400 * DAY, START + 400 * DAY)
DAYS = [START + number * DAY for number in range(11)]
HOURS = [START + number * HOUR for number in range(241)]
WEEK = Retention(kept=dict.fromkeys(DataKind, 7 * DAY))
"""Keeps what is later than the midnight that begins the fourth day of March."""


def interval(number: int, device: int = 1) -> Sample:
    """What a device counts and measures in the interval of that number."""
    volts = 230_000 + number
    return Sample(
        device_id=device,
        start=START + number * TEN_MINUTES,
        length=TEN_MINUTES,
        amounts_milli={ENERGY: 100 + number, "gas_volume": 3, "run_hours": 1},
        statistics={
            key: Statistic(
                average_milli=volts, minimum_milli=volts - 5, maximum_milli=volts + 9
            )
            for key in ("voltage_l1", "thd_current_n")
        },
    )


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    archive = Archive(tmp_path / "archive.db", PARIS)
    archive.open()
    yield archive
    archive.close()


def told(archive: Archive) -> tuple[object, ...]:
    """Everything that charts show of hours and days, and the totals."""
    return (
        read(archive, HOURS),
        read(archive, DAYS),
        read(archive, HOURS, Fluid.GAS),
        archive.statistics([1, 2], ["voltage_l1", "thd_current_n"], HOURS),
        archive.statistics([1, 2], ["voltage_l1"], DAYS),
        sorted(archive.totals(), key=lambda t: (t.fluid, t.device_id)),
        archive.quantities_of(),
    )


def test_charts_and_totals_outlive_their_samples(archive: Archive) -> None:
    archive.write_history(
        interval(number, device) for number in range(1440) for device in (1, 2)
    )
    before = told(archive)
    gone = archive.apply_retention(WEEK, NOW)
    # Three days of 144 intervals and two devices; three tables of them are details,
    # statistics and distortions.
    assert gone == dict.fromkeys(DataKind, 3 * 144 * 2) | {
        DataKind.WATER: 0,
        DataKind.STATES: 0,
    }
    assert min(s.start for s in archive.samples(ALL)) == START + 3 * DAY
    assert told(archive) == before
    archive.rebuild_rollups()
    assert told(archive) == before
    assert archive.apply_retention(WEEK, NOW)[DataKind.ENERGY] == 0
    assert archive.apply_retention(Retention(), NOW) == {}


def test_kinds_go_on_their_own(archive: Archive) -> None:
    archive.write_history(interval(number) for number in range(1440))
    archive.apply_retention(Retention(kept={DataKind.STATISTICS: 7 * DAY}), NOW)
    first, *_ = archive.samples(ALL)
    assert set(first.statistics) == {"thd_current_n"}
    assert set(first.amounts_milli) == {ENERGY, "gas_volume", "run_hours"}


def test_two_days_stay_whatever_is_asked(archive: Archive) -> None:
    archive.write_history(interval(number) for number in range(1440))
    archive.apply_retention(Retention(kept={DataKind.ENERGY: timedelta()}), NOW)
    kept = archive.samples(ALL, quantities=[ENERGY])
    assert kept[0].start == START + 8 * DAY


def test_what_was_measured_last_outlives_its_samples(archive: Archive) -> None:
    """The hour of a device that fell silent in it has no row until it is known to be over.

    One that counts keeps the samples of its last hour; one that does not has only this.
    """
    silent = replace(interval(25), amounts_milli={})
    archive.write([silent])
    keys = ["voltage_l1", "thd_current_n"]
    due = silent.statistics["voltage_l1"]
    shown = [archive.statistics([1], keys, edges) for edges in (HOURS, DAYS)]
    assert [of[1]["voltage_l1"] for of in shown] == [{4: due}, {0: due}]
    assert archive.apply_retention(WEEK, NOW)[DataKind.STATISTICS] == 1
    assert archive.samples(ALL) == []
    assert [archive.statistics([1], keys, edges) for edges in (HOURS, DAYS)] == shown


def test_what_is_written_afterwards_changes_no_old_hour(archive: Archive) -> None:
    archive.write_history(interval(number) for number in range(1440))
    archive.apply_retention(WEEK, NOW)
    before = read(archive, DAYS)
    archive.write([interval(1440)])
    archive.write([interval(3 * 144)])
    assert read(archive, DAYS) == before


def test_a_gap_that_began_before_the_limit_is_booked_whole(archive: Archive) -> None:
    """The device is silent from 00:20 of the second day on, and comes back at the end.

    Its last hour had two intervals; the gap adds its share to them.
    """
    silent_from = 144 + 2
    archive.write_history(interval(number) for number in range(silent_from))
    archive.write_history(interval(number, device=2) for number in range(1440))
    archive.apply_retention(WEEK, NOW)
    before = sum(100 + number for number in range(silent_from))
    gap = sample(
        START + silent_from * TEN_MINUTES,
        (1440 - silent_from) * 1000,
        length=(1440 - silent_from) * TEN_MINUTES,
        quality=Quality.RECOVERED,
    )
    for _ in range(2):
        archive.write([gap])
        hours = read(archive, HOURS)[1]
        assert hours[24] == 100 + 144 + 100 + 145 + 4 * 1000
        assert hours[25:] == [6000] * (240 - 25)
        assert (
            sum(amount or 0 for amount in hours) == before + gap.amounts_milli[ENERGY]
        )
    (total,) = (
        t for t in archive.totals() if (t.device_id, t.fluid) == (1, "electricity")
    )
    assert total.amount_milli == before + gap.amounts_milli[ENERGY]
    archive.rebuild_rollups()
    assert read(archive, HOURS)[1] == hours


def test_history_for_a_time_whose_samples_are_gone_is_taken(archive: Archive) -> None:
    """Hours for which it has samples become theirs; the others stay as they were."""
    archive.write_history(interval(number) for number in range(1440))
    archive.apply_retention(WEEK, NOW)
    before = read(archive, HOURS)[1]
    archive.write_history(sample(START + 5 * HOUR, 42, length=HOUR) for _ in range(1))
    after = read(archive, HOURS)[1]
    assert after == [*before[:5], 42, *before[6:]]
    assert archive.apply_retention(WEEK, NOW)[DataKind.ENERGY] == 1
    archive.rebuild_rollups()
    assert read(archive, HOURS)[1] == after


def test_what_held_at_the_limit_stays(archive: Archive) -> None:
    changes = [
        StateChange(
            device_id=1,
            quantity="breaker_state",
            since=START + days * DAY,
            value=value,
        )
        for days, value in ((0, 1), (1, 0), (2, 1), (5, 2), (6, None))
    ]
    archive.write_states(changes)
    assert archive.apply_retention(WEEK, NOW)[DataKind.STATES] == 2
    assert archive.states(ALL) == changes[2:]


def test_states_tell_what_held_when_a_span_begins(archive: Archive) -> None:
    def change(minute: int, value: int | None, key: str = "input_1") -> StateChange:
        since = START + timedelta(minutes=minute)
        return StateChange(device_id=1, quantity=key, since=since, value=value)

    assert archive.write_states([change(0, 0), change(5, 0), change(6, 1)]) == 2
    assert archive.write_states([change(7, 1), change(8, None), change(1, 0, "x")]) == 2
    span = Span(START + timedelta(minutes=7), START + HOUR)
    assert archive.states(span, [1], ["input_1"]) == [change(6, 1), change(8, None)]
    assert archive.states(span, [2]) == []
    assert archive.states(span, quantities=["x"]) == [change(1, 0, "x")]
