"""The tariffs of a fluid as plain data: what pages and other programs show of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

from ..quantities import Fluid
from ..timegrid import Span, local_day
from .book import BookTimeline, TariffBook
from .codec import WEEKDAYS, encode_plan, minute_text
from .currency import minor_units, plain
from .outlook import HORIZON, joined, outlook
from .price_history import NO_PRICES, PriceHistory
from .review import Review, late_tariffs, review
from .settings import encode_book
from .timeline import Segment

ELECTRIC: Final = frozenset({Fluid.ELECTRICITY, Fluid.ELECTRICITY_EXPORT})
LONGEST_CALENDAR: Final = HORIZON
"""A longer span is refused: a page shows a year."""
_DISAGREEMENTS_SHOWN: Final = 20

type Json = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class TariffView:
    """What is looked at: the book, when, and the span of the calendar if any."""

    book: TariffBook
    currency: str
    zone: ZoneInfo
    now: datetime
    span: Span | None = None
    prices: PriceHistory = NO_PRICES


def priced_unit(fluid: Fluid) -> str:
    """Return the unit that a price is for."""
    return "kWh" if fluid in ELECTRIC else "m³"


def price_unit(fluid: Fluid, currency: str) -> str:
    """Return the unit of a price (S106)."""
    return f"{currency}/{priced_unit(fluid)}"


def describe(view: TariffView) -> Json:
    """Answer ``get_tariffs``, but for problems and gas; instants are local."""
    book, zone = view.book, view.zone
    timeline = BookTimeline(book, zone, view.prices)
    ahead = outlook(timeline, view.now)
    segments: Iterable[Segment] = ()
    if view.span is not None:
        segments = joined(timeline.segments(view.span))
    plan = encode_plan(book.current)
    following = ahead.following
    active = _segment(ahead.active, zone)
    if following is None:
        active["end"] = None
    return {
        **plan,
        "fluid": book.fluid.value,
        "currency": view.currency,
        "minor_units": minor_units(view.currency),
        "price_unit": price_unit(book.fluid, view.currency),
        **encode_book(book),
        "all_tariffs": _all_tariffs(book),
        **review_data(review(book.current, local_day(view.now, zone), zone), zone),
        "before_first_price": [
            {"tariff": tariff.id, "from": day.isoformat()}
            for tariff, day in late_tariffs(book.current)
        ],
        "active": active,
        "next": None if following is None else _change(following, zone),
        "calendar": [_segment(segment, zone) for segment in segments],
    }


def review_data(found: Review, zone: ZoneInfo) -> Json:
    """Return gaps and rules that never win as the interface writes them."""
    return {
        "gaps": [
            {
                "weekday": WEEKDAYS[gap.weekday],
                "from": minute_text(gap.first_minute),
                "to": minute_text(gap.last_minute),
                "first_day": gap.first_day.isoformat(),
                "days": gap.days,
            }
            for gap in found.gaps
        ],
        "unreachable": [one.rule for one in found.unreachable],
        "hidden_by": {str(x.rule): list(x.hidden_by) for x in found.unreachable},
        "disagreements": [
            {"start": _local(span.start, zone), "end": _local(span.end, zone)}
            for span in found.disagreements[:_DISAGREEMENTS_SHOWN]
        ],
    }


def _all_tariffs(book: TariffBook) -> object:
    """Every tariff that was ever in the book, as plans write them."""
    found: dict[int, object] = {}
    for version in book.versions:
        rows = encode_plan(version.plan)["tariffs"]
        if isinstance(rows, list):
            found |= {row["id"]: row for row in rows}
    return [found[number] for number in sorted(found)]


def _segment(segment: Segment, zone: ZoneInfo) -> Json:
    return {
        "start": _local(segment.start, zone),
        "end": _local(segment.end, zone),
        **_what(segment.rule, segment.tariff_id, segment.price),
    }


def _change(segment: Segment, zone: ZoneInfo) -> Json:
    at = _local(segment.start, zone)
    return {"at": at, **_what(segment.rule, segment.tariff_id, segment.price)}


def _what(rule: int | None, tariff: int | None, price: Decimal) -> Json:
    return {"rule": rule, "tariff": tariff, "price": plain(price)}


def _local(instant: datetime, zone: ZoneInfo) -> str:
    return instant.astimezone(zone).isoformat()
