"""Reads one Modbus device: what is due, in as few requests as it accepts."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, Literal

from ..catalogue import (
    Block,
    Command,
    CommandKind,
    Field,
    RatioScale,
    Space,
    UnitCode,
)
from ..errors import DeviceRefusedError, DeviceSilentError
from .decoding import (
    Context,
    counts_now,
    decode_field,
    decode_modulus,
    encode_raw,
    identity_text,
    raw_at,
)
from .fetching import Clock, Fetcher, Memory
from .learning import Learnt
from .line import BusLine, Rank
from .modbus import ModbusUnit, ReadTooLongError, RegisterMissingError, drop_link
from .plan import Group, Read, atoms_of
from .polling import Poll, Round, is_refusal
from .profile import Profile, Scope
from .readings import Reading
from .rs485 import Line
from .sources import Key, Sources, key_of
from .traffic import Traffic

_SHORTEST_PATIENCE_S: Final = 0.06
_JITTER_S: Final = 0.03
"""What a busy computer or network adds to a reply's time."""


class DeviceReader:
    """Reads a device on its unit and remembers what the device accepts.

    ``timeout_s`` is the gateway's time for an answer; the map may ask for more.
    ``is_ours_to_wait`` where no gateway waits for an answer by a clock of its own (a
    serial port, RTU over TCP), so that a question can be given up sooner.
    Values are as the device gives them: supply direction and pulse weights belong to
    the metering points that use it.
    """

    def __init__(
        self,
        unit: ModbusUnit,
        profile: Profile,
        *,
        line: Line,
        timeout_s: float,
        clock: Clock,
        traffic: Traffic | None = None,
        bus_line: BusLine | None = None,
        is_ours_to_wait: bool = False,
    ) -> None:
        own = profile.register_map
        self._profile = profile
        self._learnt = Learnt(own.max_words)
        self._sources = Sources(profile.blocks)
        self._has_answered = False
        self._raws: dict[str, int] = {}
        self._context = self._resolved()
        self._are_settings_known = False
        self.quantities = frozenset[str]().union(
            *(block.quantities for block in profile.blocks)
        )
        self._is_ours_to_wait = is_ours_to_wait
        self._gateway_timeout_s = timeout_s
        self._fetcher = Fetcher(
            unit=unit,
            bus_line=bus_line or BusLine(),
            line=replace(line, turnaround_s=own.turnaround_ms / 1000),
            timeout_s=max(timeout_s, (own.reply_timeout_ms or 0) / 1000),
            spacing_s=own.spacing_ms / 1000,
            clock=clock,
            traffic=traffic or Traffic(),
            learnt=self._learnt,
        )
        self._require()

    @property
    def profile(self) -> Profile:
        """What it reads."""
        return self._profile

    def unit_code(self, register: Field) -> UnitCode | None:
        """Return what a concentrator says of an input's unit, if it says anything."""
        raw = self._raws.get(register.unit_field or "")
        if raw is None:
            return None
        return self._profile.register_map.unit_codes.get(raw)

    def is_unit_code_awaited(self, register: Field) -> bool:
        """Say whether an input's unit is still to be read."""
        return register.unit_field not in self._raws and any(
            field.name == register.unit_field
            and not self._learnt.is_refused(block, field)
            for block in self._profile.blocks
            for field in block.fields
        )

    @property
    def probe_s(self) -> float:
        """What a probe costs the line that is not answered."""
        return self._fetcher.line.unanswered_s(self._probe_patience_s())

    async def poll(self, scope: Scope, rank: Rank = Rank.NORMAL) -> Poll:
        """Read what is due.

        A part that fails leaves the others untouched. Raises
        GatewayUnreachableError, and DeviceSilentError or DeviceRefusedError when no
        value at all came back.
        """
        self._require()
        now = Round()
        for block in self._in_order():
            if now.is_over:
                if block.cadence in scope.cadences:
                    now.missed(block)
                continue
            memory = Memory()
            known = len(self._learnt.of(block).refused)
            try:
                await self._read_block(block, scope, memory, rank)
            except DeviceSilentError as error:
                await self._left_unanswered(block, memory, error, now)
            except DeviceRefusedError as error:
                counts = self._has_answered and is_refusal(error)
                on_trial = counts and self._learnt.was_lost(block, is_alive=True)
                now.lost(block, error, is_on_trial=on_trial)
            if memory.words:
                now.has_answered = True
                self._learnt.is_alive = True
                self._learnt.answered(block)
            now.readings |= self._decode(block, memory, now.gone)
            now.done(block, is_lesson=len(self._learnt.of(block).refused) > known)
        if not now.has_answered and not self._has_answered:
            # Nothing that a device refuses while it starts is a lesson.
            self._forget()
        self._has_answered = self._has_answered or now.has_answered
        poll = now.finished()
        if not poll.readings and not self._sources.are_found:
            raise DeviceRefusedError("device_without_values")
        return poll

    async def probe(self) -> None:
        """Ask for as little as possible, to see whether the device is there.

        A refusal is an answer. The question is given up as soon as the gateway has
        given up, or as the replies of its neighbours allow where no gateway waits.
        Raises DeviceSilentError, GatewayUnreachableError,
        or DeviceRefusedError where the device is busy or its reply is garbled.
        """
        block = self._in_order()[0]
        groups = [self._learnt.group_of(block, register) for register in block.fields]
        first = atoms_of(groups, self._learnt.max_words)[0]
        try:
            await self._fetcher.request(
                block.space,
                first,
                Rank.PROBE,
                patience_s=self._probe_patience_s(),
            )
        except RegisterMissingError, ReadTooLongError:
            return

    async def write(self, command: Command, raw: int) -> None:
        """Send an order, with its unlocking word before it where it wants one.

        Raises the bus errors, and OverflowError for a number that does not fit.
        """
        self._require()
        order = self._profile.word_order
        writes: list[tuple[Literal["holding", "coil"], int, Sequence[int]]] = []
        if (unlock := command.unlock) is not None:
            writes.append(("holding", unlock.address, [unlock.value]))
        if command.space is Space.COIL:
            writes.append(("coil", command.address, [raw]))
        else:
            words = encode_raw(raw, command.type, order)
            writes.append(("holding", command.address, words))
        is_button = command.kind is CommandKind.BUTTON
        await self._fetcher.write(writes, is_repeatable=not is_button)

    @property
    def longest_read(self) -> int:
        """Words that the device is known to give at once."""
        return self._learnt.max_words

    async def ask(self, space: Space, read: Read, rank: Rank) -> Sequence[int]:
        """Read words beside the map's blocks. Raises the bus errors."""
        self._require()
        return await self._fetcher.request(space, read, rank)

    async def drop_link(self) -> None:
        """Let the next request begin on a new link (see ``modbus.drop_link``)."""
        await drop_link(self._fetcher.unit)

    async def identify(self) -> dict[str, str]:
        """Read what the device says of itself; raises GatewayUnreachableError (S59)."""
        identity: dict[str, str] = {}
        for item in self._profile.register_map.identity:
            read = Read(item.address, item.words)
            try:
                words = await self._fetcher.request(item.space, read, Rank.SLOW)
            except DeviceRefusedError:
                continue
            except DeviceSilentError:
                break  # it may pass over what it does not know
            if text := identity_text(item, words):
                identity[item.name] = text
        return identity

    def _probe_patience_s(self) -> float:
        """How long to wait for the answer to a probe.

        A gateway stops listening at its own time-out, whatever the device's map says;
        a line of our own is free twice as soon as anybody on it has thought lately.
        """
        fetcher, line = self._fetcher, self._fetcher.line
        frames_s = line.frames_s(Learnt.SHORTEST) + line.silence_s + _JITTER_S
        if not self._is_ours_to_wait:
            return min(frames_s + self._gateway_timeout_s, fetcher.timeout_s)
        thinking_s = fetcher.traffic.longest_thinking_s()
        if thinking_s is None:
            return fetcher.timeout_s
        patience_s = max(_SHORTEST_PATIENCE_S, frames_s + 2 * thinking_s)
        return min(patience_s, fetcher.timeout_s)

    def _require(self) -> None:
        """Tell the link what this device needs; a test may have said otherwise."""
        fetcher = self._fetcher
        fetcher.unit.require_timeout(fetcher.timeout_s)
        fetcher.unit.set_message_spacing(fetcher.spacing_s)

    async def _left_unanswered(
        self, block: Block, memory: Memory, error: DeviceSilentError, now: Round
    ) -> None:
        """Learn from a silence; raises it where the device seems to be away.

        A device may pass over what it does not know, even what is asked for first.
        """
        now.has_answered = now.has_answered or bool(memory.words)
        now.silences += 1
        if not now.has_answered and self._learnt.of(block).silences:
            # A block that does not come again and again may be all that is wrong.
            now.has_answered = await self._is_there()
        is_on_trial = self._learnt.was_lost(block, is_alive=now.has_answered)
        self._learnt.is_alive = now.has_answered
        is_first = is_on_trial and not self._has_answered and now.silences == 1
        if not now.has_answered and not is_first:
            raise error
        now.lost(block, error, is_on_trial=is_on_trial)

    async def _is_there(self) -> bool:
        try:
            await self.probe()
        except DeviceSilentError:
            return False
        except DeviceRefusedError:
            pass  # busy, or garbled on the way
        return True

    def _forget(self) -> None:
        self._learnt.forget()
        self._are_settings_known = False
        self._sources = Sources(self._profile.blocks)

    def _in_order(self) -> list[Block]:
        """Settings first, for values depend on them; troublesome blocks last."""
        return sorted(
            self._profile.blocks,
            key=lambda block: (
                self._learnt.of(block).silences,
                bool(block.quantities),
                block.rank,
            ),
        )

    async def _read_block(
        self, block: Block, scope: Scope, memory: Memory, rank: Rank
    ) -> None:
        if groups := self._groups(block, scope):
            await self._fetcher.fetch(block, groups, memory, rank)

    def _groups(self, block: Block, scope: Scope) -> list[Group]:
        """Registers that are due, wanted and not known to be refused."""
        # A sign is read with its value or not at all.
        signs = {register.sign for register in block.fields}
        due = [
            register
            for register in block.fields
            if register.name not in signs
            and scope.wants(block, register)
            and self._sources.is_wanted(block, register)
            and not self._learnt.is_refused(block, register)
            and not self._is_out_of_force(block, register)
        ]
        if block.quantities and all(register.quantity is None for register in due):
            return []
        return [self._learnt.group_of(block, register) for register in due]

    def _resolved(self) -> Context:
        """What its words depend on, as far as it is known by now."""
        profile = self._profile
        return Context.resolve(
            raws=self._raws,
            parameters=profile.parameters,
            ratios=profile.ratios,
            modes=profile.register_map.modes,
            word_order=profile.word_order,
        )

    def _is_out_of_force(self, block: Block, register: Field) -> bool:
        """Say whether the device's mode leaves a field without meaning."""
        if register.when is None or counts_now(register, self._context):
            return False
        if self._are_settings_awaited():
            return False
        self._sources.offer(block, register, has_value=False)
        return True

    def _are_settings_awaited(self) -> bool:
        """Say whether a block of settings has been neither read nor refused yet."""
        if not self._are_settings_known:
            self._are_settings_known = all(
                bool(block.quantities)
                or self._learnt.of(block).has_answered
                or all(self._learnt.is_refused(block, f) for f in block.fields)
                for block in self._profile.blocks
            )
        return not self._are_settings_known

    def _rule_out_refused(self, block: Block) -> None:
        if not self._learnt.of(block).refused:
            return
        for register in block.fields:
            if self._learnt.is_refused(block, register):
                self._sources.rule_out(block, register)
                if register.quantity is None and register.name in self._raws:
                    del self._raws[register.name]
                    self._context = self._resolved()

    def _take_settings(self, block: Block, memory: Memory) -> None:
        order = self._context.word_order
        found = {
            register.name: raw
            for register in block.fields
            if register.quantity is None
            and (raw := raw_at(memory.words, register.address, register.type, order))
            is not None
        }
        if found:
            self._raws |= found
            self._context = self._resolved()

    def _decode(
        self, block: Block, memory: Memory, gone: set[Key]
    ) -> dict[Key, Reading]:
        self._rule_out_refused(block)
        if not memory.words:
            return {}
        self._take_settings(block, memory)
        context = self._context
        are_settings_awaited = self._are_settings_awaited()
        readings: dict[Key, Reading] = {}
        for register in block.fields:
            key = key_of(register)
            if key is None or not memory.holds(self._learnt.group_of(block, register)):
                continue
            if are_settings_awaited and _needs_settings(register):
                continue
            value = decode_field(register, memory.words, context)
            is_source = self._sources.is_wanted(block, register)
            counts = self._sources.offer(block, register, has_value=value is not None)
            if value is None and is_source:
                gone.add(key)
            if value is not None and counts:
                readings[key] = Reading(
                    quantity=key[0],
                    value=value,
                    read_at=memory.read_at[register.address],
                    modulus=decode_modulus(register, context),
                )
        return readings


def _needs_settings(register: Field) -> bool:
    """Whether a setting still to come could give its raw value another meaning."""
    return register.when is not None or isinstance(register.scale, RatioScale)
