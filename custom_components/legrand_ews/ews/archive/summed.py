"""The same amounts of many devices together, added up by the database.

What a whole site uses is asked for years at the minutes at which rules change: to hand
over every meter's share of every piece takes ten times as long as to add them up.
"""

from bisect import bisect_right
from collections.abc import Collection, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, func, select

from ..quantities import Fluid
from .dialects import plain_rows, whole, within
from .grid import to_epoch
from .pieces import Task, cut_hours, cut_pieces, from_hours, runs_of
from .queries import Amounts
from .spread import shares
from .tables import FLUID_CODES, FLUID_COLUMNS, HOUR_S

type Sums = dict[int, int]
"""Amounts in thousandths by number of the piece; what is not there is unknown."""


def summed_in_pieces(
    connection: Connection,
    zone: ZoneInfo,
    fluid: Fluid,
    edges: Sequence[datetime],
    device_ids: Collection[int] | None = None,
) -> Sums:
    """Add up what `amounts_in_pieces` says of all devices or some."""
    seconds = [to_epoch(edge) for edge in edges]
    ids = None if device_ids is None else list(device_ids)
    cut = list(cut_hours(seconds, zone))
    found: Sums = {}
    for run in runs_of(connection, zone, seconds, cut):
        _add_run(connection, fluid, run, ids, found)
    for inside, has_samples in cut_pieces(connection, fluid, seconds, cut):
        offset = bisect_right(seconds, inside[0]) - 1
        if has_samples:
            _add_samples(connection, fluid, inside, ids, offset, found)
            continue
        parts: Amounts = {}
        from_hours(connection, zone, fluid, inside, ids, parts)
        for cells in parts.values():
            for place, cell in cells.items():
                _add(found, place + offset, cell.amount_milli)
    return found


def _add_run(
    connection: Connection,
    fluid: Fluid,
    run: Sequence[Task],
    device_ids: Sequence[int] | None,
    found: Sums,
) -> None:
    rows = run[0].table.c
    query = select(rows.start, whole(func.sum(rows.amount_milli))).where(
        rows.fluid == FLUID_CODES[fluid], *within(rows.start, run[0].start, run[-1].end)
    )
    if device_ids is not None:
        query = query.where(rows.device_id.in_(device_ids))
    starts = [task.start for task in run]
    for start, amount in plain_rows(connection, query.group_by(rows.start)):
        _add(found, run[bisect_right(starts, start) - 1].piece, amount)


def _add_samples(
    connection: Connection,
    fluid: Fluid,
    edges: Sequence[int],
    device_ids: Sequence[int] | None,
    offset: int,
    found: Sums,
) -> None:
    """Add up samples that lie in one piece, and share out those that do not."""
    column = FLUID_COLUMNS[fluid]
    rows = column.table.c
    first, last = edges[0], edges[-1]
    together = select(rows.start, rows.length, whole(func.sum(column))).where(
        column.is_not(None)
    )
    if device_ids is not None:
        together = together.where(rows.device_id.in_(device_ids))
    # What started within the hour before may reach in; what is longer is looked up.
    ordinary = together.where(*within(rows.start, first - HOUR_S, last))
    long = together.where(
        rows.start < first - HOUR_S,
        rows.length > HOUR_S,
        rows.start + rows.length > first,
    )
    crossing: set[tuple[int, int]] = set()
    for query in (ordinary, long):
        for start, length, amount in plain_rows(
            connection, query.group_by(rows.start, rows.length)
        ):
            if start + length <= first:
                continue
            piece = bisect_right(edges, start) - 1
            if start >= first and start + length <= edges[piece + 1]:
                _add(found, piece + offset, amount)
            else:
                crossing.add((start, length))
    if not crossing:
        return
    apart = select(rows.start, rows.length, column).where(
        column.is_not(None), rows.start.in_(sorted({start for start, _ in crossing}))
    )
    if device_ids is not None:
        apart = apart.where(rows.device_id.in_(device_ids))
    for start, length, amount in plain_rows(connection, apart):
        if (start, length) in crossing:
            for piece, share, _ in shares(amount, start, start + length, edges):
                _add(found, piece + offset, share)


def _add(found: Sums, piece: int, amount: int) -> None:
    found[piece] = found.get(piece, 0) + amount
