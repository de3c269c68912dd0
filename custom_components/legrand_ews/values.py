"""Exact values of the core as the numbers that Home Assistant and JSON know."""

from decimal import Decimal


def as_number(value: Decimal) -> int | float:
    """Return the same number: whole ones as int, without an exponent."""
    return int(value) if value == value.to_integral_value() else float(value)
