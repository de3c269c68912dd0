"""Days that are shared out once: what makes them stale, and what does not."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
import sqlite3

import pytest

from custom_components.legrand_ews.ews.archive import Archive
from custom_components.legrand_ews.ews.billing.course import days_of, pieces_of
from custom_components.legrand_ews.ews.quantities import Fluid
from custom_components.legrand_ews.ews.tariffs import (
    Extras,
    Levy,
    Mode,
    Price,
    TariffPlan,
)
from custom_components.legrand_ews.ews.tariffs.book import BookTimeline, TariffBook
from custom_components.legrand_ews.ews.tariffs.price_history import (
    NO_PRICES,
    PriceHistory,
    SourcePrice,
)
from custom_components.legrand_ews.ews.timegrid import Span, local_midnight

from ..archive.samples import HOUR, sample
from ..consumption.building import PARIS, open_archive
from ..tariffs.plans import EXCEPTION, plan, rule
from .priced import billing, settings_of

DAY = timedelta(days=1)
FIRST = date(2024, 12, 20)
START = local_midnight(FIRST, PARIS)
SPAN = Span(START, START + 10 * DAY)
RULES = (rule(1, "07:00", "21:59"), rule(2))
PLAN = plan(*RULES)
LEVY = Levy(name="Excise", prices=(Price(amount=Decimal("0.01")),))
SPOT = "sensor.spot"
DYNAMIC = replace(
    PLAN,
    tariffs=(replace(PLAN.tariffs[0], price_source=SPOT), *PLAN.tariffs[1:]),
)


def changed_days(
    before: TariffPlan,
    after: TariffPlan,
    prices: PriceHistory = NO_PRICES,
    later: PriceHistory = NO_PRICES,
) -> list[int]:
    """Days of December whose fingerprints differ."""
    marks = [
        [
            (day.span.start.astimezone(PARIS).day, day.fingerprint)
            for day in days_of(
                list(pieces_of(BookTimeline(TariffBook.of(one), PARIS, told), SPAN)),
                SPAN,
                PARIS,
            )
        ]
        for one, told in ((before, prices), (after, later))
    ]
    return [number for number, mark in marks[0] if (number, mark) not in marks[1]]


def spot(*hours: tuple[int, str]) -> PriceHistory:
    """What the source said so many hours after the 20th began."""
    rows = [SourcePrice(START + hour * HOUR, Decimal(said)) for hour, said in hours]
    return PriceHistory({SPOT: rows})


RENAMED = replace(
    PLAN,
    tariffs=tuple(
        replace(
            tariff,
            name=f"{tariff.name}!",
            color="#000000",
            prices=(Price(amount=Decimal(7)),),
        )
        for tariff in PLAN.tariffs
    ),
)
CHRISTMAS = plan(
    rule(EXCEPTION, start="2019-12-25", end="2019-12-25", yearly=True), *RULES
)


@pytest.mark.parametrize(
    ("after", "days"),
    [
        (PLAN, []),
        (RENAMED, []),
        # What is true at midnight holds all day (Q22).
        (replace(PLAN, mode=Mode.EWS), list(range(20, 30))),
        (CHRISTMAS, [25]),
        (plan(*RULES, rule(3)), []),  # never reached
        (plan(rule(3, "12:00", "12:00", end="2024-12-21"), *RULES), [20, 21]),
        (plan(rule(1, "07:00", "22:00"), rule(2)), list(range(20, 30))),
        (plan(rule(2, "07:00", "21:59"), rule(1)), list(range(20, 30))),
    ],
)
def test_a_day_is_stale_where_its_tariffs_change(
    after: TariffPlan, days: list[int]
) -> None:
    assert changed_days(PLAN, after) == days


def test_prices_count_where_they_change_in_the_course_of_a_day() -> None:
    daily = spot((0, "1"), (24, "2"), (48, "3"))
    assert changed_days(DYNAMIC, DYNAMIC, daily, spot((0, "4"), (24, "5"))) == []
    hourly = spot((0, "1"), (10, "2"), (24, "1"), (48, "3"), (60, "4"))
    other = spot((0, "1"), (10, "2.5"), (24, "9"), (48, "3"), (60, "4"))
    assert changed_days(DYNAMIC, DYNAMIC, hourly, other) == [20]


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """Ten days of two devices, by the hour."""
    archive = open_archive(tmp_path)
    archive.write_history(
        sample(START + n * HOUR, 1000 * device + n, device=device, length=HOUR)
        for n in range(240)
        for device in (1, 2)
    )
    yield archive
    archive.close()


def caught_up(archive: Archive, known: TariffPlan, prices: PriceHistory) -> int:
    work = billing(archive, settings_of(TariffBook.of(known)))
    work.books = type(work.books)(work.books.settings, PARIS, prices)
    days = work.catch_up(lambda _: None)
    # What is kept and what is computed from samples are the same.
    again = work.recompute(Fluid.ELECTRICITY, dry_run=True)
    assert (again.energy_milli, again.cost) == (0, 0)
    # By hand, hour by hour.
    timeline = BookTimeline(TariffBook.of(known), PARIS, prices)
    due = sum((3000 + 2 * n) * timeline.at(START + n * HOUR).price for n in range(240))
    assert Decimal(again.after).scaleb(-12) == due
    return days


def test_only_stale_days_are_shared_out_anew(archive: Archive) -> None:
    assert caught_up(archive, PLAN, NO_PRICES) == 10
    assert caught_up(archive, PLAN, NO_PRICES) == 0
    assert caught_up(archive, RENAMED, NO_PRICES) == 0
    assert caught_up(archive, CHRISTMAS, NO_PRICES) == 1
    assert caught_up(archive, PLAN, NO_PRICES) == 1


def test_days_with_dynamic_prices_keep_their_costs(archive: Archive) -> None:
    said = [(n, f"{(n * 37) % 11 - 3}.{n % 7}") for n in range(0, 240, 3)]
    assert caught_up(archive, DYNAMIC, spot(*said)) == 10
    assert caught_up(archive, DYNAMIC, spot(*said)) == 0
    corrected = [(n, "0.5" if n == 60 else price) for n, price in said]
    assert caught_up(archive, DYNAMIC, spot(*corrected)) == 1


def test_long_times_under_one_tariff_need_no_days(archive: Archive) -> None:
    assert caught_up(archive, plan(rule(1)), NO_PRICES) == 0
    weekend = plan(rule(1, weekdays=frozenset({5, 6})), rule(2))
    # 20 December 2024 is a Friday: no run is a week long.
    assert caught_up(archive, weekend, NO_PRICES) == 10


def test_what_changes_meanwhile_is_left_for_later(archive: Archive) -> None:
    """A late sample comes between reading the days and keeping them."""
    work = billing(archive, settings_of(TariffBook.of(PLAN)))
    read, comes = archive.amounts_in_pieces, [sample(START + 30 * HOUR, 5, device=3)]

    def interrupted(*arguments: object) -> object:
        found = read(*arguments)  # type: ignore[arg-type]
        while comes:
            archive.write([comes.pop()])
        return found

    archive.amounts_in_pieces = interrupted  # type: ignore[assignment,method-assign]
    assert work.catch_up(lambda _: None) == 0
    assert work.catch_up(lambda _: None) == 10


def test_days_that_were_damaged_are_computed_anew(
    archive: Archive, tmp_path: Path
) -> None:
    """The 21st says 1 kWh too much by day, the 23rd 2 kWh too much by night."""
    work = billing(archive, settings_of(TariffBook.of(PLAN)))
    work.catch_up(lambda _: None)
    with closing(sqlite3.connect(tmp_path / "archive.db", autocommit=True)) as database:
        for day, tariff_id, milli in ((1, 1, 1_000_000), (3, 2, 2_000_000)):
            start = int((START + day * DAY).timestamp())
            database.execute(
                "UPDATE tariff_days SET amount_milli = amount_milli + ?"
                " WHERE start = ? AND tariff_id = ? AND device_id = 1",
                (milli, start, tariff_id),
            )
    one_day = Span(START + DAY, START + 2 * DAY)
    for dry_run, found in ((True, "-1"), (False, "-1"), (False, "0")):
        change = work.recompute(Fluid.ELECTRICITY, one_day, dry_run=dry_run)
        assert change.as_dict()["cost"] == found
    whole = work.recompute(Fluid.ELECTRICITY, dry_run=False)
    assert whole.as_dict() == {"energy": -2000, "cost": "-4"}
    assert work.recompute(Fluid.ELECTRICITY, dry_run=True).cost == 0
    assert work.recompute(Fluid.GAS, dry_run=False).as_dict() == {
        "energy": 0,
        "cost": "0",
    }


@pytest.mark.parametrize("extras", [Extras(), Extras(levies=(LEVY,))])
def test_a_sample_that_comes_while_books_are_compared_is_in_both_or_none(
    archive: Archive, extras: Extras
) -> None:
    """Every mWh costs 2 more, those of a third meter that come in between as well."""
    work = billing(archive, settings_of(TariffBook.of(plan(rule(1)))))
    dear = TariffBook.of(replace(plan(rule(3)), extras=extras))
    before = work.difference(dear).cost
    end = max(total.last_end for total in archive.totals())
    read, comes = (
        archive.summed_in_pieces,
        [sample(end - HOUR, 500, device=3, length=HOUR)],
    )

    def interrupted(*arguments: object) -> object:
        found = read(*arguments)  # type: ignore[arg-type]
        while comes:
            archive.write([comes.pop()])
        return found

    archive.summed_in_pieces = interrupted  # type: ignore[assignment,method-assign]
    after = work.difference(dear)
    assert (after.energy_milli, after.cost - before) == (0, 2 * 500 * 10**12)


def test_a_change_is_compared_over_a_span_or_all_there_is(archive: Archive) -> None:
    work = billing(archive, settings_of(TariffBook.of(PLAN)))
    other = TariffBook.of(plan(rule(3)))
    day = Span(START, START + DAY)
    # 3000 + 2 n mWh in hour n.
    by_day = sum(3000 + 2 * n for n in range(7, 22))
    all_day = sum(3000 + 2 * n for n in range(24))
    due = 3 * all_day - by_day - 2 * (all_day - by_day)
    assert work.difference(other, day).cost == due * 10**12
    assert work.difference(other).cost > work.difference(other, day).cost
    gas = TariffBook.of(replace(PLAN, fluid=Fluid.GAS))
    assert work.difference(gas).as_dict() == {"energy": 0, "cost": "0"}
