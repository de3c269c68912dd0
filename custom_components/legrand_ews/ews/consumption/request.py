"""Reads the fields of a request and says at which field it is wrong."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from ..errors import ConfigurationError


def option_of[T: StrEnum, D](
    kind: type[T], request: Mapping[str, object], field: str, default: D
) -> T | D:
    """One of the options of ``kind``; raises ``option_unknown``."""
    value = request.get(field)
    if value is None:
        return default
    if value not in list(kind):
        options = ", ".join(kind)
        raise ConfigurationError(
            "option_unknown", field=field, value=value, options=options
        )
    return kind(str(value))


def number_of(request: Mapping[str, object], field: str) -> int | None:
    """The number of an object; raises ``number_invalid``."""
    value = request.get(field)
    return None if value is None else _number(value, field)


def numbers_of(request: Mapping[str, object], field: str) -> tuple[int, ...] | None:
    """Numbers of objects, each once; raises ``number_invalid``."""
    values = request.get(field)
    if values is None:
        return None
    if not isinstance(values, list | tuple):
        values = [values]
    return tuple(dict.fromkeys(_number(value, field) for value in values))


def mappings_of(
    request: Mapping[str, object], field: str
) -> list[Mapping[str, object]]:
    """A list of objects with fields of their own; raises ``list_invalid``."""
    rows = request.get(field)
    if not isinstance(rows, list) or not all(isinstance(x, Mapping) for x in rows):
        raise ConfigurationError("list_invalid", field=field)
    return rows


def text_date(request: Mapping[str, object], field: str) -> date | None:
    """A civil day; raises ``date_invalid``."""
    value = request.get(field)
    if value is None:
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError as err:
        raise ConfigurationError("date_invalid", field=field, value=value) from err


def instant_of(
    request: Mapping[str, object], field: str, zone: ZoneInfo
) -> datetime | date | None:
    """An instant, or a civil day where no time is given; raises ``date_invalid``.

    An instant without offset is in the site's civil time.
    """
    value = request.get(field)
    if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
        return value
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
        try:
            value = datetime.fromisoformat(value)
        except ValueError as err:
            raise ConfigurationError("date_invalid", field=field, value=value) from err
    if not isinstance(value, datetime):
        raise ConfigurationError("date_invalid", field=field, value=value)
    return value if value.tzinfo is not None else value.replace(tzinfo=zone)


def _number(value: object, field: str) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and value.strip().isdecimal():
        return int(value)
    raise ConfigurationError("number_invalid", field=field, value=value)
