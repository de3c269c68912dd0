"""Factors, ratios, modes and roll-over of the register maps."""

from collections.abc import Mapping
from decimal import Decimal

from hypothesis import given, strategies as st
import pytest

from custom_components.legrand_ews.ews.catalogue import (
    Field,
    Ratio,
    generic_block,
    load_catalogue,
)
from custom_components.legrand_ews.ews.errors import ConfigurationError

CATALOGUE = load_catalogue()
IME = CATALOGUE.maps["ime_1000"]


def found(map_key: str, block_key: str, name: str) -> Field:
    blocks = {block.key: block for block in CATALOGUE.maps[map_key].blocks}
    return {field.name: field for field in blocks[block_key].fields}[name]


def ratios(ct: int, vt: int = 1) -> Mapping[str, Decimal]:
    return {"ct": Decimal(ct), "vt": Decimal(vt)}


@pytest.mark.parametrize(
    ("ct", "vt", "factor"),
    [
        (1, 1, "0.01"),
        (4999, 1, "0.01"),
        (5000, 1, "1"),
        (50, 100, "1"),
        (49, 100, "0.01"),
    ],
)
def test_powers_follow_note_1(ct: int, vt: int, factor: str) -> None:
    power = found("ime_1000", "measurements", "active_power")
    assert power.scale.factor(1, ratios(ct, vt)) == Decimal(factor)


@pytest.mark.parametrize(
    ("ct", "vt", "unit_wh"),
    [
        *((1, 1, 10), (9, 1, 10), (10, 1, 100), (99, 1, 100), (100, 1, 1000)),
        *((999, 1, 1000), (1000, 1, 10_000), (10, 100, 10_000), (9999, 1, 10_000)),
        *((100, 100, 100_000), (1000, 99, 100_000), (1000, 100, 1_000_000)),
    ],
)
def test_energies_follow_note_2(ct: int, vt: int, unit_wh: int) -> None:
    energy = found("ime_1000", "measurements", "active_energy_import")
    assert energy.scale.factor(1, ratios(ct, vt)) == unit_wh
    # 0.7 row 1: eight decimal digits, whether shown in counts or in Wh
    modulus = Decimal(10**8 * unit_wh)
    fixed = found("ime_1000", "fixed_energies", "active_energy_import")
    for field in (energy, fixed):
        assert field.modulus is not None
        assert field.modulus.value({}, ratios(ct, vt), field.scale) == modulus


def test_without_a_ratio_there_is_no_value_and_no_modulus() -> None:
    energy = found("ime_1000", "measurements", "active_energy_import")
    fixed = found("ime_1000", "fixed_energies", "active_energy_import")
    only_ct = {"ct": Decimal(10)}
    assert energy.scale.factor(1, only_ct) is None
    assert fixed.scale.factor(1, only_ct) == 1
    for field in (energy, fixed):
        assert field.modulus is not None
        assert field.modulus.value({}, only_ct, field.scale) is None


@pytest.mark.parametrize(
    ("raws", "parameters", "ratio"),
    [
        # 0x1207 in hundredths, where it is
        ({"vt_ratio_hundredths": 100, "vt_ratio": 77}, {}, "1"),
        ({"vt_ratio_hundredths": 15000}, {}, "150"),
        # refused or zero: 0x1201, hundredths or tenths by identifier
        ({"vt_ratio": 250, "device_identifier": 0x0006}, {}, "2.5"),
        ({"vt_ratio": 250, "device_identifier": 0x0010}, {}, "25"),
        (
            {"vt_ratio_hundredths": 0, "vt_ratio": 10, "device_identifier": 0x10},
            {},
            "1",
        ),
        # an unknown identifier, nothing, or zero: nobody knows, it never is 0
        ({"vt_ratio": 250, "device_identifier": 0x0099}, {}, None),
        ({"vt_ratio": 250}, {}, None),
        ({"vt_ratio": 0, "device_identifier": 0x0006}, {}, None),
        ({}, {}, None),
        # the user has the last word
        ({"vt_ratio_hundredths": 100}, {"vt_ratio": "20"}, "20"),
        ({}, {"vt_ratio": "1"}, "1"),
        ({"vt_ratio_hundredths": 100}, {"vt_ratio": ""}, "1"),
        ({"vt_ratio_hundredths": 100}, {"vt_ratio": "0"}, "1"),
        ({"vt_ratio_hundredths": 100}, {"vt_ratio": "NaN"}, "1"),
    ],
)
def test_the_voltage_ratio(
    raws: dict[str, int], parameters: dict[str, str], ratio: str | None
) -> None:
    """0.7 row 6."""
    voltage = next(r for r in IME.ratios if r.name == "vt")
    expected = None if ratio is None else Decimal(ratio)
    assert voltage.resolve(raws, parameters) == expected


def test_a_direct_meter_has_no_transformers() -> None:
    known = CATALOGUE.ratios_of(CATALOGUE.models["412074"])
    assert {r.name: r.resolve({}, {}) for r in known} == {"ct": 1, "vt": 1}
    behind = CATALOGUE.ratios_of(CATALOGUE.models["412043"])
    assert {r.name: r.resolve({}, {}) for r in behind} == {"ct": None, "vt": 1}
    assert {r.name: r.resolve({"ct_ratio": 60}, {}) for r in behind}["ct"] == 60


@given(
    raws=st.dictionaries(
        st.sampled_from(
            ["ct_ratio", "vt_ratio", "vt_ratio_hundredths", "device_identifier"]
        ),
        st.integers(0, 0xFFFF),
    ),
    given_ratio=st.text(max_size=6) | st.decimals(allow_nan=True).map(str),
)
def test_a_ratio_is_never_zero(raws: dict[str, int], given_ratio: str) -> None:
    """0.7 row 6: whatever is read or typed, a ratio is positive or unknown."""
    parameters = {"ct_ratio": given_ratio, "vt_ratio": given_ratio}
    for ratio in IME.ratios:
        resolved = ratio.resolve(raws, parameters)
        assert resolved is None or (resolved.is_finite() and resolved > 0)


def test_a_ratio_may_have_a_default() -> None:
    assert Ratio(name="ct", default=Decimal(1)).resolve({}, {}) == 1


@pytest.mark.parametrize(
    ("raw", "hertz"),
    [(5001, "50.01"), (20000, "200"), (20001, "20.001"), (49980, "49.98")],
)
def test_frequency_above_20000_is_in_thousandths(raw: int, hertz: str) -> None:
    for key in ("soco_c550", "soco_counter"):
        factor = found(key, "metrology", "frequency").scale.factor(raw, {})
        assert factor is not None
        assert raw * factor == Decimal(hertz)


@pytest.mark.parametrize("name", ["energies_fine", "energies"])
def test_a_counter_says_itself_where_it_rolls_over(name: str) -> None:
    """0x9000: 999 999 999 steps of 10 Wh is the highest value, for both tables."""
    field = found("soco_counter", name, "active_energy_import")
    assert field.modulus is not None
    raws = {"counter_limit": 999_999_999}
    assert field.modulus.value(raws, {}, field.scale) == 10**10
    assert field.modulus.value({}, {}, field.scale) is None


def test_pulse_counters_of_ime_wrap_after_eight_digits() -> None:
    field = found("ime_pulse", "totals", "pulse_total_1")
    assert field.modulus is not None
    assert field.modulus.value({}, {}, field.scale) == 10**8
    assert found("soco_pulse", "totals", "pulse_total_1").modulus is None


@pytest.mark.parametrize(
    ("raws", "parameters", "is_on"),
    [
        ({"energy_mode": 2}, {}, True),
        ({"energy_mode": 1}, {}, False),
        ({}, {}, False),
        ({"energy_mode": 2}, {"tariff_mode": "auto"}, True),
        ({"energy_mode": 2}, {"tariff_mode": "off"}, False),
        ({}, {"tariff_mode": "on"}, True),
    ],
)
def test_tariff_mode_is_read_or_said(
    raws: dict[str, int], parameters: dict[str, str], is_on: bool
) -> None:
    (mode,) = IME.modes
    assert mode.is_on(raws, parameters) is is_on


GENERIC = CATALOGUE.models["x_generic_modbus"]


@pytest.mark.parametrize(
    ("parameters", "space", "address", "words", "factor"),
    [
        ({"register": "1A2B"}, "holding", 0x1A2B, 2, "1"),
        (
            {"function": "4", "register": "0x0048", "words": "4", "factor": "0.1"},
            *("input", 0x48, 4, "0.1"),
        ),
        (
            {"register": " ffff ", "words": "1", "factor": "1000"},
            "holding",
            65535,
            1,
            "1000",
        ),
        ({"register": "0XFFFE"}, "holding", 0xFFFE, 2, "1"),
    ],
)
def test_generic_meter(
    parameters: dict[str, str], space: str, address: int, words: int, factor: str
) -> None:
    """S63-S66, Q5: value x factor = Wh; unsigned; no roll-over is known."""
    (block,) = CATALOGUE.blocks_of(GENERIC, parameters)
    assert (block.space, block.address, block.words) == (space, address, words)
    (field,) = block.fields
    assert field.quantity == "active_energy_import"
    assert field.scale.factor(1, {}) == Decimal(factor)
    assert (field.type.words, field.type.is_signed) == (words, False)
    assert field.modulus is None


@pytest.mark.parametrize(
    ("parameters", "field", "key"),
    [
        ({"register": "10", "function": "6"}, "function", "choice_unknown"),
        ({"register": "10", "words": "3"}, "words", "choice_unknown"),
        ({}, "register", "hex_invalid"),
        ({"register": "12G4"}, "register", "hex_invalid"),
        ({"register": "-1"}, "register", "hex_invalid"),
        ({"register": "10000"}, "register", "hex_invalid"),
        ({"register": "FFFF", "words": "2"}, "register", "register_too_high"),
        ({"register": "10", "number_type": "text"}, "number_type", "choice_unknown"),
        (
            {"register": "10", "number_type": "float", "words": "1"},
            *("words", "float_words"),
        ),
        ({"register": "10", "factor": "0"}, "factor", "decimal_invalid"),
        ({"register": "10", "factor": "ten"}, "factor", "decimal_invalid"),
        ({"register": "10", "factor": "Infinity"}, "factor", "decimal_invalid"),
    ],
)
def test_a_wrong_generic_meter_is_refused_at_its_field(
    parameters: dict[str, str], field: str, key: str
) -> None:
    with pytest.raises(ConfigurationError) as caught:
        generic_block(parameters)
    assert (caught.value.field, caught.value.key) == (field, key)
