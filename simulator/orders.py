"""Writes to a unit: which orders a request holds, and whether they may pass.

The commands of the register map, read backwards. A request is obeyed as a whole
or refused as a whole.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from custom_components.legrand_ews.ews.catalogue import Command, CommandKind, Space

from .refusal import ILLEGAL_ADDRESS, ILLEGAL_FUNCTION, ILLEGAL_VALUE, RefusedError

type Value = str | Decimal
"""An option of a command, or a number in its unit."""
type Obey = Callable[[Command, Value, datetime], None]
"""Carries an order out, or does nothing; ValueError refuses the value."""


class OrderDesk:
    """Takes the writes of one unit.

    ``settings`` are the words of orders that nothing measures: what was written
    is what is read, 0 at first.
    """

    def __init__(
        self, commands: Sequence[Command] = (), obey: Obey | None = None
    ) -> None:
        """Take ``commands``, all of them: a device knows no confirmation."""
        self.settings: dict[tuple[Space, int], int] = {}
        self._commands = tuple(commands)
        self._obey = obey
        self._is_unlocked = False

    def is_taken(self, space: Space) -> bool:
        """Whether anything can be written in ``space`` at all."""
        return any(command.space is space for command in self._commands)

    @property
    def readable(self) -> Mapping[tuple[Space, int], int]:
        """Registers that can be read as they were written: address to length."""
        return {
            (c.space, c.address): c.type.words
            for c in self._commands
            if c.kind is not CommandKind.BUTTON
        }

    def write(
        self, space: Space, address: int, words: Sequence[int], now: datetime
    ) -> None:
        """Obey the words of a request; RefusedError where one is not possible.

        01 where nothing can be written in the space, 02 for a register that
        takes no order, 03 for a value, or for an order without the unlock
        word that must precede it.
        """
        if not self.is_taken(space):
            raise RefusedError(ILLEGAL_FUNCTION)
        orders = self._read(space, address, words)
        self._check(orders, now)
        for command, raw in orders:
            if command is not None:
                for offset, word in enumerate(_words(raw, command.type.words)):
                    self.settings[space, command.address + offset] = word

    def _check(
        self, orders: Sequence[tuple[Command | None, int]], now: datetime
    ) -> None:
        is_unlocked = self._is_unlocked
        self._is_unlocked = False
        values = []
        for command, raw in orders:
            if command is None:
                is_unlocked = True
                continue
            if command.unlock is not None and not is_unlocked:
                raise RefusedError(ILLEGAL_VALUE)
            values.append((command, _value(command, raw)))
        for command, value in values:
            try:
                if self._obey is not None:
                    self._obey(command, value, now)
            except ValueError as error:
                raise RefusedError(ILLEGAL_VALUE) from error
        # The word opens the door for the order that follows it, not for more.
        self._is_unlocked = is_unlocked and not values

    def _read(
        self, space: Space, address: int, words: Sequence[int]
    ) -> list[tuple[Command | None, int]]:
        """Orders with their raw values; None stands for an unlock word."""
        own = [command for command in self._commands if command.space is space]
        unlocks = {c.unlock.address: c.unlock.value for c in own if c.unlock}
        orders: list[tuple[Command | None, int]] = []
        rest = list(words)
        while rest:
            if address in unlocks:
                if rest.pop(0) != unlocks[address]:
                    raise RefusedError(ILLEGAL_VALUE)
                orders.append((None, 0))
                address += 1
                continue
            at_address = [command for command in own if command.address == address]
            if not at_address or at_address[0].type.words > len(rest):
                raise RefusedError(ILLEGAL_ADDRESS)
            count = at_address[0].type.words
            raw = _raw(at_address[0], rest[:count])
            orders.append((_meant(at_address, raw), raw))
            rest = rest[count:]
            address += count
        return orders


def _meant(commands: Sequence[Command], raw: int) -> Command:
    """The command that takes ``raw``: several buttons may share a register."""
    for command in commands:
        if command.kind is CommandKind.NUMBER or raw in command.values.values():
            return command
    raise RefusedError(ILLEGAL_VALUE)


def _value(command: Command, raw: int) -> Value:
    if command.kind is CommandKind.NUMBER:
        number = raw * command.multiplier
        if command.raw(number) is None:
            raise RefusedError(ILLEGAL_VALUE)
        return number
    return next(option for option, number in command.values.items() if number == raw)


def _raw(command: Command, words: Sequence[int]) -> int:
    raw = 0
    for word in words:
        raw = raw << 16 | word
    if command.type.is_signed and words[0] & 0x8000:
        raw -= 1 << 16 * len(words)
    return raw


def _words(raw: int, count: int) -> list[int]:
    return [raw >> 16 * k & 0xFFFF for k in reversed(range(count))]
