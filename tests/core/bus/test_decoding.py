"""Register dumps and the quantities they must give, by registers.md."""

from decimal import Decimal

import pytest

from custom_components.legrand_ews.ews.bus.decoding import Context, decode_field
from custom_components.legrand_ews.ews.catalogue import Provenance
from custom_components.legrand_ews.ews.catalogue.registers import Field
from custom_components.legrand_ews.ews.catalogue.values import ValueType
from custom_components.legrand_ews.ews.errors import DeviceRefusedError
from custom_components.legrand_ews.ews.model import Supply

from .world import Bus, device, readings_of, u32, values_of, words_of

# T1.1 of a 4 120 45: CT 100, VT 1 (0x1207 in hundredths), so k = 100: powers x 0.01
# (note 1), one count of energy 1 kWh (note 2, k < 1000).
T1_DUMP = {
    0x1200: 100,
    0x1204: 0x0006,
    0x1207: 100,
    0x1000: [*u32(230_000), *u32(231_500), *u32(229_250)],
    0x1006: [*u32(12_345), *u32(10_000), *u32(9_999)],
    0x100C: u32(2_000),
    0x100E: [*u32(400_100), *u32(399_900), *u32(400_000)],
    0x1014: u32(745_000),
    0x1016: u32(120_050),
    0x1018: u32(754_600),
    0x101A: 0,
    0x101B: 1,
    0x101C: u32(12_345_678),
    0x101E: u32(234_567),
    0x1020: u32(42),
    0x1022: u32(7),
    0x1024: 98,
    0x1025: 2,
    0x1026: 500,
    0x102C: [*u32(250_000), *u32(245_000), *u32(250_000)],
    0x1032: [0, 0, 1],
    0x1035: [*u32(40_000), *u32(40_050), *u32(40_000)],
    0x103B: [1, 1, 0],
    0x1044: [99, 0xFFFF - 96, 97],
    0x104A: [15, 16, 17],
    0x104D: [250, 251, 252],
    0x106A: u32(321),
    0x106E: 8_760,
    0x1070: [*u32(700_000), *u32(110_000), *u32(710_000)],
    0x1076: [*u32(900_000), *u32(200_000), *u32(920_000)],
}
T1_TABLES = [range(0x1000, 0x107C), range(0x1200, 0x1208)]
T1_EXPECTED = {
    "voltage_l1": "230",
    "voltage_l2": "231.5",
    "voltage_l3": "229.25",
    "current_l1": "12.345",
    "current_l3": "9.999",
    "current_n": "2",
    "voltage_l1_l2": "400.1",
    "voltage_l3_l1": "400",
    "active_power": "7450",
    "reactive_power": "-1200.5",
    "apparent_power": "7546",
    "active_energy_import": "12345678000",
    "reactive_energy_import": "234567000",
    "active_energy_export": "42000",
    "reactive_energy_export": "7000",
    "power_factor": "0.98",
    "power_factor_sector": "2",
    "frequency": "50",
    "active_power_l1": "2500",
    "active_power_l3": "-2500",
    "reactive_power_l1": "-400",
    "reactive_power_l2": "-400.5",
    "reactive_power_l3": "400",
    "power_factor_l1": "0.99",
    "power_factor_l2": "0.97",
    "thd_voltage_l1": "1.5",
    "thd_current_l3": "25.2",
    "active_energy_import_partial": "321000",
    "run_hours": "8760",
    "active_power_average": "7000",
    "apparent_power_maximum": "9200",
}


async def test_t1_scaled_block_where_the_fixed_blocks_are_refused() -> None:
    unit = Bus().unit(1)
    unit.holding = words_of(T1_DUMP)
    unit.known = T1_TABLES
    values = await values_of(unit, device(1))
    assert {q: values[q] for q in T1_EXPECTED} == {
        quantity: Decimal(value) for quantity, value in T1_EXPECTED.items()
    }


async def test_t1_2_fixed_block_wins_where_it_answers() -> None:
    unit = Bus().unit(1)
    fixed = {
        # low part Wh, high part MWh (0.7 row 3)
        0x1500: [*u32(678_901), *u32(12_345)],
        0x1508: [*u32(5), *u32(0)],
        0x1518: [*u32(-7_451), *u32(1_200)],
        0x151C: [*u32(-2_500), *u32(-2_451), *u32(-2_500)],
        0x1528: u32(-98),
        0x1530: u32(7_547),
    }
    unit.holding = words_of(T1_DUMP | fixed)
    unit.known = [*T1_TABLES, range(0x1500, 0x153E)]
    values = await values_of(unit, device(1))
    assert values["active_energy_import"] == Decimal(12_345_678_901)
    assert values["active_energy_export"] == 5
    assert values["active_power"] == -7_451
    assert values["reactive_power"] == 1_200
    assert values["active_power_l2"] == -2_451
    assert values["power_factor"] == Decimal("0.98")
    assert values["apparent_power"] == 7_547
    # still from T1.1
    assert values["voltage_l1"] == 230
    assert values["power_factor_sector"] == 2


@pytest.mark.parametrize(
    ("ct", "vt_hundredths", "watts", "watt_hours"),
    [
        # note 2: 10 Wh below k = 10, 100 Wh below 100, ... ; note 1: x 1 from 5000
        (1, 100, "100", "10000"),
        (9, 111, "100", "10000"),
        (10, 100, "100", "100000"),
        (99, 100, "100", "100000"),
        (100, 100, "100", "1000000"),
        (999, 100, "100", "1000000"),
        (1000, 100, "100", "10000000"),
        (4999, 100, "100", "10000000"),
        (5000, 100, "10000", "10000000"),
        (9999, 100, "10000", "10000000"),
        (100, 10000, "10000", "100000000"),
        (9999, 1000, "10000", "100000000"),
        (1000, 10000, "10000", "1000000000"),
        (9999, 65535, "10000", "1000000000"),
    ],
)
async def test_t1_notes_1_and_2(
    ct: int, vt_hundredths: int, watts: str, watt_hours: str
) -> None:
    unit = Bus().unit(1)
    dump = {0x1200: ct, 0x1207: vt_hundredths}
    unit.holding = words_of(dump | {0x1014: u32(10_000), 0x101C: u32(1_000)})
    unit.known = T1_TABLES
    found = await readings_of(unit, device(1))
    assert found["active_power"].value == Decimal(watts)
    energy = found["active_energy_import"]
    assert energy.value == Decimal(watt_hours)
    # 0.7 row 1: eight digits, so the counter wraps at 10^8 counts.
    assert energy.modulus == Decimal(watt_hours) * 100_000


@pytest.mark.parametrize(
    ("identifier", "raw", "k_below_100"),
    [
        # 0.7 row 6: hundredths with identifier 0x0006, tenths with 0x0010.
        # CT 10 x VT 5.00 = 50: one count 100 Wh. CT 10 x VT 50.0 = 500: 1 kWh.
        (0x0006, 500, True),
        (0x0010, 500, False),
    ],
)
async def test_vt_ratio_by_identifier_where_0x1207_is_refused(
    identifier: int, raw: int, *, k_below_100: bool
) -> None:
    unit = Bus().unit(1)
    dump = {0x1200: 10, 0x1201: raw, 0x1204: identifier, 0x101C: u32(3)}
    unit.holding = words_of(dump)
    unit.known = [range(0x1000, 0x107C), range(0x1200, 0x1207)]
    values = await values_of(unit, device(1))
    assert values["active_energy_import"] == (300 if k_below_100 else 3_000)


@pytest.mark.parametrize(
    ("case", "dump", "tables"),
    [
        ("a zero CT", {0x1200: 0, 0x1207: 100}, T1_TABLES),
        ("no ratios at all", {}, [range(0x1000, 0x107C)]),
        ("unknown identifier", {0x1200: 5, 0x1201: 10, 0x1204: 9}, T1_TABLES),
    ],
)
async def test_an_unknown_ratio_is_never_zero(
    case: str, dump: dict[int, int], tables: list[range]
) -> None:
    unit = Bus().unit(1)
    unit.holding = words_of(dump | {0x1000: u32(230_000), 0x1014: u32(1_000)})
    unit.known = tables
    values = await values_of(unit, device(1))
    assert values["voltage_l1"] == 230, case
    assert "active_power" not in values, case
    assert "active_energy_import" not in values, case


async def test_ratios_that_the_user_gives_win() -> None:
    unit = Bus().unit(1)
    unit.holding = words_of({0x1200: 100, 0x1207: 100, 0x101C: u32(3)})
    unit.known = T1_TABLES
    values = await values_of(unit, device(1, ct_ratio="5", vt_ratio="1"))
    assert values["active_energy_import"] == 30


@pytest.mark.parametrize(
    ("order", "words"),
    [
        # 230 000 = 0x0003 8270 (0.7 row 5)
        ("big", [0x0003, 0x8270]),
        ("swapped", [0x8270, 0x0003]),
        ("little", [0x7082, 0x0300]),
    ],
)
async def test_word_order_is_a_setting_of_the_device(
    order: str, words: list[int]
) -> None:
    unit = Bus().unit(1)
    unit.holding = words_of({0x1000: words})
    unit.known = T1_TABLES
    values = await values_of(unit, device(1, word_order=order))
    assert values["voltage_l1"] == 230


@pytest.mark.parametrize(
    ("mode", "parameter", "expected"),
    [
        # 0.7 row 4: with tariffs 0x101C and 0x106A are tariff 1 and 2.
        (0, "auto", ("1000", "400")),
        (2, "auto", ("1400", None)),
        (0, "on", ("1400", None)),
        (2, "off", ("1000", "400")),
    ],
)
async def test_tariff_mode(
    mode: int, parameter: str, expected: tuple[str, str | None]
) -> None:
    unit = Bus().unit(1)
    dump = {0x0103: mode, 0x1200: 1, 0x1207: 100, 0x101C: u32(100), 0x106A: u32(40)}
    unit.holding = words_of(dump)
    unit.known = [*T1_TABLES, range(0x0103, 0x0104)]
    values = await values_of(unit, device(1, tariff_mode=parameter))
    total, partial = expected
    assert values["active_energy_import"] == Decimal(total)
    assert values.get("active_energy_import_partial") == (
        None if partial is None else Decimal(partial)
    )


# T2.2, T2.3: a 0 046 76 (DIRIS A-10); its totals at 0xC652 are reserved.
T2_DUMP = {
    0xC550: u32(123_456),
    0xC552: [*u32(40_010), *u32(39_990), *u32(40_000)],
    0xC558: [*u32(23_000), *u32(23_150), *u32(0xFFFFFFFF)],
    0xC55E: u32(5_001),
    0xC560: [*u32(12_345), *u32(10_000), *u32(9_999), *u32(321)],
    0xC568: [*u32(745), *u32(-120), *u32(755)],
    0xC56E: u32(-987),
    0xC570: [*u32(250), *u32(-245), *u32(250)],
    0xC582: [*u32(1_000), *u32(-1_000), *u32(950)],
    0xC652: u32(0xFFFFFFFF),
    0xC65C: [*u32(54_321), *u32(111), *u32(55_000), *u32(12), *u32(3)],
    0xC950: [12, 13, 14, 15, 16, 17, 310, 320, 0xFFFF],
    0xC766: u32(700),
    0xC786: u32(900),
}


async def test_t2_diris_a10() -> None:
    unit = Bus().unit(1)
    unit.holding = words_of(T2_DUMP)
    values = await values_of(unit, device(1, "004676"))
    expected = {
        "run_hours": "1234.56",
        "voltage_l1_l2": "400.1",
        "voltage_l2": "231.5",
        "frequency": "50.01",
        "current_n": "0.321",
        "active_power": "7450",
        "reactive_power": "-1200",
        "apparent_power": "7550",
        # 0.7 row 15: minus = leading, so magnitude and sector 2 (capacitive)
        "power_factor": "0.987",
        "power_factor_sector": "2",
        "power_factor_sector_l1": "0",
        "power_factor_sector_l2": "0",
        "power_factor_sector_l3": "1",
        "active_power_l2": "-2450",
        "active_energy_import": "54321000",
        "reactive_energy_import": "111000",
        "apparent_energy": "55000000",
        "active_energy_export": "12000",
        "reactive_energy_export": "3000",
        "active_energy_import_partial": "54321000",
        "thd_voltage_l1_l2": "1.2",
        "thd_voltage_l3": "1.7",
        "thd_current_l2": "32",
        "active_power_average": "7000",
        "active_power_maximum": "9000",
    }
    assert {q: values[q] for q in expected} == {
        quantity: Decimal(value) for quantity, value in expected.items()
    }
    # 0xFFFFFFFF and 0xFFFF: not available
    assert "voltage_l3" not in values
    assert "thd_current_l3" not in values


@pytest.mark.parametrize(
    ("raw", "hertz"),
    [
        (5_000, "50"),
        # T2.2: above 20 000 the raw value is in thousandths.
        (20_000, "200"),
        (20_001, "20.001"),
        (49_980, "49.98"),
    ],
)
async def test_socomec_frequency(raw: int, hertz: str) -> None:
    unit = Bus().unit(1)
    unit.holding = words_of({0xC55E: u32(raw)})
    values = await values_of(unit, device(1, "004680"))
    assert values["frequency"] == Decimal(hertz)


@pytest.mark.parametrize(
    ("total", "partial", "expected"),
    [
        # 0.7 row 9: fall back on 0xFFFFFFFF only, 0 is the total of a new meter.
        (0, 77, "0"),
        (5, 77, "5000"),
        (0xFFFFFFFF, 77, "77000"),
    ],
)
async def test_socomec_total(total: int, partial: int, expected: str) -> None:
    unit = Bus().unit(1)
    unit.holding = words_of({0xC652: u32(total), 0xC65C: u32(partial)})
    values = await values_of(unit, device(1, "014669"))
    assert values["active_energy_import"] == Decimal(expected)


async def test_t2c_fine_counters_and_their_modulus() -> None:
    unit = Bus().unit(1)
    # T2c: 0x9000 says where the counters wrap, in 10 Wh: 999 999 999 on E34/E44.
    dump = {0x9000: u32(999_999_999), 0xC702: u32(1_234), 0xC652: u32(12)}
    unit.holding = words_of(dump)
    found = await readings_of(unit, device(1, "004680"))
    assert found["active_energy_import"].value == 12_340
    assert found["active_energy_import"].modulus == 10_000_000_000


async def test_t2c_kwh_counters_where_the_fine_ones_are_refused() -> None:
    unit = Bus().unit(1)
    unit.holding = words_of({0xC652: u32(12)})
    unit.known = [range(0xC550, 0xC58E), range(0xC650, 0xC691)]
    values = await values_of(unit, device(1, "004680"))
    assert values["active_energy_import"] == 12_000


@pytest.mark.parametrize(
    ("model", "code", "count", "weight", "start", "quantity", "expected"),
    [
        # T5 unit codes: 0 Wh, 10 kWh, 3 m3, 7 litre, 6 pulse
        ("412090", 0, 5_000, "1", "0", "active_energy_import", "5000"),
        ("412090", 10, 5, "1", "250", "active_energy_import", "5250"),
        ("x_pulse_gas", 3, 12, "1", "0", "gas_volume", "12000"),
        ("x_pulse_water", 7, 345, "1", "1000", "water_volume", "1345"),
        ("x_pulse_water", 6, 345, "10", "0", "water_volume", "3450"),
        # 4 120 42: 0.1 Wh a pulse on the secondary side (T6c)
        ("412042", 6, 7, "0.1", "0", "active_energy_import", "0.7"),
        # A code of another kind says nothing: counts are taken as they are.
        ("x_pulse_gas", 10, 12, "1", "0", "gas_volume", "12"),
    ],
)
async def test_t5_inputs(
    model: str,
    code: int,
    count: int,
    weight: str,
    start: str,
    quantity: str,
    expected: str,
) -> None:
    unit = Bus().unit(1)
    # input 3: total at 0xC668 + 4, unit code at 0x9B00 + 2 x 27 + 10
    unit.holding = words_of({0xC66C: u32(count), 0x9B40: code})
    meter = device(
        1, model, position=3, concentrator="004687", weight=weight, start=start
    )
    assert await values_of(unit, meter) == {quantity: Decimal(expected)}


async def test_t5_the_user_overrides_the_unit() -> None:
    unit = Bus().unit(1)
    unit.holding = words_of({0xC668: u32(12), 0x9B0A: 0})
    meter = device(1, "412090", position=1, concentrator="004687", input_unit="kWh")
    assert await values_of(unit, meter) == {"active_energy_import": Decimal(12_000)}


# T7a: input registers; an EMS module seen from upstream.
T7_DUMP = {
    0x5000: [*u32(12_345), *u32(0x7FFFFFFF), *u32(0xFFFFFFFF)],
    0x500E: 500,
    0x500F: [*u32(-745_000), *u32(120_050), *u32(754_600)],
    0x5015: 0x10000 - 98,
    0x5016: 1,
    0x5017: [*u32(1_000), *u32(200), *u32(30)],
    0x501D: [*u32(230_000), *u32(231_500), *u32(229_250)],
    0x5023: u32(4),
    0x5025: [*u32(-250_000), *u32(1), *u32(0)],
}


async def test_t7a_upstream_and_downstream() -> None:
    unit = Bus().unit(1)
    unit.input = words_of(T7_DUMP)
    upstream = await values_of(unit, device(1, "414920"))
    assert upstream["current_l1"] == Decimal("12.345")
    assert "current_l2" not in upstream
    assert "current_l3" not in upstream
    assert upstream["voltage_l2"] == Decimal("231.5")
    assert upstream["power_factor"] == Decimal("0.98")
    assert upstream["active_energy_import"] == 10_000
    # Q4: downstream negates P and Q and swaps imported and exported energies.
    downstream = await values_of(unit, device(1, "414920", supply=Supply.DOWNSTREAM))
    for power in ("active_power", "reactive_power", "active_power_l1"):
        assert downstream[power] == -upstream[power] != 0
    for kind in ("active", "reactive"):
        own, other = f"{kind}_energy_import", f"{kind}_energy_export"
        assert downstream[own] == upstream[other]
        assert downstream[other] == upstream[own]
    for same in ("apparent_power", "power_factor", "voltage_l1", "current_l1"):
        assert downstream[same] == upstream[same]


@pytest.mark.parametrize(
    ("function", "words", "dump", "factor", "expected"),
    [
        # S63-S66, Q5: function 3 or 4, 1, 2 or 4 words unsigned, value x factor = Wh
        ("3", "1", [0xFFFE], "1000", "65534000"),
        ("4", "2", [0x0001, 0x0000], "0.1", "6553.6"),
        ("3", "4", [0, 1, 0, 1], "1", "4294967297"),
        ("4", "4", [0x8000, 0, 0, 0], "0.0001", "922337203685477.5808"),
    ],
)
async def test_t12_generic_meter(
    function: str, words: str, dump: list[int], factor: str, expected: str
) -> None:
    unit = Bus().unit(1)
    space = unit.holding if function == "3" else unit.input
    space.update(words_of({0x1A2B: dump}))
    meter = device(
        1,
        "x_generic_modbus",
        function=function,
        register="1A2B",
        words=words,
        factor=factor,
    )
    assert await values_of(unit, meter) == {"active_energy_import": Decimal(expected)}


@pytest.mark.parametrize(
    ("number_type", "order", "dump", "expected"),
    [
        # IEEE 754: 0x4366199A is the number nearest to 230.1, 0x4B3C614E is 12 345 678
        ("float", "big", [0x4366, 0x199A], "230.1"),
        ("float", "swapped", [0x199A, 0x4366], "230.1"),
        ("float", "little", [0x9A19, 0x6643], "230.1"),
        ("float", "big", [0x4B3C, 0x614E], "12345678"),
        ("float", "big", [0x3FF8, 0, 0, 0], "1.5"),
        ("float", "big", [0x3FB9, 0x9999, 0x9999, 0x999A], "0.1"),
        ("float", "big", [0x8000, 0x0000], "0"),
        ("signed", "big", [0xFFFF, 0xFFFE], "-2"),
        # BCD: a digit every four bits
        ("bcd", "big", [0x1234], "1234"),
        ("bcd", "big", [0x0123, 0x4567], "1234567"),
        ("bcd", "swapped", [0x4567, 0x0123], "1234567"),
        ("bcd", "big", [0x0000, 0x0012, 0x3456, 0x7890], "1234567890"),
        ("bcd", "big", [0x0000, 0x0000], "0"),
        ("bcd", "big", [0x12A4], None),
        # not a number, and infinities: no value
        ("float", "big", [0x7FC0, 0x0000], None),
        ("float", "big", [0x7F80, 0x0000], None),
        ("float", "big", [0xFFF0, 0, 0, 0], None),
        # 1e30, and 1e15: more than any meter has counted
        ("float", "big", [0x7149, 0xF2CA], None),
        ("float", "big", [0x430C, 0x6BF5, 0x2634, 0x0000], None),
    ],
)
async def test_a_generic_meter_of_another_kind_of_number(
    number_type: str, order: str, dump: list[int], expected: str | None
) -> None:
    """S65, beyond the manual: sign, floating point, BCD and the order of words."""
    unit = Bus().unit(1)
    unit.holding.update(words_of({0x0100: dump}))
    meter = device(
        1,
        "x_generic_modbus",
        register="100",
        words=str(len(dump)),
        number_type=number_type,
        word_order=order,
    )
    if expected is None:
        with pytest.raises(DeviceRefusedError) as nothing:
            await values_of(unit, meter)
        assert nothing.value.key == "device_without_values"
        return
    assert await values_of(unit, meter) == {"active_energy_import": Decimal(expected)}


@pytest.mark.parametrize(
    ("words", "expected"),
    [([0x4366, 0x199A], Decimal("230.1")), ([0x7149, 0xF2CA], None)],
    ids=["230.1 V", "1e30 V"],
)
def test_what_nothing_measures_is_no_value(
    words: list[int], expected: Decimal | None
) -> None:
    """IEEE 754. A number that cannot be stored would hold up all others."""
    voltage = Field(
        name="voltage",
        quantity="voltage_l1",
        address=0,
        type=ValueType.F32,
        provenance=Provenance.ASSUMED,
    )
    assert decode_field(voltage, dict(enumerate(words)), Context()) == expected
