"""Values become the words that the register papers describe.

Addresses, types and scales are those of the register documents (tables T1 to
T12); words were worked out by hand from them.
"""

import pytest

from custom_components.legrand_ews.ews.catalogue import Space
from simulator.clock import ManualClock
from simulator.curve import MICRO
from simulator.encoding import Settings, Values, resolution_micro
from simulator.simulation import Simulation

from .places import NOON, one_device, unit_showing

WH = 123_456_789
VALUES = Values(
    counters={
        "active_energy_import": WH * MICRO + 999_999,
        "active_energy_import_partial": WH * MICRO + 999_999,
        "reactive_energy_import": 7_000_000 * MICRO,
        "active_energy_export": 0,
    },
    gauges={
        "voltage_l1": 230.4,
        "voltage_l1_l2": 399.06,
        "current_l1": 12.345,
        "active_power": -7808.0,
        "active_power_l1": 4567.89,
        "apparent_power": 8219.0,
        "reactive_power": 2566.0,
        "power_factor": -0.95,
        "power_factor_sector": 1.0,
        "frequency": 49.98,
        "thd_voltage_l1": 2.14,
        "thd_current_l1": 12.6,
    },
)


@pytest.mark.parametrize(
    ("model", "ratios", "address", "words"),
    [
        # T1.1, volts and amperes in thousandths.
        ("412045", {"ct": 60}, 0x1000, [0x0003, 0x8400]),  # 230 400 mV
        ("412045", {"ct": 60}, 0x1006, [0x0000, 0x3039]),  # 12 345 mA
        ("412045", {"ct": 60}, 0x100E, [0x0006, 0x16D4]),  # 399 060 mV
        # Note 1: powers in hundredths below CT x VT = 5000, in ones above.
        ("412045", {"ct": 60}, 0x1014, [0x000B, 0xEA00]),  # 780 800, magnitude
        ("412045", {"ct": 5000}, 0x1014, [0x0000, 0x1E80]),  # 7808
        ("412045", {"ct": 60}, 0x101A, [1]),  # sign of P: negative
        ("412045", {"ct": 60}, 0x101B, [0]),  # sign of Q: positive
        ("412045", {"ct": 60}, 0x102C, [0x0006, 0xF855]),  # 456 789
        # Note 2: one count is 10, 100, 1000 ... Wh.
        ("412045", {"ct": 4}, 0x101C, [0x00BC, 0x614E]),  # 12 345 678
        ("412045", {"ct": 60}, 0x101C, [0x0012, 0xD687]),  # 1 234 567
        ("412045", {"ct": 100}, 0x101C, [0x0001, 0xE240]),  # 123 456
        ("412045", {"ct": 60, "vt": 20}, 0x101C, [0x0000, 0x3039]),  # 12 345
        ("412045", {"ct": 60}, 0x101E, [0x0001, 0x1170]),  # 70 000
        ("412045", {"ct": 60}, 0x1024, [0x10000 - 95]),  # sign of P
        ("412045", {"ct": 60}, 0x1025, [1]),  # inductive
        ("412045", {"ct": 60}, 0x1026, [500]),  # tenths of Hz, rounded
        ("412045", {"ct": 60}, 0x104A, [21]),
        ("412045", {"ct": 60}, 0x1200, [60]),
        ("412045", {"ct": 60, "vt": 20}, 0x1201, [200]),  # Nemo 96HD: tenths
        ("412045", {"ct": 60, "vt": 20}, 0x1207, [2000]),  # hundredths
        # T1.2, fixed units: low part up to 999 999 Wh, high part MWh.
        ("412045", {"ct": 60}, 0x1500, [0x0006, 0xF855, 0x0000, 123]),
        ("412045", {"ct": 60}, 0x1518, [0xFFFF, 0xE180]),  # -7808
        # T1c: 10 Wh at 0x1080.
        ("412074", {}, 0x1080, [0x00BC, 0x614E]),
        ("412074", {}, 0x1082, [0x000A, 0xAE60]),  # 700 000
        # T2.2 and T2.3: hundredths of V, tens of W, whole kWh.
        ("004676", {}, 0xC552, [0x0000, 0x9BE2]),  # 39 906
        ("004676", {}, 0xC558, [0x0000, 0x5A00]),  # 23 040
        ("004676", {}, 0xC55E, [0x0000, 0x1386]),  # 4998
        ("004676", {}, 0xC568, [0xFFFF, 0xFCF3]),  # -781
        ("004676", {}, 0xC56E, [0x0000, 0x03B6]),  # 950: minus would mean leading
        ("004676", {}, 0xC65C, [0x0001, 0xE240]),  # 123 456 kWh
        ("004676", {}, 0xC652, [0x0000, 0x0000]),  # reserved on this model
        ("004676", {}, 0xC953, [21]),
        # T2c: the 10-Wh block.
        ("004680", {}, 0xC702, [0x00BC, 0x614E]),
        ("004680", {}, 0xC704, [0x000A, 0xAE60]),
        ("004680", {}, 0xC652, [0x0001, 0xE240]),
        ("004680", {}, 0x9000, [0x3B9A, 0xC9FF]),  # 999 999 999
        # What a single-phase meter cannot measure reads "not available".
        ("004677", {}, 0xC55A, [0xFFFF, 0xFFFF]),
    ],
)
def test_holding_registers(
    model: str, ratios: dict[str, int], address: int, words: list[int]
) -> None:
    circuit = {"model": model, "ratios": ratios}
    unit = unit_showing(circuit, VALUES)

    assert list(unit.read(Space.HOLDING, address, len(words), NOON)) == words


@pytest.mark.parametrize(
    ("address", "words"),
    [
        (0x5000, [0x0000, 0x3039]),
        (0x500E, [500]),
        (0x500F, [0xFFF4, 0x1600]),  # -780 800
        (0x5015, [0x10000 - 95]),
        (0x5017, [0x00BC, 0x614E]),
        (0x501D, [0x0003, 0x8400]),
        (0x503D, [126]),
    ],
)
def test_ems_modules_answer_input_registers(address: int, words: list[int]) -> None:
    unit = unit_showing({"model": "414920"}, VALUES)

    assert list(unit.read(Space.INPUT, address, len(words), NOON)) == words


@pytest.mark.parametrize(
    ("order", "words"),
    [
        ("big", [0x0003, 0x8400]),
        ("swapped", [0x8400, 0x0003]),
        ("little", [0x0084, 0x0300]),
    ],
)
def test_word_orders(order: str, words: list[int]) -> None:
    unit = unit_showing({"model": "412045", "word_order": order}, VALUES)

    assert list(unit.read(Space.HOLDING, 0x1000, 2, NOON)) == words


@pytest.mark.parametrize(
    ("parameters", "space", "words"),
    [
        ({"words": "2", "factor": "10"}, Space.HOLDING, [0x00BC, 0x614E]),
        ({"words": "1", "factor": "100000"}, Space.HOLDING, [1234]),
        ({"words": "4", "factor": "1"}, Space.HOLDING, [0, 0, 0x075B, 0xCD15]),
        (
            {"function": "4", "words": "2", "factor": "0.1"},
            Space.INPUT,
            [0x4996, 0x02DB],
        ),  # 1 234 567 899
    ],
)
def test_the_generic_meter_shows_what_the_user_entered(
    parameters: dict[str, str], space: Space, words: list[int]
) -> None:
    unit = unit_showing(
        {
            "model": "x_generic_modbus",
            "parameters": {"register": "0x0156", **parameters},
        },
        VALUES,
    )

    assert list(unit.read(space, 0x0156, len(words), NOON)) == words


@pytest.mark.parametrize(
    ("unit_name", "weight", "code", "count_wh"),
    [("Wh", 1, 0, 1), ("kWh", 1, 10, 1000), ("pulse", 100, 6, 100)],
)
def test_a_concentrator_counts_what_its_input_is_set_to(
    unit_name: str, weight: int, code: int, count_wh: int
) -> None:
    """T5: totals at 0xC668 + 2(n-1), unit codes at 0x9B00 + 27(n-1) + 10."""
    pulse = {
        "concentrator": "004687",
        "position": 3,
        "unit": unit_name,
        "weight": weight,
    }
    simulation = Simulation(
        one_device({"model": "412090", "pulse": pulse}), ManualClock(NOON)
    )
    meter = simulation.meters["D"]
    counts = meter.feed.total(NOON) // (count_wh * MICRO)

    assert counts > 1000
    assert list(meter.unit.read(Space.HOLDING, 0xC668 + 4, 2, NOON)) == [
        counts >> 16,
        counts & 0xFFFF,
    ]
    assert list(meter.unit.read(Space.HOLDING, 0x9B00 + 54 + 10, 1, NOON)) == [code]


def test_a_concentrator_without_unit_codes_just_counts() -> None:
    """T6: total of input n at 0x1000 + 2(n-1)."""
    pulse = {"concentrator": "412065", "position": 12, "unit": "kWh"}
    simulation = Simulation(
        one_device({"model": "412090", "pulse": pulse}), ManualClock(NOON)
    )
    meter = simulation.meters["D"]

    assert list(meter.unit.read(Space.HOLDING, 0x1016, 2, NOON)) == [
        0,
        meter.feed.total(NOON) // (1000 * MICRO),
    ]


def test_a_scale_without_its_ratio_gives_no_words() -> None:
    unit = unit_showing({"model": "412045"}, VALUES)
    register = next(
        f
        for block in unit._blocks
        for f in block.fields
        if f.quantity == "active_energy_import" and f.address == 0x101C
    )

    with pytest.raises(ValueError, match="needs ratios ct, vt"):
        resolution_micro(register, Settings())


@pytest.mark.parametrize(
    ("model", "space", "address", "words"),
    [
        ("004680", Space.HOLDING, 0xC350, [0x53, 0x4F, 0x43, 0x4F]),  # SOCO
        ("004680", Space.HOLDING, 0xC354, [100]),  # counter
        ("004676", Space.HOLDING, 0xC354, [400]),  # multimeter
        ("412045", Space.HOLDING, 0x0300, [0x0010]),  # Nemo 96HD
        ("412045", Space.HOLDING, 0x1204, [0x0010]),
    ],
)
def test_a_device_can_be_recognised(
    model: str, space: Space, address: int, words: list[int]
) -> None:
    unit = unit_showing({"model": model}, VALUES)

    assert list(unit.read(space, address, len(words), NOON)) == words


@pytest.mark.parametrize(
    ("model", "ratios", "modulus_wh"),
    [
        ("412045", {"ct": 4}, 10**9),  # 10^8 counts of 10 Wh
        ("412045", {"ct": 60}, 10**10),
        ("004680", {}, 10**10),  # 10^9 counts of 10 Wh
    ],
)
def test_counters_roll_over_where_the_papers_say(
    model: str, ratios: dict[str, int], modulus_wh: int
) -> None:
    unit = unit_showing(
        {"model": model, "ratios": ratios},
        Values(
            counters={"active_energy_import": (modulus_wh + 4_000) * MICRO}, gauges={}
        ),
    )

    assert unit.roll_over("active_energy_import") == modulus_wh * MICRO
    assert unit.shown("active_energy_import", NOON) == 4_000 * 1000
