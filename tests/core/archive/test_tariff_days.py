"""Days by tariff: kept while they are right, and forgotten with what made them so."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
import sqlite3

import pytest

from custom_components.legrand_ews.ews.archive import (
    TOGETHER,
    Archive,
    DataKind,
    ImportRow,
    OnConflict,
    Retention,
    TariffAmount,
    TariffDay,
)
from custom_components.legrand_ews.ews.archive.tables import SCHEMA_VERSION
from custom_components.legrand_ews.ews.errors import ArchiveError
from custom_components.legrand_ews.ews.quantities import Fluid
from custom_components.legrand_ews.ews.timegrid import Span

from .samples import ENERGY, HOUR, PARIS, TEN_MINUTES, read, sample, utc

POWER = Fluid.ELECTRICITY
DAY = timedelta(days=1)
START = utc("2026-02-28T23:00")
"""Midnight in Paris."""
DAYS = [START + number * DAY for number in range(6)]
SPAN = Span(START, START + 6 * DAY)
MARKS = dict.fromkeys(DAYS[:4], 7)
THIRD_SCHEMA = Path(__file__).with_name("schema_3.sql")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "archive.db"


@pytest.fixture
def archive(path: Path) -> Iterator[Archive]:
    archive = Archive(path, PARIS)
    archive.open()
    yield archive
    archive.close()


@pytest.fixture
def kept(archive: Archive) -> Archive:
    """Four days and a bit of two devices, the days shared out."""
    archive.write_history(
        sample(START + number * HOUR, 1000, device=device, length=HOUR)
        for number in range(4 * 24 + 5)
        for device in (1, 2)
    )
    assert archive.write_tariff_days(POWER, shared_out(), archive.past_revision())
    return archive


def shared_out(fingerprint: int = 7) -> list[TariffDay]:
    return [
        TariffDay(
            start=day,
            fingerprint=fingerprint,
            amounts=[
                TariffAmount(tariff_id, device, 8000 * tariff_id)
                for device in (1, 2)
                for tariff_id in (1, 2)
            ],
        )
        for day in DAYS[:4]
    ]


def late(archive: Archive) -> None:
    archive.write([sample(DAYS[1] + 5 * HOUR, 5, device=3)])


def imported(archive: Archive) -> None:
    row = ImportRow(
        number=1,
        device_id=4,
        quantity=ENERGY,
        start=DAYS[1] + HOUR,
        length=TEN_MINUTES,
        amount_milli=5,
    )
    archive.import_rows([row], SPAN.end, OnConflict.KEEP, token="one")


def undone(archive: Archive) -> None:
    imported(archive)
    archive.write_tariff_days(POWER, shared_out(), archive.past_revision())
    archive.undo_import("one")


def history(archive: Archive) -> None:
    archive.write_history([sample(DAYS[1] + 5 * HOUR, 5, device=3)])


def over_midnight(archive: Archive) -> None:
    archive.write([sample(DAYS[1] - HOUR, 5, device=3, length=25 * HOUR)])


@pytest.mark.parametrize(
    ("change", "forgotten"),
    [
        (late, {1}),
        (history, {1}),
        (imported, {1}),
        (undone, {1}),
        (over_midnight, {0, 1}),
        (Archive.rebuild_rollups, {0, 1, 2, 3}),
    ],
)
def test_what_changes_a_day_has_it_shared_out_anew(
    kept: Archive, change: Callable[[Archive], None], forgotten: set[int]
) -> None:
    revision = kept.past_revision()
    change(kept)
    left = {day: 7 for number, day in enumerate(DAYS[:4]) if number not in forgotten}
    assert kept.tariff_day_marks(POWER, SPAN) == left
    assert kept.past_revision() > revision
    # What was shared out before the change comes too late.
    assert not kept.write_tariff_days(POWER, shared_out(), revision)
    assert kept.tariff_day_marks(POWER, SPAN) == left


def test_another_time_zone_has_other_days(kept: Archive, path: Path) -> None:
    kept.close()
    elsewhere = Archive(path, type(PARIS)("Asia/Kolkata"))
    elsewhere.open()
    assert elsewhere.tariff_day_marks(POWER, SPAN) == {}
    elsewhere.close()


def test_what_runs_and_what_is_let_go_changes_no_day(kept: Archive) -> None:
    revision = kept.past_revision()
    kept.write([sample(DAYS[4] + 5 * HOUR, 5)])
    kept.apply_retention(Retention(kept=dict.fromkeys(DataKind, 2 * DAY)), DAYS[5])
    assert kept.tariff_day_marks(POWER, SPAN) == MARKS
    assert kept.past_revision() == revision
    assert sum(amount.amount_milli for _, amount in amounts(kept, SPAN)) == 192_000


def test_a_day_is_over_with_its_last_interval(kept: Archive) -> None:
    kept.write([sample(DAYS[5] - 2 * HOUR, 5, length=HOUR)])
    revision = kept.past_revision()
    assert kept.over_until() == DAYS[4]
    kept.write([sample(DAYS[5] - HOUR, 5, length=HOUR)])
    assert kept.over_until() == DAYS[5]
    assert kept.past_revision() > revision


def amounts(archive: Archive, *spans: Span) -> list[tuple[int, TariffAmount]]:
    return sorted(
        archive.tariff_amounts(POWER, spans),
        key=lambda x: (x[0], x[1].tariff_id, x[1].device_id, x[1].cost or 0),
    )


def test_amounts_come_back_by_span(kept: Archive) -> None:
    one, rest = Span(DAYS[0], DAYS[1]), Span(DAYS[2], DAYS[4])
    found = [
        (span, TariffAmount(tariff_id, device, days * 8000 * tariff_id))
        for span, days in ((0, 1), (1, 2))
        for tariff_id in (1, 2)
        for device in (1, 2)
    ]
    sums: dict[tuple[int, int, int], int] = {}
    for span, amount in amounts(kept, one, rest):
        key = (span, amount.tariff_id, amount.device_id)
        sums[key] = sums.get(key, 0) + amount.amount_milli
    assert sums == {
        (span, x.tariff_id, x.device_id): x.amount_milli for span, x in found
    }
    whole = amounts(kept, Span(DAYS[0], DAYS[4]))
    assert [x.amount_milli for _, x in whole] == [32_000, 32_000, 64_000, 64_000]
    of_one = kept.tariff_amounts(POWER, [SPAN], [2])
    assert {x.device_id for _, x in of_one} == {2}
    of_all = kept.tariff_amounts(POWER, [Span(DAYS[0], DAYS[4])], is_summed=True)
    assert sorted(x.amount_milli for _, x in of_all) == [64_000, 128_000]
    assert {x.device_id for _, x in of_all} == {TOGETHER}
    by_day = [Span(day, day + DAY) for day in DAYS[:4]]
    found_by_day = [
        (span, x.tariff_id, x.amount_milli)
        for span, x in kept.tariff_amounts(POWER, by_day, [1, 2], is_summed=True)
    ]
    assert sorted(found_by_day) == [
        (span, tariff_id, 16_000 * tariff_id)
        for span in range(4)
        for tariff_id in (1, 2)
    ]
    assert kept.tariff_amounts(Fluid.GAS, [SPAN]) == []
    assert kept.tariff_amounts(POWER, []) == []


@pytest.mark.parametrize("days", [1, 4])
def test_costs_are_kept_to_the_last_digit(kept: Archive, days: int) -> None:
    cost = -(10**24) + 123_456_789_012_345_678
    priced = [
        TariffDay(
            start=day,
            fingerprint=2**63 - 1,
            amounts=[TariffAmount(0, 1, 5), TariffAmount(1, 1, 10**15, cost)],
        )
        for day in DAYS[:days]
    ]
    assert kept.write_tariff_days(POWER, priced, kept.past_revision())
    found = amounts(kept, Span(DAYS[0], DAYS[days]))
    assert found == [
        (0, TariffAmount(0, 1, 5 * days)),
        (0, TariffAmount(1, 1, days * 10**15, days * cost)),
    ]
    assert kept.tariff_day_marks(POWER, Span(DAYS[0], DAYS[1])) == {DAYS[0]: 2**63 - 1}


def test_nothing_is_left_of_a_device_that_is_purged(kept: Archive) -> None:
    revision = kept.past_revision()
    kept.purge(2)
    assert {x.device_id for _, x in amounts(kept, SPAN)} == {1}
    assert kept.tariff_day_marks(POWER, SPAN) == MARKS
    assert kept.past_revision() > revision


def test_days_move_and_are_copied(kept: Archive, tmp_path: Path) -> None:
    kept.move_to(tmp_path / "moved.db", lambda _: None)
    kept.snapshot(tmp_path / "copy.db")
    for name in ("moved.db", "copy.db"):
        other = Archive(tmp_path / name, PARIS)
        other.open()
        assert other.tariff_day_marks(POWER, SPAN) == MARKS
        assert amounts(other, SPAN) == amounts(kept, SPAN)
        assert other.past_revision() == kept.past_revision()
        other.close()


def test_an_archive_of_the_third_version_goes_on(path: Path) -> None:
    key = int(DAYS[1].timestamp())
    with closing(sqlite3.connect(path, autocommit=True)) as third:
        third.executescript(THIRD_SCHEMA.read_text())
        third.executescript(
            "INSERT INTO meta VALUES ('schema_version', '3'),"
            " ('time_zone', 'Europe/Paris'), ('rollups_stale', '0'),"
            f" ('amounts_until', '{key}');"
        )
        for number in range(6):
            third.execute(
                "INSERT INTO energy (start, device_id, length, quality,"
                " active_energy_import) VALUES (?,1,600,0,100)",
                (key + 600 * number,),
            )
        third.execute("INSERT INTO hourly VALUES (?,0,1,600,3600,0)", (key,))
        third.execute("INSERT INTO totals VALUES (0,1,600,?,?)", (key, key + 3600))
    archive = Archive(path, PARIS)
    archive.open()
    assert read(archive, [DAYS[0], DAYS[1] + HOUR, DAYS[2]]) == {1: [600, None]}
    assert len(archive.samples(SPAN)) == 6
    assert archive.tariff_day_marks(POWER, SPAN) == {}
    archive.write([sample(DAYS[2], 100)])
    assert archive.write_tariff_days(POWER, shared_out(), archive.past_revision())
    assert archive.tariff_day_marks(POWER, SPAN) == MARKS
    archive.close()
    with closing(sqlite3.connect(path)) as database:
        (version,) = database.execute(
            "SELECT value FROM meta WHERE key = 'schema_version'"
        ).fetchone()
        plain = database.execute(
            "SELECT fluid, tariff_id, amount, cost FROM tariff_days_view"
            " WHERE device_id = 1 AND tariff_id = 2 LIMIT 1"
        ).fetchone()
    assert int(version) == SCHEMA_VERSION
    assert plain == ("electricity", 2, 16.0, None)


def test_a_failure_leaves_the_day_as_it_was(kept: Archive) -> None:
    broken = TariffDay(
        start=DAYS[0],
        fingerprint=8,
        amounts=[TariffAmount(1, 1, 5), TariffAmount(1, 1, 5)],
    )
    with pytest.raises(ArchiveError) as caught:
        kept.write_tariff_days(POWER, [broken], kept.past_revision())
    assert caught.value.key == "archive_write_failed"
    assert kept.tariff_day_marks(POWER, SPAN) == MARKS
