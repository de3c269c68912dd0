"""Finds who is on a bus, and which register map each device answers to.

The probes come from the register maps; the order in which they are tried is that of
registers.md 0.6, for a device may answer another one's probe: a DIRIS A-10 has flags
where IME meters have a voltage, so SOCO is asked for first.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from time import perf_counter
from types import MappingProxyType
from typing import Final

from ..catalogue import UNVERIFIED, Catalogue, Probe, RegisterMap, Space
from ..errors import DeviceRefusedError, DeviceSilentError
from ..model import SerialLink, TcpLink
from ..model.gateway import DEFAULT_TIMEOUT_MS
from .assembly import UnitFor
from .decoding import identity_text
from .line import BusLine, Rank
from .modbus import ModbusUnit, read_words
from .probe import fits
from .rs485 import line_of, patience_s

_ORDER: Final = (
    (Space.HOLDING, 0xC350),
    (Space.HOLDING, 0x1000),
    (Space.HOLDING, 0x0301),
    (Space.INPUT, 0x501D),
)
"""Probes by the order of registers.md 0.6; those of other maps follow."""
_KNOCKS: Final = (_ORDER[0], _ORDER[1])
"""Two questions to everybody: some devices pass over what they do not know."""
_JITTER_S: Final = 0.03


class Certainty(StrEnum):
    """How sure it is which map a device has."""

    CERTAIN = "certain"
    """It names itself, and one map fits."""
    LIKELY = "likely"
    """One map fits: a voltage stands where that map has one, or it has registers that
    no other map has."""
    AMBIGUOUS = "ambiguous"
    """Several maps fit equally well."""
    UNKNOWN = "unknown"
    """Somebody answers, and no map fits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A device at an address.

    ``map_key`` is the first of the ``candidates``, None where nothing fits;
    ``identity`` what it says of itself by that map.
    """

    address: int
    map_key: str | None
    certainty: Certainty
    candidates: tuple[str, ...] = ()
    identity: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanProgress:
    """How far a scan has come: ``address`` was asked last."""

    address: int
    asked: int
    total: int
    found: tuple[Found, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanResult:
    """Everybody found, the number of ``silent`` addresses and the time it took."""

    found: tuple[Found, ...]
    silent: int
    seconds: float


type OnProgress = Callable[[ScanProgress], None]


async def scan(
    unit_for: UnitFor,
    catalogue: Catalogue,
    first: int,
    last: int,
    progress: OnProgress | None = None,
    *,
    timeout_ms: int = DEFAULT_TIMEOUT_MS,
    link: TcpLink | SerialLink | None = None,
    bus_line: BusLine | None = None,
) -> ScanResult:
    """Ask every address from ``first`` to ``last`` (inclusive).

    ``progress`` is told after each address. With ``bus_line`` of a bus at work, its
    reads go first. Raises GatewayUnreachableError; cancel the task to end it early.
    """
    started = perf_counter()
    found: list[Found] = []
    total = max(0, last - first + 1)
    for asked, address in enumerate(range(first, last + 1), start=1):
        # Others may run, and whoever wants an end is heard.
        await asyncio.sleep(0)
        visit = _Visit(
            unit=unit_for(address),
            bus_line=bus_line or BusLine(),
            link=link or TcpLink(host=""),
            timeout_ms=timeout_ms,
        )
        if await visit.is_anybody_there():
            found.append(await _recognise(visit, address, catalogue))
        if progress is not None:
            progress(
                ScanProgress(
                    address=address, asked=asked, total=total, found=tuple(found)
                )
            )
    return ScanResult(
        found=tuple(found),
        silent=total - len(found),
        seconds=perf_counter() - started,
    )


type _Question = tuple[Space, int, int]


@dataclass(slots=True, kw_only=True)
class _Visit:
    """Questions to one unit; none is asked twice."""

    unit: ModbusUnit
    bus_line: BusLine
    link: TcpLink | SerialLink
    timeout_ms: int
    _answers: dict[_Question, Sequence[int] | None] = field(default_factory=dict)
    has_answered: bool = False

    async def is_anybody_there(self) -> bool:
        for space, address in _KNOCKS:
            await self.read(space, address, 4 if address == _ORDER[0][1] else 2)
            if self.has_answered:
                return True
        return False

    async def fits_all(self, probes: Sequence[Probe]) -> bool:
        for probe in probes:
            words = await self.read(probe.space, probe.address, probe.words)
            if words is None or not fits(probe, words):
                return False
        return True

    async def read(
        self, space: Space, address: int, words: int
    ) -> Sequence[int] | None:
        """Return what stands there; None where the unit refuses or is silent."""
        question = (space, address, words)
        if question not in self._answers:
            self._answers[question] = await self._ask(question)
        return self._answers[question]

    async def _ask(self, question: _Question) -> Sequence[int] | None:
        space, address, words = question
        wait_s = patience_s(self.link, self.timeout_ms, words)
        wait_s += line_of(self.link).frames_s(words) + _JITTER_S
        for _ in range(2):
            try:
                async with self.bus_line.turn(Rank.PROBE):
                    answer = await read_words(
                        self.unit,
                        space.value,
                        address,
                        words,
                        timeout_s=self.timeout_ms / 1000,
                        patience_s=wait_s,
                    )
            except DeviceSilentError:
                return None
            except DeviceRefusedError as error:
                # A refusal comes from somebody too; what is garbled is asked again.
                self.has_answered = True
                if error.key != "device_reply_invalid":
                    return None
                continue
            self.has_answered = True
            return answer
        return None


async def _recognise(visit: _Visit, address: int, catalogue: Catalogue) -> Found:
    maps = sorted((own for own in catalogue.maps.values() if own.probes), key=_order_of)
    fitting: list[RegisterMap] = []
    for own in maps:
        if fitting and own.probes[0] != fitting[0].probes[0]:
            # A later probe is no better evidence.
            break
        if await visit.fits_all(own.probes):
            fitting.append(own)
    if not fitting or not _names_itself(fitting[0]):
        fitting += await _hinted(visit, catalogue, fitting)
    if not fitting:
        return Found(address=address, map_key=None, certainty=Certainty.UNKNOWN)
    best = fitting[0]
    return Found(
        address=address,
        map_key=best.key,
        certainty=_certainty(fitting),
        candidates=tuple(own.key for own in fitting),
        identity=await _identity(visit, best),
    )


async def _hinted(
    visit: _Visit, catalogue: Catalogue, fitting: Sequence[RegisterMap]
) -> list[RegisterMap]:
    """Return maps whose devices would answer like this, though nothing proves it."""
    known = {own.key for own in fitting}
    return [
        own
        for own in catalogue.maps.values()
        if own.hints
        and (not known or not known.isdisjoint(own.hinted_beside))
        and await visit.fits_all(own.hints)
    ]


def _names_itself(own: RegisterMap) -> bool:
    return any(probe.texts or probe.values for probe in own.probes)


def _order_of(own: RegisterMap) -> tuple[int, bool, str]:
    """Sort by the first probe, then better known maps before guesses."""
    probe = own.probes[0]
    place = (probe.space, probe.address)
    rank = _ORDER.index(place) if place in _ORDER else len(_ORDER)
    return rank, own.provenance in UNVERIFIED, own.key


def _certainty(fitting: Sequence[RegisterMap]) -> Certainty:
    if len(fitting) > 1:
        return Certainty.AMBIGUOUS
    return Certainty.CERTAIN if _names_itself(fitting[0]) else Certainty.LIKELY


async def _identity(visit: _Visit, own: RegisterMap) -> dict[str, str]:
    identity: dict[str, str] = {}
    for item in own.identity:
        words = await visit.read(item.space, item.address, item.words)
        if words is not None and (text := identity_text(item, words)):
            identity[item.name] = text
    return identity
