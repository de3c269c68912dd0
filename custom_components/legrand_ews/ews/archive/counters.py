"""Where counters stand, and the journal of what they did beside counting."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from sqlalchemy import Connection, delete, insert, select

from ..metering import Correction, CorrectionKind, CounterState, OpenCount
from ..timegrid import Span
from .dialects import Plain, plain_rows, replace
from .grid import from_epoch, to_epoch
from .tables import CORRECTIONS, COUNTED, COUNTERS, OPEN_COUNTS

_KEY: Final = ("device_id", "read_at", "booked_until")


type _Row = tuple[int, int, int]
"""Device, and when its counters were read and until when they are booked."""


def write_counters(connection: Connection, states: Sequence[CounterState]) -> None:
    """Keep where counters stand; the last of several states of a counter holds."""
    if not states:
        return
    latest = {(state.device_id, state.quantity): state for state in states}
    devices = sorted({state.device_id for state in states})
    rows: defaultdict[_Row, dict[str, int]] = defaultdict(dict)
    for key, values in _rows(connection, devices):
        for quantity, milli in values.items():
            if (key[0], quantity) not in latest:
                rows[key][quantity] = milli
    opened = {
        (device_id, quantity): text
        for device_id, quantity, text in _open_counts(connection, devices)
        if (device_id, quantity) not in latest
    }
    for (device_id, quantity), state in latest.items():
        instants = to_epoch(state.read_at), to_epoch(state.booked_until)
        rows[device_id, *instants][quantity] = state.value_milli
        if state.open_count is not None:
            opened[device_id, quantity] = state.open_count.to_text()
    for table in (COUNTERS, OPEN_COUNTS):
        connection.execute(delete(table).where(table.c.device_id.in_(devices)))
    # Rows of one statement name the same columns.
    nothing = dict.fromkeys({quantity for row in rows.values() for quantity in row})
    replace(
        connection,
        COUNTERS,
        [
            dict(zip(_KEY, key, strict=True)) | nothing | rows[key]
            for key in sorted(rows)
        ],
    )
    replace(
        connection,
        OPEN_COUNTS,
        [
            {"device_id": device_id, "quantity": quantity, "open_count": text}
            for (device_id, quantity), text in sorted(opened.items())
        ],
    )


def read_counters(connection: Connection) -> list[CounterState]:
    """Where each counter stood when it was booked last."""
    opened = {(d, q): text for d, q, text in _open_counts(connection)}
    return [
        CounterState(
            device_id=device_id,
            quantity=quantity,
            value_milli=milli,
            read_at=from_epoch(read_at),
            booked_until=from_epoch(booked_until),
            open_count=OpenCount.of_text(text)
            if (text := opened.get((device_id, quantity)))
            else None,
        )
        for (device_id, read_at, booked_until), values in _rows(connection)
        for quantity, milli in values.items()
    ]


def _rows(
    connection: Connection, device_ids: Sequence[int] | None = None
) -> Iterator[tuple[_Row, dict[str, int]]]:
    columns = COUNTERS.c
    query = select(*(columns[name] for name in (*_KEY, *COUNTED)))
    if device_ids is not None:
        query = query.where(columns.device_id.in_(device_ids))
    for row in plain_rows(connection, query):
        values = zip(COUNTED, row[3:], strict=True)
        yield row[:3], {q: milli for q, milli in values if milli is not None}


def _open_counts(
    connection: Connection, device_ids: Sequence[int] | None = None
) -> list[Plain]:
    columns = OPEN_COUNTS.c
    query = select(columns.device_id, columns.quantity, columns.open_count)
    if device_ids is not None:
        query = query.where(columns.device_id.in_(device_ids))
    return plain_rows(connection, query)


def write_corrections(
    connection: Connection, corrections: Sequence[Correction]
) -> None:
    """Add to the journal; what is in it already is not told twice."""
    rows = [
        {
            "at": to_epoch(correction.at),
            "device_id": correction.device_id,
            "quantity": correction.quantity,
            "kind": correction.kind.value,
            "before_milli": correction.before_milli,
            "after_milli": correction.after_milli,
            "booked_milli": correction.booked_milli,
        }
        for correction in corrections
    ]
    for row in rows:
        same = select(CORRECTIONS.c.id).where(
            *(CORRECTIONS.c[name] == value for name, value in row.items())
        )
        if connection.execute(same.limit(1)).first() is None:
            connection.execute(insert(CORRECTIONS), row)


def read_corrections(connection: Connection, span: Span) -> list[Correction]:
    """What the journal tells of a span, oldest first."""
    at = CORRECTIONS.c.at
    query = (
        select(CORRECTIONS)
        .where(at >= to_epoch(span.start), at < to_epoch(span.end))
        .order_by(at, CORRECTIONS.c.id)
    )
    return [
        Correction(
            device_id=row.device_id,
            quantity=row.quantity,
            at=from_epoch(row.at),
            kind=CorrectionKind(row.kind),
            before_milli=row.before_milli,
            after_milli=row.after_milli,
            booked_milli=row.booked_milli,
        )
        for row in connection.execute(query)
    ]
