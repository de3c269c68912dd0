"""Values that the user scales: analogue inputs, whose sensor nobody else knows (T9).

A device's parameters ``<quantity>_factor``, ``<quantity>_offset`` and
``<quantity>_unit`` say what its raw number stands for: value = raw x factor + offset.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Final

_FACTOR: Final = "_factor"
_OFFSET: Final = "_offset"
_UNIT: Final = "_unit"


def scaled_quantities(parameters: Mapping[str, str]) -> Iterable[str]:
    """Return the quantities that parameters scale."""
    return {
        name.removesuffix(ending)
        for name in parameters
        for ending in (_FACTOR, _OFFSET)
        if name.endswith(ending)
    }


def scaled(value: Decimal, quantity: str, parameters: Mapping[str, str]) -> Decimal:
    """Return a device's number in the user's unit."""
    factor = _number(parameters.get(quantity + _FACTOR), Decimal(1))
    return value * factor + _number(parameters.get(quantity + _OFFSET), Decimal(0))


def unit_of(quantity: str, parameters: Mapping[str, str]) -> str | None:
    """Return the unit that the user has given a quantity, if any."""
    return parameters.get(quantity + _UNIT) or None


def _number(text: str | None, default: Decimal) -> Decimal:
    try:
        number = default if text is None else Decimal(text)
    except InvalidOperation:
        return default
    return number if number.is_finite() else default
