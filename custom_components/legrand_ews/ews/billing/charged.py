"""The log of charging sessions, and what each of them costs by the tariffs (S191).

Costs are never stored: they are computed of a session's quarters of an hour and the
prices as they are known now, so that a corrected price corrects them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Self
from zoneinfo import ZoneInfo

from ..consumption.answer import as_number
from ..consumption.query import open_span
from ..consumption.request import numbers_of
from ..metering.charged import ChargedSession
from ..quantities import Fluid
from ..timegrid import Span
from .books import Books, Metered
from .course import Piece, Timeline, pieces_of
from .money import Cost, cost_text

_SECOND: Final = timedelta(seconds=1)
_MILLI: Final = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionQuery:
    """The question of ``get_charging_sessions``: those that began in a span.

    ``device_ids`` are the sides of stations; None: all.
    """

    span: Span
    device_ids: tuple[int, ...] | None = None

    @classmethod
    def from_request(cls, request: Mapping[str, object], zone: ZoneInfo) -> Self:
        """Read the fields of an action or WebSocket message.

        Either end may be left out; a day as the end is included. Raises
        ConfigurationError at the field that is wrong.
        """
        return cls(
            span=open_span(request, zone), device_ids=numbers_of(request, "devices")
        )

    def asks_for(self, session: ChargedSession) -> bool:
        """Whether a session is one of those that are asked for."""
        is_of_device = self.device_ids is None or session.device_id in self.device_ids
        return is_of_device and self.span.start <= session.start < self.span.end


@dataclass(frozen=True, slots=True, kw_only=True)
class PricedSession:
    """A session, and its cost; None while electricity has no price."""

    session: ChargedSession
    cost: Cost | None
    currency: str

    def as_dict(self) -> dict[str, object]:
        """Return what the interface says of it: Wh, Ah, money as text."""
        session = self.session
        end = session.end
        return {
            "device": session.device_id,
            "side": session.side,
            "start": session.start.isoformat(),
            "end": None if end is None else end.isoformat(),
            "energy": as_number(session.energy_milli_wh),
            "charge_ah": session.charge_mah / _MILLI,
            "cost": cost_text(self.cost),
            "currency": self.currency,
            "reason": None if session.reason is None else session.reason.value,
            "is_estimated": session.is_estimated,
        }


class ChargedSessions:
    """The session log of a site; every method but `priced` blocks."""

    def __init__(
        self, metered: Callable[[], Metered], books: Callable[[], Books]
    ) -> None:
        """Ask the archive and the tariffs as they are when something is asked."""
        self._metered = metered
        self._books = books

    def keep(self, sessions: Sequence[ChargedSession]) -> None:
        """Store sessions that are over; raises ArchiveError, then none is stored."""
        self._metered().archive.write_sessions(sessions)

    def find(
        self, query: SessionQuery, running: Iterable[ChargedSession] = ()
    ) -> list[PricedSession]:
        """Answer ``get_charging_sessions``, those not stored yet included.

        Raises ArchiveError.
        """
        stored = self._metered().archive.sessions(query.span, query.device_ids)
        known = {(each.start, each.device_id): each for each in stored}
        for each in running:
            if query.asks_for(each):
                known[each.start, each.device_id] = each
        return [self.priced(known[key]) for key in sorted(known)]

    def priced(self, session: ChargedSession) -> PricedSession:
        """Return a session with what it costs; nothing is read for it."""
        books = self._books()
        cost = None
        if books.has_prices(Fluid.ELECTRICITY):
            cost = cost_of_session(session, books.timeline(Fluid.ELECTRICITY))
        return PricedSession(session=session, cost=cost, currency=books.currency)


def cost_of_session(session: ChargedSession, timeline: Timeline) -> Cost:
    """Sum up amounts times prices; within a piece energy flows evenly (Q23)."""
    parts = list(session.amounts())
    if not parts:
        return 0
    whole = Span(parts[0][0].start, parts[-1][0].end)
    priced = list(pieces_of(timeline, whole))
    place = cost = 0
    for span, amount in parts:
        while priced[place].end <= span.start:
            place += 1
        cost += _cost_of(amount, span, priced, place)
    return cost


def _cost_of(amount: int, span: Span, priced: Sequence[Piece], place: int) -> Cost:
    cost = done = 0
    seconds = max(1, span.length // _SECOND)
    while True:
        piece = priced[place]
        is_last = piece.end >= span.end
        passed = seconds if is_last else (piece.end - span.start) // _SECOND
        share = amount * passed // seconds - done
        cost += share * piece.price
        if is_last:
            return cost
        done += share
        place += 1
