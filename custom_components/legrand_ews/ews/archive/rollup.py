"""Hours, days, months, years and totals of what was counted, derived from the samples.

Incremental and complete derivation are the same code: what a write touches is
derived again from the samples, so a rebuild gives identical rows. Days, months and
years have rows once they are over: what runs is read from its hours, so that an interval
writes little. Hours whose samples retention has deleted stay; only samples that are
imported replace theirs.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Row,
    SmallInteger,
    Table,
    and_,
    case,
    cast,
    delete,
    func,
    insert,
    literal,
    select,
)

from ..metering import Quality
from .billing_tables import PEAK_DAYS
from .dialects import hour_of, offset_in_hour, replace, within
from .grid import (
    Stretch,
    day_edges,
    hour_edges,
    hour_span,
    month_edges,
    stretches,
    year_edges,
)
from .meta import kept_from, past_changed, read_meta, write_meta
from .spread import shares
from .tables import (
    DAILY,
    FLUID_CODES,
    FLUID_COLUMNS,
    HOUR_S,
    HOURLY,
    MONTHLY,
    QUALITY_CODES,
    TARIFF_DAY_MARKS,
    TARIFF_DAYS,
    TOTALS,
    YEARLY,
)
from .totals import (
    extents,
    held_until,
    hold_hours,
    hold_totals,
    move_totals,
    old_extents,
    sums,
    wider,
    write_totals,
)

_RECOVERED: Final = QUALITY_CODES[Quality.RECOVERED]
_UNTIL: Final = "amounts_until"

type _Cell = tuple[int, int, int]
"""Start, fluid and device of a row in a rollup."""
type _SampleRow = Row[tuple[int, int, int, int, int]]
"""Start, length, device, quality and amount."""


def refresh(connection: Connection, zone: ZoneInfo, first: int, last: int) -> None:
    """Derive everything that samples between ``first`` and ``last`` touch."""
    start, end = hour_span(first, last, zone)
    held = held_until(connection)
    held = start if held is None else held
    before = sums(connection, start, min(end, held))
    _derive_hours(connection, zone, start, end)
    _forget_days(connection, zone, start, end)
    known = over_until(connection)
    until = _day_of(last, zone)
    until = until if known is None else max(until, known)
    _derive_days(connection, zone, start, end, until)
    if known is not None and known < until:
        _derive_days(connection, zone, known, until, until)
    if until != known:
        write_meta(connection, _UNTIL, str(until))
    if start < until:
        past_changed(connection)
    move_totals(connection, before, start, min(end, held))
    hold_totals(connection, held, hour_span(last, last + 1, zone)[0])


def over_until(connection: Connection) -> int | None:
    """Up to here days are over and have their rows; None before the first sample."""
    value = read_meta(connection, _UNTIL)
    return None if value is None else int(value)


def month_over_until(until: int, zone: ZoneInfo) -> int:
    """Up to here months are over and have their rows."""
    return month_edges(until, until + 1, zone)[0]


def year_over_until(until: int, zone: ZoneInfo) -> int:
    """Up to here years are over and have their rows."""
    return year_edges(until, until + 1, zone)[0]


def derive_years(connection: Connection, zone: ZoneInfo) -> None:
    """Derive the years that are over from their months."""
    of, until = MONTHLY.c.start, over_until(connection)
    first, last = connection.execute(select(func.min(of), func.max(of))).one()
    if first is not None and until is not None:
        over = year_over_until(until, zone)
        edges = [edge for edge in year_edges(first, last + 1, zone) if edge <= over]
        _derive_sums(connection, MONTHLY, YEARLY, edges)


def _day_of(instant: int, zone: ZoneInfo) -> int:
    return day_edges(instant, instant + 1, zone)[0]


def _derive_days(
    connection: Connection, zone: ZoneInfo, start: int, end: int, until: int
) -> None:
    """Derive days, months and years that touch a span, as far as they are over."""
    for source, target, edges, over in (
        (HOURLY, DAILY, day_edges(start, end, zone), until),
        (DAILY, MONTHLY, month_edges(start, end, zone), month_over_until(until, zone)),
        (MONTHLY, YEARLY, year_edges(start, end, zone), year_over_until(until, zone)),
    ):
        _derive_sums(connection, source, target, [e for e in edges if e <= over])


def rebuild(
    connection: Connection, zone: ZoneInfo, report: Callable[[float], None]
) -> None:
    """Derive everything anew, as far back as there are samples.

    ``report`` is told the share that is done, from 0 to 1, after each month.
    """
    kept = kept_from(connection)
    ends = old_extents(connection, kept)
    for fluid, column in FLUID_COLUMNS.items():
        connection.execute(
            delete(HOURLY).where(
                HOURLY.c.fluid == FLUID_CODES[fluid],
                HOURLY.c.start >= kept.get(column.table.name, 0),
            )
        )
    bounds = [_bounds(connection, column) for column in FLUID_COLUMNS.values()]
    known = [bound for bound in bounds if bound is not None]
    if known:
        first, last = min(b[0] for b in known), max(b[1] for b in known)
        start, end = hour_span(first, last, zone)
        edges = [start, *month_edges(start, end, zone)[1:-1], end]
        for piece_start, piece_end in pairwise(edges):
            _derive_hours(connection, zone, piece_start, piece_end, with_old=False)
            report((piece_end - start) / (end - start))
    past_changed(connection)
    billed = (TARIFF_DAYS, TARIFF_DAY_MARKS, PEAK_DAYS)
    for table in (DAILY, MONTHLY, YEARLY, TOTALS, *billed):
        connection.execute(delete(table))
    of = HOURLY.c.start
    start, end = connection.execute(select(func.min(of), func.max(of))).one()
    if start is None:
        return
    last = max(over_until(connection) or 0, *(b[1] for b in known), 0)
    until = _day_of(last, zone)
    _derive_days(connection, zone, start, end + 1, until)
    write_meta(connection, _UNTIL, str(until))
    held = max(held_until(connection) or 0, hour_span(last, last + 1, zone)[0])
    for key, found in extents(connection, 0, held).items():
        ends[key] = wider(ends.get(key, found), found)
    summed = sums(connection, start, held)
    write_totals(
        connection, [(*key, summed[key], *ends[key]) for key in sorted(summed)]
    )
    hold_hours(connection, held)


def _bounds(connection: Connection, column: Column[int]) -> tuple[int, int] | None:
    table = column.table
    start, length = table.c.start, table.c.length
    extremes = select(func.min(start), func.max(start + length))
    first, last = connection.execute(extremes.where(column.is_not(None))).one()
    return None if first is None else (first, last)


def _forget_days(connection: Connection, zone: ZoneInfo, start: int, end: int) -> None:
    """Have the days that touch a span shared out, and their peaks found, anew."""
    edges = day_edges(start, end, zone)
    for table in (TARIFF_DAY_MARKS, PEAK_DAYS):
        days = within(table.c.start, edges[0], edges[-1])
        connection.execute(delete(table).where(*days))


def _derive_hours(
    connection: Connection,
    zone: ZoneInfo,
    start: int,
    end: int,
    *,
    with_old: bool = True,
) -> None:
    kept = kept_from(connection)
    crossing: list[tuple[int, _SampleRow]] = []
    for fluid, column in FLUID_COLUMNS.items():
        code = FLUID_CODES[fluid]
        whole_from = min(max(start, kept.get(column.table.name, start)), end)
        if start < whole_from and with_old:
            _replace_old_hours(connection, zone, code, column, start, whole_from)
        if whole_from == end:
            continue
        connection.execute(
            delete(HOURLY).where(
                HOURLY.c.fluid == code, *within(HOURLY.c.start, whole_from, end)
            )
        )
        pieces = list(stretches(whole_from, end, zone))
        for stretch in pieces:
            _sum_short_rows(connection, code, column, stretch)
        crossing += ((code, row) for row in _crossing_rows(connection, column, pieces))
    if crossing:
        cells = _spread(crossing, hour_edges(start, end, zone))
        _add_to_hours(connection, cells, kept)


def _replace_old_hours(
    connection: Connection,
    zone: ZoneInfo,
    code: int,
    column: Column[int],
    start: int,
    end: int,
) -> None:
    """Let samples stand for hours whose own samples were deleted."""
    rows = column.table.c
    reach = rows.start + rows.length
    query = select(rows.start, rows.length, rows.device_id, rows.quality, column)
    query = query.where(column.is_not(None), rows.start < end, reach > start)
    imported = [(code, row) for row in connection.execute(query)]
    cells = _spread(imported, hour_edges(start, end, zone))
    replace(
        connection,
        HOURLY,
        [
            {
                "start": at,
                "fluid": of,
                "device_id": by,
                "amount_milli": amount,
                "covered_s": covered,
                "recovered_s": recovered,
            }
            for (at, of, by), (amount, covered, recovered) in cells.items()
        ],
    )


def _sum_short_rows(
    connection: Connection, code: int, column: Column[int], stretch: Stretch
) -> None:
    rows = column.table.c
    recovered = case((rows.quality == _RECOVERED, rows.length), else_=0)
    sums = (
        select(
            hour_of(rows.start, stretch).label("hour"),
            cast(literal(code), SmallInteger),
            rows.device_id,
            func.sum(column),
            func.sum(rows.length),
            func.sum(recovered),
        )
        .where(
            *within(rows.start, stretch.start, stretch.end),
            column.is_not(None),
            offset_in_hour(rows.start, stretch) + rows.length <= HOUR_S,
        )
        .group_by("hour", rows.device_id)
    )
    connection.execute(insert(HOURLY).from_select(list(HOURLY.c.keys()), sums))


def _crossing_rows(
    connection: Connection, column: Column[int], pieces: Sequence[Stretch]
) -> Iterator[_SampleRow]:
    """Rows that touch the pieces and lie in more than one hour."""
    rows = column.table.c
    query = select(rows.start, rows.length, rows.device_id, rows.quality, column)
    query = query.where(column.is_not(None))
    start, reach = pieces[0].start, rows.start + rows.length
    reaching_in = (
        and_(*within(rows.start, start - HOUR_S, start), reach > start),
        and_(rows.start < start - HOUR_S, rows.length > HOUR_S, reach > start),
    )
    across = (
        and_(
            *within(rows.start, piece.start, piece.end),
            offset_in_hour(rows.start, piece) + rows.length > HOUR_S,
        )
        for piece in pieces
    )
    for condition in (*reaching_in, *across):
        yield from connection.execute(query.where(condition))


def _spread(
    rows: Iterable[tuple[int, _SampleRow]], edges: Sequence[int]
) -> dict[_Cell, list[int]]:
    """Amount, covered and recovered seconds of the hours that rows touch."""
    cells: dict[_Cell, list[int]] = {}
    for code, (start, length, device_id, quality, amount) in rows:
        for hour, share, seconds in shares(amount, start, start + length, edges):
            cell = cells.setdefault((edges[hour], code, device_id), [0, 0, 0])
            cell[0] += share
            cell[1] += seconds
            cell[2] += seconds if quality == _RECOVERED else 0
    return cells


def _add_to_hours(
    connection: Connection, cells: Mapping[_Cell, list[int]], kept: Mapping[str, int]
) -> None:
    limits = {
        FLUID_CODES[fluid]: kept.get(column.table.name, 0)
        for fluid, column in FLUID_COLUMNS.items()
    }
    new = {key: cell for key, cell in cells.items() if key[0] >= limits[key[1]]}
    if not new:
        return
    touched = within(HOURLY.c.start, min(new)[0], max(new)[0] + 1)
    present = {
        tuple(row[:3]): row
        for row in connection.execute(select(HOURLY).where(*touched))
    }
    rows = []
    for key, cell in new.items():
        known = present.get(key, (*key, 0, 0, 0))
        rows.append(
            {
                "start": key[0],
                "fluid": key[1],
                "device_id": key[2],
                "amount_milli": known[3] + cell[0],
                "covered_s": known[4] + cell[1],
                "recovered_s": known[5] + cell[2],
            }
        )
    replace(connection, HOURLY, rows)


def _derive_sums(
    connection: Connection, source: Table, target: Table, edges: Sequence[int]
) -> None:
    """Sum the rows of a finer rollup between edges into those of a coarser one."""
    if not edges:
        return
    connection.execute(
        delete(target).where(*within(target.c.start, edges[0], edges[-1]))
    )
    rows = source.c
    for start, end in pairwise(edges):
        sums = (
            select(
                cast(literal(start), BigInteger),
                rows.fluid,
                rows.device_id,
                func.sum(rows.amount_milli),
                func.sum(rows.covered_s),
                func.sum(rows.recovered_s),
            )
            .where(*within(rows.start, start, end))
            .group_by(rows.fluid, rows.device_id)
        )
        connection.execute(insert(target).from_select(list(target.c.keys()), sums))
