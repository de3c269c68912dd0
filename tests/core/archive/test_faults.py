"""A full disk, a file that cannot be written, a database that somebody holds."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from custom_components.legrand_ews.ews.archive import Archive, PendingWrites, engine
from custom_components.legrand_ews.ews.errors import ArchiveError
from custom_components.legrand_ews.ews.metering import Booking
from custom_components.legrand_ews.ews.timegrid import Span
from tests.file_faults import full_disk, held

from .samples import PARIS
from .test_retention import START, interval

ALL = Span(START, START + timedelta(days=30))
COUNT = 30


def refused(pending: PendingWrites, number: int) -> ArchiveError:
    pending.add(Booking(samples=(interval(number),)))
    with pytest.raises(ArchiveError) as caught:
        pending.write()
    return caught.value


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "archive.db"


@pytest.fixture
def archive(path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    monkeypatch.setattr(engine, "_BUSY_TIMEOUT_S", 0.05)
    archive = Archive(path, PARIS)
    archive.open()
    yield archive
    archive.close()


def all_there(archive: Archive) -> bool:
    archive.check()
    return archive.samples(ALL) == [interval(number) for number in range(COUNT)]


def test_samples_wait_while_the_disk_is_full(archive: Archive) -> None:
    pending = PendingWrites(archive)
    archive.checkpoint()
    with full_disk(4096):
        for number in range(COUNT):
            assert refused(pending, number).key == "archive_write_failed"
    pending.write()
    assert all_there(archive)


def test_samples_wait_while_somebody_holds_the_database(
    archive: Archive, path: Path
) -> None:
    pending = PendingWrites(archive)
    with held(path):
        for number in range(COUNT):
            error = refused(pending, number)
            assert error.placeholders["reason"] == "database is locked"
        assert archive.samples(ALL) == []
    # The process that waited is gone by now.
    PendingWrites(archive).recover()
    assert all_there(archive)


def test_samples_wait_while_the_file_cannot_be_written(
    archive: Archive, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Where the process runs is nobody's place for files.
    (elsewhere := tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(elsewhere)
    spool = tmp_path / "spool"
    guarded = Archive(f"sqlite:///file:{path}?mode=ro&uri=true", PARIS, spool=spool)
    guarded.open()
    pending = PendingWrites(guarded)
    for number in range(COUNT):
        error = refused(pending, number)
        assert "readonly" in error.placeholders["reason"]
    assert guarded.size_bytes() >= path.stat().st_size
    guarded.close()
    assert not list(elsewhere.iterdir())
    freed = Archive(path, PARIS, spool=spool)
    freed.open()
    PendingWrites(freed).recover()
    assert all_there(freed)
    freed.close()
