"""An amount of money that holds from a civil day on."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """What a kWh or m³ costs from a local midnight on; None is ever since (S105)."""

    valid_from: date | None = None
    amount: Decimal
