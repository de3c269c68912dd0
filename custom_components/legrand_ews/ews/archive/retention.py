"""How long samples are kept; what is derived of them stays for ever.

Amounts of hours, days and months, and averages of hours and days, outlive their
samples. Rows go in small steps, so that an interval never waits long.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import (
    ColumnElement,
    Connection,
    Table,
    and_,
    delete,
    func,
    not_,
    or_,
    select,
)

from ..timegrid import local_day, local_midnight
from . import gauges
from .grid import hour_span, to_epoch
from .meta import keep_from, kept_from
from .subjects import SUBJECTS, DataKind
from .tables import HARMONICS, STATES, TABLE_OF_SUBJECT
from .timescale import drop_chunks
from .totals import totals

SHORTEST: Final = timedelta(days=2)
_STEP_S: Final = 6 * 3600
_NOTHING: Final[Mapping[DataKind, timedelta]] = MappingProxyType({})
_FURTHER: Final[Mapping[DataKind, tuple[Table, ...]]] = MappingProxyType(
    {DataKind.THD: (HARMONICS,)}
)
TABLES_OF_KIND: Final[Mapping[DataKind, tuple[Table, ...]]] = MappingProxyType(
    {
        kind: (
            *(TABLE_OF_SUBJECT[x.table] for x in SUBJECTS if x.kind is kind),
            *_FURTHER.get(kind, ()),
        )
        for kind in DataKind
    }
)
"""Tables by what retention calls them; states have one of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """How long rows of each kind are kept; what is not named is kept for ever.

    Less than two days is taken as two.
    """

    kept: Mapping[DataKind, timedelta] = field(default_factory=lambda: _NOTHING)

    def limit(self, kind: DataKind, now: datetime, zone: ZoneInfo) -> int | None:
        """The midnight before which rows of a kind go."""
        kept = self.kept.get(kind)
        if kept is None:
            return None
        oldest = local_day(now - max(kept, SHORTEST), zone)
        return to_epoch(local_midnight(oldest, zone))


@dataclass(frozen=True, slots=True)
class Step:
    """One deletion: rows of a table that start in six hours and end before a limit."""

    table: Table
    start: int
    limit: int

    @property
    def end(self) -> int:
        """Where the next step may begin."""
        return self.start + _STEP_S


def let_go(connection: Connection, zone: ZoneInfo, kind: DataKind, limit: int) -> None:
    """Note that samples before ``limit`` go, and derive what they still have to tell."""
    gauges.finish(connection, zone, limit)
    kept = kept_from(connection)
    for table in TABLES_OF_KIND[kind]:
        if kept.get(table.name, limit) <= limit:
            keep_from(connection, table.name, limit)


def next_step(
    connection: Connection, table: Table, start: int, limit: int
) -> Step | None:
    """Where rows that go begin, at ``start`` or after."""
    of = table.c
    query = select(func.min(of.start)).where(
        of.start >= start, of.start < limit, of.start + of.length <= limit
    )
    first = connection.scalar(query)
    return None if first is None else Step(table=table, start=first, limit=limit)


def take_chunks(
    connection: Connection, zone: ZoneInfo, table: Table, limit: int
) -> int:
    """Drop what TimescaleDB can drop as a whole; returns how many rows."""
    of = table.c
    stays = or_(
        of.start + of.length > limit, *_last_hours(connection, zone, table, limit)
    )
    return drop_chunks(connection, table, limit, stays)


def take(connection: Connection, zone: ZoneInfo, step: Step) -> int:
    """Delete the rows of a step; returns how many."""
    of = step.table.c
    gone = delete(step.table).where(
        of.start >= step.start,
        of.start < step.end,
        of.start + of.length <= step.limit,
    )
    if stay := _last_hours(connection, zone, step.table, step.limit):
        gone = gone.where(not_(or_(*stay)))
    return connection.execute(gone).rowcount


def _last_hours(
    connection: Connection, zone: ZoneInfo, table: Table, limit: int
) -> list[ColumnElement[bool]]:
    """What stays of devices that have been silent since a limit.

    What such a device counts meanwhile comes as one sample that begins in its last
    hour.
    """
    last_ends: dict[int, int] = {}
    for total in totals(connection):
        ended = last_ends.get(total.device_id, 0)
        last_ends[total.device_id] = max(ended, to_epoch(total.last_end))
    of = table.c
    return [
        and_(
            of.device_id == device_id,
            of.start >= hour_span(last_end - 1, last_end, zone)[0],
        )
        for device_id, last_end in last_ends.items()
        if last_end <= limit
    ]


def forget_states(connection: Connection, limit: int) -> int:
    """Delete changes of states before ``limit``, but not what held then."""
    of, later = STATES.c, STATES.alias().c
    newest = (
        select(func.max(later.since))
        .where(
            later.device_id == of.device_id,
            later.quantity == of.quantity,
            later.since <= limit,
        )
        .correlate(STATES)
        .scalar_subquery()
    )
    return connection.execute(
        delete(STATES).where(of.since < limit, of.since < newest)
    ).rowcount
