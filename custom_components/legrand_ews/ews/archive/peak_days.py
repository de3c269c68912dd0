"""The highest interval of days that are over: found once, and kept with a mark.

Derived like the rollups: whatever changes the amounts of a day takes its row away, and
devices that count otherwise have another fingerprint. What was found outlives the
samples in which it was found.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, select

from ..quantities import Fluid
from ..timegrid import Span
from .billing_tables import PEAK_DAYS
from .dialects import plain_rows, replace, within
from .grid import from_epoch, to_epoch
from .tables import FLUID_CODES

_SECOND: Final = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class PeakAmount:
    """An interval (UTC), and what was counted in it in thousandths of Wh or dm³."""

    span: Span
    amount_milli: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PeakDay:
    """A civil day that begins at ``start`` (UTC), and its highest interval.

    The fingerprint is a whole number of at most 63 bits; None is a day in which
    nothing was counted.
    """

    start: datetime
    fingerprint: int
    peak: PeakAmount | None


def read_peaks(
    connection: Connection, fluid: Fluid, length: timedelta, start: int, end: int
) -> Iterator[PeakDay]:
    """Days of a span that were cut into intervals of ``length``, in order."""
    of = PEAK_DAYS.c
    query = (
        select(of.start, of.fingerprint, of.peak_start, of.peak_length, of.amount_milli)
        .where(
            of.fluid == FLUID_CODES[fluid],
            of.length == length // _SECOND,
            *within(of.start, start, end),
        )
        .order_by(of.start)
    )
    for day, fingerprint, first, seconds, amount in plain_rows(connection, query):
        peak = None
        if first is not None:
            span = Span(from_epoch(first), from_epoch(first + seconds))
            peak = PeakAmount(span, amount)
        yield PeakDay(start=from_epoch(day), fingerprint=fingerprint, peak=peak)


def write_peaks(
    connection: Connection, fluid: Fluid, length: timedelta, days: Iterable[PeakDay]
) -> None:
    """Store the peaks of days, in place of what was known of them."""
    rows = [
        {
            "start": to_epoch(day.start),
            "fluid": FLUID_CODES[fluid],
            "length": length // _SECOND,
            "fingerprint": day.fingerprint,
            "peak_start": day.peak and to_epoch(day.peak.span.start),
            "peak_length": day.peak and day.peak.span.length // _SECOND,
            "amount_milli": day.peak and day.peak.amount_milli,
        }
        for day in days
    ]
    replace(connection, PEAK_DAYS, rows)
