"""The fields of an encoded object, read one by one.

Each function raises ConfigurationError ``data_invalid`` at the field that is wrong.
"""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from types import MappingProxyType

from ..errors import ConfigurationError

type Encoded = Mapping[str, object]


def invalid(at: str) -> ConfigurationError:
    """Return the error that names the field."""
    return ConfigurationError("data_invalid", field=at, name=at)


def text_at(data: Encoded, at: str, default: str | None = None) -> str:
    """Read text; without ``default`` it must be there."""
    value = data.get(at, default)
    if not isinstance(value, str):
        raise invalid(at)
    return value


def whole_at(data: Encoded, at: str, default: int | None = None) -> int:
    """Read a whole number."""
    value = data.get(at, default)
    if not isinstance(value, int) or isinstance(value, bool):
        raise invalid(at)
    return value


def whole_or_none_at(data: Encoded, at: str) -> int | None:
    """Read a whole number that may be missing."""
    return None if data.get(at) is None else whole_at(data, at)


def flag_at(data: Encoded, at: str, *, default: bool) -> bool:
    """Read a boolean."""
    value = data.get(at, default)
    if not isinstance(value, bool):
        raise invalid(at)
    return value


def decimal_at(data: Encoded, at: str, default: str) -> Decimal:
    """Read a decimal number that is stored as text."""
    try:
        return Decimal(text_at(data, at, default))
    except InvalidOperation:
        raise invalid(at) from None


def choice_at[T: StrEnum](choices: type[T], data: Encoded, at: str, default: T) -> T:
    """Read one of the options of ``choices``."""
    try:
        return choices(text_at(data, at, default.value))
    except ValueError:
        raise invalid(at) from None


def section_at(data: Encoded, at: str) -> Encoded:
    """Read an object inside the object."""
    value = data.get(at)
    if not isinstance(value, Mapping):
        raise invalid(at)
    return value


def numbers_at(data: Encoded, at: str) -> tuple[int, ...]:
    """Read a list of whole numbers."""
    values = data.get(at, [])
    if not isinstance(values, list | tuple):
        raise invalid(at)
    if not all(isinstance(v, int) and not isinstance(v, bool) for v in values):
        raise invalid(at)
    return tuple(values)


def texts_at(data: Encoded, at: str) -> Mapping[str, str]:
    """Read texts by name."""
    values = data.get(at, {})
    if not isinstance(values, Mapping):
        raise invalid(at)
    if not all(isinstance(x, str) for pair in values.items() for x in pair):
        raise invalid(at)
    return MappingProxyType(dict(values))
