"""Exact money: whole numbers of 10⁻¹⁸ of the currency, and how they are written."""

from decimal import ROUND_DOWN, Context, Decimal
from typing import Final

from ..tariffs.currency import plain
from ..tariffs.price import PRICE_DECIMALS

COST_DECIMALS: Final = PRICE_DECIMALS + 6
"""A thousandth of a Wh at the smallest price; of a kWh it is a millionth."""
_EXACT: Final = Context(prec=60, rounding=ROUND_DOWN)
_PRICE_UNIT: Final = Decimal(1).scaleb(-PRICE_DECIMALS)

type Cost = int
"""Money in 10⁻¹⁸ of the currency: an amount in thousandths of Wh or dm³ times a price
in 10⁻¹² per kWh or m³."""


def price_of(amount: Decimal) -> int:
    """A price per kWh or m³ as a whole number of 10⁻¹²; what is finer is cut off."""
    cut = amount.quantize(_PRICE_UNIT, context=_EXACT)
    return int(cut.scaleb(PRICE_DECIMALS, context=_EXACT))


def money(cost: Cost) -> Decimal:
    """A cost in the currency, exactly."""
    return Decimal(cost).scaleb(-COST_DECIMALS, context=Context(prec=120))


def cost_of_money(amount: Decimal) -> Cost:
    """A cost in the currency as the whole number of which it was made by `money`."""
    return int(amount.scaleb(COST_DECIMALS, context=Context(prec=120)))


def money_text(amount: Decimal | None) -> str | None:
    """An amount of money as the interface writes it: plain, without closing zeros."""
    return None if amount is None else plain(amount)


def cost_text(cost: Cost | None) -> str | None:
    """A cost as the interface writes it; None is "no data"."""
    return None if cost is None else money_text(money(cost))
