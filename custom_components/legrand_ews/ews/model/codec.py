"""Objects of an installation as plain JSON values, and the numbers they are given.

Encoded values are what a configuration entry stores: text, whole numbers, booleans,
lists and null. Decimals are text, so that no digit is lost.
"""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Final

from ..errors import ConfigurationError
from .address import Address
from .device import Device, PulseInput, Supply
from .gateway import (
    DEFAULT_BAUD_RATE,
    DEFAULT_TCP_PORT,
    DEFAULT_TIMEOUT_MS,
    Gateway,
    GatewayKind,
    Parity,
    SerialLink,
    TcpLink,
)
from .grouping import FIRST_USER_LOAD_ID, Load, MeasureGroup, PanelBoard
from .link import Link, LinkEnd
from .site import ObjectKind

VERSION: Final = 1
"""Version of the encoded form; a stored site of an older one is migrated first."""

type Plain = str | int | bool | list[int] | Mapping[str, Plain] | None
type Encoded = Mapping[str, object]

TCP: Final = "tcp"
RTU_OVER_TCP: Final = "rtu_over_tcp"
SERIAL: Final = "serial"

FIRST_IDS: Final[Mapping[ObjectKind, int]] = MappingProxyType(
    dict.fromkeys(ObjectKind, 1) | {ObjectKind.LOAD: FIRST_USER_LOAD_ID}
)
"""Numbers that the first objects of a new site get."""


def first_ids() -> dict[str, int]:
    """Return the counters of a new site, one a kind (S80)."""
    return {kind.value: number for kind, number in FIRST_IDS.items()}


def take_id(
    next_ids: Mapping[str, int], kind: ObjectKind, used: Iterable[int]
) -> tuple[int, dict[str, int]]:
    """Return a number that was never given before, and the counters after it (S80).

    Numbers in ``used`` are passed over, should the counters have been lost.
    """
    number = max(next_ids.get(kind, FIRST_IDS[kind]), *(n + 1 for n in used), 1)
    return number, {**next_ids, kind.value: number + 1}


def encode_gateway(gateway: Gateway) -> dict[str, Plain]:
    """Encode a gateway; the keys of its link depend on ``transport``."""
    link = gateway.link
    way: dict[str, Plain]
    if isinstance(link, TcpLink):
        transport = RTU_OVER_TCP if link.is_rtu else TCP
        way = {"transport": transport, "host": link.host, "port": link.port}
    else:
        way = {
            "transport": SERIAL,
            "serial_port": link.port,
            "baud_rate": link.baud_rate,
            "parity": link.parity.value,
            "stop_bits": link.stop_bits,
        }
    return {
        "id": gateway.id,
        "name": gateway.name,
        "kind": gateway.kind.value,
        **way,
        "timeout_ms": gateway.timeout_ms,
        "description": gateway.description,
        "board_id": gateway.board_id,
        "eq_device_id": gateway.eq_device_id,
        "is_enabled": gateway.is_enabled,
    }


def decode_gateway(data: Encoded) -> Gateway:
    """Decode a gateway; raises ConfigurationError ``data_invalid`` at the field."""
    transport = _text(data, "transport")
    if transport not in (TCP, RTU_OVER_TCP, SERIAL):
        raise _invalid("transport")
    link: TcpLink | SerialLink
    if transport == SERIAL:
        link = SerialLink(
            port=_text(data, "serial_port"),
            baud_rate=_whole(data, "baud_rate", DEFAULT_BAUD_RATE),
            parity=_one_of(Parity, data, "parity", Parity.EVEN),
            stop_bits=_whole(data, "stop_bits", 1),
        )
    else:
        link = TcpLink(
            host=_text(data, "host"),
            port=_whole(data, "port", DEFAULT_TCP_PORT),
            is_rtu=transport == RTU_OVER_TCP,
        )
    return Gateway(
        id=_whole(data, "id"),
        name=_text(data, "name"),
        link=link,
        kind=_one_of(GatewayKind, data, "kind", GatewayKind.MODBUS),
        description=_text(data, "description", ""),
        timeout_ms=_whole(data, "timeout_ms", DEFAULT_TIMEOUT_MS),
        board_id=_whole_or_none(data, "board_id"),
        eq_device_id=_whole_or_none(data, "eq_device_id"),
        is_enabled=_flag(data, "is_enabled", default=True),
    )


def encode_device(device: Device) -> dict[str, Plain]:
    """Encode a device; ``pulse_input`` is null for all but pulse meters."""
    pulse = device.pulse_input
    return {
        "id": device.id,
        "name": device.name,
        "gateway_id": device.gateway_id,
        "address": {
            "unit": device.address.unit,
            "position": device.address.position,
            "is_remote": device.address.is_remote,
        },
        "model": device.model,
        "load_id": device.load_id,
        "group_ids": list(device.group_ids),
        "supply": device.supply.value,
        "pulse_input": None
        if pulse is None
        else {
            "concentrator": pulse.concentrator,
            "weight": str(pulse.weight),
            "start": str(pulse.start),
        },
        "parameters": dict(device.parameters),
        "phase": device.phase,
        "channel_names": dict(device.channel_names),
        "is_map_confirmed": device.is_map_confirmed,
        "is_excluded_from_totals": device.is_excluded_from_totals,
        "upstream_device_id": device.upstream_device_id,
        "exclude_alerts": device.exclude_alerts,
        "is_priority": device.is_priority,
        "is_enabled": device.is_enabled,
    }


def decode_device(data: Encoded) -> Device:
    """Decode a device; raises ConfigurationError at the field that is wrong."""
    address = _part(data, "address")
    pulse = data.get("pulse_input")
    return Device(
        id=_whole(data, "id"),
        name=_text(data, "name"),
        gateway_id=_whole(data, "gateway_id"),
        address=Address(
            unit=_whole(address, "unit"),
            position=_whole_or_none(address, "position"),
            is_remote=_flag(address, "is_remote", default=False),
        ),
        model=None if data.get("model") is None else _text(data, "model"),
        load_id=_whole_or_none(data, "load_id"),
        group_ids=_numbers(data, "group_ids"),
        supply=_one_of(Supply, data, "supply", Supply.UPSTREAM),
        pulse_input=None if pulse is None else _pulse_input(_part(data, "pulse_input")),
        parameters=_texts(data, "parameters"),
        phase=_whole_or_none(data, "phase"),
        channel_names=_texts(data, "channel_names"),
        is_map_confirmed=_flag(data, "is_map_confirmed", default=False),
        is_excluded_from_totals=_flag(data, "is_excluded_from_totals", default=False),
        upstream_device_id=_whole_or_none(data, "upstream_device_id"),
        exclude_alerts=_flag(data, "exclude_alerts", default=False),
        is_priority=_flag(data, "is_priority", default=False),
        is_enabled=_flag(data, "is_enabled", default=True),
    )


def encode_load(load: Load) -> dict[str, Plain]:
    """Encode a user's load; predefined ones are options of the site, not objects."""
    return {
        "id": load.id,
        "name": load.name,
        "color": load.color,
        "is_enabled": load.is_enabled,
    }


def decode_load(data: Encoded) -> Load:
    """Decode a user's load; raises ConfigurationError at the field that is wrong."""
    return Load(
        id=_whole(data, "id"),
        name=_text(data, "name"),
        color=_text(data, "color"),
        is_enabled=_flag(data, "is_enabled", default=True),
    )


def encode_part(part: MeasureGroup | PanelBoard) -> dict[str, Plain]:
    """Encode a measure group or a panel board."""
    return {
        "id": part.id,
        "name": part.name,
        "description": part.description,
        "is_enabled": part.is_enabled,
    }


def decode_group(data: Encoded) -> MeasureGroup:
    """Decode a measure group; raises ConfigurationError at the wrong field."""
    return _decode_part(MeasureGroup, data)


def decode_board(data: Encoded) -> PanelBoard:
    """Decode a panel board; raises ConfigurationError at the wrong field."""
    return _decode_part(PanelBoard, data)


def _decode_part[T: (MeasureGroup, PanelBoard)](
    make: Callable[..., T], data: Encoded
) -> T:
    return make(
        id=_whole(data, "id"),
        name=_text(data, "name"),
        description=_text(data, "description", ""),
        is_enabled=_flag(data, "is_enabled", default=True),
    )


def encode_link(link: Link) -> dict[str, Plain]:
    """Encode a link between two modules."""
    return {
        "event_device": link.event.device_id,
        "event_function": link.event.function,
        "action_device": link.action.device_id,
        "action_function": link.action.function,
        "comment": link.comment,
    }


def decode_link(data: Encoded) -> Link:
    """Decode a link; raises ConfigurationError ``data_invalid`` at the field."""
    event, action = (
        LinkEnd(
            device_id=_whole(data, f"{side}_device"),
            function=_text(data, f"{side}_function"),
        )
        for side in ("event", "action")
    )
    return Link(event=event, action=action, comment=_text(data, "comment", ""))


def _pulse_input(data: Encoded) -> PulseInput:
    return PulseInput(
        concentrator=_text(data, "concentrator"),
        weight=_decimal(data, "weight", "1"),
        start=_decimal(data, "start", "0"),
    )


def _invalid(at: str) -> ConfigurationError:
    return ConfigurationError("data_invalid", field=at, name=at)


def _text(data: Encoded, at: str, default: str | None = None) -> str:
    value = data.get(at, default)
    if not isinstance(value, str):
        raise _invalid(at)
    return value


def _whole(data: Encoded, at: str, default: int | None = None) -> int:
    value = data.get(at, default)
    if not isinstance(value, int) or isinstance(value, bool):
        raise _invalid(at)
    return value


def _whole_or_none(data: Encoded, at: str) -> int | None:
    return None if data.get(at) is None else _whole(data, at)


def _flag(data: Encoded, at: str, *, default: bool) -> bool:
    value = data.get(at, default)
    if not isinstance(value, bool):
        raise _invalid(at)
    return value


def _decimal(data: Encoded, at: str, default: str) -> Decimal:
    try:
        return Decimal(_text(data, at, default))
    except InvalidOperation:
        raise _invalid(at) from None


def _one_of[T: (GatewayKind, Parity, Supply)](
    choices: type[T], data: Encoded, at: str, default: T
) -> T:
    try:
        return choices(_text(data, at, default.value))
    except ValueError:
        raise _invalid(at) from None


def _part(data: Encoded, at: str) -> Encoded:
    value = data.get(at)
    if not isinstance(value, Mapping):
        raise _invalid(at)
    return value


def _numbers(data: Encoded, at: str) -> tuple[int, ...]:
    values = data.get(at, [])
    if not isinstance(values, list | tuple):
        raise _invalid(at)
    if not all(isinstance(v, int) and not isinstance(v, bool) for v in values):
        raise _invalid(at)
    return tuple(values)


def _texts(data: Encoded, at: str) -> Mapping[str, str]:
    values = data.get(at, {})
    if not isinstance(values, Mapping):
        raise _invalid(at)
    if not all(isinstance(x, str) for pair in values.items() for x in pair):
        raise _invalid(at)
    return MappingProxyType(dict(values))
