"""Costs computed again: what a change of prices or rules makes, and days shared out.

A cost is a function of what was measured and of the books, so nothing has to be
rewritten when a price changes. What takes time is to share out days anew after rules
have changed; until that is done, answers are as right, and only slower.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from functools import partial
from itertools import groupby
from typing import Final, Self

from ..archive import Archive
from ..consumption.answer import as_number
from ..quantities import Fluid
from ..timegrid import Span, local_day, local_midnight
from .bill_lines import EXACT
from .books import Books, Metered
from .course import DayCourse, Timeline, days_of, pieces_of
from .ledger import Booked, shared_out
from .money import Cost, money, money_text
from .peaks import due_peaks
from .whole_site import WholeSite

_ONE_DAY: Final = timedelta(days=1)
_DAYS_AT_ONCE: Final = 16
_PIECES_AT_ONCE: Final = 400
_PLAIN_DAYS: Final = 7
"""So many days in a row under one tariff are read from the rollups as they are."""

type Used = Mapping[int, Sequence[Booked]]
"""What a site used under each tariff."""

type Report = Callable[[float], None]
"""Is told the share that is done; what it raises ends the work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CostDifference:
    """How the costs of the whole site would change; no energy is ever moved.

    ``extras`` is by how much more is paid for all that is beside the energy.
    """

    fluid: Fluid
    span: Span | None
    energy_milli: int
    before: Cost
    after: Cost
    extras: Decimal = Decimal(0)

    @classmethod
    def none(cls, fluid: Fluid) -> Self:
        """Return that of a fluid that was never recorded."""
        return cls(fluid=fluid, span=None, energy_milli=0, before=0, after=0)

    @property
    def cost(self) -> Cost:
        """What it would cost more, in 10⁻¹⁸ of the currency."""
        return self.after - self.before

    @property
    def total(self) -> Decimal:
        """What it would cost more in all, in the currency."""
        return EXACT.add(money(self.cost), self.extras)

    def as_dict(self) -> dict[str, object]:
        """The ``difference`` of an answer."""
        answer: dict[str, object] = {
            "energy": as_number(self.energy_milli),
            "cost": money_text(self.total),
        }
        if self.extras:
            answer["extras"] = money_text(self.extras)
        return answer


def recorded_days(fluid: Fluid, metered: Metered) -> Span | None:
    """The civil days in which a fluid was ever recorded; None for none."""
    extents = [x for x in metered.archive.totals() if x.fluid is fluid]
    if not extents:
        return None
    first = local_day(min(x.first_start for x in extents), metered.zone)
    last = local_day(max(x.last_end for x in extents), metered.zone)
    return Span(
        local_midnight(first, metered.zone),
        local_midnight(last + _ONE_DAY, metered.zone),
    )


def difference(
    fluid: Fluid,
    before: Timeline,
    after: Timeline,
    metered: Metered,
    span: Span,
) -> CostDifference:
    """Compare what the energy of a span costs by two books; raises ArchiveError."""
    site, edges = WholeSite(fluid, metered), (span.start, span.end)
    return _compared(
        fluid, span, *(site.by_tariff(edges, timeline) for timeline in (before, after))
    )


def recompute(
    fluid: Fluid, books: Books, metered: Metered, span: Span, *, dry_run: bool
) -> CostDifference:
    """Share out the days of a span from hours and samples, whatever was kept of them.

    Returns what that changes: nothing, unless the kept days were damaged. Raises
    ArchiveError.
    """
    timeline = books.timeline(fluid)
    site, edges = WholeSite(fluid, metered), (span.start, span.end)
    found = _compared(
        fluid,
        span,
        *(site.by_tariff(edges, timeline, uses_kept=kept) for kept in (True, False)),
    )
    if not dry_run:
        known = recorded_days(fluid, metered)
        courses = [] if known is None else _courses(timeline, known, metered)
        due = [
            x for x in courses if x.span.start < span.end and span.start < x.span.end
        ]
        for chunk in _chunks(due):
            _share_out(metered.archive, fluid, chunk)
    return found


def catch_up(books: Books, metered: Metered, report: Report) -> int:
    """Share out every day that is over and not kept by the books, and find its peak.

    In pieces of some days, each in a transaction of its own. Returns the number of
    days that are kept now; raises ArchiveError and what ``report`` raises.
    """
    work: list[Callable[[], int]] = []
    for fluid in books.settings.books:
        span = recorded_days(fluid, metered)
        if span is None:
            continue
        marks = metered.archive.tariff_day_marks(fluid, span)
        due = [
            course
            for course in _courses(books.timeline(fluid), span, metered)
            if marks.get(course.span.start) != course.fingerprint
        ]
        work += (
            partial(_share_out, metered.archive, fluid, chunk) for chunk in _chunks(due)
        )
    work += due_peaks(books, metered)
    count = 0
    for number, step in enumerate(work):
        report(number / len(work))
        count += step()
    report(1.0)
    return count


def _compared(fluid: Fluid, span: Span, before: Used, after: Used) -> CostDifference:
    totals: list[Booked] = []
    for used in (before, after):
        total = Booked()
        for booked in (one for row in used.values() for one in row):
            total.amount_milli += booked.amount_milli
            total.cost += booked.cost
        totals.append(total)
    return CostDifference(
        fluid=fluid,
        span=span,
        energy_milli=int(totals[1].amount_milli - totals[0].amount_milli),
        before=totals[0].cost,
        after=totals[1].cost,
    )


def _courses(timeline: Timeline, span: Span, metered: Metered) -> list[DayCourse]:
    """Days that are over, without long runs under one tariff at one price."""
    over = metered.archive.over_until()
    if over is None:
        return []
    whole = Span(span.start, min(span.end, over))
    if whole.start >= whole.end:
        return []
    days = days_of(list(pieces_of(timeline, whole)), whole, metered.zone)
    kept: list[DayCourse] = []
    for is_plain, run in groupby(days, key=_plain_tariff):
        known = list(run)
        if is_plain is None or len(known) < _PLAIN_DAYS:
            kept += known
    return kept


def _plain_tariff(day: DayCourse) -> int | None:
    return day.pieces[0].tariff_id if len(day.pieces) == 1 else None


def _chunks(courses: Sequence[DayCourse]) -> Iterator[tuple[DayCourse, ...]]:
    """Some days that adjoin, and not too many pieces of them."""
    chunk: list[DayCourse] = []
    pieces = 0
    for course in courses:
        is_full = len(chunk) == _DAYS_AT_ONCE or pieces >= _PIECES_AT_ONCE
        if chunk and (is_full or chunk[-1].span.end != course.span.start):
            yield tuple(chunk)
            chunk, pieces = [], 0
        chunk.append(course)
        pieces += len(course.pieces)
    if chunk:
        yield tuple(chunk)


def _share_out(archive: Archive, fluid: Fluid, courses: Sequence[DayCourse]) -> int:
    """Keep some days; where the past changed meanwhile they are left for later."""
    revision = archive.past_revision()
    days = list(shared_out(archive, fluid, courses))
    return len(days) if archive.write_tariff_days(fluid, days, revision) else 0
