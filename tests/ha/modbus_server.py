"""A Modbus TCP gateway on loopback whose registers are written down word by word."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
import struct

READ_HOLDING = 3
ILLEGAL_FUNCTION = 1
ILLEGAL_ADDRESS = 2
NOBODY_ANSWERS = 0x0B


class ModbusServer:
    """Answers for the units it has; for any other it says that nobody is there (0B).

    ``units`` maps a unit to its holding registers, address to word. A read that
    touches a register that is not there is refused with exception 02. The port stays
    the same over a stop and a start.
    """

    def __init__(self, units: Mapping[int, Mapping[int, int]]) -> None:
        self.units = {unit: dict(registers) for unit, registers in units.items()}
        self.requests: list[tuple[int, int, int]] = []
        """Every request that came: unit, address, count."""
        self.port = 0
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        if self._server is None:
            return
        self._server.close()
        for writer in list(self._writers):
            writer.transport.abort()
        await self._server.wait_closed()
        self._server = None

    @property
    def connections(self) -> int:
        return len(self._writers)

    async def _serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self._writers.add(writer)
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                transaction, _, length, unit = struct.unpack(
                    ">HHHB", await reader.readexactly(7)
                )
                request = await reader.readexactly(length - 1)
                reply = self._reply(unit, request)
                writer.write(
                    struct.pack(">HHHB", transaction, 0, len(reply) + 1, unit) + reply
                )
                await writer.drain()
        self._writers.discard(writer)
        writer.close()

    def _reply(self, unit: int, request: bytes) -> bytes:
        function, address, count = struct.unpack(">BHH", request[:5])
        self.requests.append((unit, address, count))
        registers = self.units.get(unit)
        if registers is None:
            return bytes([function | 0x80, NOBODY_ANSWERS])
        if function != READ_HOLDING:
            return bytes([function | 0x80, ILLEGAL_FUNCTION])
        wanted = range(address, address + count)
        if any(one not in registers for one in wanted):
            return bytes([function | 0x80, ILLEGAL_ADDRESS])
        words = [registers[one] for one in wanted]
        return struct.pack(f">BB{count}H", function, 2 * count, *words)
