"""Plain data, read field by field: what is wrong has its place."""

from decimal import Decimal
from enum import StrEnum

import pytest

from custom_components.legrand_ews.ews.importing import decode_mapping
from custom_components.legrand_ews.ews.model.plain_data import PlainReader, decimal_of
from custom_components.legrand_ews.ews.tariffs import decode_plan


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("0.20", Decimal("0.20")),
        (3, Decimal(3)),
        (0.1, Decimal("0.1")),
        ("1e3", Decimal(1000)),
        ("", None),
        (None, None),
        ("12,5", None),
        ("nan", None),
        ("Infinity", None),
    ],
)
def test_numbers_are_exact_and_finite(value: object, expected: Decimal | None) -> None:
    assert decimal_of(value) == expected


def test_an_unknown_choice_is_named_with_those_there_are() -> None:
    reader = PlainReader()
    assert reader.choice(Colour, "blue", "paint", Colour.RED) is Colour.BLUE
    assert reader.choice(Colour, None, "paint", Colour.RED) is Colour.RED
    assert reader.problems == []
    assert reader.choice(Colour, "green", "paint", Colour.RED) is Colour.RED
    (found,) = reader.problems
    assert (found.field, found.key) == ("paint", "choice_unknown")
    assert found.placeholders == {"value": "green", "choices": "red, blue"}


def test_rows_that_are_none_are_named_by_their_place() -> None:
    reader = PlainReader()
    assert reader.rows([{"a": 1}, "b", {"c": 2}], "list") == [
        ("list[0]", {"a": 1}),
        ("list[2]", {"c": 2}),
    ]
    assert [found.field for found in reader.problems] == ["list[1]"]
    for no_list in ("text", 7, None):
        reader = PlainReader()
        assert reader.rows(no_list, "list") == []
        assert [(x.field, x.key) for x in reader.problems] == [
            ("list", "list_expected")
        ]


def test_readers_of_plans_and_of_mappings_name_the_same_faults_alike() -> None:
    _, of_plan = decode_plan({"tariffs": [7], "mode": "sideways"})
    _, of_mapping = decode_mapping(
        {"time_column": "Time", "columns": [7], "stamp": "sideways"}, [1]
    )
    assert {(x.field, x.key) for x in of_plan} == {
        ("tariffs[0]", "list_expected"),
        ("mode", "choice_unknown"),
    }
    assert {(x.field, x.key) for x in of_mapping} == {
        ("columns[0]", "list_expected"),
        ("stamp", "choice_unknown"),
    }
