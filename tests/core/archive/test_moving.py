"""An archive moves into another file: what is told meanwhile, and what is refused."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from custom_components.legrand_ews.ews.archive import Archive, MoveProgress
from custom_components.legrand_ews.ews.errors import ArchiveError
from custom_components.legrand_ews.ews.timegrid import Span

from .samples import PARIS, TEN_MINUTES, sample, utc

START = utc("2026-03-01T00:00")
ALL = Span(START, utc("2026-04-01T00:00"))
DAYS = 5


@pytest.fixture
def source(tmp_path: Path) -> Iterator[Archive]:
    archive = Archive(tmp_path / "source.db", PARIS)
    archive.open()
    archive.write_history(
        sample(START + number * TEN_MINUTES, 100 + number)
        for number in range(DAYS * 144)
    )
    yield archive
    archive.close()


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "target.db"


def told(path: Path) -> list[object]:
    archive = Archive(path, PARIS)
    archive.open()
    found = [*archive.samples(ALL), *archive.totals()]
    archive.close()
    return found


def test_progress_rises_by_days_to_all_rows(source: Archive, target: Path) -> None:
    """Once while writing goes on, and once more while it waits: what is there counts."""
    passes: list[list[MoveProgress]] = [[]]

    def report(progress: MoveProgress) -> None:
        passes[-1].append(progress)

    source.move_to(target, report, lambda: passes.append([]))
    assert len(passes) == 2
    for seen in passes:
        moved = [progress.moved for progress in seen]
        assert {progress.rows for progress in seen} == {moved[-1]}
        steps = [other - one for one, other in pairwise([0, *moved])]
        assert min(steps) >= 0
        # Samples of five days are five steps, each of 144 rows; hours and days follow.
        assert steps.count(144) == DAYS
        assert moved[-1] > DAYS * 144


def test_until_all_is_there_it_is_no_archive_and_then_it_is(
    source: Archive, target: Path
) -> None:
    def interrupt(progress: MoveProgress) -> None:
        if progress.moved > 300:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        source.move_to(target, interrupt)
    with pytest.raises(ArchiveError) as caught:
        Archive(target, PARIS).open()
    assert caught.value.key == "archive_moving"
    # Before, within and after what was copied already.
    later = START + DAYS * 144 * TEN_MINUTES
    source.write_history(
        [sample(START, 5), sample(START, 7, device=2), sample(later, 9)]
    )
    source.move_to(target, lambda _: None)
    assert told(target) == [*source.samples(ALL), *source.totals()]


def test_what_went_meanwhile_goes_there_too(source: Archive, target: Path) -> None:
    """Days that are on the other side only: their rows are nowhere any more."""
    source.write_history([sample(START, 7, device=2)])

    def interrupt(progress: MoveProgress) -> None:
        if progress.moved > 300:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        source.move_to(target, interrupt)
    source.purge(2)
    source.move_to(target, lambda _: None)
    assert told(target) == [*source.samples(ALL), *source.totals()]


def test_another_archive_is_never_written_over(source: Archive, target: Path) -> None:
    other = Archive(target, PARIS)
    other.open()
    other.write([sample(START, 5)])
    other.close()
    before = told(target)
    with pytest.raises(ArchiveError) as caught:
        source.move_to(target, lambda _: None)
    assert caught.value.key == "archive_not_empty"
    assert told(target) == before
