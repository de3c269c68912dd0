"""Weeks are checked once, those that were missed too, and what was found stays."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from custom_components.legrand_ews.ews.archive import Archive
from custom_components.legrand_ews.ews.model import by_id
from custom_components.legrand_ews.ews.power_quality import (
    ISLANDED,
    Criterion,
    Verdict,
    check_due,
    check_week,
    eq_devices,
    last_week,
    past_checks,
    week_of,
)

from ..archive.samples import utc
from ..model_samples import LOCAL, METER, SITE
from .weeks import recorded

EQ_SITE = replace(
    SITE,
    gateways=by_id(
        [replace(LOCAL, eq_device_id=METER.id)]
        + [x for x in SITE.gateways.values() if x.id != LOCAL.id]
    ),
)
ZONE = EQ_SITE.zone
WEEK = week_of(date(2026, 11, 18), ZONE)
AFTER = WEEK.end + timedelta(minutes=11)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    archive = Archive(tmp_path / "archive.db", ZONE)
    archive.open()
    yield archive
    archive.close()


def due(archive: Archive, now: datetime) -> list[tuple[str, Verdict]]:
    return [
        (f"{check.week.start.astimezone(ZONE):%m-%d}", check.verdict)
        for check in check_due(EQ_SITE, archive, now)
    ]


def test_devices_that_are_checked() -> None:
    assert eq_devices(EQ_SITE) == (METER.id,)
    assert eq_devices(SITE) == ()


@pytest.mark.parametrize(
    ("now", "start"),
    [
        ("2026-11-22T22:59:59", "2026-11-08T23:00"),
        ("2026-11-22T23:00:00", "2026-11-15T23:00"),
    ],
)
def test_the_last_week_that_is_over(now: str, start: str) -> None:
    """Midnight of Monday in Paris is 23:00 UTC."""
    assert last_week(utc(now), ZONE).start == utc(start)


def test_each_week_is_checked_once(archive: Archive) -> None:
    archive.write_history(recorded(WEEK, device=METER.id))
    assert due(archive, WEEK.end - timedelta(seconds=1)) == []
    assert due(archive, AFTER) == [("11-16", Verdict.OK)]
    assert due(archive, AFTER + timedelta(days=6)) == []


def test_what_was_found_stays(archive: Archive) -> None:
    bad = {"voltage_l2": 260.0}
    archive.write_history(recorded(WEEK, bad=bad, times=3, device=METER.id))
    (made,) = check_due(EQ_SITE, archive, AFTER)
    assert made.verdict is Verdict.KO
    assert made.failed == (Criterion.VOLTAGE,)
    (kept,) = past_checks(archive, ZONE)
    assert set(kept.findings) == set(made.findings)
    assert replace(kept, findings=()) == replace(made, findings=())
    assert past_checks(archive, ZONE, (99,)) == ()


def test_weeks_that_were_missed_are_made_up_for(archive: Archive) -> None:
    """A week in which nothing was recorded is incomplete."""
    archive.write_history(recorded(WEEK, device=METER.id))
    due(archive, AFTER)
    third = week_of(date(2026, 12, 2), ZONE)
    bad = {"frequency": 49.0}
    archive.write_history(recorded(third, bad=bad, times=6, device=METER.id))
    assert due(archive, third.end) == [
        ("11-23", Verdict.INCOMPLETE),
        ("11-30", Verdict.KO),
    ]
    assert [x.verdict for x in past_checks(archive, ZONE)] == [
        *(Verdict.OK, Verdict.INCOMPLETE, Verdict.KO)
    ]


def test_no_more_than_ten_weeks_are_made_up_for(archive: Archive) -> None:
    archive.write_history(recorded(WEEK, device=METER.id))
    due(archive, AFTER)
    found = due(archive, AFTER + timedelta(weeks=30))
    assert len(found) == 10
    assert due(archive, AFTER + timedelta(weeks=30)) == []


def test_a_new_device_begins_with_a_week_that_has_data(archive: Archive) -> None:
    assert due(archive, AFTER) == []
    half = replace(WEEK, start=WEEK.start + timedelta(days=3))
    archive.write_history(recorded(half, device=METER.id))
    assert due(archive, AFTER) == [("11-16", Verdict.INCOMPLETE)]


def test_a_clock_that_was_set_back_checks_nothing_twice(archive: Archive) -> None:
    archive.write_history(recorded(WEEK, device=METER.id))
    due(archive, AFTER)
    assert due(archive, AFTER - timedelta(weeks=3)) == []


def test_a_week_by_other_rules(archive: Archive) -> None:
    low = {"frequency": 49.2}
    archive.write_history(recorded(WEEK, low, device=METER.id))
    check = check_week(archive, METER.id, WEEK, ZONE, ISLANDED)
    assert (check.edition, check.verdict) == ("en_50160_2010_islanded", Verdict.OK)
    assert check_week(archive, METER.id, WEEK, ZONE).verdict is Verdict.KO
    assert past_checks(archive, ZONE) == ()
