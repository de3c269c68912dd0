"""Prices as sources tell them, and what they are per kWh or m³."""

from decimal import Decimal

import pytest

from custom_components.legrand_ews.ews.errors import ConfigurationError
from custom_components.legrand_ews.ews.quantities import Fluid
from custom_components.legrand_ews.ews.tariffs.price_units import price_of_state

POWER, GAS, WATER = Fluid.ELECTRICITY, Fluid.GAS, Fluid.WATER


@pytest.mark.parametrize(
    ("state", "unit", "fluid", "currency", "price"),
    [
        ("0.2512", "EUR/kWh", POWER, "EUR", "0.2512"),
        ("0.2512", "€/kWh", POWER, "EUR", "0.2512"),
        (" 25.12 ", "ct/kWh", POWER, "EUR", "0.2512"),
        ("25.12", "Cent/kWh", POWER, "EUR", "0.2512"),
        ("25.12", "c€ / kWh", POWER, "EUR", "0.2512"),
        ("251.2", "EUR/MWh", POWER, "EUR", "0.2512"),
        ("-12.5", "€/MWh", POWER, "EUR", "-0.0125"),
        ("1e-3", "EUR/Wh", POWER, "EUR", "1"),
        ("0.08", "EUR/kWh", Fluid.ELECTRICITY_EXPORT, "EUR", "0.08"),
        ("1.5", "SEK/kWh", POWER, "SEK", "1.5"),
        ("150", "öre/kWh", POWER, "SEK", "1.5"),
        ("1.5", "kr/kWh", POWER, "DKK", "1.5"),
        ("24.3", "p/kWh", POWER, "GBP", "0.243"),
        ("0.12", "$/kWh", POWER, "AUD", "0.12"),
        ("0.75", "EUR/m³", GAS, "EUR", "0.75"),
        ("0.004", "EUR/L", WATER, "EUR", "4"),
        ("400", "ct/m3", WATER, "EUR", "4"),
    ],
)
def test_prices_come_out_per_unit_exactly(
    state: str, unit: str, fluid: Fluid, currency: str, price: str
) -> None:
    assert price_of_state(state, unit, fluid, currency) == Decimal(price)


@pytest.mark.parametrize(
    ("unit", "fluid", "currency"),
    [
        (None, POWER, "EUR"),
        ("", POWER, "EUR"),
        ("EUR", POWER, "EUR"),
        ("kWh", POWER, "EUR"),
        ("EUR/m³", POWER, "EUR"),
        ("EUR/kWh", GAS, "EUR"),
        ("SEK/kWh", POWER, "EUR"),
        ("£/kWh", POWER, "EUR"),
        ("ct/kWh", POWER, "JPY"),  # a yen has no hundredths
        ("EUR/kWh/h", POWER, "EUR"),
        ("W", POWER, "EUR"),
    ],
)
def test_what_is_no_price_is_named(
    unit: str | None, fluid: Fluid, currency: str
) -> None:
    with pytest.raises(ConfigurationError) as caught:
        price_of_state("1", unit, fluid, currency)
    assert caught.value.key == "price_unit_wrong"
    per = "m³" if fluid is GAS else "kWh"
    assert caught.value.placeholders["expected"] == f"{currency}/{per}"


@pytest.mark.parametrize("state", ["", "high", "NaN", "inf", "unknown", "1e99999"])
def test_what_is_no_number_is_named(state: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        price_of_state(state, "EUR/kWh", POWER, "EUR")
    assert caught.value.key == "price_invalid"
