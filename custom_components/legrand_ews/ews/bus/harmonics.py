"""Reads harmonics rank by rank, for a page (S148) or for the archive (S200)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from ..catalogue import HarmonicBlock, Provenance
from ..errors import ConfigurationError, DeviceRefusedError, DeviceSilentError
from .decoding import decode_raw
from .fetching import Clock
from .line import Rank
from .modbus import MAX_READ_WORDS
from .plan import Read
from .reader import DeviceReader

_BEST_FIRST: Final = tuple(Provenance)


@dataclass(frozen=True, slots=True, kw_only=True)
class Harmonics:
    """Harmonics of a device in percent of the fundamental.

    ``series`` holds, by the distorted quantity (``current_l1``), the share of every
    rank that has one. ``provenance`` is that of the least known register, ``read_at``
    when the last one was read (UTC).
    """

    series: Mapping[str, Mapping[int, Decimal]]
    provenance: Provenance
    read_at: datetime

    @property
    def ranks(self) -> tuple[int, ...]:
        """Every rank of some series, the lowest first."""
        return tuple(sorted({rank for own in self.series.values() for rank in own}))


async def read_harmonics(reader: DeviceReader, clock: Clock) -> Harmonics:
    """Read all series that a device gives; the others wait for nothing but a frame.

    A series that is refused or left unanswered is left out. Raises
    ConfigurationError ``harmonics_unknown`` for a device that has none,
    DeviceRefusedError ``harmonics_refused`` where it gives no value, and
    DeviceSilentError and GatewayUnreachableError.
    """
    blocks = reader.profile.harmonics
    if not blocks:
        raise ConfigurationError("harmonics_unknown", field="device")
    found: dict[str, Mapping[int, Decimal]] = {}
    used: list[Provenance] = []
    silence: DeviceSilentError | None = None
    for block in blocks:
        for series in block.series:
            try:
                shares = await _read_series(reader, block, series)
            except DeviceSilentError as error:
                if silence is not None:
                    raise
                silence = error
                continue
            except DeviceRefusedError:
                continue
            if shares:
                found[series] = shares
                used.append(block.provenance)
    if not found:
        raise silence or DeviceRefusedError("harmonics_refused")
    return Harmonics(
        series=found,
        provenance=max(used, key=_BEST_FIRST.index),
        read_at=clock(),
    )


async def _read_series(
    reader: DeviceReader, block: HarmonicBlock, series: str
) -> dict[int, Decimal]:
    first, own = block.address_of(series), block.type.words
    at_once = max(1, min(reader.longest_read, MAX_READ_WORDS) // own)
    words: list[int] = []
    for done in range(0, len(block.ranks), at_once):
        count = min(at_once, len(block.ranks) - done)
        read = Read(first + done * own, count * own)
        words += await reader.ask(block.space, read, Rank.SLOW)
    return {
        rank: value
        for n, rank in enumerate(block.ranks)
        if (value := _share(reader, block, words[n * own : (n + 1) * own])) is not None
    }


def _share(
    reader: DeviceReader, block: HarmonicBlock, words: Sequence[int]
) -> Decimal | None:
    raw = decode_raw(words, block.type, reader.profile.word_order)
    pattern = raw & ((1 << 16 * block.type.words) - 1)
    return None if pattern in block.not_available else raw * block.multiplier
