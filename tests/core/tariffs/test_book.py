"""Plans through time: what is revised, what stays, and what applies when."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given, settings, strategies as st
import pytest

from custom_components.legrand_ews.ews.quantities import Fluid
from custom_components.legrand_ews.ews.tariffs import (
    Extras,
    Fee,
    Per,
    Price,
    TariffPlan,
    TariffTimeline,
)
from custom_components.legrand_ews.ews.tariffs.book import (
    BookTimeline,
    FrozenPeriod,
    PlanVersion,
    TariffBook,
)
from custom_components.legrand_ews.ews.timegrid import Span, local_midnight

from .plans import plan, plans, rule, tariff

ROME = ZoneInfo("Europe/Rome")
DAY = timedelta(days=1)
OLD, NEW, NEWER = (plan(rule(number)) for number in (1, 2, 3))
JANUARY = FrozenPeriod(first_day=date(2024, 1, 1), last_day=date(2024, 1, 31))
MARCH = FrozenPeriod(first_day=date(2024, 3, 1), last_day=date(2024, 3, 31))


def chosen(book: TariffBook, day: str) -> int:
    """The tariff of the one rule of the plan that counts on a day."""
    return book.plan_on(date.fromisoformat(day)).rules[0].tariff_id


@pytest.mark.parametrize(
    ("frozen", "since", "expected"),
    [
        # recompute all: as if it had always been so
        ((), None, {"1990-01-01": 2, "2024-01-15": 2, "2030-01-01": 2}),
        # from a day on
        ((), "2024-02-01", {"2024-01-31": 1, "2024-02-01": 2, "2024-03-01": 2}),
        # billed days keep theirs, before, between and after are revised
        (
            (JANUARY, MARCH),
            None,
            {
                "2023-12-31": 2,
                "2024-01-01": 1,
                "2024-01-31": 1,
                "2024-02-01": 2,
                "2024-02-29": 2,
                "2024-03-01": 1,
                "2024-03-31": 1,
                "2024-04-01": 2,
            },
        ),
        # from inside a billed period: the rest of it stays, too
        (
            (JANUARY,),
            "2024-01-15",
            {"2023-12-31": 1, "2024-01-20": 1, "2024-02-01": 2},
        ),
    ],
)
def test_a_revised_plan_counts_from_its_day_except_where_it_was_billed(
    frozen: tuple[FrozenPeriod, ...], since: str | None, expected: dict[str, int]
) -> None:
    book = TariffBook.of(OLD)
    for period in frozen:
        book = book.with_frozen(period)
    first = None if since is None else date.fromisoformat(since)
    revised = book.revised(NEW, first)
    assert {day: chosen(revised, day) for day in expected} == expected
    assert revised.current == NEW
    assert revised.frozen == tuple(frozen)


def test_a_period_that_is_opened_again_can_be_revised() -> None:
    book = TariffBook.of(OLD).with_frozen(JANUARY).revised(NEW, None)
    opened = book.without_frozen(JANUARY)
    assert chosen(opened, "2024-01-15") == 1
    assert chosen(opened.revised(NEW, None), "2024-01-15") == 2
    assert opened.revised(NEW, None).versions == (PlanVersion(plan=NEW),)


def test_a_tariff_is_shown_as_it_was_last_named() -> None:
    first = TariffPlan(
        fluid=Fluid.ELECTRICITY, tariffs=(tariff(1, "1"), tariff(4, "4"))
    )
    second = TariffPlan(
        fluid=Fluid.ELECTRICITY, tariffs=(tariff(2, "2"), tariff(1, "1.5"))
    )
    book = TariffBook.of(first).revised(second, date(2024, 1, 1))
    assert [(t.id, t.prices) for t in book.tariffs] == [
        (1, second.tariffs[1].prices),
        (2, second.tariffs[0].prices),
        (4, first.tariffs[1].prices),
    ]


def test_days_are_those_of_the_site() -> None:
    """The new plan counts from midnight in Rome, also inside a night's frame."""
    night = (rule(1, "22:00", "05:59"),)
    before, after = plan(*night, rule(2)), plan(*night, rule(3))
    book = TariffBook.of(before).revised(after, date(2024, 7, 1))
    timeline = BookTimeline(book, ROME)
    midnight = datetime(2024, 6, 30, 22, tzinfo=UTC)
    assert timeline.at(midnight - timedelta(seconds=1)).end == midnight
    assert timeline.at(midnight).start == midnight
    assert timeline.at(midnight + timedelta(hours=12)).tariff_id == 3
    assert timeline.at(midnight - timedelta(hours=12)).tariff_id == 2


days = st.dates(date(2023, 6, 1), date(2025, 6, 1))


@pytest.mark.parametrize(
    ("billing_day", "prices", "fees", "since", "expected"),
    [
        (1, [None], [None], None, ["04-01", "05-01"]),
        (15, [None], [None], None, ["03-15", "04-15"]),
        # The first of March is looked from: it is no change.
        (1, [None, "03-01", "03-20"], [None], None, ["03-20", "04-01", "05-01"]),
        (1, [None], ["04-10"], None, ["04-01", "04-10", "05-01"]),
        (1, [None, "05-10", "05-11"], [None], None, ["04-01", "05-01", "05-10"]),
        (1, [None], [None], "04-20", ["04-01", "04-20", "05-01"]),
    ],
)
def test_what_is_paid_changes_with_prices_fees_plans_and_billing_months(
    billing_day: int,
    prices: list[str | None],
    fees: list[str | None],
    since: str | None,
    expected: list[str],
) -> None:
    """From 1 March to 10 May."""
    fee = Fee(name="Fee", per=Per.MONTH, prices=tuple(map(priced, fees)))
    extras = Extras(fees=(fee,), billing_day=billing_day)
    dated = replace(tariff(1), prices=tuple(map(priced, prices)))
    first = replace(OLD, tariffs=(dated,), extras=extras)
    book = TariffBook.of(first)
    if since is not None:
        book = book.revised(NEW, day_of(since))
    found = book.days_of_change(day_of("03-01"), day_of("05-10"))
    assert found == [day_of(day) for day in expected]


def day_of(text: str) -> date:
    return date.fromisoformat(f"2024-{text}")


def priced(since: str | None) -> Price:
    valid_from = None if since is None else day_of(since)
    return Price(valid_from=valid_from, amount=Decimal(1))


@st.composite
def books(draw: st.DrawFn) -> TariffBook:
    """A book that was revised and billed in any order."""
    book = TariffBook.of(draw(plans()))
    for _ in range(draw(st.integers(0, 3))):
        if draw(st.booleans()):
            first = draw(days)
            last = first + draw(st.integers(0, 60)) * DAY
            book = book.with_frozen(FrozenPeriod(first_day=first, last_day=last))
        else:
            book = book.revised(draw(plans()), draw(st.one_of(st.none(), days)))
    return book


@given(books(), plans(), st.one_of(st.none(), days), st.lists(days, min_size=1))
@settings(max_examples=60, deadline=None)
def test_what_was_billed_or_lies_before_keeps_its_plan(
    book: TariffBook, new: TariffPlan, since: date | None, some: list[date]
) -> None:
    revised = book.revised(new, since)
    edges = [x for p in book.frozen for x in (p.first_day, p.last_day)]
    probes = [*some, *edges, *(edge + DAY for edge in edges), date(2020, 1, 1)]
    for day in [*probes, *([since, since - DAY] if since else [])]:
        stays = book.is_frozen(day) or (since is not None and day < since)
        assert revised.plan_on(day) == (book.plan_on(day) if stays else new)
    starts = [version.since for version in revised.versions]
    assert starts[0] is None
    assert all(start is not None for start in starts[1:])
    assert starts[1:] == sorted(set(starts[1:]), key=lambda x: x or date.min)
    for one, other in pairwise(revised.versions):
        assert one.plan != other.plan


@given(books(), days, st.integers(1, 60_000))
@settings(max_examples=60, deadline=None)
def test_segments_cover_any_span_by_the_plan_of_each_day(
    book: TariffBook, first: date, minutes: int
) -> None:
    start = local_midnight(first, ROME) + timedelta(minutes=minutes % 1440)
    span = Span(start, start + timedelta(minutes=minutes))
    timeline = BookTimeline(book, ROME)
    segments = list(timeline.segments(span))
    assert (segments[0].start, segments[-1].end) == (span.start, span.end)
    for one, other in pairwise(segments):
        assert one.end == other.start
    for segment in (segments[0], segments[len(segments) // 2], segments[-1]):
        of_day = book.plan_on(segment.start.astimezone(ROME).date())
        alone = TariffTimeline(of_day, ROME).at(segment.start)
        known = (segment.rule, segment.tariff_id, segment.price)
        assert known == (alone.rule, alone.tariff_id, alone.price)
        whole = timeline.at(segment.start)
        assert whole.start <= segment.start < whole.end
        assert (whole.rule, whole.tariff_id, whole.price) == known
