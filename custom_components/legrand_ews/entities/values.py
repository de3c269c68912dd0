"""Exact values of the core as the numbers that Home Assistant and JSON know."""

from decimal import Decimal

from ..ews.quantities import Quantity


def as_number(value: Decimal) -> int | float:
    """Return the same number: whole ones as int, without an exponent."""
    return int(value) if value == value.to_integral_value() else float(value)


def option_of(quantity: Quantity, value: Decimal) -> str | None:
    """Return the name of a state's value, which is its place among the options."""
    options = quantity.options
    return options[int(value)] if 0 <= value < len(options) else None
