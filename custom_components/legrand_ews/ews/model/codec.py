"""Objects of an installation as plain JSON values, and the numbers they are given.

Encoded values are what a configuration entry stores: text, whole numbers, booleans,
lists and null. Decimals are text, so that no digit is lost.
"""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Final

from .address import Address
from .device import Device, PulseInput, Supply
from .encoded import (
    Encoded,
    choice_at,
    decimal_at,
    flag_at,
    invalid,
    numbers_at,
    section_at,
    text_at,
    texts_at,
    whole_at,
    whole_or_none_at,
)
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

TCP: Final = "tcp"
RTU_OVER_TCP: Final = "rtu_over_tcp"
SERIAL: Final = "serial"

FIRST_IDS: Final[Mapping[ObjectKind, int]] = MappingProxyType(
    dict.fromkeys(ObjectKind, 1) | {ObjectKind.LOAD: FIRST_USER_LOAD_ID}
)
"""Numbers that the first objects of a new site get."""
_NUMBERED_AS: Final = {ObjectKind.CHARGER: ObjectKind.DEVICE}
"""Kinds that share the numbers of another one."""


def first_ids() -> dict[str, int]:
    """Return the counters of a new site, one a kind (S80)."""
    return {
        kind.value: number
        for kind, number in FIRST_IDS.items()
        if kind not in _NUMBERED_AS
    }


def numbered_together(kind: ObjectKind) -> tuple[ObjectKind, ...]:
    """Return the kinds of which a number names one object only, ``kind`` among them."""
    counter = counter_of(kind)
    return tuple(x for x in ObjectKind if counter_of(x) is counter)


def counter_of(kind: ObjectKind) -> ObjectKind:
    """Return the kind under which the numbers of a kind are counted."""
    return _NUMBERED_AS.get(kind, kind)


def take_id(
    next_ids: Mapping[str, int], kind: ObjectKind, used: Iterable[int]
) -> tuple[int, dict[str, int]]:
    """Return a number that was never given before, and the counters after it (S80).

    Numbers in ``used`` are passed over, should the counters have been lost.
    """
    counter = counter_of(kind)
    number = max(next_ids.get(counter, FIRST_IDS[counter]), *(n + 1 for n in used), 1)
    return number, {**next_ids, counter.value: number + 1}


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
    transport = text_at(data, "transport")
    if transport not in (TCP, RTU_OVER_TCP, SERIAL):
        raise invalid("transport")
    link: TcpLink | SerialLink
    if transport == SERIAL:
        link = SerialLink(
            port=text_at(data, "serial_port"),
            baud_rate=whole_at(data, "baud_rate", DEFAULT_BAUD_RATE),
            parity=choice_at(Parity, data, "parity", Parity.EVEN),
            stop_bits=whole_at(data, "stop_bits", 1),
        )
    else:
        link = TcpLink(
            host=text_at(data, "host"),
            port=whole_at(data, "port", DEFAULT_TCP_PORT),
            is_rtu=transport == RTU_OVER_TCP,
        )
    return Gateway(
        id=whole_at(data, "id"),
        name=text_at(data, "name"),
        link=link,
        kind=choice_at(GatewayKind, data, "kind", GatewayKind.MODBUS),
        description=text_at(data, "description", ""),
        timeout_ms=whole_at(data, "timeout_ms", DEFAULT_TIMEOUT_MS),
        board_id=whole_or_none_at(data, "board_id"),
        eq_device_id=whole_or_none_at(data, "eq_device_id"),
        is_enabled=flag_at(data, "is_enabled", default=True),
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
    address = section_at(data, "address")
    pulse = data.get("pulse_input")
    return Device(
        id=whole_at(data, "id"),
        name=text_at(data, "name"),
        gateway_id=whole_at(data, "gateway_id"),
        address=Address(
            unit=whole_at(address, "unit"),
            position=whole_or_none_at(address, "position"),
            is_remote=flag_at(address, "is_remote", default=False),
        ),
        model=None if data.get("model") is None else text_at(data, "model"),
        load_id=whole_or_none_at(data, "load_id"),
        group_ids=numbers_at(data, "group_ids"),
        supply=choice_at(Supply, data, "supply", Supply.UPSTREAM),
        pulse_input=None
        if pulse is None
        else _pulse_input(section_at(data, "pulse_input")),
        parameters=texts_at(data, "parameters"),
        phase=whole_or_none_at(data, "phase"),
        channel_names=texts_at(data, "channel_names"),
        is_map_confirmed=flag_at(data, "is_map_confirmed", default=False),
        is_excluded_from_totals=flag_at(data, "is_excluded_from_totals", default=False),
        upstream_device_id=whole_or_none_at(data, "upstream_device_id"),
        exclude_alerts=flag_at(data, "exclude_alerts", default=False),
        is_priority=flag_at(data, "is_priority", default=False),
        is_enabled=flag_at(data, "is_enabled", default=True),
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
        id=whole_at(data, "id"),
        name=text_at(data, "name"),
        color=text_at(data, "color"),
        is_enabled=flag_at(data, "is_enabled", default=True),
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
        id=whole_at(data, "id"),
        name=text_at(data, "name"),
        description=text_at(data, "description", ""),
        is_enabled=flag_at(data, "is_enabled", default=True),
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
            device_id=whole_at(data, f"{side}_device"),
            function=text_at(data, f"{side}_function"),
        )
        for side in ("event", "action")
    )
    return Link(event=event, action=action, comment=text_at(data, "comment", ""))


def _pulse_input(data: Encoded) -> PulseInput:
    return PulseInput(
        concentrator=text_at(data, "concentrator"),
        weight=decimal_at(data, "weight", "1"),
        start=decimal_at(data, "start", "0"),
    )
