"""The log of charging sessions as a file for spreadsheets (S191)."""

from collections.abc import Callable, Iterable
from typing import Final
from zoneinfo import ZoneInfo

from ..billing import PricedSession, cost_text
from .dialect import FileDialect, harmless, local_time

SESSION_FILE: Final = "charging-sessions.csv"
_COLUMNS: Final = (
    *("device", "name", "side", "start", "start_utc_offset", "end", "end_utc_offset"),
    *("energy_wh", "charge_ah", "cost", "currency", "reason", "is_estimated"),
)


def session_file(
    sessions: Iterable[PricedSession],
    dialect: FileDialect,
    zone: ZoneInfo,
    name_of: Callable[[int], str],
) -> bytes:
    """Return one line a session; what is not over yet has no end and no reason."""
    milli = dialect.numbers()
    lines = [dialect.heading(_COLUMNS)]
    for priced in sessions:
        session, cost = priced.session, cost_text(priced.cost)
        ended = ("", "") if session.end is None else local_time(session.end, zone)
        lines.append(
            dialect.row(
                (
                    str(session.device_id),
                    harmless(name_of(session.device_id)),
                    "" if session.side is None else str(session.side),
                    *local_time(session.start, zone),
                    *ended,
                    milli[session.energy_milli_wh],
                    milli[session.charge_mah],
                    "" if cost is None else cost.replace(".", dialect.decimal),
                    "" if cost is None else priced.currency,
                    "" if session.reason is None else session.reason.value,
                    str(int(session.is_estimated)),
                )
            )
        )
    return b"".join(lines)
