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


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """When the power goes: a chance moment in one of two ranges of seconds."""

    name: str
    after_start_s: tuple[float, float] | None = None
    after_edge_s: tuple[float, float] | None = None
    """After an edge of the sample grid that is reached while everything runs."""


CUTS: Final = (
    (
        Cut(name="interpreter starting", after_start_s=(0.3, 2)),
        Cut(name="before an edge", after_edge_s=(-1, 0)),
    ),
    (
        Cut(name="integration being set up", after_start_s=(2, 6)),
        Cut(name="counters being read", after_edge_s=(0, 0.4)),
    ),
    (
        Cut(name="while polling", after_start_s=(6, 12)),
        Cut(name="interval being written", after_edge_s=(0.3, 1.5)),
    ),
)
"""By house; the houses wait for the clock together."""


async def test_a_killed_server_loses_no_more_than_the_open_interval(
    tmp_path: Path,
) -> None:
    async with asyncio.TaskGroup() as group:
        for number, cuts in enumerate(CUTS):
            folder = tmp_path / f"house {number}"
            folder.mkdir()
            group.create_task(_cut_the_power(folder, cuts))


async def _cut_the_power(folder: Path, cuts: tuple[Cut, ...]) -> None:
    config = folder / "config"
    config.mkdir()
    async with running_site("home", config, months=1) as site:
        before = await asyncio.to_thread(read_books, site.archive)
        assert len(before.counters) >= len(site.device_ids)
        last = before
        for cut in cuts:
            await site.server.kill()
            site.server = await HomeAssistant.launch(site.folder, site.port)
            await _wait_for_the_moment(site, cut)
            await site.server.kill()
            left = await asyncio.to_thread(_opened_clean, site, folder / "left")
            assert left.booked_until >= last.booked_until, cut.name
            assert not unbalanced(before, left), cut.name
            last = left

        site.server = await HomeAssistant.start(site.folder, site.port)
        seen = await eventually(
            lambda: asyncio.to_thread(read_books, site.archive),
            lambda books: books.booked_until > last.booked_until,
            timeout_s=150,
        )
        await site.server.kill()  # at once after an interval was archived
        left = await asyncio.to_thread(_opened_clean, site, folder / "left")
        assert left == seen
        assert not unbalanced(before, left)
        assert not strangers(left, site.simulation.meters, site.device_ids)

        site.server = await HomeAssistant.start(site.folder, site.port)
        await site.server.sign_in()
        await site.server.wait_until_running()
        await eventually(lambda: _states_of_entry(site), lambda s: s == {"loaded"})
        _nothing_was_repaired(site)


async def _states_of_entry(site: RunningSite) -> set[str]:
    entries = await site.server.get("/api/config/config_entries/entry")
    return {e["state"] for e in entries if e["entry_id"] == site.entry_id}


async def _wait_for_the_moment(site: RunningSite, cut: Cut) -> None:
    if cut.after_start_s is not None:
        wait_s = random.uniform(*cut.after_start_s)
        print(f"{cut.name}: {wait_s:.2f} s after the start")
        await asyncio.sleep(wait_s)
    if cut.after_edge_s is not None:
        await site.server.wait_until_answering()
        await site.server.sign_in()
        await site.server.wait_until_running()
        edge = (int(time.time()) // INTERVAL_S + 1) * INTERVAL_S
        offset_s = random.uniform(*cut.after_edge_s)
        print(f"{cut.name}: {offset_s:+.2f} s after an edge")
        await asyncio.sleep(edge + offset_s - time.time())


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
