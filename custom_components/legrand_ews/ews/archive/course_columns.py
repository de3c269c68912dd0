"""Numbers of a course as columns of a query."""

from functools import lru_cache
from itertools import batched
from typing import Any, Final

from sqlalchemy import ColumnElement, func

from .subjects import STATISTIC_PARTS, SUBJECT_OF_QUANTITY
from .tables import TABLE_OF_QUANTITY

KEY_COLUMNS: Final = ("start", "length", "quality")
BETWEEN: Final = ";"
"""Stands between the numbers of a row."""
_MOST_ARGUMENTS: Final = 120
"""Functions of SQLite take 127 arguments."""


@lru_cache(maxsize=64)
def numbers_of(
    quantities: tuple[str, ...], *, is_text: bool
) -> tuple[ColumnElement[Any], ...]:
    """What quantities counted, or their averages, minima and maxima, in their order.

    They are thousandths each in a column; or, on SQLite and of gauges, decimal
    numbers, many of them in a text with `BETWEEN` one and the next.
    """
    values: list[ColumnElement[int]] = []
    for key in quantities:
        of = TABLE_OF_QUANTITY[key].c
        if SUBJECT_OF_QUANTITY[key].is_counted:
            values.append(of[key])
            continue
        average, below, above = (of[f"{key}_{part}"] for part in STATISTIC_PARTS)
        values += (average, average - below, average + above)
    if not is_text:
        return tuple(values)
    return tuple(
        func.printf(
            BETWEEN.join(["%s"] * len(some)), *(value / 1000.0 for value in some)
        )
        for some in batched(values, _MOST_ARGUMENTS, strict=False)
    )


def without_zeros(numbers: str) -> str:
    """Numbers of a row without the ``.0`` that SQLite writes behind whole ones."""
    return f"{numbers}{BETWEEN}".replace(f".0{BETWEEN}", BETWEEN)[:-1]
