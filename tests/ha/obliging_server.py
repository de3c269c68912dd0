"""A Modbus TCP gateway on loopback behind which every address answers, with zeros."""

import struct
from typing import override

from .modbus_server import ModbusServer

READS_OF_BITS = (1, 2)
READS_OF_WORDS = (3, 4)


class ObligingServer(ModbusServer):
    """Answers every read of coils, inputs and registers of every unit with zeros.

    So a device of any model can be tested and stored; what it measures is not looked at.
    """

    def __init__(self) -> None:
        super().__init__({})

    @override
    def _reply(self, unit: int, request: bytes) -> bytes:
        function, address, count = struct.unpack(">BHH", request[:5])
        self.requests.append((unit, address, count))
        if function in READS_OF_BITS:
            size = (count + 7) // 8
        elif function in READS_OF_WORDS:
            size = 2 * count
        else:
            return super()._reply(unit, request)
        return bytes([function, size]) + bytes(size)
