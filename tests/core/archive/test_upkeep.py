"""Tidying up, copies, and how the archive is."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
import shutil
import sqlite3
from threading import Thread
from types import SimpleNamespace

import pytest

from custom_components.legrand_ews.ews.archive import Archive, DataKind, Retention
from custom_components.legrand_ews.ews.archive.upkeep import Health
from custom_components.legrand_ews.ews.errors import ArchiveError
from custom_components.legrand_ews.ews.timegrid import Span

from .samples import PARIS, TEN_MINUTES, read, sample, utc

DAY = timedelta(days=1)
START = utc("2026-02-28T23:00")
NOW = START + 40 * DAY
ALL = Span(START, NOW)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "archive.db"


@pytest.fixture
def archive(path: Path) -> Iterator[Archive]:
    archive = Archive(path, PARIS)
    archive.open()
    archive.write_history(
        sample(START + number * TEN_MINUTES, number, device=device)
        for number in range(10 * 144)
        for device in range(1, 6)
    )
    yield archive
    archive.close()


def test_tidying_up_gives_back_what_was_deleted(archive: Archive) -> None:
    archive.apply_retention(Retention(kept={DataKind.ENERGY: 2 * DAY}), NOW)
    before = read(archive, [START, NOW])
    assert archive.health().unused_bytes > 0
    done = archive.optimise()
    assert done.bytes_after < done.bytes_before
    assert done.bytes_after == archive.size_bytes()
    assert done.seconds > 0
    assert archive.health().unused_bytes == 0
    assert read(archive, [START, NOW]) == before
    archive.check()


def test_samples_are_written_while_it_is_tidied_up(archive: Archive) -> None:
    def write() -> None:
        for number in range(20):
            archive.write([sample(NOW + number * TEN_MINUTES, 1)])

    writer = Thread(target=write)
    writer.start()
    for _ in range(5):
        archive.optimise()
    writer.join()
    assert len(archive.samples(Span(NOW, NOW + DAY))) == 20


def test_without_room_nothing_is_begun(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1_000_000))
    with pytest.raises(ArchiveError) as caught:
        archive.optimise()
    assert caught.value.key == "archive_no_room"
    assert caught.value.placeholders["free"] == "1 MB"


def test_damage_is_found_by_a_look_at_everything(archive: Archive, path: Path) -> None:
    archive.check()
    archive.checkpoint()
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2 // 4096 * 4096)
        file.write(b"\xa5" * 4096)
    archive.close()
    with pytest.raises(ArchiveError) as caught:
        archive.open()
    assert caught.value.key == "archive_corrupt"


def test_growth_is_what_most_days_add(archive: Archive, path: Path) -> None:
    assert archive.growth() is None
    archive.note_size(NOW)
    assert archive.growth() is None
    with sqlite3.connect(path) as connection:
        connection.execute("DELETE FROM sizes")
        sizes = [0, 100, 200, 5_000_000, 5_000_100, 5_000_200]
        connection.executemany(
            "INSERT INTO sizes VALUES (?, ?, ?)",
            [(day, day * 86_400, size) for day, size in enumerate(sizes)],
        )
    assert archive.growth() == 100


@pytest.mark.parametrize(
    ("health", "needs", "days"),
    [
        ((10**9, 3 * 10**8, 10**9, 1e7), True, 130),
        ((10**9, 10**8, 10**9, 1e7), False, 110),
        ((10**7, 5 * 10**6, 10**9, None), False, None),
        ((10**9, 0, None, 1e7), False, None),
        ((10**9, 0, 10**9, 0.0), False, None),
    ],
)
def test_health_says_what_to_do(
    health: tuple[int, int, int | None, float | None], needs: bool, days: int | None
) -> None:
    size, unused, free, growth = health
    its = Health(
        bytes=size, unused_bytes=unused, free_bytes=free, growth_bytes_a_day=growth
    )
    assert its.needs_optimising is needs
    assert its.time_left == (None if days is None else timedelta(days=days))


def test_a_copy_is_whole_while_writing_goes_on(
    archive: Archive, tmp_path: Path
) -> None:
    copy = tmp_path / "copies" / "copy.db"
    archive.write([sample(NOW, 1)])
    archive.snapshot(copy)
    archive.write([sample(NOW + TEN_MINUTES, 1)])
    restored = Archive(copy, PARIS)
    restored.open()
    assert restored.samples(ALL) == archive.samples(ALL)
    assert len(restored.samples(Span(NOW, NOW + DAY))) == 1
    restored.close()
    assert [one.name for one in copy.parent.iterdir()] == ["copy.db"]


def test_a_copy_that_fails_leaves_the_one_before(
    archive: Archive, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ArchiveError) as caught:
        archive.snapshot(tmp_path / "file" / "copy.db")
    assert caught.value.key == "archive_copy_failed"
