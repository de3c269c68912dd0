"""Amounts per device and bucket: what charts, reports and sensors ask."""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from enum import StrEnum
from functools import cache
from itertools import chain, pairwise
from json import loads
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Select,
    SmallInteger,
    Table,
    bindparam,
    func,
    select,
)

from ..metering import Quality
from ..quantities import Fluid
from ..timegrid import local_day, local_midnight
from .cells import Cells
from .dialects import SQLITE, Plain, plain_rows, rows_of_devices, whole, within
from .grid import hour_starts, to_epoch
from .rollup import month_over_until, over_until, year_over_until
from .spread import shares
from .tables import (
    DAILY,
    FLUID_CODES,
    FLUID_COLUMNS,
    HOUR_S,
    HOURLY,
    MONTHLY,
    QUALITY_CODES,
    YEARLY,
)

_RECOVERED: Final = QUALITY_CODES[Quality.RECOVERED]


class Resolution(StrEnum):
    """The coarsest rows that have an edge at every edge of the buckets."""

    SAMPLE = "sample"
    HOUR = "hour"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


type Amounts = dict[int, Cells]
"""By device, by index of the bucket; what is not there is unknown."""


def resolution_of(edges: Sequence[datetime], zone: ZoneInfo) -> Resolution:
    """Choose the rows that answer for buckets with these edges."""
    if all(edge == local_midnight(local_day(edge, zone), zone) for edge in edges):
        days = [local_day(edge, zone) for edge in edges]
        if any(day.day != 1 for day in days):
            return Resolution.DAY
        is_year = all(day.month == 1 for day in days)
        return Resolution.YEAR if is_year else Resolution.MONTH
    # As whole numbers, since a month has many hours.
    hours = hour_starts(to_epoch(edges[0]), to_epoch(edges[-1]) + 1, zone)
    if all(not edge.microsecond for edge in edges) and hours.issuperset(
        map(to_epoch, edges)
    ):
        return Resolution.HOUR
    return Resolution.SAMPLE


def amounts(
    connection: Connection,
    zone: ZoneInfo,
    fluid: Fluid,
    edges: Sequence[datetime],
    resolution: Resolution,
    device_ids: Collection[int] | None = None,
) -> Amounts:
    """Amounts of all devices or some between the edges.

    A sample that lies across an edge is shared evenly (Q23).
    """
    seconds = [to_epoch(edge) for edge in edges]
    ids = None if device_ids is None else list(device_ids)
    if resolution is Resolution.SAMPLE:
        return from_samples(connection, fluid, seconds, ids)
    found: Amounts = {}
    for table, length, start, end in _pieces(connection, zone, seconds, resolution):
        inside = [start, *(edge for edge in seconds if start < edge < end), end]
        offset = bisect_right(seconds, start) - 1
        if end - start > 2 * length * (len(inside) - 1):
            sum_up(connection, table, fluid, inside, ids, offset, found)
        else:
            read_all(connection, table, fluid, inside, ids, offset, found)
    return found


def _pieces(
    connection: Connection,
    zone: ZoneInfo,
    edges: Sequence[int],
    resolution: Resolution,
) -> Iterator[tuple[Table, int, int, int]]:
    """Rollups to read, with the seconds of a row, and from where to where.

    What runs has no row of its own yet and is read from what it is made of.
    """
    start, end = edges[0], edges[-1]
    days_over = months_over = years_over = start
    if resolution is not Resolution.HOUR and (
        (until := over_until(connection)) is not None
    ):
        days_over = min(max(until, start), end)
        if resolution is not Resolution.DAY:
            months_over = min(max(month_over_until(until, zone), start), end)
        if resolution is Resolution.YEAR:
            years_over = min(max(year_over_until(until, zone), start), end)
    for table, length, first, last in (
        (YEARLY, 365 * 24 * HOUR_S, start, years_over),
        (MONTHLY, 30 * 24 * HOUR_S, years_over, months_over),
        (DAILY, 24 * HOUR_S, months_over, days_over),
        (HOURLY, HOUR_S, days_over, end),
    ):
        if first < last:
            yield table, length, first, last


def sum_up(
    connection: Connection,
    table: Table,
    fluid: Fluid,
    edges: Sequence[int],
    device_ids: Sequence[int] | None,
    offset: int,
    found: Amounts,
) -> None:
    """Let the database add up where buckets hold many rows."""
    rows = table.c
    for bucket, (start, end) in enumerate(pairwise(edges), offset):
        query = select(
            rows.device_id,
            whole(func.sum(rows.amount_milli)),
            whole(func.sum(rows.covered_s)),
            whole(func.sum(rows.recovered_s)),
        ).where(rows.fluid == FLUID_CODES[fluid], *within(rows.start, start, end))
        if device_ids is not None:
            query = query.where(rows.device_id.in_(device_ids))
        for device_id, amount, covered, recovered in plain_rows(
            connection, query.group_by(rows.device_id)
        ):
            cells_of(found, device_id).add(bucket, amount, covered, recovered)


def read_all(
    connection: Connection,
    table: Table,
    fluid: Fluid,
    edges: Sequence[int],
    device_ids: Sequence[int] | None,
    offset: int,
    found: Amounts,
) -> None:
    """Read rows one by one where buckets hold few; ``offset`` is the first bucket."""
    values: dict[str, object] = {
        "code": FLUID_CODES[fluid],
        "first": edges[0],
        "upto": edges[-1],
    }
    if device_ids is None and connection.dialect.name == SQLITE:
        lists = plain_rows(connection, _lists_of(table), values)
        _take_lists(lists, edges, offset, found)
        return
    if device_ids is not None:
        values["device_ids"] = list(device_ids)
    query = _rows_of(table, of_some=device_ids is not None)
    # Rows come in the order of time: the bucket changes rarely.
    bucket, bucket_end = -1, edges[0]
    for start, device_id, amount, covered, recovered in plain_rows(
        connection, query, values
    ):
        if start >= bucket_end:
            place = bisect_right(edges, start) - 1
            bucket, bucket_end = place + offset, edges[place + 1]
        cells_of(found, device_id).add(bucket, amount, covered, recovered)


def _take_lists(
    rows: Iterable[Plain], edges: Sequence[int], offset: int, found: Amounts
) -> None:
    """Take rows of a start and of lists, each with a value a device.

    Many lists are the same text: the devices, and what is known of whole hours or days.
    """
    numbers = cache(_numbers)
    groups: dict[str, list[tuple[int, list[str]]]] = {}
    for start, devices, *texts in rows:
        bucket = bisect_right(edges, start) - 1 + offset
        groups.setdefault(devices, []).append((bucket, texts))
    for devices, group in groups.items():
        buckets = [bucket for bucket, _ in group]
        columns = (
            zip(*(numbers(texts[place]) for _, texts in group), strict=True)
            for place in range(3)
        )
        for device_id, amounts, covered, recovered in zip(
            numbers(devices), *columns, strict=True
        ):
            cells = cells_of(found, device_id)
            cells.extend(buckets, amounts, covered, recovered)


def _numbers(text: str) -> list[int]:
    """Numbers with commas between them."""
    return list(loads(f"[{text}]"))


@cache
def _rows_of(table: Table, *, of_some: bool) -> Select[Any]:
    rows = table.c
    query = _in_span(select(rows.start, *_counted(table)), table)
    if of_some:
        query = query.where(rows.device_id.in_(bindparam("device_ids", expanding=True)))
    return query


@cache
def _lists_of(table: Table) -> Select[Any]:
    lists = map(func.group_concat, _counted(table))
    return _in_span(select(table.c.start, *lists), table).group_by(table.c.start)


def _counted(table: Table) -> tuple[Column[int], ...]:
    rows = table.c
    return rows.device_id, rows.amount_milli, rows.covered_s, rows.recovered_s


def _in_span(query: Select[Any], table: Table) -> Select[Any]:
    rows = table.c
    return query.where(
        rows.fluid == bindparam("code", type_=SmallInteger()),
        rows.start >= bindparam("first", type_=BigInteger()),
        rows.start < bindparam("upto", type_=BigInteger()),
    ).order_by(rows.start)


def from_samples(
    connection: Connection,
    fluid: Fluid,
    edges: Sequence[int],
    device_ids: Sequence[int] | None,
) -> Amounts:
    """Share samples out among buckets of any width."""
    found: Amounts = {}
    column = FLUID_COLUMNS[fluid]
    rows = column.table.c
    columns = (rows.start, rows.device_id, rows.length, rows.quality, column)
    first, last = edges[0], edges[-1]
    # What started within the hour before may reach in; what is longer is looked up.
    ordinary = rows_of_devices(
        connection, column.table, columns, first - HOUR_S, last, device_ids
    )
    long = select(*columns).where(
        rows.start < first - HOUR_S,
        rows.length > HOUR_S,
        rows.start + rows.length > first,
    )
    if device_ids is not None:
        long = long.where(rows.device_id.in_(device_ids))
    for start, device_id, length, quality, amount in chain(
        ordinary, plain_rows(connection, long)
    ):
        end = start + length
        if amount is None or end <= first:
            continue
        is_recovered = quality == _RECOVERED
        for bucket, share, known in shares(amount, start, end, edges):
            recovered = known if is_recovered else 0
            cells_of(found, device_id).add(bucket, share, known, recovered)
    return found


def cells_of(found: Amounts, device_id: int) -> Cells:
    """Return the buckets of a device, made where there are none."""
    cells = found.get(device_id)
    if cells is None:
        cells = found[device_id] = Cells()
    return cells
