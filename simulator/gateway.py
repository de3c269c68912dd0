"""A Modbus gateway on a TCP port with an RS-485 line behind it.

pymodbus frames and decodes; its server is not used because a line has one
request in flight and byte times, and faults need the raw bytes of a reply
(half a frame, a late one, another unit's number), which that server hides.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
import logging
from typing import Final

from pymodbus.framer import FramerBase, FramerRTU, FramerSocket
from pymodbus.pdu import ExceptionResponse, ModbusPDU

from .clock import Clock
from .faults import ActiveFault, Fault, FaultKind
from .pdu import DECODER, answer
from .refusal import RefusedError
from .rs485 import Line
from .unit import Responder

_LOGGER = logging.getLogger(__name__)

GATEWAY_TARGET_SILENT: Final = 0x0B
_RTU_OVERHEAD: Final = 3
"""Bytes that an RTU frame has beyond its PDU: address and check sum."""
_LONGEST_FRAME: Final = 260
"""Bytes of the longest frame; more without a request in it is noise."""


class Framing(StrEnum):
    """How frames travel over the socket."""

    TCP = "tcp"
    """Modbus TCP: the gateway knows Modbus and waits for a unit's answer."""
    RTU_OVER_TCP = "rtu_over_tcp"
    """RTU frames over a socket: a serial device server, blind to Modbus."""


@dataclass(slots=True)
class Statistics:
    """What passed through a gateway since it was made or cleared."""

    connections: int = 0
    requests: int = 0
    replies: int = 0
    exceptions: int = 0
    silences: int = 0
    hurried: int = 0
    """Requests that came too early for a device, and were lost."""
    spoilt: int = 0
    """Replies that a fault changed, delayed or swallowed."""
    busy_s: float = 0.0
    """Seconds in which the line was in use."""
    by_unit: dict[int, int] = field(default_factory=dict)
    """Requests by unit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Request:
    writer: asyncio.StreamWriter
    unit: int
    transaction: int
    pdu: bytes
    received_at: float


class SimulatedGateway:
    """One gateway: ``start`` opens its port, ``stop`` closes it and its line.

    With ``is_timed`` frames take the time they take on the line; without, a
    test does not wait. ``answers_for_silent`` makes the gateway answer
    exception 0x0B for units that stay silent (as some do), else nobody does.
    With ``is_strict`` a unit does not hear a request that comes before its
    silence is over (registers.md 0.7 row 14).
    """

    def __init__(
        self,
        *,
        name: str,
        units: Mapping[int, Responder],
        clock: Clock,
        line: Line,
        framing: Framing = Framing.TCP,
        is_timed: bool = True,
        unit_timeout_s: float = 0.3,
        answers_for_silent: bool = False,
        is_strict: bool = False,
    ) -> None:
        """Wire the units; the port stays closed until ``start``."""
        self.name = name
        self.units = units
        self.line = line
        self.framing = framing
        self.port = 0
        self.statistics = Statistics()
        self._clock = clock
        self._is_timed = is_timed
        self._unit_timeout_s = unit_timeout_s
        self._answers_for_silent = answers_for_silent
        self._is_strict = is_strict
        self._answered_at: dict[int, float] = {}
        self._faults: dict[int | None, ActiveFault] = {}
        self._server: asyncio.Server | None = None
        self._worker: asyncio.Task[None] | None = None
        self._queue: asyncio.Queue[_Request] = asyncio.Queue()
        self._writers: set[asyncio.StreamWriter] = set()
        self._line_free_at = 0.0

    @property
    def is_running(self) -> bool:
        """Whether the port is open."""
        return self._server is not None

    async def start(self, port: int | None = None) -> None:
        """Open ``port`` (0: any free one; None: the one it had) on loopback."""
        if self.is_running:
            return
        self._queue = asyncio.Queue()
        self._server = await asyncio.start_server(
            self._serve, "127.0.0.1", self.port if port is None else port
        )
        self.port = self._server.sockets[0].getsockname()[1]
        self._worker = asyncio.create_task(self._run_line())

    async def stop(self) -> None:
        """Close the port and every connection; requests under way are lost."""
        if self._server is None or self._worker is None:
            return
        server, self._server = self._server, None
        server.close()
        for writer in self._writers:
            writer.transport.abort()
        await server.wait_closed()
        self._worker.cancel()
        await asyncio.gather(self._worker, return_exceptions=True)

    def set_fault(self, fault: Fault, unit: int | None = None) -> None:
        """Put ``fault`` on a unit, or on the gateway; it replaces an older one.

        A fault of the gateway goes before those of its units. KeyError for a
        unit that is not there.
        """
        if unit is not None and unit not in self.units:
            raise KeyError(unit)
        loop = asyncio.get_running_loop()
        self._faults[unit] = ActiveFault(fault=fault, since=loop.time())

    def clear_fault(self, unit: int | None = None) -> None:
        """Heal a unit, or the gateway."""
        self._faults.pop(unit, None)

    def clear_faults(self) -> None:
        """Heal the gateway and all its units."""
        self._faults.clear()

    @property
    def faults(self) -> Mapping[int | None, Fault]:
        """Faults in force, by unit; None is the gateway itself."""
        return {unit: active.fault for unit, active in self._faults.items()}

    async def _serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self.statistics.connections += 1
        self._writers.add(writer)
        framer = self._framer()
        buffer = b""
        try:
            while data := await reader.read(4096):
                buffer += data
                buffer = self._take_requests(framer, buffer, writer)
        except ConnectionError:
            _LOGGER.debug("%s: connection lost", self.name)
        finally:
            self._writers.discard(writer)
            writer.close()

    def _take_requests(
        self, framer: FramerBase, buffer: bytes, writer: asyncio.StreamWriter
    ) -> bytes:
        """Queue every whole request in ``buffer``; return what remains."""
        loop = asyncio.get_running_loop()
        while buffer:
            used, unit, transaction, pdu = framer.decode(buffer)
            if not used or not pdu:
                return buffer if len(buffer) <= _LONGEST_FRAME else b""
            buffer = buffer[used:]
            self._queue.put_nowait(
                _Request(
                    writer=writer,
                    unit=unit,
                    transaction=transaction,
                    pdu=pdu,
                    received_at=loop.time(),
                )
            )
        return buffer

    async def _run_line(self) -> None:
        while True:
            request = await self._queue.get()
            try:
                await self._exchange(request)
            except Exception:
                # The line must go on; the client sees a device that is silent.
                _LOGGER.exception("%s: request %s failed", self.name, request.pdu.hex())

    async def _exchange(self, request: _Request) -> None:
        """One request on the line: send, wait, answer."""
        statistics = self.statistics
        statistics.requests += 1
        by_unit = statistics.by_unit
        by_unit[request.unit] = by_unit.get(request.unit, 0) + 1
        begin = max(request.received_at, self._line_free_at)
        sent = begin + self.line.frame_s(len(request.pdu) + _RTU_OVERHEAD)
        fault = self._fault_of(request.unit)
        unit = self.units.get(request.unit)
        is_early = self._is_early(request.unit, begin)
        if unit is None or is_early or (fault is not None and _silences(fault)):
            statistics.silences += 1
            statistics.hurried += is_early
            await self._stay_silent(request, begin, sent)
            return
        reply = self._reply(unit, request, fault)
        end = sent + unit.turnaround_s + self.line.frame_s(reply[0] + _RTU_OVERHEAD)
        if fault is not None and fault.kind is FaultKind.DELAYED:
            end += fault.seconds
            await self._wait_until(begin + fault.seconds, is_line_time=False)
        await self._line_busy(begin, end)
        self._answered_at[request.unit] = asyncio.get_running_loop().time()
        statistics.replies += 1
        self._send(request.writer, reply[1])

    def _is_early(self, number: int, begin: float) -> bool:
        """Whether a strict unit is still busy with its last answer."""
        unit, answered = self.units.get(number), self._answered_at.get(number)
        if not self._is_strict or unit is None or answered is None:
            return False
        return begin < answered + unit.spacing_s

    async def _stay_silent(self, request: _Request, begin: float, sent: float) -> None:
        # Only a gateway that knows Modbus waits for the unit; a serial device
        # server passes bytes on and its line is free at once.
        waits = self.framing is Framing.TCP
        await self._line_busy(begin, sent + (self._unit_timeout_s if waits else 0.0))
        gateway_fault = self._faults.get(None)
        is_mute = gateway_fault is not None and _silences(gateway_fault.fault)
        if waits and self._answers_for_silent and not is_mute:
            reply = ExceptionResponse(request.pdu[0], GATEWAY_TARGET_SILENT)
            self.statistics.exceptions += 1
            self._send(request.writer, self._frame(request, reply, request.unit))

    async def _line_busy(self, begin: float, end: float) -> None:
        self.statistics.busy_s += end - begin
        self._line_free_at = end
        await self._wait_until(end, is_line_time=True)

    async def _wait_until(self, instant: float, *, is_line_time: bool) -> None:
        """Wait for ``instant`` of the loop's clock, to a fraction of a ms.

        Sleeping rounds up to whole milliseconds, which would make a line look
        slower than it is; the last one is spent in short turns of the loop.
        """
        if is_line_time and not self._is_timed:
            self._line_free_at = 0.0
            return
        loop = asyncio.get_running_loop()
        if (rest := instant - loop.time() - 0.001) > 0:
            await asyncio.sleep(rest)
        while loop.time() < instant:  # noqa: ASYNC110
            await asyncio.sleep(0)

    def _fault_of(self, unit: int) -> Fault | None:
        now = asyncio.get_running_loop().time()
        for key in (None, unit):
            active = self._faults.get(key)
            if active is not None and active.strikes(now):
                active.spoilt += 1
                self.statistics.spoilt += 1
                return active.fault
        return None

    def _reply(
        self, unit: Responder, request: _Request, fault: Fault | None
    ) -> tuple[int, bytes]:
        """Length of the reply's PDU on the line, and its bytes on the socket."""
        pdu = self._answer(unit, request, fault)
        if isinstance(pdu, ExceptionResponse):
            self.statistics.exceptions += 1
        number = request.unit
        if fault is not None and fault.kind is FaultKind.WRONG_UNIT:
            number = number % 247 + 1
        frame = self._frame(request, pdu, number)
        if fault is not None and fault.kind is FaultKind.TRUNCATED:
            frame = frame[: len(frame) // 2]
        return 1 + len(pdu.encode()), frame

    def _answer(
        self, unit: Responder, request: _Request, fault: Fault | None
    ) -> ModbusPDU:
        function = request.pdu[0]
        if fault is not None and fault.kind is FaultKind.EXCEPTION:
            return ExceptionResponse(function, fault.code)
        try:
            return answer(unit, request.pdu, self._clock.now())
        except RefusedError as error:
            return ExceptionResponse(function, error.code)

    def _frame(self, request: _Request, pdu: ModbusPDU, number: int) -> bytes:
        pdu.dev_id = number
        pdu.transaction_id = request.transaction
        return self._framer().buildFrame(pdu)

    def _framer(self) -> FramerBase:
        framer = FramerRTU if self.framing is Framing.RTU_OVER_TCP else FramerSocket
        return framer(DECODER)

    @staticmethod
    def _send(writer: asyncio.StreamWriter, frame: bytes) -> None:
        if not writer.is_closing():
            writer.write(frame)


def _silences(fault: Fault) -> bool:
    return fault.kind in {FaultKind.SILENT, FaultKind.FLAPPING}
