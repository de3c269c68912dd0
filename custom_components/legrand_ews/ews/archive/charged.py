"""Sessions of charging stations that are over, as they are stored."""

from collections.abc import Collection, Iterable

from sqlalchemy import Connection, select

from ..metering.charged import ChargedSession, SessionEnd
from ..timegrid import Span
from .base import ArchiveBase
from .billing_tables import CHARGING_SESSIONS
from .dialects import replace
from .grid import from_epoch, to_epoch


class ChargedArchive(ArchiveBase):
    """The part of the archive that keeps the sessions of charging stations."""

    def write_sessions(self, sessions: Iterable[ChargedSession]) -> None:
        """Store sessions that are over; the same again changes nothing.

        Raises ArchiveError ``archive_write_failed``; then none is stored.
        """
        rows = [_row(session) for session in sessions if session.end is not None]
        with self._writing() as connection:
            replace(connection, CHARGING_SESSIONS, rows)

    def sessions(
        self, span: Span, device_ids: Collection[int] | None = None
    ) -> list[ChargedSession]:
        """Sessions that began in a span, of all stations or some, by their start."""
        with self._reading() as connection:
            return list(_read(connection, span, device_ids))


def _row(session: ChargedSession) -> dict[str, object]:
    return {
        "start": to_epoch(session.start),
        "device_id": session.device_id,
        "side": session.side,
        "ended": to_epoch(session.end or session.until),
        "reason": session.reason and session.reason.value,
        "energy_milli": session.energy_milli_wh,
        "charge_milli": session.charge_mah,
        "is_estimated": session.is_estimated,
        "pieces": " ".join(map(str, session.pieces_milli_wh)),
    }


def _read(
    connection: Connection, span: Span, device_ids: Collection[int] | None
) -> Iterable[ChargedSession]:
    of = CHARGING_SESSIONS.c
    query = (
        select(CHARGING_SESSIONS)
        .where(of.start >= to_epoch(span.start), of.start < to_epoch(span.end))
        .order_by(of.start, of.device_id)
    )
    if device_ids is not None:
        query = query.where(of.device_id.in_(list(device_ids)))
    for row in connection.execute(query):
        end = from_epoch(row.ended)
        yield ChargedSession(
            device_id=row.device_id,
            side=row.side,
            start=from_epoch(row.start),
            until=end,
            end=end,
            reason=None if row.reason is None else SessionEnd(row.reason),
            charge_mah=row.charge_milli,
            pieces_milli_wh=tuple(map(int, row.pieces.split())),
            is_estimated=row.is_estimated,
        )
