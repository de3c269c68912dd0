"""An older schema is brought up to date step by step, in one transaction."""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
import sqlite3

import pytest
from sqlalchemy import Connection, create_engine, inspect, text

from custom_components.legrand_ews.ews.archive import Archive
from custom_components.legrand_ews.ews.archive.rows import delete_and_insert
from custom_components.legrand_ews.ews.archive.schema import prepare, read_meta
from custom_components.legrand_ews.ews.archive.tables import GAS, SCHEMA_VERSION
from custom_components.legrand_ews.ews.errors import ArchiveError
from custom_components.legrand_ews.ews.metering import CounterState

from .samples import PARIS


def add_note(connection: Connection) -> None:
    connection.execute(text("ALTER TABLE corrections ADD COLUMN note TEXT"))


def fill_note(connection: Connection) -> None:
    connection.execute(text("UPDATE corrections SET note = 'old'"))


def fail(connection: Connection) -> None:
    add_note(connection)
    raise ArchiveError("archive_write_failed")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "archive.db"
    archive = Archive(path, PARIS)
    archive.open()
    archive.close()
    return path


def columns(connection: Connection) -> set[str]:
    return {column["name"] for column in inspect(connection).get_columns("corrections")}


def test_each_step_leads_to_the_next_version(path: Path) -> None:
    engine = create_engine(f"sqlite:///{path}")
    steps = {SCHEMA_VERSION: add_note, SCHEMA_VERSION + 1: fill_note}
    with engine.begin() as connection:
        prepare(connection, steps, SCHEMA_VERSION + 2)
    with engine.begin() as connection:
        assert "note" in columns(connection)
        assert read_meta(connection, "schema_version") == str(SCHEMA_VERSION + 2)


def test_an_archive_of_the_first_release_goes_on(path: Path) -> None:
    with closing(sqlite3.connect(path, autocommit=True)) as first:
        first.executescript(
            "ALTER TABLE counters DROP COLUMN open_count;"
            "DROP TABLE rosters;"
            "UPDATE meta SET value = '1' WHERE key = 'schema_version';"
            "INSERT INTO counters VALUES (7, 'water_volume', 5000, 120, 60);"
        )
    archive = Archive(path, PARIS)
    archive.open()
    assert archive.counter_states() == [
        CounterState(
            device_id=7,
            quantity="water_volume",
            value_milli=5000,
            read_at=datetime(1970, 1, 1, 0, 2, tzinfo=UTC),
            booked_until=datetime(1970, 1, 1, 0, 1, tzinfo=UTC),
        )
    ]
    assert archive.rosters() == {}
    archive.close()


def test_a_step_that_fails_leaves_the_archive_as_it_was(path: Path) -> None:
    engine = create_engine(f"sqlite:///{path}", connect_args={"autocommit": False})
    with pytest.raises(ArchiveError), engine.begin() as connection:
        prepare(connection, {SCHEMA_VERSION: fail}, SCHEMA_VERSION + 1)
    with engine.begin() as connection:
        assert "note" not in columns(connection)
        assert read_meta(connection, "schema_version") == str(SCHEMA_VERSION)


def test_a_version_without_a_way_to_here_is_foreign(path: Path) -> None:
    engine = create_engine(f"sqlite:///{path}")
    with pytest.raises(ArchiveError) as caught, engine.begin() as connection:
        prepare(connection, {}, SCHEMA_VERSION + 1)
    assert caught.value.key == "archive_foreign"


def test_rows_are_replaced_in_portable_sql_too(path: Path) -> None:
    """What other databases get is plain enough to be tried here."""
    engine = create_engine(f"sqlite:///{path}")
    key = {"start": 600, "device_id": 1, "length": 600, "quality": 0}
    other = {**key, "device_id": 2, "gas_volume": 7}
    with engine.begin() as connection:
        delete_and_insert(connection, GAS, [{**key, "gas_volume": 5}, other])
        delete_and_insert(connection, GAS, [{**key, "gas_volume": 6}])
    with engine.begin() as connection:
        rows = connection.execute(text("SELECT device_id, gas_volume FROM gas")).all()
    assert sorted(rows) == [(1, 6), (2, 7)]
