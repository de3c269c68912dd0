"""Meters word by word (registers.md 0.7, T1, T1c, T2, T2c, T3), worked out by hand."""

from .dump_case import Case, filled
from .world import u32

# T1.1, CT 40 and VT 1 (0x1207 in hundredths): k = 40, so 0.01 W a count and 100 Wh.
BASE = filled(
    0x1000,
    0x70,
    at_1000=[*u32(230_000), *u32(231_000), *u32(229_000)],
    at_1014=[*u32(745_000), *u32(120_000), *u32(754_600)],
    at_101A=[1, 0],
    at_101C=[*u32(1_000), *u32(200), *u32(30), *u32(4)],
    at_1024=[98, 1],
    at_1027=[*u32(700_000), *u32(900_000)],
    at_102C=[*u32(250_000), *u32(245_000), *u32(250_000)],
    at_1032=[0, 1, 0],
    at_106A=[*u32(50), *u32(6)],
)
RATIOS = filled(0x1200, 8, at_1200=[40, 0], at_1204=[0x10], at_1207=[100])
OF_BASE = {
    "active_power": "-7450",
    "reactive_power": "1200",
    "active_power_l2": "-2450",
    "active_energy_import": "100000",
    "reactive_energy_import": "20000",
    "active_energy_export": "3000",
    "active_energy_import_partial": "5000",
    "power_factor": "0.98",
    "power_factor_sector": "inductive",
}
FIXED_ENERGIES = filled(
    0x1500,
    24,
    at_1500=[*u32(123_456), *u32(7)],
    at_1504=[*u32(1), *u32(2)],
    at_1508=[*u32(999_999), *u32(0)],
    at_1510=[*u32(5), *u32(6)],
)
FIXED_POWERS = filled(
    0x1518,
    24,
    at_1518=[*u32(-7_451), *u32(1_201)],
    at_151C=[*u32(2_501), *u32(-2_451), *u32(2_502)],
    at_1528=[*u32(-97), *u32(100), *u32(99), *u32(98)],
)
FIXED_AVERAGES = filled(
    0x1530,
    14,
    at_1530=u32(7_547),
    at_1532=[*u32(7_001), *u32(1_101), *u32(7_101)],
    at_1538=[*u32(9_001), *u32(2_001), *u32(9_201)],
)
AVERAGES = filled(
    0x1070, 12, at_1070=[*u32(700_100), *u32(110_000)], at_1076=u32(900_100)
)
DIN = {0x1700: FIXED_ENERGIES[0x1500], 0x1720: FIXED_POWERS[0x1518]}
OF_FIXED_ENERGIES = {
    # MWh above Wh (row 3)
    "active_energy_import": "7123456",
    "reactive_energy_import": "2000001",
    "active_energy_export": "999999",
    "active_energy_import_partial": "6000005",
}
OF_FIXED_POWERS = {
    "active_power": "-7451",
    "reactive_power": "1201",
    "active_power_l1": "2501",
    "active_power_l2": "-2451",
    # magnitude here, the sector stands in T1.1 only
    "power_factor": "0.97",
    "power_factor_l1": "1",
    "power_factor_sector": "inductive",
}

FIXED_BLOCKS = [
    Case(
        name="row 8: no fixed block at all",
        model="412045",
        holding=BASE | RATIOS,
        expected=OF_BASE
        | {"active_power_average": "7000", "active_power_maximum": "9000"},
    ),
    Case(
        name="row 8: 0x1518 alone, as the table of 4 120 45 has it",
        model="412045",
        holding=BASE | RATIOS | FIXED_POWERS | AVERAGES,
        expected=OF_BASE
        | OF_FIXED_POWERS
        # 0x1070 goes before 0x1027
        | {"active_power_average": "7001", "active_power_maximum": "9001"},
    ),
    Case(
        name="row 8: 0x1530 alone, as F4N200 has it",
        model="412051",
        holding=BASE | RATIOS | FIXED_AVERAGES,
        expected=OF_BASE
        | {
            # row 2: x 1, no hundredth of a VA
            "apparent_power": "7547",
            "active_power_average": "7001",
            "reactive_power_average": "1101",
            "apparent_power_maximum": "9201",
        },
    ),
    Case(
        name="row 8: 0x1500 alone",
        model="412048",
        holding=BASE | RATIOS | FIXED_ENERGIES,
        expected=OF_BASE | OF_FIXED_ENERGIES,
    ),
    Case(
        name="row 8: 0x1700 and 0x1720 come after what is documented",
        model="412045",
        holding=BASE | RATIOS | DIN,
        expected=OF_BASE,
    ),
    Case(
        name="row 8: ... and count where no ratio can be had (row 6)",
        model="412045",
        holding=BASE | DIN,
        expected=OF_FIXED_ENERGIES
        | OF_FIXED_POWERS
        # factors need no ratio: those of T1.1 stay
        | {"voltage_l1": "230", "power_factor": "0.98", "power_factor_l1": "0"},
    ),
    Case(
        name="row 6: without any ratio there is neither power nor energy, and no zero",
        model="412052",
        holding=BASE,
        expected={
            "voltage_l1": "230",
            "power_factor": "0.98",
            "active_power": None,
            "active_energy_import": None,
        },
    ),
    Case(
        name="row 7: CT x VT: 50 x 100 is 5000, so whole watts and 10 kWh a count",
        model="412045",
        holding=BASE | filled(0x1200, 8, at_1200=[50], at_1207=[10_000]),
        expected={
            "active_power": "-745000",
            "active_energy_import": "10000000",
            "active_energy_export": "300000",
        },
    ),
    Case(
        name="row 4: with tariffs the total is their sum, and no fixed block is used",
        model="412045",
        holding=BASE | RATIOS | FIXED_ENERGIES | {0x0103: 2},
        expected={
            "active_energy_import": "105000",
            "reactive_energy_import": "20600",
            "active_energy_export": "3000",
            "active_energy_import_partial": None,
        },
    ),
]
MODULES = [
    Case(
        name="row 13: 4 120 58 from firmware 3.00",
        model="412053",
        holding=BASE | RATIOS | {0x1100: [0xFFFB, 0]},
        expected={"temperature": "-5"},
    ),
    Case(
        name="row 13: before, hundredths with a sign of their own",
        model="412053",
        holding=BASE
        | RATIOS
        | filled(0x03F0, 20, at_03F8=u32(2_150), at_0402=[1], at_0400=[1, 0]),
        expected={"temperature": "-21.5", "input_1": "on", "input_2": "off"},
    ),
    Case(
        name="row 13: both: the newer one counts",
        model="412053",
        holding=BASE
        | RATIOS
        | filled(0x03F0, 20, at_03F8=u32(2_150))
        | {0x1100: [23, 0]},
        expected={"temperature": "23"},
    ),
]
# T1c. 1 234 567 counts and what stands at 0x101C differ on purpose.
COUNTER = filled(
    0x1000,
    0x27,
    at_1000=[*u32(230_000), *u32(231_000), *u32(229_000)],
    at_1006=[*u32(5_000), *u32(6_000), *u32(7_000)],
    at_1014=[*u32(345_600), *u32(12_300), *u32(345_900)],
    at_101A=[1, 1],
    at_101C=[*u32(111), *u32(22)],
    at_1024=[99, 2, 500],
)
TOTALS = {0x1080: [*u32(1_234_567), *u32(8)]}
COUNTERS = [
    Case(
        name="T1c direct: totals at 0x1080, 10 Wh a count",
        model="412074",
        holding=COUNTER | TOTALS,
        expected={
            "active_energy_import": "12345670",
            "reactive_energy_import": "80",
            "active_power": "-3456",
            "reactive_power": "-123",
            "apparent_power": "3459",
            "voltage_l3": "229",
            "current_l2": "6",
            "power_factor": "0.99",
            "power_factor_sector": "capacitive",
            "frequency": "50",
            "active_power_l1": None,  # 0x102C is refused
        },
    ),
    Case(
        name="T1c: 0x101C where the totals are refused",
        model="412075",
        holding=COUNTER,
        expected={"active_energy_import": "1110", "reactive_energy_import": "220"},
    ),
    Case(
        name="T1c behind transformers: the unit follows the ratio of the meter",
        model="412041",
        holding=COUNTER | TOTALS | {0x1200: 100},
        expected={"active_energy_import": "1234567000", "active_power": "-3456"},
    ),
    Case(
        name="T1c behind transformers: no ratio, no energy",
        model="412043",
        holding=COUNTER | TOTALS,
        expected={"active_energy_import": None, "voltage_l1": "230"},
    ),
    Case(
        name="T1c behind transformers: the user says the ratio",
        model="412043",
        holding=COUNTER | TOTALS,
        parameters={"ct_ratio": "10"},
        expected={"active_energy_import": "123456700", "active_power": "-3456"},
    ),
    Case(
        name="T3: whole kWh and W, seconds for hours, a sign word",
        model="412068",
        holding=filled(
            0x2000,
            16,
            at_2000=[*u32(231_500), *u32(4_250), *u32(980), 1, 0xFFA1, 1, 499],
            at_200A=[*u32(4_321), *u32(21), *u32(7_200)],
        ),
        expected={
            "voltage_l1": "231.5",
            "current_l1": "4.25",
            "active_power": "-980",
            "power_factor": "0.95",
            "power_factor_sector": "inductive",
            "frequency": "49.9",
            "active_energy_import": "4321000",
            "active_energy_import_partial": "21000",
            "run_hours": "2",
        },
    ),
    Case(
        name="T2c: fine counters before kWh, partial apart, a phase not available",
        model="004684",
        holding=filled(
            0xC550,
            62,
            at_C558=[*u32(23_000), *u32(0xFFFFFFFF), *u32(22_900)],
            at_C55E=u32(50_010),
            at_C568=[*u32(-745), *u32(120), *u32(755), *u32(-987)],
            at_C570=[*u32(250), *u32(-245), *u32(-740)],
        )
        | {0xC650: [0] * 22}
        | filled(0xC700, 24, at_C702=[*u32(1_234), *u32(56)], at_C70C=u32(7)),
        expected={
            "voltage_l1": "230",
            "voltage_l2": None,
            "frequency": "50.01",
            "active_power": "-7450",
            "active_power_l3": "-7400",
            "power_factor": "0.987",
            "power_factor_sector": "capacitive",
            "active_energy_import": "12340",
            "active_energy_import_partial": "70",
        },
    ),
    Case(
        name="T2 large: averages, highest, tariffs, a cold room, contacts",
        model="014669",
        holding=filled(0xC550, 62, at_C558=u32(23_000))
        | filled(0xC650, 22, at_C652=[*u32(8), *u32(0xFFFFFFFF)], at_C65E=u32(3))
        | filled(
            0xC750,
            64,
            at_C75E=[*u32(41_000), *u32(42_000), *u32(0xFFFFFFFF)],
            at_C766=[*u32(700), *u32(1), *u32(110), *u32(2), *u32(710)],
            at_C776=u32(24_150),
            at_C786=[*u32(900), *u32(3), *u32(200), *u32(4), *u32(920)],
        )
        | {0xC900: [1, 0xFFF6, 0], 0xCB00: [6, 0b100101, 6, 0b000010]},
        expected={
            "active_energy_import": "8000",
            # row 9: the partial only where the total is not available
            "reactive_energy_import": "3000",
            "current_l2_average": "42",
            "active_power_average": "7000",
            "reactive_power_average": "1100",
            "apparent_power_average": "7100",
            "voltage_l1_maximum": "241.5",
            "active_power_maximum": "9000",
            "reactive_power_maximum": "2000",
            "apparent_power_maximum": "9200",
            "temperature": "-10",
            "input_1": "on",
            "input_2": "off",
            "input_6": "on",
            "output_1": "off",
            "output_2": "on",
        },
    ),
]

METERS = [*FIXED_BLOCKS, *MODULES, *COUNTERS]
