"""What the archive refuses waits, bounded, and nothing of it is lost."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from custom_components.legrand_ews.ews.archive import Archive, PendingWrites
from custom_components.legrand_ews.ews.archive.pending import MAX_PENDING
from custom_components.legrand_ews.ews.errors import ArchiveError
from custom_components.legrand_ews.ews.metering import (
    Booking,
    Correction,
    CorrectionKind,
    CounterState,
    Quality,
    Sample,
    StateChange,
    Statistic,
)
from custom_components.legrand_ews.ews.timegrid import Span

from .samples import ENERGY, PARIS, TEN_MINUTES, read, sample, utc
from .test_archive import accept, refuse

START = utc("2026-03-01T00:00")
DAY = Span(utc("2026-02-28T23:00"), utc("2026-03-03T23:00"))
POWER = {"active_power": Statistic(average_milli=1, minimum_milli=1, maximum_milli=1)}


REJECTED = Correction(
    device_id=1,
    quantity=ENERGY,
    at=START,
    kind=CorrectionKind.REJECTED,
    before_milli=1,
    after_milli=0,
    booked_milli=0,
)


def booking(number: int, milli: int = 100) -> Booking:
    """The interval ``number`` of two devices; the second is silent on every tenth."""
    start = START + number * TEN_MINUTES
    samples = [
        Sample(
            device_id=1,
            start=start,
            length=TEN_MINUTES,
            amounts_milli={ENERGY: milli},
            statistics=POWER,
        )
    ]
    if number % 10 == 0:
        bare = Sample(device_id=2, start=start, length=TEN_MINUTES, statistics=POWER)
        samples.append(bare)
    else:
        samples.append(sample(start, milli, device=2))
    state = CounterState(
        device_id=1,
        quantity=ENERGY,
        value_milli=number,
        read_at=start,
        booked_until=start + TEN_MINUTES,
    )
    return Booking(samples=tuple(samples), counter_states=(state,))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "archive.db"


@pytest.fixture
def archive(path: Path) -> Archive:
    archive = Archive(path, PARIS)
    archive.open()
    return archive


def test_what_could_not_be_written_is_written_later(
    archive: Archive, path: Path
) -> None:
    pending = PendingWrites(archive)
    refuse(path, "energy")
    for number in (1, 2):
        pending.add(booking(number))
        with pytest.raises(ArchiveError):
            pending.write()
    assert pending.waiting == 4
    assert archive.samples(DAY) == []
    accept(path)
    pending.add(booking(3))
    pending.write()
    assert pending.waiting == 0
    assert read(archive, [DAY.start, DAY.end]) == {1: [300], 2: [300]}
    (state,) = archive.counter_states()
    assert state.value_milli == 3
    assert len(archive.samples(DAY)) == 6


def test_what_is_told_between_two_intervals_takes_no_place_among_them(
    archive: Archive, path: Path
) -> None:
    """Else a noisy line would have intervals merged that could be kept."""
    pending = PendingWrites(archive)
    refuse(path, "energy")
    for number in range(1, MAX_PENDING + 1):
        pending.add(booking(number))
        (state,) = booking(number).counter_states
        later = replace(state, value_milli=1000 + number)
        pending.add(Booking(counter_states=(later,), corrections=(REJECTED,)))
    with pytest.raises(ArchiveError):
        pending.write()
    accept(path)
    pending.write()
    samples = archive.samples(DAY, device_ids=[1])
    assert [sample.quality for sample in samples] == [Quality.COMPLETE] * MAX_PENDING
    assert archive.corrections(DAY) == [REJECTED] * MAX_PENDING
    (kept,) = archive.counter_states()
    assert kept.value_milli == 1000 + MAX_PENDING


def test_an_empty_booking_does_not_wait(archive: Archive) -> None:
    pending = PendingWrites(archive)
    pending.add(Booking())
    pending.write()
    assert pending.waiting == 0


def test_a_long_failure_is_bounded_and_loses_no_energy(
    archive: Archive, path: Path
) -> None:
    """Two days of ten minutes: the oldest become one sample a device and stretch."""
    pending = PendingWrites(archive)
    refuse(path, "energy")
    count = 2 * MAX_PENDING
    for number in range(count):
        pending.add(booking(number))
    with pytest.raises(ArchiveError):
        pending.write()
    assert pending.waiting < 2 * MAX_PENDING + count // 10 + 2
    accept(path)
    pending.write()
    silent = len([number for number in range(count) if number % 10 == 0])
    assert read(archive, [DAY.start, DAY.end]) == {
        1: [100 * count],
        2: [100 * (count - silent)],
    }
    merged = archive.samples(DAY, device_ids=[1])[0]
    assert merged.quality is Quality.RECOVERED
    assert merged.length == (count - MAX_PENDING + 1) * TEN_MINUTES
    assert merged.statistics == {}
    stretches = archive.samples(Span(START, START + timedelta(hours=20)), [2])
    assert stretches[0].length == 9 * TEN_MINUTES
    (state,) = archive.counter_states()
    assert state.value_milli == count - 1


def test_states_wait_like_samples(archive: Archive, path: Path) -> None:
    pending = PendingWrites(archive)
    refuse(path, "states")
    changes = [
        StateChange(
            device_id=1, quantity="breaker_state", since=START + after, value=value
        )
        for after, value in ((timedelta(0), 1), (timedelta(minutes=1), 2))
    ]
    for change in changes:
        pending.add_states([change])
        with pytest.raises(ArchiveError):
            pending.write()
    accept(path)
    pending.write()
    assert archive.states(DAY) == changes
