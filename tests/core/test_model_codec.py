"""Encoded installations: nothing is lost, wrong data is refused, numbers are unique."""

from collections.abc import Callable
from dataclasses import replace
import json
from types import MappingProxyType

from hypothesis import given, strategies as st
import pytest

from custom_components.legrand_ews.ews.errors import ConfigurationError
from custom_components.legrand_ews.ews.model import (
    Address,
    Device,
    Gateway,
    GatewayKind,
    Load,
    MeasureGroup,
    ObjectKind,
    PanelBoard,
    Parity,
    PulseInput,
    SerialLink,
    Supply,
    TcpLink,
)
from custom_components.legrand_ews.ews.model.codec import (
    decode_board,
    decode_device,
    decode_gateway,
    decode_group,
    decode_load,
    encode_device,
    encode_gateway,
    encode_load,
    encode_part,
    first_ids,
    numbered_together,
    take_id,
)

from .model_samples import GAS, LOCAL, METER, REMOTE, ROOF

NAMES = st.text(min_size=1, max_size=20)
IDS = st.integers(min_value=1, max_value=10_000)
DECIMALS = st.decimals(
    min_value=0, max_value=10**12, places=6, allow_nan=False, allow_infinity=False
)
LINKS = st.one_of(
    st.builds(TcpLink, host=NAMES, port=st.integers(1, 65535), is_rtu=st.booleans()),
    st.builds(
        SerialLink,
        port=NAMES,
        baud_rate=st.sampled_from([1200, 115200]),
        parity=st.sampled_from(Parity),
        stop_bits=st.sampled_from([1, 2]),
    ),
)
GATEWAYS = st.builds(
    Gateway,
    id=IDS,
    name=NAMES,
    link=LINKS,
    description=NAMES,
    timeout_ms=st.integers(50, 10_000),
    kind=st.sampled_from(GatewayKind),
    board_id=st.none() | IDS,
    eq_device_id=st.none() | IDS,
    is_enabled=st.booleans(),
)
DEVICES = st.builds(
    Device,
    id=IDS,
    name=NAMES,
    gateway_id=IDS,
    address=st.builds(
        Address,
        unit=st.integers(1, 247),
        position=st.none() | st.integers(1, 7),
        is_remote=st.booleans(),
    ),
    model=st.none() | NAMES,
    load_id=st.none() | IDS,
    group_ids=st.lists(IDS, max_size=5).map(tuple),
    supply=st.sampled_from(Supply),
    pulse_input=st.none()
    | st.builds(PulseInput, concentrator=NAMES, weight=DECIMALS, start=DECIMALS),
    parameters=st.dictionaries(NAMES, NAMES, max_size=4).map(MappingProxyType),
    phase=st.none() | st.integers(1, 3),
    channel_names=st.dictionaries(NAMES, NAMES, max_size=4).map(MappingProxyType),
    is_map_confirmed=st.booleans(),
    is_excluded_from_totals=st.booleans(),
    upstream_device_id=st.none() | IDS,
    exclude_alerts=st.booleans(),
    is_priority=st.booleans(),
    is_enabled=st.booleans(),
)


def through_json(data: object) -> dict[str, object]:
    copy: dict[str, object] = json.loads(json.dumps(data))
    return copy


@given(gateway=GATEWAYS)
def test_gateway_survives_storage(gateway: Gateway) -> None:
    assert decode_gateway(through_json(encode_gateway(gateway))) == gateway


@given(device=DEVICES)
def test_device_survives_storage(device: Device) -> None:
    assert decode_device(through_json(encode_device(device))) == device


def test_loads_groups_and_boards_survive_storage() -> None:
    load = Load(id=11, name="Kitchen", color="#a1b2c3", is_enabled=False)
    group = MeasureGroup(id=3, name="North", description="wing", is_enabled=False)
    board = PanelBoard(id=4, name="Cellar", description="left")
    assert decode_load(through_json(encode_load(load))) == load
    assert decode_group(through_json(encode_part(group))) == group
    assert decode_board(through_json(encode_part(board))) == board


def test_what_is_stored_reads_as_the_form_asked_it() -> None:
    """The stored form is an interface: diagnostics and exports show it."""
    assert encode_gateway(ROOF) == {
        "id": 2,
        "name": "Roof",
        "kind": "modbus",
        "transport": "tcp",
        "host": "192.168.1.101",
        "port": 502,
        "timeout_ms": 300,
        "description": "",
        "board_id": 1,
        "eq_device_id": None,
        "is_enabled": True,
    }
    assert (
        encode_gateway(LOCAL).items()
        >= {
            "transport": "serial",
            "serial_port": "/dev/ttyUSB0",
            "baud_rate": 19200,
            "parity": "E",
            "stop_bits": 1,
        }.items()
    )
    rtu = encode_gateway(replace(ROOF, link=TcpLink(host="h", is_rtu=True)))
    assert rtu["transport"] == "rtu_over_tcp"
    assert encode_device(GAS)["pulse_input"] == {
        "concentrator": "004687",
        "weight": "10",
        "start": "0",
    }
    assert encode_device(REMOTE)["address"] == {
        "unit": 2,
        "position": 1,
        "is_remote": True,
    }


def test_sites_that_were_stored_before_load_unchanged() -> None:
    """What later releases added is off or unknown until the user says otherwise."""
    added = {
        "kind",
        "eq_device_id",
        "phase",
        "channel_names",
        "is_map_confirmed",
        "exclude_alerts",
        "is_priority",
        "upstream_device_id",
    }
    for gateway in (LOCAL, ROOF):
        data = encode_gateway(gateway)
        old = {key: x for key, x in data.items() if key not in added}
        assert decode_gateway(old) == gateway
    for device in (METER, GAS, REMOTE):
        data = encode_device(device)
        old = {key: x for key, x in data.items() if key not in added}
        assert decode_device(old) == device
        assert not device.is_map_confirmed


def test_factory_defaults_fill_what_is_not_stored() -> None:
    """S28, S61, S270: even parity, 1 stop bit, 19200 baud, 300 ms; upstream."""
    line = {"id": 1, "name": "x", "transport": "serial", "serial_port": "/dev/a"}
    assert decode_gateway(line) == Gateway(
        id=1,
        name="x",
        link=SerialLink(
            port="/dev/a", baud_rate=19200, parity=Parity.EVEN, stop_bits=1
        ),
        timeout_ms=300,
    )
    ip = {"id": 1, "name": "x", "transport": "tcp", "host": "h"}
    assert decode_gateway(ip).link == TcpLink(host="h", port=502)
    bare = {"id": 1, "name": "x", "gateway_id": 1, "address": {"unit": 3}}
    device = decode_device(bare)
    assert device.supply is Supply.UPSTREAM
    assert device.model is None
    assert device.is_enabled
    assert not device.is_excluded_from_totals


type Decode = Callable[[dict[str, object]], object]
GATEWAY: dict[str, object] = {**encode_gateway(LOCAL)}
DEVICE: dict[str, object] = {**encode_device(METER)}
PULSE: dict[str, object] = {**encode_device(GAS)}


@pytest.mark.parametrize(
    ("decode", "data", "field", "value"),
    [
        (decode_gateway, GATEWAY, "id", "1"),
        (decode_gateway, GATEWAY, "id", True),
        (decode_gateway, GATEWAY, "name", None),
        (decode_gateway, GATEWAY, "transport", "pigeon"),
        (decode_gateway, GATEWAY, "parity", "Q"),
        (decode_gateway, GATEWAY, "board_id", "one"),
        (decode_gateway, GATEWAY, "is_enabled", 1),
        (decode_device, DEVICE, "address", "5"),
        (decode_device, DEVICE, "address", {"unit": "5"}),
        (decode_device, DEVICE, "address", {"unit": 248}),
        (decode_device, DEVICE, "group_ids", "1"),
        (decode_device, DEVICE, "group_ids", ["1"]),
        (decode_device, DEVICE, "supply", "sideways"),
        (decode_device, DEVICE, "parameters", []),
        (decode_device, DEVICE, "parameters", {"factor": 1}),
        (decode_device, PULSE, "pulse_input", {"concentrator": "x", "weight": "ten"}),
    ],
)
def test_wrong_data_is_refused_with_its_place(
    decode: Decode, data: dict[str, object], field: str, value: object
) -> None:
    with pytest.raises(ConfigurationError) as error:
        decode({**data, field: value})
    assert error.value.key in {"data_invalid", "address_out_of_range"}
    assert error.value.field in {field, "unit", "weight"}


@given(
    taken=st.lists(
        st.tuples(st.sampled_from(list(ObjectKind)), st.booleans()), max_size=40
    )
)
def test_numbers_are_never_given_twice(taken: list[tuple[ObjectKind, bool]]) -> None:
    """S80: also not after the object with that number was deleted."""
    counters = first_ids()
    present: dict[ObjectKind, set[int]] = {kind: set() for kind in ObjectKind}
    given_so_far: set[tuple[ObjectKind, int]] = set()
    for kind, is_deleted_again in taken:
        number, counters = take_id(counters, kind, present[kind])
        assert (kind, number) not in given_so_far
        given_so_far.add((kind, number))
        if not is_deleted_again:
            present[kind].add(number)


@pytest.mark.parametrize(
    ("kind", "used", "expected"),
    [
        (ObjectKind.DEVICE, [], 1),
        (ObjectKind.LOAD, [], 10),  # after the predefined loads
        (ObjectKind.LOAD, [1, 9, 10, 11], 12),  # counters were lost
        (ObjectKind.GATEWAY, [4], 5),
    ],
)
def test_first_numbers(kind: ObjectKind, used: list[int], expected: int) -> None:
    number, counters = take_id(first_ids(), kind, used)
    assert number == expected
    assert counters[kind] == expected + 1


def test_chargers_are_numbered_with_the_devices() -> None:
    """A number names one charging station, whoever reads it."""
    counters = first_ids()
    first, counters = take_id(counters, ObjectKind.DEVICE, [])
    second, counters = take_id(counters, ObjectKind.CHARGER, [first])
    third, counters = take_id(counters, ObjectKind.DEVICE, [first, second])
    assert (first, second, third) == (1, 2, 3)
    together = numbered_together(ObjectKind.CHARGER)
    assert set(together) == {ObjectKind.DEVICE, ObjectKind.CHARGER}
    assert numbered_together(ObjectKind.LOAD) == (ObjectKind.LOAD,)
