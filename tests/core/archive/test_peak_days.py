"""Peaks of days come back as they were kept, until their day changes."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from custom_components.legrand_ews.ews.archive import (
    Archive,
    DataKind,
    PeakAmount,
    PeakDay,
    Retention,
)
from custom_components.legrand_ews.ews.quantities import Fluid
from custom_components.legrand_ews.ews.timegrid import Span

from .samples import HOUR, PARIS, TEN_MINUTES, sample
from .test_tariff_days import (
    DAY,
    DAYS,
    POWER,
    SPAN,
    archive as archive_fixture,
    history,
    imported,
    kept as kept_fixture,
    late,
    over_midnight,
    path as path_fixture,
)

archive, kept, path = archive_fixture, kept_fixture, path_fixture

QUARTER = timedelta(minutes=15)


def peak_days(*, fingerprint: int = 2**63 - 1) -> list[PeakDay]:
    """Four days; in the third nothing was counted."""
    return [
        PeakDay(
            start=day,
            fingerprint=fingerprint,
            peak=None
            if number == 2
            else PeakAmount(Span(day + 7 * HOUR, day + 7 * HOUR + QUARTER), 10**12),
        )
        for number, day in enumerate(DAYS[:4])
    ]


def keep(archive: Archive) -> None:
    assert archive.write_peak_days(POWER, QUARTER, peak_days(), archive.past_revision())


def test_peaks_come_back_by_fluid_and_length(kept: Archive) -> None:
    keep(kept)
    assert kept.peak_days(POWER, QUARTER, SPAN) == peak_days()
    assert kept.peak_days(POWER, QUARTER, Span(DAYS[1], DAYS[3])) == peak_days()[1:3]
    assert kept.peak_days(POWER, TEN_MINUTES, SPAN) == []
    assert kept.peak_days(Fluid.ELECTRICITY_EXPORT, QUARTER, SPAN) == []
    again = peak_days(fingerprint=1)
    assert kept.write_peak_days(POWER, QUARTER, again, kept.past_revision())
    assert kept.peak_days(POWER, QUARTER, SPAN) == again


def undone(archive: Archive) -> None:
    imported(archive)
    keep(archive)
    archive.undo_import("one")


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
def test_what_changes_a_day_takes_its_peak_away(
    kept: Archive, change: Callable[[Archive], None], forgotten: set[int]
) -> None:
    keep(kept)
    revision = kept.past_revision()
    change(kept)
    left = [x for n, x in enumerate(peak_days()) if n not in forgotten]
    assert kept.peak_days(POWER, QUARTER, SPAN) == left
    # What was found before the change comes too late.
    assert not kept.write_peak_days(POWER, QUARTER, peak_days(), revision)
    assert kept.peak_days(POWER, QUARTER, SPAN) == left


def test_what_runs_and_what_is_let_go_takes_no_peak_away(kept: Archive) -> None:
    keep(kept)
    kept.write([sample(DAYS[4] + 5 * HOUR, 5)])
    kept.apply_retention(Retention(kept=dict.fromkeys(DataKind, 2 * DAY)), DAYS[5])
    assert kept.peak_days(POWER, QUARTER, SPAN) == peak_days()


def test_peaks_move_are_copied_and_outlive_a_restart(kept: Archive, path: Path) -> None:
    keep(kept)
    kept.move_to(path.with_name("moved.db"), lambda _: None)
    kept.snapshot(path.with_name("copy.db"))
    for name in ("moved.db", "copy.db", path.name):
        kept.close()
        other = Archive(path.with_name(name), PARIS)
        other.open()
        assert other.peak_days(POWER, QUARTER, SPAN) == peak_days()
        other.close()
