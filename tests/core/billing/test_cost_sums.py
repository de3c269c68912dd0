"""Whatever is asked, costs and energy by tariff add up, and kept days change nothing.

Weeks around both DST days and New Year, with gaps and recovered stretches, priced by
any rules, in a building with sub-meters that count more than their main meter and in
one without.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
import random

from hypothesis import HealthCheck, given, settings, strategies as st
import pytest

from custom_components.legrand_ews.ews.archive import Archive
from custom_components.legrand_ews.ews.billing import CostAnswer
from custom_components.legrand_ews.ews.consumption import Level
from custom_components.legrand_ews.ews.metering import Quality, Sample
from custom_components.legrand_ews.ews.model import Installation, by_id
from custom_components.legrand_ews.ews.tariffs.book import TariffBook
from custom_components.legrand_ews.ews.timegrid import Bucket, Period, local_midnight

from ..archive.samples import HOUR, sample
from ..consumption.building import (
    BUILDING,
    HEATING,
    LIFTS,
    LIGHTING,
    PARIS,
    ask as ask_energy,
    device,
    open_archive,
)
from ..tariffs.test_book import books
from .priced import ask, billing, settings_of

WEEKS = [
    (date(2024, 3, 24), date(2024, 4, 5)),
    (date(2024, 10, 20), date(2024, 11, 1)),
    (date(2024, 12, 27), date(2025, 1, 4)),
]
NOW = local_midnight(date(2025, 2, 1), PARIS)
VILLAGE = replace(
    BUILDING,
    devices=by_id(
        [
            device(1, groups=(1,)),
            device(2, load=HEATING, groups=(1, 2), upstream=1),
            device(3, load=LIGHTING, upstream=1),
            device(4, load=LIGHTING, groups=(2,), upstream=3, is_excluded=True),
            device(6, load=LIFTS, gateway=2, upstream=3),
            device(7, load=LIFTS, gateway=3),
        ]
    ),
)
"""Two meters behind a third one, and two more behind one of them."""


def history() -> Iterator[Sample]:
    """Samples of 10 minutes to 3 hours, gaps, and stretches that were recovered."""
    luck = random.Random(5)
    for number in BUILDING.devices:
        for first, last in WEEKS:
            at = local_midnight(first, PARIS) + luck.randint(0, 90) * HOUR / 6
            end = local_midnight(last + timedelta(days=1), PARIS)
            while at < end:
                length = luck.choice([1, 1, 3, 6, 6, 6, 6, 18]) * HOUR / 6
                quality = Quality.COMPLETE
                if luck.random() < 0.01:
                    length, quality = luck.randint(7, 400) * HOUR / 6, Quality.RECOVERED
                if luck.random() < 0.97:
                    milli = luck.randint(0, 10**7)
                    yield sample(
                        at, milli, device=number, length=length, quality=quality
                    )
                at += length


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    archive = open_archive(tmp_path_factory.mktemp("costs"))
    archive.write_history(history())
    yield archive
    archive.close()


periods = st.sampled_from(
    [Period.DAY, Period.WEEK, Period.MONTH, Period.QUARTER, Period.YEAR]
)
days = st.sampled_from(
    [
        date(2024, 3, 31),
        date(2024, 10, 27),
        date(2024, 12, 31),
        date(2025, 1, 1),
        date(2024, 4, 2),
    ]
)
buckets = st.sampled_from([None, Bucket.HOUR, Bucket.DAY, Bucket.MONTH])
sites = st.sampled_from([BUILDING, VILLAGE])


def check_series(answer: CostAnswer) -> None:
    """Series, less what was cut off, are the total: energy and money."""
    energy = sum(s.energy.total_milli or 0 for s in answer.series)
    energy -= sum(s.energy.excess_milli for s in answer.series)
    assert energy == (answer.energy.total_milli or 0)
    cost = sum(s.cost_total or 0 for s in answer.series)
    assert cost - sum(s.excess for s in answer.series) == (answer.cost_total or 0)
    for series in answer.series:
        assert len(series.costs) == len(answer.energy.edges) - 1
        for amount, charge in zip(
            series.energy.values_milli, series.costs, strict=True
        ):
            assert (amount is None) == (charge is None)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(books(), periods, days, buckets, sites, st.sampled_from(list(Level)))
def test_tariffs_and_parts_add_up(
    archive: Archive,
    book: TariffBook,
    period: Period,
    day: date,
    bucket: Bucket | None,
    site: Installation,
    level: Level,
) -> None:
    priced = settings_of(book)
    fields = {"period": period, "date": day, "bucket": bucket}
    by_tariff = ask(archive, priced, site, NOW, level=level, by="tariff", **fields)
    check_series(by_tariff.asked)
    consumed = ask_energy(archive, site, NOW, level=level, by="level", **fields).asked
    assert by_tariff.asked.energy.total_milli == consumed.total_milli
    whole = ask(archive, priced, site, NOW, level=level, by="level", **fields)
    assert whole.asked.cost_total == by_tariff.asked.cost_total
    if level is Level.SITE:
        for by in ("level", "load", "device"):
            parts = ask(archive, priced, site, NOW, by=by, **fields).asked
            check_series(parts)
            assert parts.cost_total == by_tariff.asked.cost_total
    each = [
        ask(archive, priced, site, NOW, level=level, by="level", tariffs=[n], **fields)
        for n in (0, 1, 2, 3, 4, 5)
    ]
    costs = sum(one.asked.cost_total or 0 for one in each)
    assert costs == (by_tariff.asked.cost_total or 0)


@settings(max_examples=12, deadline=None)
@given(books(), days, sites)
def test_every_width_of_bucket_costs_the_same(
    archive: Archive,
    book: TariffBook,
    day: date,
    site: Installation,
) -> None:
    priced = settings_of(book)
    widths = [Bucket.SAMPLE, Bucket.HOUR, Bucket.DAY, Bucket.WEEK, Bucket.MONTH]
    assert (
        len(
            {
                ask(
                    archive, priced, site, NOW, period="week", date=day, bucket=width
                ).asked.cost_total
                for width in widths
            }
        )
        == 1
    )


@settings(max_examples=3, deadline=None)
@given(books(), books(), periods, days, buckets, sites)
def test_kept_days_say_what_samples_say(
    archive: Archive,
    book: TariffBook,
    other: TariffBook,
    period: Period,
    day: date,
    bucket: Bucket | None,
    site: Installation,
) -> None:
    fields = {"period": period, "date": day, "bucket": bucket, "compare": "previous"}
    due = {}
    for known in (book, other):
        # What was kept for the other book is there, and counts only where it fits.
        priced = settings_of(known)
        before = {
            by: ask(archive, priced, site, NOW, by=by, **fields).as_dict()
            for by in ("tariff", "device")
        }
        work = billing(archive, priced, site)
        work.catch_up(lambda _: None)
        assert work.catch_up(lambda _: None) == 0
        for by, answer in before.items():
            found = ask(archive, priced, site, NOW, by=by, **fields).as_dict()
            assert found == answer
        again = work.recompute(known.fluid, dry_run=True)
        assert (again.energy_milli, again.cost) == (0, 0)
        due[id(known)] = again.after
    change = billing(archive, settings_of(book), site).difference(other)
    assert change.energy_milli == 0
    assert change.cost == due[id(other)] - due[id(book)]
