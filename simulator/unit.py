"""A Modbus unit: register tables over what it measures, and its accidents."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, override

from custom_components.legrand_ews.ews.catalogue import (
    Block,
    Command,
    Field,
    HarmonicBlock,
    Space,
)

from .encoding import (
    Settings,
    Values,
    counter_raw,
    encode_block,
    input_modulus,
    modulus_micro,
    resolution_micro,
)
from .harmonics import encode_harmonics
from .orders import Obey, OrderDesk
from .refusal import ILLEGAL_ADDRESS, ILLEGAL_VALUE, RefusedError


@dataclass(frozen=True, slots=True, kw_only=True)
class Constant:
    """Words that never change: identifiers and texts outside the blocks."""

    space: Space
    address: int
    words: tuple[int, ...]


class Responder(Protocol):
    """What answers at one address on a bus."""

    @property
    def turnaround_s(self) -> float:
        """Seconds it takes to answer."""
        raise NotImplementedError

    @property
    def spacing_s(self) -> float:
        """Seconds of silence it needs after an answer."""
        raise NotImplementedError

    def read(
        self, space: Space, address: int, count: int, now: datetime
    ) -> Sequence[int]:
        """Words or bits of a read request; RefusedError where it refuses."""
        raise NotImplementedError

    def write(
        self, space: Space, address: int, words: Sequence[int], now: datetime
    ) -> None:
        """Obey a write request; RefusedError where it refuses."""
        raise NotImplementedError


class Unit(Responder):
    """A device on a bus: alone at its address, or with others that share it.

    ``constants`` gives the texts and identifiers for a serial number.
    ``measure`` gives true values at an instant; the unit adds what happened
    to its own counters (resets, presets, an exchange of the meter). Counter
    names are quantities, or ``input_1`` ... on a concentrator. With
    ``is_whole`` only whole blocks can be read, each by a request of its own.
    It takes no writes before ``take_orders``.
    """

    def __init__(
        self,
        *,
        model: str,
        serial: str,
        blocks: Sequence[Block],
        constants: Callable[[str], Sequence[Constant]],
        settings: Settings,
        measure: Callable[[datetime], Values],
        max_words: int,
        turnaround_s: float,
        spacing_s: float = 0.0,
        is_whole: bool = False,
        harmonics: Sequence[HarmonicBlock] = (),
    ) -> None:
        """Build the tables; nothing is measured before somebody reads."""
        self.model = model
        self.serial = serial
        self.settings = settings
        self.max_words = max_words
        self.exchanges = 0
        self.is_whole = is_whole
        self._turnaround_s = turnaround_s
        self._spacing_s = spacing_s
        self._blocks = tuple(blocks)
        self._harmonics = tuple(harmonics)
        self._constants = constants
        self._measure = measure
        self._offsets: dict[str, int] = {}
        self._desk = OrderDesk()
        self._kept: frozenset[tuple[Space, int]] = frozenset()
        self.tables = self._readable()
        """Readable stretches: space, first address, address behind the last."""

    def take_orders(self, commands: Sequence[Command], obey: Obey) -> None:
        """Let ``commands`` be written, all of them; ``obey`` carries them out."""
        self._desk = OrderDesk(commands, obey)
        self._kept = _kept_registers(self._blocks, self._desk)
        self.tables = self._readable()

    @property
    @override
    def turnaround_s(self) -> float:
        """Seconds it takes to answer."""
        return self._turnaround_s

    @property
    @override
    def spacing_s(self) -> float:
        """Seconds of silence it needs after an answer."""
        return self._spacing_s

    @override
    def read(
        self, space: Space, address: int, count: int, now: datetime
    ) -> Sequence[int]:
        """Words or bits of a read request, all taken at one instant.

        Raises RefusedError 02 for anything outside one of the unit's tables,
        03 for more words than the unit delivers at once.
        """
        if not 1 <= count <= self.max_words:
            raise RefusedError(ILLEGAL_VALUE)
        last = address + count
        if not any(
            s is space and first <= address and last <= end
            for s, first, end in self.tables
        ):
            raise RefusedError(ILLEGAL_ADDRESS)
        if self.is_whole and (space, address, last) not in self.tables:
            raise RefusedError(ILLEGAL_ADDRESS)
        image = dict.fromkeys(range(address, last), 0)
        values = self._values(now)
        for block in self._blocks:
            if block.space is space and _overlap(block, address, last):
                words = encode_block(block, values, self.settings)
                image |= _placed(block.address, words)
        for harmonic in self._harmonics:
            is_asked = harmonic.address < last and address < harmonic.end
            if harmonic.space is space and is_asked:
                words = encode_harmonics(harmonic, values, self.settings)
                image |= _placed(harmonic.address, words)
        for constant in self._constants(self.serial):
            if constant.space is space:
                image |= _placed(constant.address, constant.words)
        for register in self._kept & {(space, k) for k in image}:
            image[register[1]] = self._desk.settings.get(register, 0)
        return [image[k] for k in range(address, last)]

    @override
    def write(
        self, space: Space, address: int, words: Sequence[int], now: datetime
    ) -> None:
        """Obey a write request, as a whole or not at all.

        Raises RefusedError 01 where nothing can be written in the space, 02
        for a register that takes no order, 03 for a value that is refused.
        """
        self._desk.write(space, address, words, now)

    def prepare(self, now: datetime) -> None:
        """Work out every value once; what is remembered makes reads quick."""
        dict(self._values(now).gauges)

    def shown(self, quantity: str, now: datetime) -> int:
        """What the unit's best counter for a quantity shows, in thousandths.

        Whole counts only, rolled over as on the device. KeyError where the
        unit has no such counter.
        """
        register = self.counter_field(quantity)
        total = self._values(now).counters[quantity]
        raw = counter_raw(register, total, self.settings)
        return raw * resolution_micro(register, self.settings) // 1000

    def counter_field(self, quantity: str) -> Field:
        """The field of lowest rank that carries a counter; KeyError if none."""
        candidates = [
            (register.rank, block.rank, index, register)
            for index, block in enumerate(self._blocks)
            for register in block.fields
            if register.quantity == quantity and self.settings.is_in_force(register)
        ]
        if not candidates:
            raise KeyError(quantity)
        return min(candidates, key=lambda c: c[:3])[-1]

    def roll_over(self, name: str) -> int:
        """Where a counter is zero again, in millionths, in counts for an input.

        KeyError for a counter that the unit has not.
        """
        for block in self._blocks:
            for register in block.fields:
                if register.position is not None and name == _input(register.position):
                    return input_modulus(register)
        return modulus_micro(self.counter_field(name), self.settings)

    def counters(self, now: datetime) -> Mapping[str, int]:
        """Every counter in millionths since its last reset, without roll-over."""
        values = self._values(now)
        inputs = {_input(n): count for n, count in values.inputs.items()}
        return {**values.counters, **inputs}

    def reset(self, now: datetime, names: Iterable[str] | None = None) -> None:
        """Set counters, all or the named ones, to zero."""
        for name in self.counters(now) if names is None else names:
            self.preset(name, 0, now)

    def preset(self, name: str, value: int, now: datetime) -> None:
        """Let a counter show ``value`` now.

        ``value`` is in millionths of its unit, in counts for an input; give
        one just below the modulus to watch it roll over. KeyError for a
        counter that the unit has not.
        """
        self._offsets[name] = (
            self._offsets.get(name, 0) + value - self.counters(now)[name]
        )

    def exchange(self, now: datetime, serial: str) -> None:
        """Put a new meter in the old one's place: new number, zero counters."""
        self.reset(now)
        self.serial = serial
        self.exchanges += 1

    def _readable(self) -> tuple[tuple[Space, int, int], ...]:
        constants = self._constants(self.serial)
        stretches = [(b.space, b.address, b.address + b.words) for b in self._blocks]
        stretches += [(h.space, h.address, h.end) for h in self._harmonics]
        stretches += [(c.space, c.address, c.address + len(c.words)) for c in constants]
        stretches += [(space, address, address + 1) for space, address in self._kept]
        return _joined(stretches)

    def _values(self, now: datetime) -> Values:
        true = self._measure(now)
        offset = self._offsets.get
        return Values(
            counters={
                name: max(0, value + offset(name, 0))
                for name, value in true.counters.items()
            },
            gauges=true.gauges,
            inputs={
                position: max(0, count + offset(_input(position), 0))
                for position, count in true.inputs.items()
            },
            states=true.states,
        )


def _input(position: int) -> str:
    return f"input_{position}"


def _placed(address: int, words: Iterable[int]) -> dict[int, int]:
    return dict(enumerate(words, start=address))


def _overlap(block: Block, address: int, end: int) -> bool:
    return block.address < end and address < block.address + block.words


def _kept_registers(
    blocks: Iterable[Block], desk: OrderDesk
) -> frozenset[tuple[Space, int]]:
    """Registers that show what was written, as no field of a block does."""
    shown = {
        (block.space, address + k)
        for block in blocks
        for register in block.fields
        for address, words in register.spans
        for k in range(words)
    }
    written = {
        (space, address + k)
        for (space, address), words in desk.readable.items()
        for k in range(words)
    }
    return frozenset(written - shown)


def _joined(
    stretches: Iterable[tuple[Space, int, int]],
) -> tuple[tuple[Space, int, int], ...]:
    """Readable stretches (space, first, end); touching ones are one table."""
    merged: list[tuple[Space, int, int]] = []
    for space, first, end in sorted(stretches):
        if merged and merged[-1][0] is space and first <= merged[-1][2]:
            _, start, reached = merged.pop()
            merged.append((space, start, max(reached, end)))
        else:
            merged.append((space, first, end))
    return tuple(merged)
