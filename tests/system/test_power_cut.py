"""Home Assistant is killed at any moment: the archive stays whole, energy is kept.

What an interval recorded is never lost; what was not yet written is booked after the
next start, because counters go on. Only the split of that energy over time is coarser.
"""

import asyncio
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
import random
import re
import shutil
import sqlite3
import time
from typing import Final

from demo.home_assistant import HomeAssistant
from tests.books import Books, connect, read_books, strangers, unbalanced
from tests.running_site import RunningSite, eventually, running_site

INTERVAL_S: Final = 60
WRITING_S: Final = 20
"""How long after its end an interval may still be on its way to the disk: the grace
in which counters are read (a quarter of the interval), and the transaction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """When the power goes: a chance moment in one of two ranges of seconds."""

    name: str
    after_start_s: tuple[float, float] | None = None
    after_edge_s: tuple[float, float] | None = None
    """After an edge of the sample grid that is reached while everything runs."""


CUTS: Final = {
    "first house": (
        Cut(name="interpreter starting", after_start_s=(0.3, 2)),
        Cut(name="before an edge", after_edge_s=(-1, 0)),
        Cut(name="integration being set up", after_start_s=(2, 6)),
        Cut(name="after the interval was written", after_edge_s=(WRITING_S, 25)),
    ),
    "second house": (
        Cut(name="just running", after_start_s=(5, 10)),
        Cut(name="counters being read", after_edge_s=(0, 0.4)),
        Cut(name="while polling", after_start_s=(8, 14)),
        Cut(name="interval being written", after_edge_s=(0.3, 1.5)),
    ),
}


async def test_a_killed_server_loses_no_more_than_the_open_interval(
    tmp_path: Path,
) -> None:
    chance = random.Random()
    async with asyncio.TaskGroup() as group:
        for house, cuts in CUTS.items():
            folder = tmp_path / house
            folder.mkdir()
            group.create_task(_cut_the_power(folder, cuts, chance))


async def _cut_the_power(
    folder: Path, cuts: tuple[Cut, ...], chance: random.Random
) -> None:
    config = folder / "config"
    config.mkdir()
    async with running_site("home", config, months=1) as site:
        before = await asyncio.to_thread(read_books, site.archive)
        assert len(before.counters) >= len(site.device_ids)
        last = before
        for cut in cuts:
            await site.server.kill()
            site.server = await HomeAssistant.launch(site.folder, site.port)
            must_hold = await _wait_for_the_moment(site, cut, chance)
            await site.server.kill()

            left = await asyncio.to_thread(_opened_clean, site, folder / "left")

            assert left.booked_until >= max(last.booked_until, must_hold), cut.name
            assert not unbalanced(before, left), cut.name
            last = left

        site.server = await HomeAssistant.start(site.folder, site.port)
        after = await eventually(
            lambda: asyncio.to_thread(read_books, site.archive),
            lambda books: books.booked_until > last.booked_until,
            timeout_s=150,
        )
        assert not unbalanced(before, after)
        assert not strangers(after, site.simulation.meters, site.device_ids)
        _nothing_was_repaired(site)


async def _wait_for_the_moment(
    site: RunningSite, cut: Cut, chance: random.Random
) -> int:
    """Return up to which instant the archive must reach when the power goes now."""
    if cut.after_start_s is not None:
        wait_s = chance.uniform(*cut.after_start_s)
        print(f"{cut.name}: {wait_s:.2f} s after the start")
        await asyncio.sleep(wait_s)
        return 0
    assert cut.after_edge_s is not None
    await site.server.wait_until_answering()
    await site.server.sign_in()
    await site.server.wait_until_running()
    edge = (int(time.time()) // INTERVAL_S + 1) * INTERVAL_S
    offset_s = chance.uniform(*cut.after_edge_s)
    print(f"{cut.name}: {offset_s:+.2f} s after an edge")
    await asyncio.sleep(edge + offset_s - time.time())
    return edge if offset_s >= WRITING_S else 0


def _opened_clean(site: RunningSite, copy: Path) -> Books:
    """Check a copy of what the dead process left, and return what is in it."""
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(site.archive.parent, copy)
    path = copy / site.archive.name
    # Opened for writing, as Home Assistant will do it: the journal is played back.
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    return read_books(path)


def _nothing_was_repaired(site: RunningSite) -> None:
    own = (site.archive.name, f"{site.archive.name}-wal", f"{site.archive.name}-shm")
    assert {file.name for file in site.archive.parent.iterdir()} <= {*own}
    with closing(connect(site.archive)) as database:
        assert database.execute("SELECT * FROM corrections").fetchall() == []
    assert not re.findall(
        r"ERROR.*legrand_ews.*|.*(?:ArchiveError|malformed|/legrand_ews/\w+\.py).*",
        site.log,
    )
