"""Separators, numbers, lines and times of the CSV files (S192-S194, S247, Q18)."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from custom_components.legrand_ews.ews.errors import ConfigurationError
from custom_components.legrand_ews.ews.files import (
    DecimalSign,
    FileDialect,
    Separator,
)
from custom_components.legrand_ews.ews.files.dialect import local_time

PARIS = ZoneInfo("Europe/Paris")
COMMA = FileDialect()
POINT = FileDialect(decimal_sign=DecimalSign.POINT)


def test_a_comma_and_a_semicolon_are_what_the_manual_starts_with() -> None:
    assert (COMMA.decimal, COMMA.delimiter) == (",", ";")


def test_a_comma_for_both_is_refused_at_the_separator() -> None:
    with pytest.raises(ConfigurationError) as caught:
        FileDialect(decimal_sign=DecimalSign.COMMA, separator=Separator.COMMA)
    assert (caught.value.key, caught.value.field) == (
        "separators_alike",
        "field_separator",
    )


@pytest.mark.parametrize(
    ("milli", "places", "with_comma", "with_point"),
    [
        (None, 3, "", ""),
        (0, 3, "0", "0"),
        (1, 3, "0,001", "0.001"),
        (1000, 3, "1", "1"),
        (1500, 3, "1,5", "1.5"),
        (-1500, 3, "-1,5", "-1.5"),
        (-1, 3, "-0,001", "-0.001"),
        (1_234_567_890, 3, "1234567,89", "1234567.89"),
        (10_000, 3, "10", "10"),
        (1_234_567, 6, "1,234567", "1.234567"),
        (20, 6, "0,00002", "0.00002"),
    ],
)
def test_numbers_have_the_decimals_they_need_and_no_thousands(
    milli: int | None, places: int, with_comma: str, with_point: str
) -> None:
    assert COMMA.numbers(places)[milli] == with_comma
    assert POINT.numbers(places)[milli] == with_point


@pytest.mark.parametrize(
    ("instant", "expected"),
    [
        ("2026-01-15T11:00", ("2026-01-15 12:00:00", "+01:00")),
        ("2026-03-29T00:50", ("2026-03-29 01:50:00", "+01:00")),
        ("2026-03-29T01:00", ("2026-03-29 03:00:00", "+02:00")),
        ("2026-10-25T00:30", ("2026-10-25 02:30:00", "+02:00")),
        ("2026-10-25T01:30", ("2026-10-25 02:30:00", "+01:00")),
    ],
)
def test_times_are_local_with_their_offset(
    instant: str, expected: tuple[str, str]
) -> None:
    at = datetime.fromisoformat(instant).replace(tzinfo=UTC)
    assert local_time(at, PARIS) == expected


def test_headings_are_quoted_and_never_computed() -> None:
    heading = FileDialect(has_mark=False).heading(
        ["start", 'Lathe; "old" (1)', "=1+1 (2)", "-x (3)", "@a (4)", "Plain (5)"]
    )
    assert heading.decode() == (
        'start;"Lathe; ""old"" (1)";\'=1+1 (2);\'-x (3);\'@a (4);Plain (5)\r\n'
    )


def test_a_byte_order_mark_stands_before_the_first_line_alone() -> None:
    assert COMMA.heading(["a"]) == b"\xef\xbb\xbfa\r\n"
    assert COMMA.line(["1", "2"]) == "1;2\r\n"
