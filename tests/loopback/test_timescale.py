"""What TimescaleDB has compressed answers, changes and goes like rows of a file.

Collected only where the extension is installed. That everything else works on it is in
`test_archive_servers`.
"""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine, text

from custom_components.legrand_ews.ews.archive import (
    Archive,
    DataKind,
    ImportRow,
    OnConflict,
    Retention,
)
from custom_components.legrand_ews.ews.archive.timescale import HYPERTABLES
from custom_components.legrand_ews.ews.metering import Quality, Sample
from custom_components.legrand_ews.ews.timegrid import Span
from tests.core.archive.samples import ENERGY, PARIS, TEN_MINUTES, sample, utc
from tests.core.archive.test_retention import interval, told
from tests.database_servers import PostgreSql, TimescaleDb, running

START = utc("2026-02-28T23:00")
DAY = timedelta(days=1)
ALL = Span(START - 400 * DAY, START + 400 * DAY)
END = START + 90 * DAY
KEPT = 25 * DAY
"""Of three months with a row a day; chunks have thirty days."""
CHUNK_S = 30 * 86_400
STEPS = range(0, 90 * 144, 144)


def history() -> Iterator[Sample]:
    return (interval(number, device) for number in STEPS for device in (1, 2))


def compress(connection: Connection) -> int:
    """Compress every chunk, as the server does when they are old enough."""
    # The server shall not do it at the same time; it may have begun.
    connection.execute(
        text(
            "SELECT alter_job(job_id, scheduled => false)"
            " FROM timescaledb_information.jobs"
            " WHERE proc_name = 'policy_compression'"
        )
    )
    one = text("SELECT compress_chunk(:chunk, if_not_compressed => true)")
    count = 0
    for table in HYPERTABLES:
        chunks = connection.scalars(text(f"SELECT show_chunks('{table.name}')::text"))
        for chunk in chunks.all():
            connection.execute(one, {"chunk": chunk})
            count += 1
    return count


class Pair:
    """The same history in TimescaleDB, compressed, and in a file."""

    def __init__(self, server: TimescaleDb, folder: Path) -> None:
        self.engine = create_engine(server.url)
        self.compressed = Archive(server.url, PARIS, spool=folder / "waiting")
        self.plain = Archive(folder / "archive.db", PARIS)
        for archive in self.both:
            archive.open()
            archive.write_history(history())
        with self.engine.begin() as connection:
            assert compress(connection) > len(HYPERTABLES) // 2

    @property
    def both(self) -> tuple[Archive, Archive]:
        return self.compressed, self.plain

    def check(self) -> None:
        assert self.compressed.samples(ALL) == self.plain.samples(ALL)
        assert told(self.compressed) == told(self.plain)

    def close(self) -> None:
        for archive in self.both:
            archive.close()
        self.engine.dispose()


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    with running(TimescaleDb) as server:
        pair = Pair(server, tmp_path)
        yield pair
        pair.close()


def test_compressed_rows_answer_and_change_like_plain_ones(pair: Pair) -> None:
    pair.check()
    late = [interval(number, device=3) for number in (0, 144, 5000)]
    again = [interval(number) for number in (0, 1, 144)]
    rows = [
        ImportRow(
            number=number,
            device_id=device,
            quantity=ENERGY,
            start=START + number * DAY,
            length=TEN_MINUTES,
            amount_milli=7_000,
        )
        for number in range(60)
        for device in (1, 4)
    ]
    for archive in pair.both:
        archive.write([*late, *again])
    pair.check()
    for archive in pair.both:
        done = archive.import_rows(rows, END, OnConflict.REPLACE, token="history")
        assert done.written == len(rows)
    pair.check()
    for archive in pair.both:
        archive.undo_import("history")
        archive.rebuild_rollups()
    pair.check()
    assert {s.device_id for s in pair.compressed.samples(ALL)} == {1, 2, 3}


def test_chunks_that_are_too_old_are_dropped(pair: Pair) -> None:
    """What a silent device counts meanwhile needs its last hour: its chunk stays."""
    keep = Retention(kept=dict.fromkeys(DataKind, KEPT))
    silent = sample(START + DAY + TEN_MINUTES, 5, device=5)
    for archive in pair.both:
        archive.write([silent])
    gone = [archive.apply_retention(keep, END) for archive in pair.both]
    assert gone[0] == gone[1]
    assert gone[0][DataKind.ENERGY] == 65 * 2
    pair.check()
    assert silent in pair.compressed.samples(ALL)
    oldest = []
    with pair.engine.connect() as connection:
        for name in ("energy", "gas"):
            query = (
                "SELECT min(range_start_integer) FROM timescaledb_information.chunks"
                " WHERE hypertable_name = :name"
            )
            oldest.append(connection.scalar(text(query), {"name": name}))
    of_silent, limit = (
        int(instant.timestamp()) // CHUNK_S * CHUNK_S
        for instant in (silent.start, END - KEPT)
    )
    assert oldest == [of_silent, limit]
    gap = sample(
        silent.end,
        9_000,
        device=5,
        length=END - silent.end,
        quality=Quality.RECOVERED,
    )
    for archive in pair.both:
        archive.write([gap])
    pair.check()


def test_the_server_compresses_by_itself_what_is_some_weeks_old() -> None:
    with running(TimescaleDb) as server:
        archive = Archive(server.url, PARIS)
        archive.open()
        archive.close()
        engine = create_engine(server.url)
        with engine.connect() as connection:
            jobs = connection.execute(
                text(
                    "SELECT hypertable_name, config->>'compress_after'"
                    " FROM timescaledb_information.jobs"
                    " WHERE proc_name = 'policy_compression'"
                )
            ).all()
        engine.dispose()
    weeks = str(4 * 7 * 86_400)
    assert sorted(map(tuple, jobs)) == sorted((t.name, weeks) for t in HYPERTABLES)


def test_an_archive_in_plain_tables_becomes_one_of_hypertables(tmp_path: Path) -> None:
    """As when the extension is installed on a server that was used before."""
    with running(PostgreSql) as server:
        archive = Archive(server.url, PARIS, spool=tmp_path / "waiting")
        archive.open()
        archive.write_history(history())
        before = archive.samples(ALL), told(archive)
        archive.close()
        server.stop()
        server.libraries = "timescaledb"
        server.start()
        archive.open()
        assert (archive.samples(ALL), told(archive)) == before
        engine = create_engine(server.url)
        with engine.connect() as connection:
            chunks = connection.scalars(text("SELECT show_chunks('energy')::text"))
            assert len(chunks.all()) >= 3
        engine.dispose()
        archive.close()
