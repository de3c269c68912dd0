"""Everything a device has counted since its first sample.

The table holds what was counted in hours that are over; the hour that runs is put to
it when it is read, so that an interval writes little.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Final

from sqlalchemy import BigInteger, Connection, Select, and_, bindparam, func, select

from ..quantities import Fluid
from .dialects import plain_rows, replace, within
from .grid import from_epoch
from .meta import read_meta, write_meta
from .tables import FLUID_CODES, FLUID_COLUMNS, HOUR_S, HOURLY, TOTALS

_FLUIDS: Final = {code: fluid for fluid, code in FLUID_CODES.items()}

_UNTIL: Final = "totals_until"
_EVER: Final = 2**53
_ALL: Final = select(TOTALS)

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


def held_until(connection: Connection) -> int | None:
    """The table holds hours that begin before; None before the first sample."""
    value = read_meta(connection, _UNTIL)
    return None if value is None else int(value)


def hold_hours(connection: Connection, until: int) -> None:
    """Note that the table holds all hours that begin before ``until``."""
    write_meta(connection, _UNTIL, str(until))


def hold_all_hours(connection: Connection) -> None:
    """Note that the table holds every hour that there is."""
    latest = connection.scalar(select(func.max(HOURLY.c.start)))
    if latest is not None:
        hold_hours(connection, latest + 1)


def hold_totals(connection: Connection, held: int, until: int) -> None:
    """Let the table hold the hours up to ``until``, too."""
    if held < until:
        move_totals(connection, {}, held, until)
    if held < until or held_until(connection) is None:
        hold_hours(connection, max(held, until))


def sums(connection: Connection, start: int, end: int) -> dict[Key, int]:
    """What the hours of a span add up to."""
    if start >= end:
        return {}
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
    if start >= end:
        return
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
    values = {"first": start, "upto": end, "near": start - HOUR_S}
    for fluid in FLUID_COLUMNS:
        for query in _extents_of(fluid):
            for device_id, first, last in plain_rows(connection, query, values):
                key, extent = (FLUID_CODES[fluid], device_id), (first, last)
                found[key] = wider(found.get(key, extent), extent)
    return found


@cache
def _extents_of(fluid: Fluid) -> tuple[Select[Any], ...]:
    """Questions for rows from the hour before on, and for longer ones that reach in."""
    column = FLUID_COLUMNS[fluid]
    rows = column.table.c
    reach = rows.start + rows.length
    first, upto, near = (
        bindparam(name, type_=BigInteger()) for name in ("first", "upto", "near")
    )
    return tuple(
        select(rows.device_id, func.min(rows.start), func.max(reach))
        .where(column.is_not(None), condition)
        .group_by(rows.device_id)
        for condition in (
            and_(rows.start >= near, rows.start < upto),
            and_(rows.start < near, rows.length > HOUR_S, reach > first),
        )
    )


def wider(one: Extent, other: Extent) -> Extent:
    """From the earlier start to the later end."""
    return min(one[0], other[0]), max(one[1], other[1])


def totals(connection: Connection) -> list[FluidTotal]:
    """Everything counted so far, by device and fluid."""
    known: dict[Key, tuple[int, Extent]] = {
        (code, device_id): (amount, (first, last))
        for code, device_id, amount, first, last in plain_rows(connection, _ALL)
    }
    held = held_until(connection)
    if held is not None:
        running = sums(connection, held, _EVER)
        reached = extents(connection, held, _EVER) if running else {}
        for key, amount in running.items():
            ends = reached.get(key, (held, held))
            before, known_ends = known.get(key, (0, ends))
            known[key] = (before + amount, wider(known_ends, ends))
    return [
        FluidTotal(
            device_id=device_id,
            fluid=_FLUIDS[code],
            amount_milli=amount,
            first_start=from_epoch(first),
            last_end=from_epoch(last),
        )
        for (code, device_id), (amount, (first, last)) in sorted(known.items())
    ]
