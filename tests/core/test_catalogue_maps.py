"""Register maps: what stands where, as the makers' papers print it."""

from collections import Counter
from decimal import Decimal
from itertools import pairwise

import pytest

from custom_components.legrand_ews.ews.catalogue import (
    Block,
    Cadence,
    Catalogue,
    Field,
    FixedScale,
    Provenance,
    RegisterMap,
    Space,
    Transform,
    ValueType,
    WordOrder,
    load_catalogue,
)
from custom_components.legrand_ews.ews.quantities import QUANTITIES, Kind, Unit

CATALOGUE = load_catalogue()
MAPS = [pytest.param(m, id=m.key) for m in CATALOGUE.maps.values()]
U16, S16, U32, S32 = ValueType.U16, ValueType.S16, ValueType.U32, ValueType.S32


def found(map_key: str, block_key: str, name: str) -> Field:
    blocks = {block.key: block for block in CATALOGUE.maps[map_key].blocks}
    return {field.name: field for field in blocks[block_key].fields}[name]


def block(map_key: str, key: str) -> Block:
    return next(b for b in CATALOGUE.maps[map_key].blocks if b.key == key)


@pytest.mark.parametrize("register_map", MAPS)
def test_fields_lie_in_their_block_and_apart(register_map: RegisterMap) -> None:
    for part in register_map.blocks:
        spans = sorted({span for field in part.fields for span in field.spans})
        assert spans[0][0] >= part.address
        assert spans[-1][0] + spans[-1][1] <= part.address + part.words
        for (first, words), (second, _) in pairwise(spans):
            assert first + words <= second


@pytest.mark.parametrize("register_map", MAPS)
def test_one_field_wins_for_each_quantity(register_map: RegisterMap) -> None:
    """Two fields of one rank and quantity are of two modes or two inputs."""
    for is_on in (True, False):
        rivals = Counter(
            (field.quantity, field.rank, field.position)
            for part in register_map.blocks
            for field in part.fields
            if field.quantity and (field.when is None or field.when.is_on is is_on)
        )
        # 4 120 53 has one of the two temperatures, by firmware: ranks differ
        assert [key for key, count in rivals.items() if count > 1] == []


@pytest.mark.parametrize("register_map", MAPS)
def test_gauges_have_no_modulus_and_no_width_is_a_modulus(
    register_map: RegisterMap,
) -> None:
    """0.7 row 1: a binary width is never where a decimal counter rolls over."""
    for part in register_map.blocks:
        for field in part.fields:
            if field.modulus is None:
                continue
            assert field.quantity is not None
            assert QUANTITIES[field.quantity].kind is Kind.COUNTER
            assert field.modulus.counts not in {2**16, 2**31, 2**32, 2**64}


@pytest.mark.parametrize("register_map", MAPS)
def test_auxiliary_fields_are_unsigned_and_plain(register_map: RegisterMap) -> None:
    for part in register_map.blocks:
        for field in part.fields:
            if field.quantity is None:
                assert not field.type.is_signed
                assert field.scale == FixedScale()


@pytest.mark.parametrize("register_map", MAPS)
def test_power_factors_are_magnitudes(register_map: RegisterMap) -> None:
    """0.7 row 15: one convention for all makers, magnitude and sector."""
    for part in register_map.blocks:
        for field in part.fields:
            quantity = field.quantity or ""
            if quantity.startswith("power_factor") and "sector" not in quantity:
                assert field.transform is Transform.MAGNITUDE


# Registers as printed: map, block, name, address, type, factor (None: by ratio).
PRINTED = [
    ("ime_1000", "measurements", "voltage_l1", 0x1000, U32, "0.001"),
    ("ime_1000", "measurements", "current_l3", 0x100A, U32, "0.001"),
    ("ime_1000", "measurements", "current_n", 0x100C, U32, "0.001"),
    ("ime_1000", "measurements", "voltage_l3_l1", 0x1012, U32, "0.001"),
    ("ime_1000", "measurements", "active_power", 0x1014, U32, None),
    ("ime_1000", "measurements", "sign_reactive_power", 0x101B, U16, "1"),
    ("ime_1000", "measurements", "active_energy_import", 0x101C, U32, None),
    ("ime_1000", "measurements", "reactive_energy_import", 0x101E, U32, None),
    ("ime_1000", "measurements", "active_energy_export", 0x1020, U32, None),
    ("ime_1000", "measurements", "reactive_energy_export", 0x1022, U32, None),
    ("ime_1000", "measurements", "power_factor", 0x1024, S16, "0.01"),
    ("ime_1000", "measurements", "power_factor_sector", 0x1025, U16, "1"),
    ("ime_1000", "measurements", "frequency", 0x1026, U16, "0.1"),
    ("ime_1000", "measurements", "active_power_l2", 0x102E, U32, None),
    ("ime_1000", "measurements", "sign_active_power_l3", 0x1034, U16, "1"),
    ("ime_1000", "measurements", "reactive_power_l3", 0x1039, U32, None),
    ("ime_1000", "measurements", "sign_reactive_power_l1", 0x103B, U16, "1"),
    ("ime_1000", "measurements", "apparent_power_l3", 0x1042, U32, None),
    ("ime_1000", "measurements", "power_factor_l1", 0x1044, S16, "0.01"),
    ("ime_1000", "measurements", "power_factor_sector_l3", 0x1049, U16, "1"),
    ("ime_1000", "measurements", "thd_voltage_l1", 0x104A, U16, "0.1"),
    ("ime_1000", "measurements", "thd_current_l3", 0x104F, U16, "0.1"),
    ("ime_1000", "measurements", "current_l1_average", 0x1050, U32, "0.001"),
    ("ime_1000", "measurements", "current_l3_maximum", 0x105A, U32, "0.001"),
    ("ime_1000", "measurements", "voltage_l1_minimum", 0x105E, U32, "0.001"),
    ("ime_1000", "measurements", "voltage_l3_maximum", 0x1068, U32, "0.001"),
    ("ime_1000", "measurements", "active_energy_import_partial", 0x106A, U32, None),
    ("ime_1000", "measurements", "run_hours", 0x106E, U16, "1"),
    ("ime_1000", "averages", "active_power_average", 0x1070, U32, None),
    ("ime_1000", "averages", "apparent_power_maximum", 0x107A, U32, None),
    ("ime_1000", "ratios", "ct_ratio", 0x1200, U16, "1"),
    ("ime_1000", "ratios", "vt_ratio", 0x1201, U16, "1"),
    ("ime_1000", "ratios", "device_identifier", 0x1204, U16, "1"),
    ("ime_1000", "vt_ratio", "vt_ratio_hundredths", 0x1207, U16, "1"),
    ("ime_1000", "energy_mode", "energy_mode", 0x0103, U16, "1"),
    ("ime_1000", "fixed_energies", "active_energy_import", 0x1500, U32, "1"),
    ("ime_1000", "fixed_energies", "reactive_energy_export", 0x150C, U32, "1"),
    ("ime_1000", "fixed_powers", "active_power", 0x1518, S32, "1"),
    ("ime_1000", "fixed_powers", "reactive_power_l3", 0x1526, S32, "1"),
    ("ime_1000", "fixed_powers", "power_factor", 0x1528, S32, "0.01"),
    # row 2: x 1, whatever page 14 of the paper says
    ("ime_1000", "fixed_averages", "apparent_power", 0x1530, U32, "1"),
    ("ime_1000", "fixed_averages", "apparent_power_maximum", 0x153C, U32, "1"),
    ("ime_1000", "din_energies", "active_energy_import", 0x1700, U32, "1"),
    ("ime_1000", "din_powers", "active_power", 0x1720, S32, "1"),
    # row 13
    ("ime_1000", "temperature", "temperature", 0x1100, S16, "1"),
    ("ime_1000", "temperature_before_3", "temperature", 0x03F8, U32, "0.01"),
    ("ime_counter", "totals", "active_energy_import", 0x1080, U32, None),
    ("ime_counter", "totals", "reactive_energy_import", 0x1082, U32, None),
    ("ime_counter", "measurements", "active_energy_import", 0x101C, U32, None),
    ("ime_counter", "pulse_inputs", "pulse_total_1", 0x03F0, U32, "1"),
    ("ime_conto_d2", "measurements", "active_power", 0x2004, U32, "1"),
    ("ime_conto_d2", "measurements", "active_energy_import", 0x200A, U32, "1000"),
    (
        "ime_conto_d2",
        "measurements",
        "active_energy_import_partial",
        0x200C,
        U32,
        "1000",
    ),
    ("soco_c550", "metrology", "run_hours", 0xC550, U32, "0.01"),
    ("soco_c550", "metrology", "voltage_l1_l2", 0xC552, U32, "0.01"),
    ("soco_c550", "metrology", "voltage_l1", 0xC558, U32, "0.01"),
    ("soco_c550", "metrology", "current_n", 0xC566, U32, "0.001"),
    ("soco_c550", "metrology", "active_power", 0xC568, S32, "10"),
    ("soco_c550", "metrology", "apparent_power", 0xC56C, U32, "10"),
    ("soco_c550", "metrology", "power_factor", 0xC56E, S32, "0.001"),
    ("soco_c550", "metrology", "apparent_power_l3", 0xC580, U32, "10"),
    ("soco_c550", "metrology", "power_factor_l3", 0xC586, S32, "0.001"),
    ("soco_c550", "energies", "total_active_import", 0xC652, U32, "1000"),
    ("soco_c550", "energies", "active_energy_import", 0xC65C, U32, "1000"),
    ("soco_c550", "energies", "active_energy_export", 0xC662, U32, "1000"),
    ("soco_c550", "tariffs", "active_energy_import_t2", 0xC6A4, U32, "1000"),
    ("soco_c550", "tariffs", "reactive_energy_import_t1", 0xC6B2, U32, "1000"),
    ("soco_c550", "statistics", "current_l1_average", 0xC75E, U32, "0.001"),
    ("soco_c550", "statistics", "active_power_average", 0xC766, U32, "10"),
    ("soco_c550", "statistics", "current_l1_maximum", 0xC77E, U32, "0.001"),
    ("soco_c550", "statistics", "apparent_power_maximum", 0xC78E, U32, "10"),
    ("soco_c550", "distortion", "thd_voltage_l1_l2", 0xC950, U16, "0.1"),
    ("soco_c550", "distortion", "thd_current_l3", 0xC958, U16, "0.1"),
    ("soco_counter", "energies_fine", "active_energy_import", 0xC702, U32, "10"),
    ("soco_counter", "energies_fine", "reactive_energy_export", 0xC70A, U32, "10"),
    (
        "soco_counter",
        "energies_fine",
        "active_energy_import_partial",
        0xC70C,
        U32,
        "10",
    ),
    ("soco_counter", "energies", "active_energy_import", 0xC652, U32, "1000"),
    ("soco_counter", "tariffs_fine", "active_energy_import_t1", 0xC802, U32, "10"),
    ("soco_counter", "tariffs_fine", "reactive_energy_import_t1", 0xC812, U32, "10"),
    ("soco_counter", "roll_over", "counter_limit", 0x9000, U32, "1"),
    ("soco_pulse", "totals", "number_of_inputs", 0xC666, U32, "1"),
    ("soco_pulse", "totals", "pulse_total_1", 0xC668, U32, "1"),
    ("soco_pulse", "totals", "pulse_total_7", 0xC674, U32, "1"),
    ("ime_pulse", "totals", "pulse_total_12", 0x1016, U32, "1"),
    ("ems_pulse", "totals", "pulse_total_3", 0x6004, U32, "1"),
    ("ems_measure", "measurements", "current_l1", 0x5000, U32, "0.001"),
    ("ems_measure", "measurements", "active_power", 0x500F, S32, "0.01"),
    ("ems_measure", "measurements", "active_energy_import", 0x5017, U32, "10"),
    ("ems_measure", "measurements", "active_energy_export", 0x501B, U32, "10"),
    ("ems_measure", "measurements", "voltage_l1", 0x501D, U32, "0.001"),
    ("ems_measure", "measurements", "thd_current_l3", 0x503F, U16, "0.1"),
]


@pytest.mark.parametrize(
    ("map_key", "block_key", "name", "address", "kind", "factor"), PRINTED
)
def test_registers_stand_where_they_are_printed(
    map_key: str,
    block_key: str,
    name: str,
    address: int,
    kind: ValueType,
    factor: str | None,
) -> None:
    field = found(map_key, block_key, name)
    assert (field.address, field.type) == (address, kind)
    multiplier = field.scale.factor(1, {})
    assert multiplier == (None if factor is None else Decimal(factor))


def test_unit_codes_of_the_inputs_are_27_words_apart() -> None:
    for n in range(1, 8):
        code = found("soco_pulse", f"unit_{n}", f"unit_code_{n}")
        assert code.address == 0x9B00 + 27 * (n - 1) + 10
        assert code.provenance is Provenance.ASSUMED
        assert found("soco_pulse", "totals", f"pulse_total_{n}").unit_field == code.name


@pytest.mark.parametrize(
    ("code", "unit", "factor"),
    [
        (0, Unit.WATT_HOUR, 1),
        (3, Unit.CUBIC_DECIMETRE, 1000),
        (6, Unit.COUNT, 1),
        (7, Unit.CUBIC_DECIMETRE, 1),
        (10, Unit.WATT_HOUR, 1000),
        (13, Unit.CUBIC_DECIMETRE, 1_000_000),
        (16, Unit.COUNT, 1000),
    ],
)
def test_unit_codes_of_a_concentrator(code: int, unit: Unit, factor: int) -> None:
    known = CATALOGUE.maps["soco_pulse"].unit_codes
    assert (known[code].unit, known[code].factor) == (unit, factor)
    assert not known.keys() & {5, 8, 15}  # joules and custom units are no energy here


def test_low_and_high_halves() -> None:
    """0.7 row 3: low part in Wh, high part in MWh."""
    field = found("ime_1000", "fixed_energies", "active_energy_export")
    (high,) = field.parts
    assert (field.address, high.address, high.multiplier) == (0x1508, 0x150A, 10**6)


def test_tariff_mode_makes_the_total_a_sum() -> None:
    """0.7 row 4: with tariffs 0x101C and 0x106A are tariffs 1 and 2."""
    total = found("ime_1000", "measurements", "active_energy_import_of_tariffs")
    assert total.quantity == "active_energy_import"
    assert [span[0] for span in total.spans] == [0x101C, 0x106A]
    assert total.parts[0].multiplier is None  # the same unit as the first
    assert total.when is not None
    assert total.when.is_on
    for key in ("measurements", "fixed_energies", "din_energies"):
        for name in ("active_energy_import", "active_energy_import_partial"):
            condition = found("ime_1000", key, name).when
            assert condition is not None
            assert not condition.is_on


@pytest.mark.parametrize(
    "key", ["ime_1000", "ime_counter", "ime_conto_d2", "ems_measure"]
)
def test_timing_of_ime_meters(key: str) -> None:
    """0.7 rows 12 and 14: up to 300 ms to answer, 20 ms of silence, 112 words."""
    register_map = CATALOGUE.maps[key]
    assert register_map.spacing_ms == 20
    assert register_map.turnaround_ms == 20
    assert register_map.reply_timeout_ms is not None
    assert register_map.reply_timeout_ms > 300
    assert register_map.max_words == 112


def test_word_order_is_a_setting_of_ime_meters() -> None:
    """0.7 row 5."""
    assert CATALOGUE.maps["ime_1000"].word_orders[0] is WordOrder.BIG
    assert set(CATALOGUE.maps["ime_1000"].word_orders) == set(WordOrder)
    asked = [spec.name for spec in CATALOGUE.models["412045"].parameters]
    assert "word_order" in asked


def test_blocks_in_fixed_units_are_learnt_apart_and_preferred() -> None:
    """0.7 row 8; the DIN-rail ones are a guess inside and come after what is known."""
    keys = (
        "fixed_energies",
        "fixed_powers",
        "fixed_averages",
        "din_energies",
        "din_powers",
    )
    assert [block("ime_1000", key).address for key in keys] == [
        *(0x1500, 0x1518, 0x1530, 0x1700, 0x1720),
    ]
    assert all(block("ime_1000", key).is_optional for key in keys)
    known = block("ime_1000", "measurements").rank
    assert all(block("ime_1000", key).rank < known for key in keys[:3])
    assert all(block("ime_1000", key).rank > known for key in keys[3:])
    assert not block("ime_1000", "measurements").is_optional


# Sizes of the tables of COUNTIS meters: a read must not leave its table.
TABLES = {0xC550: 62, 0xC650: 65, 0xC700: 65, 0xC6A0: 50, 0xC800: 50, 0x9000: 11}


@pytest.mark.parametrize(
    "part", CATALOGUE.maps["soco_counter"].blocks, ids=lambda b: b.key
)
def test_counter_blocks_stay_in_their_table(part: Block) -> None:
    start = max(base for base in TABLES if base <= part.address)
    assert part.address + part.words <= start + TABLES[start]


def test_an_older_unit_has_its_energies_elsewhere() -> None:
    """0 046 76 reserves 0xC652 ...; the others have totals there, and fall back."""
    catalogue = CATALOGUE

    def sources(number: str) -> list[int]:
        fields = [
            field
            for part in catalogue.blocks_of(catalogue.models[number])
            for field in part.fields
            if field.quantity == "active_energy_import"
        ]
        return [field.address for field in sorted(fields, key=lambda field: field.rank)]

    assert sources("004676") == [0xC65C]
    assert sources("014668") == sources("014669") == [0xC652, 0xC65C]
    assert found("soco_c550", "energies", "total_active_import").not_available == {
        0xFFFFFFFF
    }  # row 9: 0 is a valid total of a new meter


def test_measuring_modules_read_input_registers() -> None:
    register_map = CATALOGUE.maps["ems_measure"]
    assert {part.space for part in register_map.blocks} == {Space.INPUT}
    assert found("ems_measure", "measurements", "current_l1").not_available == {
        *(0x7FFFFFFF, 0xFFFFFFFF),
    }
    provenances = {
        field.name: field.provenance
        for field in block("ems_measure", "measurements").fields
    }
    assert provenances["current_l1"] is Provenance.DOCUMENTED
    assert provenances["voltage_l2"] is Provenance.OBSERVED
    assert provenances["active_energy_import"] is Provenance.ASSUMED


def test_blocks_of_a_model_hold_only_what_it_has() -> None:
    catalogue: Catalogue = CATALOGUE
    counter = catalogue.models["412083"]
    parts = {part.key: part for part in catalogue.blocks_of(counter)}
    assert parts.keys() == {"totals", "measurements"}
    names = {field.name for field in parts["measurements"].fields}
    assert "voltage_l1" in names
    assert not names & {"voltage_l2", "voltage_l1_l2"}
    assert "sign_active_power" in names
    premium = {part.key for part in catalogue.blocks_of(catalogue.models["412053"])}
    assert not premium & {"fixed_energies", "din_energies"}
    assert "temperature" in premium
    assert "temperature" not in {
        part.key for part in catalogue.blocks_of(catalogue.models["412045"])
    }


def test_settings_and_tariffs_are_read_seldom() -> None:
    for key in ("ratios", "vt_ratio", "energy_mode"):
        assert block("ime_1000", key).cadence is Cadence.SLOW
    assert block("ime_1000", "measurements").cadence is Cadence.NORMAL
