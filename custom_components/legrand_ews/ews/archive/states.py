"""What breakers, contacts, stations and inputs showed, and since when."""

from collections.abc import Collection, Iterable

from sqlalchemy import Connection, Select, and_, func, select

from ..metering import StateChange
from ..timegrid import Span
from .dialects import replace
from .grid import from_epoch, to_epoch
from .tables import STATES


def write_states(connection: Connection, changes: Iterable[StateChange]) -> int:
    """Keep changes; what tells nothing new is left out. Returns how many were new."""
    ordered = sorted(changes, key=lambda change: change.since)
    current: dict[tuple[int, str], int | None] = {}
    new: dict[tuple[int, str, int], StateChange] = {}
    for change in ordered:
        key = (change.device_id, change.quantity)
        since = to_epoch(change.since)
        if key not in current:
            before = _last_before(connection, *key, since)
            if before is not None:
                current[key] = before[0]
        if key in current and current[key] == change.value:
            continue
        current[key] = change.value
        new[*key, since] = change
    replace(
        connection,
        STATES,
        [
            {"device_id": key[0], "quantity": key[1], "since": key[2], "value": c.value}
            for key, c in new.items()
        ],
    )
    return len(new)


def _last_before(
    connection: Connection, device_id: int, quantity: str, since: int
) -> tuple[int | None] | None:
    of = STATES.c
    query = (
        select(of.value)
        .where(of.device_id == device_id, of.quantity == quantity, of.since < since)
        .order_by(of.since.desc())
        .limit(1)
    )
    row = connection.execute(query).one_or_none()
    return None if row is None else (row.value,)


def read_states(
    connection: Connection,
    span: Span,
    device_ids: Collection[int] | None,
    quantities: Collection[str] | None,
) -> list[StateChange]:
    """Changes within a span, and the last before it of each, by time."""
    of = STATES.c
    start, end = to_epoch(span.start), to_epoch(span.end)
    latest = (
        select(of.device_id, of.quantity, func.max(of.since).label("since"))
        .where(of.since < start)
        .group_by(of.device_id, of.quantity)
        .subquery()
    )
    before = select(STATES).join(
        latest,
        and_(
            of.device_id == latest.c.device_id,
            of.quantity == latest.c.quantity,
            of.since == latest.c.since,
        ),
    )
    within = select(STATES).where(of.since >= start, of.since < end)
    found = [
        StateChange(
            device_id=row.device_id,
            quantity=row.quantity,
            since=from_epoch(row.since),
            value=row.value,
        )
        for query in (before, within)
        for row in connection.execute(_only(query, device_ids, quantities))
    ]
    return sorted(found, key=lambda c: (c.since, c.device_id, c.quantity))


def _only(
    query: Select[tuple[object, ...]],
    device_ids: Collection[int] | None,
    quantities: Collection[str] | None,
) -> Select[tuple[object, ...]]:
    if device_ids is not None:
        query = query.where(STATES.c.device_id.in_(list(device_ids)))
    if quantities is not None:
        query = query.where(STATES.c.quantity.in_(list(quantities)))
    return query
