"""Rules of an installation: what may be stored, and which field is at fault if not."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from custom_components.legrand_ews.ews.model import (
    Address,
    Device,
    Gateway,
    GatewayKind,
    Load,
    MeasureGroup,
    ObjectKind,
    PanelBoard,
    PredefinedLoad,
    PulseInput,
    RemoteKind,
    SerialLink,
    TcpLink,
)
from custom_components.legrand_ews.ews.model.defaults import predefined_load
from custom_components.legrand_ews.ews.model.problems import Problem
from custom_components.legrand_ews.ews.model.remote import (
    largest_number,
    remote_id,
    remote_object,
)
from custom_components.legrand_ews.ews.model.rules import (
    check_board,
    check_device,
    check_gateway,
    check_group,
    check_load,
    check_parameter,
    check_removal,
    clean_name,
    default_device_name,
    default_gateway_name,
    name_key,
    normal_parameter,
)

from .model_samples import (
    ANNEX,
    ANNEX_LIFT,
    GAS,
    LEFT,
    LOCAL,
    METER,
    REMOTE,
    ROOF,
    SITE,
)

type Found = list[tuple[str, str]]


def found(problems: Sequence[Problem]) -> Found:
    return [(problem.field, problem.key) for problem in problems]


NEW_TCP = Gateway(id=7, name="New", link=TcpLink(host="192.168.1.150"))
NEW_SERIAL = Gateway(id=7, name="New", link=SerialLink(port="/dev/ttyUSB1"))
NEW_METER = replace(METER, id=7, name="New", address=Address(unit=6))
RIGHT = replace(LEFT, id=7, name="New", address=Address(unit=7, position=2))
NEW_REMOTE = replace(ANNEX_LIFT, id=7, name="New", parameters={"remote_id": "20004"})
NEW_PULSE = replace(GAS, id=7, name="New", address=Address(unit=9, position=3))


def tcp(host: str, port: int = 502, *, is_rtu: bool = False) -> Gateway:
    return replace(NEW_TCP, link=TcpLink(host=host, port=port, is_rtu=is_rtu))


@pytest.mark.parametrize(
    ("gateway", "expected"),
    [
        (NEW_TCP, []),
        (NEW_SERIAL, []),
        (LOCAL, []),  # a stored gateway is not its own rival
        (replace(ROOF, name="Attic"), []),
        # S25: one gateway a place
        (tcp("192.168.1.101"), [("host", "gateway_duplicate")]),
        (tcp("192.168.1.101", 503), []),
        (tcp("192.168.1.101", is_rtu=True), [("host", "gateway_duplicate")]),
        (
            replace(NEW_SERIAL, link=SerialLink(port="/dev/ttyUSB0")),
            [("serial_port", "gateway_duplicate")],
        ),
        # addresses of a host
        (tcp(""), [("host", "host_required")]),
        (tcp("http://10.0.0.1"), [("host", "host_invalid")]),
        (tcp("10.0.0.1:502"), [("host", "host_invalid")]),
        (tcp("192.168.1.300"), [("host", "host_invalid")]),
        (tcp("two words"), [("host", "host_invalid")]),
        (tcp("fe80::1"), []),
        (tcp("gateway-2.example"), []),
        (tcp("10.0.0.1", 0), [("port", "out_of_range")]),
        (tcp("10.0.0.1", 65536), [("port", "out_of_range")]),
        (tcp("10.0.0.1", 65535), []),
        # S28: the line's settings
        (replace(NEW_TCP, timeout_ms=49), [("timeout_ms", "out_of_range")]),
        (replace(NEW_TCP, timeout_ms=50), []),
        (replace(NEW_TCP, timeout_ms=10_000), []),
        (replace(NEW_TCP, timeout_ms=10_001), [("timeout_ms", "out_of_range")]),
        (
            replace(NEW_SERIAL, link=SerialLink(port="/dev/a", baud_rate=1201)),
            [("baud_rate", "choice_unknown")],
        ),
        (
            replace(NEW_SERIAL, link=SerialLink(port="/dev/a", stop_bits=3)),
            [("stop_bits", "choice_unknown")],
        ),
        (
            replace(NEW_SERIAL, link=SerialLink(port="")),
            [("serial_port", "serial_port_required")],
        ),
        # S129: a slave server is reached by Modbus TCP
        (replace(NEW_TCP, kind=GatewayKind.EWS_SLAVE), []),
        (
            replace(NEW_SERIAL, kind=GatewayKind.EWS_SLAVE),
            [("kind", "slave_needs_tcp")],
        ),
        (
            replace(
                NEW_TCP,
                link=TcpLink(host="10.0.0.9", is_rtu=True),
                kind=GatewayKind.EWS_SLAVE,
            ),
            [("kind", "slave_needs_tcp")],
        ),
        (ANNEX, []),
        (
            replace(ROOF, kind=GatewayKind.EWS_SLAVE),
            [("kind", "gateway_kind_in_use")],
        ),
        (
            replace(ANNEX, kind=GatewayKind.MODBUS),
            [("kind", "gateway_kind_in_use")],
        ),
        # S87: the power-quality device is one behind the gateway
        (replace(LOCAL, eq_device_id=METER.id), []),
        (
            replace(LOCAL, eq_device_id=REMOTE.id),
            [("eq_device_id", "eq_device_unknown")],
        ),
        (replace(LOCAL, eq_device_id=99), [("eq_device_id", "eq_device_unknown")]),
        # names (S77, Q6) and boards (S54)
        (replace(NEW_TCP, name=" "), [("name", "name_required")]),
        (replace(NEW_TCP, name=" rOOF "), [("name", "name_duplicate")]),
        (replace(NEW_TCP, name="Main"), []),  # a device's name: another kind
        (replace(NEW_TCP, board_id=1), []),
        (replace(NEW_TCP, board_id=2), [("board_id", "board_unknown")]),
        # all problems at once
        (
            replace(tcp("192.168.1.101", 502), name="local", timeout_ms=0),
            [
                ("name", "name_duplicate"),
                ("timeout_ms", "out_of_range"),
                ("host", "gateway_duplicate"),
            ],
        ),
    ],
)
def test_gateway(gateway: Gateway, expected: Found) -> None:
    assert found(check_gateway(gateway, SITE)) == expected


def test_power_quality_needs_something_to_judge() -> None:
    """S89: any device with voltage, frequency or distortion."""
    gateway = replace(LOCAL, eq_device_id=METER.id)
    assert not check_gateway(gateway, SITE, has_quality=lambda device: device == METER)
    (problem,) = check_gateway(gateway, SITE, has_quality=lambda device: False)
    assert (problem.field, problem.key) == ("eq_device_id", "eq_device_unfit")
    assert problem.placeholders == {"name": "Main"}


def test_problem_speaks_of_its_values() -> None:
    (problem,) = check_gateway(tcp("192.168.1.101", 70_000), SITE)
    assert problem.placeholders == {"minimum": "1", "maximum": "65535"}
    (problem,) = check_device(replace(NEW_METER, address=METER.address), SITE)
    assert problem.placeholders == {"address": "5", "name": "Main"}


BOTH_FIELDS = [("address", "address_duplicate"), ("position", "address_duplicate")]


@pytest.mark.parametrize(
    ("device", "expected"),
    [
        (NEW_METER, []),
        (METER, []),
        (replace(METER, address=Address(unit=6)), []),
        # S76: one device an address; the other bus has its own 5
        (
            replace(NEW_METER, address=METER.address),
            [("address", "address_duplicate")],
        ),
        (replace(NEW_METER, address=METER.address, gateway_id=2), []),
        # S69: one counter an input, refused on both fields
        (NEW_PULSE, []),
        (replace(NEW_PULSE, address=GAS.address), BOTH_FIELDS),
        # a meter's address is no concentrator's
        (replace(NEW_PULSE, address=Address(unit=5, position=1)), BOTH_FIELDS),
        (
            replace(NEW_METER, address=Address(unit=9)),
            [("address", "address_duplicate")],
        ),
        # the concentrator itself may stand beside its inputs (Q1)
        (replace(NEW_METER, address=Address(unit=9), model="004687"), []),
        # one module cannot be two models
        (
            replace(NEW_PULSE, pulse_input=PulseInput(concentrator="412065")),
            [("concentrator", "concentrator_differs")],
        ),
        # S60: devices behind interfaces; the first number is the unit that is asked
        # (registers.md T7.0: free from 1 to 247), so it must differ too
        (
            replace(NEW_METER, gateway_id=2, address=REMOTE.address),
            [("address", "address_duplicate")],
        ),
        (
            replace(
                NEW_METER,
                gateway_id=2,
                address=Address(unit=2, position=2, is_remote=True),
            ),
            [("address", "address_same_unit")],
        ),
        (
            replace(NEW_METER, gateway_id=2, address=Address(unit=2)),
            [("address", "address_same_unit")],
        ),
        (
            replace(
                NEW_METER,
                gateway_id=2,
                address=Address(unit=3, position=1, is_remote=True),
            ),
            [],
        ),
        # S74: two sides at one address, of one model
        (RIGHT, []),
        (
            replace(RIGHT, address=LEFT.address),
            [("address", "address_duplicate"), ("side", "address_duplicate")],
        ),
        (replace(RIGHT, model="059034"), [("address", "side_differs")]),
        (
            replace(RIGHT, address=Address(unit=8, position=3)),
            [("side", "out_of_range")],
        ),
        (
            replace(NEW_METER, gateway_id=2, address=Address(unit=7)),
            [("address", "address_duplicate")],
        ),
        (
            replace(NEW_PULSE, gateway_id=2, address=Address(unit=7, position=4)),
            BOTH_FIELDS,
        ),
        (
            replace(RIGHT, gateway_id=1, address=Address(unit=9, position=1)),
            [("address", "address_duplicate"), ("side", "address_duplicate")],
        ),
        # S73
        (replace(RIGHT, phase=3), []),
        (replace(RIGHT, phase=4), [("phase", "out_of_range")]),
        # S58, S130: 247 belongs to slave servers, and they have nothing else
        (
            replace(NEW_METER, address=Address(unit=247)),
            [("address", "address_reserved")],
        ),
        (replace(NEW_METER, address=Address(unit=246)), []),
        (replace(NEW_METER, gateway_id=3), [("gateway_id", "gateway_is_slave")]),
        (NEW_REMOTE, []),
        (replace(NEW_REMOTE, gateway_id=1), [("gateway_id", "gateway_not_slave")]),
        (
            replace(NEW_REMOTE, address=Address(unit=1)),
            [("address", "address_not_slave")],
        ),
        # S131-S134
        *(
            (replace(NEW_REMOTE, parameters={"remote_id": text}), expected)
            for text, expected in (
                ("10000", []),
                ("29998", []),
                ("29999", []),
                ("39999", []),
                ("9999", [("remote_id", "out_of_range")]),
                ("40000", [("remote_id", "out_of_range")]),
                ("all", [("remote_id", "out_of_range")]),
                ("10012", [("remote_id", "remote_id_duplicate")]),
            )
        ),
        # what it refers to must be there
        (replace(NEW_METER, gateway_id=9), [("gateway_id", "gateway_unknown")]),
        (replace(NEW_METER, load_id=4), []),
        (replace(NEW_METER, load_id=99), [("load_id", "load_unknown")]),
        (replace(NEW_METER, group_ids=(1,)), []),
        (replace(NEW_METER, group_ids=(1, 2)), [("group_ids", "group_unknown")]),
        # names (S77, Q6): composed and decomposed accents are one name
        (replace(NEW_METER, name="MAIN"), [("name", "name_duplicate")]),
        (replace(NEW_METER, name=""), [("name", "name_required")]),
        # pulses
        (
            replace(NEW_PULSE, pulse_input=replace(GAS.pulse_input, weight=Decimal(0))),
            [("weight", "not_positive")],
        ),
        (
            replace(NEW_PULSE, pulse_input=replace(GAS.pulse_input, start=Decimal(-1))),
            [("start", "negative")],
        ),
    ],
)
def test_device(device: Device, expected: Found) -> None:
    assert found(check_device(device, SITE)) == expected


def test_parts_of_one_unit_share_its_address() -> None:
    """Modules of EMS CX³ may be set to one address, each for a task of its own."""
    module = replace(NEW_METER, address=METER.address)
    assert not check_device(module, SITE, may_share=lambda one, other: True)


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (9_999, None),
        (10_000, (RemoteKind.DEVICE, 0)),
        (10_012, (RemoteKind.DEVICE, 12)),
        (19_999, (RemoteKind.DEVICE, 9_999)),
        (20_004, (RemoteKind.LOAD, 4)),
        (29_998, (RemoteKind.LOAD, 9_998)),
        (29_999, (RemoteKind.ALL, 0)),
        (30_001, (RemoteKind.GROUP, 1)),
        (39_999, (RemoteKind.GROUP, 9_999)),
        (40_000, None),
    ],
)
def test_remote_ids(number: int, expected: tuple[RemoteKind, int] | None) -> None:
    """S131-S134: 1XXXX device, 2YYYY load, 3ZZZZ group, 29999 all loads."""
    assert remote_object(number) == expected
    if expected is not None:
        kind, object_number = expected
        assert remote_id(kind, object_number) == number
        assert object_number <= largest_number(kind)


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("Büro", "bu\u0308ro", True),
        ("Éclairage", "éclairage ", True),
        ("STRASSE", "straße", True),
        ("Room 1", "Room 2", False),
    ],
)
def test_names_are_compared_without_case_and_composition(
    one: str, other: str, is_same: bool
) -> None:
    assert (name_key(one) == name_key(other)) is is_same


def test_names_are_stored_trimmed_and_composed() -> None:
    assert clean_name("  Bu\u0308ro ") == "Büro"


@pytest.mark.parametrize(
    ("load", "expected"),
    [
        (Load(id=10, name="Kitchen", color="#A1b2C3"), []),
        (Load(id=10, name="Heating", color="#a1b2c3"), [("name", "name_duplicate")]),
        (Load(id=10, name="Kitchen", color="red"), [("color", "color_invalid")]),
        (Load(id=10, name="Kitchen", color="#12345"), [("color", "color_invalid")]),
    ],
)
def test_load(load: Load, expected: Found) -> None:
    assert found(check_load(load, SITE)) == expected


def test_group_and_board() -> None:
    group = MeasureGroup(id=2, name="first floor")
    assert found(check_group(group, SITE)) == [("name", "name_duplicate")]
    assert not check_group(replace(group, id=1), SITE)
    board = PanelBoard(id=2, name="cellar ")
    assert found(check_board(board, SITE)) == [("name", "name_duplicate")]
    assert not check_board(replace(board, name="First floor"), SITE)


def test_default_names_of_gateways() -> None:
    """S51: the host. S50: ``Local``; a second port is known by its path."""
    assert default_gateway_name(TcpLink(host="10.0.0.7"), SITE) == "10.0.0.7"
    empty = replace(SITE, gateways={})
    assert default_gateway_name(SerialLink(port="/dev/ttyUSB1"), empty) == "Local"
    assert default_gateway_name(SerialLink(port="/dev/ttyUSB1"), SITE) == "/dev/ttyUSB1"


@pytest.mark.parametrize(
    ("device", "expected"),
    [
        (NEW_METER, "6"),
        (replace(NEW_METER, address=Address.parse("2-1")), "2-1"),
        (NEW_PULSE, "9-3"),
        (RIGHT, "7-2"),
        (NEW_REMOTE, "247-20004"),
    ],
)
def test_default_names_of_devices(device: Device, expected: str) -> None:
    assert default_device_name(device, SITE) == expected


def test_default_name_stays_unique_over_all_buses() -> None:
    site = replace(SITE, devices={1: replace(METER, name="5")})
    there = replace(NEW_METER, gateway_id=2, address=Address(unit=5))
    assert default_device_name(there, site) == "Roof 5"
    assert default_device_name(replace(METER, name=""), site) == "5"


@pytest.mark.parametrize(
    ("kind", "number", "expected"),
    [
        (ObjectKind.GATEWAY, 2, ["gateway_in_use"]),  # S56
        (ObjectKind.GATEWAY, 1, ["gateway_local"]),  # S50
        (ObjectKind.LOAD, 3, ["load_predefined"]),  # S99
        (ObjectKind.DEVICE, 1, []),
        (ObjectKind.GROUP, 1, []),
        (ObjectKind.BOARD, 1, []),
    ],
)
def test_removal(kind: ObjectKind, number: int, expected: list[str]) -> None:
    assert found(check_removal(kind, number, SITE)) == [("base", k) for k in expected]


def test_removal_counts_what_stands_in_the_way() -> None:
    (problem,) = check_removal(ObjectKind.GATEWAY, 2, SITE)
    assert problem.placeholders == {"name": "Roof", "count": "2"}
    assert not check_removal(ObjectKind.GATEWAY, 2, replace(SITE, devices={}))


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("choice", "3", None),
        ("choice", "5", "choice_unknown"),
        ("hex", "1A2B", None),
        ("hex", "0x1a2b", None),
        ("hex", "FFFF", None),
        ("hex", "10000", "out_of_range"),
        ("hex", "1G", "hex_invalid"),
        ("hex", "", "hex_invalid"),
        ("hex", "-1", "hex_invalid"),
        ("number", "4", None),
        ("number", "4.5", "number_invalid"),
        ("number", "65536", "out_of_range"),
        ("decimal", "0.1", None),
        ("decimal", "0,1", None),
        ("decimal", "1e3", "decimal_invalid"),
        ("decimal", "ten", "decimal_invalid"),
        ("decimal", "-0.5", "out_of_range"),
        ("text", "m³/h", None),
        ("text", "twelve chars", None),
        ("text", "thirteen char", "text_invalid"),
        ("text", "  ", "text_invalid"),
        ("text", "a\x07", "text_invalid"),
    ],
)
def test_parameters(kind: str, text: str, expected: str | None) -> None:
    problems = check_parameter(
        "register",
        kind,
        text,
        choices=("3", "4"),
        minimum=Decimal(0),
        maximum=Decimal(0xFFFF),
    )
    assert found(problems) == ([("register", expected)] if expected else [])


def test_limits_are_named_as_they_are_written() -> None:
    (problem,) = check_parameter(
        "register", "hex", "12345", minimum=Decimal(0), maximum=Decimal(0xFFFF)
    )
    assert problem.placeholders == {"minimum": "0000", "maximum": "FFFF"}
    (problem,) = check_parameter("factor", "decimal", "-2", minimum=Decimal(0))
    assert problem.placeholders == {"minimum": "0", "maximum": "…"}


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("hex", " 0x1a2b", "1A2B"),
        ("hex", "7", "0007"),
        ("decimal", "0,10", "0.10"),
        ("number", "007", "7"),
        ("choice", "4", "4"),
        ("text", "  m³/h ", "m³/h"),
    ],
)
def test_parameters_are_stored_in_one_spelling(
    kind: str, text: str, expected: str
) -> None:
    assert normal_parameter(kind, text) == expected


def test_every_site_has_the_nine_predefined_loads() -> None:
    """S95, Q8: six uses, others, gas and water; users' numbers follow."""
    loads = [predefined_load(key) for key in PredefinedLoad]
    assert [load.id for load in loads] == list(range(1, 10))
    assert len({load.color for load in loads}) == 9
    assert not any(check_load(load, SITE) for load in loads)
    assert predefined_load(PredefinedLoad.GAS, color="#000000").color == "#000000"
