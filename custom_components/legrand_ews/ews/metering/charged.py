"""What a vehicle was given from plugging in to unplugging, in pieces of time.

Pieces are quarters of an hour of UTC, which every civil time and every market price is
cut by: what a session costs follows from its pieces and the tariffs alone, whenever
prices are corrected (S191).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final

from ..timegrid import Span

PIECE: Final = timedelta(minutes=15)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class SessionEnd(StrEnum):
    """What a vehicle was doing when it was unplugged."""

    FINISHED = "finished"
    """It had ended charging by itself."""
    UNPLUGGED = "unplugged"
    """It could have gone on."""
    WAITING = "waiting"
    """The load management let it wait."""
    HELD = "held"
    """A user let it wait."""
    FAULT = "fault"
    UNSEEN = "unseen"
    """It left while nobody could see it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargedSession:
    """One vehicle at one side of a charging station; instants are UTC.

    ``end`` is None while it is plugged in, and what it was given is known up to
    ``until``. ``pieces_milli_wh`` begin with the quarter of an hour that holds
    ``start``. ``charge_mah`` is that of one loaded phase (Q32). ``is_estimated`` says
    that energy was worked out of currents, as the station has no counter.
    """

    device_id: int
    side: int | None
    start: datetime
    until: datetime
    end: datetime | None = None
    reason: SessionEnd | None = None
    charge_mah: int = 0
    pieces_milli_wh: tuple[int, ...] = ()
    expected_milli_wh: int = 0
    """What has flowed by the currents since the counter told anything: shown, but not
    booked before the counter has told it."""
    is_estimated: bool = False

    @property
    def energy_milli_wh(self) -> int:
        """All that the vehicle was given."""
        return sum(self.pieces_milli_wh)

    @property
    def duration(self) -> timedelta:
        """How long it was plugged in, as far as is known."""
        return (self.end or self.until) - self.start

    def amounts(self) -> Iterator[tuple[Span, int]]:
        """Yield what was given when, in order, without pieces in which nothing was."""
        at = piece_start(self.start)
        last = self.end or self.until
        for amount in self.pieces_milli_wh:
            if amount:
                first = max(at, self.start)
                upto = max(min(at + PIECE, last), first + timedelta(seconds=1))
                yield Span(first, upto), amount
            at += PIECE


def piece_start(instant: datetime) -> datetime:
    """Start of the piece that holds an instant."""
    return instant - (instant - _EPOCH) % PIECE


def spread(pieces: list[int], start: datetime, amount_milli: int, span: Span) -> None:
    """Add what flowed evenly over a span to the pieces of a session since ``start``.

    The parts add up to the amount. A span before ``start`` counts from there, and one
    without length where it stands.
    """
    origin = piece_start(start)
    first = max(span.start, start)
    last = max(span.end, first)
    seconds = max(1, round((last - first) / timedelta(seconds=1)))
    place, done = (first - origin) // PIECE, 0
    while True:
        edge = origin + (place + 1) * PIECE
        is_last = edge >= last
        passed = seconds if is_last else round((edge - first) / timedelta(seconds=1))
        share = amount_milli * passed // seconds - done
        pieces.extend([0] * (place + 1 - len(pieces)))
        pieces[place] += share
        done += share
        if is_last:
            return
        place += 1
