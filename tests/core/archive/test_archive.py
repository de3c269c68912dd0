"""What is written comes back exactly, whole and once."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
import sqlite3
from zoneinfo import ZoneInfo

import pytest

from custom_components.legrand_ews.ews.archive import Archive
from custom_components.legrand_ews.ews.archive.tables import SCHEMA_VERSION
from custom_components.legrand_ews.ews.errors import ArchiveError
from custom_components.legrand_ews.ews.metering import (
    Correction,
    CorrectionKind,
    CounterState,
    CounterTrack,
    OpenCount,
    Quality,
    Sample,
    Statistic,
)
from custom_components.legrand_ews.ews.quantities import Fluid
from custom_components.legrand_ews.ews.timegrid import Span

from .samples import ENERGY, HOUR, PARIS, TEN_MINUTES, read, sample, utc

DAY = Span(utc("2026-03-01T00:00"), utc("2026-03-02T00:00"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "sub" / "archive.db"


@pytest.fixture
def archive(path: Path) -> Iterator[Archive]:
    archive = Archive(path, PARIS)
    archive.open()
    yield archive
    archive.close()


def refuse(path: Path, table: str) -> None:
    """Make the database refuse rows of a table, as a full disk would."""
    with sqlite3.connect(path) as connection:
        connection.execute(
            f"CREATE TRIGGER refusal BEFORE INSERT ON {table}"
            " BEGIN SELECT RAISE(ABORT, 'no room'); END"
        )


def accept(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TRIGGER refusal")


STATE = CounterState(
    device_id=1,
    quantity=ENERGY,
    value_milli=5_100_000,
    read_at=utc("2026-03-01T10:10:08"),
    booked_until=utc("2026-03-01T10:10"),
)
RESET = Correction(
    device_id=1,
    quantity=ENERGY,
    at=utc("2026-03-01T10:04:08"),
    kind=CorrectionKind.RESET,
    before_milli=9_000,
    after_milli=12,
    booked_milli=12,
)


def test_samples_of_every_kind_come_back_exactly(archive: Archive) -> None:
    """Mixed recording intervals too (S115), and no digit is lost (S117)."""
    statistic = Statistic(
        average_milli=-230_123, minimum_milli=-231_000, maximum_milli=0
    )
    samples = [
        Sample(
            device_id=1,
            start=utc("2026-03-01T10:00"),
            length=TEN_MINUTES,
            amounts_milli={
                ENERGY: 2**53 + 1,
                "active_energy_export": 0,
                "active_energy_import_l3": 7,
                "run_hours": 167,
            },
            statistics={"voltage_l1": statistic, "thd_current_n": statistic},
        ),
        sample("2026-03-01T10:10", 1, length=timedelta(minutes=1)),
        sample("2026-03-01T10:11", 2, length=timedelta(minutes=4)),
        sample("2026-03-01T10:15", 3, length=timedelta(minutes=15)),
        sample("2026-03-01T10:00", 5, device=2, quantity="gas_volume"),
        sample("2026-03-01T10:00", 6, device=3, quantity="water_volume"),
        sample("2026-03-01T10:00", 0, device=4, quality=Quality.PARTIAL),
        sample(
            "2026-03-01T04:00",
            4,
            device=4,
            length=6 * HOUR,
            quality=Quality.RECOVERED,
        ),
        sample("2026-03-01T10:00", 8, device=5, quality=Quality.EXCHANGED),
    ]
    archive.write(samples)

    def key(one: Sample) -> tuple[object, ...]:
        return (one.start, one.device_id)

    assert sorted(archive.samples(DAY), key=key) == sorted(samples, key=key)
    (only,) = archive.samples(DAY, device_ids=[3])
    assert only.device_id == 3
    assert archive.samples(Span(DAY.end, DAY.end + HOUR)) == []


def test_counters_that_failed_apart_start_together_without_a_clash(
    archive: Archive,
) -> None:
    short = sample("2026-03-01T10:00", 100)
    long = sample(
        "2026-03-01T10:00",
        900,
        length=HOUR,
        quantity="reactive_energy_import",
        quality=Quality.RECOVERED,
    )
    archive.write([short])
    archive.write([long])
    assert archive.samples(DAY) == [short, long]


def test_writing_twice_changes_nothing(archive: Archive) -> None:
    samples = [
        sample("2026-03-01T10:00", 100),
        sample("2026-03-01T08:00", 900, device=2, length=3 * HOUR),
    ]
    archive.write(samples)
    once = (archive.samples(DAY), archive.totals(), read(archive, [DAY.start, DAY.end]))
    archive.write(samples)
    twice = (
        archive.samples(DAY),
        archive.totals(),
        read(archive, [DAY.start, DAY.end]),
    )
    assert twice == once


def test_states_and_corrections_are_kept(archive: Archive, path: Path) -> None:
    archive.write([sample("2026-03-01T10:00", 12)], [STATE], [RESET])
    archive.close()
    archive.open()
    assert archive.counter_states() == [STATE]
    assert archive.corrections(DAY) == [RESET]
    assert archive.corrections(Span(DAY.end, DAY.end + HOUR)) == []


def test_the_latest_state_of_a_counter_replaces_the_one_before(
    archive: Archive,
) -> None:
    earlier = CounterState(
        device_id=1,
        quantity=ENERGY,
        value_milli=5,
        read_at=utc("2026-03-01T10:00:08"),
        booked_until=utc("2026-03-01T10:00"),
    )
    archive.write([], [earlier])
    archive.write([], [earlier, STATE])
    assert archive.counter_states() == [STATE]


OPEN_COUNT = OpenCount(
    track=CounterTrack(value_milli=-1, read_at=utc("2026-03-01T10:11:08.125")),
    amount_milli=10**15,
    kinds=frozenset({CorrectionKind.EXCHANGE, CorrectionKind.REJECTED}),
    guess=None,
)


@pytest.mark.parametrize(
    "table",
    ["energy", "counters", "open_counts", "corrections", "hourly", "totals"],
)
def test_an_interval_is_written_whole_or_not_at_all(
    archive: Archive, path: Path, table: str
) -> None:
    # The end of an hour: totals are written then.
    interval = sample("2026-03-01T10:50", 12)
    state = replace(STATE, open_count=OPEN_COUNT)
    refuse(path, table)
    with pytest.raises(ArchiveError) as caught:
        archive.write([interval], [state], [RESET])
    assert caught.value.key == "archive_write_failed"
    assert caught.value.placeholders["reason"] == "no room"
    assert archive.samples(DAY) == []
    assert archive.counter_states() == []
    assert archive.corrections(DAY) == []
    assert archive.totals() == []
    assert read(archive, [DAY.start, DAY.end]) == {}
    accept(path)
    archive.write([interval], [state], [RESET])
    assert read(archive, [DAY.start, DAY.end]) == {1: [12]}


def test_a_quantity_without_a_column_is_refused(archive: Archive) -> None:
    with pytest.raises(ArchiveError) as caught:
        archive.write([sample("2026-03-01T10:00", 1, quantity="moonshine")])
    assert caught.value.key == "archive_quantity_unknown"


def test_a_closed_archive_says_so(path: Path) -> None:
    archive = Archive(path, PARIS)
    assert not archive.is_open
    with pytest.raises(ArchiveError) as caught:
        archive.counter_states()
    assert caught.value.key == "archive_read_failed"


def test_a_file_that_is_no_database_is_corrupt(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"These are not the bytes you are looking for. " * 100)
    archive = Archive(path, PARIS)
    with pytest.raises(ArchiveError) as caught:
        archive.open()
    assert caught.value.key == "archive_corrupt"
    assert not archive.is_open


def test_damage_inside_the_file_is_found_at_opening(path: Path) -> None:
    archive = Archive(path, PARIS)
    archive.open()
    start = utc("2026-03-01T00:00")
    archive.write_history(
        sample(start + n * TEN_MINUTES, n, device=device)
        for n in range(300)
        for device in range(1, 10)
    )
    archive.checkpoint()
    archive.close()
    content = bytearray(path.read_bytes())
    middle = len(content) // 2 // 4096 * 4096
    content[middle : middle + 4096] = b"\xa5" * 4096
    path.write_bytes(content)
    with pytest.raises(ArchiveError) as caught:
        archive.open()
    assert caught.value.key == "archive_corrupt"


def test_an_archive_of_a_later_release_is_left_alone(
    archive: Archive, path: Path
) -> None:
    archive.close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE meta SET value = '99' WHERE key = 'schema_version'")
    content = path.read_bytes()
    with pytest.raises(ArchiveError) as caught:
        archive.open()
    assert caught.value.key == "archive_too_new"
    assert caught.value.placeholders == {"found": "99", "known": str(SCHEMA_VERSION)}
    assert path.read_bytes() == content


def test_a_database_with_another_use_is_left_alone(path: Path) -> None:
    path.parent.mkdir()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE energy (soul TEXT)")
    with pytest.raises(ArchiveError) as caught:
        Archive(path, PARIS).open()
    assert caught.value.key == "archive_foreign"


def test_a_folder_that_cannot_be_made_is_unreachable(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    archive = Archive(tmp_path / "file" / "archive.db", PARIS)
    with pytest.raises(ArchiveError) as caught:
        archive.open()
    assert caught.value.key == "archive_unreachable"


@pytest.mark.parametrize("url", ["://nothing", "moonbase://user@host/archive"])
def test_an_address_that_makes_no_sense_is_refused(url: str) -> None:
    with pytest.raises(ArchiveError) as caught:
        Archive(url, PARIS).open()
    assert caught.value.key == "archive_url_invalid"


def test_a_url_opens_the_same_file(archive: Archive, path: Path) -> None:
    archive.write([sample("2026-03-01T10:00", 12)])
    archive.close()
    by_url = Archive(f"sqlite:///{path}", PARIS)
    by_url.open()
    assert read(by_url, [DAY.start, DAY.end]) == {1: [12]}
    by_url.close()


def test_after_a_checkpoint_the_one_file_holds_everything(
    archive: Archive, path: Path, tmp_path: Path
) -> None:
    archive.write([sample("2026-03-01T10:00", 12)], [STATE])
    assert archive.size_bytes() > path.stat().st_size
    archive.checkpoint()
    assert archive.size_bytes() == path.stat().st_size
    copy = tmp_path / "copy.db"
    copy.write_bytes(path.read_bytes())
    restored = Archive(copy, PARIS)
    restored.open()
    assert restored.counter_states() == [STATE]
    assert read(restored, [DAY.start, DAY.end]) == {1: [12]}
    restored.close()


def test_history_comes_with_its_rollups(archive: Archive) -> None:
    start = utc("2026-02-28T23:00")
    count = archive.write_history(
        sample(start + n * TEN_MINUTES, 10, device=device)
        for n in range(144)
        for device in (1, 2)
    )
    assert count == 288
    assert read(archive, [start, start + 24 * HOUR]) == {1: [1440], 2: [1440]}


def test_history_that_was_cut_off_is_added_up_at_the_next_opening(
    archive: Archive, path: Path
) -> None:
    def cut_off() -> Iterator[Sample]:
        for n in range(60_000):
            yield sample(utc("2025-01-01T00:00") + n * TEN_MINUTES, 1)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        archive.write_history(cut_off())
    archive.close()
    archive.open()
    span = Span(utc("2024-12-31T23:00"), utc("2026-12-31T23:00"))
    stored = len(archive.samples(Span(span.start, span.end)))
    assert stored > 0
    assert read(archive, [span.start, span.end]) == {1: [stored]}
    (total,) = archive.totals()
    assert (total.fluid, total.amount_milli) == (Fluid.ELECTRICITY, stored)


def test_another_time_zone_cuts_the_days_anew(archive: Archive, path: Path) -> None:
    """22:30 UTC in winter is 23:30 in Paris, and 04:00 of the next day in India."""
    archive.write([sample("2026-03-01T22:30", 12)])
    archive.close()
    kolkata = ZoneInfo("Asia/Kolkata")
    moved = Archive(path, kolkata)
    moved.open()
    days = [utc(text) for text in ("2026-02-28T18:30", "2026-03-01T18:30")]
    days.append(days[-1] + timedelta(days=1))
    assert read(moved, days) == {1: [None, 12]}
    moved.close()
