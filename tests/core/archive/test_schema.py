"""An older schema is brought up to date step by step, in one transaction."""

from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
import sqlite3

import pytest
from sqlalchemy import Connection, create_engine, inspect, text

from custom_components.legrand_ews.ews.archive import Archive
from custom_components.legrand_ews.ews.archive.meta import read_meta
from custom_components.legrand_ews.ews.archive.schema import prepare
from custom_components.legrand_ews.ews.archive.tables import SCHEMA_VERSION
from custom_components.legrand_ews.ews.errors import ArchiveError
from custom_components.legrand_ews.ews.metering import (
    CounterState,
    Quality,
    Sample,
    Statistic,
)
from custom_components.legrand_ews.ews.quantities import Fluid
from custom_components.legrand_ews.ews.timegrid import Span, local_midnight

from .samples import HOUR, PARIS, TEN_MINUTES, read, sample, utc

FIRST_SCHEMA = Path(__file__).with_name("schema_1.sql")
OLD_START = utc("2026-03-01T10:00")
OLD_SPAN = Span(utc("2026-03-01T00:00"), utc("2026-03-03T00:00"))


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


def first_release(path: Path) -> None:
    """An archive as the first release left it: two hours of a meter, and a gap."""
    with closing(sqlite3.connect(path, autocommit=True)) as first:
        first.executescript(FIRST_SCHEMA.read_text())
        first.executescript(
            "INSERT INTO meta VALUES ('schema_version', '1'),"
            " ('time_zone', 'Europe/Paris'), ('rollups_stale', '0');"
            "INSERT INTO counters VALUES (7, 'water_volume', 5000, 120, 60);"
            "INSERT INTO objects (kind, id, name, group_ids, is_excluded, is_archived,"
            " first_seen, last_seen) VALUES ('device', 7, 'Boiler', '1 2', 0, 0, 0, 9);"
            "INSERT INTO corrections VALUES (1, 60, 7, 'water_volume', 'reset', 9, 1, 1)"
        )
        for number in range(12):
            key = (int(OLD_START.timestamp()) + 600 * number, 7, 600, number % 2)
            first.execute("INSERT INTO energy VALUES (?,?,?,?,100,7,NULL,NULL)", key)
            first.execute(
                "INSERT INTO details (start, device_id, length, quality, run_hours,"
                " active_energy_import_l1, active_energy_import_t8)"
                " VALUES (?,?,?,?,167,50,9)",
                key,
            )
            first.execute(
                "INSERT INTO statistics (start, device_id, length, quality,"
                " voltage_l1_avg, voltage_l1_min, voltage_l1_max, current_l3_avg,"
                " current_l3_min, current_l3_max, temperature_avg, temperature_min,"
                " temperature_max) VALUES (?,?,?,?,230000,229000,?,-5,-9,-1,0,0,0)",
                (*key, 230_000 + number),
            )
        first.execute(
            "INSERT INTO thd (start, device_id, length, quality, thd_current_n_avg,"
            " thd_current_n_min, thd_current_n_max) VALUES (?,7,600,0,3,2,9)",
            (int(OLD_START.timestamp()),),
        )
        first.execute(
            "INSERT INTO gas VALUES (?,8,90000,2,25000)", (int(OLD_START.timestamp()),)
        )


def test_an_archive_of_the_first_release_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "first.db"
    first_release(path)
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
    (boiler,) = archive.objects()
    assert (boiler.name, boiler.group_ids, boiler.upstream_id) == (
        "Boiler",
        (1, 2),
        None,
    )
    assert len(archive.corrections(OLD_SPAN)) == 0
    of_meter = archive.samples(OLD_SPAN, [7])
    assert of_meter == [
        Sample(
            device_id=7,
            start=OLD_START + number * TEN_MINUTES,
            length=TEN_MINUTES,
            quality=(Quality.COMPLETE, Quality.PARTIAL)[number % 2],
            amounts_milli={
                "active_energy_import": 100,
                "active_energy_export": 7,
                "active_energy_import_l1": 50,
                "active_energy_import_t8": 9,
                "run_hours": 167,
            },
            statistics={
                "voltage_l1": statistic(230_000, 229_000, 230_000 + number),
                "current_l3": statistic(-5, -9, -1),
                "temperature": statistic(0, 0, 0),
            }
            | ({} if number else {"thd_current_n": statistic(3, 2, 9)}),
        )
        for number in range(12)
    ]
    (gap,) = archive.samples(OLD_SPAN, [8])
    assert (gap.amounts_milli, gap.length) == ({"gas_volume": 25_000}, 25 * HOUR)
    assert gap.quality is Quality.RECOVERED
    month = [local_midnight(date(2026, number, 1), PARIS) for number in (3, 4)]
    assert read(archive, month) == {7: [1200]}
    assert read(archive, month, Fluid.GAS) == {8: [25_000]}
    hours = [OLD_START, OLD_START + HOUR, OLD_START + 2 * HOUR]
    courses = archive.statistics([7], ["voltage_l1"], hours)
    assert courses == {
        7: {
            "voltage_l1": {
                0: statistic(230_000, 229_000, 230_005),
                1: statistic(230_000, 229_000, 230_011),
            }
        }
    }
    assert archive.quantities_of([7]) == {
        7: frozenset(of_meter[0].amounts_milli.keys() | of_meter[0].statistics.keys())
    }
    archive.close()
    with closing(sqlite3.connect(path)) as database:
        names = {row[0] for row in database.execute("SELECT name FROM sqlite_master")}
    assert not [name for name in names if name.startswith("old_")]


def statistic(average: int, minimum: int, maximum: int) -> Statistic:
    return Statistic(
        average_milli=average, minimum_milli=minimum, maximum_milli=maximum
    )


def test_a_quantity_that_is_new_gets_its_column(path: Path) -> None:
    with closing(sqlite3.connect(path, autocommit=True)) as database:
        database.executescript(
            "DROP VIEW details_view; ALTER TABLE details DROP COLUMN run_hours;"
            "DELETE FROM quantities WHERE quantity = 'run_hours';"
            "UPDATE meta SET value = 'another' WHERE key = 'shape'"
        )
    archive = Archive(path, PARIS)
    archive.open()
    ran = sample("2026-03-01T10:00", 167, quantity="run_hours")
    archive.write([ran])
    assert archive.samples(OLD_SPAN) == [ran]
    archive.close()


def test_people_read_plain_figures(path: Path) -> None:
    archive = Archive(path, PARIS)
    archive.open()
    archive.write(
        [
            Sample(
                device_id=7,
                start=OLD_START,
                length=TEN_MINUTES,
                amounts_milli={"active_energy_import": 12_500},
                statistics={"voltage_l1": statistic(230_000, 229_500, 231_250)},
            )
        ]
    )
    archive.close()
    with closing(sqlite3.connect(path)) as database:
        (voltage,) = database.execute(
            "SELECT start_utc, length_s, quality, voltage_l1_avg, voltage_l1_min,"
            " voltage_l1_max FROM statistics_view WHERE device_id = 7"
        )
        (hour,) = database.execute(
            "SELECT start_utc, fluid, amount, covered_s FROM hourly_view"
        )
    assert voltage == ("2026-03-01 10:00:00", 600, "complete", 230.0, 229.5, 231.25)
    assert hour == ("2026-03-01 10:00:00", "electricity", 12.5, 600)


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
