"""The one place that speaks to ``modbus_connection``.

Reads registers with a deadline and turns that library's exceptions into the bus
errors. A reply of a wrong unit, a truncated one, one that comes too late: all are
normal on an RS-485 line.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from typing import Final, Literal

from modbus_connection import (
    GatewayPathUnavailableError,
    GatewayTargetError,
    IllegalDataAddressError,
    IllegalDataValueError,
    IllegalFunctionError,
    ModbusConnectionError,
    ModbusError,
    ModbusExceptionError,
    ModbusTimeoutError,
    ModbusUnit,
)
from modbus_connection.decode import decode_int

from ..errors import (
    BusError,
    DeviceRefusedError,
    DeviceSilentError,
    GatewayUnreachableError,
)

__all__ = [
    "MAX_READ_WORDS",
    "ModbusUnit",
    "ReadTooLongError",
    "RegisterMissingError",
    "Space",
    "UnansweredError",
    "decode_int",
    "drop_link",
    "read_words",
    "write_words",
]

type Space = Literal["holding", "input", "coil", "discrete"]

MAX_READ_WORDS: Final = 125
"""Most registers that one request can carry (Modbus application protocol V1.1b3)."""
CONNECT_ALLOWANCE_S: Final = 4.0
"""How long opening a link may take: a host that is off answers nothing at all."""
_SHORTEST_DEADLINE_S: Final = 1.0


class UnansweredError(DeviceSilentError):
    """Nothing came at all; a plain DeviceSilentError is the gateway's word for it."""


class RegisterMissingError(DeviceRefusedError):
    """The device knows no such register or function (exceptions 01 and 02)."""


class ReadTooLongError(DeviceRefusedError):
    """The device refuses the number of registers (exception 03)."""


async def read_words(
    unit: ModbusUnit,
    space: Space,
    address: int,
    count: int,
    *,
    timeout_s: float,
    spacing_s: float = 0.0,
    patience_s: float | None = None,
) -> Sequence[int]:
    """Read ``count`` registers within a deadline, as words of 16 bits.

    Coils and discrete inputs come as words of 0 and 1.

    ``timeout_s`` is the device's own; the deadline lies behind it and ends what the
    library would go on with: opening a link to a dead host, or asking a busy device
    again for a minute while its neighbours wait. ``patience_s`` ends it sooner than
    the device's own time, for a question to somebody who is probably not there.
    Raises GatewayUnreachableError, DeviceSilentError or DeviceRefusedError
    (RegisterMissingError and ReadTooLongError where the device says so).
    """
    deadline = (
        max(2 * timeout_s, _SHORTEST_DEADLINE_S) if patience_s is None else patience_s
    ) + 2 * spacing_s
    was_connected = unit.connected
    try:
        try:
            words = await _read(unit, space, address, count, deadline)
        except ModbusConnectionError:
            if not was_connected:
                raise
            # Many gateways close a link that was idle; opening it anew is no fault.
            words = await _read(unit, space, address, count, deadline)
    except Exception as error:
        # Whatever the library makes of a malformed frame: it is this device's fault
        # and must not stop its neighbours.
        raise _translated(error, is_connected=unit.connected) from error
    if len(words) != count:
        raise DeviceRefusedError("device_reply_invalid")
    return words


async def write_words(
    unit: ModbusUnit,
    space: Literal["holding", "coil"],
    address: int,
    words: Sequence[int],
    *,
    timeout_s: float,
    spacing_s: float = 0.0,
    is_repeatable: bool = True,
) -> None:
    """Write words from ``address`` on; a coil takes one word, 0 or 1.

    One word goes out by function 06, a coil by 05, more words by 16. Where the link
    breaks meanwhile, nobody knows whether the order arrived: only what
    ``is_repeatable`` is sent again. Raises the errors of ``read_words``.
    """
    deadline = max(2 * timeout_s, _SHORTEST_DEADLINE_S) + 2 * spacing_s
    was_connected = unit.connected
    try:
        try:
            await _write(unit, space, address, words, deadline)
        except ModbusConnectionError:
            if not (was_connected and is_repeatable):
                raise
            await _write(unit, space, address, words, deadline)
    except Exception as error:
        raise _translated(error, is_connected=unit.connected) from error


async def drop_link(unit: ModbusUnit) -> None:
    """Let the next request open a new link: what is under way on this one is void."""
    # Tearing down may fail on a link that is broken anyway.
    with suppress(ModbusError):
        await unit.disconnect()


async def _read(
    unit: ModbusUnit, space: Space, address: int, count: int, deadline: float
) -> Sequence[int]:
    async with asyncio.timeout(
        deadline if unit.connected else deadline + CONNECT_ALLOWANCE_S
    ):
        match space:
            case "holding":
                return await unit.read_holding_registers(address, count)
            case "input":
                return await unit.read_input_registers(address, count)
            case "coil":
                return [int(bit) for bit in await unit.read_coils(address, count)]
            case "discrete":
                bits = await unit.read_discrete_inputs(address, count)
                return [int(bit) for bit in bits]


async def _write(
    unit: ModbusUnit,
    space: Literal["holding", "coil"],
    address: int,
    words: Sequence[int],
    deadline: float,
) -> None:
    async with asyncio.timeout(
        deadline if unit.connected else deadline + CONNECT_ALLOWANCE_S
    ):
        if space == "coil":
            await unit.write_coil(address, bool(words[0]))
        elif len(words) == 1:
            await unit.write_register(address, words[0])
        else:
            await unit.write_registers(address, list(words))


def _translated(error: Exception, *, is_connected: bool) -> BusError:
    match error:
        case GatewayTargetError() | GatewayPathUnavailableError():
            return DeviceSilentError("device_silent")
        case IllegalDataValueError():
            return ReadTooLongError("device_refused", code=3)
        case IllegalDataAddressError() | IllegalFunctionError():
            return RegisterMissingError("device_refused", code=_code(error))
        case ModbusExceptionError():
            return DeviceRefusedError("device_refused", code=_code(error))
        case ModbusConnectionError():
            return GatewayUnreachableError("gateway_unreachable")
        case ModbusTimeoutError() | TimeoutError():
            # A link that could not be opened in time is no fault of the device.
            if is_connected:
                return UnansweredError("device_silent")
            return GatewayUnreachableError("gateway_unreachable")
        case OSError():
            return GatewayUnreachableError("gateway_unreachable")
        case _:
            # Truncated, garbled, or the answer to something else.
            return DeviceRefusedError("device_reply_invalid")


def _code(error: ModbusExceptionError) -> str:
    code = error.exception_code
    return "?" if code is None else str(int(code))
