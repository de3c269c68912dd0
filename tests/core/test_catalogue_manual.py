"""The numbers that section 5 of the manual lists, each in a family that can be chosen."""

import pytest

from custom_components.legrand_ews.ews.catalogue import Function, load_catalogue

CATALOGUE = load_catalogue()


def range_of(stem: str, ends: str) -> list[str]:
    return [f"{stem}{end}" for end in ends.split()]


# Requirement -> numbers without blanks, as S6 to S18 name them.
LISTED = {
    "S6 multifunction units": [
        *("004676", "412051", "412048", "412045"),
        *("014668", "412052", "412049", "412047", "014669", "412053"),
    ],
    "S7 RS-485 counters": [
        *("004677", "412068", "004679", "412081", "412083"),
        *("004680", "004683", "412074", "412075", "412091"),
        *("004684", "004686", "412041", "412043"),
    ],
    "S8 pulse counters": [
        *("004670", "004672", "004681", "004678", "412069", "412080", "412082"),
        *("004673", "004682", "412090", "412092", "004674", "004685"),
        *("412040", "412042"),
    ],
    "S8 concentrators": ["414926", "412065", "004687"],
    "S9 EMS CX3 measuring": range_of("4149", "18 19 20 21 22 23 24 25 27"),
    "S10 EMS CX3 state and control": range_of("4149", "29 30 31 32"),
    "S10 interface": ["414940"],
    "S11 DX3 add-on modules": range_of("4106", "57 58 59"),
    "S11 communication module": ["421075"],
    "S13 DMX3": range_of("02880", "0 1 2 3 4"),
    "S13 communication module": ["028805"],
    "S16 supervision": ["026136", "028812"],
    "S17 Green'Up Premium": [
        *range_of("0590", "00 01 05 06 03 04 08 09 10 11 12 13 30 35 41 42 43 44"),
        *range_of("0590", "70 71 02 07 14 15 48 49"),
        *range_of("0580", "00 01 03 04 10 11 12 13 30 35 41 42 43 44 02 14 15 48 49"),
    ],
    "S18 Green'Up old range": range_of(
        "0590",
        "31 33 37 76 91 93 61 63 32 34 38 77 78 40 57 58 45 94 95 46 64 65"
        " 96 97 47 66 67",
    ),
}
INTERFACES = {"414940", "421075", "028805"}
"""They carry other devices and are none themselves."""


@pytest.mark.parametrize("listed", LISTED)
def test_every_number_of_the_manual_is_there(listed: str) -> None:
    for number in LISTED[listed]:
        model = CATALOGUE.models[number]
        assert model in CATALOGUE.models_of(model.family)
        is_interface = Function.INTERFACE in model.functions
        assert is_interface is (number in INTERFACES), number


@pytest.mark.parametrize(
    ("requirement", "keys"),
    [
        # S12: with and without measuring, electronic and thermal-magnetic with RCD.
        (
            "S12",
            {
                *("x_dpx3_250_meas", "x_dpx3_630_meas", "x_dpx3_1600_meas"),
                *("x_dpx3_250_e", "x_dpx3_630_e", "x_dpx3_1600_e"),
                *("x_dpx3_250_e_rcd", "x_dpx3_250_tm_rcd"),
            },
        ),
        ("S14", {"x_pulse_gas", "x_pulse_water"}),
        ("S15", {"x_generic_modbus"}),
        (
            "S130",
            {
                *("x_wsmeasure_device", "x_wsmeasure_load"),
                *("x_wsmeasure_group", "x_wsmeasure_all"),
            },
        ),
    ],
)
def test_devices_without_a_number_are_there(requirement: str, keys: set[str]) -> None:
    assert keys <= CATALOGUE.models.keys(), requirement
