"""What a dynamic tariff costs when: known, held, or assumed."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given, settings, strategies as st
import pytest

from custom_components.legrand_ews.ews.tariffs import (
    HOLD,
    PriceHistory,
    SourcePrice,
    TariffPlan,
    TariffTimeline,
)
from custom_components.legrand_ews.ews.tariffs.book import BookTimeline, TariffBook
from custom_components.legrand_ews.ews.timegrid import Span

from .plans import Mode, plan, rule, tariff

BERLIN = ZoneInfo("Europe/Berlin")
SPOT = "sensor.spot"


def at(clock: str) -> datetime:
    """An instant of 2026 as ``MM-DD HH:MM`` in UTC."""
    return datetime.fromisoformat(f"2026-{clock}").replace(tzinfo=UTC)


def said(*rows: tuple[str, str | None]) -> PriceHistory:
    return PriceHistory(
        {
            SPOT: [
                SourcePrice(at(clock), None if price is None else Decimal(price))
                for clock, price in rows
            ]
        }
    )


HISTORY = said(
    ("06-01 10:00", "0.30"),
    ("06-01 11:00", "-0.05"),
    ("06-01 11:30", None),
    ("06-01 12:00", None),
    ("06-03 08:00", "0.10"),
)
"""It falls silent on 1 June at 11:30, and its price holds for 24 hours."""


@pytest.mark.parametrize(
    ("clock", "own", "price", "is_assumed"),
    [
        ("05-31 00:00", None, "0.30", True),  # before all: the first price (Q9)
        ("05-31 00:00", "0.25", "0.25", True),
        ("06-01 10:00", "0.25", "0.30", False),
        ("06-01 10:59", "0.25", "0.30", False),
        ("06-01 11:00", "0.25", "-0.05", False),
        ("06-01 11:30", "0.25", "-0.05", True),
        ("06-02 11:29", "0.25", "-0.05", True),
        ("06-02 11:30", "0.25", "0.25", True),
        ("06-02 11:30", None, "-0.05", True),
        ("06-03 08:00", "0.25", "0.10", False),
        ("06-30 08:00", "0.25", "0.10", False),  # it says so until it says otherwise
    ],
)
def test_what_holds_when(
    clock: str, own: str | None, price: str, is_assumed: bool
) -> None:
    span = Span(at("05-30 00:00"), at("07-01 00:00"))
    fallback = None if own is None else Decimal(own)
    pieces = list(HISTORY.over(SPOT, span, fallback))
    found = next(p for p in pieces if p.start <= at(clock) < p.end)
    assert (found.amount, found.is_assumed) == (Decimal(price), is_assumed)


def test_a_source_that_never_said_anything_has_the_price_of_its_tariff() -> None:
    span = Span(at("06-01 00:00"), at("06-02 00:00"))
    for fallback in (None, Decimal("0.2")):
        (piece,) = said().over(SPOT, span, fallback)
        assert (piece.amount, piece.is_assumed) == (fallback, True)


_ROWS = st.dictionaries(
    st.integers(0, 6_000), st.one_of(st.none(), st.decimals(-1, 1, places=5))
)


@given(rows=_ROWS, first=st.integers(-100, 6_000), minutes=st.integers(1, 6_000))
@settings(max_examples=100, deadline=None)
def test_pieces_cover_a_span_once_and_tell_what_was_said_last(
    rows: dict[int, Decimal | None], first: int, minutes: int
) -> None:
    begin = at("06-01 00:00")
    history = PriceHistory(
        {
            SPOT: [
                SourcePrice(begin + timedelta(minutes=minute), price)
                for minute, price in rows.items()
            ]
        }
    )
    start = begin + timedelta(minutes=first)
    span = Span(start, start + timedelta(minutes=minutes))
    pieces = list(history.over(SPOT, span, None))
    assert (pieces[0].start, pieces[-1].end) == (span.start, span.end)
    assert all(one.end == other.start for one, other in pairwise(pieces))
    for piece in pieces:
        upto = [m for m in rows if begin + timedelta(minutes=m) <= piece.start]
        last = rows[max(upto)] if upto else None
        assert piece.is_assumed == (last is None)
        if last is not None:
            assert piece.amount == last


def dynamic(*own: str) -> TariffPlan:
    """Spot prices by day, a fixed tariff at night."""
    base = plan(rule(2, "22:00", "05:59"), rule(1), mode=Mode.CONTINUOUS)
    spot = tariff(1, *own)
    return TariffPlan(
        fluid=base.fluid,
        tariffs=(
            type(spot)(
                id=1,
                name="Spot",
                color="#000000",
                prices=spot.prices,
                price_source=SPOT,
            ),
            tariff(2, "0.15"),
        ),
        rules=base.rules,
    )


def test_a_timeline_is_cut_where_the_price_changes() -> None:
    """Berlin is two hours ahead: 22:00 is 20:00 UTC."""
    timeline = TariffTimeline(dynamic("0.25"), BERLIN, HISTORY)
    span = Span(at("06-01 10:30"), at("06-01 21:00"))
    found = [
        (s.start, s.tariff_id, s.price, s.is_assumed) for s in timeline.segments(span)
    ]
    assert found == [
        (at("06-01 10:30"), 1, Decimal("0.30"), False),
        (at("06-01 11:00"), 1, Decimal("-0.05"), False),
        (at("06-01 11:30"), 1, Decimal("-0.05"), True),
        (at("06-01 12:00"), 1, Decimal("-0.05"), True),
        (at("06-01 20:00"), 2, Decimal("0.15"), False),
    ]
    now = timeline.at(at("06-01 11:10"))
    assert (now.start, now.end) == (at("06-01 11:00"), at("06-01 11:30"))
    assert now.price == Decimal("-0.05")


def test_a_book_hands_prices_on_and_negative_ones_pay() -> None:
    """From 12:30 to 13:30 local: half at 0.30 and half at -0.05 a kWh."""
    book = TariffBook.of(dynamic())
    assert book.price_sources == {SPOT}
    span = Span(at("06-01 10:30"), at("06-01 11:30"))
    segments = BookTimeline(book, BERLIN, HISTORY).segments(span)
    parts = [((x.end - x.start) / span.length, x.price) for x in segments]
    assert parts == [(0.5, Decimal("0.30")), (0.5, Decimal("-0.05"))]


def test_new_prices_change_nothing_but_prices() -> None:
    book = TariffBook.of(dynamic("0.25"))
    span = Span(at("06-01 10:30"), at("06-01 21:00"))
    before = BookTimeline(book, BERLIN)
    assert {s.price for s in before.segments(span)} == {
        Decimal("0.25"),
        Decimal("0.15"),
    }
    after = before.with_prices(HISTORY)
    fresh = BookTimeline(book, BERLIN, HISTORY)
    assert list(after.segments(span)) == list(fresh.segments(span))
    assert {s.price for s in before.segments(span)} == {
        Decimal("0.25"),
        Decimal("0.15"),
    }


def test_a_price_that_is_said_again_changes_nothing() -> None:
    said_twice = HISTORY.merged(SPOT, [SourcePrice(at("06-01 10:00"), Decimal("0.3"))])
    assert said_twice.last(SPOT) == HISTORY.last(SPOT)


def test_a_price_holds_a_day() -> None:
    assert timedelta(days=1) == HOLD
