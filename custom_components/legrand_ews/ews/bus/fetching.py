"""Gets registers off a device, and learns which it refuses and how many it gives."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from time import perf_counter
from typing import Final, Literal

from ..catalogue import Block, Space
from ..errors import BusError, DeviceRefusedError, DeviceSilentError
from .learning import Learnt
from .line import BusLine, Rank
from .modbus import (
    ModbusUnit,
    ReadTooLongError,
    RegisterMissingError,
    UnansweredError,
    read_words,
    write_words,
)
from .plan import Group, Read, atoms_of, plan_reads, span_of
from .rs485 import Line
from .traffic import Traffic

type Clock = Callable[[], datetime]
"""Tells the time, in UTC."""


_TRIES_AFTER_SILENCE: Final = 3

type _PlanKey = tuple[int, tuple[Group, ...], tuple[int, ...]]


@dataclass(slots=True)
class Memory:
    """Words of one block by address, and when each was read."""

    words: dict[int, int] = field(default_factory=dict)
    read_at: dict[int, datetime] = field(default_factory=dict)

    def holds(self, group: Group) -> bool:
        """Say whether every register of a group was read."""
        return all(
            address in self.words
            for part in group
            for address in range(part.address, part.end)
        )

    def store(self, read: Read, words: Sequence[int], now: datetime) -> None:
        """Keep the words of one read; they share one time."""
        for address, word in zip(range(read.address, read.end), words, strict=True):
            self.words[address] = word
            self.read_at[address] = now


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Fetcher:
    """Reads registers of one device, counting the traffic of its line.

    ``timeout_s`` is the time it may take to answer, ``spacing_s`` the silence it
    wants before the next request. Every request waits for its turn on ``bus_line``;
    ``line`` is how fast that is.
    """

    unit: ModbusUnit
    bus_line: BusLine
    line: Line
    timeout_s: float
    spacing_s: float
    clock: Clock
    traffic: Traffic
    learnt: Learnt
    _plans: dict[_PlanKey, list[list[Read]]] = field(default_factory=dict)

    async def fetch(
        self, block: Block, groups: Sequence[Group], memory: Memory, rank: Rank
    ) -> None:
        """Read ``groups`` of a block into ``memory``.

        Raises the bus errors; what was read before stays in ``memory``. A refusal
        is raised only where the block must answer and nothing of it did.
        """
        for part in self._plan(block, groups):
            try:
                await self._read(block.space, span_of(part), memory, rank)
            except (RegisterMissingError, ReadTooLongError) as refusal:
                search = _Search(block, groups, memory, rank, refusal)
                await self._search(search, part)

    async def request(
        self,
        space: Space,
        read: Read,
        rank: Rank,
        *,
        is_trusted: bool = False,
        patience_s: float | None = None,
    ) -> Sequence[int]:
        """Send one request; once more if the reply was garbled.

        Right after another device's silence the gateway may still be waiting for
        that one and leave us waiting too: a device that is trusted to answer gets
        more tries then, and the devices after it do not. ``patience_s`` is explained
        in ``modbus.read_words``.
        """
        traffic = self.traffic
        is_line_suspect = bool(traffic.silent) and self not in traffic.silent
        tries = 1
        if is_trusted and is_line_suspect and not traffic.is_doubted:
            tries = _TRIES_AFTER_SILENCE
        while True:
            tries -= 1
            try:
                return await self._attempt(space, read, rank, patience_s)
            except DeviceSilentError:
                if not tries:
                    raise
                traffic.is_doubted = True
            except DeviceRefusedError as error:
                if error.key != "device_reply_invalid":
                    raise
                return await self._attempt(space, read, rank, patience_s)

    async def write(
        self,
        writes: Sequence[tuple[Literal["holding", "coil"], int, Sequence[int]]],
        *,
        is_repeatable: bool,
    ) -> None:
        """Write words, one order right after the other, before all who wait."""
        async with self.bus_line.turn(Rank.WRITE):
            for space, address, words in writes:
                started = perf_counter()
                try:
                    await write_words(
                        self.unit,
                        space,
                        address,
                        words,
                        timeout_s=self.timeout_s,
                        spacing_s=self.spacing_s,
                        is_repeatable=is_repeatable,
                    )
                except BusError as error:
                    elapsed_s = perf_counter() - started
                    self._count_failure(error, elapsed_s, self.timeout_s, Rank.WRITE)
                    raise
                self.traffic.answered(
                    self.clock(),
                    busy_s=self.line.read_s(len(words)),
                    round_trip_s=perf_counter() - started,
                    frames_s=self.line.frames_s(len(words)),
                )

    def _plan(self, block: Block, groups: Sequence[Group]) -> list[list[Read]]:
        """Plan once: the line waits while we think."""
        longest = self.learnt.max_words
        cuts = self.learnt.of(block).cuts
        key = (longest, tuple(groups), tuple(cuts))
        plan = self._plans.get(key)
        if plan is None:
            plan = self._plans[key] = plan_reads(
                atoms_of(groups, longest, cuts),
                max_words=longest,
                cost=self.line.read_s,
                cuts=cuts,
            )
        return plan

    async def _attempt(
        self, space: Space, read: Read, rank: Rank, patience_s: float | None
    ) -> Sequence[int]:
        async with self.bus_line.turn(rank):
            return await self._ask(space, read, rank, patience_s)

    async def _ask(
        self, space: Space, read: Read, rank: Rank, patience_s: float | None
    ) -> Sequence[int]:
        started = perf_counter()
        try:
            words = await read_words(
                self.unit,
                space.value,
                read.address,
                read.words,
                timeout_s=self.timeout_s,
                spacing_s=self.spacing_s,
                patience_s=patience_s,
            )
        except BusError as error:
            waited_s = self.timeout_s if patience_s is None else patience_s
            elapsed_s = perf_counter() - started
            self._count_failure(error, elapsed_s, waited_s, rank)
            raise
        self.traffic.answered(
            self.clock(),
            busy_s=self.line.read_s(read.words),
            round_trip_s=perf_counter() - started,
            frames_s=self.line.frames_s(read.words),
        )
        return words

    def _count_failure(
        self, error: BusError, elapsed_s: float, waited_s: float, rank: Rank
    ) -> None:
        now = self.clock()
        match error:
            case DeviceSilentError():
                self.traffic.failed(
                    now,
                    busy_s=self.line.unanswered_s(waited_s),
                    is_expected=rank is Rank.PROBE,
                )
                if isinstance(error, UnansweredError):
                    self.traffic.silent.add(self)
            case DeviceRefusedError() if error.key == "device_refused":
                self.traffic.answered(
                    now,
                    busy_s=self.line.read_s(0),
                    round_trip_s=elapsed_s,
                    frames_s=self.line.frames_s(0),
                )
            case DeviceRefusedError():
                self.traffic.failed(now, busy_s=self.line.read_s(0))
            case _:
                self.traffic.failed(now, busy_s=0.0)

    async def _read(self, space: Space, read: Read, memory: Memory, rank: Rank) -> None:
        words = await self.request(space, read, rank, is_trusted=self.learnt.is_alive)
        memory.store(read, words, self.clock())

    async def _search(self, search: _Search, part: Sequence[Read]) -> None:
        """Find out what of a refused read is wrong: a register or the length."""
        block = search.block
        refused = await self._halve(search, part, search.refusal)
        is_too_long = isinstance(search.refusal, ReadTooLongError)
        if not refused and is_too_long and search.accepted:
            self.learnt.shorten(max(search.accepted))
        if not search.memory.words and not block.is_optional:
            # A block that must be there: the model or the address is wrong, or the
            # device is starting. Nothing to be remembered.
            raise search.refusal
        self.learnt.refuse(block, refused)

    async def _halve(
        self, search: _Search, part: Sequence[Read], refusal: DeviceRefusedError
    ) -> list[Read]:
        """Read both halves of a refused part; return what of it is refused."""
        if len(part) == 1:
            part = search.taken_apart(part[0])
            if len(part) == 1:
                return list(part)
        if not search.memory.words and not await self._is_any_readable(search, part):
            return list(part)
        middle = len(part) // 2
        refused: list[Read] = []
        for half in (part[:middle], part[middle:]):
            read = span_of(half)
            try:
                await self._read(search.block.space, read, search.memory, search.rank)
            except (RegisterMissingError, ReadTooLongError) as error:
                refused += await self._halve(search, half, error)
            else:
                search.accepted.append(read.words)
        if not refused and not isinstance(refusal, ReadTooLongError):
            # Each half alone is fine, so the hole between them is not.
            self.learnt.cut(search.block, part[middle].address)
        return refused

    async def _is_any_readable(self, search: _Search, part: Sequence[Read]) -> bool:
        """Ask for the first and the last value alone: an absent block has neither."""
        for atom in (part[0], part[-1]):
            try:
                await self._read(search.block.space, atom, search.memory, search.rank)
            except RegisterMissingError, ReadTooLongError:
                continue
            return True
        return False


@dataclass(frozen=True, slots=True)
class _Search:
    """A refused read of a block, and the lengths that were accepted since."""

    block: Block
    groups: Sequence[Group]
    memory: Memory
    rank: Rank
    refusal: DeviceRefusedError
    accepted: list[int] = field(default_factory=list)

    def taken_apart(self, atom: Read) -> list[Read]:
        """Return the spans inside one that holds several values, else itself."""
        inside = [
            group
            for group in self.groups
            if atom.address <= span_of(group).address and span_of(group).end <= atom.end
        ]
        spans = atoms_of(inside, max(Learnt.SHORTEST, atom.words // 2))
        return spans if len(spans) > 1 else [atom]
