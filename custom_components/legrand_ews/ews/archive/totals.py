"""Everything a device has counted since its first sample."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, and_, func, select

from ..quantities import Fluid
from .dialects import replace, within
from .grid import from_epoch
from .tables import FLUID_CODES, FLUID_COLUMNS, HOUR_S, HOURLY, TOTALS

_FLUIDS: Final = {code: fluid for fluid, code in FLUID_CODES.items()}

type Key = tuple[int, int]
"""Fluid and device."""
type Extent = tuple[int, int]
"""First start and last end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FluidTotal:
    """Everything a device has counted of a fluid, in thousandths of its unit."""

    device_id: int
    fluid: Fluid
    amount_milli: int
    first_start: datetime
    last_end: datetime


def sums(connection: Connection, start: int, end: int) -> dict[Key, int]:
    """What the hours of a span add up to."""
    hours = HOURLY.c
    summed = (
        select(hours.fluid, hours.device_id, func.sum(hours.amount_milli))
        .where(*within(hours.start, start, end))
        .group_by(hours.fluid, hours.device_id)
    )
    return {
        (code, device): int(milli) for code, device, milli in connection.execute(summed)
    }


def move_totals(
    connection: Connection, before: Mapping[Key, int], start: int, end: int
) -> None:
    """Add to the totals what the hours from ``start`` to ``end`` have gained."""
    after = sums(connection, start, end)
    reached = extents(connection, start, end)
    known = {
        (row.fluid, row.device_id): row for row in connection.execute(select(TOTALS))
    }
    moved = []
    for key in sorted(before.keys() | after.keys()):
        ends = reached.get(key, (end, start))
        amount = after.get(key, 0) - before.get(key, 0)
        if (total := known.get(key)) is not None:
            amount += total.amount_milli
            ends = wider(ends, (total.first_start, total.last_end))
        moved.append((*key, amount, *ends))
    write_totals(connection, moved)


def write_totals(
    connection: Connection, rows: Sequence[tuple[int, int, int, int, int]]
) -> None:
    """Set totals: fluid, device, amount, first start and last end."""
    columns = TOTALS.c.keys()
    replace(connection, TOTALS, [dict(zip(columns, row, strict=True)) for row in rows])


def old_extents(connection: Connection, kept: Mapping[str, int]) -> dict[Key, Extent]:
    """How far back the totals reach where samples were deleted."""
    codes = {
        FLUID_CODES[fluid]
        for fluid, column in FLUID_COLUMNS.items()
        if column.table.name in kept
    }
    return {
        (row.fluid, row.device_id): (row.first_start, row.last_end)
        for row in connection.execute(select(TOTALS))
        if row.fluid in codes
    }


def extents(connection: Connection, start: int, end: int) -> dict[Key, Extent]:
    """First start and last end of each device's rows that begin or end in a span."""
    found: dict[Key, Extent] = {}
    for fluid, column in FLUID_COLUMNS.items():
        rows = column.table.c
        reach = rows.start + rows.length
        for condition in (
            and_(*within(rows.start, start - HOUR_S, end)),
            and_(rows.start < start - HOUR_S, rows.length > HOUR_S, reach > start),
        ):
            query = (
                select(rows.device_id, func.min(rows.start), func.max(reach))
                .where(column.is_not(None), condition)
                .group_by(rows.device_id)
            )
            for device_id, first, last in connection.execute(query):
                key, extent = (FLUID_CODES[fluid], device_id), (first, last)
                found[key] = wider(found.get(key, extent), extent)
    return found


def wider(one: Extent, other: Extent) -> Extent:
    """From the earlier start to the later end."""
    return min(one[0], other[0]), max(one[1], other[1])


def totals(connection: Connection) -> list[FluidTotal]:
    """Everything counted so far, by device and fluid."""
    return [
        FluidTotal(
            device_id=row.device_id,
            fluid=_FLUIDS[row.fluid],
            amount_milli=row.amount_milli,
            first_start=from_epoch(row.first_start),
            last_end=from_epoch(row.last_end),
        )
        for row in connection.execute(select(TOTALS))
    ]
