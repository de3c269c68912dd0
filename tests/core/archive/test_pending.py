"""What the archive refuses waits, bounded, and nothing of it is lost."""

from dataclasses import replace
from datetime import timedelta
import errno
import os
from pathlib import Path

import pytest

from custom_components.legrand_ews.ews.archive import Archive, PendingWrites
from custom_components.legrand_ews.ews.archive.pending import MAX_PENDING
from custom_components.legrand_ews.ews.archive.spool import Spool
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


def rejected(number: int) -> Correction:
    return Correction(
        device_id=1,
        quantity=ENERGY,
        at=START + number * timedelta(minutes=1),
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
        pending.add(Booking(counter_states=(later,), corrections=(rejected(number),)))
    with pytest.raises(ArchiveError):
        pending.write()
    accept(path)
    pending.write()
    samples = archive.samples(DAY, device_ids=[1])
    assert [sample.quality for sample in samples] == [Quality.COMPLETE] * MAX_PENDING
    assert archive.corrections(DAY) == [
        rejected(number) for number in range(1, MAX_PENDING + 1)
    ]
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


def files(path: Path) -> list[str]:
    return sorted(file.name for file in waiting_folder(path).glob("*"))


def waiting_folder(path: Path) -> Path:
    return path.with_name(f"{path.name}.waiting")


@pytest.mark.parametrize("count", [3, MAX_PENDING, MAX_PENDING + 20])
def test_what_waits_outlives_a_restart(
    archive: Archive, path: Path, count: int
) -> None:
    pending = PendingWrites(archive)
    refuse(path, "energy")
    for number in range(1, count + 1):
        pending.add(
            Booking(
                samples=booking(number).samples,
                counter_states=booking(number).counter_states,
                corrections=(rejected(number),),
            )
        )
        if number in {2, count}:
            with pytest.raises(ArchiveError):
                pending.write()
    assert len(files(path)) == min(count, MAX_PENDING)
    # The process ends here; the database still refuses when the next one begins.
    again = PendingWrites(archive)
    with pytest.raises(ArchiveError):
        again.recover()
    assert again.waiting == pending.waiting
    accept(path)
    again.recover()
    assert (again.waiting, files(path)) == (0, [])
    reference = Archive(path.with_name("reference.db"), PARIS)
    reference.open()
    other = PendingWrites(reference)
    for number in range(1, count + 1):
        other.add(
            Booking(
                samples=booking(number).samples,
                counter_states=booking(number).counter_states,
                corrections=(rejected(number),),
            )
        )
    other.write()
    assert archive.samples(DAY) == reference.samples(DAY)
    assert archive.counter_states() == reference.counter_states()
    assert archive.corrections(DAY) == reference.corrections(DAY)
    reference.close()


def test_a_restart_after_part_was_written_books_nothing_twice(
    archive: Archive, path: Path
) -> None:
    """Files of what was stored and of what was merged may still be there."""
    pending = PendingWrites(archive)
    refuse(path, "energy")
    for number in range(1, MAX_PENDING + 1):
        pending.add(booking(number))
    with pytest.raises(ArchiveError):
        pending.write()
    left = {file.name: file.read_bytes() for file in waiting_folder(path).iterdir()}
    for number in range(MAX_PENDING + 1, MAX_PENDING + 4):
        pending.add(booking(number))
    with pytest.raises(ArchiveError):
        pending.write()
    accept(path)
    left |= {file.name: file.read_bytes() for file in waiting_folder(path).iterdir()}
    pending.write()
    once = (archive.samples(DAY), archive.totals())
    waiting_folder(path).mkdir()
    for name, content in left.items():
        (waiting_folder(path) / name).write_bytes(content)
    PendingWrites(archive).recover()
    assert (archive.samples(DAY), archive.totals()) == once
    assert files(path) == []


def test_a_spoilt_file_is_put_aside(archive: Archive, path: Path) -> None:
    pending = PendingWrites(archive)
    refuse(path, "energy")
    for number in (1, 2):
        pending.add(booking(number))
    with pytest.raises(ArchiveError):
        pending.write()
    accept(path)
    first = waiting_folder(path) / "000000000-000000000.json"
    first.write_text(first.read_text()[:50])
    PendingWrites(archive).recover()
    assert {s.start for s in archive.samples(DAY)} == {START + 2 * TEN_MINUTES}
    assert files(path) == ["000000000-000000000.spoilt"]


@pytest.mark.parametrize(
    "content",
    [
        '{"samples":[[1,"2024-0',
        "[]",
        '{"samples":[[1,"2024-06-01T00:00:00+00:00",600,"complete",{},[]]]}',
        "\0" * 100,
    ],
    ids=["cut", "no object", "no columns", "zeros"],
)
def test_parts_count_where_the_whole_is_spoilt(tmp_path: Path, content: str) -> None:
    """The power went while two intervals that are one now were still there."""
    spool = Spool(tmp_path)
    for number in (0, 1):
        spool.save((number, number), booking(number))
    (tmp_path / "000000000-000000001.json").write_text(content)
    assert list(spool.load()) == [((0, 0), booking(0)), ((1, 1), booking(1))]
    spool.save((0, 1), booking(2))
    assert list(spool.load()) == [((0, 1), booking(2))]
    assert not (tmp_path / "000000000-000000000.json").exists()


def test_files_that_are_none_of_ours_are_left_alone(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    spool.save((0, 0), booking(0))
    others = ["notes-1.json", "1-notes.json", "-1.json", "1.json", "1-1.txt", "a.part"]
    for name in others:
        (tmp_path / name).write_text("{}")
    assert list(spool.load()) == [((0, 0), booking(0))]
    spool.drop((0, 0))
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(others)


def test_a_file_that_could_not_be_written_is_not_there_in_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is full at the last moment; what waited before is still there."""
    spool = Spool(tmp_path)
    spool.save((0, 0), booking(0))

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        spool.save((1, 1), booking(1))
    assert list(spool.load()) == [((0, 0), booking(0))]
    assert [path.name for path in tmp_path.iterdir()] == ["000000000-000000000.json"]


def test_without_room_for_files_it_waits_in_memory(
    archive: Archive, path: Path
) -> None:
    waiting_folder(path).write_text("in the way")
    pending = PendingWrites(archive)
    refuse(path, "energy")
    pending.add(booking(1))
    with pytest.raises(ArchiveError):
        pending.write()
    accept(path)
    pending.write()
    assert len(archive.samples(DAY)) == 2


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
