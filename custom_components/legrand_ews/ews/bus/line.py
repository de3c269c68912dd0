"""Whose turn it is on the line: one request at a time, the most urgent first."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from enum import IntEnum
from heapq import heapify, heappop, heappush
from typing import Final, NamedTuple

LONGEST_RUN: Final = 4
"""Fast reads in a row while something slower waits: several watches together
must not keep a line for themselves."""


class Rank(IntEnum):
    """Urgency of a request, the most urgent first (design section 5)."""

    WRITE = 0
    FAST = 1
    """Values that something is controlled by."""
    COUNTERS = 2
    """Counters at the edge of a sample."""
    NORMAL = 3
    SLOW = 4
    """Settings, maxima, harmonics, identities."""
    PROBE = 5
    """Is anybody there?"""


class _Waiting(NamedTuple):
    rank: Rank
    order: int
    turn: asyncio.Future[None]


class BusLine:
    """Gives a gateway's line to one request at a time.

    A turn is taken for each request, never for a whole device: a write or a fast
    read waits for the frame under way and for nothing else.
    """

    def __init__(self) -> None:
        """Begin with a free line."""
        self._is_taken = False
        self._waiting: list[_Waiting] = []
        self._order = 0
        self._run = 0

    @property
    def is_taken(self) -> bool:
        """Whether a request is under way."""
        return self._is_taken

    @asynccontextmanager
    async def turn(self, rank: Rank) -> AsyncIterator[None]:
        """Wait for the line, and keep it until the end of the block."""
        await self._take(rank)
        try:
            yield
        finally:
            self._pass_on()

    async def _take(self, rank: Rank) -> None:
        if not self._is_taken:
            self._is_taken = True
            return
        turn = asyncio.get_running_loop().create_future()
        self._order += 1
        heappush(self._waiting, _Waiting(rank, self._order, turn))
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                # The turn came in the moment in which it was given up.
                self._pass_on()
            raise

    def _pass_on(self) -> None:
        """Wake who is next, or leave the line free."""
        while self._waiting:
            waiting = self._next()
            if not waiting.turn.done():
                is_fast = waiting.rank is Rank.FAST
                self._run = self._run + 1 if is_fast else 0
                waiting.turn.set_result(None)
                return
        self._is_taken = False
        self._run = 0

    def _next(self) -> _Waiting:
        if self._waiting[0].rank is Rank.FAST and self._run >= LONGEST_RUN:
            slower = [w for w in self._waiting if w.rank > Rank.FAST]
            if slower:
                first = min(slower)
                self._waiting.remove(first)
                heapify(self._waiting)
                return first
        return heappop(self._waiting)
