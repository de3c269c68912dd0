"""``kill -9`` at any moment loses at most the current interval, and damages nothing."""

from collections.abc import Callable
from contextlib import closing, suppress
from itertools import pairwise
import multiprocessing
from multiprocessing.connection import Connection
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
LEAST_KILLS = 25
"""A process that is through with its work before is no process to kill."""
# Children are forked from a process that has imported what they do.
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload([main.__module__, worker.__name__])
FOREVER = Span(START, START.replace(year=2030))
PAST = Span(START.replace(year=2020), START.replace(year=2030))


def run_and_kill(
    job: Callable[[Path, Connection], None],
    path: Path,
    signs: int,
    delay: float,
) -> tuple[object, bool]:
    """Wait for signs of life, kill soon after; the last sign, and if it was killed."""
    progress, far_end = PROCESSES.Pipe(duplex=False)
    process = PROCESSES.Process(target=job, args=(path, far_end))
    process.start()
    far_end.close()
    last: object = -1
    with suppress(EOFError, OSError):
        for _ in range(signs):
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


def check(path: Path, reported: object) -> None:
    archive = Archive(path, ZONE)
    archive.open()
    states = {(s.device_id, s.quantity): s for s in archive.counter_states()}
    samples = archive.samples(FOREVER)
    last = max(state.booked_until for state in states.values())
    assert isinstance(reported, int)
    assert (last - START) // LENGTH >= reported
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
    luck = random.Random(2026)
    for number in range(SAMPLING_KILLS):
        reported, was_killed = run_and_kill(
            main, path, luck.randint(1, 4), luck.uniform(0, 0.02)
        )
        assert was_killed
        if number % 8 == 7:
            is_sound(path)
            check(path, reported)


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


def test_killed_while_it_is_tidied_up_it_is_as_before(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    archive = filled(path)
    before = content(archive)
    archive.close()
    luck = random.Random(27)
    for _ in range(OTHER_KILLS):
        _, was_killed = run_and_kill(
            worker.optimise, path, luck.randint(1, 2), luck.uniform(0, 0.05)
        )
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
    luck = random.Random(28)
    killed = 0
    for number in range(OTHER_KILLS):
        path = tmp_path / f"{number}.db"
        shutil.copy(first, path)
        _, was_killed = run_and_kill(worker.migrate, path, 1, luck.uniform(0, 0.2))
        killed += was_killed
        is_sound(path)
        archive = Archive(path, ZONE)
        archive.open()
        stored = archive.samples(FOREVER, quantities=[ENERGY])
        assert stored == due
        assert read(archive, [FOREVER.start, FOREVER.end]) == {1: [3500]}
        archive.close()
        path.unlink()
    assert killed >= LEAST_KILLS


def test_killed_while_it_is_moved_the_move_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    archive = filled(path)
    before = content(archive)
    target = worker.target_of(path)
    luck = random.Random(29)
    killed = 0
    while killed < OTHER_KILLS:
        _, was_killed = run_and_kill(
            worker.move, path, luck.randint(1, 20), luck.uniform(0, 0.02)
        )
        killed += was_killed
        if is_complete(target):
            # On to the next round.
            for file in target.parent.glob(f"{target.name}*"):
                file.unlink()
    archive.move_to(target, lambda _: None)
    moved = Archive(target, ZONE)
    moved.open()
    assert content(moved) == before
    is_sound(target)
    moved.close()
    archive.close()


def is_complete(target: Path) -> bool:
    """Whether the target can be opened as an archive that holds something."""
    archive = Archive(target, ZONE)
    try:
        archive.open()
    except ArchiveError:
        return False
    is_there = bool(archive.totals())
    archive.close()
    return is_there
