"""Amounts per device and bucket: what charts, reports and sensors ask."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Table, and_, func, or_, select

from ..metering import Quality
from ..quantities import Fluid
from ..timegrid import hour_start, local_day, local_midnight
from .grid import to_epoch
from .spread import shares
from .tables import DAILY, FLUID_COLUMNS, HOUR_S, HOURLY, QUALITY_CODES

_RECOVERED: Final = QUALITY_CODES[Quality.RECOVERED]
_SUMMED_ONE_BY_ONE: Final = 40
"""Up to that many buckets the database adds up each; above, one pass does it."""


class Resolution(StrEnum):
    """The coarsest rows that have an edge at every edge of the buckets."""

    SAMPLE = "sample"
    HOUR = "hour"
    DAY = "day"


@dataclass(slots=True)
class BucketAmount:
    """What one device counted in a bucket; ``covered_s`` of it are known."""

    amount_milli: int = 0
    covered_s: int = 0
    recovered_s: int = 0

    def add(self, amount_milli: int, covered_s: int, recovered_s: int) -> None:
        """Put another part of the bucket to it."""
        self.amount_milli += amount_milli
        self.covered_s += covered_s
        self.recovered_s += recovered_s


type Amounts = dict[int, dict[int, BucketAmount]]
"""By device, by index of the bucket; what is not there is unknown."""


def resolution_of(edges: Sequence[datetime], zone: ZoneInfo) -> Resolution:
    """Choose the rows that answer for buckets with these edges."""
    if all(edge == local_midnight(local_day(edge, zone), zone) for edge in edges):
        return Resolution.DAY
    if all(edge == hour_start(edge, zone) for edge in edges):
        return Resolution.HOUR
    return Resolution.SAMPLE


def amounts(
    connection: Connection,
    fluid: Fluid,
    edges: Sequence[datetime],
    resolution: Resolution,
) -> Amounts:
    """Amounts of every device between the edges.

    A sample that lies across an edge is shared evenly (Q23).
    """
    seconds = [to_epoch(edge) for edge in edges]
    match resolution:
        case Resolution.SAMPLE:
            return _from_samples(connection, fluid, seconds)
        case Resolution.HOUR:
            return _from_rollup(connection, HOURLY, fluid, seconds)
        case Resolution.DAY:
            return _from_rollup(connection, DAILY, fluid, seconds)


def _from_rollup(
    connection: Connection, table: Table, fluid: Fluid, edges: Sequence[int]
) -> Amounts:
    if len(edges) - 1 > _SUMMED_ONE_BY_ONE:
        return _in_one_pass(connection, table, fluid, edges)
    found: Amounts = {}
    rows = table.c
    for bucket, (start, end) in enumerate(pairwise(edges)):
        sums = (
            select(
                rows.device_id,
                func.sum(rows.amount_milli),
                func.sum(rows.covered_s),
                func.sum(rows.recovered_s),
            )
            .where(rows.fluid == fluid.value, rows.start >= start, rows.start < end)
            .group_by(rows.device_id)
        )
        for device_id, amount, covered, recovered in connection.execute(sums):
            found.setdefault(device_id, {})[bucket] = BucketAmount(
                int(amount), int(covered), int(recovered)
            )
    return found


def _in_one_pass(
    connection: Connection, table: Table, fluid: Fluid, edges: Sequence[int]
) -> Amounts:
    found: Amounts = {}
    rows = table.c
    query = select(
        rows.start, rows.device_id, rows.amount_milli, rows.covered_s, rows.recovered_s
    ).where(rows.fluid == fluid.value, rows.start >= edges[0], rows.start < edges[-1])
    for start, device_id, amount, covered, recovered in connection.execute(query):
        cell = _cell(found, device_id, bisect_right(edges, start) - 1)
        cell.add(amount, covered, recovered)
    return found


def _from_samples(
    connection: Connection, fluid: Fluid, edges: Sequence[int]
) -> Amounts:
    found: Amounts = {}
    column = FLUID_COLUMNS[fluid]
    rows = column.table.c
    first, last = edges[0], edges[-1]
    end = rows.start + rows.length
    query = select(rows.start, rows.length, rows.device_id, rows.quality, column).where(
        column.is_not(None),
        or_(
            and_(rows.start >= first, rows.start < last),
            and_(rows.start >= first - HOUR_S, rows.start < first, end > first),
            and_(rows.start < first - HOUR_S, rows.length > HOUR_S, end > first),
        ),
    )
    for start, length, device_id, quality, amount in connection.execute(query):
        is_recovered = quality == _RECOVERED
        for bucket, share, known in shares(amount, start, start + length, edges):
            _cell(found, device_id, bucket).add(
                share, known, known if is_recovered else 0
            )
    return found


def _cell(found: Amounts, device_id: int, bucket: int) -> BucketAmount:
    return found.setdefault(device_id, {}).setdefault(bucket, BucketAmount())
