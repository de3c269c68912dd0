"""The archive on PostgreSQL and MariaDB does what it does on SQLite.

The specifications are those of the core, run here against servers of our own; what
only a server can do comes after them.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
import re
import sys

from hypothesis import HealthCheck, given, settings
import pytest
from sqlalchemy import create_engine, delete, inspect, text

from custom_components.legrand_ews.ews.archive import (
    Archive,
    MoveProgress,
    PendingWrites,
    StateChange,
    driver_requirement,
)
from custom_components.legrand_ews.ews.archive.tables import (
    META,
    METADATA,
    QUANTITY_NUMBERS,
)
from custom_components.legrand_ews.ews.errors import ArchiveError
from custom_components.legrand_ews.ews.metering import Booking
from custom_components.legrand_ews.ews.quantities import Fluid
from custom_components.legrand_ews.ews.timegrid import Span
from tests.core.archive.samples import PARIS, TEN_MINUTES, read, sample, utc
from tests.core.archive.test_archive import (  # noqa: F401
    RESET,
    STATE,
    test_counters_that_failed_apart_start_together_without_a_clash,
    test_history_comes_with_its_rollups,
    test_samples_of_every_kind_come_back_exactly,
    test_the_latest_state_of_a_counter_replaces_the_one_before,
    test_writing_twice_changes_nothing,
)
from tests.core.archive.test_charged import (  # noqa: F401
    test_nothing_is_left_of_a_station_that_is_purged,
    test_only_what_is_over_is_stored,
    test_sessions_come_back_by_start_and_station,
    test_what_is_written_again_is_there_once,
)
from tests.core.archive.test_courses import (  # noqa: F401
    test_courses_are_the_samples_that_are_kept,
    test_courses_are_the_samples_while_history_is_written,
)
from tests.core.archive.test_gauges import (  # noqa: F401
    check as check_gauges,
    courses,
    test_the_hour_that_runs_is_told_as_well,
    test_what_is_no_gauge_has_no_statistics,
)
from tests.core.archive.test_harmonics import (  # noqa: F401
    shown,
    test_harmonics_alone_are_written_too,
    test_harmonics_come_back_by_start_device_and_series,
    test_no_harmonics_are_left_of_a_device_that_is_purged,
    test_the_ranks_of_a_series_are_those_that_it_has_shown,
    test_they_are_kept_as_long_as_distortions,
    test_what_is_written_again_replaces_the_whole_series,
)
from tests.core.archive.test_objects import (  # noqa: F401
    test_a_deleted_device_is_archived_with_what_was_known_last,
    test_a_device_that_comes_back_is_no_longer_archived,
    test_every_object_is_noted_with_its_places,
)
from tests.core.archive.test_peak_days import (  # noqa: F401
    test_peaks_come_back_by_fluid_and_length,
    test_what_changes_a_day_takes_its_peak_away,
    test_what_runs_and_what_is_let_go_takes_no_peak_away,
)
from tests.core.archive.test_priced import (  # noqa: F401
    test_bills_are_kept_until_they_are_dropped,
    test_prices_keep_every_digit_and_silence,
)
from tests.core.archive.test_retention import (  # noqa: F401
    interval,
    test_a_gap_that_began_before_the_limit_is_booked_whole,
    test_charts_and_totals_outlive_their_samples,
    test_history_for_a_time_whose_samples_are_gone_is_taken,
    test_kinds_go_on_their_own,
    test_states_tell_what_held_when_a_span_begins,
    test_what_held_at_the_limit_stays,
    test_what_is_written_afterwards_changes_no_old_hour,
    told,
)
from tests.core.archive.test_rollup import (  # noqa: F401
    chains,
    check_against_even_flow,
    days_around,
    test_a_gap_is_spread_evenly_and_marked,
    test_a_span_inside_a_gap_sees_its_share,
    test_a_zero_is_not_an_unknown,
    test_fluids_do_not_mix,
    test_many_buckets_are_read_in_one_pass,
)
from tests.core.archive.test_tariff_days import (  # noqa: F401
    kept,
    test_a_day_is_over_with_its_last_interval,
    test_a_failure_leaves_the_day_as_it_was,
    test_amounts_come_back_by_span,
    test_costs_are_kept_to_the_last_digit,
    test_nothing_is_left_of_a_device_that_is_purged,
    test_what_changes_a_day_has_it_shared_out_anew,
    test_what_runs_and_what_is_let_go_changes_no_day,
)
from tests.core.power_quality.test_weekly import (  # noqa: F401
    test_what_was_found_stays,
)
from tests.database_servers import (
    DatabaseServer,
    MariaDb,
    PostgreSql,
    TimescaleDb,
    running,
)

START = utc("2026-02-28T23:00")
DAY = Span(utc("2026-03-01T00:00"), utc("2026-03-02T00:00"))
ALL = Span(START - timedelta(days=400), START + timedelta(days=400))


KINDS = [PostgreSql, MariaDb, *([TimescaleDb] if TimescaleDb.is_there() else [])]


@pytest.fixture(scope="module", params=KINDS)
def server(request: pytest.FixtureRequest) -> Iterator[DatabaseServer]:
    with running(request.param) as server:
        yield server


def empty(server: DatabaseServer) -> None:
    """Leave the tables, which take their time to make, and nothing in them."""
    engine = create_engine(server.url)
    with engine.begin() as connection:
        there = inspect(connection).get_table_names()
        for table in METADATA.tables.values():
            if table.name not in there or table is QUANTITY_NUMBERS:
                continue
            rows = delete(table)
            if table is META:
                rows = rows.where(table.c.key.not_in(["schema_version", "shape"]))
            connection.execute(rows)
    engine.dispose()


@pytest.fixture
def archive(server: DatabaseServer, tmp_path: Path) -> Iterator[Archive]:
    empty(server)
    archive = Archive(server.url, PARIS, spool=tmp_path / "waiting")
    archive.open()
    yield archive
    archive.close()


def test_the_database_adds_up_what_devices_have_counted(archive: Archive) -> None:
    """A Wh every ten minutes of two devices, cut inside of samples and of hours."""
    archive.write_history(
        sample(START + n * TEN_MINUTES, 1001, device=device)
        for n in range(3 * 144)
        for device in (1, 2)
    )
    minutes = (0, 25, 60, 24 * 60 + 90, 48 * 60 + 7, 71 * 60)
    edges = [START + timedelta(minutes=number) for number in minutes]
    for devices in (None, [1], [1, 2]):
        apart = archive.amounts_in_pieces(Fluid.ELECTRICITY, edges, devices)
        sums: Counter[int] = Counter()
        for cells in apart.values():
            sums.update({place: cell.amount_milli for place, cell in cells.items()})
        assert archive.summed_in_pieces(Fluid.ELECTRICITY, edges, devices) == sums
    assert sum(sums.values()) == 2 * 71 * 6 * 1001


@settings(
    max_examples=5,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(chains())
def test_rollups_say_what_samples_say(
    server: DatabaseServer, story: tuple[object, list[list[object]]]
) -> None:
    zone, writes = story
    empty(server)
    archive = Archive(server.url, zone)
    archive.open()
    for write in writes:
        archive.write(write)
    everything = [one for write in writes for one in write]
    if everything:
        check_against_even_flow(archive, everything, zone)
        archive.rebuild_rollups()
        check_against_even_flow(archive, everything, zone)
    archive.close()


@settings(
    max_examples=5,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(courses())
def test_gauges_say_what_samples_say(
    server: DatabaseServer, story: tuple[object, list[list[object]]]
) -> None:
    zone, writes = story
    empty(server)
    archive = Archive(server.url, zone)
    archive.open()
    for write in writes:
        archive.write(write)
    stored = archive.samples(ALL)
    span = days_around([one for write in writes for one in write], zone)
    stored = archive.samples(span)
    check_gauges(archive, stored, zone)
    archive.rebuild_rollups()
    check_gauges(archive, stored, zone)
    archive.close()


def test_an_archive_is_found_again(archive: Archive) -> None:
    archive.write([sample("2026-03-01T10:00", 12)], [STATE], [RESET])
    archive.close()
    archive.open()
    assert archive.counter_states() == [STATE]
    assert archive.corrections(DAY) == [RESET]
    assert archive.samples(DAY) == [sample("2026-03-01T10:00", 12)]
    assert archive.size_bytes() > 0
    archive.check()
    assert archive.optimise().bytes_after > 0


def test_views_are_there_for_people(archive: Archive, server: DatabaseServer) -> None:
    archive.write([sample("2026-03-01T10:00", 12_500)])
    engine = create_engine(server.url)
    with engine.connect() as connection:
        row = connection.execute(
            text("SELECT start_utc, quality, active_energy_import FROM energy_view")
        ).one()
    engine.dispose()
    assert str(row[0]).startswith("2026-03-01 10:00:00")
    assert (row[1], float(row[2])) == ("complete", 12.5)


@pytest.mark.parametrize("kind", [k for k in KINDS if issubclass(k, PostgreSql)])
def test_samples_lie_in_hypertables_where_a_server_has_loaded_timescaledb(
    kind: type[PostgreSql], tmp_path: Path
) -> None:
    with running(kind) as server:
        archive = Archive(server.url, PARIS, spool=tmp_path / "waiting")
        archive.open()
        archive.write([sample("2026-03-01T10:00", 12)])
        assert archive.samples(DAY) == [sample("2026-03-01T10:00", 12)]
        archive.close()
        engine = create_engine(server.url)
        with engine.connect() as connection:
            created = set(connection.scalars(text("SELECT extname FROM pg_extension")))
            parts = connection.scalar(
                text(
                    "SELECT count(*) FROM pg_inherits WHERE inhparent = 'energy'::regclass"
                )
            )
        engine.dispose()
    has_extension = kind is TimescaleDb
    assert ("timescaledb" in created) is has_extension
    assert parts == (1 if has_extension else 0)


def test_a_server_that_is_gone_loses_nothing(
    archive: Archive, server: DatabaseServer
) -> None:
    pending = PendingWrites(archive)
    server.kill()
    try:
        for number in range(6):
            pending.add(Booking(samples=(interval(number),)))
            with pytest.raises(ArchiveError) as caught:
                pending.write()
            assert caught.value.key == "archive_write_failed"
            assert server.password not in str(caught.value)
    finally:
        server.start()
    # Home Assistant was restarted meanwhile, too.
    again = PendingWrites(archive)
    again.recover()
    assert archive.samples(ALL) == [interval(number) for number in range(6)]


def test_no_password_shows_in_errors(server: DatabaseServer) -> None:
    for url, key in (
        (server.url.replace("ews:", "nobody:"), "archive_login_refused"),
        (re.sub(r":\d+/", ":1/", server.url), "archive_unreachable"),
    ):
        archive = Archive(url, PARIS)
        with pytest.raises(ArchiveError) as caught:
            archive.open()
        told_by_it = f"{caught.value} {caught.value.__cause__} {archive!r}"
        assert caught.value.key == key
        assert server.password not in told_by_it
        assert "a%20secret" not in told_by_it


def test_a_missing_driver_is_named(
    server: DatabaseServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("psycopg", "pymysql"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(ArchiveError) as caught:
        Archive(server.url, PARIS).open()
    assert caught.value.key == "archive_driver_missing"
    assert caught.value.placeholders["package"] == driver_requirement(server.url)


def fill(archive: Archive) -> None:
    archive.write_history(
        interval(number, device) for number in range(288) for device in (1, 2)
    )
    archive.write([], [STATE], [RESET], [shown(START), shown(START, device=5)])
    change = StateChange(device_id=1, quantity="input_1", since=START, value=1)
    archive.write_states([change])


def everything(archive: Archive) -> tuple[object, ...]:
    return (
        archive.samples(ALL),
        told(archive),
        archive.counter_states(),
        archive.corrections(ALL),
        archive.states(ALL),
        archive.harmonics(ALL),
    )


def test_an_archive_moves_there_and_back(
    archive: Archive, server: DatabaseServer, tmp_path: Path
) -> None:
    source = Archive(tmp_path / "source.db", PARIS)
    source.open()
    fill(source)
    empty(server)
    seen: list[MoveProgress] = []

    def interrupt(progress: MoveProgress) -> None:
        seen.append(progress)
        if len(seen) == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        source.move_to(server.url, interrupt)
    with pytest.raises(ArchiveError) as caught:
        Archive(server.url, PARIS).open()
    assert caught.value.key == "archive_moving"
    # Sampling went on between the two attempts.
    source.write([interval(288), interval(3)])
    seen.clear()
    # And it goes on during the second, until it is told to wait.
    late = iter(range(290, 295))

    def go_on(progress: MoveProgress) -> None:
        if not settled:
            source.write([interval(next(late, 294))])
        seen.append(progress)

    settled: list[bool] = []
    source.move_to(server.url, go_on, lambda: settled.append(True))
    assert settled
    assert seen[-1].moved == seen[-1].rows
    moved = Archive(server.url, PARIS)
    moved.open()
    assert everything(moved) == everything(source)
    with pytest.raises(ArchiveError) as caught:
        source.move_to(server.url, seen.append)
    assert caught.value.key == "archive_not_empty"
    back = tmp_path / "back.db"
    moved.move_to(back, lambda _: None)
    copy = tmp_path / "copy.db"
    moved.snapshot(copy)
    for path in (back, copy):
        returned = Archive(path, PARIS)
        returned.open()
        assert everything(returned) == everything(source)
        returned.write([interval(289)])
        returned.close()
    moved.write([interval(289)])
    assert read(moved, [START, START + 300 * TEN_MINUTES])[1][0] is not None
    moved.close()
    source.close()
