"""What a price is when its source says it in cents, per MWh or per litre."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Final

from ..errors import ConfigurationError
from ..quantities import Fluid
from .currency import minor_units
from .description import priced_unit
from .price import PRICE_LIMIT

_AMOUNTS: Final[Mapping[str, Mapping[str, Decimal]]] = MappingProxyType(
    {
        "kWh": {
            "wh": Decimal(1000),
            "kwh": Decimal(1),
            "mwh": Decimal("0.001"),
        },
        "m³": {
            "m³": Decimal(1),
            "m3": Decimal(1),
            "dm³": Decimal(1000),
            "dm3": Decimal(1000),
            "l": Decimal(1000),
        },
    }
)
"""By what is priced: how much of it there is in what a price may be told for."""
_SYMBOLS: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "€": frozenset({"EUR"}),
        "£": frozenset({"GBP"}),
        "$": frozenset({"USD", "AUD", "CAD", "NZD", "SGD", "HKD", "MXN"}),
        "¥": frozenset({"JPY", "CNY"}),
        "kr": frozenset({"SEK", "NOK", "DKK", "ISK"}),
        "zł": frozenset({"PLN"}),
        "fr": frozenset({"CHF"}),
    }
)
"""Signs for a currency, and for which they may stand."""
_CENTS: Final = frozenset(
    {
        *("ct", "c", "¢", "cent", "cents", "c€", "€c", "eurocent", "eurocents"),
        *("p", "penny", "pence", "öre", "øre", "ore", "rp", "rappen", "gr", "grosz"),
    }
)
"""Words for a hundredth of a currency."""


def price_of_state(
    state: str, unit: str | None, fluid: Fluid, currency: str
) -> Decimal:
    """Return what a source says as a price per kWh or m³ in the site's currency.

    Raises ConfigurationError ``price_unit_wrong`` where it tells something else, and
    ``price_invalid`` where it is no number.
    """
    factor = unit_factor(unit, fluid, currency)
    try:
        amount = Decimal(state.strip())
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or abs(amount) >= PRICE_LIMIT:
        raise ConfigurationError("price_invalid", field="price_source", value=state)
    return amount * factor


def unit_factor(unit: str | None, fluid: Fluid, currency: str) -> Decimal:
    """Return by what a number in a unit is multiplied; raises ``price_unit_wrong``."""
    money, _, amount = (unit or "").partition("/")
    share = _AMOUNTS[priced_unit(fluid)].get(amount.strip().lower())
    value = _value(money.strip(), currency)
    if share is None or value is None:
        raise ConfigurationError(
            "price_unit_wrong",
            field="price_source",
            unit=unit or "–",
            expected=f"{currency}/{priced_unit(fluid)}",
        )
    return share * value


def _value(money: str, currency: str) -> Decimal | None:
    """How much of a currency a word for money stands for."""
    if money.upper() == currency or currency in _SYMBOLS.get(money.lower(), ()):
        return Decimal(1)
    if money.lower() in _CENTS and minor_units(currency) == 2:
        return Decimal("0.01")
    return None
