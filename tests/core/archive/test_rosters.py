"""Lists of objects are noted when they change: the columns of files (S205)."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from custom_components.legrand_ews.ews.archive import Archive, Roster

from .samples import PARIS, utc

NOW = utc("2026-03-01T10:00")
LATER = NOW + timedelta(days=1)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    archive = Archive(tmp_path / "archive.db", PARIS)
    archive.open()
    yield archive
    archive.close()


def test_a_list_is_noted_when_it_changes(archive: Archive) -> None:
    archive.remember_rosters({"energy/devices": [2, 1], "gas/devices": []}, NOW)
    archive.remember_rosters({"energy/devices": [1, 2], "gas/devices": [7]}, LATER)
    assert archive.rosters() == {
        "energy/devices": [Roster(since=NOW, members=(1, 2))],
        "gas/devices": [
            Roster(since=NOW, members=()),
            Roster(since=LATER, members=(7,)),
        ],
    }


def test_two_changes_in_one_second_are_one(archive: Archive) -> None:
    archive.remember_rosters({"energy/devices": [1]}, NOW)
    archive.remember_rosters({"energy/devices": [1, 2]}, NOW)
    assert archive.rosters() == {"energy/devices": [Roster(since=NOW, members=(1, 2))]}


def test_a_clock_that_was_set_back_leaves_the_lists_in_order(archive: Archive) -> None:
    archive.remember_rosters({"energy/devices": [1]}, NOW)
    archive.remember_rosters({"energy/devices": [1, 2]}, LATER)
    archive.remember_rosters({"energy/devices": [2]}, NOW + timedelta(hours=1))
    known = archive.rosters()["energy/devices"]
    assert [roster.members for roster in known] == [(1,), (2,)]
