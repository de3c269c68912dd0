"""``kill -9`` at any moment loses at most the current interval, and damages nothing."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from itertools import pairwise
import multiprocessing
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
import random
import shutil
import signal
import sqlite3
import time

from custom_components.legrand_ews.ews.archive import Archive
from custom_components.legrand_ews.ews.errors import ArchiveError
from custom_components.legrand_ews.ews.quantities import Fluid
from custom_components.legrand_ews.ews.timegrid import Span

from . import worker
from .samples import ENERGY, TEN_MINUTES, read, sample
from .test_retention import interval
from .test_rollup import rows
from .test_schema import FIRST_SCHEMA
from .writer import LENGTH, QUANTITIES, START, ZONE, main, true_wh

SAMPLING_KILLS = 80
OTHER_KILLS = 40
"""Each while it is tidied up, brought up to date and moved: 200 in all."""
SAMPLED_INTERVALS = 4
"""How many may end before the writer is killed."""
# Children are forked from a process that has imported what they do.
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload([main.__module__, worker.__name__])
EMPTY: tuple[object, ...] = ([], [], {})
FOREVER = Span(START, START.replace(year=2030))
PAST = Span(START.replace(year=2020), START.replace(year=2030))


type Job = Callable[[Path, Connection], None]


@contextmanager
def running(job: Job, path: Path) -> Iterator[tuple[BaseProcess, Connection]]:
    """A process at its work; it is over when the context is left."""
    progress, far_end = PROCESSES.Pipe(duplex=False)
    process = PROCESSES.Process(target=job, args=(path, far_end))
    process.start()
    far_end.close()
    try:
        yield process, progress
    finally:
        process.kill()
        process.join()


def seconds_of(job: Job, path: Path, signs: int = 1) -> float:
    """How long the work takes here and now, from its first sign of life.

    It lasts until so many more signs, or until the process ends.
    """
    with running(job, path) as (_, progress):
        progress.recv()
        began = time.monotonic()
        with suppress(EOFError):
            for _ in range(signs):
                progress.recv()
        return time.monotonic() - began


def run_and_kill(job: Job, path: Path, delay: float) -> tuple[object, bool]:
    """Kill the work so many seconds after its first sign of life.

    Returns the last sign, and whether it was killed and not through before.
    """
    last: object = -1
    with running(job, path) as (process, progress):
        with suppress(EOFError):
            last = progress.recv()
            time.sleep(delay)
        process.kill()
        process.join()
        with suppress(EOFError, OSError):
            while True:
                last = progress.recv()
        return last, process.exitcode == -signal.SIGKILL


def is_sound(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        (verdict,) = connection.execute("PRAGMA integrity_check").fetchone()
    assert verdict == "ok"


def has_kept(path: Path, reported: object) -> None:
    """Every interval that was reported as stored is there."""
    with closing(sqlite3.connect(path)) as connection:
        query = "SELECT max(booked_until) FROM counters"
        (last,) = connection.execute(query).fetchone()
    assert isinstance(reported, int)
    assert last >= int((START + reported * LENGTH).timestamp())


def check(path: Path) -> None:
    """All that was ever counted is there once, and what is derived agrees."""
    archive = Archive(path, ZONE)
    archive.open()
    states = {(s.device_id, s.quantity): s for s in archive.counter_states()}
    samples = archive.samples(FOREVER)
    totals = {t.device_id: t.amount_milli for t in archive.totals()}
    for device_id, total in totals.items():
        own = [s for s in samples if s.device_id == device_id]
        for quantity in QUANTITIES:
            state = states[device_id, quantity]
            number = (state.booked_until - START) // LENGTH
            assert state.value_milli == true_wh(device_id, number) * 1000
            counted = true_wh(device_id, number) - true_wh(device_id, 0)
            assert sum(s.amounts_milli[quantity] for s in own) == counted * 1000
            assert own[-1].end == state.booked_until
        assert all(a.end == b.start for a, b in pairwise(own))
        assert total == sum(s.amounts_milli[ENERGY] for s in own)
    edges = [FOREVER.start, FOREVER.end]
    by_span = read(archive, edges, Fluid.ELECTRICITY)
    assert {device: values[0] for device, values in by_span.items()} == totals
    before = rows(path)
    archive.rebuild_rollups()
    assert rows(path) == before
    archive.close()


def test_a_killed_writer_leaves_whole_intervals(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    longest = seconds_of(main, path, SAMPLED_INTERVALS)
    luck = random.Random(2026)
    for number in range(SAMPLING_KILLS):
        reported, was_killed = run_and_kill(main, path, luck.uniform(0, longest))
        assert was_killed
        is_sound(path)
        has_kept(path, reported)
        if number % 8 == 7:
            check(path)


def filled(path: Path) -> Archive:
    """An archive with three days of two meters, and rows that were deleted."""
    archive = Archive(path, ZONE)
    archive.open()
    archive.write_history(
        interval(number, device) for number in range(3 * 144) for device in (1, 2)
    )
    return archive


def content(archive: Archive) -> tuple[object, ...]:
    return (
        archive.samples(PAST),
        sorted(archive.totals(), key=lambda t: (t.fluid, t.device_id)),
        archive.quantities_of(),
    )


def clear(path: Path) -> None:
    """Remove a database with all that lies beside it."""
    for file in path.parent.glob(f"{path.name}*"):
        file.unlink()


def test_killed_while_it_is_tidied_up_it_is_as_before(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    archive = filled(path)
    before = content(archive)
    archive.close()
    whole = seconds_of(worker.optimise, path)
    luck = random.Random(27)
    for _ in range(OTHER_KILLS):
        _, was_killed = run_and_kill(worker.optimise, path, luck.uniform(0, whole))
        assert was_killed
        is_sound(path)
    archive = Archive(path, ZONE)
    archive.open()
    assert content(archive) == before
    archive.close()


def test_killed_while_it_is_brought_up_to_date_it_keeps_every_row(
    tmp_path: Path,
) -> None:
    first = tmp_path / "first.db"
    with closing(sqlite3.connect(first, autocommit=True)) as database:
        database.executescript(FIRST_SCHEMA.read_text())
        database.executescript(
            "INSERT INTO meta VALUES ('schema_version', '1'),"
            " ('time_zone', 'Europe/Paris'), ('rollups_stale', '1');"
        )
        database.execute("BEGIN")
        for number in range(500):
            key = (int(START.timestamp()) + 600 * number, 1, 600, 0)
            database.execute("INSERT INTO energy VALUES (?,?,?,?,7,1,NULL,NULL)", key)
        database.execute("COMMIT")
    due = [sample(START + number * TEN_MINUTES, 7) for number in range(500)]
    path = tmp_path / "archive.db"
    shutil.copy(first, path)
    whole = seconds_of(worker.migrate, path)
    luck = random.Random(28)
    killed = 0
    while killed < OTHER_KILLS:
        clear(path)
        shutil.copy(first, path)
        # Some are through before, just as some would have been slower.
        _, was_killed = run_and_kill(worker.migrate, path, luck.uniform(0, whole))
        killed += was_killed
        is_sound(path)
        archive = Archive(path, ZONE)
        archive.open()
        stored = archive.samples(FOREVER, quantities=[ENERGY])
        assert stored == due
        assert read(archive, [FOREVER.start, FOREVER.end]) == {1: [3500]}
        archive.close()


def refusal(archive: Archive) -> str | None:
    """Why an archive cannot be opened; None for one that is open now."""
    try:
        archive.open()
    except ArchiveError as error:
        return error.key
    return None


def test_killed_while_it_is_moved_the_move_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    archive = filled(path)
    before = content(archive)
    target = worker.target_of(path)
    whole = seconds_of(worker.move, path, signs=1_000)
    clear(target)
    luck = random.Random(29)
    killed = 0
    while killed < OTHER_KILLS:
        _, was_killed = run_and_kill(worker.move, path, luck.uniform(0, whole))
        killed += was_killed
        is_sound(path)
        moved = Archive(target, ZONE)
        if refusal(moved) == "archive_moving":
            # The next attempt goes on here.
            continue
        # Opened before the move began, it would be empty; else it is whole.
        assert content(moved) in (EMPTY, before)
        moved.close()
        clear(target)
    archive.move_to(target, lambda _: None)
    moved = Archive(target, ZONE)
    moved.open()
    assert content(moved) == before
    moved.close()
    is_sound(target)
    archive.close()
