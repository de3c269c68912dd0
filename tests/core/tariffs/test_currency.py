"""Currencies of ISO 4217 (S102)."""

from decimal import Decimal

import pytest

from custom_components.legrand_ews.ews.errors import ConfigurationError
from custom_components.legrand_ews.ews.tariffs.currency import (
    checked_currency,
    minor_units,
    plain,
    shown,
)


@pytest.mark.parametrize(
    ("code", "decimals"),
    [("EUR", 2), ("GBP", 2), ("JPY", 0), ("ISK", 0), ("TND", 3), ("KWD", 3)],
)
def test_minor_units_are_those_of_the_standard(code: str, decimals: int) -> None:
    assert minor_units(code) == decimals
    assert -shown(Decimal("1.23456"), code).as_tuple().exponent == decimals


def test_codes_are_written_as_the_standard_writes_them() -> None:
    assert checked_currency(" eur ") == "EUR"


@pytest.mark.parametrize("text", ["", "EURO", "XXX", "€", "DEM"])
def test_unknown_codes_are_refused(text: str) -> None:
    with pytest.raises(ConfigurationError) as refused:
        checked_currency(text)
    assert (refused.value.field, refused.value.key) == ("currency", "currency_unknown")


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("0.2000", "0.2"),
        ("1E+3", "1000"),
        ("1E-7", "0.0000001"),
        ("-0.00", "0"),
        ("100", "100"),
        ("-1.50", "-1.5"),
    ],
)
def test_amounts_are_plain_digits(amount: str, text: str) -> None:
    assert plain(Decimal(amount)) == text


def test_halves_go_away_from_zero() -> None:
    assert shown(Decimal("0.125"), "EUR") == Decimal("0.13")
    assert shown(Decimal("-0.125"), "EUR") == Decimal("-0.13")
    assert shown(Decimal("0.124999"), "EUR") == Decimal("0.12")
