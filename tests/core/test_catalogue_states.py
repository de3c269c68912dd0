"""States: raw words as registers.md lists them, and the options that they mean."""

from collections.abc import Mapping
from decimal import Decimal

import pytest

from custom_components.legrand_ews.ews.bus.decoding import Context, decode_field
from custom_components.legrand_ews.ews.catalogue import (
    Field,
    Provenance,
    Space,
    ValueType,
    load_catalogue,
)
from custom_components.legrand_ews.ews.quantities import QUANTITIES, Kind

CATALOGUE = load_catalogue()
NAMED = [
    pytest.param(register_map.key, block.key, field, id=f"{block.key}.{field.name}")
    for register_map in CATALOGUE.maps.values()
    for block in register_map.blocks
    for field in block.fields
    if field.is_named
]


def found(map_key: str, block_key: str, name: str) -> Field:
    blocks = {block.key: block for block in CATALOGUE.maps[map_key].blocks}
    return {field.name: field for field in blocks[block_key].fields}[name]


def option(field: Field, memory: Mapping[int, int]) -> str | None:
    """Return the name of a decoded state."""
    assert field.quantity is not None
    value = decode_field(field, memory, Context())
    return None if value is None else QUANTITIES[field.quantity].options[int(value)]


BREAKER = ("legrand_breaker", "states")
EMS_BITS = ("ems_state", "inputs")
EMS_CODE = ("ems_state", "state_code")
IO = ("legrand_io", "output_settings")
STATION = ("greenup", "states")

TABLE = [
    # T8, 0x3000: b0 closed, b1 open, b2 tripped, b5 drawn out; a trip counts first
    (*BREAKER, "breaker_state", {0x3000: 0b0000_0001}, "closed"),
    (*BREAKER, "breaker_state", {0x3000: 0b0000_0010}, "open"),
    (*BREAKER, "breaker_state", {0x3000: 0b0000_0110}, "tripped"),
    (*BREAKER, "breaker_state", {0x3000: 0b0000_0101}, "tripped"),
    (*BREAKER, "breaker_state", {0x3000: 0b0010_0010}, "drawn_out"),
    (*BREAKER, "breaker_state", {0x3000: 0b0010_0110}, "tripped"),
    (*BREAKER, "breaker_state", {0x3000: 0}, "unknown"),
    (*BREAKER, "breaker_state", {0x3000: 0b0101_1000}, "unknown"),
    (*BREAKER, "breaker_state", {}, None),
    # ... b3 pre-alarm, b4 internal fault, b6 earth-fault alarm
    (*BREAKER, "prealarm", {0x3000: 0b0000_1001}, "on"),
    (*BREAKER, "prealarm", {0x3000: 0b1111_0111}, "off"),
    (*BREAKER, "internal_fault", {0x3000: 0b0001_0000}, "on"),
    (*BREAKER, "internal_fault", {0x3000: 0b1110_1111}, "off"),
    (*BREAKER, "earth_fault_alarm", {0x3000: 0b0100_0000}, "on"),
    (*BREAKER, "earth_fault_alarm", {0x3000: 0b1011_1111}, "off"),
    # T8, 0x3001
    (*BREAKER, "trip_cause", {0x3001: 0}, "none"),
    (*BREAKER, "trip_cause", {0x3001: 1}, "long_delay"),
    (*BREAKER, "trip_cause", {0x3001: 2}, "short_delay"),
    (*BREAKER, "trip_cause", {0x3001: 3}, "instantaneous"),
    (*BREAKER, "trip_cause", {0x3001: 4}, "earth_fault"),
    (*BREAKER, "trip_cause", {0x3001: 5}, "residual_current"),
    (*BREAKER, "trip_cause", {0x3001: 6}, "neutral"),
    (*BREAKER, "trip_cause", {0x3001: 7}, "temperature"),
    (*BREAKER, "trip_cause", {0x3001: 8}, "test"),
    (*BREAKER, "trip_cause", {0x3001: 9}, "external"),
    (*BREAKER, "trip_cause", {0x3001: 10}, "unknown"),
    (*BREAKER, "trip_cause", {0x3001: 0xFFFF}, "unknown"),
    # T7b: main contact, fault trip, and the same as one number
    (*EMS_BITS, "contact_state", {0x4000: 1}, "closed"),
    (*EMS_BITS, "contact_state", {0x4000: 0}, "open"),
    (*EMS_BITS, "fault_trip", {0x4001: 1}, "on"),
    (*EMS_BITS, "fault_trip", {0x4001: 0}, "off"),
    (*EMS_BITS, "input_1", {0x4000: 1}, "on"),
    (*EMS_BITS, "input_3", {0x4002: 1}, "on"),
    (*EMS_CODE, "contact_state", {0x4000: 0}, "open"),
    (*EMS_CODE, "contact_state", {0x4000: 1}, "closed"),
    (*EMS_CODE, "contact_state", {0x4000: 2}, "open"),
    (*EMS_CODE, "contact_state", {0x4000: 3}, None),
    (*EMS_CODE, "fault_trip", {0x4000: 1}, "off"),
    (*EMS_CODE, "fault_trip", {0x4000: 2}, "on"),
    ("ems_command", "outputs", "output_2", {0x4801: 1}, "on"),
    ("ems_command", "contact", "contact_state", {0x4000: 1}, "closed"),
    # T9
    ("legrand_io", "inputs", "input_8", {7: 1}, "on"),
    ("legrand_io", "outputs", "output_6", {5: 0}, "off"),
    (*IO, "output_1_normal_state", {0x0100: 0}, "normally_open"),
    (*IO, "output_2_normal_state", {0x0104: 1}, "normally_closed"),
    (*IO, "output_6_mode", {0x0115: 0}, "direct"),
    (*IO, "output_1_mode", {0x0101: 1}, "pulse"),
    # T10.2
    (*STATION, "station_state", {0x0010: 0}, "off"),
    (*STATION, "station_state", {0x0010: 1}, "available"),
    (*STATION, "station_state", {0x0010: 2}, "busy"),
    (*STATION, "station_state", {0x0010: 3}, "waiting"),
    (*STATION, "station_state", {0x0010: 4}, "fault"),
    (*STATION, "station_state", {0x0010: 5}, "unknown"),
    (*STATION, "charge_state", {0x0011: 0}, "no_vehicle"),
    (*STATION, "charge_state", {0x0011: 1}, "connected"),
    (*STATION, "charge_state", {0x0011: 2}, "charging"),
    (*STATION, "charge_state", {0x0011: 3}, "suspended"),
    (*STATION, "charge_state", {0x0011: 4}, "finished"),
    (*STATION, "charge_state", {0x0011: 5}, "fault"),
    (*STATION, "plug_in_use", {0x0012: 1}, "ev"),
    (*STATION, "plug_in_use", {0x0012: 2}, "domestic"),
    # T10.1: error codes of the station's board; there is no 14
    (*STATION, "station_error", {0x0013: 0}, "none"),
    (*STATION, "station_error", {0x0013: 1}, "plug_lock"),
    (*STATION, "station_error", {0x0013: 2}, "plug_unlock"),
    (*STATION, "station_error", {0x0013: 4}, "pilot_board"),
    (*STATION, "station_error", {0x0013: 5}, "domestic_contactor_open"),
    (*STATION, "station_error", {0x0013: 8}, "ev_contactor_close"),
    (*STATION, "station_error", {0x0013: 12}, "mains_lost"),
    (*STATION, "station_error", {0x0013: 13}, "internal_link"),
    (*STATION, "station_error", {0x0013: 14}, "unknown"),
    (*STATION, "station_error", {0x0013: 15}, "dc_leakage"),
    (*STATION, "charge_error", {0x0014: 3}, "pilot_vehicle"),
    (*STATION, "charge_error", {0x0014: 9}, "vehicle_diode"),
    (*STATION, "charge_error", {0x0014: 10}, "ev_plug_overload"),
    (*STATION, "charge_error", {0x0014: 11}, "domestic_plug_overload"),
    ("greenup", "orders", "session_state", {0x0041: 1}, "start"),
    ("greenup", "orders", "ev_plug", {0x0042: 0}, "off"),
    ("greenup", "orders", "domestic_plug", {0x0043: 1}, "on"),
    # T1.5 and 0x106F of T1.1; T2.4
    ("ime_1000", "inputs", "input_4", {0x0403: 1}, "on"),
    ("ime_1000", "measurements", "output_2", {0x106F: 0b0010}, "on"),
    ("ime_1000", "measurements", "output_1", {0x106F: 0b1110}, "off"),
    ("soco_c550", "inputs_outputs", "input_3", {0xCB01: 0b100}, "on"),
    ("soco_c550", "inputs_outputs", "output_1", {0xCB03: 0b110}, "off"),
    ("soco_c550", "inputs_outputs", "output_1", {0xCB03: 0xFFFF}, None),
]


@pytest.mark.parametrize(("map_key", "block_key", "name", "memory", "expected"), TABLE)
def test_raw_words_mean_what_is_listed(
    map_key: str,
    block_key: str,
    name: str,
    memory: Mapping[int, int],
    expected: str | None,
) -> None:
    assert option(found(map_key, block_key, name), memory) == expected


NUMBERS = [
    # T8: current at the last trip in mA, rated current in A
    (
        "legrand_breaker",
        "states",
        "trip_current",
        {0x3002: 0x0001, 0x3003: 0x86A0},
        "100",
    ),
    ("legrand_breaker", "states", "trip_count", {0x3004: 7}, "7"),
    ("legrand_breaker", "states", "rated_current", {0x3006: 250}, "250"),
    # T9: a signed word as it is; ON time in s
    ("legrand_io", "analogue_inputs", "analogue_input_2", {1: 0xFFFE}, "-2"),
    ("legrand_io", "output_settings", "output_2_on_time", {0x0106: 30}, "30"),
    # T10.2: 0.01 Ah, 1 Wh, 0.1 °C, A
    ("greenup", "measurements", "session_charge", {0x0032: 0, 0x0033: 3200}, "32"),
    ("greenup", "measurements", "session_energy", {0x0030: 0, 0x0031: 7400}, "7400"),
    ("greenup", "measurements", "station_temperature", {0x0036: 0xFFF1}, "-1.5"),
    ("greenup", "orders", "current_limit", {0x0040: 16}, "16"),
]


@pytest.mark.parametrize(
    ("map_key", "block_key", "name", "memory", "expected"), NUMBERS
)
def test_values_beside_the_states(
    map_key: str, block_key: str, name: str, memory: Mapping[int, int], expected: str
) -> None:
    value = decode_field(found(map_key, block_key, name), memory, Context())
    assert value == Decimal(expected)


@pytest.mark.parametrize(("map_key", "block_key", "field"), NAMED)
def test_states_name_options_and_stand_where_bits_or_words_are(
    map_key: str, block_key: str, field: Field
) -> None:
    """Every option that a raw number means can be written back as that number."""
    assert field.quantity is not None
    quantity = QUANTITIES[field.quantity]
    assert quantity.kind is Kind.STATE
    options = {rule.option for rule in field.first_of} | set(field.states.values())
    assert options <= set(quantity.options)
    for name in options:
        raw = field.raw_of(name)
        assert raw is not None
        assert field.option_of(raw) == name
        assert field.extract(field.insert(0, raw)) == raw
    block = {b.key: b for b in CATALOGUE.maps[map_key].blocks}[block_key]
    assert (field.type is ValueType.BIT) == block.space.is_bits


def test_an_option_without_a_number_cannot_be_written() -> None:
    assert found("greenup", "states", "station_state").raw_of("unknown") is None


def test_bits_of_a_word_leave_the_others_alone() -> None:
    """T8: pre-alarm is bit 3 of the word that holds the breaker's state."""
    field = found("legrand_breaker", "states", "prealarm")
    assert field.insert(0b0000_0001, 1) == 0b0000_1001
    assert field.insert(0b1111_1111, 0) == 0b1111_0111
    assert field.extract(0b0000_1000) == 1


@pytest.mark.parametrize(
    ("map_key", "block_key", "space", "address"),
    [
        ("ems_state", "inputs", Space.DISCRETE, 0x4000),
        ("ems_state", "state_code", Space.INPUT, 0x4000),
        ("ems_command", "outputs", Space.COIL, 0x4800),
        ("ems_command", "contact", Space.DISCRETE, 0x4000),
        ("legrand_io", "inputs", Space.DISCRETE, 0),
        ("legrand_io", "analogue_inputs", Space.INPUT, 0),
        ("legrand_io", "outputs", Space.COIL, 0),
        ("legrand_io", "output_settings", Space.HOLDING, 0x0100),
        ("legrand_breaker", "states", Space.HOLDING, 0x3000),
        ("greenup", "states", Space.HOLDING, 0x0010),
    ],
)
def test_states_stand_in_their_space(
    map_key: str, block_key: str, space: Space, address: int
) -> None:
    """The column "access" of tables T7b and T9."""
    block = {b.key: b for b in CATALOGUE.maps[map_key].blocks}[block_key]
    assert (block.space, block.address) == (space, address)
    assert all(field.provenance is Provenance.ASSUMED for field in block.fields)


@pytest.mark.parametrize(
    ("space", "function", "is_bits"),
    [
        (Space.COIL, 1, True),
        (Space.DISCRETE, 2, True),
        (Space.HOLDING, 3, False),
        (Space.INPUT, 4, False),
    ],
)
def test_functions_of_the_spaces(space: Space, function: int, is_bits: bool) -> None:
    """Modbus application protocol V1.1b3."""
    assert (space.function, space.is_bits) == (function, is_bits)


def test_the_second_side_of_an_old_station_stands_further_on() -> None:
    """T10.2: side 2 of the old range at + 0x0100; new stations have addresses."""
    station = CATALOGUE.models["059038"]
    first = CATALOGUE.blocks_of(station)
    second = CATALOGUE.blocks_of(station, side=2)
    assert [block.address for block in second] == [
        *(0x0103, 0x0110, 0x0120, 0x0140),
    ]
    assert [field.address for block in second for field in block.fields] == [
        field.address + 0x0100 for block in first for field in block.fields
    ]
    assert CATALOGUE.blocks_of(station, side=1) == first


def test_a_module_with_states_only_reads_nothing_else() -> None:
    """S13: DMX3 with an LCD screen has no measurements."""
    (states,) = CATALOGUE.blocks_of(CATALOGUE.models["028800"])
    assert states.key == "states"
    assert all(field.address < 0x3010 for field in states.fields)
