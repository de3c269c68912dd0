"""Tells a device something, and looks whether it did it (S150, S153-S156)."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from ..catalogue import Catalogue, Command, CommandKind
from ..errors import BusError, ConfigurationError, DeviceRefusedError
from ..model import Device
from ..quantities import QUANTITIES
from .decoding import decode_raw, encode_raw
from .line import Rank
from .plan import Read
from .polling import Poll
from .profile import Scope
from .reader import DeviceReader

_LOOKS: Final = 2
"""How often the outcome is looked at: a device may be slower than it says."""
_SHORTEST_SETTLE_S: Final = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteResult:
    """An order that a device has taken.

    ``shown`` is what its read-back quantity shows after it, in that quantity's
    unit (a state: the index of its option); None where there is nothing to look at.
    """

    device_id: int
    command: str
    value: str | Decimal
    at: datetime
    shown: Decimal | None = None


def command_of(device: Device, catalogue: Catalogue, key: str) -> Command:
    """Return a device's command.

    Raises ConfigurationError: ``model_unknown``, ``command_unknown``, or
    ``command_unconfirmed`` where the register map is a guess that the user has not
    confirmed (D9).
    """
    try:
        model = catalogue.model_of(device.model or "", device.parameters)
    except KeyError:
        raise ConfigurationError(
            "model_unknown", field="model", model=device.model or ""
        ) from None
    commands = catalogue.commands_of(model, is_confirmed=True, side=device.side or 1)
    command = next((command for command in commands if command.key == key), None)
    if command is None:
        raise ConfigurationError("command_unknown", field="command", command=key)
    is_guess = catalogue.awaits_confirmation(model, command)
    if is_guess and not device.is_map_confirmed:
        raise ConfigurationError("command_unconfirmed", field="command", command=key)
    return command


def raw_of(command: Command, value: str | Decimal) -> int:
    """Return what goes over the wire.

    Raises ConfigurationError ``command_value_refused``.
    """
    raw = command.raw(value)
    if raw is not None:
        try:
            encode_raw(raw, command.type)
        except OverflowError:
            raw = None
    if raw is None:
        raise ConfigurationError("command_value_refused", field="value", value=value)
    return raw


async def send(reader: DeviceReader, command: Command, raw: int) -> None:
    """Send an order.

    Raises BusError ``write_refused`` where the device says no, and the errors of
    silence: GatewayUnreachableError, DeviceSilentError.
    """
    try:
        await reader.write(command, raw)
    except DeviceRefusedError as error:
        code = error.placeholders.get("code", "?")
        raise BusError("write_refused", command=command.key, code=code) from error


async def look(
    reader: DeviceReader, command: Command, value: str | Decimal, raw: int
) -> Poll | None:
    """Look whether an order was obeyed; return what was read for it.

    Raises BusError ``write_not_confirmed`` where the device shows something else, and
    the errors of silence.
    """
    is_button = command.kind is CommandKind.BUTTON
    if command.read_back is None and is_button:
        return None
    wanted = _wanted(command, value)
    shown = ""
    for _ in range(_LOOKS):
        await asyncio.sleep(max(command.settle_ms / 1000, _SHORTEST_SETTLE_S))
        if command.read_back is None:
            read = Read(command.address, command.type.words)
            words = await reader.ask(command.space, read, Rank.WRITE)
            written = decode_raw(words, command.type, reader.profile.word_order)
            expected = decode_raw(encode_raw(raw, command.type), command.type)
            if written == expected:
                return None
            shown = str(written)
            continue
        scope = Scope(quantities=frozenset({command.read_back}))
        poll = await reader.poll(scope, Rank.WRITE)
        reading = poll.readings.get((command.read_back, None))
        if reading is not None and reading.value in wanted:
            return poll
        shown = "" if reading is None else _shown(command.read_back, reading.value)
    meant = " / ".join(command.expects) or value
    raise BusError(
        "write_not_confirmed", command=command.key, value=meant, shown=shown or "?"
    )


def _wanted(command: Command, value: str | Decimal) -> frozenset[Decimal]:
    """What the read-back quantity may show when the order was obeyed."""
    if not isinstance(value, str):
        return frozenset({value})
    if command.read_back is None:
        return frozenset()
    options = QUANTITIES[command.read_back].options
    meant = command.expects or (value,)
    return frozenset(Decimal(options.index(x)) for x in meant if x in options)


def _shown(quantity: str, value: Decimal) -> str:
    options = QUANTITIES[quantity].options
    index = int(value)
    return options[index] if 0 <= index < len(options) else f"{value:f}"
