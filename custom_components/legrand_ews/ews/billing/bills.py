"""Bills of a site: as they are now, as they were billed, and what is frozen."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
import json
from typing import Final, cast
from zoneinfo import ZoneInfo

from ..archive import StoredBill
from ..consumption import ConsumptionQuery, answer_query
from ..consumption.answer import instant_text
from ..errors import ConfigurationError
from ..quantities import Fluid
from ..tariffs.book import FrozenPeriod, TariffBook
from ..tariffs.currency import plain
from ..tariffs.settings import PRICED_FLUIDS
from ..timegrid import Bucket, Period, Span, local_day, local_midnight
from .bill import Bill, bill_of
from .bill_answer import CONTENT_KEYS, Content, content_of, is_same, plain_shown
from .bill_lines import EXACT
from .bill_query import BillQuery, Days
from .books import Books, Metered
from .peaks import Peaks
from .site_use import SiteUse

_ONE_DAY: Final = timedelta(days=1)
_REVENUE: Final = frozenset({Fluid.ELECTRICITY_EXPORT})
"""What is fed in is paid to the site."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FluidBill:
    """The bill of one fluid; ``now`` is what would be billed where it was frozen.

    ``content`` is the bill as it is shown: as billed, where it was.
    """

    fluid: Fluid
    days: Days
    span: Span
    is_running: bool
    content: Content
    now: Content
    stored: StoredBill | None = None

    @property
    def differs(self) -> bool:
        """Whether a frozen bill would come to something else now."""
        return self.stored is not None and not is_same(self.content, self.now)

    @property
    def status(self) -> str:
        """How far a bill is: running, open or frozen."""
        if self.stored is not None:
            return "frozen"
        return "running" if self.is_running else "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bills:
    """The bills of one request, and the frozen periods that they touch."""

    currency: str
    bills: tuple[FluidBill, ...]
    frozen: tuple[tuple[Fluid, FrozenPeriod], ...] = field(default=())

    def as_dict(self, metered: Metered) -> dict[str, object]:
        """JSON of ``get_bill``."""
        zone = metered.zone
        answer: dict[str, object] = {"currency": self.currency}
        if self.bills:
            first = min(bill.days.first for bill in self.bills)
            last = max(bill.days.last for bill in self.bills)
            whole = Days(first=first, last=last).span(zone)
            answer |= {
                "first_day": first.isoformat(),
                "last_day": last.isoformat(),
                "start": instant_text(whole.start, zone),
                "end": instant_text(whole.end, zone),
            }
        total = self._total()
        return answer | {
            "total": plain(total),
            "total_rounded": plain_shown(total, self.currency),
            "bills": [_bill(bill, metered) for bill in self.bills],
            "frozen": frozen_rows(self.frozen),
        }

    def _total(self) -> Decimal:
        total = Decimal(0)
        for bill in self.bills:
            amount = Decimal(str(bill.content["total"]))
            add = EXACT.subtract if bill.fluid in _REVENUE else EXACT.add
            total = add(total, amount)
        return total


def frozen_rows(
    periods: Sequence[tuple[Fluid, FrozenPeriod]],
) -> list[dict[str, str]]:
    """Return frozen periods as the interface writes them."""
    return [
        {
            "fluid": fluid.value,
            "first_day": period.first_day.isoformat(),
            "last_day": period.last_day.isoformat(),
        }
        for fluid, period in periods
    ]


def answer_bills(
    query: BillQuery,
    *,
    books: Books,
    metered: Metered,
    now: datetime,
    peaks: Peaks | None = None,
) -> Bills:
    """Answer ``get_bill`` at the instant ``now``.

    A period that is not over is billed up to the end of the running day. Raises
    ArchiveError.
    """
    today = local_day(now, metered.zone)
    stored = metered.archive.bills()
    bills: list[FluidBill] = []
    frozen: list[tuple[Fluid, FrozenPeriod]] = []
    for fluid in _fluids(query, books):
        book = books.book(fluid)
        days = query.days_of(book, today)
        bill = site_bill(
            fluid,
            days.span(metered.zone),
            books=books,
            metered=metered,
            now=now,
            peaks=peaks,
        )
        bills.append(_fluid_bill(bill, days, stored, books, metered, now))
        frozen += (
            (fluid, period)
            for period in book.frozen
            if days.touches(period.first_day, period.last_day)
        )
    return Bills(currency=books.currency, bills=tuple(bills), frozen=tuple(frozen))


def freeze_bills(
    query: BillQuery,
    *,
    books: Books,
    metered: Metered,
    now: datetime,
    peaks: Peaks | None = None,
) -> Mapping[Fluid, FrozenPeriod]:
    """Keep bills as they are now; returns the days that are frozen with them.

    Bills that are frozen already stay as they are. Raises ConfigurationError
    ``bill_running``, ``bill_overlaps`` or ``bill_without_tariffs``, and then nothing
    is kept; ArchiveError.
    """
    answer = answer_bills(query, books=books, metered=metered, now=now, peaks=peaks)
    if not answer.bills:
        raise ConfigurationError("bill_without_tariffs", field="fluid")
    fresh = [bill for bill in answer.bills if bill.stored is None]
    # A bill that was frozen a moment ago is in the archive, and in no book as yet.
    kept = [(x.fluid, x.first_day, x.last_day) for x in metered.archive.bills()]
    for bill in fresh:
        own = (Days(first=x, last=y) for fluid, x, y in kept if fluid is bill.fluid)
        frozen = {*books.book(bill.fluid).frozen, *map(_period, own)}
        _check_freezable(bill, sorted(frozen, key=lambda x: x.first_day))
    metered.archive.keep_bills(
        StoredBill(
            fluid=bill.fluid,
            first_day=bill.days.first,
            last_day=bill.days.last,
            frozen_at=now,
            content=json.dumps(dict(bill.content), ensure_ascii=False),
        )
        for bill in fresh
    )
    return {bill.fluid: _period(bill.days) for bill in answer.bills}


def unfreeze_bills(
    query: BillQuery, *, books: Books, metered: Metered, now: datetime
) -> Mapping[Fluid, FrozenPeriod]:
    """Forget frozen bills; returns the days that are open again.

    Raises ConfigurationError ``bill_not_frozen`` where none of these days is there.
    """
    today = local_day(now, metered.zone)
    kept = {(x.fluid, x.first_day, x.last_day) for x in metered.archive.bills()}
    found: dict[Fluid, FrozenPeriod] = {}
    for fluid in _fluids(query, books):
        book = books.book(fluid)
        days = query.days_of(book, today)
        is_kept = (fluid, days.first, days.last) in kept
        if is_kept or _period(days) in book.frozen:
            found[fluid] = _period(days)
    if not found:
        raise ConfigurationError("bill_not_frozen", field="date")
    for fluid, period in found.items():
        metered.archive.drop_bill(fluid, period.first_day, period.last_day)
    return found


def site_bill(
    fluid: Fluid,
    span: Span,
    *,
    books: Books,
    metered: Metered,
    now: datetime,
    peaks: Peaks | None = None,
) -> Bill:
    """Bill a span (UTC), which need not begin or end at midnight; raises ArchiveError.

    Nothing is billed before the day of the first sample, nor for days to come: the
    running day counts whole.
    """
    zone, book = metered.zone, books.book(fluid)
    use = SiteUse(fluid, books, metered)
    recorded = use.recorded
    tomorrow = local_midnight(local_day(now, zone) + _ONE_DAY, zone)
    end = min(span.end, tomorrow)
    if recorded is None:
        return bill_of(book, span, (), {}, zone)
    begun = local_midnight(local_day(recorded.start, zone), zone)
    start = max(span.start, begun)
    if start >= end:
        return bill_of(book, span, (), {}, zone)
    asked = Span(start, end)
    before = max(_tiers_begin(book, start, zone), begun)
    pieces = use.pieces(Span(before, start)) if before < start else []
    pieces += use.pieces(asked)
    found = dict((peaks or Peaks()).of_months(book, asked, use, metered))
    return bill_of(book, asked, pieces, found, zone)


def _fluid_bill(
    bill: Bill,
    days: Days,
    stored: Sequence[StoredBill],
    books: Books,
    metered: Metered,
    now: datetime,
) -> FluidBill:
    fluid, span = bill.fluid, days.span(metered.zone)
    content = content_of(
        bill,
        books.book(fluid).tariffs,
        books.currency,
        metered.zone,
        is_complete=_is_complete(fluid, span, metered, now),
    )
    kept = next(
        (
            x
            for x in stored
            if (x.fluid, x.first_day, x.last_day) == (fluid, days.first, days.last)
        ),
        None,
    )
    shown = content
    if kept is not None:
        shown = cast("dict[str, object]", json.loads(kept.content))
    return FluidBill(
        fluid=fluid,
        days=days,
        span=span,
        is_running=now < span.end,
        content=shown,
        now=content,
        stored=kept,
    )


def _tiers_begin(book: TariffBook, start: datetime, zone: ZoneInfo) -> datetime:
    """From when on amounts must be known so that tiers can be told from ``start`` on."""
    first = local_day(start, zone)
    months = [
        version.plan.extras.month_of(first)[0]
        for version in book.versions
        if version.plan.extras.tiers
    ]
    return local_midnight(min(months), zone) if months else start


def _fluids(query: BillQuery, books: Books) -> list[Fluid]:
    if query.fluids is not None:
        return list(query.fluids)
    return [
        fluid
        for fluid in PRICED_FLUIDS
        if books.book(fluid).tariffs or books.has_extras(fluid)
    ]


def _check_freezable(bill: FluidBill, frozen: Iterable[FrozenPeriod]) -> None:
    if bill.is_running:
        raise ConfigurationError(
            "bill_running", field="date", day=bill.days.last.isoformat()
        )
    for period in frozen:
        if period != _period(bill.days) and bill.days.touches(
            period.first_day, period.last_day
        ):
            raise ConfigurationError(
                "bill_overlaps",
                field="start",
                first=period.first_day.isoformat(),
                last=period.last_day.isoformat(),
            )


def _period(days: Days) -> FrozenPeriod:
    return FrozenPeriod(first_day=days.first, last_day=days.last)


def _is_complete(fluid: Fluid, span: Span, metered: Metered, now: datetime) -> bool:
    consumption = answer_query(
        ConsumptionQuery(
            fluid=fluid, period=Period.CUSTOM, span=span, bucket=Bucket.MONTH
        ),
        installation=metered.installation,
        directory=metered.directory,
        source=metered.archive,
        now=now,
    )
    return consumption.asked.is_complete


def _bill(bill: FluidBill, metered: Metered) -> dict[str, object]:
    zone = metered.zone
    frozen = None
    if bill.stored is not None:
        frozen = {
            "frozen_at": instant_text(bill.stored.frozen_at, zone),
            "first_day": bill.days.first.isoformat(),
            "last_day": bill.days.last.isoformat(),
        }
    answer = {
        "fluid": bill.fluid.value,
        "unit": "m³" if bill.fluid in (Fluid.GAS, Fluid.WATER) else "kWh",
        "first_day": bill.days.first.isoformat(),
        "last_day": bill.days.last.isoformat(),
        "start": instant_text(bill.span.start, zone),
        "end": instant_text(bill.span.end, zone),
        "status": bill.status,
        "revenue": bill.fluid in _REVENUE,
        **bill.content,
        "frozen": frozen,
        "differs": bill.differs,
    }
    if bill.differs:
        answer["as_billed"] = {key: bill.content[key] for key in CONTENT_KEYS}
        answer["now"] = {key: bill.now[key] for key in CONTENT_KEYS}
    return answer
