"""Costs so far, and costs against an oracle that knows only minutes."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
import random

from hypothesis import given, settings, strategies as st
import pytest

from custom_components.legrand_ews.ews.archive import Archive
from custom_components.legrand_ews.ews.billing import Billing, Metered, SoFar
from custom_components.legrand_ews.ews.consumption import Directory
from custom_components.legrand_ews.ews.metering import Quality, Sample
from custom_components.legrand_ews.ews.model import ObjectKind
from custom_components.legrand_ews.ews.tariffs import Mode, TariffPlan
from custom_components.legrand_ews.ews.tariffs.book import TariffBook
from custom_components.legrand_ews.ews.tariffs.settings import BillingSettings
from custom_components.legrand_ews.ews.timegrid import local_midnight

from ..archive.samples import HOUR, TEN_MINUTES, sample
from ..consumption.building import LIGHTING, PARIS, open_archive
from ..tariffs.oracle import minutes, verdicts
from ..tariffs.plans import plan, plans, rule
from .priced import ask, priced, settings_of
from .test_cost_sums import VILLAGE

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    archive = open_archive(tmp_path_factory.mktemp("live"))
    yield archive
    archive.close()


@pytest.mark.parametrize(
    "midnight",
    [
        datetime(2024, 12, 31, 23, tzinfo=UTC),  # New Year
        datetime(2024, 10, 26, 22, tzinfo=UTC),  # the day of 25 hours begins
        datetime(2024, 6, 30, 22, tzinfo=UTC),  # a month
    ],
)
def test_live_costs_are_what_is_computed_anew(
    archive: Archive, midnight: datetime
) -> None:
    """Interval after interval over a midnight, with a late one and a catch-up."""
    rules = plan(rule(1, "06:30", "22:14"), rule(2), mode=Mode.EWS)
    settings = settings_of(TariffBook.of(rules))
    start = midnight - 6 * HOUR
    archive.write_history(
        sample(start - 45 * DAY + number * 3 * HOUR, 12_345, device=n, length=3 * HOUR)
        for number in range(45 * 8)
        for n in (1, 2, 3, 7)
    )
    live = _live(archive, settings)
    for number in range(14):
        at = start + number * HOUR
        archive.write(
            [
                sample(at, 1001 + number * n, device=n, length=HOUR)
                for n in VILLAGE.devices
            ]
        )
        if number == 8:  # somebody comes home late
            archive.write([sample(start - 3 * DAY, 777, device=6)])
        if number == 10:
            live.catch_up(lambda _: None)
        check_live(archive, live, settings, at + HOUR)


def _live(archive: Archive, settings: BillingSettings) -> Billing:
    directory = Directory(VILLAGE, archive.objects())
    metered = Metered(installation=VILLAGE, directory=directory, archive=archive)
    return Billing(settings, PARIS, lambda: metered)


def check_live(
    archive: Archive, live: Billing, known: BillingSettings, now: datetime
) -> None:
    (costs,) = live.costs_so_far(now).values()
    day = now.astimezone(PARIS).date()
    for period, name in (
        ("day", "today"),
        ("month", "this_month"),
        ("year", "this_year"),
    ):
        fields = {"period": period, "date": day, "now": now}
        site = ask(archive, known, VILLAGE, by="level", **fields)
        assert so_far(costs.totals, (None, None), name) == site.cost_total
        for load in (LIGHTING,):
            one = ask(archive, known, VILLAGE, level="load", ids=[load], **fields)
            place = (ObjectKind.LOAD, load)
            assert so_far(costs.totals, place, name) == one.cost_total
        for number in (1, 3):
            one = ask(archive, known, VILLAGE, level="device", ids=[number], **fields)
            assert so_far(costs.devices, number, name) == one.cost_total


def so_far[K](costs: Mapping[K, SoFar], key: K, name: str) -> Decimal | None:
    """What has no data is left out."""
    known = costs.get(key)
    return None if known is None else getattr(known, name)


def year_of_samples(seed: int) -> Iterator[Sample]:
    """Whole minutes to three days long, with gaps, all through 2024."""
    luck = random.Random(seed)
    at = local_midnight(date(2024, 1, 1), PARIS)
    end = local_midnight(date(2025, 1, 1), PARIS)
    while at < end:
        length = luck.choice([10, 10, 10, 60, 60, 37, 180, 1440, 4000]) * MINUTE
        length = min(length, end - at)
        if luck.random() < 0.95:
            quality = Quality.RECOVERED if length > HOUR else Quality.COMPLETE
            milli = luck.randint(0, 10**7)
            yield sample(at, milli, length=length, quality=quality)
        at += length


@given(plans(), st.integers(0, 99))
@settings(max_examples=4, deadline=None)
def test_a_year_costs_what_its_minutes_do(
    tmp_path_factory: pytest.TempPathFactory, rules: TariffPlan, seed: int
) -> None:
    samples = list(year_of_samples(seed))
    archive = open_archive(tmp_path_factory.mktemp("year"))
    archive.write_history(samples)
    found = ask(
        archive,
        settings_of(TariffBook.of(rules)),
        now=samples[-1].end,
        by="tariff",
        period="year",
        date=date(2024, 7, 1),
    )
    archive.close()
    start, end = samples[0].start, samples[-1].end
    origin = local_midnight(date(2024, 1, 1), PARIS)
    by_minute = [
        (0 if rule_at is None else rules.rules[rule_at].tariff_id, price)
        for rule_at, price in verdicts(rules, minutes(origin, end, PARIS))
    ]
    assert start >= origin
    due: dict[int, Fraction] = {}
    cuts = 0
    for one in samples:
        first, last = ((t - origin) // MINUTE for t in (one.start, one.end))
        known = by_minute[first:last]
        cuts += 2 + sum(a != b for a, b in pairwise(known))
        prices: dict[int, Fraction] = {}
        for tariff, price in known:
            prices[tariff] = prices.get(tariff, Fraction(0)) + Fraction(price)
        per_minute = Fraction(one.amounts_milli["active_energy_import"], last - first)
        for tariff, total in prices.items():
            due[tariff] = due.get(tariff, Fraction(0)) + per_minute * total
    # Shares are whole thousandths of a Wh: each cut moves one at most.
    dearest = max(abs(p.amount) for t in rules.tariffs for p in t.prices)
    slack = cuts * Fraction(dearest) * 2
    for series in found.asked.series:
        cost = Fraction(series.cost_total or 0, 10**12)
        assert abs(cost - due.get(series.energy.id, 0)) <= slack
    assert {s.energy.id for s in found.asked.series if s.cost_total is not None} == set(
        due
    )
    assert sum(s.energy.total_milli or 0 for s in found.asked.series) == sum(
        s.amounts_milli["active_energy_import"] for s in samples
    )


def test_a_fluid_without_a_plan_has_no_live_costs(archive: Archive) -> None:
    archive.write([sample("2024-06-01T10:00", 5, length=TEN_MINUTES)])
    live = _live(archive, settings_of())
    assert live.costs_so_far(datetime(2024, 6, 1, 12, tzinfo=UTC)) == {}


def test_work_ends_when_its_report_says_so(archive: Archive) -> None:
    start = datetime(2024, 5, 31, 22, tzinfo=UTC)
    archive.write_history(
        sample(start + number * HOUR, 5, length=HOUR) for number in range(40 * 24)
    )
    live = _live(archive, priced(rule(1, "06:00", "21:59"), rule(2)))
    told: list[float] = []

    def stop(share: float) -> None:
        told.append(share)
        if share > 0.5:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        live.catch_up(stop)
    assert told == [0, 1 / 3, 2 / 3]
    # What was done stays done.
    assert live.catch_up(lambda _: None) == 8
    assert live.catch_up(lambda _: None) == 0
