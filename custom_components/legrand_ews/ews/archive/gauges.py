"""Averages, minima and maxima of hours and days, derived from the samples.

Only hours and days that are over have rows: the hour that runs is read from its
samples, so that a row is written once. A sample counts to the hour in which it
starts. Averages are weighted by time and cut to a whole number.
"""

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    Table,
    case,
    cast,
    delete,
    func,
    insert,
    literal,
    select,
    tuple_,
)

from .dialects import Quotient, hour_of, whole, within
from .grid import Stretch, day_edges, hour_span, stretches
from .meta import kept_from, read_meta, write_meta
from .subjects import STATISTIC_PARTS, Subject
from .tables import GAUGE_SUBJECTS, GAUGES_DAILY, GAUGES_HOURLY, TABLE_OF_SUBJECT

_UNTIL: Final = "gauges_until"


def over_until(connection: Connection) -> int | None:
    """Up to here hours are over and have their rows; None before the first sample."""
    value = read_meta(connection, _UNTIL)
    return None if value is None else int(value)


def day_over_until(until: int, zone: ZoneInfo) -> int:
    """Up to here days are over and have their rows."""
    return day_edges(until, until + 1, zone)[0]


def refresh(connection: Connection, zone: ZoneInfo, first: int, last: int) -> None:
    """Derive what samples from ``first`` to ``last`` touch, and what is over now."""
    start, end = hour_span(first, last, zone)
    known = over_until(connection)
    until = max(start if known is None else known, _hour_of(last, zone))
    touched = (start, min(end, until))
    newly_over = (until if known is None else known, until)
    if touched[0] <= newly_over[1] and newly_over[0] <= touched[1]:
        spans = [(min(touched[0], newly_over[0]), max(touched[1], newly_over[1]))]
    else:
        spans = [touched, newly_over]
    for span in spans:
        if span[0] < span[1]:
            _derive_hours(connection, zone, *span)
            _derive_days(connection, zone, *span, until)
    if until != known:
        write_meta(connection, _UNTIL, str(until))


def finish(connection: Connection, zone: ZoneInfo, until: int) -> None:
    """Derive what is over by ``until``, also where no sample has followed."""
    known = over_until(connection)
    if known is not None and known < until:
        _derive_hours(connection, zone, known, until)
        _derive_days(connection, zone, known, until, until)
        write_meta(connection, _UNTIL, str(until))


def rebuild(
    connection: Connection, zone: ZoneInfo, report: Callable[[float], None]
) -> None:
    """Derive everything anew, as far back as there are samples.

    ``report`` is told the share that is done, from 0 to 1, after each day.
    """
    kept = kept_from(connection)
    bounds: list[tuple[int, int]] = []
    for subject in GAUGE_SUBJECTS:
        of = TABLE_OF_SUBJECT[subject.table].c
        extremes = select(func.min(of.start), func.max(of.start + of.length))
        first, last = connection.execute(extremes).one()
        if first is not None:
            bounds.append((first, last))
        hours, days = GAUGES_HOURLY[subject.table], GAUGES_DAILY[subject.table]
        limit = kept.get(subject.table, 0)
        connection.execute(delete(hours).where(hours.c.start >= limit))
        connection.execute(delete(days))
    known = over_until(connection)
    if bounds:
        first, last = min(b[0] for b in bounds), max(b[1] for b in bounds)
        start, until = hour_span(first, last, zone)[0], _hour_of(last, zone)
        known = max(until, until if known is None else _hour_of(known, zone))
        if start < known:
            _derive_hours(connection, zone, start, known, report)
        write_meta(connection, _UNTIL, str(known))
    if known is None:
        return
    oldest = [
        connection.scalar(select(func.min(table.c.start)))
        for table in GAUGES_HOURLY.values()
    ]
    if begun := [start for start in oldest if start is not None]:
        _derive_days(connection, zone, min(begun), known, known)


def _hour_of(instant: int, zone: ZoneInfo) -> int:
    return hour_span(instant, instant + 1, zone)[0]


def _derive_hours(
    connection: Connection,
    zone: ZoneInfo,
    start: int,
    end: int,
    report: Callable[[float], None] = lambda _: None,
) -> None:
    kept = kept_from(connection)
    days = day_edges(start, end, zone)
    # A day at a time: the database sorts what it groups.
    for piece_start, piece_end in pairwise([start, *days[1:-1], end]):
        for stretch in stretches(piece_start, piece_end, zone):
            for subject in GAUGE_SUBJECTS:
                _sum_hours(connection, subject, stretch, kept.get(subject.table, 0))
        report((piece_end - start) / (end - start))


def _sum_hours(
    connection: Connection, subject: Subject, stretch: Stretch, kept: int
) -> None:
    source, target = TABLE_OF_SUBJECT[subject.table], GAUGES_HOURLY[subject.table]
    rows = source.c
    hour = hour_of(rows.start, stretch)
    span = within(rows.start, stretch.start, stretch.end)
    gone = delete(target).where(*within(target.c.start, stretch.start, stretch.end))
    if stretch.start < kept:
        # Hours whose samples were deleted stay, unless there are others for them.
        replaced = select(hour, rows.device_id).where(*span)
        gone = gone.where(tuple_(target.c.start, target.c.device_id).in_(replaced))
    connection.execute(gone)
    summed = (
        select(
            hour.label("hour"),
            rows.device_id,
            func.sum(rows.length),
            *_combined(source, subject, rows.length),
        )
        .where(*span)
        .group_by("hour", rows.device_id)
    )
    connection.execute(insert(target).from_select(list(target.c.keys()), summed))


def _derive_days(
    connection: Connection, zone: ZoneInfo, start: int, end: int, until: int
) -> None:
    over = day_over_until(until, zone)
    for midnight, next_midnight in pairwise(day_edges(start, end, zone)):
        if next_midnight > over:
            return
        for subject in GAUGE_SUBJECTS:
            _sum_day(connection, subject, midnight, next_midnight)


def _sum_day(connection: Connection, subject: Subject, start: int, end: int) -> None:
    source, target = GAUGES_HOURLY[subject.table], GAUGES_DAILY[subject.table]
    rows = source.c
    connection.execute(delete(target).where(*within(target.c.start, start, end)))
    summed = (
        select(
            cast(literal(start), BigInteger),
            rows.device_id,
            func.sum(rows.covered_s),
            *_combined(source, subject, rows.covered_s),
        )
        .where(*within(rows.start, start, end))
        .group_by(rows.device_id)
    )
    connection.execute(insert(target).from_select(list(target.c.keys()), summed))


def _combined(
    table: Table, subject: Subject, weight: Column[int]
) -> Iterator[ColumnElement[int]]:
    """Average, distance of the minimum and of the maximum of each quantity."""
    for quantity in subject.quantities:
        average, below, above = (table.c[f"{quantity}_{p}"] for p in STATISTIC_PARTS)
        seconds = whole(func.sum(case((average.is_not(None), weight))))
        mean = Quotient(whole(func.sum(average * weight)), seconds)
        yield mean
        yield mean - func.min(average - below)
        yield func.max(average + above) - mean
