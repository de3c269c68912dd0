"""Where counters stand, and the journal of what they did beside counting."""

from collections.abc import Sequence

from sqlalchemy import Connection, insert, select

from ..metering import Correction, CorrectionKind, CounterState, OpenCount
from ..timegrid import Span
from .dialects import replace
from .grid import from_epoch, to_epoch
from .known import numbers
from .tables import CORRECTIONS, COUNTERS


def write_counters(connection: Connection, states: Sequence[CounterState]) -> None:
    """Keep where counters stand; the last of several states of a counter holds."""
    if not states:
        return
    number = numbers(connection)
    latest = {(state.device_id, state.quantity): state for state in states}
    replace(
        connection,
        COUNTERS,
        [
            {
                "device_id": state.device_id,
                "quantity": number[state.quantity],
                "value_milli": state.value_milli,
                "read_at": to_epoch(state.read_at),
                "booked_until": to_epoch(state.booked_until),
                "open_count": state.open_count and state.open_count.to_text(),
            }
            for state in sorted(
                latest.values(), key=lambda s: (s.device_id, number[s.quantity])
            )
        ],
    )


def read_counters(connection: Connection) -> list[CounterState]:
    """Where each counter stood when it was booked last."""
    names = {number: key for key, number in numbers(connection).items()}
    return [
        CounterState(
            device_id=row.device_id,
            quantity=names[row.quantity],
            value_milli=row.value_milli,
            read_at=from_epoch(row.read_at),
            booked_until=from_epoch(row.booked_until),
            open_count=OpenCount.of_text(row.open_count) if row.open_count else None,
        )
        for row in connection.execute(select(COUNTERS))
    ]


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
