"""Register dumps of the newer maps and the values they mean, computed by hand.

Words are given as read; expected values follow the factors printed in registers.md
T1 (notes 1 and 2), T1d, T4, T7a, T8 and T10.2.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

import pytest

from custom_components.legrand_ews.ews.bus.decoding import (
    Context,
    decode_field,
    decode_modulus,
)
from custom_components.legrand_ews.ews.catalogue import Field, WordOrder, load_catalogue
from custom_components.legrand_ews.ews.quantities import FLUID_COUNTERS

CATALOGUE = load_catalogue()


@dataclass(frozen=True, slots=True, kw_only=True)
class Dump:
    """Words of one block by address, what else is known, and what comes out."""

    name: str
    map_key: str
    words: Mapping[int, int]
    expected: Mapping[str, str | None]
    ratios: Mapping[str, int] = field(default_factory=dict)
    raws: Mapping[str, int] = field(default_factory=dict)
    word_order: WordOrder = WordOrder.BIG


def two(address: int, high: int, low: int) -> dict[int, int]:
    """Two words, the high one first."""
    return {address: high, address + 1: low}


# 230 100 mV, 12 345 mA, 2500.00 W, 1000.00 W, 123 456 x 10 Wh
BREAKER = (
    two(0x1000, 0x0003, 0x82D4)
    | two(0x1008, 0x0000, 0x3039)
    | two(0x1014, 0x0003, 0xD090)
    | two(0x101C, 0x0001, 0xE240)
    | two(0x1022, 0x0000, 0x0007)
    | {0x101A: 1, 0x101B: 0, 0x1024: 0xFFA1, 0x1025: 2, 0x1026: 500}
    | two(0x102E, 0x0001, 0x86A0)
    | {0x1033: 0, 0x104A: 23, 0x104F: 156}
)
STATION = (
    two(0x0020, 0x0000, 0x3E80)  # 16 000 mA
    | two(0x0026, 0x0003, 0x8658)  # 231 000 mV
    | two(0x002C, 0x0000, 0x0E60)  # 3680 W
    | two(0x0030, 0x0000, 0x2710)  # 10 000 Wh
    | two(0x0032, 0x0000, 0x10FE)  # 43.50 Ah
    | two(0x0034, 0x0000, 0x0E4D)  # 3661 s
    | {0x0036: 0x00F5}  # 24.5 °C
)
# 250 000 counts of power, 1234 of energy
PACKED = two(0x0319, 0x0003, 0xD090) | two(0x0325, 0x0000, 0x04D2)

DUMPS = [
    Dump(
        name="breaker",
        map_key="legrand_breaker",
        words=BREAKER,
        raws={"sign_active_power": 1, "sign_active_power_l2": 0},
        expected={
            "voltage_l1": "230.1",
            "current_l2": "12.345",
            "active_power": "-2500",
            "active_energy_import": "1234560",
            "reactive_energy_export": "70",
            "power_factor": "0.95",
            "power_factor_sector": "2",
            "frequency": "50",
            "active_power_l2": "1000",
            "thd_voltage_l1": "2.3",
            "thd_current_l3": "15.6",
            "voltage_l2": None,  # not in the dump
            "reactive_power": None,
        },
    ),
    Dump(
        name="breaker, sign not read",
        map_key="legrand_breaker",
        words=BREAKER,
        expected={"active_power": None, "voltage_l1": "230.1"},
    ),
    Dump(
        name="breaker, low word first",
        map_key="legrand_breaker",
        words={0x1000: 0x82D4, 0x1001: 0x0003},
        word_order=WordOrder.SWAPPED,
        expected={"voltage_l1": "230.1"},
    ),
    Dump(
        name="charging station",
        map_key="greenup",
        words=STATION,
        expected={
            "current_l1": "16",
            "voltage_l1": "231",
            "active_power": "3680",
            "session_energy": "10000",
            "session_charge": "43.5",
            "session_duration": "3661",
            "station_temperature": "24.5",
        },
    ),
    # T1, note 1: 0.01 W below CT x VT = 5000; note 2: 10, 100 Wh, 1 kWh, 10 kWh ...
    Dump(
        name="older counter, direct",
        map_key="ime_0300",
        words=PACKED,
        ratios={"ct": 1, "vt": 1},
        raws={"sign_active_power": 0},
        expected={"active_power": "2500", "active_energy_import": "12340"},
    ),
    Dump(
        name="older counter, below 10",
        map_key="ime_0300",
        words=PACKED,
        ratios={"ct": 9, "vt": 1},
        raws={"sign_active_power": 1},
        expected={"active_power": "-2500", "active_energy_import": "12340"},
    ),
    Dump(
        name="older counter, at 10",
        map_key="ime_0300",
        words=PACKED,
        ratios={"ct": 10, "vt": 1},
        raws={"sign_active_power": 0},
        expected={"active_power": "2500", "active_energy_import": "123400"},
    ),
    Dump(
        name="older counter, below 5000",
        map_key="ime_0300",
        words=PACKED,
        ratios={"ct": 4999, "vt": 1},
        raws={"sign_active_power": 0},
        expected={"active_power": "2500", "active_energy_import": "12340000"},
    ),
    Dump(
        name="older counter, at 5000",
        map_key="ime_0300",
        words=PACKED,
        ratios={"ct": 50, "vt": 100},
        raws={"sign_active_power": 0},
        expected={"active_power": "250000", "active_energy_import": "12340000"},
    ),
    Dump(
        name="older counter, ratio unknown",
        map_key="ime_0300",
        words=PACKED,
        ratios={"vt": 1},
        raws={"sign_active_power": 0},
        expected={"active_power": None, "active_energy_import": None},
    ),
    Dump(
        name="newer counter",
        map_key="ime_5000",
        words=(
            two(0x5000, 0x0000, 0x1388)
            | two(0x5002, 0x7FFF, 0xFFFF)
            | two(0x5004, 0xFFFF, 0xFFFF)
            | two(0x501D, 0x0003, 0x8BDC)
            | two(0x500F, 0xFFFC, 0x2F70)
            | {0x5015: 0xFFA1, 0x5016: 1}
        ),
        expected={
            "current_l1": "5",
            "current_l2": None,  # 0x7FFFFFFF
            "current_l3": None,  # 0xFFFFFFFF
            "voltage_l1": "232.412",
            "active_power": "-2500",
            "power_factor": "0.95",
            "power_factor_sector": "1",
        },
    ),
]


def fields(map_key: str) -> dict[str, Field]:
    """Return the first field of every quantity of a map."""
    found: dict[str, Field] = {}
    for block in CATALOGUE.maps[map_key].blocks:
        for register in block.fields:
            if register.quantity is not None:
                found.setdefault(register.quantity, register)
    return found


@pytest.mark.parametrize("dump", DUMPS, ids=lambda dump: dump.name)
def test_a_dump_means_what_the_papers_say(dump: Dump) -> None:
    context = Context(
        word_order=dump.word_order,
        raws=dump.raws,
        ratios={name: Decimal(ratio) for name, ratio in dump.ratios.items()},
    )
    known = fields(dump.map_key)
    read = {
        quantity: decode_field(known[quantity], dump.words, context)
        for quantity in dump.expected
    }
    assert read == {
        quantity: None if value is None else Decimal(value)
        for quantity, value in dump.expected.items()
    }


@pytest.mark.parametrize(
    ("map_key", "ratios", "modulus"),
    [
        # 0.7 row 1: eight digits, of 10 Wh, or of 100 Wh behind 50/1
        ("legrand_breaker", {}, 10**9),
        ("ime_5000", {}, 10**9),
        ("ime_0300", {"ct": 1, "vt": 1}, 10**9),
        ("ime_0300", {"ct": 50, "vt": 1}, 10**10),
    ],
)
def test_counters_are_decimal(
    map_key: str, ratios: Mapping[str, int], modulus: int
) -> None:
    context = Context(ratios={name: Decimal(ratio) for name, ratio in ratios.items()})
    energy = fields(map_key)["active_energy_import"]
    assert decode_modulus(energy, context) == modulus


def test_a_station_is_in_no_total() -> None:
    """T10.1: its board has no energy counter."""
    counters = set(FLUID_COUNTERS.values())
    stations = [m for m in CATALOGUE.models.values() if m.map_key == "greenup"]
    assert stations
    assert [m.key for m in stations if counters & set(m.quantities)] == []
