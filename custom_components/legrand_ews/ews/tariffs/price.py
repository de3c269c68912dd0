"""An amount of money that holds from a civil day on."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

MILLI_PER_PRICED_UNIT: Final = 1_000_000
"""Thousandths of a Wh in a kWh, and of a dm³ in a m³: prices are per kWh or m³."""
PRICE_DECIMALS: Final = 12
"""Digits of a price that count (S106)."""
PRICE_LIMIT: Final = Decimal(10**9)
"""No price is as high, in any currency."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """What a kWh or m³ costs from a local midnight on; None is ever since (S105)."""

    valid_from: date | None = None
    amount: Decimal
