"""History from elsewhere: written beside what was measured, and undone as a whole."""

from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
import sqlite3

from hypothesis import HealthCheck, given, settings, strategies as st
import pytest

from custom_components.legrand_ews.ews.archive import (
    Archive,
    DataKind,
    ImportOutcome,
    ImportRow,
    OnConflict,
    Retention,
)
from custom_components.legrand_ews.ews.errors import ArchiveError
from custom_components.legrand_ews.ews.metering import Sample
from custom_components.legrand_ews.ews.quantities import Fluid
from custom_components.legrand_ews.ews.timegrid import Span

from .samples import ENERGY, HOUR, PARIS, TEN_MINUTES, read, sample, utc

NOON = utc("2024-06-01 12:00")
LATER = utc("2024-06-05 00:00")
EVER = Span(utc("2000-01-01 00:00"), utc("2100-01-01 00:00"))
EXPORT = "active_energy_export"


@pytest.fixture
def archive(tmp_path: Path) -> Iterable[Archive]:
    opened = Archive(tmp_path / "archive.db", PARIS)
    opened.open()
    yield opened
    opened.close()


def row(number: int, start: datetime, milli: int, **more: object) -> ImportRow:
    plain = ImportRow(
        number=number,
        device_id=1,
        quantity=ENERGY,
        start=start,
        length=TEN_MINUTES,
        amount_milli=milli,
    )
    return replace(plain, **more)  # type: ignore[arg-type]


def brought(
    archive: Archive,
    *rows: ImportRow,
    on_conflict: OnConflict = OnConflict.KEEP,
    token: str | None = "one",  # noqa: S107 - names an import
) -> ImportOutcome:
    return archive.import_rows(rows, LATER, on_conflict, token=token)


def amounts(archive: Archive) -> list[tuple[datetime, dict[str, int]]]:
    return [(s.start, dict(s.amounts_milli)) for s in archive.samples(EVER)]


def test_history_fills_what_was_not_measured(archive: Archive) -> None:
    archive.write([sample(NOON, 500)])
    outcome = brought(archive, row(1, NOON - TEN_MINUTES, 250))
    assert (outcome.rows, outcome.written, outcome.conflicts) == (1, 1, 0)
    assert amounts(archive) == [
        (NOON - TEN_MINUTES, {ENERGY: 250}),
        (NOON, {ENERGY: 500}),
    ]
    hours = [NOON - HOUR, NOON, NOON + HOUR]
    assert read(archive, hours) == {1: [250, 500]}


@pytest.mark.parametrize(
    ("on_conflict", "noon"),
    [(OnConflict.KEEP, 500), (OnConflict.REPLACE, 900)],
)
def test_what_is_known_stays_or_gives_way(
    archive: Archive, on_conflict: OnConflict, noon: int
) -> None:
    archive.write([sample(NOON, 500)])
    outcome = brought(
        archive,
        row(1, NOON, 900),
        row(2, NOON + TEN_MINUTES, 100),
        on_conflict=on_conflict,
    )
    assert outcome.conflicts == 1
    assert amounts(archive) == [
        (NOON, {ENERGY: noon}),
        (NOON + TEN_MINUTES, {ENERGY: 100}),
    ]


def test_a_refused_import_leaves_nothing_behind(archive: Archive) -> None:
    archive.write([sample(NOON, 500)])
    with pytest.raises(ArchiveError, match="import_conflicts"):
        brought(
            archive,
            row(1, NOON + TEN_MINUTES, 100),
            row(2, NOON, 900),
            on_conflict=OnConflict.REFUSE,
        )
    assert amounts(archive) == [(NOON, {ENERGY: 500})]
    assert archive.past_imports() == []


def test_a_dry_run_tells_and_does_nothing(archive: Archive) -> None:
    archive.write([sample(NOON, 500)])
    outcome = brought(
        archive, row(1, NOON, 900), row(2, NOON + TEN_MINUTES, 1), token=None
    )
    assert (outcome.rows, outcome.written, outcome.conflicts) == (2, 1, 1)
    assert amounts(archive) == [(NOON, {ENERGY: 500})]


@pytest.mark.parametrize("on_conflict", [OnConflict.REPLACE, OnConflict.REFUSE])
def test_other_intervals_over_known_time_are_named(
    archive: Archive, on_conflict: OnConflict
) -> None:
    """An hour cannot take the place of ten minutes: amounts would count twice."""
    archive.write([sample(NOON, 500)])
    outcome = brought(
        archive,
        row(4, NOON - timedelta(minutes=30), 3_000, length=HOUR),
        on_conflict=on_conflict,
        token=None,
    )
    assert (outcome.written, outcome.conflicts, outcome.overlaps) == (0, 1, [4])


def test_a_long_gap_that_was_recovered_is_known_time_too(archive: Archive) -> None:
    """A row that began three hours before covers what lies at its end."""
    archive.write([sample(NOON - 3 * HOUR, 9_000, length=3 * HOUR)])
    outcome = brought(
        archive, row(1, NOON - TEN_MINUTES, 100), row(2, NOON, 100), token=None
    )
    assert (outcome.written, outcome.conflicts) == (1, 1)


def test_a_file_cannot_say_twice_what_flowed(archive: Archive) -> None:
    outcome = brought(
        archive,
        row(1, NOON, 100),
        row(2, NOON, 100),
        row(3, NOON + timedelta(minutes=5), 100),
        row(4, NOON + TEN_MINUTES, 100),
        row(5, NOON, 100, device_id=2),
        row(6, NOON, 100, quantity=EXPORT),
    )
    assert outcome.overlaps == [2, 3]
    assert outcome.written == 4
    assert read(archive, [NOON, NOON + HOUR]) == {1: [200], 2: [100]}


def test_one_column_is_written_beside_another(archive: Archive) -> None:
    both = Sample(
        device_id=1,
        start=NOON,
        length=TEN_MINUTES,
        amounts_milli={ENERGY: 5, "gas_volume": 7},
    )
    archive.write([both])
    brought(archive, row(1, NOON, 9, quantity=EXPORT))
    assert amounts(archive) == [(NOON, {ENERGY: 5, EXPORT: 9, "gas_volume": 7})]
    archive.undo_import("one")
    assert amounts(archive) == [(NOON, {ENERGY: 5, "gas_volume": 7})]


def test_imports_are_listed_and_undone_by_token(archive: Archive) -> None:
    archive.write([sample(NOON, 500)])
    brought(archive, row(1, NOON, 900), on_conflict=OnConflict.REPLACE)
    brought(archive, row(1, NOON + HOUR, 1), token="two")
    assert [(p.token, p.at, p.written) for p in archive.past_imports()] == [
        ("one", LATER, 1),
        ("two", LATER, 1),
    ]
    assert archive.undo_import("one") == Span(NOON, NOON + TEN_MINUTES)
    assert amounts(archive) == [(NOON, {ENERGY: 500}), (NOON + HOUR, {ENERGY: 1})]
    assert read(archive, [NOON, NOON + HOUR, NOON + 2 * HOUR]) == {1: [500, 1]}
    assert [p.token for p in archive.past_imports()] == ["two"]
    with pytest.raises(ArchiveError, match="import_unknown"):
        archive.undo_import("one")


def test_an_import_tells_what_it_changed_of_each_counter(archive: Archive) -> None:
    """Running totals are shifted by it: 400 more than was measured, 7 and 5 anew."""
    archive.write([sample(NOON, 500)])
    brought(archive, row(1, NOON, 900), on_conflict=OnConflict.REPLACE)
    brought(
        archive,
        row(1, NOON, 7, quantity=EXPORT),
        row(2, NOON, 5, device_id=2),
        row(3, NOON + HOUR, 30),
        token="two",
    )
    assert archive.imported() == {(1, ENERGY): 430, (1, EXPORT): 7, (2, ENERGY): 5}
    archive.undo_import("one")
    assert archive.imported() == {(1, ENERGY): 30, (1, EXPORT): 7, (2, ENERGY): 5}
    archive.undo_import("two")
    assert archive.imported() == {}


def test_an_undone_import_leaves_no_empty_rows(
    archive: Archive, tmp_path: Path
) -> None:
    """What was measured in the same table and interval stays."""
    archive.write([sample(NOON, 500)])
    brought(archive, row(1, NOON, 3, quantity=EXPORT), row(2, NOON + HOUR, 1))
    archive.undo_import("one")
    with closing(sqlite3.connect(tmp_path / "archive.db")) as database:
        rows = database.execute(f"SELECT {ENERGY}, {EXPORT} FROM energy").fetchall()
    assert rows == [(500, None)]


MIDNIGHT = utc("2024-05-31 22:00")
"""Of 1 June in Paris."""
DAY = timedelta(days=1)
TWO_DAYS = Retention(kept=dict.fromkeys(DataKind, 2 * DAY))


def totals(archive: Archive) -> dict[int, tuple[datetime, datetime, int]]:
    return {
        t.device_id: (t.first_start, t.last_end, t.amount_milli)
        for t in archive.totals()
    }


def test_what_is_no_longer_kept_cannot_be_undone(archive: Archive) -> None:
    """Of hours whose samples are gone nobody can tell what was imported."""
    brought(archive, row(1, MIDNIGHT - TEN_MINUTES, 1), row(2, MIDNIGHT + 2 * DAY, 2))
    brought(archive, row(1, MIDNIGHT + DAY, 4), token="two")
    archive.apply_retention(TWO_DAYS, MIDNIGHT + 3 * DAY)
    before = archive.samples(EVER), totals(archive)
    with pytest.raises(ArchiveError, match="import_past_keeping"):
        archive.undo_import("one")
    assert (archive.samples(EVER), totals(archive)) == before
    assert {p.token for p in archive.past_imports()} == {"one", "two"}
    # One that begins at the midnight from which on samples are kept can be undone.
    assert archive.undo_import("two") == Span(
        MIDNIGHT + DAY, MIDNIGHT + DAY + TEN_MINUTES
    )
    assert totals(archive) == {
        1: (MIDNIGHT - TEN_MINUTES, MIDNIGHT + 2 * DAY + TEN_MINUTES, 3)
    }


def test_an_undone_import_leaves_totals_of_what_was_measured(archive: Archive) -> None:
    """1 has counted before all that is kept and after, 2 before only, 3 never.

    What was there before the import is there after it was undone.
    """
    first, last = MIDNIGHT - DAY, MIDNIGHT + 3 * DAY
    archive.write(
        [
            sample(first, 5),
            sample(first, 6, device=2),
            sample(MIDNIGHT, 3, device=2, quantity="run_hours"),
            sample(last, 7),
        ]
    )
    archive.write([sample(last, 9, device=3, quantity="gas_volume")])
    archive.apply_retention(TWO_DAYS, MIDNIGHT + 4 * DAY)
    before = archive.samples(EVER), totals(archive)
    assert before[1] == {
        1: (first, last + TEN_MINUTES, 12),
        2: (first, first + TEN_MINUTES, 6),
        3: (last, last + TEN_MINUTES, 9),
    }
    at = last + TEN_MINUTES
    brought(
        archive, *(row(device, at, 100, device_id=device) for device in (1, 2, 3, 4))
    )
    assert totals(archive)[4] == (at, at + TEN_MINUTES, 100)
    assert totals(archive)[1] == (first, at + TEN_MINUTES, 112)
    archive.undo_import("one")
    assert (archive.samples(EVER), totals(archive)) == before


@pytest.mark.parametrize("later", [LATER, LATER + HOUR], ids=["same second", "later"])
@pytest.mark.parametrize(
    ("order", "between"), [("first, second", 900), ("second, first", 700)]
)
def test_imports_that_replace_one_another_are_undone_in_any_order(
    archive: Archive, later: datetime, order: str, between: int
) -> None:
    archive.write([sample(NOON, 500)])
    for token, milli, now in (("first", 700, LATER), ("second", 900, later)):
        rows = [row(1, NOON, milli)]
        archive.import_rows(rows, now, OnConflict.REPLACE, token=token)
    for token, left in zip(order.split(", "), (between, 500), strict=True):
        archive.undo_import(token)
        assert amounts(archive) == [(NOON, {ENERGY: left})]
        gained = sum(archive.imported().values())
        assert gained == left - 500
    assert read(archive, [NOON, NOON + HOUR]) == {1: [500]}


def test_time_that_a_longer_interval_covers_is_known(archive: Archive) -> None:
    """A gap was filled by an import; then the device answered and booked all of it."""
    gap = replace(sample(NOON, 6_000), length=2 * HOUR)
    archive.write([gap, sample(NOON + 3 * TEN_MINUTES, 500)])
    before = row(1, NOON - TEN_MINUTES, 250)
    outcome = brought(archive, before, row(2, NOON + HOUR, 500))
    assert (outcome.written, outcome.conflicts) == (1, 1)


_INTERVALS = st.lists(
    st.tuples(
        st.integers(1, 2),
        st.sampled_from([ENERGY, EXPORT, "gas_volume"]),
        st.integers(0, 40),
        st.sampled_from([1, 1, 1, 2, 6]),
        st.integers(0, 10**9),
    ),
    max_size=30,
)


@given(measured=_INTERVALS, imported=_INTERVALS, how=st.sampled_from(list(OnConflict)))
@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_energy_adds_up_and_undoing_leaves_no_trace(
    tmp_path_factory: pytest.TempPathFactory,
    measured: list[tuple[int, str, int, int, int]],
    imported: list[tuple[int, str, int, int, int]],
    how: OnConflict,
) -> None:
    archive = Archive(tmp_path_factory.mktemp("imports") / "archive.db", PARIS)
    archive.open()
    try:
        _run(archive, measured, imported, how)
    finally:
        archive.close()


def _run(
    archive: Archive,
    measured: list[tuple[int, str, int, int, int]],
    imported: list[tuple[int, str, int, int, int]],
    how: OnConflict,
) -> None:
    free: set[tuple[int, str, int]] = set()
    for device, quantity, place, length, milli in measured:
        cells = {(device, quantity, place + n) for n in range(length)}
        if free & cells:
            continue
        free |= cells
        old = archive.samples(EVER, [device])
        start, long = NOON + place * TEN_MINUTES, length * TEN_MINUTES
        same = [s for s in old if (s.start, s.length) == (start, long)]
        known = dict(same[0].amounts_milli) if same else {}
        archive.write(
            [
                Sample(
                    device_id=device,
                    start=start,
                    length=long,
                    amounts_milli={**known, quantity: milli},
                )
            ]
        )
    before = archive.samples(EVER), archive.totals()
    rows = [
        row(
            number,
            NOON + place * TEN_MINUTES,
            milli,
            device_id=device,
            quantity=quantity,
            length=length * TEN_MINUTES,
        )
        for number, (device, quantity, place, length, milli) in enumerate(imported)
    ]
    foreseen = brought(archive, *rows, on_conflict=how, token=None)
    try:
        outcome = brought(archive, *rows, on_conflict=how)
    except ArchiveError:
        assert how is OnConflict.REFUSE
        assert (archive.samples(EVER), archive.totals()) == before
        return
    assert outcome == foreseen
    # No time of a device is counted twice, and hours are the sums of the samples.
    for device in (1, 2):
        for quantity in (ENERGY, EXPORT, "gas_volume"):
            spans = sorted(
                (s.start, s.end)
                for s in archive.samples(EVER, [device])
                if quantity in s.amounts_milli
            )
            assert all(one[1] <= other[0] for one, other in pairwise(spans))
    edges = [NOON + n * HOUR for n in range(12)]
    for fluid in (Fluid.ELECTRICITY, Fluid.GAS):
        live = archive.amounts(fluid, edges)
        archive.rebuild_rollups()
        assert archive.amounts(fluid, edges) == live
    archive.undo_import("one")
    assert (archive.samples(EVER), archive.totals()) == before
