"""Amounts between any instants, each read from the coarsest rows that tell it exactly.

Cost rules cut days at their minutes. Of such a cut only the hour that holds it is read
from samples; whole hours, days and months come from the rollups. Where retention has
deleted the samples, what an hour has counted is taken to have flowed evenly (Q23).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Table, select

from ..quantities import Fluid
from .dialects import plain_rows, within
from .grid import day_edges, hour_edges, hour_span, month_edges, to_epoch
from .meta import kept_from
from .queries import Amounts, cells_of, from_samples, read_all, sum_up
from .rollup import month_over_until, over_until
from .spread import shares
from .tables import DAILY, FLUID_CODES, FLUID_COLUMNS, HOUR_S, HOURLY, MONTHLY

_DAY_S: Final = 24 * HOUR_S
_LENGTHS: Final = {HOURLY: HOUR_S, DAILY: _DAY_S, MONTHLY: 30 * _DAY_S}


@dataclass(frozen=True, slots=True)
class Task:
    """Rows of one rollup that lie in one piece."""

    table: Table
    start: int
    end: int
    piece: int


def amounts_in_pieces(
    connection: Connection,
    zone: ZoneInfo,
    fluid: Fluid,
    edges: Sequence[datetime],
    device_ids: Collection[int] | None = None,
) -> Amounts:
    """Amounts of all devices or some between rising instants.

    Amounts of adjoining pieces add up to those of the whole.
    """
    seconds = [to_epoch(edge) for edge in edges]
    ids = None if device_ids is None else list(device_ids)
    cut = list(cut_hours(seconds, zone))
    found: Amounts = {}
    for run in runs_of(connection, zone, seconds, cut):
        _read_run(connection, fluid, run, ids, found)
    for inside, has_samples in cut_pieces(connection, fluid, seconds, cut):
        parts: Amounts = {}
        if has_samples:
            parts = from_samples(connection, fluid, inside, ids)
        else:
            from_hours(connection, zone, fluid, inside, ids, parts)
        offset = bisect_right(seconds, inside[0]) - 1
        _merge(parts, offset, found)
    return found


def runs_of(
    connection: Connection,
    zone: ZoneInfo,
    edges: Sequence[int],
    cut: Sequence[tuple[int, int]],
) -> Iterator[list[Task]]:
    """Yield whole hours, days and months outside the hours that are cut.

    Those of one table that adjoin come together.
    """
    by_table: dict[Table, list[Task]] = {}
    for task in _tasks(connection, zone, edges, cut):
        by_table.setdefault(task.table, []).append(task)
    for tasks in by_table.values():
        yield from _runs(tasks)


def cut_pieces(
    connection: Connection,
    fluid: Fluid,
    edges: Sequence[int],
    cut: Sequence[tuple[int, int]],
) -> Iterator[tuple[list[int], bool]]:
    """Yield the edges in each hour that is cut, and whether its samples are kept."""
    kept = kept_from(connection).get(FLUID_COLUMNS[fluid].table.name, edges[0])
    for start, end in cut:
        first, last = max(start, edges[0]), min(end, edges[-1])
        if first < min(kept, last):
            yield _inside(edges, first, min(kept, last)), False
        if max(kept, first) < last:
            yield _inside(edges, max(kept, first), last), True


def cut_hours(edges: Sequence[int], zone: ZoneInfo) -> Iterator[tuple[int, int]]:
    """Civil hours that hold an edge, joined where they adjoin."""
    known: tuple[int, int] | None = None
    for edge in edges:
        if known is not None and edge < known[1]:
            continue
        start, end = hour_span(edge, edge + 1, zone)
        if start == edge:
            continue
        if known is not None and known[1] == start:
            start = known[0]
        elif known is not None:
            yield known
        known = (start, end)
    if known is not None:
        yield known


def _inside(edges: Sequence[int], start: int, end: int) -> list[int]:
    low, high = bisect_right(edges, start), bisect_left(edges, end)
    return [start, *edges[low:high], end]


def _tasks(
    connection: Connection,
    zone: ZoneInfo,
    edges: Sequence[int],
    cut: Sequence[tuple[int, int]],
) -> Iterator[Task]:
    """Whole hours, days and months of every piece."""
    until = over_until(connection)
    months_until = None if until is None else month_over_until(until, zone)
    cut_ends = [hole[1] for hole in cut]
    for piece, (start, end) in enumerate(pairwise(edges)):
        at = start
        for hole_start, hole_end in cut[bisect_right(cut_ends, start) :]:
            if hole_start >= end:
                break
            if at < hole_start:
                yield from _whole(at, hole_start, piece, zone, until, months_until)
            at = hole_end
        if at < end:
            yield from _whole(at, end, piece, zone, until, months_until)


def _whole(
    start: int,
    end: int,
    piece: int,
    zone: ZoneInfo,
    until: int | None,
    months_until: int | None,
) -> Iterator[Task]:
    """Cut whole hours into months, days and what is left of either."""
    first_day = last_day = start
    if until is not None and end - start >= _DAY_S - HOUR_S:
        midnights = day_edges(start, end, zone)
        over = min(end, until)
        first_day = next((x for x in midnights if x >= start), end)
        last_day = max((x for x in midnights if x <= over), default=first_day)
    if first_day >= last_day:
        yield Task(HOURLY, start, end, piece)
        return
    if start < first_day:
        yield Task(HOURLY, start, first_day, piece)
    first_month = last_month = first_day
    if months_until is not None and last_day - first_day >= 28 * _DAY_S - HOUR_S:
        months = month_edges(first_day, last_day, zone)
        over = min(last_day, months_until)
        first_month = next((x for x in months if x >= first_day), last_day)
        last_month = max((x for x in months if x <= over), default=first_month)
    if first_month >= last_month:
        first_month = last_month = first_day
    for table, begin, upto in (
        (DAILY, first_day, first_month),
        (MONTHLY, first_month, last_month),
        (DAILY, last_month, last_day),
        (HOURLY, last_day, end),
    ):
        if begin < upto:
            yield Task(table, begin, upto, piece)


def _runs(tasks: Sequence[Task]) -> Iterator[list[Task]]:
    """Tasks that adjoin, in order of time."""
    run: list[Task] = []
    for task in tasks:
        if run and run[-1].end != task.start:
            yield run
            run = []
        run.append(task)
    if run:
        yield run


def _read_run(
    connection: Connection,
    fluid: Fluid,
    run: Sequence[Task],
    device_ids: Sequence[int] | None,
    found: Amounts,
) -> None:
    """Read few rows one by one, and let the database add up many."""
    table, offset = run[0].table, run[0].piece
    inside = [task.start for task in run] + [run[-1].end]
    rows_apiece = (inside[-1] - inside[0]) / _LENGTHS[table] / len(run)
    read = sum_up if rows_apiece > 2 else read_all
    read(connection, table, fluid, inside, device_ids, offset, found)


def from_hours(
    connection: Connection,
    zone: ZoneInfo,
    fluid: Fluid,
    edges: Sequence[int],
    device_ids: Sequence[int] | None,
    found: Amounts,
) -> None:
    """Share out hours whose samples are gone."""
    rows = HOURLY.c
    first, last = hour_span(edges[0], edges[-1], zone)
    starts = hour_edges(first, last, zone)
    ends = dict(pairwise(starts))
    query = select(
        rows.start, rows.device_id, rows.amount_milli, rows.covered_s, rows.recovered_s
    ).where(rows.fluid == FLUID_CODES[fluid], *within(rows.start, first, last))
    if device_ids is not None:
        query = query.where(rows.device_id.in_(device_ids))
    for start, device_id, *counted in plain_rows(connection, query):
        parts = [shares(value, start, ends[start], edges) for value in counted]
        for (piece, amount, _), (_, covered, _), (_, recovered, _) in zip(
            *parts, strict=True
        ):
            cells_of(found, device_id).add(piece, amount, covered, recovered)


def _merge(parts: Amounts, offset: int, found: Amounts) -> None:
    for device_id, cells in parts.items():
        for place, cell in cells.items():
            cells_of(found, device_id).add(place + offset, *cell)
