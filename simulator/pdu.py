"""Modbus requests and replies of a unit, without any frame around them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from pymodbus.pdu import DecodePDU, ModbusPDU
from pymodbus.pdu.bit_message import (
    ReadCoilsResponse,
    ReadDiscreteInputsResponse,
    WriteMultipleCoilsResponse,
    WriteSingleCoilResponse,
)
from pymodbus.pdu.register_message import (
    ReadHoldingRegistersResponse,
    ReadInputRegistersResponse,
    WriteMultipleRegistersResponse,
    WriteSingleRegisterResponse,
)

from custom_components.legrand_ews.ews.catalogue import Space

from .refusal import ILLEGAL_FUNCTION, ILLEGAL_VALUE, RefusedError
from .unit import Responder

DECODER: Final = DecodePDU(is_server=True)
_READS: Final = {1: Space.COIL, 2: Space.DISCRETE, 3: Space.HOLDING, 4: Space.INPUT}
_WRITES: Final = {
    5: Space.COIL,
    6: Space.HOLDING,
    15: Space.COIL,
    16: Space.HOLDING,
}
_SHORT_LENGTH: Final = 5
"""Bytes of a PDU with two words after the function: reads and single writes."""
_COIL_WORDS: Final = {0xFF00: 1, 0x0000: 0}


def answer(unit: Responder, pdu: bytes, now: datetime) -> ModbusPDU:
    """The reply to functions 01 to 06, 15 and 16; RefusedError for the rest."""
    function = pdu[0]
    if function in _READS:
        return _read(unit, pdu, now)
    if function not in _WRITES:
        raise RefusedError(ILLEGAL_FUNCTION)
    return _write(unit, pdu, now)


def _read(unit: Responder, pdu: bytes, now: datetime) -> ModbusPDU:
    if len(pdu) != _SHORT_LENGTH:
        raise RefusedError(ILLEGAL_VALUE)
    space = _READS[pdu[0]]
    values = list(unit.read(space, _word(pdu, 1), _word(pdu, 3), now))
    if space is Space.COIL:
        return ReadCoilsResponse(bits=[bool(value) for value in values])
    if space is Space.DISCRETE:
        return ReadDiscreteInputsResponse(bits=[bool(value) for value in values])
    if space is Space.INPUT:
        return ReadInputRegistersResponse(registers=values)
    return ReadHoldingRegistersResponse(registers=values)


def _write(unit: Responder, pdu: bytes, now: datetime) -> ModbusPDU:
    function, space = pdu[0], _WRITES[pdu[0]]
    if len(pdu) < _SHORT_LENGTH:
        raise RefusedError(ILLEGAL_VALUE)
    address = _word(pdu, 1)
    words = _written(pdu)
    unit.write(space, address, words, now)
    if function == 5:
        return WriteSingleCoilResponse(address=address, bits=[bool(words[0])])
    if function == 6:
        return WriteSingleRegisterResponse(address=address, registers=list(words))
    if function == 15:
        return WriteMultipleCoilsResponse(address=address, count=len(words))
    return WriteMultipleRegistersResponse(address=address, count=len(words))


def _written(pdu: bytes) -> Sequence[int]:
    """Words or bits of a write; RefusedError 03 where the numbers do not fit."""
    function, count = pdu[0], _word(pdu, 3)
    if function in {5, 6}:
        if len(pdu) != _SHORT_LENGTH or (function == 5 and count not in _COIL_WORDS):
            raise RefusedError(ILLEGAL_VALUE)
        return [_COIL_WORDS[count] if function == 5 else count]
    size = 2 * count if function == 16 else -(-count // 8)
    data = pdu[6:]
    if not count or len(data) != size or pdu[5] != size:
        raise RefusedError(ILLEGAL_VALUE)
    if function == 16:
        return [_word(data, k) for k in range(0, size, 2)]
    return [data[k // 8] >> k % 8 & 1 for k in range(count)]


def _word(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 2], "big")
