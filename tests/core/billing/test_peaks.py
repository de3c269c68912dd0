"""Peaks that are kept are what the samples say, whatever happens to these."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count
from pathlib import Path
import sqlite3
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings, strategies as st
import pytest

from custom_components.legrand_ews.ews.archive import (
    Archive,
    DataKind,
    ImportRow,
    OnConflict,
    Retention,
)
from custom_components.legrand_ews.ews.billing import Billing, Metered
from custom_components.legrand_ews.ews.billing.bill_query import BillQuery
from custom_components.legrand_ews.ews.consumption import Directory
from custom_components.legrand_ews.ews.model import Installation
from custom_components.legrand_ews.ews.tariffs import (
    CapacityPrice,
    Extras,
    PeakInterval,
    Price,
)
from custom_components.legrand_ews.ews.tariffs.book import TariffBook
from custom_components.legrand_ews.ews.timegrid import local_day, local_midnight

from ..archive.samples import ENERGY, HOUR, PARIS, TEN_MINUTES, sample, utc
from ..consumption.building import BUILDING, by_id, device
from ..tariffs.plans import plan, rule
from .priced import settings_of

DAY = timedelta(days=1)
SITE = replace(
    BUILDING,
    devices=by_id(
        [device(1), device(2, upstream=1), device(3, is_excluded=True), device(4)]
    ),
)
"""A main meter with a sub-meter, one that is excluded from totals, and one beside."""
START = local_midnight(date(2026, 3, 27), PARIS)
"""The clock is changed on the 29th, the month on the 1st."""
NOW = utc("2026-04-20T12:00")
_SLOTS = 9 * 144
"""Intervals in nine days."""


def book(interval: PeakInterval = PeakInterval.SAMPLE) -> TariffBook:
    price = Price(amount=Decimal(1))
    capacity = CapacityPrice(name="Capacity", interval=interval, prices=(price,))
    return TariffBook.of(replace(plan(rule(1)), extras=Extras(capacity=capacity)))


def billing(
    archive: Archive, known: TariffBook, installation: Installation = SITE
) -> Billing:
    """As after a restart."""
    directory = Directory(installation, archive.objects())
    metered = Metered(installation=installation, directory=directory, archive=archive)
    return Billing(settings_of(known), PARIS, lambda: metered)


type Found = tuple[Decimal, datetime] | None


def billed_peak(work: Billing, month: int) -> Found:
    query = BillQuery.from_request({"date": f"2026-{month:02}-15"}, PARIS)
    answer: Any = work.get_bill(query, NOW)
    for line in answer["bills"][0]["lines"]:
        if line["kind"] == "capacity" and line["peak_at"] is not None:
            return Decimal(line["peak"]), datetime.fromisoformat(line["peak_at"])
    return None


@dataclass
class Story:
    """An archive, and beside it every interval that it was told."""

    archive: Archive
    told: dict[tuple[int, datetime], int] = field(default_factory=dict)
    tokens: Iterator[int] = field(default_factory=count)

    def late(self, meter: int, at: datetime, milli: int) -> None:
        self.archive.write_history([sample(at, milli, device=meter)])
        self.told[meter, at] = milli

    def imported(self, meter: int, at: datetime, milli: int) -> None:
        self._import(meter, at, milli)
        self.told.setdefault((meter, at), milli)

    def undone(self, meter: int, at: datetime, milli: int) -> None:
        self.archive.undo_import(self._import(meter, at, milli))

    def purged(self, meter: int, at: datetime, milli: int) -> None:
        self.archive.purge(meter)
        self.told = {key: x for key, x in self.told.items() if key[0] != meter}

    def shared_out(self, meter: int, at: datetime, milli: int) -> None:
        billing(self.archive, book()).catch_up(lambda _: None)

    def _import(self, meter: int, at: datetime, milli: int) -> str:
        row = ImportRow(
            number=1,
            device_id=meter,
            quantity=ENERGY,
            start=at,
            length=TEN_MINUTES,
            amount_milli=milli,
        )
        token = str(next(self.tokens))
        self.archive.import_rows([row], NOW, OnConflict.KEEP, token=token)
        return token

    def peak(self, month: int) -> Found:
        """Main meters count, sub-meters only while theirs was not recorded (S81)."""
        main = [at for meter, at in self.told if meter == 1]
        sums: dict[datetime, int] = {}
        for (meter, at), milli in self.told.items():
            is_inside = bool(main) and min(main) <= at <= max(main)
            counts = {1: True, 2: not is_inside, 3: False, 4: True}[meter]
            if counts and local_day(at, PARIS).month == month:
                sums[at] = sums.get(at, 0) + milli
        highest = max(sums.values(), default=0)
        if not highest:
            return None
        at = min(at for at, milli in sums.items() if milli == highest)
        return Decimal(highest * 6) / 10**6, at


STEPS = (
    Story.late,
    Story.late,
    Story.imported,
    Story.undone,
    Story.purged,
    Story.shared_out,
    Story.shared_out,
)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(STEPS),
            st.integers(1, 4),
            st.integers(0, _SLOTS - 1),
            st.integers(0, 9_000_000),
        ),
        min_size=2,
        max_size=12,
    )
)
def test_kept_peaks_are_what_the_samples_say(steps: list[tuple[Any, ...]]) -> None:
    with TemporaryDirectory() as folder:
        archive = Archive(Path(folder) / "archive.db", PARIS)
        archive.open()
        story = Story(archive)
        for step, meter, slot, milli in steps:
            step(story, meter, START + slot * TEN_MINUTES, milli)
        due = [story.peak(month) for month in (3, 4)]
        work = billing(archive, book())
        # Not yet kept, remembered, kept, and kept longer than the samples.
        for _ in range(2):
            assert [billed_peak(work, month) for month in (3, 4)] == due
        work.catch_up(lambda _: None)
        assert work.catch_up(lambda _: None) == 0
        assert [billed_peak(billing(archive, book()), m) for m in (3, 4)] == due
        archive.apply_retention(Retention(kept=dict.fromkeys(DataKind, 2 * DAY)), NOW)
        left = billing(archive, book())
        over = archive.over_until()
        for month, peak in zip((3, 4), due, strict=True):
            # The running day is not kept.
            if peak is None or (over is not None and peak[1] < over):
                assert billed_peak(left, month) == peak
        archive.close()


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """Ten days of an hour of 3 kW each, and 6 kW on the third, from midnight on.

    The sub-meter has half of it.
    """
    archive = Archive(tmp_path / "archive.db", PARIS)
    archive.open()
    archive.write_history(
        sample(
            local_midnight(date(2026, 3, 1) + n * DAY, PARIS),
            (6 if n == 2 else 3) * 10**6 // meter,
            device=meter,
            length=HOUR,
        )
        for n in range(10)
        for meter in (1, 2)
    )
    yield archive
    archive.close()


def damage(path: Path) -> None:
    """Make every kept peak 12 kW, so that it can be told from one that is found."""
    with closing(sqlite3.connect(path, autocommit=True)) as database:
        database.execute(
            "UPDATE peak_days SET amount_milli = 12000000 * peak_length / 3600"
        )


def power(work: Billing) -> Decimal | None:
    found = billed_peak(work, 3)
    return None if found is None else found[0]


def test_a_kept_peak_is_not_looked_for_again(archive: Archive, tmp_path: Path) -> None:
    known = book()
    work = billing(archive, known)
    assert power(work) == 6
    # Days without hours to share out: one tariff holds for longer than a week.
    assert work.catch_up(lambda _: None) == 9
    assert work.catch_up(lambda _: None) == 0
    damage(tmp_path / "archive.db")
    assert power(billing(archive, known)) == 12
    # Another interval, or other devices that count, is another peak ...
    assert power(billing(archive, book(PeakInterval.QUARTER_HOUR))) == 6
    beside = replace(SITE, devices=by_id([device(1), device(2)]))
    assert power(billing(archive, known, beside)) == 9
    slow = replace(SITE, sample_length=timedelta(minutes=60))
    assert power(billing(archive, known, slow)) == 6
    # ... one that has never counted is none.
    more = replace(SITE, devices=by_id([*SITE.devices.values(), device(9)]))
    assert power(billing(archive, known, more)) == 12


def test_a_day_that_has_changed_is_the_only_one_looked_through(
    archive: Archive,
) -> None:
    work = billing(archive, book())
    work.catch_up(lambda _: None)
    at = local_midnight(date(2026, 3, 5), PARIS) + 5 * HOUR
    archive.write_history([sample(at, 9 * 10**6, length=HOUR)])
    assert power(billing(archive, book())) == 9
    assert work.catch_up(lambda _: None) == 1


def test_finding_peaks_can_be_interrupted(archive: Archive) -> None:
    """Nine days are two pieces of work; what was done stays done."""
    told: list[float] = []

    def stop(share: float) -> None:
        told.append(share)
        if share:
            raise InterruptedError

    work = billing(archive, book())
    with pytest.raises(InterruptedError):
        work.catch_up(stop)
    assert told == [0, 0.5]
    assert work.catch_up(lambda _: None) == 1


def test_what_changes_while_peaks_are_found_is_left_for_later(archive: Archive) -> None:
    work = billing(archive, book())
    read, comes = archive.summed_in_pieces, [sample(START - 20 * DAY, 5, device=4)]

    def interrupted(*arguments: object) -> object:
        found = read(*arguments)  # type: ignore[arg-type]
        while comes:
            archive.write([comes.pop()])
        return found

    archive.summed_in_pieces = interrupted  # type: ignore[assignment,method-assign]
    assert work.catch_up(lambda _: None) == 1
    assert work.catch_up(lambda _: None) == 8
