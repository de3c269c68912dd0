"""Which hours of the archive are to be written: whole hours of UTC, a month at a time."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from ..ews.archive import FluidTotal
from ..ews.consumption import hour_floor
from ..ews.quantities import FLUID_COUNTERS, Fluid
from ..ews.timegrid import HOUR, Span

CHUNK: Final = timedelta(days=31)
"""So much is held in memory at a time."""


def widest(totals: Iterable[FluidTotal]) -> list[FluidTotal]:
    """One total a device and fluid, over all the time of those that there are."""
    found: dict[tuple[int, Fluid], FluidTotal] = {}
    for total in totals:
        key = total.device_id, total.fluid
        other = found.get(key, total)
        found[key] = replace(
            other,
            first_start=min(other.first_start, total.first_start),
            last_end=max(other.last_end, total.last_end),
        )
    return list(found.values())


def spans_of(
    recorded: Sequence[FluidTotal],
    start: datetime | None,
    end: datetime | None,
    now: datetime,
) -> Iterator[tuple[Fluid, Span]]:
    """The whole hours of each fluid that the archive knows and that are wanted."""
    for fluid in FLUID_COUNTERS:
        known = [total for total in recorded if total.fluid is fluid]
        if not known:
            continue
        first = min(total.first_start for total in known)
        last = min(now, max(total.last_end for total in known))
        span = wanted_hours(Span(first, last), start, end)
        if span.start < span.end:
            yield fluid, span


def wanted_hours(known: Span, start: datetime | None, end: datetime | None) -> Span:
    """The whole hours of what is known that are wanted; none where it ends first."""
    first, last = hour_floor(known.start), hour_floor(known.end)
    if start is not None:
        first = max(first, hour_floor(start))
    if end is not None:
        last = min(last, hour_floor(end + HOUR - timedelta.resolution))
    return Span(first, last)


def chunks(span: Span) -> Iterator[Span]:
    """Cut a span into pieces of a month."""
    start = span.start
    while start < span.end:
        end = min(start + CHUNK, span.end)
        yield Span(start, end)
        start = end
