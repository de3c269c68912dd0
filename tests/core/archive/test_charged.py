"""Charging sessions come out of the archive as they went in."""

from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
import sqlite3

import pytest

from custom_components.legrand_ews.ews.archive import Archive
from custom_components.legrand_ews.ews.metering.charged import (
    ChargedSession,
    SessionEnd,
)
from custom_components.legrand_ews.ews.timegrid import Span

from .samples import HOUR, PARIS, utc

NOON = utc("2026-06-01T12:00")
DAY = Span(utc("2026-06-01T00:00"), utc("2026-06-02T00:00"))
MOVED = ChargedSession(
    device_id=31,
    side=2,
    start=NOON,
    until=NOON + 2 * HOUR,
    end=NOON + 2 * HOUR,
    reason=SessionEnd.FINISHED,
    charge_mah=32_000,
    pieces_milli_wh=(920_000, 0, 7_000_000_001, 3),
)
"""More than 32 bits can hold."""


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    archive = Archive(tmp_path / "archive.db", PARIS)
    archive.open()
    return archive


def test_sessions_come_back_by_start_and_station(archive: Archive) -> None:
    other = replace(
        MOVED,
        device_id=7,
        side=None,
        reason=SessionEnd.UNSEEN,
        pieces_milli_wh=(),
        is_estimated=True,
    )
    next_day = replace(MOVED, start=DAY.end, until=DAY.end + HOUR, end=DAY.end + HOUR)
    archive.write_sessions([next_day, MOVED, other])
    assert archive.sessions(DAY) == [other, MOVED]
    assert archive.sessions(DAY, [31]) == [MOVED]
    assert archive.sessions(Span(DAY.start, NOON)) == []
    assert archive.sessions(Span(NOON, DAY.end + HOUR), [31]) == [MOVED, next_day]


def test_what_is_written_again_is_there_once(archive: Archive) -> None:
    archive.write_sessions([MOVED])
    corrected = replace(MOVED, charge_mah=1)
    archive.write_sessions([corrected])
    assert archive.sessions(DAY) == [corrected]


def test_only_what_is_over_is_stored(archive: Archive) -> None:
    archive.write_sessions([replace(MOVED, end=None, reason=None)])
    assert archive.sessions(DAY) == []


def test_nothing_is_left_of_a_station_that_is_purged(archive: Archive) -> None:
    archive.write_sessions([MOVED])
    archive.purge(31)
    assert archive.sessions(DAY) == []


def test_an_archive_without_sessions_gets_their_table(tmp_path: Path) -> None:
    """As the release before them has left it; nothing else changes."""
    path = tmp_path / "old.db"
    archive = Archive(path, PARIS)
    archive.open()
    archive.close()
    with closing(sqlite3.connect(path, autocommit=True)) as database:
        database.executescript(
            "DROP VIEW charging_sessions_view; DROP TABLE charging_sessions;"
            "UPDATE meta SET value = 'another' WHERE key = 'shape'"
        )
    archive.open()
    archive.write_sessions([MOVED])
    assert archive.sessions(DAY) == [MOVED]
    archive.close()
    with closing(sqlite3.connect(path)) as database:
        (row,) = database.execute("SELECT * FROM charging_sessions_view")
    energy_wh = MOVED.energy_milli_wh / 1000
    ended = NOON + timedelta(hours=2)
    assert row == (
        31,
        None,
        f"{NOON:%Y-%m-%d %H:%M:%S}",
        f"{ended:%Y-%m-%d %H:%M:%S}",
        2,
        energy_wh,
        32.0,
        "finished",
    )
