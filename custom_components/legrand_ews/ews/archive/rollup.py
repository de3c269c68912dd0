"""Hours, days and totals, derived from the samples.

Incremental and complete derivation are the same code: what a write touches is
derived again from the samples, so a rebuild gives identical rows.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    Row,
    and_,
    bindparam,
    case,
    cast,
    delete,
    func,
    insert,
    literal,
    select,
    update,
)

from ..metering import Quality
from ..quantities import Fluid
from .grid import Stretch, day_edges, from_epoch, hour_edges, hour_span, stretches
from .spread import shares
from .tables import (
    DAILY,
    FLUID_COLUMNS,
    HOUR_S,
    HOURLY,
    QUALITY_CODES,
    TOTALS,
)

_RECOVERED: Final = QUALITY_CODES[Quality.RECOVERED]

type _Cell = tuple[int, str, int]
"""Start, fluid and device of a row in a rollup."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FluidTotal:
    """Everything a device has counted of a fluid, in thousandths of its unit."""

    device_id: int
    fluid: Fluid
    amount_milli: int
    first_start: datetime
    last_end: datetime


def refresh(connection: Connection, zone: ZoneInfo, first: int, last: int) -> None:
    """Derive everything that samples between ``first`` and ``last`` touch."""
    start, end = hour_span(first, last, zone)
    before = _sums(connection, start, end)
    _derive_hours(connection, zone, start, end)
    _derive_days(connection, zone, start, end)
    _move_totals(connection, before, start, end)


def rebuild(connection: Connection, zone: ZoneInfo) -> None:
    """Derive everything anew."""
    for table in (HOURLY, DAILY, TOTALS):
        connection.execute(delete(table))
    bounds = [_bounds(connection, column) for column in FLUID_COLUMNS.values()]
    known = [bound for bound in bounds if bound is not None]
    if known:
        first, last = min(b[0] for b in known), max(b[1] for b in known)
        refresh(connection, zone, first, last)


def _bounds(connection: Connection, column: Column[int]) -> tuple[int, int] | None:
    table = column.table
    start, length = table.c.start, table.c.length
    extremes = select(func.min(start), func.max(start + length))
    first, last = connection.execute(extremes.where(column.is_not(None))).one()
    return None if first is None else (first, last)


def _derive_hours(connection: Connection, zone: ZoneInfo, start: int, end: int) -> None:
    connection.execute(delete(HOURLY).where(*_within(HOURLY.c.start, start, end)))
    pieces = list(stretches(start, end, zone))
    for fluid, column in FLUID_COLUMNS.items():
        for stretch in pieces:
            _sum_short_rows(connection, fluid, column, stretch)
    crossing = [
        (fluid, row)
        for fluid, column in FLUID_COLUMNS.items()
        for row in _crossing_rows(connection, column, pieces)
    ]
    if crossing:
        _spread(connection, crossing, hour_edges(start, end, zone))


def _sum_short_rows(
    connection: Connection, fluid: Fluid, column: Column[int], stretch: Stretch
) -> None:
    rows = column.table.c
    offset = (rows.start - stretch.phase) % HOUR_S
    hour = rows.start - offset
    # The hour in which the clock changes is cut short.
    hour = case((hour < stretch.start, stretch.start), else_=hour)
    recovered = case((rows.quality == _RECOVERED, rows.length), else_=0)
    sums = (
        select(
            hour.label("hour"),
            cast(literal(fluid.value), HOURLY.c.fluid.type),
            rows.device_id,
            func.sum(column),
            func.sum(rows.length),
            func.sum(recovered),
        )
        .where(
            *_within(rows.start, stretch.start, stretch.end),
            column.is_not(None),
            offset + rows.length <= HOUR_S,
        )
        .group_by("hour", rows.device_id)
    )
    connection.execute(insert(HOURLY).from_select(list(HOURLY.c.keys()), sums))


def _crossing_rows(
    connection: Connection, column: Column[int], pieces: Sequence[Stretch]
) -> Iterator[Row[tuple[int, int, int, int, int]]]:
    """Rows that touch the pieces and lie in more than one hour."""
    rows = column.table.c
    query = select(rows.start, rows.length, rows.device_id, rows.quality, column)
    query = query.where(column.is_not(None))
    start, reach = pieces[0].start, rows.start + rows.length
    reaching_in = (
        and_(*_within(rows.start, start - HOUR_S, start), reach > start),
        and_(rows.start < start - HOUR_S, rows.length > HOUR_S, reach > start),
    )
    across = (
        and_(
            *_within(rows.start, piece.start, piece.end),
            (rows.start - piece.phase) % HOUR_S + rows.length > HOUR_S,
        )
        for piece in pieces
    )
    for condition in (*reaching_in, *across):
        yield from connection.execute(query.where(condition))


def _spread(
    connection: Connection,
    crossing: Sequence[tuple[Fluid, Row[tuple[int, int, int, int, int]]]],
    edges: Sequence[int],
) -> None:
    cells: dict[_Cell, list[int]] = {}
    for fluid, (start, length, device_id, quality, amount) in crossing:
        for hour, share, seconds in shares(amount, start, start + length, edges):
            cell = cells.setdefault((edges[hour], fluid.value, device_id), [0, 0, 0])
            cell[0] += share
            cell[1] += seconds
            cell[2] += seconds if quality == _RECOVERED else 0
    if not cells:
        return
    key = (HOURLY.c.start, HOURLY.c.fluid, HOURLY.c.device_id)
    touched = _within(HOURLY.c.start, min(cells)[0], max(cells)[0] + 1)
    present = {tuple(row) for row in connection.execute(select(*key).where(*touched))}
    added = [
        {"at": at, "of": of, "by": by, "amount": a, "covered": c, "recovered": r}
        for (at, of, by), (a, c, r) in cells.items()
    ]
    column = HOURLY.c
    grown = (
        update(HOURLY)
        .where(
            column.start == bindparam("at"),
            column.fluid == bindparam("of"),
            column.device_id == bindparam("by"),
        )
        .values(
            amount_milli=column.amount_milli + bindparam("amount"),
            covered_s=column.covered_s + bindparam("covered"),
            recovered_s=column.recovered_s + bindparam("recovered"),
        )
    )
    new = insert(HOURLY).values(
        start=bindparam("at"),
        fluid=bindparam("of"),
        device_id=bindparam("by"),
        amount_milli=bindparam("amount"),
        covered_s=bindparam("covered"),
        recovered_s=bindparam("recovered"),
    )
    for statement, is_present in ((grown, True), (new, False)):
        cells_of_it = [
            cell
            for cell in added
            if ((cell["at"], cell["of"], cell["by"]) in present) is is_present
        ]
        if cells_of_it:
            connection.execute(statement, cells_of_it)


def _derive_days(connection: Connection, zone: ZoneInfo, start: int, end: int) -> None:
    edges = day_edges(start, end, zone)
    connection.execute(
        delete(DAILY).where(*_within(DAILY.c.start, edges[0], edges[-1]))
    )
    hours = HOURLY.c
    for midnight, next_midnight in pairwise(edges):
        sums = (
            select(
                cast(literal(midnight), BigInteger),
                hours.fluid,
                hours.device_id,
                func.sum(hours.amount_milli),
                func.sum(hours.covered_s),
                func.sum(hours.recovered_s),
            )
            .where(*_within(hours.start, midnight, next_midnight))
            .group_by(hours.fluid, hours.device_id)
        )
        connection.execute(insert(DAILY).from_select(list(DAILY.c.keys()), sums))


def _sums(connection: Connection, start: int, end: int) -> dict[tuple[str, int], int]:
    hours = HOURLY.c
    sums = (
        select(hours.fluid, hours.device_id, func.sum(hours.amount_milli))
        .where(*_within(hours.start, start, end))
        .group_by(hours.fluid, hours.device_id)
    )
    return {
        (fluid, device): int(milli) for fluid, device, milli in connection.execute(sums)
    }


def _move_totals(
    connection: Connection,
    before: Mapping[tuple[str, int], int],
    start: int,
    end: int,
) -> None:
    """Add to the totals what the hours from ``start`` to ``end`` have gained."""
    after = _sums(connection, start, end)
    extents = _extents(connection, start, end)
    known = {
        (row.fluid, row.device_id): row for row in connection.execute(select(TOTALS))
    }
    moved = []
    for key in sorted(before.keys() | after.keys()):
        first, last = extents.get(key, (end, start))
        amount = after.get(key, 0) - before.get(key, 0)
        if (total := known.get(key)) is not None:
            amount += total.amount_milli
            first, last = min(total.first_start, first), max(total.last_end, last)
        moved.append((*key, amount, first, last))
    if not moved:
        return
    columns = TOTALS.c.keys()
    connection.execute(
        delete(TOTALS).where(
            TOTALS.c.fluid == bindparam("of"), TOTALS.c.device_id == bindparam("by")
        ),
        [{"of": row[0], "by": row[1]} for row in moved],
    )
    connection.execute(
        insert(TOTALS), [dict(zip(columns, row, strict=True)) for row in moved]
    )


def _extents(
    connection: Connection, start: int, end: int
) -> dict[tuple[str, int], tuple[int, int]]:
    """First start and last end of each device's rows that begin or end in a span."""
    extents: dict[tuple[str, int], tuple[int, int]] = {}
    for fluid, column in FLUID_COLUMNS.items():
        rows = column.table.c
        reach = rows.start + rows.length
        for condition in (
            and_(*_within(rows.start, start - HOUR_S, end)),
            and_(rows.start < start - HOUR_S, rows.length > HOUR_S, reach > start),
        ):
            query = (
                select(rows.device_id, func.min(rows.start), func.max(reach))
                .where(column.is_not(None), condition)
                .group_by(rows.device_id)
            )
            for device_id, first, last in connection.execute(query):
                known = extents.get((fluid.value, device_id), (first, last))
                extents[fluid.value, device_id] = (
                    min(known[0], first),
                    max(known[1], last),
                )
    return extents


def totals(connection: Connection) -> list[FluidTotal]:
    """Everything counted so far, by device and fluid."""
    return [
        FluidTotal(
            device_id=row.device_id,
            fluid=Fluid(row.fluid),
            amount_milli=row.amount_milli,
            first_start=from_epoch(row.first_start),
            last_end=from_epoch(row.last_end),
        )
        for row in connection.execute(select(TOTALS))
    ]


def _within(
    column: ColumnElement[int], start: int, end: int
) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return column >= start, column < end
