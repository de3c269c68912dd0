"""Where counters stand is kept one by one, however they were read and booked."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from custom_components.legrand_ews.ews.archive import Archive
from custom_components.legrand_ews.ews.metering import CorrectionKind
from custom_components.legrand_ews.ews.metering.counters import Candidate, Change
from custom_components.legrand_ews.ews.metering.open_count import Guess

from .samples import ENERGY, PARIS, utc
from .test_archive import OPEN_COUNT, STATE


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    archive = Archive(tmp_path / "archive.db", PARIS)
    archive.open()
    yield archive
    archive.close()


def test_counters_of_a_device_stand_where_each_was_booked(archive: Archive) -> None:
    """One that cannot be read stays where it was, with what it has open."""
    later = timedelta(minutes=10)
    silent = replace(STATE, quantity="run_hours", open_count=OPEN_COUNT)
    other = replace(STATE, device_id=2, value_milli=0)
    archive.write([], [STATE, silent, other])
    for number in (1, 2):
        booked = replace(
            STATE,
            value_milli=STATE.value_milli + number,
            read_at=STATE.read_at + number * later,
            booked_until=STATE.booked_until + number * later,
        )
        archive.write([], [booked])
        stood = {(s.device_id, s.quantity): s for s in archive.counter_states()}
        assert stood == {
            (1, ENERGY): booked,
            (1, "run_hours"): silent,
            (2, ENERGY): other,
        }
    closed = replace(silent, value_milli=9, open_count=None)
    archive.write([], [closed])
    assert closed in archive.counter_states()
    assert len(archive.counter_states()) == 3


SEEN = Candidate(
    first_milli=3,
    value_milli=5,
    read_at=utc("2026-03-01T10:12:08.250"),
    counted_milli=5,
    readings=2,
    is_reset=True,
)
FOUND = Guess(
    change=Change(
        kind=CorrectionKind.EXCHANGE, before_milli=9, after_milli=4, booked_milli=0
    ),
    at=utc("2026-02-28T23:12:08"),
)


@pytest.mark.parametrize(
    ("candidate", "guess"), [(None, None), (SEEN, None), (None, FOUND), (SEEN, FOUND)]
)
def test_what_an_open_interval_holds_comes_back_exactly(
    archive: Archive, candidate: Candidate | None, guess: Guess | None
) -> None:
    track = replace(OPEN_COUNT.track, candidate=candidate)
    count = replace(OPEN_COUNT, track=track, guess=guess)
    state = replace(STATE, open_count=count)
    archive.write([], [state])
    assert archive.counter_states() == [state]
