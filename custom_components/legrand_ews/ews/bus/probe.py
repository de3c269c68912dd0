"""The Test buttons: does a gateway answer, does a device, and what does it say.

Nothing here raises for a fault on the bus: the answer carries it (S52, S59).
"""

# ruff: noqa: PT028 - functions named after the Test button, no tests

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from time import perf_counter
from types import MappingProxyType
from typing import Final

from ..catalogue import Catalogue, Probe, Provenance, RegisterMap
from ..errors import (
    BusError,
    ConfigurationError,
    DeviceRefusedError,
    DeviceSilentError,
    GatewayUnreachableError,
)
from ..model import Device, SerialLink, TcpLink
from ..model.gateway import DEFAULT_TIMEOUT_MS
from .assembly import UnitFor, point_of, profile_of
from .decoding import decode_text
from .modbus import MAX_READ_WORDS, ModbusUnit, decode_int, read_words
from .polling import Poll
from .profile import EVERYTHING
from .reader import DeviceReader
from .readings import Reading
from .rs485 import Line, line_of, patience_s

_ANY_UNIT: Final = 1
_MOST_LESSONS: Final = 8
"""Reads until a meter that passes over what it does not know has shown all it has."""
_PATIENCE: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class GatewayTest:
    """Answer of a gateway test. ``answering`` are the units that replied."""

    is_reachable: bool
    latency_ms: float | None = None
    answering: tuple[int, ...] = ()
    error: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceTest:
    """Answer of a device test.

    ``map_key`` is the register map that was read, with its ``provenance``;
    ``recognised`` the map that the device's answers fit, None where none does.
    ``error`` is the translation key of the fault, with ``placeholders``.
    """

    is_reachable: bool
    identity: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    map_key: str = ""
    provenance: Provenance | None = None
    recognised: str | None = None
    readings: Mapping[str, Reading] = field(
        default_factory=lambda: MappingProxyType({})
    )
    error: str | None = None
    placeholders: Mapping[str, str] = field(
        default_factory=lambda: MappingProxyType({})
    )


async def test_gateway(
    unit_for: UnitFor,
    units: Iterable[int] = (),
    *,
    timeout_ms: int = DEFAULT_TIMEOUT_MS,
) -> GatewayTest:
    """Ask every unit for one register; a gateway without devices, unit 1.

    A gateway is reachable when the link to it opens, whoever answers behind it.
    ``latency_ms`` is the shortest time of an answer.
    """
    answering: list[int] = []
    latencies: list[float] = []
    for number in sorted(set(units)) or [_ANY_UNIT]:
        unit = unit_for(number)
        started = perf_counter()
        try:
            await read_words(unit, "holding", 0, 1, timeout_s=timeout_ms / 1000)
        except GatewayUnreachableError as error:
            return GatewayTest(is_reachable=False, error=error.key)
        except DeviceSilentError:
            continue
        except DeviceRefusedError:
            # A refusal comes from somebody too.
            pass
        answering.append(number)
        latencies.append(1000 * (perf_counter() - started))
    return GatewayTest(
        is_reachable=True,
        latency_ms=min(latencies, default=None),
        answering=tuple(answering),
    )


async def test_device(
    device: Device,
    catalogue: Catalogue,
    unit_for: UnitFor,
    *,
    timeout_ms: int = DEFAULT_TIMEOUT_MS,
    link: TcpLink | SerialLink | None = None,
) -> DeviceTest:
    """Read a device once, whole, and who it says it is.

    ``link`` is its gateway's: on a slow serial port a long reply needs more time
    than ``timeout_ms``.
    """
    try:
        point, model = point_of(device, catalogue)
        profile = profile_of([point], model, catalogue)
    except ConfigurationError as error:
        return DeviceTest(
            is_reachable=False, error=error.key, placeholders=error.placeholders
        )
    own = profile.register_map
    unit = unit_for(device.address.unit)
    reader = DeviceReader(
        unit,
        profile,
        line=Line() if link is None else line_of(link),
        timeout_s=timeout_ms / 1000
        if link is None
        else patience_s(link, timeout_ms, own.max_words),
        clock=lambda: datetime.now(UTC),
    )
    recognised: str | None = None
    identity: Mapping[str, str] = {}
    try:
        await _with_second_chance(reader.probe)
        recognised = await _recognise(unit, own, catalogue, timeout_ms / 1000)
        identity = await reader.identify()
        poll = await _read_whole(reader)
    except BusError as error:
        return DeviceTest(
            is_reachable=isinstance(error, DeviceRefusedError),
            identity=identity,
            map_key=own.key,
            provenance=own.provenance,
            recognised=recognised,
            error=error.key,
            placeholders=error.placeholders,
        )
    fault = poll.error
    return DeviceTest(
        is_reachable=True,
        identity=identity,
        map_key=own.key,
        provenance=own.provenance,
        recognised=recognised,
        readings=point.readings_of(reader, poll.readings),
        error=None if fault is None else fault.key,
        placeholders={} if fault is None else fault.placeholders,
    )


async def _read_whole(reader: DeviceReader) -> Poll:
    """Read until it is found out what the device does not know, or give up.

    Raises the last fault where no value ever came.
    """
    for _ in range(_PATIENCE):
        # What it does not know may come first.
        with suppress(DeviceSilentError):
            return await _whole(reader, await reader.poll(EVERYTHING))
    return await _whole(reader, await reader.poll(EVERYTHING))


async def _whole(reader: DeviceReader, poll: Poll) -> Poll:
    for lesson in range(_MOST_LESSONS):
        if not poll.missed or (lesson and not poll.is_learning):
            break
        try:
            poll = await reader.poll(EVERYTHING)
        except BusError:
            break
    return poll


async def _with_second_chance[T](ask: Callable[[], Awaitable[T]]) -> T:
    """Ask again where no answer came: one lost frame is nothing on RS-485."""
    try:
        return await ask()
    except DeviceSilentError:
        return await ask()


async def _recognise(
    unit: ModbusUnit, own: RegisterMap, catalogue: Catalogue, timeout_s: float
) -> str | None:
    """Return the map that a device answers to, its own first (registers.md 0.6).

    Silence is an answer of meters that pass over what they do not know; but a frame that
    was lost shall not make another model of one.
    """
    alternatives = (catalogue.maps.get(key) for key in own.alternatives)
    for candidate in (own, *(found for found in alternatives if found is not None)):
        for probe in candidate.probes:
            ask = partial(
                read_words,
                unit,
                probe.space.value,
                probe.address,
                min(probe.words, MAX_READ_WORDS),
                timeout_s=timeout_s,
            )
            try:
                words = await _with_second_chance(ask)
            except DeviceRefusedError, DeviceSilentError:
                continue
            if fits(probe, words):
                return candidate.key
    return None


def fits(probe: Probe, words: Sequence[int]) -> bool:
    """Say whether an answer is what a probe expects."""
    if probe.texts:
        text = decode_text(words).casefold()
        return any(text.startswith(known.casefold()) for known in probe.texts)
    number = decode_int(list(words), signed=False)
    if probe.values:
        return number in probe.values
    is_high_enough = probe.minimum is None or number >= probe.minimum
    return is_high_enough and (probe.maximum is None or number <= probe.maximum)
