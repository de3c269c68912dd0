"""``kill -9`` at any moment loses at most the current interval."""

from contextlib import suppress
from itertools import pairwise
import multiprocessing
from pathlib import Path
import random
import signal
import sqlite3
import time

from custom_components.legrand_ews.ews.archive import Archive
from custom_components.legrand_ews.ews.quantities import Fluid
from custom_components.legrand_ews.ews.timegrid import Span

from .samples import ENERGY, read
from .test_rollup import rows
from .writer import LENGTH, QUANTITIES, START, ZONE, main, true_wh

KILLS = 25
# Children are forked from a process that has imported the writer once.
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload([main.__module__])
FOREVER = Span(START, START.replace(year=2030))


def run_and_kill(path: Path, luck: random.Random) -> int:
    """Let it store some intervals, kill it soon after; the last that it reported."""
    progress, far_end = PROCESSES.Pipe(duplex=False)
    process = PROCESSES.Process(target=main, args=(path, far_end))
    process.start()
    far_end.close()
    last = -1
    for _ in range(luck.randint(1, 8)):
        last = progress.recv()
    time.sleep(luck.uniform(0, 0.02))
    process.kill()
    process.join()
    assert process.exitcode == -signal.SIGKILL
    with suppress(EOFError, OSError):
        while True:
            last = progress.recv()
    return last


def check(path: Path, reported: int) -> None:
    archive = Archive(path, ZONE)
    archive.open()
    states = {(s.device_id, s.quantity): s for s in archive.counter_states()}
    samples = archive.samples(FOREVER)
    last = max(state.booked_until for state in states.values())
    assert (last - START) // LENGTH >= reported
    totals = {t.device_id: t.amount_milli for t in archive.totals()}
    for device_id, total in totals.items():
        own = [s for s in samples if s.device_id == device_id]
        for quantity in QUANTITIES:
            state = states[device_id, quantity]
            interval = (state.booked_until - START) // LENGTH
            assert state.value_milli == true_wh(device_id, interval) * 1000
            counted = true_wh(device_id, interval) - true_wh(device_id, 0)
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
    for _ in range(KILLS):
        reported = run_and_kill(path, luck)
        with sqlite3.connect(path) as connection:
            (verdict,) = connection.execute("PRAGMA integrity_check").fetchone()
        assert verdict == "ok"
        check(path, reported)
