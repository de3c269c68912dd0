"""Whatever is asked, parts add up to the whole.

A year of a few devices, with gaps, recovered stretches and both DST days, is asked for
by every level, split, period and bucket.
"""

from collections.abc import Iterator
from datetime import date, timedelta
import random

from hypothesis import given, settings, strategies as st
import pytest

from custom_components.legrand_ews.ews.archive import Archive
from custom_components.legrand_ews.ews.consumption import (
    Answer,
    By,
    Compare,
    Consumption,
    Level,
)
from custom_components.legrand_ews.ews.metering import Quality, Sample
from custom_components.legrand_ews.ews.timegrid import Bucket, Period, local_midnight

from ..archive.samples import ENERGY, HOUR, sample
from .building import BUILDING, PARIS, ask, open_archive

FIRST, LAST = date(2025, 11, 1), date(2026, 11, 30)
NOW = local_midnight(date(2026, 12, 1), PARIS)
DAYS = [
    date(2026, 3, 29),
    date(2026, 10, 25),
    date(2025, 12, 31),
    date(2026, 1, 1),
    date(2026, 2, 28),
    date(2025, 10, 31),
    date(2026, 7, 14),
]


def history() -> Iterator[Sample]:
    """Samples of 10 minutes to 3 hours, gaps, and stretches that were recovered."""
    luck = random.Random(1)
    end = local_midnight(LAST + timedelta(days=1), PARIS)
    for number in BUILDING.devices:
        at = local_midnight(FIRST, PARIS) + luck.randint(0, 500) * HOUR / 6
        while at < end:
            length = luck.choice([1, 1, 3, 6, 6, 6, 6, 18]) * HOUR / 6
            quality = Quality.COMPLETE
            if luck.random() < 0.01:
                length, quality = luck.randint(7, 400) * HOUR / 6, Quality.RECOVERED
            if luck.random() < 0.98:
                milli = luck.randint(0, 10**7)
                yield sample(at, milli, device=number, length=length, quality=quality)
            at += length


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    archive = open_archive(tmp_path_factory.mktemp("sums"))
    archive.write_history(history())
    yield archive
    archive.close()


def total(answer: Answer) -> int:
    return answer.total_milli or 0


def sum_of_series(answer: Answer) -> int:
    return sum(series.total_milli or 0 for series in answer.series)


periods = st.sampled_from([p for p in Period if p is not Period.CUSTOM])
days = st.one_of(st.sampled_from(DAYS), st.dates(FIRST, LAST))
buckets = st.one_of(st.none(), st.sampled_from([b for b in Bucket if b != "sample"]))


@settings(max_examples=30, deadline=None)
@given(periods, days, buckets, st.sampled_from(list(Level)), st.sampled_from(list(By)))
def test_parts_add_up(
    archive: Archive,
    period: Period,
    day: date,
    bucket: Bucket | None,
    level: Level,
    by: By,
) -> None:
    fields = {"period": period, "date": day, "bucket": bucket}
    if period is Period.TEN_YEARS and bucket is Bucket.HOUR:
        fields["bucket"] = None

    def answered(**more: object) -> Answer:
        return ask(archive, now=NOW, **fields, **more).asked

    site = answered(by=By.LEVEL)
    for answer in (answered(level=level, by=by), answered(by=by)):
        assert len(answer.edges) == len(site.edges)
        for series in answer.series:
            assert len(series.values_milli) == len(answer.edges) - 1
            known = [value for value in series.values_milli if value is not None]
            assert series.total_milli == (sum(known) if known else None)
    assert sum_of_series(site) == total(site)
    for split in (By.LOAD, By.DEVICE):
        assert sum_of_series(answered(by=split)) == total(site)
    assert sum_of_series(answered(level=Level.LOAD)) == total(site)
    excluded = answered(level=Level.DEVICE, ids=[4])
    devices = answered(level=Level.DEVICE)
    assert sum_of_series(devices) == total(site) + total(excluded)
    assert total(devices) == total(site)
    for group in BUILDING.groups:
        whole = answered(level=Level.GROUP, ids=[group])
        for split in (By.LOAD, By.DEVICE):
            parts = answered(level=Level.GROUP, ids=[group], by=split)
            assert sum_of_series(parts) == total(parts) == total(whole)
    yard = answered(level=Level.DEVICE, ids=[7])
    boards = answered(level=Level.BOARD)
    assert sum_of_series(boards) + total(yard) == total(site)


@settings(max_examples=40, deadline=None)
@given(periods, days)
def test_every_width_of_bucket_gives_the_same_total(
    archive: Archive, period: Period, day: date
) -> None:
    widths = [b for b in Bucket if b is not Bucket.SAMPLE]
    if period is Period.TEN_YEARS:
        widths.remove(Bucket.HOUR)
    if period is Period.DAY:
        widths.append(Bucket.SAMPLE)
    totals = {
        total(ask(archive, now=NOW, period=period, date=day, bucket=width).asked)
        for width in widths
    }
    assert len(totals) == 1


@settings(max_examples=40, deadline=None)
@given(days, st.sampled_from([Period.DAY, Period.MONTH, Period.YEAR]))
def test_the_period_before_is_what_that_period_says_of_itself(
    archive: Archive, day: date, period: Period
) -> None:
    def answered(**fields: object) -> Consumption:
        return ask(archive, now=NOW, period=period, **fields)

    both = answered(date=day, compare=Compare.PREVIOUS)
    assert both.compared is not None
    eve = both.compared.span.end.astimezone(PARIS).date() - timedelta(days=1)
    itself = answered(date=eve).asked
    assert both.compared.span.end == both.asked.span.start
    assert both.compared.total_milli == itself.total_milli
    assert both.compared.edges == itself.edges


def test_the_whole_history_is_what_was_sampled(archive: Archive) -> None:
    sampled = sum(s.amounts_milli[ENERGY] for s in history() if s.device_id != 4)
    span = {"period": "custom", "start": FIRST, "end": LAST + timedelta(days=30)}
    assert total(ask(archive, now=NOW, **span).asked) == sampled
    ten_years = ask(archive, now=NOW, period="10_years", date=LAST).asked
    assert total(ten_years) == sampled
    assert sum(t.amount_milli for t in archive.totals() if t.device_id != 4) == sampled
