"""Scales of the user: value = number of the device x factor + offset."""

from collections.abc import Mapping
from decimal import Decimal

import pytest

from custom_components.legrand_ews.ews.model.scaling import (
    scaled,
    scaled_quantities,
    unit_of,
)


@pytest.mark.parametrize(
    ("raw", "parameters", "expected"),
    [
        ("355", {}, "355"),
        ("355", {"ai_factor": "0.2"}, "71"),
        ("355", {"ai_offset": "-50"}, "305"),
        ("355", {"ai_factor": "0.2", "ai_offset": "-50"}, "21"),
        # a sensor that falls, and a number below zero
        ("-100", {"ai_factor": "-0.1", "ai_offset": "5"}, "15"),
        # exact: binary fractions would give 0.30000000000000004
        ("3", {"ai_factor": "0.1"}, "0.3"),
        # another input's scale, and what is no number
        ("7", {"other_factor": "3"}, "7"),
        ("7", {"ai_factor": "x", "ai_offset": "NaN"}, "7"),
    ],
)
def test_a_number_is_scaled(
    raw: str, parameters: Mapping[str, str], expected: str
) -> None:
    assert scaled(Decimal(raw), "ai", parameters) == Decimal(expected)


def test_only_what_has_a_factor_or_offset_is_scaled() -> None:
    parameters = {
        "factor": "10",  # that of a generic meter
        "ai_1_factor": "2",
        "ai_1_offset": "1",
        "ai_2_offset": "1",
        "ai_3_unit": "bar",
    }
    assert set(scaled_quantities(parameters)) == {"ai_1", "ai_2"}
    assert unit_of("ai_3", parameters) == "bar"
    assert unit_of("ai_1", parameters) is None
    assert unit_of("ai_3", {"ai_3_unit": ""}) is None
